//! The first sheet: what the document is, who made and approved it, and the way to each table.

use rust_xlsxwriter::{Color, Format, FormatAlign, Url, Worksheet, XlsxError};

use super::{FONT, fitting, plain};
use crate::doc::Document;
use crate::tone::Tone;
use crate::words;

pub(super) fn write(sheet: &mut Worksheet, document: &Document, sheets: &[String]) -> Result<(), XlsxError> {
    let meta = &document.meta;
    let labels = words::labels(meta.lang);
    let name = plain().set_font_color(Color::Gray);
    let title = Format::new().set_font_name(FONT).set_font_size(18).set_bold();
    let strong = plain().set_bold();
    sheet.set_column_width(0, 18)?.set_column_width(1, 30)?.set_column_width(2, 50)?.set_column_width(3, 20)?;
    sheet.set_screen_gridlines(false).set_paper_size(9).set_print_fit_to_pages(1, 0);

    sheet.write_string_with_format(0, 0, &meta.company, &plain().set_align(FormatAlign::Top))?;
    sheet.write_string_with_format(1, 0, &meta.title, &title)?;
    sheet.write_string_with_format(2, 0, &meta.subtitle, &Format::new().set_font_name(FONT).set_font_size(11))?;
    let mut row = 4;
    let date = meta.date.map(|date| words::long_date(meta.lang, date)).unwrap_or_default();
    for (label, value) in [
        (labels.doc_number, &meta.doc_number),
        (labels.version, &meta.version),
        (labels.date, &date),
        (labels.author, &meta.author),
        (labels.classification, &meta.classification),
    ] {
        if !value.is_empty() {
            sheet.write_string_with_format(row, 0, label, &name)?;
            sheet.write_string_with_format(row, 1, fitting(value), &plain())?;
            row += 1;
        }
    }
    row += 1;
    for stamp in &meta.approvals {
        sheet.write_string_with_format(row, 0, &stamp.label, &name)?;
        let seal = Color::RGB(Tone::Danger.palette().line.0);
        let signed = if stamp.date.is_some() { plain().set_font_color(seal) } else { plain() };
        sheet.write_string_with_format(row, 1, &stamp.name, &signed)?;
        let date = stamp.date.map(|date| words::short_date(meta.lang, date)).unwrap_or_default();
        sheet.write_string_with_format(row, 2, date, &signed)?;
        row += 1;
    }
    if !meta.history.is_empty() {
        row += 1;
        for (column, label) in (0..).zip([labels.version, labels.revised, labels.summary, labels.approver]) {
            sheet.write_string_with_format(row, column, label, &strong)?;
        }
        row += 1;
        for revision in &meta.history {
            let date = revision.date.map(|date| words::short_date(meta.lang, date)).unwrap_or_default();
            for (column, text) in (0..).zip([&revision.version, &date, &revision.summary, &revision.approver]) {
                sheet.write_string_with_format(row, column, fitting(text), &plain())?;
            }
            row += 1;
        }
    }
    if !sheets.is_empty() {
        row += 1;
        sheet.write_string_with_format(row, 0, labels.contents, &strong)?;
        for target in sheets {
            row += 1;
            // An apostrophe inside of a quoted sheet name is doubled.
            let link = Url::new(format!("internal:'{}'!A1", target.replace('\'', "''"))).set_text(target);
            sheet.write_url_with_format(row, 0, link, &Format::new().set_font_name(FONT).set_font_size(10).set_hyperlink())?;
        }
    }
    Ok(())
}
