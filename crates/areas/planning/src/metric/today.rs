//! Measurements that are due, for who measures and for the officer.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n::ta;
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use super::{queries, show};

/// Days ahead that are shown.
const AHEAD: i32 = 7;

/// The source.
pub(crate) struct Due;

async fn items(view: &mut View, today: Date) -> Result<Vec<TodayItem>> {
    let actor = view.actor().clone();
    if !actor.can("measurement", Action::Create) || !actor.can("metric", Action::View) {
        return Ok(Vec::new());
    }
    let everything = actor.reach("measurement", Action::Edit).is_everything();
    let until = today.saturating_add(jiff::Span::new().days(AHEAD));
    let known = queries::all(view).await?;
    let mine = known.iter().filter(|metric| everything || actor.person_id.as_deref() == Some(metric.owner.as_str()));
    let item = |metric: &queries::Known, due: Date| TodayItem {
        title: ta(actor.lang, "metric-today", &[("name", metric.name.clone().into())]),
        detail: [metric.treatment_title.as_str(), metric.owner_name.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" / "),
        link: format!("/planning/measurement/new?metric={}", metric.id),
        due: Some(due),
        kind: "metric",
    };
    Ok(mine.filter_map(|metric| show::due(metric).filter(|due| *due <= until).map(|due| item(metric, due))).collect())
}

impl TodaySource for Due {
    fn items<'a>(&'a self, view: &'a mut View, _: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(items(view, today))
    }
}
