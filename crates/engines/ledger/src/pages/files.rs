//! Files attached to a row.

use std::sync::Arc;

use axum::extract::Multipart;
use axum::response::Response;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::id;
use mamori_kernel::lang::Words;
use mamori_store::{Change, Reader, View, args};
use mamori_ui::components::{Button, Card, Control, Field, FileItem, FileList, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use serde_json::json;

use super::{detail::shown_at, open, open_tx};
use crate::def::LedgerDef;
use crate::ops;
use crate::parse;
use crate::query;
use crate::web::{Ctx, Redirect, WebResult, download};

pub(super) async fn card(ctx: &Ctx, view: &mut View, def: &LedgerDef, row_id: &str) -> Result<Html> {
    let rows = view
        .rows(
            "select id, name, size, created_by_name, created_at from attachment \
             where company_id = $1 and row_id = $2 and ledger = $3 and removed_at = '' order by id",
            args![row_id, def.code],
        )
        .await?;
    let here = format!("{}/{row_id}/files", def.path());
    let may = ctx.can(def.code, Action::Edit);
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        let file: String = row.get("id")?;
        let remove = el("form")
            .class("inline")
            .attr("method", "post")
            .attr("action", format!("{here}/{file}/remove"))
            .add(Html::from(Button::submit(ctx.t("ledger-file-remove")).quiet().small().icon_only(Icon::Trash)));
        items.push(FileItem {
            name: row.get("name")?,
            bytes: row.get::<i64>("size")?.unsigned_abs(),
            href: format!("{here}/{file}"),
            added: format!("{} {}", row.text("created_by_name")?, shown_at(ctx.lang, &row.text("created_at")?)),
            actions: if may { remove.html() } else { Html::empty() },
        });
    }
    let mut parts = vec![Html::from(FileList::new(ctx.lang, items))];
    if may {
        let control = Control::File { accept: String::new(), multiple: true };
        let form = el("form")
            .attr("method", "post")
            .attr("action", &here)
            .attr("enctype", "multipart/form-data")
            .add(Html::from(Field::new(ctx.lang, "file", ctx.t("ledger-file-add"), control).help(ctx.t("ledger-file-help"))))
            .add(form_actions([Button::submit(ctx.t("ledger-file-upload")).secondary()]));
        parts.push(form.html());
    }
    Ok(Card::new(ctx.t("ledger-files"), Html::join(parts)).into())
}

/// A name that is safe in a header and in a folder of the reader: no path, nothing unseen, not only dots.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = parse::visible(last).chars().filter(|c| !c.is_control()).take(200).collect();
    if clean.trim_matches([' ', '.', '\u{3000}']).is_empty() { "file".to_owned() } else { clean }
}

/// A broken upload: the connection was lost or the body is larger than the limit.
pub(crate) fn upload_failed(error: axum::extract::multipart::MultipartError) -> Error {
    if error.status().as_u16() == 413 {
        return Error::TooLarge(Words::new(
            "ファイルが大きすぎます。50MBまでのファイルを選んでください。保存されたものはありません。",
            "The file is too large. Please choose a file of up to 50 MB. Nothing was saved.",
        ));
    }
    Error::Refused(Words::new(
        "ファイルを最後まで受け取れませんでした。通信が切れた可能性があります。保存されたものはありません。もう一度送ってください。",
        "The file did not arrive completely; the connection may have been lost. Nothing was saved. Please send it again.",
    ))
}

pub(super) async fn add(ctx: Ctx, def: Arc<LedgerDef>, row_id: String, mut parts: Multipart) -> WebResult<Redirect> {
    let (mut view, shape) = open(&ctx, &def).await?;
    query::find(&mut view, &shape, &row_id, Action::Edit).await?;
    drop(view);
    let mut received = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(upload_failed)? {
        let Some(name) = part.file_name().map(plain_name) else { continue };
        let kind = part.content_type().unwrap_or("application/octet-stream").chars().take(100).collect::<String>();
        let bytes = part.bytes().await.map_err(upload_failed)?;
        if !bytes.is_empty() {
            received.push((name, kind, bytes));
        }
    }
    if received.is_empty() {
        return Err(Error::field("file", Words::new("ファイルを選んでください。", "Please choose a file.")).into());
    }
    let mut stored = Vec::with_capacity(received.len());
    for (name, kind, bytes) in received {
        let size = bytes.len();
        stored.push((name, kind, size, ctx.app.db.put_file(bytes.into()).await?));
    }
    let (mut tx, shape) = open_tx(&ctx, &def).await?;
    let record = query::find(&mut tx, &shape, &row_id, Action::Edit).await?;
    let (user, who, now) = (tx.actor().user_id.clone(), tx.actor().name.clone(), tx.now());
    for (name, kind, size, hash) in &stored {
        tx.exec(
            "insert into attachment (id, company_id, ledger, row_id, name, content_type, size, hash, created_by, created_by_name, created_at) \
             values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            args![id::new(), def.code, &row_id, name, kind, *size, hash, &user, &who, now],
        )
        .await?;
        tx.log(Change::new("attach", def.code, &row_id, &ops::label(&def, &record), json!({ "file": name, "sha256": hash })))
            .await?;
    }
    tx.commit().await?;
    Ok(Redirect::to(format!("{}/{row_id}", def.path())).saying(ctx.t1("ledger-file-added", "count", stored.len())))
}

pub(super) async fn get(ctx: Ctx, def: Arc<LedgerDef>, row_id: String, file: String) -> WebResult<Response> {
    let (mut view, shape) = open(&ctx, &def).await?;
    query::find(&mut view, &shape, &row_id, Action::View).await?;
    let row = view
        .first(
            "select name, hash from attachment where company_id = $1 and id = $2 and row_id = $3 and ledger = $4 and removed_at = ''",
            args![file, row_id, def.code],
        )
        .await?
        .ok_or(Error::NotFound)?;
    let bytes = ctx.app.db.get_file(&row.text("hash")?).await?;
    // Whatever was uploaded is only ever downloaded: the type is not the uploader's to choose.
    Ok(download(bytes, &row.text("name")?, "application/octet-stream"))
}

pub(super) async fn remove(ctx: Ctx, def: Arc<LedgerDef>, row_id: String, file: String) -> WebResult<Redirect> {
    let (mut tx, shape) = open_tx(&ctx, &def).await?;
    let record = query::find(&mut tx, &shape, &row_id, Action::Edit).await?;
    let now = tx.now();
    let touched = tx
        .exec(
            "update attachment set removed_at = $4 where company_id = $1 and id = $2 and row_id = $3 and ledger = $5 and removed_at = ''",
            args![&file, &row_id, now, def.code],
        )
        .await?;
    if touched == 0 {
        return Err(Error::NotFound.into());
    }
    tx.log(Change::new("detach", def.code, &row_id, &ops::label(&def, &record), json!({ "file": file }))).await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("{}/{row_id}", def.path())).saying(ctx.t("ledger-file-removed")))
}
