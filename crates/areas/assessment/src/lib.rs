//! The assessment area (点検): checklists for systems, providers and people, and the review of new services or systems.
//!
//! * [`catalogues`] names the checklists that this area brings to the engine; their content lies in `catalogs/assessment`.
//! * [`finding`] lets an answer become a risk.
//! * [`service_review`] asks for the purpose, has the ten questions answered, collects both signatures and then enters what follows:
//!   an asset, risks, and each [`condition`] as a treatment.

mod access;
pub mod catalogues;
pub mod condition;
pub mod finding;
mod neighbours;
pub mod service_review;
#[cfg(test)]
mod tests;

use mamori_kernel::lang::Words;
use mamori_ledger::Area;

pub use service_review::approval::approvable;

/// The area's description for the program.
pub fn area() -> Area {
    let area = Area::new("assessment", Words::new("点検", "Checks")).nav(
        Words::new("点検を始める", "Begin a check"),
        "/assessment",
        "check",
        "check-circle",
    );
    mamori_checklist::attach(area, catalogues::checks())
        .migration("reviews", include_str!("../migrations/0002_reviews.sql"))
        .ledger(service_review::ledger())
        .ledger(condition::ledger())
        .permissions(access::rules())
        .texts("assessment/service_review", include_str!("service_review/ja.ftl"), include_str!("service_review/en.ftl"))
        .today(service_review::today::ReviewToday)
}
