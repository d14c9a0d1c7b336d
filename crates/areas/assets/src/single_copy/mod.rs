//! Assets that exist in one place only: what breaks there is gone (S2-D4-24).

mod pages;

use mamori_kernel::access::Action;
use mamori_ledger::web::{Access, Routes};
use mamori_ledger::{Area, Ledger as _};

use crate::information_asset::InformationAsset;

/// What this noun adds to the area.
pub(crate) fn add(area: Area) -> Area {
    let routes = Routes::default().get("/assets/single-copy", Access::Can(InformationAsset::CODE, Action::View), pages::show);
    area.routes(routes).texts("assets/single_copy", include_str!("ja.ftl"), include_str!("en.ftl"))
}
