//! Two guided ways to list assets: follow the work, or follow the life of information (S2-D4-08).

mod pages;

use mamori_kernel::access::Action;
use mamori_ledger::web::{Access, Routes};
use mamori_ledger::{Area, Ledger as _};

use crate::information_asset::InformationAsset;

/// What this noun adds to the area.
pub(crate) fn add(area: Area) -> Area {
    let may = Access::Can(InformationAsset::CODE, Action::Create);
    let routes = Routes::default()
        .get("/assets/guide", may, pages::choose)
        .get("/assets/guide/{guide}/{step}", may, pages::show)
        .post("/assets/guide/{guide}/{step}", may, pages::add);
    area.routes(routes).texts("assets/guide", include_str!("ja.ftl"), include_str!("en.ftl"))
}
