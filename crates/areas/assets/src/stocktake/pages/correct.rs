//! Correcting an asset in the course of a stocktake: inline on the owner's page, or on a page of its own when something was wrong.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, FieldError, Result};
use mamori_ledger::def::Kind;
use mamori_ledger::pages::{control, read_form};
use mamori_ledger::query;
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{Ctx, Failure, Form, Page, WebResult, decode_form};
use mamori_ledger::{FieldDef, Ledger as _, Record, Values};
use mamori_store::View;
use mamori_ui::components::{Alert, Button, Choice, Control, Field, error_summary, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::mine;
use crate::information_asset::InformationAsset;
use crate::information_asset::queries::shape;
use crate::stocktake::ops::{self, CORRECTABLE};
use crate::stocktake::{ItemState, StocktakeItem};

/// The asset ledger with the fields of [`CORRECTABLE`] only.
fn narrow(shape: &Shape) -> Shape {
    let fields = CORRECTABLE.iter().filter_map(|code| shape.field(code)).cloned().collect();
    Shape { def: shape.def.clone(), fields }
}

/// What the form shows at first: the stored values.
pub(super) fn typed(shape: &Shape, record: &Record) -> Form {
    Form(narrow(shape).fields.iter().map(|field| (field.code.to_string(), record.get(&field.code).stored())).collect())
}

/// The version that was read, so that two people do not overwrite each other.
pub(super) fn hidden_version(version: i64) -> Html {
    el("input").attr("type", "hidden").attr("name", "version").attr("value", version.to_string()).html()
}

/// A compact control: many rows stand on one page, so choices fold into a select.
async fn small(ctx: &Ctx, view: &mut View, field: &FieldDef, value: String) -> Result<Control> {
    let (Kind::Choice, Some(set)) = (field.kind, &field.choices) else {
        return control(ctx, view, field, &[value]).await;
    };
    let shown = set.choices.iter().filter(|choice| !choice.hidden || choice.code == value);
    let choices = shown.map(|choice| Choice::new(choice.code.to_string(), choice.words.get(ctx.lang))).collect();
    Ok(Control::Select { value, choices, blank: Some(ctx.t("ledger-choose")) })
}

/// The fields that may be corrected, and a line for the reason.
pub(super) async fn fields(
    ctx: &Ctx,
    view: &mut View,
    shape: &Shape,
    typed: &Form,
    errors: &[FieldError],
    prefix: &str,
) -> Result<Html> {
    let mut parts = Vec::new();
    for field in &narrow(shape).fields {
        let control = small(ctx, view, field, typed.get(&field.code).to_owned()).await?;
        let error = errors.iter().find(|error| error.field == field.code).map(|error| ctx.w(&error.message).to_owned());
        let made = Field::new(ctx.lang, field.code.to_string(), ctx.w(&field.words), control)
            .help(ctx.w(&field.help))
            .required(field.required);
        parts.push(Html::from(made.error(error).prefix(prefix)));
    }
    let reason = Field::text(ctx.lang, "answer_note", ctx.t("stocktake-correct-note"), typed.get("answer_note"));
    parts.push(reason.prefix(prefix).into());
    Ok(Html::join(parts))
}

/// What is shown again after a save that did not go through.
#[derive(Default)]
struct Again {
    typed: Option<Form>,
    errors: Vec<FieldError>,
    conflict: bool,
}

/// The page of its own.
pub async fn show(ctx: Ctx, Path(id): Path<String>) -> WebResult {
    page(&ctx, &id, Again::default()).await
}

async fn page(ctx: &Ctx, id: &str, again: Again) -> WebResult {
    let mut view = ctx.view().await?;
    let registry = &ctx.app.registry;
    let items = shape(registry, &mut view, StocktakeItem::CODE).await?;
    let item = query::find(&mut view, &items, id, Action::Edit).await?;
    let assets = shape(registry, &mut view, InformationAsset::CODE).await?;
    let record = query::find(&mut view, &assets, item.get("asset").as_str(), Action::View).await?;
    let stored = typed(&assets, &record);
    let clash = again.conflict.then(|| clash(ctx, &assets, &record));
    let form = again.typed.as_ref().unwrap_or(&stored);
    let wrong: Vec<_> = again
        .errors
        .iter()
        .map(|error| {
            let label = assets.field(&error.field).map(|field| ctx.w(&field.words).to_owned()).unwrap_or_default();
            (error.field.clone(), label, ctx.w(&error.message).to_owned())
        })
        .collect();
    let mine = format!("/assets/stocktake/{}/mine", item.get("stocktake").as_str());
    let buttons =
        [Html::from(Button::submit(ctx.t("stocktake-correct-save"))), Button::link(ctx.t("assets-cancel"), &mine).into()];
    let body = el("form")
        .class("form")
        .attr("method", "post")
        .attr("action", format!("/assets/stocktake_item/{id}/correct"))
        .add(error_summary(ctx.lang, &wrong))
        .maybe(clash)
        .add(hidden_version(record.meta.version))
        .add(fields(ctx, &mut view, &assets, form, &again.errors, "f").await?)
        .add(form_actions(buttons));
    let page = Page::new(ctx.t("stocktake-correct-title"), body.html())
        .lead(record.get("name").as_str())
        .crumb(ctx.t("stocktake-mine"), mine);
    let fine = again.errors.is_empty() && !again.conflict;
    Ok(if fine {
        page
    } else {
        page.status(if again.conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY })
    })
}

/// What somebody else saved meanwhile, beside what was typed here.
fn clash(ctx: &Ctx, assets: &Shape, record: &Record) -> Html {
    let labels = query::Labels::default();
    let fields = narrow(assets).fields;
    let lines = fields
        .iter()
        .map(|field| format!("{}: {}", ctx.w(&field.words), query::display(field, record.get(&field.code), ctx.lang, &labels)));
    Alert::new(Tone::Warning, ctx.t("stocktake-clash")).text(ctx.t("stocktake-clash-why")).points(lines).into()
}

/// Saves the corrections, or shows the page again with what is wrong.
pub async fn save(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let mut tx = ctx.tx().await?;
    match saved(&ctx, &mut tx, &id, &form).await {
        Ok(item) => {
            tx.commit().await?;
            Ok(mine::back(&ctx, &item, ItemState::Corrected).into_response())
        }
        Err(error) => {
            tx.rollback().await?;
            let again = match error {
                Error::Invalid(errors) => Again { typed: Some(form), errors, conflict: false },
                Error::Conflict { .. } => Again { typed: Some(form), errors: Vec::new(), conflict: true },
                other => return Err(Failure(other)),
            };
            Ok(page(&ctx, &id, again).await?.into_response())
        }
    }
}

async fn saved(ctx: &Ctx, tx: &mut mamori_store::Tx, id: &str, form: &Form) -> Result<Record> {
    let assets = narrow(&shape(&ctx.app.registry, tx, InformationAsset::CODE).await?);
    let (values, errors): (Values, Vec<FieldError>) = read_form(ctx, tx, &assets, form).await?;
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    ops::correct(&ctx.app.registry, tx, id, form.get("version").parse().ok(), values, form.get("answer_note")).await
}
