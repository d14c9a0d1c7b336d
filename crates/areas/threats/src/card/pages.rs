//! `/threats/cards`: the cards to look through, one to talk about, all to print.

use axum::body::Bytes;
use axum::extract::Path;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_ledger::Ledger as _;
use mamori_ledger::web::{Ctx, Page, Redirect, WebResult, decode_form};
use mamori_risk::catalogs_risk::{self, ThreatCard};
use mamori_risk::{catalog, scenario, threat};
use mamori_ui::components::{Button, Card, Control, Field};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;

use crate::neighbours::{Draft, Scenario, Source};
use crate::queries::by_source;

fn find(code: &str) -> Result<&'static ThreatCard> {
    catalogs_risk::get().cards.iter().find(|card| card.code == code).ok_or(Error::NotFound)
}

fn address(card: &ThreatCard) -> String {
    format!("/threats/cards/{}", card.code)
}

/// All cards, with what became of them here.
pub(super) async fn all(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let sees = ctx.can(Scenario::CODE, Action::View);
    let mut cards = Vec::new();
    for card in &catalogs_risk::get().cards {
        let risk = if sees { by_source(&mut view, &address(card)).await? } else { None };
        let talk = Button::link(ctx.t("card-open"), address(card)).secondary().small();
        let here = risk.map(|(id, _)| {
            Button::link(ctx.t("card-registered"), format!("/risk/scenario/{id}")).quiet().small().icon(Icon::Flag)
        });
        let buttons = el("p").class("cluster").add(talk).maybe(here);
        let body = Html::join([el("p").text(card.means.get(ctx.lang)).html(), buttons.html()]);
        cards.push(Html::from(Card::new(card.name.get(ctx.lang), body)));
    }
    let print = Button::link(ctx.t("card-print"), "/threats/cards/print").icon(Icon::Print);
    Ok(Page::new(ctx.t("card-title"), el("div").class("grid").each(cards).html()).lead(ctx.t("card-lead")).actions(print.into()))
}

/// One card to talk about.
pub(super) async fn one(ctx: Ctx, Path(code): Path<String>) -> WebResult {
    let card = find(&code)?;
    let mut view = ctx.view().await?;
    let sees = ctx.can(Scenario::CODE, Action::View);
    let risk = if sees { by_source(&mut view, &address(card)).await? } else { None };
    let cards = &catalogs_risk::get().cards;
    let at = cards.iter().position(|known| known.code == card.code).unwrap_or_default();
    let side =
        |to: Option<&ThreatCard>, icon: Icon| to.map(|to| Button::link(to.name.get(ctx.lang), address(to)).quiet().icon(icon));
    let before = side(at.checked_sub(1).and_then(|at| cards.get(at)), Icon::ArrowLeft);
    let after = side(cards.get(at + 1), Icon::ArrowRight);
    let walk = el("nav").class("cluster").attr("aria-label", ctx.t("card-walk")).maybe(before).maybe(after);
    let print = Button::plain(ctx.t("card-print-one")).quiet().icon(Icon::Print).attr("data-print", "");
    let body = el("div").class("stack").add(face(&ctx, card)).add(question(&ctx, card, risk)).add(walk);
    Ok(Page::new(card.name.get(ctx.lang), body.html())
        .lead(card.means.get(ctx.lang))
        .actions(el("span").class("js-only").add(print).html())
        .crumb(ctx.t("card-title"), "/threats/cards"))
}

/// All cards, a sheet of paper each.
pub(super) async fn print(ctx: Ctx) -> WebResult {
    let sheets = catalogs_risk::get().cards.iter().map(|card| {
        el("section")
            .class("card-sheet")
            .add(el("h2").text(card.name.get(ctx.lang)))
            .add(el("p").class("lead").text(card.means.get(ctx.lang)))
            .add(face(&ctx, card))
            .add(
                el("div")
                    .class("card-talk")
                    .each(["card-ask-here", "card-ask-who", "card-ask-now"].map(|key| el("p").text(ctx.t(key)))),
            )
    });
    let print = Button::plain(ctx.t("card-print-now")).primary().icon(Icon::Print).attr("data-print", "");
    Ok(Page::new(ctx.t("card-title"), el("div").class("card-sheets").each(sheets).html())
        .lead(ctx.t("card-print-lead"))
        .actions(el("span").class("js-only").add(print).html())
        .crumb(ctx.t("card-title"), "/threats/cards"))
}

fn face(ctx: &Ctx, card: &ThreatCard) -> Html {
    let lang = ctx.lang;
    let list = |title: String, lines: Vec<String>| {
        (!lines.is_empty()).then(|| {
            el("div")
                .add(el("h3").text(title))
                .add(el("ul").class("card-points").each(lines.iter().map(|line| el("li").text(line))))
        })
    };
    let words = |all: &[mamori_kernel::lang::Words]| all.iter().map(|words| words.get(lang).to_owned()).collect();
    let measures = card
        .measures
        .iter()
        .filter_map(|code| catalog::get().measure(code))
        .map(|measure| measure.title.get(lang).to_owned())
        .collect();
    el("div")
        .class("grid")
        .maybe(list(ctx.t("card-signs"), words(&card.signs)))
        .maybe(list(ctx.t("card-do"), words(&card.everybody)))
        .maybe(list(ctx.t("card-measures"), measures))
        .html()
}

/// この会社で起こるか.
fn question(ctx: &Ctx, card: &ThreatCard, risk: Option<(String, String)>) -> Html {
    let body = match risk {
        Some((id, title)) => {
            let to = Button::link(title, format!("/risk/scenario/{id}")).secondary().icon(Icon::Flag);
            el("p").class("cluster").add(el("span").text(ctx.t("card-is-registered"))).add(to).html()
        }
        None if ctx.can(Scenario::CODE, Action::Create) => {
            let control = Control::Area { value: String::new(), rows: 3 };
            el("form")
                .attr("method", "post")
                .attr("action", format!("{}/risk", address(card)))
                .add(Field::new(ctx.lang, "story", ctx.t("card-story"), control).help(ctx.t("card-story-help")))
                .add(Button::submit(ctx.t("card-register")).icon(Icon::Flag))
                .html()
        }
        None => el("p").class("muted").text(ctx.t("card-tell-officer")).html(),
    };
    Card::new(ctx.t("card-here"), body).lead(ctx.t("card-here-lead")).into()
}

/// Makes a risk of a card; done twice it is the same risk.
pub(super) async fn register(ctx: Ctx, Path(code): Path<String>, body: Bytes) -> WebResult<Redirect> {
    let card = find(&code)?;
    let form = decode_form(&body);
    let mut tx = ctx.tx().await?;
    let known = by_source(&mut tx, &address(card)).await?;
    if let Some((id, _)) = known {
        tx.rollback().await?;
        return Ok(Redirect::to(format!("/risk/scenario/{id}")).saying(ctx.t("card-is-registered")));
    }
    let mut named = None;
    for code in &card.threats {
        if named.is_none() {
            named = threat::queries::by_code(&mut tx, code).await?;
        }
    }
    let story = [card.means.get(ctx.lang), form.get("story").trim()].join("\n").trim().to_owned();
    // A manager's risk belongs to his department; the officer's to the whole company until somebody says where.
    let own = tx.actor().department_ids.first().cloned();
    let everywhere = tx.actor().reach(Scenario::CODE, Action::Create).is_everything();
    let draft = Draft {
        title: card.name.get(ctx.lang).to_owned(),
        story,
        threat: named,
        department: if everywhere { None } else { own },
        source: Source::Suggested,
        source_key: address(card),
        ..Draft::default()
    };
    let id = scenario::ops::add(&mut tx, &ctx.app.registry, draft).await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("/risk/scenario/{id}")).saying(ctx.t("card-made")))
}
