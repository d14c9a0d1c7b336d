//! Taking a row out of use and back; comments.

use std::sync::Arc;

use axum::body::Bytes;
use mamori_kernel::access::Action;
use mamori_kernel::error::Error;
use mamori_kernel::id;
use mamori_kernel::lang::Words;
use mamori_store::{Change, args};
use serde_json::json;

use super::open_tx;
use crate::def::LedgerDef;
use crate::ops;
use crate::parse;
use crate::query;
use crate::web::{Ctx, Redirect, WebResult, decode_form};

pub(super) async fn retire(ctx: Ctx, def: Arc<LedgerDef>, row_id: String, body: Bytes) -> WebResult<Redirect> {
    let version = decode_form(&body).get("version").parse().ok();
    let (mut tx, shape) = open_tx(&ctx, &def).await?;
    let record = ops::retire(&ctx.app.registry, &mut tx, &shape, &row_id, version).await?;
    tx.commit().await?;
    let message = ctx.t1("ledger-retired", "name", ops::label(&def, &record));
    Ok(Redirect::to(def.path()).saying(message).undo(format!("{}/{row_id}/restore", def.path())))
}

pub(super) async fn restore(ctx: Ctx, def: Arc<LedgerDef>, row_id: String) -> WebResult<Redirect> {
    let (mut tx, shape) = open_tx(&ctx, &def).await?;
    let record = ops::restore(&ctx.app.registry, &mut tx, &shape, &row_id).await?;
    tx.commit().await?;
    let message = ctx.t1("ledger-restored", "name", ops::label(&def, &record));
    Ok(Redirect::to(format!("{}/{row_id}", def.path())).saying(message))
}

/// Most characters of a comment.
const COMMENT: usize = 10_000;

pub(super) async fn comment(ctx: Ctx, def: Arc<LedgerDef>, row_id: String, body: Bytes) -> WebResult<Redirect> {
    let form = decode_form(&body);
    let text = parse::visible(form.get("text")).trim().replace("\r\n", "\n");
    if text.is_empty() || text.chars().count() > COMMENT {
        return Err(Error::field(
            "text",
            Words::new(
                "コメントを1文字以上、10,000文字以内で入力してください。",
                "Please write a comment of 1 to 10,000 characters.",
            ),
        )
        .into());
    }
    let (mut tx, shape) = open_tx(&ctx, &def).await?;
    let record = query::find(&mut tx, &shape, &row_id, Action::View).await?;
    let (user, name, now) = (tx.actor().user_id.clone(), tx.actor().name.clone(), tx.now());
    tx.exec(
        "insert into comment (id, company_id, ledger, row_id, body, created_by, created_by_name, created_at) values ($2, $1, $3, $4, $5, $6, $7, $8)",
        args![id::new(), def.code, &row_id, text, user, name, now],
    )
    .await?;
    tx.log(Change::new("comment", def.code, &row_id, &ops::label(&def, &record), json!({}))).await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("{}/{row_id}", def.path())).saying(ctx.t("ledger-commented")))
}
