//! `/risk/appetite`: up to where the company accepts risks; what a change would do is shown before it is saved.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::yen::Yen;
use mamori_ledger::web::{Access, Ctx, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{Alert, Button, Card, Control, Definitions, Field, error_summary, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::ops::{self, Effect};
use super::rules::Input;
use super::{Appetite, queries};

/// The pages.
pub fn routes() -> Routes {
    Routes::default().get("/risk/appetite", Access::Can("risk_appetite", Action::View), page).post(
        "/risk/appetite",
        Access::Can("risk_appetite", Action::Manage),
        save,
    )
}

/// What the page shows besides the appetite in force.
#[derive(Default)]
struct Shown {
    input: Input,
    errors: Vec<FieldError>,
    effect: Option<Effect>,
}

async fn page(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let now = queries::current(&mut view).await?;
    let input = Input { score: now.score.to_string(), yen: now.yen.to_string(), reason: String::new() };
    Ok(render(&ctx, now, &Shown { input, ..Shown::default() }))
}

async fn save(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let field = |name: &str| form.get(name).to_owned();
    let input = Input { score: field("score"), yen: field("yen"), reason: field("reason") };
    let seen = form.get("seen").parse().unwrap_or_default();
    let outcome = if form.get("step") == "save" { put(&ctx, &input, seen).await } else { preview(&ctx, &input).await };
    match outcome {
        Ok(Done::Saved(effect)) => {
            let said = ctx.t2("appetite-saved", ("more", &effect.more.to_string()), ("back", &effect.back.to_string()));
            Ok(Redirect::to("/risk/appetite").saying(said).into_response())
        }
        Ok(Done::Previewed(effect)) => {
            shown(&ctx, Shown { input, effect: Some(effect), ..Shown::default() }, StatusCode::OK).await
        }
        Err(Error::Invalid(errors)) => shown(&ctx, Shown { input, errors, effect: None }, StatusCode::UNPROCESSABLE_ENTITY).await,
        Err(other) => Err(other.into()),
    }
}

enum Done {
    Previewed(Effect),
    Saved(Effect),
}

async fn preview(ctx: &Ctx, input: &Input) -> Result<Done> {
    let mut view = ctx.view().await?;
    let appetite = ops::read(&mut view, input).await?;
    ops::effect(&mut view, appetite, ctx.now).await.map(Done::Previewed)
}

async fn put(ctx: &Ctx, input: &Input, seen: i64) -> Result<Done> {
    let mut tx = ctx.tx().await?;
    let effect = ops::change(&mut tx, &ctx.app.registry, input, seen, &ctx.app.base_url).await?;
    tx.commit().await?;
    Ok(Done::Saved(effect))
}

async fn shown(ctx: &Ctx, shown: Shown, status: StatusCode) -> WebResult<Response> {
    let mut view = ctx.view().await?;
    let now = queries::current(&mut view).await?;
    Ok(render(ctx, now, &shown).status(status).into_response())
}

fn render(ctx: &Ctx, now: Appetite, shown: &Shown) -> Page {
    let version = if now.number == 0 { ctx.t("appetite-builtin") } else { ctx.t1("appetite-version", "number", now.number) };
    let facts = Definitions::new(ctx.lang)
        .text(ctx.t("appetite-score"), now.score.to_string())
        .text(ctx.t("appetite-yen"), Yen(now.yen).format(ctx.lang));
    let rule = el("p").class("muted").text(ctx.t("appetite-rule"));
    let mut cards = vec![Html::from(Card::new(ctx.t("appetite-now"), Html::join([facts.into(), rule.html()])).lead(version))];
    if ctx.can("risk_appetite", Action::Manage) {
        cards.push(Card::new(ctx.t("appetite-change"), form(ctx, now, shown)).lead(ctx.t("appetite-change-lead")).into());
    }
    let versions = Button::link(ctx.t("appetite-versions"), "/risk/risk_appetite").quiet();
    Page::new(ctx.t("appetite-title"), el("div").class("stack").each(cards).html())
        .lead(ctx.t("appetite-lead"))
        .actions(versions.into())
        .crumb(ctx.t("assessment-title"), "/risk")
}

/// What the change would do, in words.
fn consequences(ctx: &Ctx, effect: Effect) -> Html {
    let points = [
        ("appetite-effect-above", effect.above),
        ("appetite-effect-more", effect.more),
        ("appetite-effect-fewer", effect.fewer),
        ("appetite-effect-back", i64::try_from(effect.back).unwrap_or(i64::MAX)),
    ]
    .map(|(key, count)| ctx.t1(key, "count", count));
    let tone = if effect.more > 0 || effect.back > 0 { Tone::Warning } else { Tone::Info };
    Alert::new(tone, ctx.t("appetite-effect")).points(points).into()
}

fn form(ctx: &Ctx, now: Appetite, shown: &Shown) -> Html {
    let lang = ctx.lang;
    let error =
        |name: &str| shown.errors.iter().find(|error| error.field == name).map(|error| error.message.get(lang).to_owned());
    let label = |name: &str| {
        ctx.t(match name {
            "score" => "appetite-score",
            "yen" => "appetite-yen",
            _ => "appetite-reason",
        })
    };
    let listed: Vec<(String, String, String)> =
        shown.errors.iter().map(|error| (error.field.clone(), label(&error.field), error.message.get(lang).to_owned())).collect();
    let step = |value: &str, key: &str| Button::submit(ctx.t(key)).attr("name", "step").attr("value", value);
    let buttons = match shown.effect {
        Some(_) => vec![step("save", "appetite-save"), step("preview", "appetite-preview").secondary()],
        None => vec![step("preview", "appetite-preview")],
    };
    let input = &shown.input;
    let form = el("form")
        .class("form")
        .attr("method", "post")
        .attr("action", "/risk/appetite")
        .add(error_summary(lang, &listed))
        .add(el("input").attr("type", "hidden").attr("name", "seen").attr("value", now.number.to_string()))
        .add(
            Field::text(lang, "score", label("score"), &input.score)
                .required(true)
                .help(ctx.t("appetite-score-help"))
                .error(error("score")),
        )
        .add(
            Field::new(lang, "yen", label("yen"), Control::Yen { value: input.yen.clone() })
                .required(true)
                .help(ctx.t("appetite-yen-help"))
                .error(error("yen")),
        )
        .add(
            Field::text(lang, "reason", label("reason"), &input.reason)
                .required(true)
                .help(ctx.t("appetite-reason-help"))
                .error(error("reason")),
        )
        .add(form_actions(buttons));
    let effect = shown.effect.map(|effect| consequences(ctx, effect));
    el("div").class("stack").each(effect).add(form).html()
}
