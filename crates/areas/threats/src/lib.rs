//! 脅威の分析: finding what could happen by thinking – STRIDE sheets, attack trees with the worst case as their root, threat cards for
//! workshops, and cases from other companies. What is found becomes a row of the risk register, which knows where it came from.

mod access;
pub mod attack_tree;
mod card;
pub mod case_study;
mod neighbours;
mod parts;
mod queries;
pub mod stride;
#[cfg(test)]
mod tests;

use mamori_kernel::lang::Words;
use mamori_ledger::Area;

/// The area: table of contents.
pub fn area() -> Area {
    let area = Area::new("threats", Words::new("脅威の分析", "Threat analysis"))
        .migration("baseline", include_str!("../migrations/0001_baseline.sql"))
        .permissions(access::permissions());
    [stride::add, attack_tree::add, card::add, case_study::add].into_iter().fold(area, |area, add| add(area))
}
