//! `/risk/suggest`: go through the suggestions, one by one or the first ones together.

use std::collections::BTreeSet;

use axum::body::Bytes;
use mamori_kernel::access::Action;
use mamori_kernel::time;
use mamori_ledger::Ledger as _;
use mamori_ledger::web::{Access, Ctx, Form, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{Badge, Button, Card, Column, DataTable, EmptyState, Row, Stat};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::ops::{self, Offer};
use super::queries::Dismissed;
use super::rules::Suggestion;
use super::words;
use crate::appetite::{Appetite, queries as appetite};
use crate::four_factor::rules::Factor;
use crate::scenario::Scenario;

/// Suggestions ticked by the two links above the list.
const TICKS: [usize; 2] = [10, 20];
/// Of the suggestions beyond the best, so many are shown at once.
const REST: usize = 60;

/// The pages.
pub fn routes() -> Routes {
    let may = || Access::Can(Scenario::CODE, Action::Create);
    Routes::default().get("/risk/suggest", may(), page).post("/risk/suggest", may(), decide).post(
        "/risk/suggest/back",
        may(),
        take_back,
    )
}

async fn page(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let offer = ops::offer(&mut view).await?;
    let limit = appetite::current(&mut view).await?;
    let asked = ctx.query_form();
    let more = asked.get("more") == "1";
    let register = Button::link(ctx.t("suggest-to-register"), Scenario::def().path()).icon(Icon::List);
    let mut body = vec![stats(&ctx, &offer)];
    if offer.assets == 0 {
        body = vec![nothing(&ctx)];
    } else if offer.best.is_empty() && !more {
        body.push(done(&ctx, &offer));
    } else {
        body.push(list(&ctx, &offer, limit, more, asked.get("tick").parse().unwrap_or(0)));
    }
    body.push(dismissed(&ctx, &offer.dismissed));
    Ok(Page::new(ctx.t("suggest-title"), el("div").class("stack").each(body).html())
        .lead(ctx.t("suggest-lead"))
        .actions(register.into())
        .crumb(ctx.t("assessment-title"), "/risk"))
}

fn stats(ctx: &Ctx, offer: &Offer) -> Html {
    let stat = |key: &str, count: usize| Stat::new(ctx.t(key), count.to_string()).unit(ctx.t("suggest-unit"));
    el("div")
        .class("grid grid-stats")
        .add(stat("suggest-stat-open", offer.best.len()).tone(Tone::Info))
        .add(stat("suggest-stat-accepted", offer.accepted).tone(Tone::Success).href("/risk/scenario?f.source=suggested"))
        .add(stat("suggest-stat-dismissed", offer.dismissed.len()).href("#dismissed"))
        .html()
}

fn nothing(ctx: &Ctx) -> Html {
    EmptyState::new(ctx.t("suggest-no-assets"))
        .icon(Icon::Folder)
        .why(ctx.t("suggest-no-assets-why"))
        .actions(Button::link(ctx.t("assessment-empty-go"), "/assets/information_asset").primary())
        .into()
}

fn done(ctx: &Ctx, offer: &Offer) -> Html {
    let mut actions = vec![Html::from(Button::link(ctx.t("suggest-to-register"), Scenario::def().path()).primary())];
    if !offer.rest.is_empty() {
        actions.push(Button::link(ctx.t("suggest-show-rest"), "/risk/suggest?more=1").into());
    }
    EmptyState::new(ctx.t("suggest-done"))
        .icon(Icon::CheckCircle)
        .why(ctx.t("suggest-done-why"))
        .actions(Html::join(actions))
        .into()
}

fn list(ctx: &Ctx, offer: &Offer, limit: Appetite, more: bool, ticked: usize) -> Html {
    let rest = if more { offer.rest.iter().take(REST).collect() } else { Vec::new() };
    let shown = offer.best.iter().chain(rest);
    let cards = shown.enumerate().map(|(at, suggestion)| card(ctx, suggestion, limit, at < ticked));
    let ticks = TICKS.iter().filter(|count| offer.best.len() >= **count).map(|count| {
        Html::from(
            Button::link(ctx.t1("suggest-tick", "count", count), format!("/risk/suggest?tick={count}#suggestions"))
                .quiet()
                .small(),
        )
    });
    let together = Button::submit(ctx.t("suggest-accept-ticked")).attr("name", "ticked").attr("value", "1").primary();
    let bar = el("div").class("cluster").add(together).each(ticks);
    let mut parts = vec![bar.html(), el("div").class("stack").each(cards).html()];
    if !more && !offer.rest.is_empty() {
        let show = Button::link(ctx.t1("suggest-more-link", "count", offer.rest.len()), "/risk/suggest?more=1").quiet();
        parts.push(el("p").add(show).html());
    }
    el("form").attr("id", "suggestions").attr("method", "post").attr("action", "/risk/suggest").class("stack").each(parts).html()
}

/// One suggestion: what, how big, why, and the two ways out.
fn card(ctx: &Ctx, suggestion: &Suggestion, limit: Appetite, ticked: bool) -> Html {
    let value = suggestion.value();
    let tone = if limit.is_above(Some(value), None) == Some(true) { Tone::Danger } else { Tone::Neutral };
    let product = Factor::ALL
        .iter()
        .zip(suggestion.levels)
        .map(|(factor, level)| format!("{} {level}", factor.words().get(ctx.lang)))
        .collect::<Vec<_>>()
        .join(" × ");
    let tick = el("input").attr("type", "checkbox").attr("name", "tick").attr("value", &suggestion.key).flag("checked", ticked);
    let title = el("label").class("check").add(tick).text(" ").add(el("b").text(words::title(suggestion, ctx.lang)));
    let reasons_why = words::why(suggestion, ctx.lang);
    let why = el("details")
        .add(el("summary").text(ctx.t1("suggest-why", "count", reasons_why.len())))
        .add(el("ul").each(reasons_why.into_iter().map(|point| el("li").text(point))));
    let reason = reasons(ctx, suggestion);
    let accept = Button::submit(ctx.t("suggest-accept")).attr("name", "accept").attr("value", &suggestion.key).small();
    let dismiss = Button::submit(ctx.t("suggest-dismiss")).attr("name", "dismiss").attr("value", &suggestion.key).quiet().small();
    let body = el("div")
        .class("stack")
        .add(
            el("p")
                .add(Badge::new(ctx.t1("suggest-value", "value", value), tone))
                .text(" ")
                .add(el("span").class("muted").text(product)),
        )
        .add(el("p").text(words::story(suggestion, ctx.lang)))
        .add(el("div").class("prose").add(why))
        .add(el("div").class("cluster").add(accept).add(reason).add(dismiss));
    el("article").class("card").add(el("div").class("card-head").add(title)).add(el("div").class("card-body").add(body)).html()
}

fn reasons(ctx: &Ctx, suggestion: &Suggestion) -> Html {
    let options = ["suggest-reason-not-ours", "suggest-reason-guarded", "suggest-reason-other", "suggest-reason-small"]
        .map(|key| el("option").attr("value", ctx.t(key)).text(ctx.t(key)));
    el("select")
        .class("input input-short")
        .attr("name", format!("reason:{}", suggestion.key))
        .attr("aria-label", ctx.t("suggest-reason"))
        .each(options)
        .html()
}

fn dismissed(ctx: &Ctx, rows: &[Dismissed]) -> Html {
    if rows.is_empty() {
        return Html::empty();
    }
    let columns = vec![
        Column::new(ctx.t("suggest-col-title")),
        Column::new(ctx.t("suggest-reason")),
        Column::new(ctx.t("suggest-col-by")),
        Column::new(""),
    ];
    let lines = rows.iter().map(|row| {
        let day = row.at.parse().ok().map(|at| time::short_date(ctx.lang, time::today(at))).unwrap_or_default();
        let key = el("input").attr("type", "hidden").attr("name", "key").attr("value", &row.key);
        let form = el("form")
            .attr("method", "post")
            .attr("action", "/risk/suggest/back")
            .add(key)
            .add(Button::submit(ctx.t("suggest-take-back")).quiet().small());
        Row::new(&row.key, &row.title).text(&row.title).text(&row.reason).text(format!("{} {day}", row.by)).cell(form)
    });
    let table = DataTable::new(ctx.lang, ctx.t("suggest-dismissed"), columns).rows(lines).compact();
    el("div").attr("id", "dismissed").add(Card::new(ctx.t("suggest-dismissed"), table).flush()).html()
}

async fn decide(ctx: Ctx, body: Bytes) -> WebResult<Redirect> {
    let form = decode_form(&body);
    let aside = form.get("dismiss").to_owned();
    if aside.is_empty() { accept(&ctx, &form).await } else { dismiss(&ctx, &form, &aside).await }
}

async fn dismiss(ctx: &Ctx, form: &Form, key: &str) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    ops::dismiss(&mut tx, key, form.get(&format!("reason:{key}"))).await?;
    tx.commit().await?;
    Ok(Redirect::to("/risk/suggest").saying(ctx.t("suggest-was-dismissed")))
}

async fn accept(ctx: &Ctx, form: &Form) -> WebResult<Redirect> {
    let one = form.get("accept");
    let keys: BTreeSet<String> =
        if one.is_empty() { form.all("tick").map(str::to_owned).collect() } else { BTreeSet::from([one.to_owned()]) };
    if keys.is_empty() {
        return Ok(Redirect::to("/risk/suggest").saying(ctx.t("suggest-none-ticked")));
    }
    let mut tx = ctx.tx().await?;
    let made = ops::accept(&mut tx, &ctx.app.registry, &keys).await?;
    if made.is_empty() {
        tx.rollback().await?;
        return Ok(Redirect::to("/risk/suggest").saying(ctx.t("suggest-already")));
    }
    tx.commit().await?;
    Ok(Redirect::to("/risk/suggest").saying(ctx.t1("suggest-was-accepted", "count", made.len())))
}

async fn take_back(ctx: Ctx, body: Bytes) -> WebResult<Redirect> {
    let form = decode_form(&body);
    let mut tx = ctx.tx().await?;
    ops::take_back(&mut tx, form.get("key")).await?;
    tx.commit().await?;
    Ok(Redirect::to("/risk/suggest").saying(ctx.t("suggest-was-taken-back")))
}
