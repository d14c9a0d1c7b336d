//! Coverage: for every asset, what is looked after and where nobody knows ("?"). What is unmanaged must be seen (S2-D4-01).

pub(crate) mod pages;
pub mod rules;

use mamori_kernel::access::Action;
use mamori_kernel::lang::Words;
use mamori_ledger::web::{Access, Ctx, Routes};
use mamori_ledger::{Area, Ledger as _};
use mamori_ui::components::{Tab, Tabs};

use crate::information_asset::InformationAsset;

/// The four ways to look over the ledger, as tabs of one page.
pub(crate) fn tabs(ctx: &Ctx, here: &str) -> Tabs {
    let pages = [
        ("coverage", "/assets/coverage"),
        ("impact", "/assets/impact"),
        ("single-copy", "/assets/single-copy"),
        ("asset-hint", "/assets/hints"),
    ];
    let tabs = pages.map(|(key, href)| Tab::new(ctx.t(&format!("{key}-tab")), href).active(href == here));
    Tabs::new(ctx.t("coverage-tabs"), tabs.to_vec())
}

/// What this noun adds to the area.
pub(crate) fn add(area: Area) -> Area {
    let routes = Routes::default().get("/assets/coverage", Access::Can(InformationAsset::CODE, Action::View), pages::show);
    area.routes(routes).nav(Words::new("資産の点検", "Asset review"), "/assets/coverage", InformationAsset::CODE, "eye").texts(
        "assets/coverage",
        include_str!("ja.ftl"),
        include_str!("en.ftl"),
    )
}
