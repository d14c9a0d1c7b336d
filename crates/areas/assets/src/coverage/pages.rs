//! The coverage table.

use mamori_ledger::Choice as _;
use mamori_ledger::query::ListQuery;
use mamori_ledger::web::{Ctx, Page, WebResult};
use mamori_ui::components::{Align, Badge, Card, Column, DataTable, EmptyState, Row};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::rules::{self, Cover, Side};
use super::tabs;
use crate::information_asset::Storage;
use crate::information_asset::queries::{self, Listed};

/// Rows shown at once; those with the most gaps come first, so the rest can wait.
const SHOWN: usize = 200;

/// Shows which assets are looked after.
pub async fn show(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let assets = queries::in_use(&ctx.app.registry, &mut view, &ListQuery::default(), &rules::FIELDS).await?;
    let body = if assets.is_empty() {
        empty(&ctx)
    } else {
        el("div").class("stack").add(places(&ctx, &assets)).add(table(&ctx, &assets)).html()
    };
    let body = Html::join([Html::from(tabs(&ctx, "/assets/coverage")), body]);
    Ok(Page::new(ctx.t("coverage-title"), body).lead(ctx.t("coverage-lead")))
}

/// What all four pages show while there is no asset.
pub(crate) fn empty(ctx: &Ctx) -> Html {
    let starter = mamori_ui::components::Button::link(ctx.t("information-asset-starter"), "/assets/starter").primary();
    EmptyState::new(ctx.t("coverage-empty")).why(ctx.t("coverage-empty-why")).actions(starter).into()
}

fn mark(ctx: &Ctx, cover: Cover) -> Badge {
    match cover {
        Cover::Covered => Badge::new("○", Tone::Success).tip(ctx.t("coverage-covered")),
        Cover::Unknown => Badge::new("?", Tone::Warning).tip(ctx.t("coverage-unknown")),
        Cover::Missing => Badge::new("×", Tone::Danger).tip(ctx.t("coverage-missing")),
    }
}

/// The six kinds of places; one without any row is a question, not an answer.
fn places(ctx: &Ctx, assets: &[Listed]) -> Card {
    let today = ctx.today();
    let columns = vec![
        Column::new(ctx.t("coverage-storage")),
        Column::new(ctx.t("coverage-count")).align(Align::End),
        Column::new(ctx.t("coverage-gaps")).align(Align::End),
        Column::new(""),
    ];
    let rows = Storage::ALL.iter().map(|storage| {
        let here: Vec<_> = assets.iter().filter(|listed| listed.asset.storage == Some(*storage)).collect();
        let open = here.iter().filter(|listed| rules::gaps(&rules::covers(&listed.asset, today)) > 0).count();
        let name = storage.label(ctx.lang);
        let row =
            Row::new(storage.code(), &name).href(format!("/assets/information_asset?f.storage={}", storage.code())).text(&name);
        if here.is_empty() {
            row.text("0").cell(mark(ctx, Cover::Unknown)).text(ctx.t("coverage-nothing-here"))
        } else {
            row.text(here.len().to_string()).text(open.to_string()).cell(Html::empty())
        }
    });
    Card::new(ctx.t("coverage-by-place"), DataTable::new(ctx.lang, ctx.t("coverage-by-place"), columns).rows(rows).compact())
        .flush()
}

fn table(ctx: &Ctx, assets: &[Listed]) -> Card {
    let today = ctx.today();
    let mut judged: Vec<_> = assets.iter().map(|listed| (rules::covers(&listed.asset, today), listed)).collect();
    judged.sort_by_key(|(covers, _)| std::cmp::Reverse(rules::gaps(covers)));
    let mut columns = vec![Column::new(ctx.t("coverage-asset")), Column::new(ctx.t("coverage-department"))];
    columns.extend(Side::ALL.map(|side| Column::new(ctx.t(&format!("coverage-side-{}", side.key()))).align(Align::Center)));
    let rows = judged.iter().take(SHOWN).map(|(covers, listed)| {
        let storage = listed.asset.storage.map(|storage| storage.label(ctx.lang)).unwrap_or_default();
        let name = el("span").text(&listed.asset.name).add(el("br")).add(el("span").class("muted").text(storage));
        let row = Row::new(&listed.id, &listed.asset.name)
            .href(format!("/assets/information_asset/{}", listed.id))
            .cell(name)
            .text(&listed.department);
        covers.iter().fold(row, |row, cover| row.cell(mark(ctx, *cover)))
    });
    let table = DataTable::new(ctx.lang, ctx.t("coverage-title"), columns).rows(rows).compact();
    let (shown, total) = (judged.len().min(SHOWN).to_string(), judged.len().to_string());
    Card::new(ctx.t("coverage-by-asset"), table).lead(ctx.t2("coverage-shown", ("shown", &shown), ("total", &total))).flush()
}
