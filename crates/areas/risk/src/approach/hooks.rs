//! Dates of a decision about the approach, and the advice above the list.

use mamori_kernel::error::Result;
use mamori_kernel::lang::Words;
use mamori_kernel::time;
use mamori_ledger::area::Registry;
use mamori_ledger::hooks::{Hooked, Hooks, Saving};
use mamori_store::View;
use mamori_ui::html::{Html, el};

use crate::catalogs_risk;

/// The rules of リスク分析のやり方.
pub(super) struct ApproachHooks;

fn dates(saving: &mut Saving<'_>) -> Result<()> {
    let today = time::today(saving.tx.now());
    if saving.new.get("decided_on").is_empty() {
        saving.new.values.set("decided_on", today);
    }
    let Some(decided) = saving.new.get("decided_on").as_date() else { return Ok(()) };
    if decided > today && saving.changed("decided_on") {
        saving.reject(
            "decided_on",
            Words::new("決めた日に先の日付は使えません。", "The day of the decision cannot be in the future."),
        );
    }
    if saving.new.get("review_on").is_empty() {
        saving.new.values.set("review_on", crate::acceptance::rules::latest_review(decided));
    }
    if saving.changed("review_on") && saving.new.get("review_on").as_date().is_some_and(|review| review < decided) {
        saving.reject(
            "review_on",
            Words::new("見直す日は、決めた日以降にしてください。", "The day of review cannot be before the decision."),
        );
    }
    Ok(())
}

impl Hooks for ApproachHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move { dates(saving) })
    }

    fn list_head<'a>(&'a self, view: &'a mut View, _: &'a Registry) -> Hooked<'a, Option<Html>> {
        let advice = catalogs_risk::get().approach_advice.get(view.actor().lang).to_owned();
        Box::pin(async move { Ok(Some(el("p").class("muted").text(advice).html())) })
    }
}
