//! 脅威カード: one page a threat, for a workshop; whoever says "that could happen here" makes a risk of it (S2-D1-03).

mod pages;

use mamori_kernel::access::Action;
use mamori_kernel::lang::Words;
use mamori_ledger::Area;
use mamori_ledger::web::{Access, Routes};

/// The cards in the table of permissions.
pub(crate) const RESOURCE: &str = "threat_card";

fn routes() -> Routes {
    let see = Access::Can(RESOURCE, Action::View);
    Routes::default()
        .get("/threats/cards", see, pages::all)
        .get("/threats/cards/print", see, pages::print)
        .get("/threats/cards/{code}", see, pages::one)
        .post("/threats/cards/{code}/risk", Access::Can("scenario", Action::Create), pages::register)
}

/// What this noun adds to the area.
pub(crate) fn add(area: Area) -> Area {
    area.nav(Words::new("脅威カード", "Threat cards"), "/threats/cards", RESOURCE, "book").routes(routes()).texts(
        "threats/card",
        include_str!("ja.ftl"),
        include_str!("en.ftl"),
    )
}
