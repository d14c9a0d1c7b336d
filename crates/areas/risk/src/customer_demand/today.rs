//! Demands whose answer is due: one's own for the owner, all for the officer.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use super::queries;

/// Days ahead that are shown.
const AHEAD: i32 = 14;

/// The source.
pub struct DemandToday;

async fn items(view: &mut View, today: Date) -> Result<Vec<TodayItem>> {
    let actor = view.actor().clone();
    if !actor.can("customer_demand", Action::Edit) {
        return Ok(Vec::new());
    }
    let until = today.saturating_add(jiff::Span::new().days(AHEAD));
    let everything = actor.reach("customer_demand", Action::Edit).is_everything();
    let rows = match (everything, &actor.person_id) {
        (true, _) => queries::due_until(view, until, None).await?,
        (false, Some(person)) => queries::due_until(view, until, Some(person)).await?,
        (false, None) => return Ok(Vec::new()),
    };
    let item = |row: queries::Listed| {
        let late = row.due.is_some_and(|due| due < today);
        let key = if late { "customer_demand-today-overdue" } else { "customer_demand-today-due" };
        TodayItem {
            title: i18n::ta(actor.lang, key, &[("title", row.title.into())]),
            detail: row.customer,
            link: format!("/risk/customer_demand/{}", row.id),
            due: row.due,
            kind: "customer_demand",
        }
    };
    Ok(rows.into_iter().map(item).collect())
}

impl TodaySource for DemandToday {
    fn items<'a>(&'a self, view: &'a mut View, _: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(items(view, today))
    }
}
