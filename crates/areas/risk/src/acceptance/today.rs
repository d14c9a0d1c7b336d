//! Decisions to look at again, for those who may decide.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use super::queries;
use super::rules::{Reconsider, reconsider};

/// Days before the review date from which it is shown.
const AHEAD: i32 = 30;

/// The source.
pub struct AcceptanceToday;

async fn items(view: &mut View, today: Date) -> Result<Vec<TodayItem>> {
    let actor = view.actor().clone();
    if !actor.can("acceptance", Action::Approve) && !actor.can("acceptance", Action::Edit) {
        return Ok(Vec::new());
    }
    let method = crate::method::queries::current(view).await?.number;
    let lang = actor.lang;
    let near = today.saturating_add(jiff::Span::new().days(AHEAD));
    let mut found = Vec::new();
    for row in queries::standing(view).await? {
        let why = reconsider(row.review_on, row.accepted, (row.now, method), near);
        let Some(why) = why else { continue };
        let key = match why {
            Reconsider::Risen => "acceptance-today-risen",
            Reconsider::MethodChanged => "acceptance-today-method",
            Reconsider::ReviewDue => "acceptance-today-review",
        };
        found.push(TodayItem {
            title: i18n::ta(lang, key, &[("name", row.name.clone().into())]),
            detail: row.reason.lines().next().unwrap_or_default().to_owned(),
            link: format!("/risk/acceptance/{}", row.id),
            // A risen risk cannot wait for the review date.
            due: if why == Reconsider::ReviewDue { row.review_on } else { Some(today) },
            kind: "acceptance",
        });
    }
    Ok(found)
}

impl TodaySource for AcceptanceToday {
    fn items<'a>(&'a self, view: &'a mut View, _: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(items(view, today))
    }
}
