//! The approval engine (承認): 起案 → 審査・合議 → 承認 → 後閲, with 差戻し, 取下げ and 代理, the same for every area (S2-D1-25, S2-D8-06).
//!
//! | part | holds |
//! | --- | --- |
//! | [`contract`] | what an area says about a thing that can be approved, and what happens afterwards |
//! | [`directory`] | what the engine asks about people: who holds a role today, who leads a department, who is still here |
//! | [`route`] | 承認ルート: who decides on what, from which amount on; the company's own data |
//! | [`request`] | the requests: propose, decide, return, withdraw, remind, expire; inbox, panel and seals |
//! | [`deputy`] | 代理: who decides for whom while somebody is away |
//!
//! The engine shares mechanics, never meaning. An area implements [`Approvable`], the program hands all of them to [`area`] together
//! with a [`Directory`], and the area's pages call [`request::ops::propose`] through [`Desk`] and show [`request::panel`].
//! Nobody ever decides on the own request, neither as a deputy nor through another step (S2-D3-16).

mod access;
pub mod contract;
pub mod deputy;
pub mod directory;
mod notify;
pub mod request;
pub mod route;
mod shape;
#[cfg(test)]
mod tests;

use mamori_kernel::lang::Words;
use mamori_ledger::Area;

pub use contract::{Approvable, Approvals, Decision, Desk, Fact, Outcome, Plan, PlanStep, RouteKind, Subject, installed};
pub use directory::{Directory, Holder, Member, Source};
pub use notify::notify;
pub use request::panel::panel;
pub use request::stamp::{Stamp, stamps};

/// The engine's part of the program: ledgers, pages, jobs and "today". The first call of a process decides which areas take part.
pub fn area(approvals: Approvals) -> Area {
    let approvals = contract::install(approvals);
    Area::new("approval", Words::new("承認", "Approval"))
        .migration("baseline", include_str!("../migrations/0001_baseline.sql"))
        .permissions(access::rules())
        .ledger(request::ledger(approvals))
        .ledger(request::step_ledger())
        .ledger(route::ledger(approvals))
        .ledger(route::step_ledger())
        .ledger(deputy::ledger())
        .nav(Words::new("承認トレイ", "Approval tray"), "/approval", "approval", "check-circle")
        .routes(request::pages::routes())
        .beginning(route::Defaults)
        .job(request::job::Daily)
        .today(request::today::Waiting)
        .texts("approval/request", include_str!("request/ja.ftl"), include_str!("request/en.ftl"))
        .texts("approval/route", include_str!("route/ja.ftl"), include_str!("route/en.ftl"))
}
