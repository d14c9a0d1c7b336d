//! Saved views: a filter with a name, private or for everybody.

use std::sync::Arc;

use axum::body::Bytes;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::id;
use mamori_kernel::lang::Words;
use mamori_store::{View, args};
use mamori_ui::components::{Button, Control, Field, form_actions};
use mamori_ui::html::{Html, el};

use super::list::Request;
use crate::def::LedgerDef;
use crate::shape::Shape;
use crate::web::{Ctx, Redirect, WebResult, decode_form};

/// Longest filter of a saved view, in bytes of its address; every list page carries them all.
const QUERY: usize = 2_000;

/// A saved view.
pub(super) struct Saved {
    pub id: String,
    pub name: String,
    pub query: String,
    pub own: bool,
}

/// The reader's own and the shared views of a ledger.
pub(super) async fn list(view: &mut View, ledger: &str) -> Result<Vec<Saved>> {
    let user = view.actor().user_id.clone();
    let rows = view
        .rows(
            "select id, name, query, user_id from saved_view where company_id = $1 and ledger = $2 and (user_id = $3 or shared = 1) order by name, id",
            args![ledger, &user],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Saved { id: row.get("id")?, name: row.get("name")?, query: row.get("query")?, own: row.text("user_id")? == user })
        })
        .collect()
}

/// The small form that gives the present filter a name, or takes the name away again.
pub(super) fn save_form(ctx: &Ctx, shape: &Shape, request: &Request, saved: &[Saved]) -> Html {
    let query = request.form.with("page", "").encode();
    if let Some(known) = saved.iter().find(|view| view.own && view.query == query) {
        return el("form")
            .class("inline")
            .attr("method", "post")
            .attr("action", format!("{}/views/{}/delete", shape.def.path(), known.id))
            .add(Html::from(Button::submit(ctx.t1("ledger-view-delete", "name", &known.name)).quiet().small()))
            .html();
    }
    if query.is_empty() || request.form.0.iter().all(|(name, _)| name == "view" || name == "page") {
        return Html::empty();
    }
    let path = shape.def.path();
    let mut form = el("form")
        .attr("method", "post")
        .attr("action", format!("{path}/views"))
        .add(el("input").attr("type", "hidden").attr("name", "query").attr("value", &query))
        .add(Html::from(
            Field::text(ctx.lang, "name", ctx.t("ledger-view-name"), "").prefix("view").required(true).attr("maxlength", "40"),
        ));
    if ctx.can(shape.def.code, Action::Manage) {
        form = form.add(Html::from(
            Field::new(ctx.lang, "shared", ctx.t("ledger-view-shared"), Control::Check { checked: false }).prefix("view"),
        ));
    }
    let form = form.add(form_actions([Button::submit(ctx.t("ledger-view-save"))]));
    el("details").class("save-view").add(el("summary").text(ctx.t("ledger-view-keep"))).add(form).html()
}

pub(super) async fn save(ctx: Ctx, def: Arc<LedgerDef>, body: Bytes) -> WebResult<Redirect> {
    let form = decode_form(&body);
    let name = form.get("name").trim().to_owned();
    if name.is_empty() || name.chars().count() > 40 {
        return Err(Error::field(
            "name",
            Words::new("名前を40文字以内で入力してください。", "Please enter a name of up to 40 characters."),
        )
        .into());
    }
    // Read and written anew, so that the address is one, whatever was sent.
    let query = decode_form(form.get("query").as_bytes()).with("page", "").encode();
    if query.len() > QUERY {
        return Err(Error::field(
            "query",
            Words::new(
                "絞り込みの条件が長すぎるため、保存できません。条件を減らしてください。",
                "The filter is too long to be saved. Please use fewer conditions.",
            ),
        )
        .into());
    }
    let shared = form.get("shared") == "true" && ctx.can(def.code, Action::Manage);
    let mut tx = ctx.tx().await?;
    tx.technical();
    let (user, now) = (tx.actor().user_id.clone(), tx.now());
    tx.exec(
        "insert into saved_view (id, company_id, ledger, user_id, name, shared, query, created_at) values ($2, $1, $3, $4, $5, $6, $7, $8)",
        args![id::new(), def.code, user, name, shared, &query, now],
    )
    .await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("{}?{}", def.path(), query)).saying(ctx.t("ledger-view-saved")))
}

pub(super) async fn delete(ctx: Ctx, def: Arc<LedgerDef>, view_id: String) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    tx.technical();
    let user = tx.actor().user_id.clone();
    tx.exec("delete from saved_view where company_id = $1 and id = $2 and user_id = $3", args![view_id, user]).await?;
    tx.commit().await?;
    Ok(Redirect::to(def.path()).saying(ctx.t("ledger-view-deleted")))
}
