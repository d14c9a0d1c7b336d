//! The planning area (計画と予算): what measures cost before, during and after, who grants the money, and whether they changed anything.
//!
//! * [`budget_item`] are the amounts, [`budget`] the sheet that adds them up and takes them over from the measures;
//! * [`budget_request`] is the 予算申請書, drafted from the numbers and sent through the approval engine;
//! * [`metric`] and [`measurement`] show the effect, before and after. Both stand on the pages of the risk area's measures through
//!   [`mamori_ledger::Area::panel_on`].

mod access;
pub mod budget;
pub mod budget_item;
pub mod budget_request;
pub mod measurement;
pub mod metric;
mod neighbours;
#[cfg(test)]
mod tests;

use mamori_kernel::lang::Words;
use mamori_ledger::Area;

/// The area's description for the program.
pub fn area() -> Area {
    Area::new("planning", Words::new("計画と予算", "Planning and budget"))
        .nav(Words::new("予算", "Budget"), "/planning/budget", "budget_item", "chart")
        .nav(Words::new("対策の効果", "Effect of measures"), "/planning/effect", "effect", "target")
        .ledger(budget_item::ledger())
        .ledger(budget_request::ledger())
        .ledger(metric::ledger())
        .ledger(measurement::ledger())
        .routes(budget::pages::routes())
        .routes(budget_request::pages::routes())
        .routes(metric::pages::routes())
        .panel_on("treatment", budget::panel::OnTreatment)
        .panel_on("treatment", metric::panel::OnTreatment)
        .panel_on("scenario", budget::panel::OnScenario)
        .permissions(access::rules())
        .migration("baseline", include_str!("../migrations/0001_baseline.sql"))
        .texts("planning/budget", include_str!("budget/ja.ftl"), include_str!("budget/en.ftl"))
        .texts("planning/budget_request", include_str!("budget_request/ja.ftl"), include_str!("budget_request/en.ftl"))
        .texts("planning/metric", include_str!("metric/ja.ftl"), include_str!("metric/en.ftl"))
        .today(metric::today::Due)
}
