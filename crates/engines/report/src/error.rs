//! What can go wrong while a report is made: where, why, and what to do.

use std::fmt;

use mamori_kernel::error::Error;
use mamori_kernel::lang::Words;

/// Why a document could not be rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenderError {
    /// The document has no title; a PDF needs one (header, window, file properties).
    NoTitle,
    /// A heading's level is not 1 to 4.
    HeadingLevel {
        /// The heading's words.
        heading: String,
        /// The level given.
        level: u8,
    },
    /// A row of a table does not fill its columns exactly.
    TableShape {
        /// The table's caption, or its number in the document as `#3`.
        table: String,
        /// A heading row, not an ordinary one.
        heading: bool,
        /// The row's number from 1.
        row: usize,
        /// Columns of the table.
        expected: usize,
        /// Columns that the row fills.
        found: usize,
    },
    /// A column width, panel weight or picture width is out of range.
    Size {
        /// What it belongs to.
        place: Words,
        /// The value given.
        value: String,
    },
    /// A picture cannot be drawn.
    Picture {
        /// Its caption or number.
        figure: String,
        /// What is wrong in the SVG.
        reason: String,
    },
    /// A picture has no text for readers who cannot see it.
    NoAlt {
        /// Its caption or number.
        figure: String,
    },
    /// A page break or a landscape section stands inside of side-by-side panels or another landscape section.
    Nested {
        /// The block in question.
        block: Words,
    },
    /// A fault of the program: the typesetter refused our own template. For the log.
    Typesetter(String),
    /// A fault of the program: the workbook could not be written. For the log.
    Workbook(String),
    /// A fault of the program: the Word file could not be written. For the log.
    Letter(String),
}

impl RenderError {
    /// The sentence for the reader, in both languages.
    pub fn words(&self) -> Words {
        match self {
            RenderError::NoTitle => {
                Words::new("帳票に表題がありません。表題を入力してください。", "The report has no title. Please give it one.")
            }
            RenderError::HeadingLevel { heading, level } => Words::owned(
                format!("見出し「{heading}」の階層が{level}です。1から4までにしてください。"),
                format!("The heading “{heading}” has level {level}. Use 1 to 4."),
            ),
            RenderError::TableShape { table, heading, row, expected, found } => {
                let (kind_ja, kind_en) = if *heading { ("見出し行", "heading row") } else { ("行", "row") };
                Words::owned(
                    format!("表「{table}」の{kind_ja}{row}は{found}列分あります。列の数{expected}に合わせてください。"),
                    format!("In table “{table}”, {kind_en} {row} fills {found} column(s) instead of {expected}."),
                )
            }
            RenderError::Size { place, value } => Words::owned(
                format!("{}の値「{value}」は使えません。0より大きい値（図の幅は1から100%）にしてください。", place.ja),
                format!("The value “{value}” of {} is out of range. Use one above 0 (for pictures 1 to 100%).", place.en),
            ),
            RenderError::Picture { figure, reason } => Words::owned(
                format!("図「{figure}」を描けません（{reason}）。SVGの内容を確認してください。"),
                format!("The picture “{figure}” cannot be drawn ({reason}). Check its SVG."),
            ),
            RenderError::NoAlt { figure } => Words::owned(
                format!("図「{figure}」に代替テキストがありません。図が示すことを一文で書いてください。"),
                format!("The picture “{figure}” has no alternative text. Say in one sentence what it shows."),
            ),
            RenderError::Nested { block } => Words::owned(
                format!("段組みや横向きの区間の中に「{}」は置けません。外側に移してください。", block.ja),
                format!("A {} cannot stand inside columns or a landscape section. Move it outside.", block.en),
            ),
            RenderError::Typesetter(_) | RenderError::Workbook(_) | RenderError::Letter(_) => {
                Error::Internal(String::new()).words()
            }
        }
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RenderError::Typesetter(detail) => write!(f, "typesetter: {detail}"),
            RenderError::Workbook(detail) => write!(f, "workbook: {detail}"),
            RenderError::Letter(detail) => write!(f, "word file: {detail}"),
            other => f.write_str(&other.words().en),
        }
    }
}

impl std::error::Error for RenderError {}

impl From<RenderError> for Error {
    fn from(error: RenderError) -> Error {
        match error {
            RenderError::Typesetter(_) | RenderError::Workbook(_) | RenderError::Letter(_) => Error::Internal(error.to_string()),
            other => Error::Refused(other.words()),
        }
    }
}
