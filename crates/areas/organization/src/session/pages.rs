//! Pages: sign in (password, code, new password), sign out, enter a company.

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use mamori_ledger::web::{Access, Ctx, Form, Layout, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{Button, form_actions};
use mamori_ui::html::{Html, el};

use super::rules::{Stage, clearing_cookie, cookie, safe_next};
use super::{SignIn, door, ops, token_hash, token_of};
use mamori_ledger::web::form_state::{FormState, hidden, post};

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/login", Access::Public, show_sign_in)
        .post("/login", Access::Public, sign_in)
        .get("/login/code", Access::Public, show_code)
        .post("/login/code", Access::Public, confirm_code)
        .get("/login/password", Access::Public, show_new_password)
        .post("/login/password", Access::Public, set_password)
        .post("/logout", Access::Public, sign_out)
}

async fn show_sign_in(ctx: Ctx) -> WebResult<Response> {
    let query = ctx.query_form();
    if ctx.identity.is_some() {
        return Ok(Redirect::to(safe_next(query.get("next"))).into_response());
    }
    let form = FormState::new(&ctx, query);
    Ok(sign_in_page(&ctx, &form).into_response())
}

async fn sign_in(ctx: Ctx, headers: HeaderMap, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let old = token_of(&headers, ctx.app.secure_cookies).map(|token| token_hash(&token));
    let door = door(&ctx.address, &headers);
    match ops::sign_in(&ctx.app.db, form.get("login"), form.get("password"), &door, old.as_deref(), ctx.now).await {
        Ok(done) => Ok(onward(&ctx, &done, form.get("next"))),
        Err(error) => Ok(sign_in_page(&ctx, &FormState::refused(&ctx, form, error)?).into_response()),
    }
}

/// Where a step of signing in leads, with the new cookie.
pub(crate) fn onward(ctx: &Ctx, done: &SignIn, next: &str) -> Response {
    let next = safe_next(next);
    let to = match done.stage {
        Stage::Open | Stage::Strong => next.to_owned(),
        Stage::NeedsCode => with_next("/login/code", next),
        Stage::NeedsPassword | Stage::NeedsPasswordStrong => with_next("/login/password", next),
    };
    Redirect::to(to).cookie(cookie(&done.token, ctx.app.secure_cookies)).into_response()
}

fn with_next(page: &str, next: &str) -> String {
    let query = Form(vec![("next".to_owned(), next.to_owned())]).encode();
    if next == "/" { page.to_owned() } else { format!("{page}?{query}") }
}

fn sign_in_page(ctx: &Ctx, form: &FormState) -> Page {
    let login =
        form.text("login", ctx.t("session-login")).required(true).attr("autocomplete", "username").attr("autocapitalize", "none");
    let login = if form.value("login").is_empty() { login.attr("autofocus", "") } else { login };
    let body = post("/login")
        .add(form.head(&[]))
        .add(hidden("next", safe_next(form.value("next"))))
        .add(login)
        .add(form.password("password", ctx.t("session-password"), "current-password"))
        .add(form_actions([Button::submit(ctx.t("session-sign-in"))]))
        .add(el("p").add(el("a").attr("href", "/password/forgot").text(ctx.t("session-forgot"))));
    Page::new(ctx.t("session-sign-in-title"), body.html())
        .lead(ctx.t("session-sign-in-lead"))
        .layout(Layout::Bare)
        .status(form.status())
}

async fn show_code(ctx: Ctx) -> WebResult {
    let form = FormState::new(&ctx, ctx.query_form());
    Ok(code_page(&ctx, &form))
}

async fn confirm_code(ctx: Ctx, headers: HeaderMap, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let Some(token) = token_of(&headers, ctx.app.secure_cookies) else { return Ok(started_over(&ctx)) };
    match ops::confirm_code(&ctx.app, &token, form.get("code"), &door(&ctx.address, &headers), ctx.now).await {
        Ok(done) => Ok(onward(&ctx, &done, form.get("next"))),
        Err(error) if error == ops::too_late() => Ok(started_over(&ctx)),
        Err(error) => Ok(code_page(&ctx, &FormState::refused(&ctx, form, error)?).into_response()),
    }
}

/// Back to the first step, with the reason.
fn started_over(ctx: &Ctx) -> Response {
    Redirect::to("/login").saying(ops::too_late().words().get(ctx.lang)).into_response()
}

fn code_page(ctx: &Ctx, form: &FormState) -> Page {
    let code = form
        .text("code", ctx.t("session-code"))
        .required(true)
        .help(ctx.t("session-code-help"))
        .attr("autocomplete", "one-time-code")
        .attr("autofocus", "");
    let body = post("/login/code")
        .add(form.head(&[]))
        .add(hidden("next", safe_next(form.value("next"))))
        .add(code)
        .add(form_actions([Button::submit(ctx.t("session-code-send"))]))
        .add(el("p").add(el("a").attr("href", "/login").text(ctx.t("session-start-over"))));
    Page::new(ctx.t("session-code-title"), body.html())
        .lead(ctx.t("session-code-lead"))
        .layout(Layout::Bare)
        .status(form.status())
}

async fn show_new_password(ctx: Ctx) -> WebResult {
    let form = FormState::new(&ctx, ctx.query_form());
    Ok(new_password_page(&ctx, &form))
}

async fn set_password(ctx: Ctx, headers: HeaderMap, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let Some(token) = token_of(&headers, ctx.app.secure_cookies) else { return Ok(started_over(&ctx)) };
    let door = door(&ctx.address, &headers);
    match ops::set_demanded_password(&ctx.app.db, &token, form.get("password"), form.get("again"), &door, ctx.now).await {
        Ok(done) => Ok(onward(&ctx, &done, form.get("next"))),
        Err(error) if error == ops::too_late() => Ok(started_over(&ctx)),
        Err(error) => Ok(new_password_page(&ctx, &FormState::refused(&ctx, form, error)?).into_response()),
    }
}

fn new_password_page(ctx: &Ctx, form: &FormState) -> Page {
    let labels = [("password", ctx.t("session-new-password")), ("again", ctx.t("session-again"))];
    let body = post("/login/password")
        .add(form.head(&labels))
        .add(hidden("next", safe_next(form.value("next"))))
        .add(form.password("password", ctx.t("session-new-password"), "new-password").help(ctx.t("session-password-rules")))
        .add(form.password("again", ctx.t("session-again"), "new-password"))
        .add(form_actions([Button::submit(ctx.t("session-new-password-save"))]));
    Page::new(ctx.t("session-new-password-title"), body.html())
        .lead(ctx.t("session-new-password-lead"))
        .layout(Layout::Bare)
        .status(form.status())
}

async fn sign_out(ctx: Ctx, headers: HeaderMap) -> WebResult<Redirect> {
    let secure = ctx.app.secure_cookies;
    if let (Ok(actor), Some(token)) = (ctx.actor(), token_of(&headers, secure)) {
        ops::sign_out(&ctx.app.db, actor, &token, ctx.now).await?;
    }
    Ok(Redirect::to("/login").cookie(clearing_cookie(secure)).saying(ctx.t("session-signed-out")))
}

/// A form with one button that posts without fields of its own.
pub(crate) fn button_form(action: &str, button: Button) -> Html {
    el("form").attr("method", "post").attr("action", action).add(button).html()
}
