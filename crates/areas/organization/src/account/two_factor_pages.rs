//! Pages: the second factor of one's own account.

use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use mamori_kernel::error::Error;
use mamori_ledger::web::{Access, Ctx, Form, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{Alert, Badge, Button, Card, Definitions, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::mine_pages::mine_tabs;
use super::totp;
use super::two_factor::{self, State};
use mamori_ledger::web::form_state::{FormState, post};

const HERE: &str = "/account/two-factor";

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(HERE, Access::Account, show)
        .post("/account/two-factor/start", Access::Account, start)
        .post("/account/two-factor/confirm", Access::Account, confirm)
        .post("/account/two-factor/codes", Access::Account, renew)
        .post("/account/two-factor/off", Access::Account, off)
}

async fn show(ctx: Ctx) -> WebResult {
    page(&ctx, &FormState::new(&ctx, Form::default())).await
}

async fn start(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let done = two_factor::begin(&ctx.app, ctx.identity()?, form.get("current"), &ctx.address, ctx.now).await;
    answer(&ctx, form, done.map(|()| Redirect::to(HERE).into_response())).await
}

async fn confirm(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let done = two_factor::confirm(&ctx.app, ctx.identity()?, form.get("code"), ctx.now).await;
    answer(&ctx, form, done.map(|codes| codes_page(&ctx, &codes).into_response())).await
}

async fn renew(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let done = two_factor::renew_recovery_codes(&ctx.app, ctx.identity()?, form.get("current"), &ctx.address, ctx.now).await;
    answer(&ctx, form, done.map(|codes| codes_page(&ctx, &codes).into_response())).await
}

async fn off(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let done = two_factor::switch_off(&ctx.app, ctx.identity()?, form.get("current"), &ctx.address, ctx.now).await;
    answer(&ctx, form, done.map(|()| Redirect::to(HERE).saying(ctx.t("account-2f-off-done")).into_response())).await
}

/// The answer of a deed, or the page with what is wrong.
async fn answer(ctx: &Ctx, form: Form, done: Result<Response, Error>) -> WebResult<Response> {
    match done {
        Ok(response) => Ok(response),
        Err(error) => Ok(page(ctx, &FormState::refused(ctx, form, error)?).await?.into_response()),
    }
}

async fn page(ctx: &Ctx, form: &FormState) -> WebResult {
    let labels = [("current", ctx.t("account-current")), ("code", ctx.t("account-2f-code"))];
    let part = match two_factor::state(&ctx.app, ctx.identity()?).await? {
        State::Off => begin_part(ctx, form),
        State::Waiting(secret, login) => confirm_part(ctx, form, &secret, &login)?,
        State::On(left) => on_part(ctx, form, left),
    };
    let body = el("div").class("stack").add(mine_tabs(ctx, HERE)).add(form.head(&labels)).add(part);
    Ok(Page::new(ctx.t("account-mine-title"), body.html()).status(form.status()))
}

fn begin_part(ctx: &Ctx, form: &FormState) -> Html {
    let body = post("/account/two-factor/start")
        .add(form.password("current", ctx.t("account-current"), "current-password"))
        .add(form_actions([Button::submit(ctx.t("account-2f-start")).icon(Icon::Lock)]));
    Card::new(ctx.t("account-2f-title"), body).lead(ctx.t("account-2f-lead")).into()
}

fn confirm_part(ctx: &Ctx, form: &FormState, secret: &str, login: &str) -> Result<Html, Error> {
    let picture = Html::raw(totp::qr_svg(&totp::address(secret, login), &ctx.t("account-2f-qr"))?);
    let steps = ["account-2f-step-1", "account-2f-step-2", "account-2f-step-3"];
    let code = form
        .text("code", ctx.t("account-2f-code"))
        .required(true)
        .attr("autocomplete", "one-time-code")
        .attr("inputmode", "numeric");
    let facts = Definitions::new(ctx.lang).html(ctx.t("account-2f-key"), el("code").text(totp::grouped(secret)));
    let body = el("div")
        .class("stack")
        .add(el("ol").each(steps.iter().map(|key| el("li").text(ctx.t(key)))))
        .add(picture)
        .add(facts)
        .add(post("/account/two-factor/confirm").add(code).add(form_actions([Button::submit(ctx.t("account-2f-confirm"))])));
    Ok(Card::new(ctx.t("account-2f-title"), body).into())
}

fn on_part(ctx: &Ctx, form: &FormState, left: usize) -> Html {
    let few = (left < 3).then(|| Alert::new(Tone::Warning, ctx.t1("account-2f-few", "count", left)));
    let state = Definitions::new(ctx.lang)
        .columns()
        .html(ctx.t("account-state"), Badge::new(ctx.t("account-on"), Tone::Success).icon(Icon::Lock))
        .text(ctx.t("account-2f-left"), left.to_string());
    // The one password field serves both buttons.
    let body = post("/account/two-factor/codes")
        .add(form.password("current", ctx.t("account-current"), "current-password").help(ctx.t("account-2f-password-help")))
        .add(form_actions([
            Button::submit(ctx.t("account-2f-renew")).secondary(),
            Button::submit(ctx.t("account-2f-off")).danger().attr("formaction", "/account/two-factor/off"),
        ]));
    Card::new(ctx.t("account-2f-title"), el("div").class("stack").maybe(few).add(state).add(body)).into()
}

/// Shows the recovery codes, this once.
fn codes_page(ctx: &Ctx, codes: &[String]) -> Page {
    let list = el("ul").class("stack").each(codes.iter().map(|code| el("li").add(el("code").text(code))));
    let body = el("div")
        .class("stack")
        .add(Alert::new(Tone::Warning, ctx.t("account-2f-codes-once")).text(ctx.t("account-2f-codes-keep")))
        .add(list)
        .add(Button::link(ctx.t("account-2f-codes-done"), HERE).primary());
    Page::new(ctx.t("account-2f-codes-title"), body.html()).crumb(ctx.t("account-mine-title"), "/account")
}
