//! Pages: one's own sessions, and entering another of one's companies.

use axum::body::Bytes;
use axum::extract::Path;
use mamori_kernel::time;
use mamori_ledger::web::{Access, Ctx, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{Badge, Button, Column, DataTable, Row};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::pages::button_form;
use super::rules::{cookie, safe_next};
use super::{OwnSession, ops, queries};
use crate::account::mine_tabs;

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/account/sessions", Access::Account, list)
        .post("/account/sessions/end-others", Access::Account, end_others)
        .post("/account/sessions/{id}/end", Access::Account, end)
        .post("/company/enter", Access::Account, enter)
        .post("/company", Access::Account, enter)
}

async fn list(ctx: Ctx) -> WebResult {
    let identity = ctx.identity()?;
    let sessions = queries::own(&mut ctx.app.db.system_view().await?, &identity.actor.user_id, ctx.now).await?;
    let others = sessions.len() > 1;
    let rows = sessions.iter().map(|session| row(&ctx, session, session.id == identity.session_id));
    let columns = ["session-device", "session-address", "session-since", "session-seen", "session-action"];
    let table =
        DataTable::new(ctx.lang, ctx.t("session-list-title"), columns.iter().map(|key| Column::new(ctx.t(key))).collect())
            .rows(rows);
    let all = others.then(|| {
        button_form("/account/sessions/end-others", Button::submit(ctx.t("session-end-others")).secondary().icon(Icon::Logout))
    });
    let body = el("div").class("stack").add(mine_tabs(&ctx, "/account/sessions")).add(table).maybe(all);
    Ok(Page::new(ctx.t("session-list-title"), body.html()).lead(ctx.t("session-list-lead")))
}

fn row(ctx: &Ctx, session: &OwnSession, here: bool) -> Row {
    let moment = |at: Option<jiff::Timestamp>| at.map(|at| time::timestamp(ctx.lang, &at, &time::zone())).unwrap_or_default();
    let mut marks = Vec::new();
    if here {
        marks.push(Html::from(Badge::new(ctx.t("session-here"), Tone::Info)));
    }
    if session.strong {
        marks.push(Html::from(Badge::new(ctx.t("session-strong"), Tone::Success).icon(Icon::Lock)));
    }
    let device = el("span").class("cluster").text(&session.agent).each(marks);
    let action = if here {
        Html::empty()
    } else {
        let name = format!("{}: {}", ctx.t("session-end"), session.agent);
        button_form(
            &format!("/account/sessions/{}/end", session.id),
            Button::submit(ctx.t("session-end")).secondary().small().attr("aria-label", name),
        )
    };
    Row::new(&session.id, &session.agent)
        .cell(device)
        .text(&session.address)
        .text(moment(session.created_at))
        .text(moment(session.seen_at))
        .cell(action)
}

async fn end(ctx: Ctx, Path(id): Path<String>) -> WebResult<Redirect> {
    ops::end_own(&ctx.app.db, ctx.identity()?, Some(&id), ctx.now).await?;
    Ok(Redirect::to("/account/sessions").saying(ctx.t("session-ended")))
}

async fn end_others(ctx: Ctx) -> WebResult<Redirect> {
    ops::end_own(&ctx.app.db, ctx.identity()?, None, ctx.now).await?;
    Ok(Redirect::to("/account/sessions").saying(ctx.t("session-ended")))
}

async fn enter(ctx: Ctx, body: Bytes) -> WebResult<Redirect> {
    let form = decode_form(&body);
    let identity = ctx.identity()?;
    let token = ops::enter_company(&ctx.app.db, identity, form.get("company"), ctx.now).await?;
    let wanted = form.get("company");
    let name = identity.companies.iter().find(|one| one.id == wanted || one.code == wanted).map_or("", |one| one.name.as_str());
    let next = safe_next(form.get("return_to"));
    Ok(Redirect::to(next).cookie(cookie(&token, ctx.app.secure_cookies)).saying(ctx.t1("session-entered", "company", name)))
}
