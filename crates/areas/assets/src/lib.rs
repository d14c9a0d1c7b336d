//! 資産: what the company has to protect – the information-asset ledger, its review, key persons, stocktakes.

mod access;
pub mod catalog;
mod coverage;
mod guide;
mod hint;
mod impact;
pub mod information_asset;
pub mod key_person;
#[cfg(test)]
mod page_tests;
mod single_copy;
mod starter;
pub mod stocktake;
#[cfg(test)]
mod testing;
mod today;

use mamori_kernel::lang::Words;
use mamori_ledger::Area;

/// The area: table of contents.
pub fn area() -> Area {
    let area = Area::new("assets", Words::new("資産", "Assets"))
        .migration("baseline", include_str!("../migrations/0001_baseline.sql"))
        .texts("assets", include_str!("ja.ftl"), include_str!("en.ftl"))
        .permissions(access::permissions())
        .today(today::AssetsToday);
    [
        information_asset::add,
        stocktake::add,
        key_person::add,
        coverage::add,
        impact::add,
        single_copy::add,
        hint::add,
        starter::add,
        guide::add,
    ]
    .into_iter()
    .fold(area, |area, add| add(area))
}
