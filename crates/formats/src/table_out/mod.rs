//! Writing tables that people work with and that read back unchanged through [`crate::sheet`].
//!
//! xlsx keeps the kinds of cells; text is written as text, so nothing needs escaping. In csv a text that Excel would compute gets one `'` in
//! front, which the reader takes away again: the round trip is lossless.

mod csv;
mod flat;
mod xlsx;

use std::fmt;

use mamori_kernel::lang::Lang;

pub use csv::{CsvEncoding, CsvOptions, Unencodable, csv};
pub use xlsx::{workbook, xlsx};

pub use crate::sheet::Cell;

/// What stands in a column; decides format, alignment and validation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum ColumnKind {
    /// Text, also codes with leading zeros.
    #[default]
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers with up to four decimals shown.
    Decimal,
    /// Days.
    Date,
    /// Whole yen.
    Yen,
    /// Shares; 0.5 is shown as 50%.
    Percent,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Column {
    /// Name of the column.
    pub heading: String,
    /// The heading above, shared with neighbours of the same group.
    pub group: Option<String>,
    /// Width in half-width characters; 0 measures the content.
    pub width: f64,
    /// What stands in it.
    pub kind: ColumnKind,
    /// The only values allowed, offered as a list in Excel.
    pub choices: Option<Vec<String>>,
}

impl Column {
    /// A column of a kind, with measured width.
    #[must_use]
    pub fn new(heading: impl Into<String>, kind: ColumnKind) -> Self {
        Self { heading: heading.into(), kind, ..Self::default() }
    }

    /// The same column under a shared heading.
    #[must_use]
    pub fn in_group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// The same column with a list of allowed values.
    #[must_use]
    pub fn with_choices<T: Into<String>>(mut self, choices: impl IntoIterator<Item = T>) -> Self {
        self.choices = Some(choices.into_iter().map(Into::into).collect());
        self
    }

    /// The same column with a width in half-width characters.
    #[must_use]
    pub fn wide(mut self, width: f64) -> Self {
        self.width = width;
        self
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Table {
    /// Title above the table; none where empty. Left out in csv.
    pub title: String,
    /// Name of the tab; characters Excel forbids are replaced, what is too long is cut, what is double is numbered.
    pub sheet_name: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; missing cells at the end of a row are blank, superfluous ones are an error.
    pub rows: Vec<Vec<Cell>>,
    /// Lines between title and heading. Left out in csv.
    pub notes: Vec<String>,
}

/// Why a table cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// More rows or columns than a sheet holds.
    TooLarge {
        /// The sheet.
        sheet: String,
    },
    /// A cell with more text than Excel allows (32,767 characters).
    CellTooLong {
        /// The sheet.
        sheet: String,
        /// Row of the table, from 1.
        row: usize,
        /// Heading of the column.
        column: String,
    },
    /// A row has more cells than the table has columns.
    ExtraCells {
        /// The sheet.
        sheet: String,
        /// Row of the table, from 1.
        row: usize,
    },
    /// Characters that CP932 does not have.
    Unencodable(Vec<Unencodable>),
    /// The writer refused; holds its words, English and technical.
    Failed(String),
}

impl WriteError {
    /// What happened, why, and what to do, in the reader's language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::TooLarge { sheet }, Lang::Ja) => {
                format!("「{sheet}」は行か列が多すぎてExcelに書き出せません。条件で絞り込んで書き出してください。")
            }
            (Self::TooLarge { sheet }, Lang::En) => {
                format!("“{sheet}” has more rows or columns than Excel holds. Filter it before exporting.")
            }
            (Self::CellTooLong { sheet, row, column }, Lang::Ja) => {
                format!(
                    "「{sheet}」の{row}件目、「{column}」が長すぎてExcelに書き出せません（上限 32,767文字）。CSVで書き出すか、文章を短くしてください。"
                )
            }
            (Self::CellTooLong { sheet, row, column }, Lang::En) => {
                format!(
                    "“{sheet}”, row {row}, “{column}” is too long for Excel (limit 32,767 characters). Export as CSV or shorten the text."
                )
            }
            (Self::ExtraCells { sheet, row }, Lang::Ja) => {
                format!("「{sheet}」の{row}件目に、列の数より多い値があります。管理者に連絡してください。")
            }
            (Self::ExtraCells { sheet, row }, Lang::En) => {
                format!("“{sheet}”, row {row} has more values than columns. Please tell the administrator.")
            }
            (Self::Unencodable(found), _) => unencodable_message(found, lang),
            (Self::Failed(detail), Lang::Ja) => format!("ファイルを作成できませんでした（{detail}）。管理者に連絡してください。"),
            (Self::Failed(detail), Lang::En) => format!("The file could not be made ({detail}). Please tell the administrator."),
        }
    }
}

fn unencodable_message(found: &[Unencodable], lang: Lang) -> String {
    let shown: Vec<String> = found
        .iter()
        .take(5)
        .map(|u| match (u.row, lang) {
            (0, Lang::Ja) => format!("見出し「{}」の「{}」", u.column, u.character),
            (0, Lang::En) => format!("“{}” in the heading “{}”", u.character, u.column),
            (row, Lang::Ja) => format!("{row}件目「{}」の「{}」", u.column, u.character),
            (row, Lang::En) => format!("“{}” in row {row}, “{}”", u.character, u.column),
        })
        .collect();
    let rest = found.len().saturating_sub(shown.len());
    match lang {
        Lang::Ja => {
            let more = if rest > 0 { format!(" ほか{rest}か所") } else { String::new() };
            format!(
                "Shift_JIS（CP932）にない文字があります: {}{more}。UTF-8で書き出すか、〓への置き換えを選んでください。",
                shown.join("、")
            )
        }
        Lang::En => {
            let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
            format!(
                "Some characters do not exist in Shift_JIS (CP932): {}{more}. Export as UTF-8, or choose to replace them by 〓.",
                shown.join(", ")
            )
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for WriteError {}

impl Table {
    /// Every row fits the columns.
    fn check_shape(&self) -> Result<(), WriteError> {
        match self.rows.iter().position(|row| row.len() > self.columns.len()) {
            Some(at) => Err(WriteError::ExtraCells { sheet: self.sheet_name.clone(), row: at + 1 }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
