//! Today's work about people: accounts of leavers.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::{i18n, time};
use mamori_ledger::query::{self, Filter, ListQuery, Op};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::App;
use mamori_ledger::{Ledger, Record};
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use super::{Person, rules};

/// Leavers shown one by one; more than these are one item.
const NAMED: usize = 5;

/// Whose accounts must go (S2-D4-11, point 4): shown to those who may edit the person, from a week before the last day until the day
/// of removal is entered.
pub(crate) struct Leavers;

impl TodaySource for Leavers {
    fn items<'a>(&'a self, view: &'a mut View, services: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(async move {
            let Some(app) = App::of(services) else { return Ok(Vec::new()) };
            let Some(def) = app.registry.ledger(Person::CODE) else { return Ok(Vec::new()) };
            if !view.actor().can(Person::CODE, Action::Edit) {
                return Ok(Vec::new());
            }
            let shape = Shape::load(def, view).await?;
            let filter = |field: &str, op, value: String| Filter { field: field.to_owned(), op, values: vec![value] };
            let wanted = ListQuery {
                filters: vec![
                    filter("left_on", Op::To, rules::leaving_horizon(today).to_string()),
                    filter("accounts_removed_on", Op::Is, "none".to_owned()),
                ],
                sort: "left_on".to_owned(),
                ..ListQuery::default()
            };
            let leavers = query::all(&app.registry, view, &shape, &wanted, Action::Edit).await?;
            Ok(items(view.actor().lang, &leavers))
        })
    }
}

fn items(lang: mamori_kernel::lang::Lang, leavers: &[Record]) -> Vec<TodayItem> {
    let mut items = Vec::new();
    for record in leavers.iter().take(NAMED) {
        let person = Person::from_record(record);
        let Some(left) = person.left_on else { continue };
        items.push(TodayItem {
            title: i18n::ta(lang, "person-today-accounts", &[("name", person.name.into())]),
            detail: i18n::ta(lang, "person-today-accounts-detail", &[("date", time::short_date(lang, left).into())]),
            link: format!("/organization/person/{}/edit", record.meta.id),
            due: Some(rules::accounts_due(left)),
            kind: Person::CODE,
        });
    }
    if let Some(next) = leavers.get(NAMED) {
        items.push(TodayItem {
            title: i18n::ta(lang, "person-today-more", &[("count", leavers.len().saturating_sub(NAMED).into())]),
            detail: i18n::t(lang, "person-today-more-detail"),
            link: "/organization/person?view=left&f.accounts_removed_on=none".to_owned(),
            due: Person::from_record(next).left_on.map(rules::accounts_due),
            kind: Person::CODE,
        });
    }
    items
}
