//! Overdue and near treatments in "today": one's own for the owner, all for the officer.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use super::queries::{self, Listed};

/// Days ahead that are shown.
const AHEAD: i32 = 14;

/// The source.
pub struct TreatmentToday;

async fn items(view: &mut View, today: Date) -> Result<Vec<TodayItem>> {
    let actor = view.actor().clone();
    if !actor.can("treatment", Action::View) {
        return Ok(Vec::new());
    }
    let until = today.saturating_add(jiff::Span::new().days(AHEAD));
    let everything = actor.reach("treatment", Action::Edit).is_everything();
    let own = actor.person_id.clone();
    let rows = match (everything, &own) {
        (true, _) => queries::due_until(view, until, None).await?,
        (false, Some(person)) => queries::due_until(view, until, Some(person)).await?,
        (false, None) => return Ok(Vec::new()),
    };
    let lang = actor.lang;
    let item = |row: &Listed| {
        let key = if row.is_overdue(today) { "treatment-today-overdue" } else { "treatment-today-due" };
        TodayItem {
            title: i18n::ta(lang, key, &[("title", row.title.clone().into())]),
            detail: [row.asset.as_str(), row.owner.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" / "),
            link: format!("/risk/treatment/{}", row.id),
            due: row.due,
            kind: "treatment",
        }
    };
    let mut found: Vec<TodayItem> = rows.iter().map(item).collect();
    found.extend(to_reassess(view, everything, own.as_deref()).await?);
    found.extend(above(view, today).await?);
    Ok(found)
}

/// Risks whose measures are all done: for the risk's owner, and for whoever answers for all of them (S2-D6-06).
async fn to_reassess(view: &mut View, everything: bool, own: Option<&str>) -> Result<Vec<TodayItem>> {
    let actor = view.actor().clone();
    if !actor.can("scenario", Action::View) || (!everything && own.is_none()) {
        return Ok(Vec::new());
    }
    let rows = queries::to_reassess(view, if everything { None } else { own }, None).await?;
    let item = |row: queries::ToReassess| TodayItem {
        title: i18n::ta(actor.lang, "treatment-today-reassess", &[("title", row.title.into())]),
        detail: i18n::ta(actor.lang, "treatment-today-reassess-why", &[("count", row.done.to_string().into())]),
        link: format!("/risk/scenario/{}/reassess", row.id),
        due: None,
        kind: "scenario",
    };
    Ok(rows.into_iter().map(item).collect())
}

/// Risks above the appetite that nobody deals with. They are late from the day on which they were found: officer and management see them
/// in red (S2-D6-08).
async fn above(view: &mut View, today: Date) -> Result<Vec<TodayItem>> {
    let actor = view.actor().clone();
    let answers = actor.can("acceptance", Action::Approve) && actor.can("scenario", Action::View);
    let (count, since) = if answers { queries::above_untreated(view).await? } else { (0, None) };
    if count == 0 {
        return Ok(Vec::new());
    }
    let yesterday = today.saturating_sub(jiff::Span::new().days(1));
    Ok(vec![TodayItem {
        title: i18n::ta(actor.lang, "treatment-today-above", &[("count", count.to_string().into())]),
        detail: i18n::t(actor.lang, "treatment-today-above-why"),
        link: "/risk/scenario?f.standing=above&f.state=open".to_owned(),
        due: Some(since.map_or(yesterday, |since| since.min(yesterday))),
        kind: "scenario",
    }])
}

impl TodaySource for TreatmentToday {
    fn items<'a>(&'a self, view: &'a mut View, _: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(items(view, today))
    }
}
