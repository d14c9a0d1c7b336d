//! Tables: grouped headings that repeat on every page, tones and fills, widths in twentieths of a point.

use super::xml::{self, Look, aligned, border, paragraph, shade};
use crate::doc::{Align, Cell, FontSize, Table, Width};
use crate::tone::{Colour, Tone};
use crate::words::Labels;

/// Lines between cells.
const LINE: Colour = Colour(0xcc_cccc);

/// Twentieths of a point in a millimetre.
const MILLIMETRE: f32 = 56.693;

/// Letters of the widest line that still make a column wider when it takes its width from its content.
const WIDEST: usize = 30;

/// A cell as the grid knows it.
#[derive(Clone, Debug, Default)]
pub(super) struct GridCell {
    /// Paragraphs and tables in it; must end with a paragraph.
    pub content: String,
    /// Columns that it covers.
    pub span: usize,
    /// Background.
    pub fill: Option<Colour>,
    /// Begins (`true`) or continues (`false`) a cell over several rows.
    pub merge: Option<bool>,
    /// Borders of its own, in schema order.
    pub borders: String,
}

impl GridCell {
    /// A cell over one column.
    pub(super) fn new(content: String) -> GridCell {
        GridCell { content, span: 1, ..GridCell::default() }
    }
}

/// Whether a table shows its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// Around every cell.
    All,
    /// Below every row.
    Below,
    /// None.
    None,
}

/// One row of the grid.
#[derive(Clone, Debug, Default)]
pub(super) struct GridRow {
    /// Its cells.
    pub cells: Vec<GridCell>,
    /// Comes again on every page.
    pub heading: bool,
}

/// A table with fixed column widths.
pub(super) fn grid(widths: &[u32], rows: &[GridRow], lines: Lines, right: bool) -> String {
    let sides: &[&str] = match lines {
        Lines::All => &["top", "left", "bottom", "right", "insideH", "insideV"],
        Lines::Below => &["top", "bottom", "insideH"],
        Lines::None => &[],
    };
    let borders: String = sides.iter().map(|side| border(side, 4, LINE)).collect();
    let borders = if borders.is_empty() { borders } else { format!("<w:tblBorders>{borders}</w:tblBorders>") };
    let place = if right { "<w:jc w:val=\"right\"/>" } else { "" };
    let total: u32 = widths.iter().sum();
    let columns: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let rows: String = rows.iter().map(|row| written(row, widths)).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{total}\" w:type=\"dxa\"/>{place}{borders}<w:tblLayout w:type=\"fixed\"/></w:tblPr>\
         <w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )
}

fn written(row: &GridRow, widths: &[u32]) -> String {
    let mut column = 0;
    let mut cells = String::new();
    for cell in &row.cells {
        let width: u32 = widths.iter().skip(column).take(cell.span).sum();
        column += cell.span;
        let mut properties = format!("<w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
        if cell.span > 1 {
            properties.push_str(&format!("<w:gridSpan w:val=\"{}\"/>", cell.span));
        }
        match cell.merge {
            Some(true) => properties.push_str("<w:vMerge w:val=\"restart\"/>"),
            Some(false) => properties.push_str("<w:vMerge/>"),
            None => {}
        }
        if !cell.borders.is_empty() {
            properties.push_str(&format!("<w:tcBorders>{}</w:tcBorders>", cell.borders));
        }
        properties.push_str(&cell.fill.map(shade).unwrap_or_default());
        properties.push_str("<w:vAlign w:val=\"center\"/>");
        cells.push_str(&format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", cell.content));
    }
    let heading = if row.heading { "<w:tblHeader/>" } else { "" };
    format!("<w:tr><w:trPr><w:cantSplit/>{heading}</w:trPr>{cells}</w:tr>")
}

/// A table of the document with its caption, and the paragraph that Word needs between two tables.
pub(super) fn table(table: &Table, number: Option<usize>, room: u32, labels: &Labels) -> String {
    let style = match table.size {
        FontSize::Normal => "TableText",
        FontSize::Small => "TableSmall",
    };
    let mut written = String::new();
    if let Some(number) = number {
        let words = format!("{}{number}\u{3000}{}", labels.table, table.caption);
        written.push_str(&paragraph("Caption", "", &xml::run(&words, Look { bold: true, ..Look::default() })));
    }
    if table.columns.is_empty() {
        return written;
    }
    let mut rows = heading(table, style);
    for row in &table.rows {
        rows.push(ordinary(table, row, style));
    }
    if table.rows.is_empty() {
        let empty = paragraph(style, "", &xml::run(labels.empty, Look::default()));
        rows.push(GridRow { cells: vec![GridCell { span: table.columns.len(), ..GridCell::new(empty) }], heading: false });
    }
    written.push_str(&grid(&widths(table, room), &rows, Lines::All, false));
    written.push_str(&paragraph("TableText", "", ""));
    written
}

fn heading(table: &Table, style: &str) -> Vec<GridRow> {
    let look = Look { bold: true, ..Look::default() };
    let cell = |text: &str| {
        let content = paragraph(style, aligned(Align::Centre), &xml::run(text, look));
        GridCell { fill: Some(Tone::Info.palette().fill), ..GridCell::new(content) }
    };
    // For each column: how many rows a cell from above still reaches down, and how many columns it covers.
    let mut reaching: Vec<(u16, u16)> = vec![(0, 1); table.columns.len()];
    let mut rows = Vec::new();
    for row in &table.header {
        let mut own = row.iter();
        let mut cells = Vec::new();
        let mut column = 0;
        while column < table.columns.len() {
            let (rest, span) = reaching.get(column).copied().unwrap_or((0, 1));
            if rest > 0 {
                let span = usize::from(span);
                cells.push(GridCell { span, merge: Some(false), ..cell("") });
                if let Some(place) = reaching.get_mut(column) {
                    place.0 = rest - 1;
                }
                column += span;
                continue;
            }
            let Some(one) = own.next() else { break };
            let merge = (one.rowspan > 1).then_some(true);
            cells.push(GridCell { span: usize::from(one.colspan), merge, ..cell(&one.text) });
            if let Some(place) = reaching.get_mut(column) {
                *place = (one.rowspan.saturating_sub(1), one.colspan);
            }
            column += usize::from(one.colspan);
        }
        rows.push(GridRow { cells, heading: table.repeat_header });
    }
    rows
}

fn ordinary(table: &Table, row: &[Cell], style: &str) -> GridRow {
    let mut column = 0;
    let mut cells = Vec::new();
    for one in row {
        let align = one.align.or_else(|| table.columns.get(column).map(|own| own.align)).unwrap_or_default();
        column += usize::from(one.colspan);
        let colours = one
            .fill
            .map(|fill| (fill, fill.readable_text()))
            .or_else(|| one.tone.map(|tone| (tone.palette().fill, tone.palette().text)));
        let look = Look { bold: one.bold, colour: colours.map(|(_, text)| text), size: None };
        let content = paragraph(style, aligned(align), &xml::run(&one.text, look));
        cells.push(GridCell { span: usize::from(one.colspan), fill: colours.map(|(fill, _)| fill), ..GridCell::new(content) });
    }
    GridRow { cells, heading: false }
}

/// Widths that fill the room: millimetres first, the rest by weight; a column that asks for its content's width weighs its longest line.
fn widths(table: &Table, room: u32) -> Vec<u32> {
    let room = room as f32;
    let fixed = |width: Width| match width {
        Width::Millimetres(value) => Some(value * MILLIMETRE),
        Width::Auto | Width::Weight(_) => None,
    };
    let taken: f32 = table.columns.iter().filter_map(|column| fixed(column.width)).sum();
    let weights: Vec<f32> = table
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| match column.width {
            Width::Weight(weight) => weight,
            Width::Auto => longest(table, index) as f32 / 10.0,
            Width::Millimetres(_) => 0.0,
        })
        .collect();
    let sum: f32 = weights.iter().sum();
    // Millimetres that do not fit shrink; a fifth of the room stays for the others.
    let share = if sum > 0.0 { 0.8 } else { 1.0 };
    let scale = if taken > room * share { room * share / taken } else { 1.0 };
    let left = (room - taken * scale).max(0.0);
    table
        .columns
        .iter()
        .zip(&weights)
        .map(|(column, weight)| {
            let width =
                fixed(column.width).map_or_else(|| if sum > 0.0 { left * weight / sum } else { 0.0 }, |value| value * scale);
            width.round().clamp(1.0, room.max(1.0)) as u32
        })
        .collect()
}

/// Letters of the longest line in a column, between 2 and [`WIDEST`]; wide letters count twice.
fn longest(table: &Table, index: usize) -> usize {
    let length = |text: &str| {
        let line = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        text.lines().map(line).max().unwrap_or_default()
    };
    let head =
        table.header.iter().filter_map(|row| row.get(index)).filter(|cell| cell.colspan == 1).map(|cell| length(&cell.text));
    let rows = table.rows.iter().take(300).filter_map(|row| row.get(index)).filter(|cell| cell.colspan == 1);
    head.chain(rows.map(|cell| length(&cell.text))).max().unwrap_or_default().clamp(2, WIDEST)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::doc::HeaderCell;

    #[test]
    fn widths_fill_the_room_and_never_overflow_it() {
        let mut one = Table::new([
            ("a", Width::Millimetres(20.0), Align::Left),
            ("b", Width::Weight(1.0), Align::Left),
            ("c", Width::Auto, Align::Left),
        ]);
        one.row(["1", "2", "とても長い説明の文章がここに入る"]);
        let found = widths(&one, 9_638);
        assert_eq!(found[0], 1_134);
        assert!((9_636..=9_640).contains(&found.iter().sum::<u32>()) && found[2] > found[1], "{found:?}");
        let wide = Table::new([("a", Width::Millimetres(900.0), Align::Left), ("b", Width::Weight(1.0), Align::Left)]);
        assert_eq!(widths(&wide, 1_000), [800, 200]);
    }

    #[test]
    fn tall_headings_reach_down() {
        let mut one =
            Table::new([("a", Width::Auto, Align::Left), ("b", Width::Auto, Align::Left), ("c", Width::Auto, Align::Left)]);
        one.header = vec![
            vec![HeaderCell::tall("No.", 2), HeaderCell::group("評価", 2)],
            vec![HeaderCell::new("機密性"), HeaderCell::new("完全性")],
        ];
        let rows = heading(&one, "TableText");
        let shape: Vec<Vec<(usize, Option<bool>)>> =
            rows.iter().map(|row| row.cells.iter().map(|cell| (cell.span, cell.merge)).collect()).collect();
        assert_eq!(shape, [vec![(1, Some(true)), (2, None)], vec![(1, Some(false)), (1, None), (1, None)]]);
        assert!(rows.iter().all(|row| row.heading));
    }
}
