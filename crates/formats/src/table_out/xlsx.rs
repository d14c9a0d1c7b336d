//! xlsx: a sheet that is pleasant to work in and prints well on A4.

use mamori_kernel::text::display_width;
use mamori_kernel::time::to_excel_serial;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};

use super::{Cell, Column, ColumnKind, Table, WriteError};

const HEADING_BACKGROUND: Color = Color::RGB(0x00E8_F1FE);
const BORDER: Color = Color::RGB(0x00B3_B3B3);
const EXCEL_ROWS: usize = 1_048_576;
const EXCEL_COLUMNS: usize = 16_384;
const EXCEL_CELL_CHARS: usize = 32_767;
/// Empty rows below the data that already offer the lists of choices.
const SPARE_ROWS: u32 = 500;
/// Excel keeps a list typed into the validation itself up to this many characters; longer ones need a sheet.
const INLINE_LIST_CHARS: usize = 255;
/// Rows looked at to find the width of a column.
const MEASURED_ROWS: usize = 300;
/// Sheets up to this size are put together in memory.
const HELD_ROWS: usize = 1_000;
const LISTS_SHEET: &str = "_lists";

/// One table as a workbook.
///
/// # Errors
/// See [`WriteError`].
pub fn xlsx(table: &Table) -> Result<Vec<u8>, WriteError> {
    workbook(std::slice::from_ref(table))
}

/// Several tables, one sheet each. The same tables give the same bytes.
///
/// # Errors
/// See [`WriteError`].
pub fn workbook(tables: &[Table]) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    // Without this the library writes the present time into the file.
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|e| failed(&e))?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&fixed));
    let mut names: Vec<String> = Vec::new();
    let mut lists: Vec<Vec<String>> = Vec::new();
    for table in tables {
        check(table)?;
        let name = sheet_name(&table.sheet_name, &names);
        // A large table goes to a temporary file row by row; headings over two rows cannot be written in that order.
        let sheet = if table.rows.len() > HELD_ROWS && table.columns.iter().all(|column| column.group.is_none()) {
            book.add_worksheet_with_constant_memory().map_err(|e| failed(&e))?
        } else {
            book.add_worksheet()
        };
        sheet.set_name(&name).map_err(|e| failed(&e))?;
        write(sheet, table, &mut lists).map_err(|e| failed(&e))?;
        names.push(name);
    }
    if !lists.is_empty() {
        write_lists(book.add_worksheet(), &lists).map_err(|e| failed(&e))?;
    }
    book.save_to_buffer().map_err(|e| failed(&e))
}

fn failed(error: &XlsxError) -> WriteError {
    WriteError::Failed(error.to_string())
}

fn check(table: &Table) -> Result<(), WriteError> {
    table.check_shape()?;
    let sheet = || table.sheet_name.clone();
    if table.rows.len() + table.notes.len() + 10 > EXCEL_ROWS || table.columns.len() > EXCEL_COLUMNS {
        return Err(WriteError::TooLarge { sheet: sheet() });
    }
    for (row, cells) in table.rows.iter().enumerate() {
        for (cell, column) in cells.iter().zip(&table.columns) {
            if let Cell::Text(text) = cell
                && text.len() > EXCEL_CELL_CHARS
                && text.encode_utf16().count() > EXCEL_CELL_CHARS
            {
                return Err(WriteError::CellTooLong { sheet: sheet(), row: row + 1, column: column.heading.clone() });
            }
        }
    }
    Ok(())
}

/// A name Excel accepts: at most 31 UTF-16 units, none of `[]:*?/\`, no apostrophe at the ends, not used before (without regard to case).
fn sheet_name(wanted: &str, used: &[String]) -> String {
    let clean: String = wanted.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { '_' } else { c }).collect();
    let clean = clean.trim().trim_matches('\'');
    let clean = if clean.is_empty() { "Sheet" } else { clean };
    let fit = |room: usize| {
        let mut units = 0;
        clean
            .chars()
            .take_while(|c| {
                units += c.len_utf16();
                units <= room
            })
            .collect::<String>()
    };
    let taken =
        |name: &str| name.eq_ignore_ascii_case(LISTS_SHEET) || used.iter().any(|u| u.to_lowercase() == name.to_lowercase());
    let plain = fit(31);
    if !taken(&plain) {
        return plain;
    }
    (2..).map(|n| format!("{} ({n})", fit(25))).find(|name| !taken(name)).unwrap_or(plain)
}

struct Styles {
    title: Format,
    note: Format,
    heading: Format,
}

impl Styles {
    fn new() -> Self {
        let heading = Format::new()
            .set_bold()
            .set_background_color(HEADING_BACKGROUND)
            .set_border(FormatBorder::Thin)
            .set_border_color(BORDER)
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        Self { title: Format::new().set_bold().set_font_size(14), note: Format::new(), heading }
    }
}

/// The format of a column's cells. Text columns keep Excel's text format, so what is typed later keeps its leading zeros.
fn body(kind: ColumnKind) -> Format {
    let base = Format::new().set_border(FormatBorder::Thin).set_border_color(BORDER).set_align(FormatAlign::Top);
    match kind {
        ColumnKind::Text => base.set_num_format("@").set_text_wrap(),
        ColumnKind::Integer => base.set_num_format("0"),
        ColumnKind::Decimal => base.set_num_format("0.####"),
        ColumnKind::Date => base.set_num_format("yyyy/mm/dd"),
        ColumnKind::Yen => base.set_num_format("#,##0\"円\""),
        ColumnKind::Percent => base.set_num_format("0.##%"),
    }
}

fn write(sheet: &mut Worksheet, table: &Table, lists: &mut Vec<Vec<String>>) -> Result<(), XlsxError> {
    let styles = Styles::new();
    let mut row = 0;
    if !table.title.is_empty() {
        sheet.write_string_with_format(row, 0, &table.title, &styles.title)?;
        row += 1;
    }
    for note in &table.notes {
        sheet.write_string_with_format(row, 0, note, &styles.note)?;
        row += 1;
    }
    if row > 0 {
        row += 1;
    }
    let first_heading = row;
    let first_data = write_heading(sheet, &table.columns, first_heading, &styles.heading)?;
    let formats: Vec<Format> = table.columns.iter().map(|c| body(c.kind)).collect();
    let moment = body(ColumnKind::Date).set_num_format("yyyy/mm/dd hh:mm:ss");
    for (at, cells) in table.rows.iter().enumerate() {
        let row = first_data + number(at);
        for (column, format) in formats.iter().enumerate() {
            let cell = cells.get(column).unwrap_or(&Cell::Empty);
            let kind = table.columns.get(column).map_or(ColumnKind::Text, |c| c.kind);
            write_cell(sheet, (row, narrow(column)), cell, kind, format, &moment)?;
        }
    }
    let last_data = (first_data + number(table.rows.len())).saturating_sub(1).max(first_data);
    for (at, column) in table.columns.iter().enumerate() {
        sheet.set_column_width(narrow(at), width(table, at, column))?;
        if let Some(choices) = &column.choices {
            let last = (last_data + SPARE_ROWS).min(number(EXCEL_ROWS - 1));
            sheet.add_data_validation(first_data, narrow(at), last, narrow(at), &validation(choices, lists)?)?;
        }
    }
    if let Some(last_column) = table.columns.len().checked_sub(1) {
        sheet.autofilter(first_data - 1, 0, last_data, narrow(last_column))?;
        sheet.set_repeat_rows(first_heading, first_data - 1)?;
    }
    sheet.set_freeze_panes(first_data, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_footer("&L&A&R&P / &N");
    Ok(())
}

/// One line, or two where a column has a group; returns the first row below.
fn write_heading(sheet: &mut Worksheet, columns: &[Column], row: u32, format: &Format) -> Result<u32, XlsxError> {
    if columns.iter().all(|c| c.group.is_none()) {
        for (at, column) in columns.iter().enumerate() {
            sheet.write_string_with_format(row, narrow(at), &column.heading, format)?;
        }
        return Ok(row + 1);
    }
    let mut at = 0;
    while let Some(column) = columns.get(at) {
        let Some(group) = &column.group else {
            sheet.merge_range(row, narrow(at), row + 1, narrow(at), &column.heading, format)?;
            at += 1;
            continue;
        };
        let together = columns.iter().skip(at).take_while(|c| c.group.as_ref() == Some(group)).count();
        if together > 1 {
            sheet.merge_range(row, narrow(at), row, narrow(at + together - 1), group, format)?;
        } else {
            sheet.write_string_with_format(row, narrow(at), group, format)?;
        }
        for (offset, column) in columns.iter().skip(at).take(together).enumerate() {
            sheet.write_string_with_format(row + 1, narrow(at + offset), &column.heading, format)?;
        }
        at += together;
    }
    Ok(row + 2)
}

fn write_cell(
    sheet: &mut Worksheet,
    at: (u32, u16),
    cell: &Cell,
    kind: ColumnKind,
    format: &Format,
    moment: &Format,
) -> Result<(), XlsxError> {
    let (row, column) = at;
    match cell {
        Cell::Empty => sheet.write_blank(row, column, format)?,
        Cell::Number(n) if kind != ColumnKind::Text && n.is_finite() => {
            sheet.write_number_with_format(row, column, *n, format)?
        }
        Cell::Bool(value) => sheet.write_boolean_with_format(row, column, *value, format)?,
        Cell::Date(date) => match to_excel_serial(*date).filter(|_| kind != ColumnKind::Text) {
            Some(serial) => sheet.write_number_with_format(row, column, serial, format)?,
            None => sheet.write_string_with_format(row, column, cell.text(), format)?,
        },
        Cell::DateTime(when) => match to_excel_serial(when.date()).filter(|_| kind != ColumnKind::Text) {
            Some(serial) => {
                let seconds = i32::from(when.hour()) * 3_600 + i32::from(when.minute()) * 60 + i32::from(when.second());
                sheet.write_number_with_format(row, column, serial + f64::from(seconds) / 86_400.0, moment)?
            }
            None => sheet.write_string_with_format(row, column, cell.text(), format)?,
        },
        Cell::Text(_) | Cell::Error(_) | Cell::Number(_) => sheet.write_string_with_format(row, column, cell.text(), format)?,
    };
    Ok(())
}

fn validation(choices: &[String], lists: &mut Vec<Vec<String>>) -> Result<DataValidation, XlsxError> {
    let inline = choices.iter().map(|c| c.chars().count() + 1).sum::<usize>() <= INLINE_LIST_CHARS
        && !choices.iter().any(|c| c.contains([',', '"']));
    let base = DataValidation::new();
    let rule = if inline {
        base.allow_list_strings(choices)?
    } else {
        let at = lists.iter().position(|known| known == choices).unwrap_or_else(|| {
            lists.push(choices.to_vec());
            lists.len() - 1
        });
        let column = crate::sheet::column_name(at);
        base.allow_list_formula(Formula::new(format!("={LISTS_SHEET}!${column}$1:${column}${}", choices.len())))
    };
    rule.set_error_title("mamori")?.set_error_message("一覧から選んでください。 / Please choose from the list.")
}

/// Lists too long for the validation itself stand on a hidden sheet, one a column.
fn write_lists(sheet: &mut Worksheet, lists: &[Vec<String>]) -> Result<(), XlsxError> {
    sheet.set_name(LISTS_SHEET)?.set_hidden(true);
    for (column, list) in lists.iter().enumerate() {
        for (row, choice) in list.iter().enumerate() {
            sheet.write_string(number(row), narrow(column), choice)?;
        }
    }
    Ok(())
}

fn width(table: &Table, at: usize, column: &Column) -> f64 {
    if column.width > 0.0 {
        return column.width.min(255.0);
    }
    let longest_line = |text: &str| text.lines().map(display_width).max().unwrap_or(0);
    let cells = table.rows.iter().take(MEASURED_ROWS).filter_map(|row| row.get(at)).map(|cell| longest_line(&cell.text()));
    let content = cells.max().unwrap_or(0);
    let least = if column.kind == ColumnKind::Date { 11 } else { 6 };
    let longest = content.max(longest_line(&column.heading)).clamp(least, 48) + 2;
    longest as f64
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn narrow(value: usize) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}
