//! Checks to answer and to review, in "today".

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_ledger::Ledger as _;
use mamori_ledger::web::App;
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use super::Check;
use super::queries::{self, Wanted};

/// Days ahead that are shown.
const AHEAD: i32 = 14;

/// Items of one kind at most.
const MOST: i64 = 50;

/// The source.
pub struct CheckToday;

async fn items(view: &mut View, services: &Services, today: Date) -> Result<Vec<TodayItem>> {
    let actor = view.actor().clone();
    let Some(def) = App::of(services).and_then(|app| app.registry.ledger(Check::CODE)) else { return Ok(Vec::new()) };
    if !actor.can(Check::CODE, Action::View) {
        return Ok(Vec::new());
    }
    let reviews = actor.can(Check::CODE, Action::Approve);
    let mut items = Vec::new();
    // An officer sees what is late anywhere; everybody else what waits for him.
    let owner = if reviews { None } else { actor.person_id.clone() };
    if reviews || owner.is_some() {
        let until = today.saturating_add(jiff::Span::new().days(AHEAD));
        let wanted = Wanted {
            states: &["draft", "open"],
            due_until: Some(until),
            owner: owner.as_deref(),
            limit: MOST,
            ..Wanted::default()
        };
        for check in queries::list(view, def, &wanted).await? {
            items.push(TodayItem {
                title: i18n::ta(actor.lang, "check-today-answer", &[("title", check.title.clone().into())]),
                detail: i18n::ta(actor.lang, "check-today-progress", &[("percent", check.progress.to_string().into())]),
                link: format!("{}/{}/answer", def.path(), check.id),
                due: check.due,
                kind: "check",
            });
        }
    }
    if reviews {
        let wanted = Wanted { states: &["answered"], limit: MOST, ..Wanted::default() };
        for check in queries::list(view, def, &wanted).await? {
            items.push(TodayItem {
                title: i18n::ta(actor.lang, "check-today-review", &[("title", check.title.clone().into())]),
                detail: check.scope.clone(),
                link: format!("{}/{}/result", def.path(), check.id),
                due: None,
                kind: "check",
            });
        }
    }
    Ok(items)
}

impl TodaySource for CheckToday {
    fn items<'a>(&'a self, view: &'a mut View, services: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(items(view, services, today))
    }
}
