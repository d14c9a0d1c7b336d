//! Pages: a forgotten password.

use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use mamori_ledger::web::{Access, Ctx, Layout, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{Alert, Button, form_actions};
use mamori_ui::html::el;
use mamori_ui::tone::Tone;

use super::reset;
use mamori_ledger::web::form_state::{FormState, hidden, post};

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/password/forgot", Access::Public, show_forgot)
        .post("/password/forgot", Access::Public, forgot)
        .get("/password/reset", Access::Public, show_reset)
        .post("/password/reset", Access::Public, redeem)
}

async fn show_forgot(ctx: Ctx) -> WebResult {
    let form = FormState::new(&ctx, ctx.query_form());
    Ok(forgot_page(&ctx, &form))
}

async fn forgot(ctx: Ctx, body: Bytes) -> WebResult {
    let form = decode_form(&body);
    match reset::request(&ctx.app.db, form.get("login"), &ctx.app.base_url, &ctx.address, ctx.now).await {
        Ok(()) => Ok(sent_page(&ctx)),
        Err(error) => Ok(forgot_page(&ctx, &FormState::refused(&ctx, form, error)?)),
    }
}

fn forgot_page(ctx: &Ctx, form: &FormState) -> Page {
    let body = post("/password/forgot")
        .add(form.head(&[]))
        .add(form.text("login", ctx.t("account-login-or-email")).required(true).attr("autocomplete", "username"))
        .add(form_actions([Button::submit(ctx.t("account-forgot-send"))]))
        .add(el("p").class("muted").text(ctx.t("account-forgot-no-mail")))
        .add(el("p").add(el("a").attr("href", "/login").text(ctx.t("account-back-to-sign-in"))));
    Page::new(ctx.t("account-forgot-title"), body.html())
        .lead(ctx.t("account-forgot-lead"))
        .layout(Layout::Bare)
        .status(form.status())
}

fn sent_page(ctx: &Ctx) -> Page {
    let body = el("div")
        .class("stack")
        .add(Alert::new(Tone::Info, ctx.t("account-forgot-sent")).text(ctx.t("account-forgot-sent-next")))
        .add(Button::link(ctx.t("account-back-to-sign-in"), "/login"));
    Page::new(ctx.t("account-forgot-title"), body.html()).layout(Layout::Bare)
}

async fn show_reset(ctx: Ctx) -> WebResult {
    let query = ctx.query_form();
    if reset::find(&ctx.app.db, query.get("token"), ctx.now).await?.is_none() {
        return Ok(void_page(&ctx));
    }
    Ok(reset_page(&ctx, &FormState::new(&ctx, query)))
}

async fn redeem(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let (token, new, again) = (form.get("token"), form.get("password"), form.get("again"));
    match reset::redeem(&ctx.app.db, token, new, again, &ctx.address, ctx.now).await {
        Ok(()) => Ok(Redirect::to("/login").saying(ctx.t("account-reset-done")).into_response()),
        Err(error) => Ok(reset_page(&ctx, &FormState::refused(&ctx, form, error)?).into_response()),
    }
}

fn reset_page(ctx: &Ctx, form: &FormState) -> Page {
    let labels = [("password", ctx.t("account-new-password")), ("again", ctx.t("account-again"))];
    let body = post("/password/reset")
        .add(form.head(&labels))
        .add(hidden("token", form.value("token")))
        .add(form.password("password", ctx.t("account-new-password"), "new-password").help(ctx.t("account-password-rules")))
        .add(form.password("again", ctx.t("account-again"), "new-password"))
        .add(form_actions([Button::submit(ctx.t("account-reset-save"))]));
    Page::new(ctx.t("account-reset-title"), body.html()).layout(Layout::Bare).status(form.status())
}

fn void_page(ctx: &Ctx) -> Page {
    let body = el("div")
        .class("stack")
        .add(Alert::new(Tone::Warning, ctx.t("account-reset-void")))
        .add(Button::link(ctx.t("account-forgot-again"), "/password/forgot").primary());
    Page::new(ctx.t("account-reset-title"), body.html()).layout(Layout::Bare)
}
