//! The risk area (リスク): what could happen to information, how bad it would be, what is done about it, and what is accepted.
//!
//! * [`ipa`] computes, without database or clock; [`catalog`] holds the content of the method.
//! * [`threat_level`] and [`weakness_check`] are the two small sheets, [`method`] the scale and bounds; [`assessment`] joins them with the
//!   assets. [`assessment::attach`] lets the asset ledger fill its risk columns in the same save.
//! * [`treatment`] and [`acceptance`] are the two ways to deal with a risk; [`report`] tells the management.

pub mod acceptance;
mod access;
pub mod appetite;
pub mod approach;
pub mod assessment;
pub mod budget;
pub mod catalog;
pub mod catalogs_risk;
pub mod customer_demand;
pub mod effect;
pub mod four_factor;
pub mod heat;
pub mod incident_cost;
pub mod insurance;
pub mod ipa;
pub mod matrix;
pub mod method;
mod neighbours;
pub mod quantity;
pub mod report;
pub mod scale;
pub mod scenario;
mod seed;
pub mod suggest;
#[cfg(test)]
mod tests;
pub mod threat;
pub mod threat_level;
pub mod treatment;
pub mod weakness;
pub mod weakness_check;

use mamori_kernel::lang::Words;
use mamori_ledger::Area;

pub use assessment::{Standing, attach, recalculate, standing};
pub use seed::seed;

/// The area's description for the program.
pub fn area() -> Area {
    Area::new("risk", Words::new("リスク", "Risk"))
        .nav(Words::new("リスクの状況", "Where the risks are"), "/risk", "risk", "chart")
        .nav(Words::new("リスクの候補", "Suggestions"), "/risk/suggest", "scenario", "star")
        .nav(Words::new("ヒートマップ", "Heat map"), "/risk/register/map", "scenario", "grid")
        .nav(Words::new("10大脅威", "Ten threats"), "/risk/top-threats", "threat", "warning")
        .nav(Words::new("対策状況チェック", "Measure check"), "/risk/check", "weakness_check", "check-circle")
        .nav(Words::new("評価方法", "Method"), "/risk/method", "risk_method", "settings")
        .nav(Words::new("受容基準", "Risk appetite"), "/risk/appetite", "risk_appetite", "flag")
        .nav(Words::new("尺度", "Scale"), "/risk/scale", "risk_scale", "settings")
        .nav(Words::new("報告書", "Report"), "/risk/report", "risk_report", "document")
        .ledger(scenario::ledger())
        .ledger(treatment::ledger())
        .ledger(acceptance::ledger())
        .ledger(insurance::ledger())
        .ledger(customer_demand::ledger())
        .ledger(appetite::ledger())
        .ledger(threat::ledger())
        .ledger(weakness::ledger())
        .ledger(threat_level::ledger())
        .ledger(weakness_check::ledger())
        .ledger(method::ledger())
        .ledger(scale::ledger())
        .ledger(approach::ledger())
        .routes(assessment::pages::routes())
        .routes(weakness_check::pages::routes())
        .routes(method::pages::routes())
        .routes(report::pages::routes())
        .routes(suggest::pages::routes())
        .routes(heat::pages::routes())
        .routes(scale::pages::routes())
        .routes(threat::pages::routes())
        .routes(acceptance::pages::routes())
        .routes(treatment::pages::routes())
        .routes(incident_cost::pages::routes())
        .routes(appetite::pages::routes())
        .permissions(access::rules())
        .migration("baseline", include_str!("../migrations/0001_baseline.sql"))
        .migration("register", include_str!("../migrations/0002_register.sql"))
        .migration("decisions", include_str!("../migrations/0003_decisions.sql"))
        .texts("risk/assessment", include_str!("assessment/ja.ftl"), include_str!("assessment/en.ftl"))
        .texts("risk/weakness_check", include_str!("weakness_check/ja.ftl"), include_str!("weakness_check/en.ftl"))
        .texts("risk/method", include_str!("method/ja.ftl"), include_str!("method/en.ftl"))
        .texts("risk/scenario", include_str!("scenario/ja.ftl"), include_str!("scenario/en.ftl"))
        .texts("risk/suggest", include_str!("suggest/ja.ftl"), include_str!("suggest/en.ftl"))
        .texts("risk/heat", include_str!("heat/ja.ftl"), include_str!("heat/en.ftl"))
        .texts("risk/scale", include_str!("scale/ja.ftl"), include_str!("scale/en.ftl"))
        .texts("risk/threat", include_str!("threat/ja.ftl"), include_str!("threat/en.ftl"))
        .texts("risk/incident_cost", include_str!("incident_cost/ja.ftl"), include_str!("incident_cost/en.ftl"))
        .texts("risk/treatment", include_str!("treatment/ja.ftl"), include_str!("treatment/en.ftl"))
        .texts("risk/acceptance", include_str!("acceptance/ja.ftl"), include_str!("acceptance/en.ftl"))
        .texts("risk/appetite", include_str!("appetite/ja.ftl"), include_str!("appetite/en.ftl"))
        .texts("risk/insurance", include_str!("insurance/ja.ftl"), include_str!("insurance/en.ftl"))
        .texts("risk/customer_demand", include_str!("customer_demand/ja.ftl"), include_str!("customer_demand/en.ftl"))
        .texts("risk/report", include_str!("report/ja.ftl"), include_str!("report/en.ftl"))
        .beginning(seed::Sheets)
        .job(assessment::RecalculateJob)
        .job(acceptance::ExpiryJob)
        .job(scale::ops::RescaleJob)
        .today(assessment::AssessmentToday)
        .today(treatment::TreatmentToday)
        .today(acceptance::AcceptanceToday)
        .today(insurance::InsuranceToday)
        .today(customer_demand::DemandToday)
        .panel_on("scenario", treatment::OnScenario)
}
