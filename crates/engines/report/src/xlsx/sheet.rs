//! One table as one sheet: grouped headings merged, colours kept, heading frozen, filter set, ready for A4.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::{fitting, plain, width};
use crate::doc::{Align, Cell, Document, Table};
use crate::tone::Colour;

/// Rows looked at to find the width of a column; more would cost time and change little.
const SAMPLE: usize = 300;

pub(super) fn write(sheet: &mut Worksheet, document: &Document, table: &Table) -> Result<(), XlsxError> {
    let height = u32::try_from(table.header.len()).unwrap_or(u32::MAX);
    let columns = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
    heading(sheet, table)?;
    let mut row = height;
    for cells in &table.rows {
        let mut column = 0;
        for one in cells {
            cell(sheet, table, row, column, one)?;
            column = column.saturating_add(one.colspan);
        }
        row += 1;
    }
    if height > 0 && columns > 0 {
        sheet.set_freeze_panes(height, 0)?.set_repeat_rows(0, height - 1)?;
        if row > height {
            sheet.autofilter(height - 1, 0, row - 1, columns - 1)?;
        }
    }
    for (column, wide) in (0..).zip(widths(table)) {
        sheet.set_column_width(column, f64::from(wide))?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.7, 0.6, 0.3, 0.3);
    if columns > 6 {
        sheet.set_landscape();
    }
    // `&` starts a code in headers and footers; a doubled one is printed.
    let meta = &document.meta;
    let safe = |text: &str| text.replace('&', "&&").chars().take(80).collect::<String>();
    sheet.set_header(format!("&L&9{}&R&9{} {}", safe(&meta.title), safe(&meta.company), safe(&meta.classification)));
    sheet.set_footer(format!("&L&9{}&R&9&P / &N", safe(&meta.doc_number)));
    Ok(())
}

fn bordered(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xcc_cccc))
}

fn heading(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let look = bordered(plain()).set_bold().set_align(FormatAlign::Center).set_background_color(Color::RGB(0xe8_f1fe));
    // Places that a taller cell from above already covers.
    let mut covered = std::collections::HashSet::new();
    for (row, cells) in (0_u32..).zip(&table.header) {
        let mut column = 0_u16;
        for one in cells {
            while covered.contains(&(row, column)) {
                column += 1;
            }
            let (last_row, last_column) = (row + u32::from(one.rowspan) - 1, column + one.colspan - 1);
            place(sheet, (row, column, last_row, last_column), &one.text, &look)?;
            for below in row..=last_row {
                covered.extend((column..=last_column).map(|beside| (below, beside)));
            }
            column += one.colspan;
        }
    }
    Ok(())
}

fn place(sheet: &mut Worksheet, area: (u32, u16, u32, u16), text: &str, look: &Format) -> Result<(), XlsxError> {
    let (row, column, last_row, last_column) = area;
    if (row, column) == (last_row, last_column) {
        sheet.write_string_with_format(row, column, fitting(text), look)?;
    } else {
        sheet.merge_range(row, column, last_row, last_column, &fitting(text), look)?;
    }
    Ok(())
}

fn cell(sheet: &mut Worksheet, table: &Table, row: u32, column: u16, one: &Cell) -> Result<(), XlsxError> {
    let align = one.align.or_else(|| table.columns.get(usize::from(column)).map(|own| own.align)).unwrap_or_default();
    let mut look = bordered(plain()).set_align(match align {
        Align::Left => FormatAlign::Left,
        Align::Centre => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    });
    let colours = one.fill.map(|fill| (fill, fill.readable_text())).or(one.tone.map(|tone| {
        let palette = tone.palette();
        (palette.fill, palette.text)
    }));
    if let Some((Colour(fill), Colour(text))) = colours {
        look = look.set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(text));
    }
    if one.bold {
        look = look.set_bold();
    }
    match number(&one.text).filter(|_| align == Align::Right && one.colspan == 1) {
        Some((value, format)) => {
            sheet.write_number_with_format(row, column, value, &look.set_num_format(format))?;
        }
        None => place(sheet, (row, column, row, column + one.colspan.max(1) - 1), &one.text, &look)?,
    }
    Ok(())
}

/// A plain number and the format that shows it as it was written; `None` for anything that Excel would change, such as leading
/// zeros or more than 15 digits.
fn number(text: &str) -> Option<(f64, String)> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = whole.replace(',', "");
    let grouped = whole.contains(',');
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(&digits) || !fraction.is_none_or(plain) || (digits.len() > 1 && digits.starts_with('0')) {
        return None;
    }
    if digits.len() + fraction.map_or(0, str::len) > 15 {
        return None;
    }
    let groups: Vec<&str> = whole.split(',').collect();
    if grouped
        && !groups
            .iter()
            .enumerate()
            .all(|(index, group)| if index == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 })
    {
        return None;
    }
    let mut format = if grouped { "#,##0" } else { "0" }.to_owned();
    if let Some(fraction) = fraction {
        format.push('.');
        format.extend(std::iter::repeat_n('0', fraction.len()));
    }
    text.replace(',', "").parse().ok().map(|value| (value, format))
}

/// Widths in half-width characters, from the headings and the first rows.
fn widths(table: &Table) -> Vec<u16> {
    let mut widest = vec![6_u16; table.columns.len()];
    let mut look = |at: usize, span: u16, text: &str| {
        if let (1, Some(slot)) = (span, widest.get_mut(at)) {
            *slot = (*slot).max(width(text).saturating_add(3)).min(48);
        }
    };
    if let Some(last) = table.header.last().filter(|last| last.len() == table.columns.len()) {
        last.iter().enumerate().for_each(|(at, cell)| look(at, cell.colspan, &cell.text));
    }
    for row in table.rows.iter().take(SAMPLE) {
        let mut at = 0;
        for cell in row {
            look(at, cell.colspan, &cell.text);
            at += usize::from(cell.colspan);
        }
    }
    widest
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn only_numbers_that_excel_keeps_become_numbers() {
        assert_eq!(number("1,200,000"), Some((1_200_000.0, "#,##0".into())));
        assert_eq!(number("-72.50"), Some((-72.5, "0.00".into())));
        assert_eq!(number("0"), Some((0.0, "0".into())));
        for text in ["007", "1,20", "12件", "", "1.", ".5", "1234567890123456", "2026-04-01", "--1", "=1+1"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
