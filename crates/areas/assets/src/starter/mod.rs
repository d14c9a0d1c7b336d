//! The starter catalogue: tick what the company has, and the ledger has its first rows (S2-D3-03).

mod pages;

use mamori_kernel::access::Action;
use mamori_ledger::web::{Access, Routes};
use mamori_ledger::{Area, Ledger as _};

use crate::information_asset::InformationAsset;

pub(crate) use pages::{department_field, known_names, nothing, offer, picked, storage_select};

/// What this noun adds to the area.
pub(crate) fn add(area: Area) -> Area {
    let may = Access::Can(InformationAsset::CODE, Action::Create);
    let routes = Routes::default().get("/assets/starter", may, pages::show).post("/assets/starter", may, pages::add);
    area.routes(routes).texts("assets/starter", include_str!("ja.ftl"), include_str!("en.ftl"))
}
