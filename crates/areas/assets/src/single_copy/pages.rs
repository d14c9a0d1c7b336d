//! The report of assets without a second copy.

use mamori_kernel::access::Action;
use mamori_ledger::Choice as _;
use mamori_ledger::query::{Filter, ListQuery, Op};
use mamori_ledger::web::{Ctx, Page, WebResult};
use mamori_ui::components::{Alert, Badge, Card, Column, DataTable, Row};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use crate::coverage;
use crate::information_asset::Availability;
use crate::information_asset::queries::{self, Listed};
use crate::information_asset::rules::{Copies, copies};

/// The fields that are shown.
const FIELDS: [&str; 7] = ["name", "storage", "place", "copies", "availability", "department", "owner"];

/// Shows them: known to be alone first, then those that nobody has checked; within each the most needed first.
pub async fn show(ctx: Ctx) -> WebResult {
    let only = Filter { field: "single_copy".to_owned(), op: Op::Is, values: vec!["1".to_owned()] };
    let mut view = ctx.view().await?;
    let wanted = ListQuery { filters: vec![only], sort: "-availability".to_owned(), ..ListQuery::default() };
    let assets = queries::in_use(&ctx.app.registry, &mut view, &wanted, &FIELDS).await?;
    let (alone, open): (Vec<&Listed>, Vec<&Listed>) =
        assets.iter().partition(|listed| copies(&listed.asset.copies.0) == Copies::None);
    let none = assets.is_empty() && queries::count(&ctx.app.registry, &mut view, "", Action::View).await? == 0;
    let body = if none {
        coverage::pages::empty(&ctx)
    } else if assets.is_empty() {
        Alert::new(Tone::Success, ctx.t("single-copy-none")).into()
    } else {
        let parts = [("single-copy-alone", alone), ("single-copy-open", open)];
        let cards = parts.into_iter().filter(|(_, rows)| !rows.is_empty()).map(|(key, rows)| {
            Card::new(format!("{} ({})", ctx.t(key), rows.len()), table(&ctx, &rows)).lead(ctx.t(&format!("{key}-lead"))).flush()
        });
        el("div").class("stack").each(cards).html()
    };
    let body = Html::join([Html::from(coverage::tabs(&ctx, "/assets/single-copy")), body]);
    Ok(Page::new(ctx.t("single-copy-title"), body).lead(ctx.t("single-copy-lead")))
}

fn table(ctx: &Ctx, assets: &[&Listed]) -> DataTable {
    let columns =
        ["asset", "department", "owner", "where", "availability"].map(|key| Column::new(ctx.t(&format!("single-copy-{key}"))));
    let set = Availability::set();
    let rows = assets.iter().map(|listed| {
        let asset = &listed.asset;
        let place = [asset.storage.map(|storage| storage.label(ctx.lang)).unwrap_or_default(), asset.place.clone()];
        let level = asset.availability.and_then(|level| set.find(level.code()));
        let level = level
            .map_or_else(|| Html::text("?"), |level| Badge::new(level.words.get(ctx.lang), Tone::from_name(&level.tone)).into());
        Row::new(&listed.id, &asset.name)
            .href(format!("/assets/information_asset/{}", listed.id))
            .text(&asset.name)
            .text(&listed.department)
            .text(&listed.owner)
            .text(place.join(" ").trim())
            .cell(level)
    });
    DataTable::new(ctx.lang, ctx.t("single-copy-title"), columns.to_vec()).rows(rows).compact()
}
