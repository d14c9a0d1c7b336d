//! Export: the list as a workbook or csv, with exactly the headings that the import understands.

use std::sync::Arc;

use axum::response::Response;
use mamori_formats::sheet::Cell;
use mamori_formats::table_out::{self, Column, ColumnKind, CsvEncoding, CsvOptions, Table};
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_store::Reader;

use crate::area::Registry;
use crate::def::{FieldDef, Kind, LedgerDef};
use crate::query::{self, Labels, ListQuery, display};
use crate::record::Value;
use crate::shape::Shape;
use crate::web::{Ctx, WebResult, download};

/// Media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What kind of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Excel workbook.
    Xlsx,
    /// csv, UTF-8 with byte-order mark: Excel opens it by double click.
    CsvUtf8,
    /// csv, CP932 (Shift_JIS as Windows has it); characters it lacks become 〓.
    CsvCp932,
}

impl Format {
    /// By the words of the address or command line.
    pub fn parse(format: &str, encoding: &str) -> Option<Format> {
        match (format, encoding) {
            ("xlsx", _) => Some(Format::Xlsx),
            ("csv", "" | "utf-8" | "utf8") => Some(Format::CsvUtf8),
            ("csv", "cp932" | "shift_jis" | "sjis") => Some(Format::CsvCp932),
            _ => None,
        }
    }

    /// File ending.
    pub fn ending(self) -> &'static str {
        if self == Format::Xlsx { "xlsx" } else { "csv" }
    }

    /// Media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Format::Xlsx => XLSX,
            Format::CsvUtf8 => "text/csv; charset=utf-8",
            Format::CsvCp932 => "text/csv; charset=shift_jis",
        }
    }
}

fn write_fault(error: &table_out::WriteError) -> Error {
    Error::Refused(Words::owned(error.message(Lang::Ja), error.message(Lang::En)))
}

/// A value as a cell: numbers and dates stay numbers and dates.
pub fn to_cell(field: &FieldDef, value: &Value, lang: Lang, labels: &Labels) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::Int(n) => Cell::Number(*n as f64),
        Value::Real(n) => Cell::Number(*n),
        Value::Date(date) => Cell::Date(*date),
        Value::Bool(false) => Cell::Empty,
        Value::Bool(true) => Cell::from_text(lang.pick("有", "Yes")),
        other => Cell::from_text(display(field, other, lang, labels)),
    }
}

/// The table for some fields, without rows.
pub fn table(shape: &Shape, fields: &[FieldDef], lang: Lang) -> Table {
    let columns = fields
        .iter()
        .map(|field| {
            let kind = match field.kind {
                Kind::Int => ColumnKind::Integer,
                Kind::Decimal => ColumnKind::Decimal,
                Kind::Yen => ColumnKind::Yen,
                Kind::Date => ColumnKind::Date,
                _ => ColumnKind::Text,
            };
            let column = Column::new(field.words.get(lang), kind);
            match (&field.choices, field.kind) {
                (Some(set), Kind::Choice) => column.with_choices(
                    set.choices.iter().filter(|choice| !choice.hidden).map(|choice| choice.words.get(lang).to_owned()),
                ),
                (_, Kind::Bool) => column.with_choices([lang.pick("有", "Yes").to_owned()]),
                _ => column,
            }
        })
        .collect();
    Table { sheet_name: shape.def.words.get(lang).to_owned(), columns, ..Table::default() }
}

/// Writes a table in a format.
///
/// # Errors
/// [`Error::Refused`] when it is too large for the format.
pub fn write(table: &Table, format: Format) -> Result<Vec<u8>> {
    match format {
        Format::Xlsx => table_out::xlsx(table),
        Format::CsvUtf8 => table_out::csv(table, CsvOptions { encoding: CsvEncoding::Utf8Bom, replace_unencodable: false }),
        Format::CsvCp932 => table_out::csv(table, CsvOptions { encoding: CsvEncoding::Cp932, replace_unencodable: true }),
    }
    .map_err(|error| write_fault(&error))
}

/// The whole ledger, or what a filter leaves of it, as a file. All visible fields in their order, so that it can be imported again.
///
/// # Errors
/// [`Error::NotFound`] without permission; [`Error::Refused`] when it is too large; database faults.
pub async fn file(
    registry: &Registry,
    db: &mut impl Reader,
    shape: &Shape,
    query: &ListQuery,
    format: Format,
    lang: Lang,
) -> Result<Vec<u8>> {
    let fields: Vec<FieldDef> = shape.visible().cloned().collect();
    let mut table = table(shape, &fields, lang);
    let mut walk = query::walk(registry, db, shape, &fields, query, Action::Export).await?;
    while let Some(records) = walk.next(db).await? {
        let labels = query::labels(registry, db, &fields, &records).await?;
        table.rows.extend(
            records
                .iter()
                .map(|record| fields.iter().map(|field| to_cell(field, record.get(&field.code), lang, &labels)).collect()),
        );
    }
    // Writing takes a second for 10,000 rows: other requests go on meanwhile.
    let written = tokio::task::spawn_blocking(move || write(&table, format)).await;
    written.map_err(|error| Error::Internal(format!("export: {error}")))?
}

/// The download.
pub(crate) async fn page(ctx: Ctx, def: Arc<LedgerDef>) -> WebResult<Response> {
    let form = ctx.query_form();
    let format = Format::parse(form.get("format"), form.get("encoding")).unwrap_or(Format::Xlsx);
    let (mut view, shape) = crate::pages::open(&ctx, &def).await?;
    let request = crate::pages::list_query(form, &shape);
    let bytes = file(&ctx.app.registry, &mut view, &shape, &request, format, ctx.lang).await?;
    let name = format!("{}_{}.{}", ctx.w(&def.words), ctx.today().strftime("%Y%m%d"), format.ending());
    Ok(download(bytes, &name, format.content_type()))
}
