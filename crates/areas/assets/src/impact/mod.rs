//! The reverse question: this place is infected or lost. Which assets, whose data, how many persons (S2-D4-01)?

mod pages;
pub mod rules;

use mamori_kernel::access::Action;
use mamori_ledger::web::{Access, Routes};
use mamori_ledger::{Area, Ledger as _};

use crate::information_asset::InformationAsset;

/// What this noun adds to the area.
pub(crate) fn add(area: Area) -> Area {
    let routes = Routes::default().get("/assets/impact", Access::Can(InformationAsset::CODE, Action::View), pages::show);
    area.routes(routes).texts("assets/impact", include_str!("ja.ftl"), include_str!("en.ftl"))
}
