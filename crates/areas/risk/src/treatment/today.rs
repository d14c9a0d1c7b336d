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
    Ok(rows.iter().map(item).collect())
}

impl TodaySource for TreatmentToday {
    fn items<'a>(&'a self, view: &'a mut View, _: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(items(view, today))
    }
}
