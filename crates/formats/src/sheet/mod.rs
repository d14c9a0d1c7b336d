//! Reading spreadsheets: xlsx, xlsm, xls, csv and tsv, told apart by their content, never by the name of the file.
//!
//! The input is hostile until proven otherwise: sizes are checked before anything is unpacked, limits hold while cells are read, and a defect in
//! the parser ends in [`ReadError::Damaged`], not in a crash.

mod biff;
mod build;
mod cell;
mod delimited;
mod detect;
mod encoding;
mod error;
mod ole;
mod xls;
mod xlsx;
mod zip_guard;

pub use cell::{Cell, cell_name, column_name};
pub(crate) use delimited::FORMULA_STARTS;
pub use encoding::TextEncoding;
pub use error::{LooksLike, ReadError};

/// What a file may contain at most. The defaults fit every ledger of a company and keep memory below a few hundred megabytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file in bytes; 50 MB.
    pub file_bytes: u64,
    /// Size of the unpacked parts of an xlsx in bytes; 300 MB.
    pub unpacked_bytes: u64,
    /// How many times larger than packed an unpacked part above 10 MB may be; 200. Real workbooks stay below 60.
    pub unpack_ratio: u64,
    /// Rows with content, per sheet; 200,000.
    pub rows: usize,
    /// Rightmost column with content; 500.
    pub columns: usize,
    /// Cells of the whole workbook, blank ones between used ones included; 5,000,000.
    pub cells: usize,
    /// Characters of one cell; 10,000.
    pub cell_chars: usize,
    /// Text of the whole workbook in bytes; 200 MB. A small file may name one long text a million times.
    pub text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 50_000_000,
            unpacked_bytes: 300_000_000,
            unpack_ratio: 200,
            rows: 200_000,
            columns: 500,
            cells: 5_000_000,
            cell_chars: 10_000,
            text_bytes: 200_000_000,
        }
    }
}

/// Choices of the person who imports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The encoding of a csv or tsv; `None` finds it out. Without meaning for workbooks.
    pub encoding: Option<TextEncoding>,
}

/// The format a file was found to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Excel since 2007, with or without macros (which are never run).
    Xlsx,
    /// Excel 97–2003.
    Xls,
    /// Text with commas or semicolons.
    Csv,
    /// Text with tabulators.
    Tsv,
}

/// A spreadsheet in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    /// The worksheets in their order; never empty. Charts and macros are left out.
    pub sheets: Vec<Sheet>,
    /// The format of the file.
    pub kind: Kind,
    /// The encoding a csv or tsv was read with; `None` for workbooks.
    pub encoding: Option<TextEncoding>,
}

/// One worksheet.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sheet {
    /// Name on the tab; for csv the file name without extension.
    pub name: String,
    /// Whether the tab is hidden in Excel.
    pub hidden: bool,
    /// The rows from the first to the last used one; blank rows between are empty. Index 0 of a row is always column A; a row ends with its
    /// last used cell.
    ///
    /// A cell merged over several rows stands in each of them (leftmost column only).
    pub rows: Vec<Vec<Cell>>,
    /// Excel's number (from 1) of `rows[0]`.
    pub first_row: usize,
    /// The merged regions.
    pub merges: Vec<Merge>,
}

/// A merged region, in indices of [`Sheet::rows`] and columns from 0; both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// First row.
    pub top: usize,
    /// Last row.
    pub bottom: usize,
    /// First column.
    pub left: usize,
    /// Last column.
    pub right: usize,
}

impl Sheet {
    /// The cell of a row index and a column, [`Cell::Empty`] beyond the edges.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&Cell::Empty)
    }

    /// What a person sees at that place, as [`Cell::text`]; a merged region shows its value everywhere.
    #[must_use]
    pub fn shown(&self, row: usize, column: usize) -> String {
        let merge = self.merges.iter().find(|m| (m.top..=m.bottom).contains(&row) && (m.left..=m.right).contains(&column));
        match merge {
            Some(merge) => self.cell(merge.top, merge.left).text(),
            None => self.cell(row, column).text(),
        }
    }

    /// Excel's row number (from 1) of an index into [`Sheet::rows`].
    #[must_use]
    pub fn excel_row(&self, row: usize) -> usize {
        self.first_row + row
    }

    /// Number of columns up to the rightmost used one.
    #[must_use]
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Whether a row has no content at all.
    #[must_use]
    pub fn is_blank_row(&self, row: usize) -> bool {
        self.rows.get(row).is_none_or(|cells| cells.iter().all(|cell| *cell == Cell::Empty))
    }
}

/// Reads a spreadsheet with [`ReadOptions`] at their defaults.
///
/// # Errors
/// See [`ReadError`]; every error explains itself in both languages.
pub fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Workbook, ReadError> {
    read_with(bytes, file_name, limits, ReadOptions::default())
}

/// Reads a spreadsheet. `file_name` names the sheet of a csv; it never decides the format.
///
/// # Errors
/// See [`ReadError`]; every error explains itself in both languages.
pub fn read_with(bytes: &[u8], file_name: &str, limits: &Limits, options: ReadOptions) -> Result<Workbook, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::EmptyFile);
    }
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limits.file_bytes {
        return Err(ReadError::TooLarge { limit: limits.file_bytes });
    }
    let content = detect::detect(bytes)?;
    let work = || match content {
        detect::Content::Xlsx => xlsx::read(bytes, limits),
        detect::Content::Xls => xls::read(bytes, limits),
        detect::Content::Text => delimited::read(bytes, file_name, limits, options),
    };
    // The parsers of binary formats have arithmetic that malformed input can make panic; nothing of their state survives, so unwinding is safe.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(ReadError::Damaged { detail: "parser stopped".to_owned() }))
}

#[cfg(test)]
mod tests;
