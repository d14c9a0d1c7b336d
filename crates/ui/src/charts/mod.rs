//! Charts: pure functions from numbers to an SVG, the same picture on a page and in a PDF, with its numbers as a table beside it.
//!
//! Colours are explicit attributes (a PDF knows no style sheet) and come only from [`palette`]; the style sheet maps exactly those
//! values to the dark theme.

mod bars;
mod columns;
mod donut;
mod heat_map;
mod line;
mod organisation;
pub mod palette;
mod ring;
mod stacked;
mod svg;
pub mod text;

use mamori_kernel::lang::Lang;

pub use bars::{Bar, bars};
pub use columns::{ColumnOf, columns};
pub use donut::{Part, donut};
pub use heat_map::{HeatCell, HeatMap, heat_map};
pub use line::{Series, line, line_marked, sparkline};
pub use organisation::{OrganisationBox, organisation};
pub use ring::ring;
pub use stacked::{StackedRow, stacked};

use crate::html::{Html, el};

/// A drawn chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The picture, a complete SVG document of its own.
    pub svg: String,
    /// Width in SVG units (CSS pixels at full size).
    pub width: u32,
    /// Height in SVG units.
    pub height: u32,
    /// The same as text.
    pub table: TextTable,
}

/// The numbers of a chart, for people who do not see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextTable {
    /// What the table is about.
    pub caption: String,
    /// Column names.
    pub head: Vec<String>,
    /// Rows; the first cell names the row.
    pub rows: Vec<Vec<String>>,
}

impl Chart {
    /// The chart on a page: picture, and its numbers to unfold.
    pub fn figure(&self, lang: Lang) -> Html {
        let word = match lang {
            Lang::Ja => "数値を表で見る",
            Lang::En => "Show the numbers as a table",
        };
        let numbers = el("details").class("chart-numbers").add(el("summary").text(word)).add(self.table.html());
        el("figure").class("chart").add(self.picture()).add(numbers).html()
    }

    /// The picture alone, for a place where the numbers already stand beside it.
    pub fn picture(&self) -> Html {
        Html::raw(&self.svg)
    }
}

/// A value with its unit as people write it: 15件, 86%, 15 risks.
fn with_unit(value: u64, unit: &str) -> String {
    let space = if unit.starts_with(|first: char| first.is_ascii_alphabetic()) { " " } else { "" };
    format!("{}{space}{unit}", crate::components::thousands(value))
}

impl TextTable {
    /// The table as markup.
    pub fn html(&self) -> Html {
        let head = el("tr").each(self.head.iter().map(|name| el("th").attr("scope", "col").text(name)));
        let rows = self.rows.iter().map(|row| {
            el("tr").each(row.iter().enumerate().map(|(index, cell)| {
                if index == 0 { el("th").attr("scope", "row").text(cell) } else { el("td").class("num").text(cell) }
            }))
        });
        el("table")
            .class("table table-compact table-plain")
            .add(el("caption").class("sr").text(&self.caption))
            .add(el("thead").add(head))
            .add(el("tbody").each(rows))
            .html()
    }
}
