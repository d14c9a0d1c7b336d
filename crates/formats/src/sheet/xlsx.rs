//! xlsx and xlsm, cell by cell, so that a million formatted blank rows cost time but no memory.

use std::io::Cursor;

use calamine::{CellErrorType, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use jiff::civil::DateTime;
use mamori_kernel::time::from_excel_serial;

use super::build::{Budget, Builder};
use super::{Cell, Kind, Limits, ReadError, Sheet, Workbook, zip_guard};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, ReadError> {
    zip_guard::check(bytes, limits)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
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
        sheets.extend(read_sheet(&mut book, &name, hidden, date1904, &mut budget)?);
    }
    if sheets.is_empty() {
        return Err(ReadError::NoSheet);
    }
    Ok(Workbook { sheets, kind: Kind::Xlsx, encoding: None })
}

fn read_sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    hidden: bool,
    date1904: bool,
    budget: &mut Budget<'_>,
) -> Result<Option<Sheet>, ReadError> {
    let mut builder = Builder::new(name, hidden, budget);
    {
        let mut cells = match book.worksheet_cells_reader(name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        while let Some(found) = cells.next_cell().map_err(failed)? {
            let (row, column) = found.get_position();
            match found.get_value() {
                DataRef::Empty => {}
                DataRef::String(text) => builder.put_text(row, column, text)?,
                DataRef::SharedString(text) => builder.put_text(row, column, text)?,
                DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => builder.put(row, column, iso_moment(text))?,
                DataRef::Int(number) => builder.put(row, column, Cell::Number(*number as f64))?,
                DataRef::Float(number) => builder.put(row, column, Cell::Number(*number))?,
                DataRef::Bool(value) => builder.put(row, column, Cell::Bool(*value))?,
                DataRef::DateTime(moment) => builder.put(row, column, excel_moment(*moment, date1904))?,
                DataRef::Error(error) => builder.put(row, column, excel_error(error))?,
            }
        }
    }
    // Merged regions stand behind the cells; a defect there costs the merges, not the table.
    let merges = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let merges: Vec<_> = merges.iter().map(|m| (m.start.0, m.start.1, m.end.0, m.end.1)).collect();
    builder.finish(&merges).map(Some)
}

fn failed(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::PasswordProtected,
        other => ReadError::Damaged { detail: other.to_string() },
    }
}

pub(super) fn excel_error(error: &CellErrorType) -> Cell {
    Cell::Error(error.to_string())
}

/// A cell with a date or time format. A day is a date, a day with time a date-time; a time without day (below 1) and anything outside
/// Excel's calendar stays what Excel stores: a time of day as text, else the number.
pub(super) fn excel_moment(moment: ExcelDateTime, date1904: bool) -> Cell {
    let serial = moment.as_f64();
    let seconds_of_day = |fraction: f64| (fraction * 86_400.0).round() as i32;
    if !serial.is_finite() || serial < 0.0 || moment.is_duration() {
        return Cell::Number(serial);
    }
    let (mut days, mut seconds) = (serial.floor(), seconds_of_day(serial.fract()));
    if seconds == 86_400 {
        days += 1.0;
        seconds = 0;
    }
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if days < 1.0 && !date1904 {
        return Cell::Text(format!("{hour:02}:{minute:02}:{second:02}"));
    }
    let Ok(date) = from_excel_serial(days, date1904) else {
        return Cell::Number(serial);
    };
    if seconds == 0 {
        return Cell::Date(date);
    }
    let small = |n: i32| i8::try_from(n).unwrap_or(0);
    Cell::DateTime(date.at(small(hour), small(minute), small(second), 0))
}

/// The ISO 8601 form that some programs write instead of a serial number.
fn iso_moment(text: &str) -> Cell {
    match text.parse::<DateTime>() {
        Ok(moment) if moment.time() == jiff::civil::Time::midnight() => Cell::Date(moment.date()),
        Ok(moment) => Cell::DateTime(moment),
        Err(_) => Cell::from_text(text),
    }
}
