//! The checklist engine (点検): questions with answers, evidence, scores and targets, the same for every area: system checks, CSF tiers,
//! self-checks, questionnaires, audits, surveys.
//!
//! | part | holds |
//! | --- | --- |
//! | [`catalogue`] | what is asked: a versioned file with a tree of items, kinds of answer, weights, guidance, links to other catalogues |
//! | [`contract`] | what the areas bring: catalogues, what a check may be about, what becomes of a finding |
//! | [`check`] | one catalogue, asked about something, on a day, by somebody; answered, reviewed, closed |
//! | [`answer`] | the answer to one item, with note, evidence and files |
//! | [`score`] | points, tiers, bands, gaps, comparison of two dates: pure |
//! | [`carry`] | taking answers over into a new version, with a report: pure |
//!
//! The engine shares mechanics, never meaning. One area carries it (`attach`); what any other area wants to ask or to make of the answers
//! comes in through [`Checks`], put together once by the composition of the program.

pub mod answer;
pub mod carry;
pub mod catalogue;
pub mod check;
pub mod contract;
mod evidence;
mod pages;
pub mod score;
mod shape;
#[cfg(test)]
mod tests;

use mamori_ledger::Area;

pub use catalogue::Catalogue;
pub use contract::{Checks, Finding, Found, Made, installed};

/// Adds the engine to the area that carries it: ledgers, pages, "today". The first call of a process decides what takes part.
///
/// The area grants rights on the ledgers `check` and `check_answer`, and adds a column to `check_sheet` for every
/// [`Checks::subject`] in a migration of its own after this.
pub fn attach(area: Area, checks: Checks) -> Area {
    let code = area.code;
    let checks = contract::install(checks.under(code));
    area.migration("checklist", include_str!("../migrations/0001_checklist.sql"))
        .ledger(check::ledger(checks, code))
        .ledger(answer::ledger(code))
        .routes(pages::routes(code))
        .today(check::today::CheckToday)
        .texts("checklist/check", include_str!("check/ja.ftl"), include_str!("check/en.ftl"))
}
