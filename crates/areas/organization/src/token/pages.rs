//! Pages: one's own API tokens in the company at hand.

use axum::body::Bytes;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::time;
use mamori_ledger::web::{Access, Ctx, Form, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{Alert, Button, Card, Choice, Column, Control, DataTable, EmptyState, Field, Row, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::{ApiToken, TokenScope, ops, queries};
use crate::account::mine_tabs;
use crate::session::pages::button_form;
use mamori_ledger::web::form_state::{FormState, post};

const HERE: &str = "/account/tokens";

pub(super) fn routes() -> Routes {
    Routes::default().get(HERE, Access::SignedIn, list).post(HERE, Access::SignedIn, create).post(
        "/account/tokens/{id}/revoke",
        Access::SignedIn,
        revoke,
    )
}

async fn list(ctx: Ctx) -> WebResult {
    let form = FormState::new(&ctx, Form(vec![("scope".to_owned(), "read".to_owned())]));
    page(&ctx, &form).await
}

async fn create(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let scope = TokenScope::parse(form.get("scope")).unwrap_or(TokenScope::Read);
    let made = match read_day(form.get("expires")) {
        Ok(day) => ops::create(&ctx.app.db, ctx.actor()?, form.get("name"), scope, day, ctx.now).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(token) => Ok(shown_once(&ctx, form.get("name"), &token).into_response()),
        Err(error) => Ok(page(&ctx, &FormState::refused(&ctx, form, error)?).await?.into_response()),
    }
}

async fn revoke(ctx: Ctx, Path(id): Path<String>) -> WebResult<Redirect> {
    ops::revoke(&ctx.app.db, ctx.actor()?, &id, ctx.now).await?;
    Ok(Redirect::to(HERE).saying(ctx.t("token-revoked")))
}

fn read_day(typed: &str) -> Result<Option<Date>> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    typed.trim().parse().map(Some).map_err(|_| {
        Error::field(
            "expires",
            Words::new("日付を「2026-04-01」の形で入力してください。", "Please enter the day like 2026-04-01."),
        )
    })
}

async fn page(ctx: &Ctx, form: &FormState) -> WebResult {
    let tokens = queries::own(&mut ctx.view().await?, &ctx.identity()?.actor.user_id).await?;
    let listed: Html = if tokens.is_empty() {
        EmptyState::new(ctx.t("token-none")).icon(Icon::Link).why(ctx.t("token-none-why")).into()
    } else {
        let keys = ["token-name", "token-scope", "token-created", "token-expires", "token-used", "token-action"];
        let columns = keys.iter().map(|key| Column::new(ctx.t(key))).collect();
        DataTable::new(ctx.lang, ctx.t("token-title"), columns).rows(tokens.iter().map(|token| row(ctx, token))).into()
    };
    let labels = [("name", ctx.t("token-name")), ("expires", ctx.t("token-expires"))];
    let body =
        el("div").class("stack").add(mine_tabs(ctx, HERE)).add(form.head(&labels)).add(listed).add(new_token_card(ctx, form));
    Ok(Page::new(ctx.t("account-mine-title"), body.html()).lead(ctx.t("token-lead")).status(form.status()))
}

fn new_token_card(ctx: &Ctx, form: &FormState) -> Card {
    let scopes = [TokenScope::Read, TokenScope::Write].map(|scope| {
        Choice::new(scope.code(), ctx.t(&format!("token-scope-{}", scope.code())))
            .meaning(ctx.t(&format!("token-scope-{}-means", scope.code())))
    });
    let day = Field::new(ctx.lang, "expires", ctx.t("token-expires"), Control::Date { value: form.value("expires").to_owned() })
        .error(form.wrong("expires"))
        .help(ctx.t("token-expires-help"));
    let body = post(HERE)
        .add(form.text("name", ctx.t("token-name")).required(true).help(ctx.t("token-name-help")))
        .add(form.radios("scope", ctx.t("token-scope"), scopes.to_vec()).required(true))
        .add(day)
        .add(form_actions([Button::submit(ctx.t("token-create"))]));
    Card::new(ctx.t("token-new"), body)
}

fn row(ctx: &Ctx, token: &ApiToken) -> Row {
    let moment = |at: Option<Timestamp>| at.map(|at| time::timestamp(ctx.lang, &at, &time::zone()));
    let expired = token.expires_at.is_some_and(|at| at <= ctx.now);
    let name = format!("{}: {}", ctx.t("token-revoke"), token.name);
    let button = Button::submit(ctx.t("token-revoke")).secondary().small().attr("aria-label", name);
    Row::new(&token.id, &token.name)
        .text(&token.name)
        .text(ctx.t(&format!("token-scope-{}", token.scope.code())))
        .text(moment(token.created_at).unwrap_or_default())
        .text(moment(token.expires_at).unwrap_or_else(|| ctx.t("token-never")))
        .text(moment(token.last_used_at).unwrap_or_else(|| ctx.t("token-unused")))
        .cell(button_form(&format!("{HERE}/{}/revoke", token.id), button))
        .retired(expired)
}

/// Shows a new token, this once.
fn shown_once(ctx: &Ctx, name: &str, token: &str) -> Page {
    let body = el("div")
        .class("stack")
        .add(Alert::new(Tone::Warning, ctx.t("token-once")).text(ctx.t("token-once-keep")))
        .add(el("p").add(el("code").text(token)))
        .add(el("p").class("muted").text(ctx.t("token-how")))
        .add(Button::link(ctx.t("token-back"), HERE).primary());
    Page::new(ctx.t1("token-made", "name", name), body.html()).crumb(ctx.t("token-title"), HERE)
}
