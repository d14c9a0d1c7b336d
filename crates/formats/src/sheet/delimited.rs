//! csv and tsv (RFC 4180, with the liberties that real files take).
//!
//! An own parser of a few dozen lines, because row numbers must be those Excel shows: blank lines count, and a quotation mark that is never closed
//! is reported where it opens instead of swallowing the rest of the file.

use super::build::{Budget, Builder};
use super::{Kind, Limits, ReadError, ReadOptions, Workbook, encoding};

/// Characters that make Excel take a cell for a formula when a csv is opened.
pub(crate) const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

pub(super) fn read(bytes: &[u8], file_name: &str, limits: &Limits, options: ReadOptions) -> Result<Workbook, ReadError> {
    let (text, encoding) = encoding::decode(bytes, options.encoding)?;
    let separator = separator(&text);
    let mut budget = Budget::new(limits);
    let mut builder = Builder::new(&stem(file_name), false, &mut budget);
    parse(&text, separator, |row, column, field| builder.put_text(row, column, &unescape(field)))?;
    let sheet = builder.finish(&[])?;
    if sheet.rows.is_empty() {
        return Err(ReadError::NoSheet);
    }
    let kind = if separator == '\t' { Kind::Tsv } else { Kind::Csv };
    Ok(Workbook { sheets: vec![sheet], kind, encoding: Some(encoding) })
}

fn stem(file_name: &str) -> String {
    let base = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    base.rsplit_once('.').map_or(base, |(stem, _)| stem).to_owned()
}

/// The separator that splits the first line which has one most often, outside of quotation marks. At a tie the tabulator wins, which nobody
/// types into a text; a comma where there is none.
fn separator(text: &str) -> char {
    let mut counts = [('\t', 0usize), (',', 0), (';', 0)];
    let mut quoted = false;
    for c in text.chars().take(50_000) {
        match c {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted && counts.iter().any(|(_, n)| *n > 0) => break,
            _ if !quoted => counts.iter_mut().filter(|(s, _)| *s == c).for_each(|(_, n)| *n += 1),
            _ => {}
        }
    }
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0);
    counts.iter().find(|(_, n)| *n == most && most > 0).map_or(',', |(s, _)| *s)
}

/// Undoes what a writer did to keep Excel from computing: one `'` before a formula sign, and `="007"` around leading zeros.
///
/// The counterpart of the escaping in [`crate::table_out`]: exactly one `'` is removed, and only where a formula sign follows the marks.
fn unescape(field: &str) -> String {
    if let Some(rest) = field.strip_prefix('\'') {
        let escaped = rest.trim_start_matches('\'').starts_with(FORMULA_STARTS);
        return if escaped { rest.to_owned() } else { field.to_owned() };
    }
    match field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) if !inner.contains('"') => inner.to_owned(),
        _ => field.to_owned(),
    }
}

/// Calls `put` for every field with row and column from 0.
fn parse(text: &str, separator: char, mut put: impl FnMut(u32, u32, &str) -> Result<(), ReadError>) -> Result<(), ReadError> {
    let (mut row, mut column) = (0u32, 0u32);
    let mut field = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if field.is_empty() => {
                if !quoted(&mut chars, &mut field) {
                    let row = usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1);
                    return Err(ReadError::OpenQuote { row });
                }
            }
            '\r' | '\n' => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                put(row, column, &field)?;
                field.clear();
                row = row.saturating_add(1);
                column = 0;
            }
            _ if c == separator => {
                put(row, column, &field)?;
                field.clear();
                column = column.saturating_add(1);
            }
            _ => field.push(c),
        }
    }
    put(row, column, &field)
}

/// Reads up to the closing mark; two marks are one. False where the text ends before.
fn quoted(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, field: &mut String) -> bool {
    while let Some(c) = chars.next() {
        if c != '"' {
            field.push(c);
        } else if chars.peek() == Some(&'"') {
            chars.next();
            field.push('"');
        } else {
            return true;
        }
    }
    false
}
