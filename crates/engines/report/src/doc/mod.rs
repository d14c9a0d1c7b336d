//! The document model: what a report says, without a word on how it is drawn.

mod meta;
mod table;
mod visit;

use serde::Serialize;

pub use meta::{Meta, Revision, StampBox};
pub use table::{Align, Cell, Column, FontSize, HeaderCell, Table, Width};

use crate::tone::Tone;

/// A whole report.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Document {
    /// What stands on the cover, in the header, the footer and the file's properties.
    pub meta: Meta,
    /// A cover page with 文書番号, 版数, 作成日 and 承認欄; without it the same facts stand above the first block.
    pub cover: bool,
    /// A table of contents (headings down to level 2).
    pub toc: bool,
    /// Numbers before headings: 1, 1.1, 1.1.1.
    pub numbering: bool,
    /// How the sheet lies, for all blocks outside of [`Block::Landscape`].
    pub orientation: Orientation,
    /// The content in reading order.
    pub blocks: Vec<Block>,
}

/// How the sheet of A4 lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// 縦.
    #[default]
    Portrait,
    /// 横.
    Landscape,
}

/// One piece of content.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 (chapter) to 4.
        level: u8,
        /// Its words, without a number.
        text: String,
    },
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A list with dots.
    Bullets(Vec<Vec<Inline>>),
    /// A list with numbers.
    Numbered(Vec<Vec<Inline>>),
    /// Names and values in two columns.
    KeyValues(Vec<KeyValue>),
    /// A table; breaks over pages, its heading repeats.
    Table(Table),
    /// A picture, usually a chart.
    Figure(Figure),
    /// A box that stands out.
    Callout {
        /// What it wants to say.
        tone: Tone,
        /// One line in bold; may be empty.
        title: String,
        /// The text.
        text: Vec<Inline>,
    },
    /// A row of big numbers.
    Stats(Vec<Stat>),
    /// The next block starts on a new page.
    PageBreak,
    /// Blocks on sheets that lie across, such as a wide ledger. Starts and ends with a new page.
    Landscape(Vec<Block>),
    /// Blocks side by side.
    Columns(Vec<Panel>),
}

/// A run of text in one style. Line breaks (`\n`) are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Inline {
    /// The words.
    pub text: String,
    /// Bold.
    pub strong: bool,
    /// Coloured by meaning.
    pub tone: Option<Tone>,
}

/// A line of a [`Block::KeyValues`].
#[derive(Clone, Debug, Serialize)]
pub struct KeyValue {
    /// The name.
    pub key: String,
    /// The value.
    pub value: Vec<Inline>,
}

/// A big number with its name.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Stat {
    /// What is counted.
    pub label: String,
    /// The number with its unit, already formatted: `12件`, `98.5%`.
    pub value: String,
    /// A line below: comparison, source; may be empty.
    pub note: String,
    /// Colour of the number.
    pub tone: Tone,
}

/// A picture.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figure {
    /// The SVG source, self-contained: no links to files and no style sheet outside.
    pub svg: String,
    /// Width in percent of the text width, 1–100.
    pub width: u8,
    /// Words below it; may be empty (then it gets no number).
    pub caption: String,
    /// What a reader who cannot see it must know. Required.
    pub alt: String,
    /// The numbers behind the picture, printed below it.
    pub data_table: Option<Table>,
}

/// One of several columns of blocks.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Panel {
    /// Share of the width relative to the other panels; must be above 0.
    pub weight: f32,
    /// Its content. Page breaks and landscape sections cannot stand here.
    pub blocks: Vec<Block>,
}

impl Document {
    /// A document with a cover, contents and numbered headings.
    pub fn new(meta: Meta) -> Document {
        Document { meta, cover: true, toc: true, numbering: true, ..Document::default() }
    }

    /// Adds a block.
    pub fn push(&mut self, block: Block) -> &mut Document {
        self.blocks.push(block);
        self
    }

    /// All tables in reading order with the heading that they stand under, also those in panels, landscape sections and
    /// behind figures.
    pub fn tables(&self) -> Vec<(String, &Table)> {
        let mut found = Vec::new();
        collect_tables(&self.blocks, &mut String::new(), &mut found);
        found
    }
}

fn collect_tables<'a>(blocks: &'a [Block], heading: &mut String, found: &mut Vec<(String, &'a Table)>) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } => heading.clone_from(text),
            Block::Table(table) => found.push((heading.clone(), table)),
            Block::Figure(Figure { data_table: Some(table), caption, .. }) => {
                found.push((if caption.is_empty() { heading.clone() } else { caption.clone() }, table));
            }
            Block::Landscape(inner) => collect_tables(inner, heading, found),
            Block::Columns(panels) => {
                for panel in panels {
                    collect_tables(&panel.blocks, heading, found);
                }
            }
            _ => {}
        }
    }
}

impl Block {
    /// A heading of level 1 to 4.
    pub fn heading(level: u8, text: impl Into<String>) -> Block {
        Block::Heading { level, text: text.into() }
    }

    /// A plain paragraph.
    pub fn text(text: impl Into<String>) -> Block {
        Block::Paragraph(vec![Inline::plain(text)])
    }

    /// A box with plain text.
    pub fn callout(tone: Tone, title: impl Into<String>, text: impl Into<String>) -> Block {
        Block::Callout { tone, title: title.into(), text: vec![Inline::plain(text)] }
    }

    /// A list with dots from plain lines.
    pub fn bullets<T: Into<String>>(lines: impl IntoIterator<Item = T>) -> Block {
        Block::Bullets(lines.into_iter().map(|line| vec![Inline::plain(line)]).collect())
    }

    /// A list with numbers from plain lines.
    pub fn numbered<T: Into<String>>(lines: impl IntoIterator<Item = T>) -> Block {
        Block::Numbered(lines.into_iter().map(|line| vec![Inline::plain(line)]).collect())
    }

    /// Names and plain values.
    pub fn key_values<K: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Block {
        let line = |(key, value): (K, V)| KeyValue { key: key.into(), value: vec![Inline::plain(value)] };
        Block::KeyValues(pairs.into_iter().map(line).collect())
    }
}

impl Inline {
    /// Text as it is.
    pub fn plain(text: impl Into<String>) -> Inline {
        Inline { text: text.into(), ..Inline::default() }
    }

    /// Bold text.
    pub fn strong(text: impl Into<String>) -> Inline {
        Inline { text: text.into(), strong: true, tone: None }
    }

    /// Text coloured by meaning.
    pub fn toned(tone: Tone, text: impl Into<String>) -> Inline {
        Inline { text: text.into(), strong: false, tone: Some(tone) }
    }
}
