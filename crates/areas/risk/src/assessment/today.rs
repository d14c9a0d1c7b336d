//! What keeps risk values from being worked out, for the officer.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_schedule::{Pending, Services, TodayItem, TodaySource};
use mamori_store::View;

use super::model::Model;
use super::queries;

/// The source.
pub struct AssessmentToday;

async fn items(view: &mut View, today: Date) -> Result<Vec<TodayItem>> {
    let actor = view.actor().clone();
    if !actor.can("weakness_check", Action::Edit) {
        return Ok(Vec::new());
    }
    let lang = actor.lang;
    let standing = queries::standing(view, today).await?;
    let mut found = Vec::new();
    if standing.total() > 0 && Model::load(view).await?.is_unanswered() {
        found.push(TodayItem {
            title: i18n::t(lang, "assessment-today-check"),
            detail: i18n::t(lang, "assessment-today-check-why"),
            link: "/risk/check".to_owned(),
            due: None,
            kind: "weakness_check",
        });
    }
    if standing.high_untreated > 0 {
        found.push(TodayItem {
            title: i18n::ta(lang, "assessment-today-untreated", &[("count", standing.high_untreated.to_string().into())]),
            detail: i18n::t(lang, "assessment-today-untreated-why"),
            link: "/risk?show=untreated".to_owned(),
            due: None,
            kind: "risk",
        });
    }
    Ok(found)
}

impl TodaySource for AssessmentToday {
    fn items<'a>(&'a self, view: &'a mut View, _: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>> {
        Box::pin(items(view, today))
    }
}
