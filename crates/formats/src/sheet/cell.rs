//! One cell.

use jiff::civil::{Date, DateTime};

/// The value of a cell; for a formula its last computed value.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Nothing, or only blanks.
    #[default]
    Empty,
    /// Text, exactly as written; line breaks are `\n`.
    Text(String),
    /// A number.
    Number(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// A day.
    Date(Date),
    /// A day with a time of day.
    DateTime(DateTime),
    /// An Excel error such as `#REF!`.
    Error(String),
}

impl Cell {
    /// Text, or [`Cell::Empty`] where it is blank.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = text.into();
        if mamori_kernel::text::is_blank(&text) { Self::Empty } else { Self::Text(text) }
    }

    /// What a person reads: `1` (never `1.0`), `2026-11-20`, `2026-11-20 14:05`, `TRUE`, text as it is.
    ///
    /// Numbers are shown with the 15 digits Excel shows, so 0.1+0.2 is `0.3`.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => text.clone(),
            Self::Number(number) => number_text(*number),
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
            Self::Date(date) => date.to_string(),
            Self::DateTime(moment) if moment.second() == 0 => {
                format!("{} {:02}:{:02}", moment.date(), moment.hour(), moment.minute())
            }
            Self::DateTime(moment) => {
                format!("{} {:02}:{:02}:{:02}", moment.date(), moment.hour(), moment.minute(), moment.second())
            }
        }
    }

    /// Whether nothing stands there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}

fn number_text(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // Negative zero is zero to every reader.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// Excel's letters of a column counted from 0: 0 → `A`, 27 → `AB`.
#[must_use]
pub fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Excel's name of a cell; the row counts from 1, the column from 0: (5, 2) → `C5`.
#[must_use]
pub fn cell_name(excel_row: usize, column: usize) -> String {
    format!("{}{excel_row}", column_name(column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn shown_as_in_excel() {
        assert_eq!(Cell::Number(1.0).text(), "1");
        assert_eq!(Cell::Number(0.1 + 0.2).text(), "0.3");
        assert_eq!(Cell::Number(-0.0).text(), "0");
        assert_eq!(Cell::Number(1_234_567_890_123.0).text(), "1234567890123");
        assert_eq!(Cell::Text("007".to_owned()).text(), "007");
        assert_eq!(Cell::Date(date(2026, 11, 20)).text(), "2026-11-20");
        assert_eq!(Cell::DateTime(date(2026, 11, 20).at(14, 5, 0, 0)).text(), "2026-11-20 14:05");
        assert_eq!(Cell::from_text("　\n"), Cell::Empty);
    }

    #[test]
    fn names() {
        assert_eq!(column_name(0), "A");
        assert_eq!(column_name(25), "Z");
        assert_eq!(column_name(26), "AA");
        assert_eq!(column_name(16_383), "XFD");
        assert_eq!(cell_name(5, 2), "C5");
    }
}
