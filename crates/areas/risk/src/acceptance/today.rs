//! Decisions to take again, for those who may decide and for the owners; drafts for those who began them.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_ledger::Choice as _;
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use super::{Comeback, State, queries};

/// Days before the review date from which it is shown.
const AHEAD: i32 = 30;

/// The source.
pub struct AcceptanceToday;

async fn items(view: &mut View, today: Date) -> Result<Vec<TodayItem>> {
    let actor = view.actor().clone();
    if !actor.can("acceptance", Action::Approve) && !actor.can("acceptance", Action::Edit) {
        return Ok(Vec::new());
    }
    let lang = actor.lang;
    let near = today.saturating_add(jiff::Span::new().days(AHEAD));
    let item = |row: &queries::Listed, key: &str, due: Option<Date>| TodayItem {
        title: i18n::ta(lang, key, &[("name", row.name.clone().into())]),
        detail: row.reason.lines().next().unwrap_or_default().to_owned(),
        link: format!("/risk/acceptance/{}", row.id),
        due,
        kind: "acceptance",
    };
    let mut found = Vec::new();
    for row in queries::to_decide(view, near).await? {
        // What came back cannot wait for the review date.
        let (key, due) = match (State::parse(&row.state), Comeback::parse(&row.comeback)) {
            (Some(State::Valid), _) => ("acceptance-today-review", row.review_on),
            (_, Some(Comeback::Risen)) => ("acceptance-today-risen", Some(today)),
            (_, Some(Comeback::TooOften)) => ("acceptance-today-often", Some(today)),
            (_, Some(Comeback::MethodChanged)) => ("acceptance-today-method", Some(today)),
            (_, Some(Comeback::AppetiteChanged)) => ("acceptance-today-appetite", Some(today)),
            _ => ("acceptance-today-expired", Some(today)),
        };
        found.push(item(&row, key, due));
    }
    if let Some(person) = &actor.person_id {
        for row in queries::unfinished(view, person).await? {
            let key = if row.state == State::Returned.code() { "acceptance-today-returned" } else { "acceptance-today-draft" };
            found.push(item(&row, key, None));
        }
    }
    Ok(found)
}

impl TodaySource for AcceptanceToday {
    fn items<'a>(&'a self, view: &'a mut View, _: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(items(view, today))
    }
}
