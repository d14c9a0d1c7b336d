//! The files around an import: the wrong rows to mend, the empty template.

use std::sync::Arc;

use axum::response::Response;
use mamori_formats::sheet::Cell;
use mamori_formats::table_out::{Column, ColumnKind, Table};
use mamori_kernel::error::Error;

use super::{find, workbook};
use crate::def::{FieldDef, LedgerDef};
use crate::export::{self, Format, XLSX};
use crate::import::{self, State};
use crate::pages::open;
use crate::web::{Ctx, WebResult, download};

/// The wrong rows as they stood in the file, with the reasons in a last column: mend them and send the file again.
pub(in crate::pages) async fn wrong_rows(ctx: Ctx, def: Arc<LedgerDef>, batch: String) -> WebResult<Response> {
    let (mut view, shape) = open(&ctx, &def).await?;
    let batch = find(&mut view, &def, &batch).await?;
    let workbook = workbook(&ctx, &batch).await?;
    let plan = import::make(&ctx.app.registry, &mut view, &shape, &workbook, &batch.mapping).await?;
    let sheet = workbook.sheets.get(batch.mapping.sheet).ok_or(Error::NotFound)?;
    let mut columns: Vec<Column> = batch
        .mapping
        .headings
        .iter()
        .map(|(column, heading)| {
            let words = batch.mapping.columns.get(column).and_then(|code| shape.field(code)).map(|field| ctx.w(&field.words));
            Column::new(words.unwrap_or(heading), ColumnKind::Text)
        })
        .collect();
    columns.push(Column::new(ctx.lang.pick("直すところ", "To correct"), ColumnKind::Text).wide(60.0));
    let rows = plan
        .rows
        .iter()
        .filter(|row| row.state == State::Wrong)
        .map(|row| {
            let mut cells: Vec<Cell> =
                batch.mapping.headings.keys().map(|column| Cell::from_text(sheet.cell(row.index, *column).text())).collect();
            let reasons: Vec<String> = row.problems.iter().map(|problem| problem.line(ctx.lang)).collect();
            cells.push(Cell::from_text(reasons.join("\n")));
            cells
        })
        .collect();
    let table = Table { sheet_name: ctx.t("import-wrong"), columns, rows, ..Table::default() };
    let bytes = export::write(&table, Format::Xlsx)?;
    Ok(download(bytes, &format!("{}_{}.xlsx", ctx.w(&def.words), ctx.t("import-wrong-name")), XLSX))
}

/// An empty table with the headings and the lists of allowed values.
pub(in crate::pages) async fn template(ctx: Ctx, def: Arc<LedgerDef>) -> WebResult<Response> {
    let (_view, shape) = open(&ctx, &def).await?;
    let fields: Vec<FieldDef> = shape.fields.iter().filter(|field| field.editable()).cloned().collect();
    let table = export::table(&shape, &fields, ctx.lang);
    let bytes = export::write(&table, Format::Xlsx)?;
    Ok(download(bytes, &format!("{}_{}.xlsx", ctx.w(&def.words), ctx.t("import-template-name")), XLSX))
}
