//! The risk area (リスク): what could happen to information, how bad it would be, what is done about it, and what is accepted.
//!
//! * [`ipa`] computes, without database or clock; [`catalog`] holds the content of the method.
//! * [`threat_level`] and [`weakness_check`] are the two small sheets, [`method`] the scale and bounds; [`assessment`] joins them with the
//!   assets. [`assessment::attach`] lets the asset ledger fill its risk columns in the same save.
//! * [`treatment`] and [`acceptance`] are the two ways to deal with a risk; [`report`] tells the management.

pub mod acceptance;
mod access;
pub mod assessment;
pub mod budget;
pub mod catalog;
pub mod catalogs_risk;
pub mod effect;
pub mod four_factor;
pub mod ipa;
pub mod matrix;
pub mod method;
mod neighbours;
pub mod quantity;
pub mod report;
mod seed;
#[cfg(test)]
mod tests;
pub mod threat_level;
pub mod treatment;
pub mod weakness_check;

use mamori_kernel::lang::Words;
use mamori_ledger::Area;

pub use assessment::{Standing, attach, recalculate, standing};
pub use seed::seed;

/// The area's description for the program.
pub fn area() -> Area {
    Area::new("risk", Words::new("リスク", "Risk"))
        .nav(Words::new("リスクの状況", "Where the risks are"), "/risk", "risk", "chart")
        .nav(Words::new("対策状況チェック", "Measure check"), "/risk/check", "weakness_check", "check-circle")
        .nav(Words::new("評価方法", "Method"), "/risk/method", "risk_method", "settings")
        .nav(Words::new("報告書", "Report"), "/risk/report", "risk_report", "document")
        .ledger(treatment::ledger())
        .ledger(acceptance::ledger())
        .ledger(threat_level::ledger())
        .ledger(weakness_check::ledger())
        .ledger(method::ledger())
        .routes(assessment::pages::routes())
        .routes(weakness_check::pages::routes())
        .routes(method::pages::routes())
        .routes(report::pages::routes())
        .permissions(access::rules())
        .migration("baseline", include_str!("../migrations/0001_baseline.sql"))
        .texts("risk/assessment", include_str!("assessment/ja.ftl"), include_str!("assessment/en.ftl"))
        .texts("risk/weakness_check", include_str!("weakness_check/ja.ftl"), include_str!("weakness_check/en.ftl"))
        .texts("risk/method", include_str!("method/ja.ftl"), include_str!("method/en.ftl"))
        .texts("risk/treatment", include_str!("treatment/ja.ftl"), include_str!("treatment/en.ftl"))
        .texts("risk/acceptance", include_str!("acceptance/ja.ftl"), include_str!("acceptance/en.ftl"))
        .texts("risk/report", include_str!("report/ja.ftl"), include_str!("report/en.ftl"))
        .beginning(seed::Sheets)
        .job(assessment::RecalculateJob)
        .job(acceptance::ExpiryJob)
        .today(assessment::AssessmentToday)
        .today(treatment::TreatmentToday)
        .today(acceptance::AcceptanceToday)
}
