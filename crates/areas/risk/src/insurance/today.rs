//! Transfers to review or to renew.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use super::queries;

/// Days ahead that are shown.
const AHEAD: i32 = 30;

/// The source.
pub struct InsuranceToday;

async fn items(view: &mut View, today: Date) -> Result<Vec<TodayItem>> {
    let actor = view.actor().clone();
    if !actor.can("insurance", Action::Edit) {
        return Ok(Vec::new());
    }
    let until = today.saturating_add(jiff::Span::new().days(AHEAD));
    let item = |row: queries::Listed| {
        let ending = row.ends.is_some_and(|ends| ends <= until);
        let key = match row.ends {
            Some(ends) if ends < today => "insurance-today-over",
            Some(_) if ending => "insurance-today-ends",
            _ => "insurance-today-review",
        };
        TodayItem {
            title: i18n::ta(actor.lang, key, &[("name", row.name.into())]),
            detail: row.provider,
            link: format!("/risk/insurance/{}", row.id),
            due: if ending { row.ends } else { row.review_on },
            kind: "insurance",
        }
    };
    Ok(queries::due_until(view, until).await?.into_iter().map(item).collect())
}

impl TodaySource for InsuranceToday {
    fn items<'a>(&'a self, view: &'a mut View, _: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(items(view, today))
    }
}
