//! A company's own fields and its own names for choices.

use std::sync::Arc;

use axum::body::Bytes;
use mamori_kernel::error::Error;
use mamori_kernel::id;
use mamori_kernel::lang::Words;
use mamori_store::{Change, Reader, args};
use mamori_ui::components::{Badge, Button, Card, Choice, Control, Field, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;
use serde_json::json;

use super::open;
use crate::def::{Kind, LedgerDef};
use crate::shape::{EXTRA_KINDS, Shape};
use crate::web::{Ctx, Page, Redirect, WebResult, decode_form};

/// Most own fields of a ledger.
const FIELDS: i64 = 30;

pub(super) async fn page(ctx: Ctx, def: Arc<LedgerDef>) -> WebResult {
    let (mut view, shape) = open(&ctx, &def).await?;
    let rows = view
        .rows(
            "select id, ja, en, kind, required from extra_field where company_id = $1 and ledger = $2 and retired_at = '' order by position, id",
            args![def.code],
        )
        .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        let kind = row.text("kind")?;
        let words = EXTRA_KINDS.iter().find(|(code, _, _)| *code == kind).map(|(_, _, words)| ctx.w(words).to_owned());
        let retire = el("form")
            .class("inline")
            .attr("method", "post")
            .attr("action", format!("{}/settings/field/{}/retire", def.path(), row.text("id")?))
            .add(Html::from(Button::submit(ctx.t("ledger-field-retire")).quiet().small()));
        let required: bool = row.get("required")?;
        items.push(
            el("li")
                .add(el("b").text(Words::owned(row.text("ja")?, row.text("en")?).get(ctx.lang)))
                .add(Html::from(Badge::new(words.unwrap_or(kind), Tone::Neutral)))
                .maybe(required.then(|| Html::from(Badge::new(ctx.t("ledger-field-required"), Tone::Info))))
                .add(retire),
        );
    }
    let list = if items.is_empty() {
        el("p").class("muted").text(ctx.t("ledger-field-none")).html()
    } else {
        el("ul").class("links").each(items).html()
    };
    let own =
        Card::new(ctx.t("ledger-own-fields"), Html::join([list, field_form(&ctx, &def)])).lead(ctx.t("ledger-own-fields-lead"));
    let labels = Card::new(ctx.t("ledger-labels"), labels_form(&ctx, &shape)).lead(ctx.t("ledger-labels-lead"));
    Ok(Page::new(ctx.t1("ledger-settings-title", "ledger", ctx.w(&def.words)), Html::join([Html::from(own), labels.into()]))
        .crumb(ctx.w(&def.words), def.path()))
}

fn field_form(ctx: &Ctx, def: &LedgerDef) -> Html {
    let kinds = EXTRA_KINDS.iter().map(|(code, _, words)| Choice::new(*code, ctx.w(words))).collect();
    let fields = [
        Field::text(ctx.lang, "ja", ctx.t("ledger-field-ja"), "").required(true).attr("maxlength", "40"),
        Field::text(ctx.lang, "en", ctx.t("ledger-field-en"), "").attr("maxlength", "40"),
        Field::new(
            ctx.lang,
            "kind",
            ctx.t("ledger-field-kind"),
            Control::Select { value: "text".into(), choices: kinds, blank: None },
        ),
        Field::new(ctx.lang, "choices", ctx.t("ledger-field-choices"), Control::Area { value: String::new(), rows: 3 })
            .help(ctx.t("ledger-field-choices-help")),
        Field::new(ctx.lang, "required", ctx.t("ledger-field-required"), Control::Check { checked: false }),
    ];
    el("form")
        .class("form")
        .attr("method", "post")
        .attr("action", format!("{}/settings/field", def.path()))
        .add(el("div").class("form-columns").each(fields.map(Html::from)))
        .add(form_actions([Button::submit(ctx.t("ledger-field-add"))]))
        .html()
}

fn labels_form(ctx: &Ctx, shape: &Shape) -> Html {
    let mut seen: Vec<String> = Vec::new();
    let mut sets = Vec::new();
    for field in shape.fields.iter().filter(|field| !field.extra) {
        let Some(set) = &field.choices else { continue };
        if seen.contains(&set.code.to_string()) {
            continue;
        }
        seen.push(set.code.to_string());
        let rows = set.choices.iter().map(|choice| {
            let input = |lang: &str, value: &str| {
                el("input")
                    .class("input")
                    .attr("name", format!("{lang}:{}:{}", set.code, choice.code))
                    .attr("value", value)
                    .attr("maxlength", "40")
                    .attr("aria-label", format!("{} {lang}", choice.words.get(ctx.lang)))
            };
            el("tr")
                .add(el("td").add(el("code").text(&choice.code)))
                .add(el("td").add(input("ja", &choice.words.ja)))
                .add(el("td").add(input("en", &choice.words.en)))
        });
        let head = el("tr")
            .add(el("th").attr("scope", "col").text(ctx.t("ledger-label-code")))
            .add(el("th").attr("scope", "col").text("日本語"))
            .add(el("th").attr("scope", "col").text("English"));
        let table = el("table").class("table table-compact").add(el("thead").add(head)).add(el("tbody").each(rows));
        sets.push(el("details").add(el("summary").text(ctx.w(&field.words))).add(table));
    }
    el("form")
        .attr("method", "post")
        .attr("action", format!("{}/settings/labels", shape.def.path()))
        .each(sets)
        .add(form_actions([Button::submit(ctx.t("ledger-save"))]))
        .html()
}

pub(super) async fn add_field(ctx: Ctx, def: Arc<LedgerDef>, body: Bytes) -> WebResult<Redirect> {
    let form = decode_form(&body);
    let (ja, en) = (form.get("ja").trim(), form.get("en").trim());
    if ja.is_empty() && en.is_empty() {
        return Err(Error::field("ja", Words::new("項目の名前を入力してください。", "Please enter a name for the field.")).into());
    }
    let kind = EXTRA_KINDS.iter().find(|(code, _, _)| *code == form.get("kind")).ok_or(Error::NotFound)?;
    let choices: Vec<&str> = form.get("choices").lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if kind.1 == Kind::Choice && choices.len() < 2 {
        return Err(Error::field(
            "choices",
            Words::new("選択肢を2つ以上、1行に1つずつ入力してください。", "Please enter at least two choices, one per line."),
        )
        .into());
    }
    let mut tx = ctx.tx().await?;
    let count = tx.count("select count(*) as n from extra_field where company_id = $1 and ledger = $2", args![def.code]).await?;
    if count >= FIELDS {
        return Err(Error::refused("独自の項目は30個までです。", "A ledger can have at most 30 fields of your own.").into());
    }
    // The key never changes and never repeats, also after the field is taken away.
    let key = format!("x{}", count + 1);
    let now = tx.now();
    tx.exec(
        "insert into extra_field (id, company_id, ledger, key, ja, en, kind, choices, required, position, created_at) \
         values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        args![id::new(), def.code, &key, ja, en, kind.0, json!(choices).to_string(), form.get("required") == "true", count, now],
    )
    .await?;
    tx.log(Change::new("field-added", def.code, &key, ja, json!({ "ja": ja, "en": en, "kind": kind.0 }))).await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("{}/settings", def.path())).saying(ctx.t1("ledger-field-added", "name", ja)))
}

pub(super) async fn retire_field(ctx: Ctx, def: Arc<LedgerDef>, field: String) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    let now = tx.now();
    let touched = tx
        .exec(
            "update extra_field set retired_at = $4 where company_id = $1 and id = $2 and ledger = $3 and retired_at = ''",
            args![&field, def.code, now],
        )
        .await?;
    if touched == 0 {
        return Err(Error::NotFound.into());
    }
    tx.log(Change::new("field-retired", def.code, &field, "", json!({}))).await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("{}/settings", def.path())).saying(ctx.t("ledger-field-retired")))
}

pub(super) async fn save_labels(ctx: Ctx, def: Arc<LedgerDef>, body: Bytes) -> WebResult<Redirect> {
    let form = decode_form(&body);
    let plain = Shape::plain(&def);
    let mut tx = ctx.tx().await?;
    let mut changed = serde_json::Map::new();
    for set in plain.fields.iter().filter_map(|field| field.choices.as_ref()) {
        for choice in &set.choices {
            let (ja_name, en_name) = (format!("ja:{}:{}", set.code, choice.code), format!("en:{}:{}", set.code, choice.code));
            if !form.has(&ja_name) {
                continue;
            }
            let (ja, en) = (form.get(&ja_name).trim(), form.get(&en_name).trim());
            let place = args![set.code.as_ref(), choice.code.as_ref()];
            let same = (ja == choice.words.ja && en == choice.words.en) || (ja.is_empty() && en.is_empty());
            let known = tx
                .first("select ja, en from choice_label where company_id = $1 and choice_set = $2 and code = $3", place.clone())
                .await?;
            let stored = match &known {
                Some(row) => Some((row.text("ja")?, row.text("en")?)),
                None => None,
            };
            if same && stored.is_some() {
                tx.exec("delete from choice_label where company_id = $1 and choice_set = $2 and code = $3", place).await?;
            } else if same || stored.as_ref().is_some_and(|(known_ja, known_en)| known_ja == ja && known_en == en) {
                continue;
            } else {
                tx.exec(
                    "insert into choice_label (company_id, choice_set, code, ja, en) values ($1, $2, $3, $4, $5) \
                     on conflict (company_id, choice_set, code) do update set ja = excluded.ja, en = excluded.en",
                    args![set.code.as_ref(), choice.code.as_ref(), ja, en],
                )
                .await?;
            }
            changed.insert(format!("{}:{}", set.code, choice.code), json!([stored.map(|(ja, _)| ja), ja]));
        }
    }
    if !changed.is_empty() {
        tx.log(Change::new("labels", def.code, "", ctx.w(&def.words), serde_json::Value::Object(changed))).await?;
    }
    tx.commit().await?;
    Ok(Redirect::to(format!("{}/settings", def.path())).saying(ctx.t("ledger-labels-saved")))
}
