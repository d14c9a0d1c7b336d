//! 見直しのヒント: rows to merge, to split, to link or to close (S2-D4-09).

mod pages;
pub mod rules;

use mamori_kernel::access::Action;
use mamori_ledger::web::{Access, Routes};
use mamori_ledger::{Area, Ledger as _};

use crate::information_asset::InformationAsset;

/// What this noun adds to the area.
pub(crate) fn add(area: Area) -> Area {
    let routes = Routes::default().get("/assets/hints", Access::Can(InformationAsset::CODE, Action::View), pages::show);
    area.routes(routes).texts("assets/hint", include_str!("ja.ftl"), include_str!("en.ftl"))
}
