//! Tables: columns with widths, headings with groups, cells with a tone.

use serde::{Serialize, Serializer};

use crate::tone::{Colour, Tone};

/// A table. Every heading row and every row must fill all columns, colspans counted; [`crate::pdf::render`] checks it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    /// Words above the table; may be empty (then it gets no number).
    pub caption: String,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// Heading rows; two or more when columns are grouped.
    pub header: Vec<Vec<HeaderCell>>,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
    /// The heading rows come again on every page that the table runs over.
    pub repeat_header: bool,
    /// Size of its letters.
    pub size: FontSize,
}

/// A column's width and alignment.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Column {
    /// How wide it is.
    pub width: Width,
    /// How its cells are aligned; headings are centred.
    pub align: Align,
}

/// The width of a column.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Width {
    /// As wide as its content.
    Auto,
    /// A share of what is left, relative to the other weights; above 0.
    Weight(f32),
    /// Millimetres on paper; above 0.
    Millimetres(f32),
}

/// Horizontal alignment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Short marks such as 大・中・小 or ○.
    Centre,
    /// Numbers.
    Right,
}

/// Size of a table's letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FontSize {
    /// 9 pt, for tables that are read.
    #[default]
    Normal,
    /// 7.5 pt, for ledgers with many columns.
    Small,
}

/// A cell of a heading row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeaderCell {
    /// Its words.
    pub text: String,
    /// Columns that it covers, at least 1.
    pub colspan: u16,
    /// Heading rows that it covers, at least 1.
    pub rowspan: u16,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// Its words; `\n` breaks the line.
    pub text: String,
    /// Colours of a meaning for background and text.
    pub tone: Option<Tone>,
    /// A background of the company's own scale; wins over the tone. The text turns black or white to stay readable.
    #[serde(serialize_with = "with_text_colour")]
    pub fill: Option<Colour>,
    /// Bold, for sums and key values.
    pub bold: bool,
    /// Columns that it covers, at least 1.
    pub colspan: u16,
    /// Alignment when it differs from the column's.
    pub align: Option<Align>,
}

/// A background travels with the text colour that stays readable on it.
fn with_text_colour<S: Serializer>(fill: &Option<Colour>, serializer: S) -> Result<S::Ok, S::Error> {
    fill.map(|fill| [fill, fill.readable_text()]).serialize(serializer)
}

impl Table {
    /// A table with one plain heading row that repeats, from (heading, width, alignment).
    pub fn new<T: Into<String>>(columns: impl IntoIterator<Item = (T, Width, Align)>) -> Table {
        let mut table = Table { repeat_header: true, ..Table::default() };
        let mut heading = Vec::new();
        for (text, width, align) in columns {
            table.columns.push(Column { width, align });
            heading.push(HeaderCell::new(text));
        }
        table.header.push(heading);
        table
    }

    /// Sets the caption.
    #[must_use]
    pub fn captioned(mut self, caption: impl Into<String>) -> Table {
        self.caption = caption.into();
        self
    }

    /// Sets small letters.
    #[must_use]
    pub fn small(mut self) -> Table {
        self.size = FontSize::Small;
        self
    }

    /// Adds a row.
    pub fn row<T: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = T>) -> &mut Table {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }
}

impl HeaderCell {
    /// A heading over one column.
    pub fn new(text: impl Into<String>) -> HeaderCell {
        HeaderCell { text: text.into(), colspan: 1, rowspan: 1 }
    }

    /// A heading over several columns.
    pub fn group(text: impl Into<String>, colspan: u16) -> HeaderCell {
        HeaderCell { text: text.into(), colspan, rowspan: 1 }
    }

    /// A heading over one column that stands beside groups, over several heading rows.
    pub fn tall(text: impl Into<String>, rowspan: u16) -> HeaderCell {
        HeaderCell { text: text.into(), colspan: 1, rowspan }
    }
}

impl Cell {
    /// Plain text.
    pub fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), tone: None, fill: None, bold: false, colspan: 1, align: None }
    }

    /// Gives it a tone.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Cell {
        self.tone = Some(tone);
        self
    }

    /// Gives it a background.
    #[must_use]
    pub fn fill(mut self, fill: Colour) -> Cell {
        self.fill = Some(fill);
        self
    }

    /// Makes it bold.
    #[must_use]
    pub fn bold(mut self) -> Cell {
        self.bold = true;
        self
    }

    /// Lets it cover several columns.
    #[must_use]
    pub fn span(mut self, colspan: u16) -> Cell {
        self.colspan = colspan;
        self
    }

    /// Aligns it unlike its column.
    #[must_use]
    pub fn align(mut self, align: Align) -> Cell {
        self.align = Some(align);
        self
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Cell {
        Cell::new(text)
    }
}
