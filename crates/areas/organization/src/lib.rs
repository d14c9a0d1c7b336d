//! 組織: departments, people, the roles of the programme and who holds them, contacts, and the accounts of the users.
//!
//! | noun | holds |
//! | --- | --- |
//! | [`department`] | 部署 as a tree |
//! | [`person`] | everybody who works here, whatever the contract |
//! | [`role`], [`assignment`] | the roles of the programme, who holds them, terms and deputies |
//! | [`contact`] | whom to ask and whom to tell |
//! | [`chart`] | 体制図 in peace and in an emergency, 連絡網 |

use mamori_kernel::lang::Words;
use mamori_ledger::Area;

pub mod account;
pub mod assignment;
pub mod chart;
pub mod company;
pub mod contact;
pub mod department;
pub mod directory;
pub mod permission_page;
mod permissions;
pub mod person;
mod platform;
pub mod role;
mod rules;
pub mod session;
pub mod setup;
#[cfg(test)]
mod tests;
pub mod token;

/// The area.
pub fn area() -> Area {
    let area = Area::new("organization", Words::new("組織", "Organization"))
        .migration("baseline", include_str!("../migrations/0001_baseline.sql"))
        .permissions(permissions::rules())
        .ledger(department::ledger())
        .ledger(person::ledger())
        .ledger(role::ledger())
        .ledger(assignment::ledger())
        .ledger(contact::ledger())
        .nav(Words::new("体制図", "Organisation chart"), "/organization/chart", "role_assignment", "people")
        .nav(Words::new("連絡網", "Contact network"), "/organization/network", "contact", "bell")
        .routes(department::pages::routes())
        .routes(role::pages::routes())
        .routes(contact::pages::routes())
        .routes(chart::pages::routes())
        .beginning(role::Catalogue)
        .today(person::Leavers)
        .today(assignment::Terms)
        .today(contact::Unchecked)
        .texts("organization/department", include_str!("department/ja.ftl"), include_str!("department/en.ftl"))
        .texts("organization/person", include_str!("person/ja.ftl"), include_str!("person/en.ftl"))
        .texts("organization/role", include_str!("role/ja.ftl"), include_str!("role/en.ftl"))
        .texts("organization/assignment", include_str!("assignment/ja.ftl"), include_str!("assignment/en.ftl"))
        .texts("organization/contact", include_str!("contact/ja.ftl"), include_str!("contact/en.ftl"))
        .texts("organization/chart", include_str!("chart/ja.ftl"), include_str!("chart/en.ftl"));
    platform::add(area)
}
