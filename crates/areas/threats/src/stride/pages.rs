//! `/threats/stride_model/{id}/sheet`: the grid and what one does with it. Every step is one POST; with scripts the sheet is replaced in
//! place, without them the page comes anew.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::Error;
use mamori_ledger::web::{Ctx, Page, Redirect, WebResult, decode_form};
use mamori_ledger::{Ledger as _, query};
use mamori_ui::components::{Alert, Button};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::ops::{self, Answer};
use super::sheet::Sheet;
use super::{StrideModel, queries, rules};
use crate::neighbours::{Scenario, Stride};
use crate::parts::{hidden, post, shape};
use crate::queries::scenario;

/// The grid.
pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> WebResult {
    let form = ctx.query_form();
    let open = rules::letter(form.get("letter")).map(|letter| (form.get("element").to_owned(), letter));
    render(&ctx, &id, open, Html::empty()).await
}

async fn render(ctx: &Ctx, id: &str, open: Option<(String, Stride)>, notice: Html) -> WebResult {
    let mut view = ctx.view().await?;
    let models = shape(&ctx.app.registry, &mut view, StrideModel::CODE).await?;
    let record = query::find(&mut view, &models, id, Action::View).await?;
    let model = StrideModel::from_record(&record);
    let parts = queries::parts(&mut view, id).await?;
    let judged = queries::judged(&mut view, id).await?;
    let open = open.and_then(|(part, letter)| Some((parts.iter().find(|known| known.id == part)?, letter)));
    let risk = open.and_then(|(part, letter)| judged.iter().find(|cell| cell.part == part.id && cell.letter == letter));
    let risk = match risk {
        Some(cell) if !cell.scenario.is_empty() => scenario(&mut view, &cell.scenario).await?,
        _ => None,
    };
    let edits = mamori_ledger::ops::may(view.actor(), &models.def, &record, Action::Edit) && !record.is_retired();
    let registers = ctx.can(Scenario::CODE, Action::Create);
    let body = Sheet { ctx, model: id, parts: &parts, judged: &judged, edits, registers, open, risk, notice }.html();
    let properties = Button::link(ctx.t("stride-properties"), format!("/threats/stride_model/{id}")).icon(Icon::Info);
    let print = Button::plain(ctx.t("stride-print")).quiet().icon(Icon::Print).attr("data-print", "");
    Ok(Page::new(model.name.clone(), body)
        .lead(if model.purpose.0.is_empty() { ctx.t("stride-lead") } else { model.purpose.0.clone() })
        .actions(Html::join([Html::from(properties), el("span").class("js-only").add(print).html()]))
        .crumb(ctx.w(&StrideModel::def().words), "/threats/stride_model"))
}

/// The sheet after a step: in place for scripts, as a fresh page otherwise.
async fn after(ctx: &Ctx, id: &str, open: Option<(String, Stride)>, said: String, undo: Option<String>) -> WebResult<Response> {
    if ctx.partial {
        let undo = undo.map(|part| {
            post(&format!("/threats/stride_model/{id}/element/{part}"), super::sheet::TARGET)
                .add(hidden("do", "restore"))
                .add(Button::submit(ctx.t("stride-undo")).secondary().small().icon(Icon::Undo))
        });
        let notice = el("div").attr("role", "status").add(Alert::new(Tone::Success, said).actions(Html::join(undo))).html();
        return Ok(render(ctx, id, open, notice).await?.into_response());
    }
    let to = match open {
        Some((part, letter)) => format!("{}#stride-cell", ops::address(id, &part, letter)),
        None => format!("/threats/stride_model/{id}/sheet"),
    };
    let mut redirect = Redirect::to(to).saying(said);
    if let Some(part) = undo {
        redirect = redirect.undo(format!("/threats/stride_model/{id}/element/{part}"));
    }
    Ok(redirect.into_response())
}

/// What went wrong, above the sheet as it stands now: nothing that others did is hidden, nothing is half written.
async fn failed(ctx: &Ctx, id: &str, open: Option<(String, Stride)>, error: Error, typed: &str) -> WebResult<Response> {
    let status = match &error {
        Error::Conflict { .. } | Error::Refused(_) | Error::Invalid(_) => error.status(),
        _ => return Err(error.into()),
    };
    let title = match &error {
        Error::Conflict { .. } => ctx.t("stride-conflict"),
        error => error.words().get(ctx.lang).to_owned(),
    };
    let typed = (!typed.is_empty()).then(|| el("p").class("prewrap").text(ctx.t1("stride-typed", "text", typed)));
    let mut alert = Alert::new(Tone::Danger, title).body(Html::join(typed));
    if let Error::Invalid(fields) = &error
        && fields.len() > 1
    {
        alert = alert.points(fields.iter().map(|field| ctx.w(&field.message).to_owned()));
    }
    let page = render(ctx, id, open, alert.into()).await?;
    Ok(page.status(StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)).into_response())
}

/// Adds a part.
pub(super) async fn add_element(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let mut tx = ctx.tx().await?;
    match ops::add_part(&ctx.app.registry, &mut tx, &id, form.get("name"), form.get("kind")).await {
        Ok(_) => {
            tx.commit().await?;
            after(&ctx, &id, None, ctx.t1("stride-added", "name", form.get("name").trim()), None).await
        }
        Err(error) => {
            tx.rollback().await?;
            failed(&ctx, &id, None, error, "").await
        }
    }
}

/// Renames, moves, removes or puts back a part.
pub(super) async fn change_element(ctx: Ctx, Path((id, part)): Path<(String, String)>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let mut tx = ctx.tx().await?;
    let registry = &ctx.app.registry;
    let (name, kind) = (form.get("name"), form.get("kind"));
    let (done, said, undo) = match form.get("do") {
        "up" => (ops::shift_part(registry, &mut tx, &id, &part, false).await, "stride-moved", None),
        "down" => (ops::shift_part(registry, &mut tx, &id, &part, true).await, "stride-moved", None),
        "retire" => (ops::retire_part(registry, &mut tx, &id, &part).await, "stride-removed", Some(part.clone())),
        // The undo of a message carries no field.
        "restore" | "" => (ops::restore_part(registry, &mut tx, &id, &part).await, "stride-restored", None),
        _ => (ops::rename_part(registry, &mut tx, &id, &part, name, kind).await, "stride-saved", None),
    };
    match done {
        Ok(()) if tx.is_untouched() => tx.rollback().await?,
        Ok(()) => tx.commit().await?,
        Err(error) => {
            tx.rollback().await?;
            return failed(&ctx, &id, None, error, "").await;
        }
    }
    let said = ctx.t(said);
    after(&ctx, &id, None, said, undo).await
}

/// Judges a cell and goes on to the next open one when asked to.
pub(super) async fn judge(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let letter = rules::letter(form.get("letter")).ok_or(Error::NotFound)?;
    let here = (form.get("element").to_owned(), letter);
    let answer = Answer {
        part: &here.0,
        letter,
        verdict: form.get("verdict"),
        note: form.get("note"),
        version: form.get("version").parse().unwrap_or_default(),
    };
    let mut tx = ctx.tx().await?;
    let done = ops::judge(&ctx.app.registry, &mut tx, &id, &answer).await;
    let changed = match done {
        Ok(changed) => changed,
        Err(error) => {
            tx.rollback().await?;
            return failed(&ctx, &id, Some(here.clone()), error, answer.note).await;
        }
    };
    let next = if form.get("then") == "next" { ops::next(&mut tx, &id, (&here.0, letter)).await? } else { Some(here.clone()) };
    if changed {
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    let said = ctx.t(if next.is_some() { "stride-saved" } else { "stride-all-judged" });
    after(&ctx, &id, next, said, None).await
}

/// Registers a cell as a risk.
pub(super) async fn register(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let letter = rules::letter(form.get("letter")).ok_or(Error::NotFound)?;
    let here = Some((form.get("element").to_owned(), letter));
    let mut tx = ctx.tx().await?;
    match ops::register(&ctx.app.registry, &mut tx, &id, form.get("element"), letter, form.get("threat")).await {
        Ok(_) => {
            tx.commit().await?;
            after(&ctx, &id, here, ctx.t("stride-risk-made"), None).await
        }
        Err(error) => {
            tx.rollback().await?;
            failed(&ctx, &id, here, error, "").await
        }
    }
}
