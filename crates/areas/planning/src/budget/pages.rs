//! `/planning/budget`: the sheet of a fiscal year, and the buttons that fill it.

use axum::body::Bytes;
use mamori_kernel::access::Action;
use mamori_ledger::web::{Access, Ctx, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{Alert, Button, Tab, Tabs};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::rules::{lines, year_sheet};
use super::{ops, queries, sheet};
use crate::neighbours::money;

const HERE: &str = "/planning/budget";

/// The pages.
pub fn routes() -> Routes {
    let create = Access::Can("budget_item", Action::Create);
    Routes::default().get(HERE, Access::Can("budget_item", Action::View), page).post("/planning/budget/take", create, take).post(
        "/planning/budget/carry",
        create,
        carry,
    )
}

fn address(year: i16) -> String {
    format!("{HERE}?year={year}")
}

/// The year that was asked for; a year that nobody plans counts as the present one.
fn asked(text: &str, now: i16) -> i16 {
    text.parse().ok().filter(|year| (2000..=2100).contains(year)).unwrap_or(now)
}

async fn page(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let now = queries::fiscal(&mut view).await?.year_of(ctx.today());
    let year = asked(ctx.query_form().get("year"), now);
    let items = queries::items(&mut view).await?;
    let measures = queries::measures(&mut view).await?;
    let totals = money::totals(&lines(&items))?;
    let this = year_sheet(&items, year);
    let mut parts = vec![years(&ctx, year, now), sheet::figures(&ctx, &this)];
    if totals.years.get(&year).is_some_and(money::lacks_reserve) {
        let alert = Alert::new(Tone::Warning, ctx.t("budget-no-reserve")).text(ctx.t("budget-no-reserve-why"));
        parts.push(alert.into());
    }
    parts.push(sheet::classes(&ctx, year, &this));
    parts.push(sheet::picture(&ctx, &items, year, &totals));
    if !measures.is_empty() {
        parts.push(sheet::returns(&ctx, &measures));
    }
    parts.push(sheet::free(&ctx, &measures));
    Ok(Page::new(ctx.t("budget-title"), el("div").class("stack").each(parts).html())
        .lead(ctx.t("budget-lead"))
        .actions(actions(&ctx, year)))
}

fn years(ctx: &Ctx, year: i16, now: i16) -> Html {
    let first = year.saturating_sub(1).min(now);
    let last = year.saturating_add(2).max(now.saturating_add(1));
    let tabs = (first..=last).map(|one| Tab::new(sheet::year_word(one, ctx.lang), address(one)).active(one == year));
    Tabs::new(ctx.t("budget-years-label"), tabs.collect()).into()
}

/// A button that changes something: works without script.
fn deed(action: &str, year: i16, button: Button) -> Html {
    el("form")
        .class("inline")
        .attr("method", "post")
        .attr("action", action)
        .add(el("input").attr("type", "hidden").attr("name", "year").attr("value", year.to_string()))
        .add(button)
        .html()
}

fn actions(ctx: &Ctx, year: i16) -> Html {
    let mut buttons = Vec::new();
    if ctx.can("budget_item", Action::Create) {
        buttons.push(deed("/planning/budget/take", year, Button::submit(ctx.t("budget-take")).secondary().icon(Icon::Download)));
        buttons.push(deed("/planning/budget/carry", year, Button::submit(ctx.t("budget-carry")).quiet()));
        let new = format!("/planning/budget_item/new?fiscal_year={year}");
        buttons.push(Button::link(ctx.t("budget-add"), new).quiet().icon(Icon::Plus).into());
    }
    if ctx.can("budget_request", Action::Create) {
        let button = Button::submit(ctx.t("budget-request")).primary().icon(Icon::Document);
        buttons.push(deed("/planning/budget/request", year, button));
    }
    Html::join(buttons)
}

async fn take(ctx: Ctx, body: Bytes) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    let now = queries::fiscal(&mut tx).await?.year_of(ctx.today());
    let year = asked(decode_form(&body).get("year"), now);
    let done = ops::take_over(&mut tx, &ctx.app.registry).await?;
    if done.added + done.changed > 0 {
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    let mut said = ctx.t2("budget-taken", ("added", &done.added.to_string()), ("changed", &done.changed.to_string()));
    if done.kept > 0 {
        said.push_str(&ctx.t1("budget-taken-kept", "kept", done.kept));
    }
    Ok(Redirect::to(address(year)).saying(said))
}

async fn carry(ctx: Ctx, body: Bytes) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    let now = queries::fiscal(&mut tx).await?.year_of(ctx.today());
    let year = asked(decode_form(&body).get("year"), now);
    let made = ops::carry_over(&mut tx, &ctx.app.registry, year).await?;
    if made > 0 {
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    Ok(Redirect::to(address(year)).saying(ctx.t1("budget-carried", "count", made)))
}
