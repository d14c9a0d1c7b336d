//! Which column is which field: shown, and corrected by a person.

use std::sync::Arc;

use axum::body::Bytes;
use mamori_formats::sheet::Workbook;
use mamori_kernel::error::Error;
use mamori_store::{Tx, args};
use mamori_ui::components::{Badge, Button, Choice, Control, Field, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::{Batch, find, workbook};
use crate::def::{FieldDef, LedgerDef};
use crate::import::{self, Mapping};
use crate::pages::open_tx;
use crate::shape::Shape;
use crate::web::{Ctx, Redirect, WebResult, decode_form};

/// Which column is which field, to correct.
pub(super) fn columns_card(ctx: &Ctx, shape: &Shape, batch: &Batch, workbook: &Workbook, here: &str) -> Html {
    let Some(sheet) = workbook.sheets.get(batch.mapping.sheet) else { return Html::empty() };
    let asked = batch.mapping.columns.is_empty() || !batch.mapping.unknown.is_empty();
    let choices: Vec<&FieldDef> = shape.fields.iter().filter(|field| field.editable()).collect();
    let rows = batch.mapping.headings.iter().map(|(column, heading)| {
        let chosen = batch.mapping.columns.get(column).map(String::as_str);
        let computed = chosen.and_then(|code| shape.field(code)).filter(|field| !field.editable());
        let sample: Vec<String> = (batch.mapping.first_row..sheet.rows.len())
            .map(|row| sheet.cell(row, *column).text())
            .filter(|text| !text.is_empty())
            .take(2)
            .collect();
        let none = el("option").attr("value", "").text(ctx.t("import-column-none"));
        let options = choices.iter().map(|field| {
            el("option")
                .attr("value", &field.code)
                .flag("selected", chosen == Some(field.code.as_ref()))
                .text(ctx.w(&field.words))
        });
        let input = match computed {
            Some(field) => el("span").class("muted").text(ctx.t1("import-column-computed", "field", ctx.w(&field.words))),
            None => {
                el("select").class("input").attr("name", format!("c{column}")).attr("aria-label", heading).add(none).each(options)
            }
        };
        let class = if chosen.is_none() { "unmapped" } else { "" };
        el("tr")
            .class(class)
            .add(el("th").attr("scope", "row").text(heading))
            .add(el("td").class("muted").text(mamori_kernel::text::truncate_chars(&sample.join(" / "), 40)))
            .add(el("td").add(input))
    });
    let head = ["import-column-heading", "import-column-sample", "import-column-field"]
        .map(|key| el("th").attr("scope", "col").text(ctx.t(key)));
    let table = el("table").class("table table-compact").add(el("thead").add(el("tr").each(head))).add(el("tbody").each(rows));
    let clear = Field::new(ctx.lang, "clear", ctx.t("import-clear"), Control::Check { checked: batch.mapping.clear })
        .help(ctx.t("import-clear-help"));
    let form = el("form")
        .attr("method", "post")
        .attr("action", here)
        .each(place_fields(ctx, batch, workbook))
        .add(el("div").class("table-frame").attr("tabindex", "0").add(table))
        .add(Html::from(clear))
        .add(form_actions([Button::submit(ctx.t("import-remap")).secondary()]));
    let missing = batch.mapping.unknown.len();
    let title = if missing == 0 { ctx.t("import-columns-fine") } else { ctx.t1("import-columns-unknown", "count", missing) };
    let tone = if missing == 0 { Tone::Success } else { Tone::Warning };
    let summary = el("summary").add(Html::from(Badge::new(title, tone))).text(ctx.t("import-columns"));
    el("details").class("card-fold").flag("open", asked).add(summary).add(form).html()
}

/// Sheet and heading row, in case the program took the wrong ones.
fn place_fields(ctx: &Ctx, batch: &Batch, workbook: &Workbook) -> Vec<Html> {
    let mut fields = Vec::new();
    if workbook.sheets.len() > 1 {
        let choices = workbook.sheets.iter().enumerate().map(|(at, sheet)| Choice::new(at.to_string(), &sheet.name)).collect();
        let control = Control::Select { value: batch.mapping.sheet.to_string(), choices, blank: None };
        fields.push(Field::new(ctx.lang, "sheet", ctx.t("import-sheet"), control).into());
    }
    let Some(sheet) = workbook.sheets.get(batch.mapping.sheet) else { return fields };
    let choices: Vec<Choice> = import::heading_rows(sheet)
        .into_iter()
        .map(|(row, texts)| {
            let shown = mamori_kernel::text::truncate_chars(&texts.join(" / "), 50);
            let label = ctx.t2("import-heading-row-is", ("row", &sheet.excel_row(row).to_string()), ("shown", &shown));
            Choice::new(row.to_string(), label)
        })
        .collect();
    let value = batch.mapping.first_row.saturating_sub(1).to_string();
    let control = Control::Select { value, choices, blank: None };
    let field = Field::new(ctx.lang, "row", ctx.t("import-heading-row"), control).help(ctx.t("import-heading-row-help"));
    fields.push(field.into());
    fields
}

pub(in crate::pages) async fn remap(ctx: Ctx, def: Arc<LedgerDef>, batch: String, body: Bytes) -> WebResult<Redirect> {
    let form = decode_form(&body);
    let (mut tx, shape) = open_tx(&ctx, &def).await?;
    tx.technical();
    let found = find(&mut tx, &def, &batch).await?;
    let mut mapping = found.mapping.clone();
    mapping.clear = form.get("clear") == "true";
    let number = |name: &str, known: usize| form.get(name).parse::<usize>().unwrap_or(known);
    let (sheet, row) = (number("sheet", mapping.sheet), number("row", mapping.first_row.saturating_sub(1)));
    if (sheet, row) != (mapping.sheet, mapping.first_row.saturating_sub(1)) {
        let workbook = workbook(&ctx, &found).await?;
        // Another sheet has its own heading row.
        let row = (sheet == mapping.sheet).then_some(row);
        let read = import::with_heading(&shape, &workbook, sheet, row).ok_or_else(|| import::no_heading(&shape))?;
        mapping = Mapping { clear: mapping.clear, companions: mapping.companions, ..read };
        mapping.companions.retain(|_, other| other.sheet != sheet);
        return keep(&ctx, tx, &def, &batch, &mapping).await;
    }
    for column in found.mapping.headings.keys() {
        let name = format!("c{column}");
        if !form.has(&name) {
            continue;
        }
        let code = form.get(&name);
        if shape.field(code).is_some_and(FieldDef::editable) {
            mapping.columns.retain(|_, known| known != code);
            mapping.columns.insert(*column, code.to_owned());
            mapping.unknown.remove(column);
        } else {
            mapping.columns.remove(column);
            // Left out on purpose: no longer a question.
            mapping.unknown.remove(column);
        }
    }
    keep(&ctx, tx, &def, &batch, &mapping).await
}

async fn keep(ctx: &Ctx, mut tx: Tx, def: &LedgerDef, batch: &str, mapping: &Mapping) -> WebResult<Redirect> {
    let text = serde_json::to_string(mapping).map_err(|error| Error::Internal(error.to_string()))?;
    tx.exec("update import_batch set mapping = $3 where company_id = $1 and id = $2 and state = 'open'", args![batch, text])
        .await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("{}/import/{batch}", def.path())).saying(ctx.t("import-remapped")))
}
