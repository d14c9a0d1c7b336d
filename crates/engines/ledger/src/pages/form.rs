//! The form: new, edit, and what happens when two people edit the same row.

use std::slice;
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::Lang;
use mamori_kernel::{id, text};
use mamori_store::{Reader, View};
use mamori_ui::components::{Alert, Button, Card, Choice, Control, Field, error_summary, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::{cell_linked, open, open_tx};
use crate::def::{FieldDef, Kind, LedgerDef};
use crate::ops::{self, Gate};
use crate::parse;
use crate::query::{self, Pick};
use crate::record::{Record, Value, Values};
use crate::shape::Shape;
use crate::web::{Ctx, Failure, Form, Page, Redirect, WebResult, decode_form};

/// More rows than this are found by typing instead of being listed.
const LISTED: usize = 200;

/// Most rows that a form offers at all.
const OFFERED: i64 = 1_000;

/// Reads the fields that a form sent. Wrong ones come back as errors; the others are values.
///
/// # Errors
/// Database faults.
pub async fn read_form(ctx: &Ctx, db: &mut impl Reader, shape: &Shape, form: &Form) -> Result<(Values, Vec<FieldError>)> {
    let (mut values, mut errors) = (Values::default(), Vec::new());
    for field in shape.fields.iter().filter(|field| field.editable()) {
        let name = field.code.as_ref();
        // A form of the page names every field it shows; what it does not name stays as it is.
        if !form.has(name) && !form.has(&format!("has.{name}")) {
            continue;
        }
        let read = match field.kind {
            Kind::Ref => reference(ctx, db, field, form.get(name)).await?,
            Kind::Refs => {
                let ids: Vec<String> = form.all(name).filter(|id| id::is_id(id)).map(str::to_owned).collect();
                Ok(if ids.is_empty() { Value::Null } else { Value::List(ids) })
            }
            Kind::Flags => {
                let codes: Vec<&str> = form.all(name).filter(|code| !code.is_empty()).collect();
                parse::value(field, &codes.join(","))
            }
            _ => parse::value(field, form.get(name)),
        };
        match read {
            Ok(value) => values.set(field.code.clone(), value),
            Err(message) => errors.push(FieldError { field: name.to_owned(), message }),
        }
    }
    Ok((values, errors))
}

/// A reference by id, or by the name that was typed.
async fn reference(
    ctx: &Ctx,
    db: &mut impl Reader,
    field: &FieldDef,
    typed: &str,
) -> Result<std::result::Result<Value, mamori_kernel::lang::Words>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Ok(Value::Null));
    }
    if id::is_id(typed) {
        return Ok(Ok(Value::Text(typed.to_owned())));
    }
    let Some(def) = field.target.and_then(|target| ctx.app.registry.ledger(target)) else { return Ok(Ok(Value::Null)) };
    let wanted = text::normalise(typed);
    let picks = query::picks(db, def, OFFERED).await?;
    let hits: Vec<&Pick> = picks.iter().filter(|pick| text::normalise(&pick.label) == wanted || pick.sub == typed).collect();
    Ok(match hits.as_slice() {
        [only] => Ok(Value::Text(only.id.clone())),
        [] => Err(parse::not_allowed(
            field,
            typed,
            "見つかりません。一覧にある名前を選ぶか、先に登録してください。",
            "was not found. Please choose a name from the list, or register it first.",
        )),
        _ => Err(parse::not_allowed(
            field,
            typed,
            "同じ名前が複数あります。番号などで1つに決めてください。",
            "fits several rows. Please use a number or code that fits only one.",
        )),
    })
}

/// The control of a field, filled with what was typed or stored.
///
/// # Errors
/// Database faults.
pub async fn control(ctx: &Ctx, view: &mut View, field: &FieldDef, typed: &[String]) -> Result<Control> {
    let lang = ctx.lang;
    let value = typed.first().cloned().unwrap_or_default();
    Ok(match field.kind {
        Kind::Text => Control::Text { value, kind: "text" },
        Kind::Email => Control::Text { value, kind: "email" },
        Kind::Url => Control::Text { value, kind: "url" },
        Kind::Long => Control::Area { value, rows: 4 },
        Kind::Int => Control::Number { value, unit: None, min: None, max: None },
        Kind::Decimal => Control::Number { value, unit: None, min: None, max: None },
        Kind::Yen => Control::Yen { value },
        Kind::Bool => Control::Check { checked: matches!(value.as_str(), "1" | "true") },
        Kind::Date => Control::Date { value },
        Kind::Choice => {
            let choices = choices(field, lang, |code| code == value);
            let explained = choices.iter().any(|choice| choice.meaning.is_some());
            if explained && choices.len() <= 7 {
                Control::Radios { value, choices }
            } else {
                Control::Select { value, choices, blank: Some(ctx.t("ledger-choose")) }
            }
        }
        Kind::Flags => {
            Control::Checks { values: typed.to_vec(), choices: choices(field, lang, |code| typed.iter().any(|t| t == code)) }
        }
        Kind::Ref | Kind::Refs => {
            let Some(def) = field.target.and_then(|target| ctx.app.registry.ledger(target)) else {
                return Ok(Control::Text { value, kind: "text" });
            };
            let picks = query::picks(view, def, OFFERED).await?;
            if field.kind == Kind::Refs {
                // What is chosen comes first and is always there: a row beyond those offered would be lost with the next save.
                let mut record = Record::default();
                record.values.set(field.code.clone(), Value::List(typed.to_vec()));
                let labels = query::labels(&ctx.app.registry, view, slice::from_ref(field), slice::from_ref(&record)).await?;
                let chosen = typed.iter().filter(|id| id::is_id(id)).map(|id| Choice::new(id.clone(), labels.get(id)));
                let others = picks.iter().filter(|pick| !typed.contains(&pick.id));
                let others = others.map(|pick| Choice::new(pick.id.clone(), pick_label(pick)));
                return Ok(Control::Checks { values: typed.to_vec(), choices: chosen.chain(others).collect() });
            }
            if picks.len() > LISTED {
                let shown = picks.iter().find(|pick| pick.id == value).map_or(value, |pick| pick.label.clone());
                let choices = picks.into_iter().map(|pick| Choice::new(pick.label.clone(), pick.sub)).collect();
                return Ok(Control::Combobox { value: shown, choices });
            }
            let choices = picks.into_iter().map(|pick| Choice::new(pick.id.clone(), pick_label(&pick))).collect();
            Control::Select { value, choices, blank: Some(ctx.t("ledger-choose")) }
        }
    })
}

fn pick_label(pick: &Pick) -> String {
    if pick.sub.is_empty() { pick.label.clone() } else { format!("{}（{}）", pick.label, pick.sub) }
}

fn choices(field: &FieldDef, lang: Lang, chosen: impl Fn(&str) -> bool) -> Vec<Choice> {
    let Some(set) = &field.choices else { return Vec::new() };
    set.choices
        .iter()
        .filter(|choice| !choice.hidden || chosen(&choice.code))
        .map(|choice| {
            let made = Choice::new(choice.code.to_string(), choice.words.get(lang)).tone(Tone::from_name(&choice.tone));
            if choice.meaning.is_empty() { made } else { made.meaning(choice.meaning.get(lang)) }
        })
        .collect()
}

/// What the form shows: typed text by field, errors, and how it came to be.
#[derive(Default)]
struct Draft {
    typed: Form,
    errors: Vec<FieldError>,
    row_id: String,
    version: i64,
    notice: Html,
}

fn typed_of(shape: &Shape, values: &Values) -> Form {
    let mut form = Form::default();
    for field in &shape.fields {
        match values.get(&field.code) {
            Value::List(items) => form.0.extend(items.iter().map(|item| (field.code.to_string(), item.clone()))),
            value => form.0.push((field.code.to_string(), value.stored())),
        }
    }
    form
}

async fn render(ctx: &Ctx, view: &mut View, shape: &Shape, draft: &Draft, action: &str, cancel: &str) -> WebResult<Html> {
    let mut sections: Vec<(String, Vec<Html>)> = Vec::new();
    for field in shape.fields.iter().filter(|field| field.editable()) {
        let title = if field.extra {
            ctx.t("ledger-own-fields")
        } else {
            let group = shape.def.groups.iter().find(|group| group.code == field.group);
            group.map_or_else(String::new, |group| ctx.w(&group.words).to_owned())
        };
        let typed: Vec<String> = draft.typed.all(&field.code).map(str::to_owned).collect();
        let control = control(ctx, view, field, &typed).await?;
        let error = draft.errors.iter().find(|error| error.field == field.code).map(|error| ctx.w(&error.message).to_owned());
        let mut input = Field::new(ctx.lang, field.code.to_string(), ctx.w(&field.words), control)
            .required(field.required)
            .help(ctx.w(&field.help))
            .error(error);
        if field.kind.is_text() {
            input = input.attr("maxlength", field.max.to_string());
        }
        let mut html = vec![Html::from(input)];
        if matches!(field.kind, Kind::Bool | Kind::Flags | Kind::Refs | Kind::Choice) {
            // An unticked box sends nothing; this says that the form had it.
            html.push(hidden(&format!("has.{}", field.code), "1"));
        }
        let html = Html::join(html);
        match sections.iter_mut().find(|(known, _)| *known == title) {
            Some((_, fields)) => fields.push(html),
            None => sections.push((title, vec![html])),
        }
    }
    let summary: Vec<(String, String, String)> = draft
        .errors
        .iter()
        .map(|error| {
            let label = shape.field(&error.field).map_or_else(String::new, |field| ctx.w(&field.words).to_owned());
            (error.field.clone(), label, ctx.w(&error.message).to_owned())
        })
        .collect();
    let cards = sections.into_iter().map(|(title, fields)| {
        let fields = el("div").class("form-columns").each(fields).html();
        if title.is_empty() { Card::new(ctx.w(&shape.def.words), fields) } else { Card::new(title, fields) }
    });
    let form = el("form")
        .class("form")
        .attr("method", "post")
        .attr("action", action)
        .attr("data-dirty", "")
        .attr("novalidate", "")
        .add(hidden("row_id", &draft.row_id))
        .add(hidden("version", &draft.version.to_string()))
        .each(cards.map(Html::from))
        .add(form_actions([
            Html::from(Button::submit(ctx.t("ledger-save"))),
            Button::link(ctx.t("ledger-cancel"), cancel).quiet().into(),
        ]));
    Ok(Html::join([draft.notice.clone(), error_summary(ctx.lang, &summary), form.html()]))
}

fn hidden(name: &str, value: &str) -> Html {
    el("input").attr("type", "hidden").attr("name", name).attr("value", value).html()
}

async fn new_page(ctx: &Ctx, view: &mut View, shape: &Shape, draft: &Draft) -> WebResult {
    let def = &shape.def;
    let path = def.path();
    let body = render(ctx, view, shape, draft, &format!("{path}/new"), &path).await?;
    let title = ctx.t1("ledger-new-title", "ledger", ctx.w(&def.words));
    Ok(Page::new(title, body).crumb(ctx.w(&def.words), path))
}

pub(super) async fn new(ctx: Ctx, def: Arc<LedgerDef>) -> WebResult {
    let (mut view, shape) = open(&ctx, &def).await?;
    let mut values = Values::default();
    for field in shape.fields.iter().filter(|field| !field.default.is_empty()) {
        values.set(field.code.clone(), parse::value(field, &field.default).unwrap_or_default());
    }
    for (name, value) in &ctx.query_form().0 {
        if let Some(field) = shape.field(name).filter(|field| field.editable()) {
            values.set(field.code.clone(), parse::value(field, value).unwrap_or_default());
        }
    }
    if let Some(hooks) = &def.hooks {
        hooks.prefill(&mut view, &mut values).await?;
    }
    let draft = Draft { typed: typed_of(&shape, &values), row_id: id::new(), ..Draft::default() };
    new_page(&ctx, &mut view, &shape, &draft).await
}

pub(super) async fn create(ctx: Ctx, def: Arc<LedgerDef>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let (mut tx, shape) = open_tx(&ctx, &def).await?;
    let (values, errors) = read_form(&ctx, &mut tx, &shape, &form).await?;
    let row_id = Some(form.get("row_id").to_owned()).filter(|id| id::is_id(id));
    let outcome = if errors.is_empty() {
        ops::create(&ctx.app.registry, &mut tx, &shape, values, row_id, Gate::Person).await
    } else {
        Err(Error::Invalid(errors))
    };
    match outcome {
        Ok(record) => {
            tx.commit().await?;
            let message = ctx.t1("ledger-created", "name", ops::label(&def, &record));
            Ok(Redirect::to(format!("{}/{}", def.path(), record.meta.id)).saying(message).into_response())
        }
        Err(Error::Invalid(errors)) => {
            tx.rollback().await?;
            let mut view = ctx.view().await?;
            let draft = Draft { row_id: form.get("row_id").to_owned(), typed: form, errors, ..Draft::default() };
            let page = new_page(&ctx, &mut view, &shape, &draft).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn edit_page(ctx: &Ctx, view: &mut View, shape: &Shape, record: &Record, draft: &Draft) -> WebResult {
    let def = &shape.def;
    let here = format!("{}/{}", def.path(), record.meta.id);
    let body = render(ctx, view, shape, draft, &format!("{here}/edit"), &here).await?;
    let name = ops::label(def, record);
    Ok(Page::new(ctx.t1("ledger-edit-title", "name", &name), body).crumb(ctx.w(&def.words), def.path()).crumb(name, here))
}

pub(super) async fn edit(ctx: Ctx, def: Arc<LedgerDef>, row_id: String) -> WebResult {
    let (mut view, shape) = open(&ctx, &def).await?;
    let record = query::find(&mut view, &shape, &row_id, Action::Edit).await?;
    ops::in_use(&record)?;
    let draft = Draft { typed: typed_of(&shape, &record.values), version: record.meta.version, ..Draft::default() };
    edit_page(&ctx, &mut view, &shape, &record, &draft).await
}

pub(super) async fn update(ctx: Ctx, def: Arc<LedgerDef>, row_id: String, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let (mut tx, shape) = open_tx(&ctx, &def).await?;
    let (values, errors) = read_form(&ctx, &mut tx, &shape, &form).await?;
    let version = form.get("version").parse().ok();
    let outcome = if errors.is_empty() {
        ops::update(&ctx.app.registry, &mut tx, &shape, &row_id, version, values.clone(), Gate::Person).await
    } else {
        Err(Error::Invalid(errors))
    };
    let errors = match outcome {
        Ok(record) => {
            tx.commit().await?;
            let message = ctx.t1("ledger-saved", "name", ops::label(&def, &record));
            return Ok(Redirect::to(format!("{}/{row_id}", def.path())).saying(message).into_response());
        }
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Conflict { .. }) => Vec::new(),
        Err(other) => return Err(Failure(other)),
    };
    tx.rollback().await?;
    let mut view = ctx.view().await?;
    let record = query::find(&mut view, &shape, &row_id, Action::Edit).await?;
    let (status, notice) = if errors.is_empty() {
        (StatusCode::CONFLICT, clash(&ctx, &mut view, &shape, &record, &values).await?)
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, Html::empty())
    };
    // After a clash the next save is based on what is stored now: the reader has seen both.
    let kept = if errors.is_empty() { Some(record.meta.version) } else { version };
    let draft = Draft { version: kept.unwrap_or(record.meta.version), typed: form, errors, notice, row_id: String::new() };
    Ok(edit_page(&ctx, &mut view, &shape, &record, &draft).await?.status(status).into_response())
}

/// Both versions side by side: what is stored now and what this reader was about to save.
async fn clash(ctx: &Ctx, view: &mut View, shape: &Shape, stored: &Record, mine: &Values) -> WebResult<Html> {
    let registry = &ctx.app.registry;
    let mut own = stored.clone();
    for (code, value) in &mine.0 {
        own.values.set(code.clone(), value.clone());
    }
    let both = [stored.clone(), own.clone()];
    let labels = query::labels(registry, view, &shape.fields, &both).await?;
    let rows =
        shape.fields.iter().filter(|field| field.editable() && stored.get(&field.code) != own.get(&field.code)).map(|field| {
            el("tr")
                .add(el("th").attr("scope", "row").text(ctx.w(&field.words)))
                .add(el("td").add(cell_linked(registry, shape, field, stored, ctx.lang, &labels)))
                .add(el("td").add(cell_linked(registry, shape, field, &own, ctx.lang, &labels)))
        });
    let head = el("tr")
        .add(el("th").attr("scope", "col").text(ctx.t("ledger-clash-field")))
        .add(el("th").attr("scope", "col").text(ctx.t("ledger-clash-theirs")))
        .add(el("th").attr("scope", "col").text(ctx.t("ledger-clash-mine")));
    let table = el("table").class("table table-compact").add(el("thead").add(head)).add(el("tbody").each(rows));
    let body = Html::join([el("p").text(ctx.t("ledger-clash-what-to-do")).html(), table.html()]);
    Ok(Alert::new(Tone::Warning, ctx.t("ledger-clash")).body(body).into())
}
