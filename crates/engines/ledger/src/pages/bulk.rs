//! Changing one field of many rows at once, or taking them out of use: all or nothing.

use std::sync::Arc;

use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use mamori_kernel::error::Error;
use mamori_kernel::id;
use mamori_kernel::lang::Words;
use mamori_ui::components::{Button, Card, Field, form_actions};
use mamori_ui::html::{Html, el};

use super::{control, open, open_tx, read_form};
use crate::def::LedgerDef;
use crate::ops::{self, Gate};
use crate::web::{Ctx, Page, Redirect, WebResult, decode_form};

/// Most rows of one bulk change (a page of a list).
const ROWS: usize = 1_000;

pub(super) async fn post(ctx: Ctx, def: Arc<LedgerDef>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let rows: Vec<String> = form.all("row").filter(|row| id::is_id(row)).take(ROWS).map(str::to_owned).collect();
    if rows.is_empty() {
        return Err(Error::Refused(Words::new("先に行を選んでください。", "Please select rows first.")).into());
    }
    match form.get("do") {
        "retire" => {
            let (mut tx, shape) = open_tx(&ctx, &def).await?;
            for row in &rows {
                ops::retire(&ctx.app.registry, &mut tx, &shape, row, None).await?;
            }
            tx.commit().await?;
            Ok(Redirect::to(def.path()).saying(ctx.t1("ledger-bulk-retired", "count", rows.len())).into_response())
        }
        "apply" => {
            let (mut tx, shape) = open_tx(&ctx, &def).await?;
            let (values, errors) = read_form(&ctx, &mut tx, &shape, &form).await?;
            if !errors.is_empty() {
                return Err(Error::Invalid(errors).into());
            }
            for row in &rows {
                ops::update(&ctx.app.registry, &mut tx, &shape, row, None, values.clone(), Gate::Person).await?;
            }
            tx.commit().await?;
            Ok(Redirect::to(def.path()).saying(ctx.t1("ledger-bulk-saved", "count", rows.len())).into_response())
        }
        _ => Ok(choose(&ctx, &def, &rows, form.get("field")).await?.into_response()),
    }
}

/// First which field, then which value.
async fn choose(ctx: &Ctx, def: &Arc<LedgerDef>, rows: &[String], field: &str) -> WebResult {
    let (mut view, shape) = open(ctx, def).await?;
    let chosen = shape.field(field).filter(|field| field.editable() && !field.unique);
    let kept = rows.iter().map(|row| el("input").attr("type", "hidden").attr("name", "row").attr("value", row));
    let mut form = el("form").class("form").attr("method", "post").attr("action", format!("{}/bulk", def.path())).each(kept);
    match chosen {
        None => {
            let options =
                shape.fields.iter().filter(|field| field.editable() && !field.unique && field.code != def.label).map(|field| {
                    el("li").add(
                        el("button")
                            .class("btn")
                            .attr("type", "submit")
                            .attr("name", "field")
                            .attr("value", &field.code)
                            .text(ctx.w(&field.words)),
                    )
                });
            form = form.add(el("ul").class("choose-list").each(options));
        }
        Some(field) => {
            let control = control(ctx, &mut view, field, &[]).await?;
            form = form
                .add(Html::from(
                    Field::new(ctx.lang, field.code.to_string(), ctx.w(&field.words), control).help(ctx.w(&field.help)),
                ))
                .add(el("input").attr("type", "hidden").attr("name", format!("has.{}", field.code)).attr("value", "1"))
                .add(form_actions([
                    Html::from(
                        Button::submit(ctx.t1("ledger-bulk-apply", "count", rows.len()))
                            .attr("name", "do")
                            .attr("value", "apply"),
                    ),
                    Button::link(ctx.t("ledger-cancel"), def.path()).quiet().into(),
                ]));
        }
    }
    let lead = ctx.t1("ledger-bulk-lead", "count", rows.len());
    Ok(Page::new(ctx.t("ledger-bulk-title"), Card::new(lead, form.html()).into()).crumb(ctx.w(&def.words), def.path()))
}
