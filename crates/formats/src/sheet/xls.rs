//! Excel 97–2003.

use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::build::{Budget, Builder};
use super::xlsx::{excel_error, excel_moment};
use super::{Cell, Kind, Limits, ReadError, Sheet, Workbook, biff};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, ReadError> {
    // The library allots the whole rectangle between the first and the last cell, so its size is found out beforehand.
    let rectangle =
        biff::largest_rectangle(bytes).ok_or_else(|| ReadError::Damaged { detail: "no workbook stream".to_owned() })?;
    if rectangle > u64::try_from(limits.cells).unwrap_or(u64::MAX) {
        return Err(ReadError::TooManyCells { limit: limits.cells });
    }
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(failed)?;
    let date1904 = book.has_1904_epoch();
    let listed: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut budget = Budget::new(limits);
    let mut sheets = Vec::new();
    for (name, hidden) in listed {
        sheets.push(read_sheet(&mut book, &name, hidden, date1904, &mut budget)?);
    }
    if sheets.is_empty() {
        return Err(ReadError::NoSheet);
    }
    Ok(Workbook { sheets, kind: Kind::Xls, encoding: None })
}

fn read_sheet(
    book: &mut Xls<Cursor<&[u8]>>,
    name: &str,
    hidden: bool,
    date1904: bool,
    budget: &mut Budget<'_>,
) -> Result<Sheet, ReadError> {
    let range = book.worksheet_range(name).map_err(failed)?;
    let (top, left) = range.start().unwrap_or((0, 0));
    let mut builder = Builder::new(name, hidden, budget);
    for (row, column, value) in range.used_cells() {
        let position = |start: u32, at: usize| start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
        let (row, column) = (position(top, row), position(left, column));
        match value {
            Data::Empty => {}
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => builder.put_text(row, column, text)?,
            Data::Int(number) => builder.put(row, column, Cell::Number(*number as f64))?,
            Data::Float(number) => builder.put(row, column, Cell::Number(*number))?,
            Data::Bool(value) => builder.put(row, column, Cell::Bool(*value))?,
            Data::DateTime(moment) => builder.put(row, column, excel_moment(*moment, date1904))?,
            Data::Error(error) => builder.put(row, column, excel_error(error))?,
        }
    }
    let merges = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let merges: Vec<_> = merges.iter().map(|m| (m.start.0, m.start.1, m.end.0, m.end.1)).collect();
    builder.finish(&merges)
}

fn failed(error: XlsError) -> ReadError {
    match error {
        XlsError::Password => ReadError::PasswordProtected,
        other => ReadError::Damaged { detail: other.to_string() },
    }
}
