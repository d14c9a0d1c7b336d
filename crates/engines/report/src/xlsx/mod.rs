//! Workbook: the tables of a document as sheets, for people who want to sort, filter and calculate.
//!
//! This is the reading copy of a report. A ledger that is to be edited and imported again has its own export, with the column
//! layout of the ledger.

mod cover;
mod names;
mod sheet;

use jiff::Zoned;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use crate::doc::Document;
use crate::error::RenderError;
use crate::pdf::RenderOptions;
use crate::words;

/// A face that Windows has carried since 2018; elsewhere the program substitutes its own.
const FONT: &str = "BIZ UDPGothic";

/// The most characters that a cell of a workbook can hold, minus room for the mark of a cut.
const LONGEST_TEXT: usize = 32_000;

/// Writes a workbook: a cover sheet with the facts of the document, then one sheet for each table in reading order.
///
/// Cell texts never become formulas. Plain numbers in right-aligned columns become numbers, so that they can be summed.
///
/// # Errors
/// [`RenderError::NoTitle`], or [`RenderError::TableShape`] when a row does not fill its columns; otherwise a fault of the
/// program for the log.
pub fn book(document: &Document, options: &RenderOptions) -> Result<Vec<u8>, RenderError> {
    crate::pdf::check(document)?;
    write(document, &options.now).map_err(|error| RenderError::Workbook(error.to_string()))
}

fn write(document: &Document, now: &Zoned) -> Result<Vec<u8>, XlsxError> {
    let labels = words::labels(document.meta.lang);
    let tables = document.tables();
    let mut taken = names::Names::default();
    let cover_name = taken.take(labels.cover, labels.cover);
    let sheets: Vec<String> = tables
        .iter()
        .map(|(heading, table)| taken.take(if table.caption.is_empty() { heading } else { &table.caption }, labels.table))
        .collect();

    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document, now)?);
    cover::write(workbook.add_worksheet().set_name(&cover_name)?, document, &sheets)?;
    for (name, (_, table)) in sheets.iter().zip(&tables) {
        sheet::write(workbook.add_worksheet().set_name(name)?, document, table)?;
    }
    workbook.save_to_buffer()
}

fn properties(document: &Document, now: &Zoned) -> Result<DocProperties, XlsxError> {
    let meta = &document.meta;
    // A year that Excel cannot express (before 1900) leaves its own default; such a clock is wrong anyway.
    let part = |value: i8| u8::try_from(value).unwrap_or_default();
    let year = u16::try_from(now.year()).unwrap_or(1900).max(1900);
    let moment = ExcelDateTime::from_ymd(year, part(now.month()), part(now.day()))?.and_hms(
        u16::from(part(now.hour())),
        part(now.minute()),
        part(now.second()),
    )?;
    Ok(DocProperties::new()
        .set_title(&meta.title)
        .set_subject(&meta.subtitle)
        .set_author(&meta.author)
        .set_company(&meta.company)
        .set_creation_datetime(&moment))
}

/// The ordinary look of a cell.
fn plain() -> Format {
    Format::new().set_font_name(FONT).set_font_size(10).set_align(FormatAlign::VerticalCenter).set_text_wrap()
}

/// A text that fits into a cell; a longer one is cut with a visible mark.
fn fitting(text: &str) -> String {
    if text.chars().count() <= LONGEST_TEXT {
        return text.to_owned();
    }
    text.chars().take(LONGEST_TEXT).chain(" …".chars()).collect()
}

/// Width of a text in half-width characters; the widest line counts.
fn width(text: &str) -> u16 {
    let line = |line: &str| line.chars().fold(0_u16, |sum, c| sum.saturating_add(if c.is_ascii() { 1 } else { 2 }));
    text.lines().map(line).max().unwrap_or_default()
}
