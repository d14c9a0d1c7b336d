//! csv: UTF-8 with byte-order mark (which Excel needs) or CP932, CRLF, RFC 4180 quoting.

use std::borrow::Cow;

use encoding_rs::{EncoderResult, SHIFT_JIS};

use super::{Cell, Table, WriteError};

/// How a csv is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CsvEncoding {
    /// UTF-8 with byte-order mark; holds every character.
    #[default]
    Utf8Bom,
    /// CP932, for older programs.
    Cp932,
}

/// Choices for a csv.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct CsvOptions {
    /// The encoding.
    pub encoding: CsvEncoding,
    /// Writes 〓 for what CP932 does not have, instead of refusing.
    pub replace_unencodable: bool,
}

/// A character that cannot be written, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unencodable {
    /// Row of the table from 1; 0 is the heading.
    pub row: usize,
    /// Heading of the column.
    pub column: String,
    /// The character.
    pub character: char,
}

/// Writes heading and rows; title and notes are left out, a heading of two lines becomes one.
///
/// In CP932 nine characters become their Windows twins, which look the same: `〜` `−` `—` `‖` `¢` `£` `¬` `¥` `‾` → `～` `－` `―` `∥` `￠` `￡` `￢` `￥` `￣`.
///
/// # Errors
/// [`WriteError::Unencodable`] with every place (unless replaced), [`WriteError::ExtraCells`].
pub fn csv(table: &Table, options: CsvOptions) -> Result<Vec<u8>, WriteError> {
    table.check_shape()?;
    let mut out = Output { options, bytes: Vec::new(), unencodable: Vec::new() };
    if options.encoding == CsvEncoding::Utf8Bom {
        out.bytes.extend_from_slice(b"\xEF\xBB\xBF");
    }
    let headings = table.flat_headings();
    for (at, heading) in headings.iter().enumerate() {
        out.field(at, heading, 0, heading);
    }
    out.end_row();
    for (row, cells) in table.rows.iter().enumerate() {
        for (at, heading) in headings.iter().enumerate() {
            let text = cells.get(at).map_or_else(String::new, field_text);
            out.field(at, &text, row + 1, heading);
        }
        out.end_row();
    }
    if out.unencodable.is_empty() { Ok(out.bytes) } else { Err(WriteError::Unencodable(out.unencodable)) }
}

/// Only text is escaped: the number -5 is no formula.
fn field_text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) if needs_mark(text) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        other => other.text(),
    }
}

/// A formula sign at the start, or behind marks, which would otherwise be taken for ours when reading back.
fn needs_mark(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(crate::sheet::FORMULA_STARTS)
}

struct Output {
    options: CsvOptions,
    bytes: Vec<u8>,
    unencodable: Vec<Unencodable>,
}

impl Output {
    fn field(&mut self, at: usize, text: &str, row: usize, column: &str) {
        if at > 0 {
            self.bytes.push(b',');
        }
        let quote = text.contains(['"', ',', '\n', '\r', '\t', ';']);
        if quote {
            let doubled = text.replace('"', "\"\"");
            self.bytes.push(b'"');
            self.encode(&doubled, row, column);
            self.bytes.push(b'"');
        } else {
            self.encode(text, row, column);
        }
    }

    fn end_row(&mut self) {
        self.bytes.extend_from_slice(b"\r\n");
    }

    fn encode(&mut self, text: &str, row: usize, column: &str) {
        if self.options.encoding == CsvEncoding::Utf8Bom {
            self.bytes.extend_from_slice(text.as_bytes());
            return;
        }
        let text = windows_twins(text);
        let mut encoder = SHIFT_JIS.new_encoder();
        let mut rest: &str = &text;
        let mut buffer = [0u8; 1_024];
        loop {
            let (result, read, written) = encoder.encode_from_utf8_without_replacement(rest, &mut buffer, true);
            self.bytes.extend_from_slice(buffer.get(..written).unwrap_or_default());
            rest = rest.get(read..).unwrap_or_default();
            match result {
                EncoderResult::InputEmpty => return,
                EncoderResult::OutputFull => {}
                EncoderResult::Unmappable(_) if self.options.replace_unencodable => self.bytes.extend_from_slice(b"\x81\xAC"),
                EncoderResult::Unmappable(character) => {
                    self.unencodable.push(Unencodable { row, column: column.to_owned(), character })
                }
            }
        }
    }
}

/// Characters that exist twice in Unicode and once in CP932, under the other number.
fn windows_twins(text: &str) -> Cow<'_, str> {
    const TWINS: [(char, char); 9] =
        [('〜', '～'), ('−', '－'), ('—', '―'), ('‖', '∥'), ('¢', '￠'), ('£', '￡'), ('¬', '￢'), ('¥', '￥'), ('‾', '￣')];
    let twin = |c: char| TWINS.iter().find(|(from, _)| *from == c).map(|(_, to)| *to);
    if text.is_ascii() || !text.chars().any(|c| twin(c).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| twin(c).unwrap_or(c)).collect())
}
