//! Reviews to go on with, in "today". Signatures come from the approval engine.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_ledger::Ledger as _;
use mamori_ledger::web::App;
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use super::{ServiceReview, State, queries};

/// Items at most.
const MOST: i64 = 30;

/// The source.
pub struct ReviewToday;

async fn items(view: &mut View, services: &Services) -> Result<Vec<TodayItem>> {
    let lang = view.actor().lang;
    let Some(def) = App::of(services).and_then(|app| app.registry.ledger(ServiceReview::CODE)) else { return Ok(Vec::new()) };
    if !view.actor().can(ServiceReview::CODE, Action::Edit) {
        return Ok(Vec::new());
    }
    let rows = queries::to_do(view, def, MOST).await?;
    let item = |row: queries::Short| {
        let key = if row.state == State::Returned { "review-today-returned" } else { "review-today-open" };
        TodayItem {
            title: i18n::ta(lang, key, &[("title", row.title.clone().into())]),
            detail: i18n::t(lang, "review-today-why"),
            link: format!("{}/{}", def.path(), row.id),
            due: row.starts,
            kind: "service_review",
        }
    };
    Ok(rows.into_iter().map(item).collect())
}

impl TodaySource for ReviewToday {
    fn items<'a>(&'a self, view: &'a mut View, services: &'a Services, _: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(items(view, services))
    }
}
