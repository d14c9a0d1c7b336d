//! `/risk` – where we stand – and `/risk/asset/{id}` – one asset's reckoning.

use axum::extract::Path;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_ledger::query;
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{Access, Ctx, Page, Redirect, Routes, WebResult};
use mamori_ledger::{Ledger as _, Record};
use mamori_store::View;
use mamori_ui::components::{Align, Badge, Button, Card, Column, DataTable, EmptyState, Row, Stat, Tab, Tabs};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::model::Model;
use super::panel::{band_tone, band_word};
use super::{overview, panel, queries};
use crate::neighbours::InformationAsset;

/// Rows of the list of risks on the overview.
const LISTED: i64 = 20;

/// The pages.
pub fn routes() -> Routes {
    Routes::default()
        .get("/risk", Access::Can("risk", Action::View), home)
        .get("/risk/asset/{id}", Access::Can(InformationAsset::CODE, Action::View), asset)
        .post("/risk/start", Access::Can("weakness_check", Action::Create), start)
}

async fn home(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let standing = queries::standing(&mut view, ctx.today()).await?;
    let model = Model::load(&mut view).await?;
    let page = Page::new(ctx.t("assessment-title"), Html::empty()).lead(ctx.t("assessment-lead")).actions(actions(&ctx));
    if standing.total() == 0 {
        return Ok(Page { body: nothing(&ctx), ..page });
    }
    let mut body = vec![stats(&ctx, &standing)];
    if model.kinds.is_empty() || model.is_unanswered() || model.places.values().all(|place| place.threat.is_none()) {
        body.push(begin(&ctx, &model));
    }
    let map = overview::map(ctx.lang, model.method.bands, &queries::cells(&mut view).await?, true);
    let bars = overview::departments(ctx.lang, &queries::by_department(&mut view).await?, true);
    let method = el("a").attr("href", "/risk/method").text(model.method.rule(ctx.lang));
    let cards = [
        Card::new(ctx.t("assessment-map"), map.figure(ctx.lang)).lead(ctx.t("assessment-map-lead")).action(method),
        Card::new(ctx.t("assessment-by-department"), bars.figure(ctx.lang)),
    ];
    body.push(el("div").class("grid").each(cards).html());
    body.push(list(&ctx, &mut view, &model).await?);
    Ok(Page { body: el("div").class("stack").each(body).html(), ..page })
}

fn actions(ctx: &Ctx) -> Html {
    let mut buttons: Vec<Html> = Vec::new();
    if ctx.can("weakness_check", Action::View) {
        buttons.push(Button::link(ctx.t("assessment-to-check"), "/risk/check").icon(Icon::CheckCircle).into());
    }
    if ctx.can("risk_report", Action::Export) {
        buttons.push(Button::link(ctx.t("assessment-to-report"), "/risk/report").primary().icon(Icon::Document).into());
    }
    Html::join(buttons)
}

fn nothing(ctx: &Ctx) -> Html {
    EmptyState::new(ctx.t("assessment-empty"))
        .icon(Icon::Shield)
        .why(ctx.t("assessment-empty-why"))
        .next([ctx.t("assessment-empty-one"), ctx.t("assessment-empty-two"), ctx.t("assessment-empty-three")])
        .actions(Button::link(ctx.t("assessment-empty-go"), "/assets/information_asset").primary())
        .into()
}

/// What to do first: the two sheets are not filled in.
fn begin(ctx: &Ctx, model: &Model) -> Html {
    let alert = mamori_ui::components::Alert::new(Tone::Info, ctx.t("assessment-begin")).text(ctx.t("assessment-begin-why"));
    if model.kinds.is_empty() && ctx.can("weakness_check", Action::Create) {
        return alert.actions(start_form(ctx)).into();
    }
    alert.actions(Button::link(ctx.t("assessment-to-check"), "/risk/check").primary()).into()
}

/// The button that writes the two sheets from the catalogue.
pub(crate) fn start_form(ctx: &Ctx) -> Html {
    el("form").attr("method", "post").attr("action", "/risk/start").add(Button::submit(ctx.t("assessment-start"))).html()
}

async fn start(ctx: Ctx) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    crate::seed(&mut tx, &ctx.app.registry).await?;
    tx.commit().await?;
    Ok(Redirect::to("/risk/check").saying(ctx.t("assessment-started")))
}

fn stats(ctx: &Ctx, standing: &queries::Standing) -> Html {
    let list = |band: &str| format!("/assets/information_asset?f.risk_band={band}&sort=-risk_value");
    let stat = |key: &str, n: i64, tone: Tone, href: String| {
        let tone = if n == 0 { Tone::Neutral } else { tone };
        Stat::new(ctx.t(key), n.to_string()).unit(ctx.t("assessment-unit")).tone(tone).href(href)
    };
    let figures = [
        stat("assessment-large", standing.high, Tone::Danger, list("high")),
        stat("assessment-middle", standing.middle, Tone::Warning, list("middle")),
        stat("assessment-small", standing.low, Tone::Success, list("low")),
        stat("assessment-unknown", standing.open, Tone::Info, list("none")),
        stat("assessment-untreated", standing.high_untreated, Tone::Danger, "/risk?show=untreated#risks".to_owned()),
        stat("assessment-overdue", standing.overdue, Tone::Danger, "/risk/treatment?view=open".to_owned()),
    ];
    el("div").class("grid grid-stats").each(figures).html()
}

async fn list(ctx: &Ctx, view: &mut View, model: &Model) -> Result<Html> {
    let untreated = ctx.query_form().get("show") == "untreated";
    let ids = queries::ranked(view, LISTED, untreated).await?;
    let records = load(ctx, view, &ids).await?;
    let tabs = Tabs::new(
        ctx.t("assessment-list"),
        vec![
            Tab::new(ctx.t("assessment-all"), "/risk#risks").active(!untreated),
            Tab::new(ctx.t("assessment-untreated"), "/risk?show=untreated#risks").active(untreated),
        ],
    );
    let columns = vec![
        Column::new(ctx.t("assessment-col-asset")),
        Column::new(ctx.t("assessment-col-storage")),
        Column::new(ctx.t("assessment-importance")).align(Align::End),
        Column::new(ctx.t("assessment-likelihood")).align(Align::End),
        Column::new(ctx.t("assessment-value")).align(Align::End),
        Column::new(ctx.t("assessment-suggestion")),
    ];
    let rows = records.iter().map(|record| row(ctx, model, record));
    let table = DataTable::new(ctx.lang, ctx.t("assessment-list"), columns).rows(rows);
    let more = Button::link(ctx.t("assessment-more"), "/assets/information_asset?view=ipa&sort=-risk_value").quiet();
    let body =
        if records.is_empty() { el("p").class("muted").text(ctx.t("assessment-none-listed")).html() } else { table.into() };
    let card = Card::new(ctx.t("assessment-list"), Html::join([tabs.into(), body])).action(more).flush();
    Ok(el("div").attr("id", "risks").add(card).html())
}

async fn load(ctx: &Ctx, view: &mut View, ids: &[String]) -> Result<Vec<Record>> {
    let def = ctx.app.registry.ledger(InformationAsset::CODE).ok_or(Error::NotFound)?;
    let shape = Shape::load(def, view).await?;
    let mut records = Vec::with_capacity(ids.len());
    for id in ids {
        records.push(query::find(view, &shape, id, Action::View).await?);
    }
    Ok(records)
}

fn row(ctx: &Ctx, model: &Model, record: &Record) -> Row {
    let name = record.get("name").as_str();
    let storage = <crate::neighbours::Storage as mamori_ledger::Choice>::set();
    let row = Row::new(&record.meta.id, name)
        .href(format!("/risk/asset/{}", record.meta.id))
        .text(name)
        .text(storage.label(record.get("storage").as_str(), ctx.lang));
    match model.assess(record).complete() {
        Some(done) => {
            let value = Html::join([
                Html::text(format!("{} ", done.value.number())),
                Badge::new(band_word(done.band, ctx.lang), band_tone(done.band)).into(),
            ]);
            row.text(model.method.bands.scale().points(done.importance).to_string())
                .text(done.likelihood.number().to_string())
                .cell(value)
                .text(ctx.lang.pick(done.suggestion.treatment.label_ja(), done.suggestion.treatment.label_en()))
        }
        None => row.text(record.get("importance").stored()).text("").text("").text(""),
    }
}

async fn asset(ctx: Ctx, Path(id): Path<String>) -> WebResult {
    let mut view = ctx.view().await?;
    let records = load(&ctx, &mut view, std::slice::from_ref(&id)).await?;
    let record = records.first().ok_or(Error::NotFound)?;
    let body = panel::body(&mut view, &ctx.app.registry, record).await?;
    let open = Button::link(ctx.t("assessment-asset"), format!("/assets/information_asset/{id}")).icon(Icon::Folder);
    Ok(Page::new(record.get("name").as_str(), Card::new(ctx.t("assessment-panel"), body).into())
        .lead(ctx.t("assessment-asset-lead"))
        .actions(open.into())
        .crumb(ctx.t("assessment-title"), "/risk"))
}
