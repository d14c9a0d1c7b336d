//! The heat map: counts at the crossing of two scales, each cell in the tone of its judgement.

use super::{
    Chart, TextTable, palette,
    svg::{Svg, Type, i, px},
    text,
};
use crate::tone::Tone;

/// One crossing.
#[derive(Clone, Debug)]
pub struct HeatCell {
    /// How many rows are here.
    pub count: u64,
    /// The judgement of this place on the map; it stands whether or not something is here.
    pub tone: Tone,
    /// The small word under the number: the risk value, 大/中/小.
    pub note: String,
    /// The rows behind it.
    pub href: Option<String>,
}

/// A map: rows from top to bottom, columns from left to right.
#[derive(Clone, Debug)]
pub struct HeatMap<'a> {
    /// What it shows.
    pub title: &'a str,
    /// Name of the vertical scale.
    pub vertical: &'a str,
    /// Its steps from the top (put the worst first).
    pub row_labels: &'a [&'a str],
    /// Name of the horizontal scale.
    pub horizontal: &'a str,
    /// Its steps from the left.
    pub column_labels: &'a [&'a str],
    /// Cells row by row; a missing one is drawn blank.
    pub cells: &'a [Vec<HeatCell>],
}

const AXIS: f64 = 28.0;
const LABEL: f64 = 96.0;
const CELL: f64 = 64.0;
const GAP: f64 = 4.0;

/// Draws the map. The cell at row r, column c stands at x = 124 + c·(w+4), y = r·68, where w is 64 to 120 as the columns allow.
pub fn heat_map(map: &HeatMap<'_>) -> Chart {
    let columns = map.column_labels.len().max(1);
    let rows = map.row_labels.len();
    let cell_width = (420.0 / i(columns) - GAP).clamp(CELL, 120.0);
    let left = AXIS + LABEL;
    let width = left + i(columns) * (cell_width + GAP);
    let grid = i(rows) * (CELL + GAP);
    let height = grid + 68.0;
    let mut svg = Svg::new(width, height);
    svg.upright(14.0, grid / 2.0, Type::new(14.0).bold().colour(palette::MUTED), &text::fit(map.vertical, grid, 14.0));
    for (r, label) in map.row_labels.iter().enumerate() {
        let top = i(r) * (CELL + GAP);
        label_lines(&mut svg, label, LABEL - 12.0, left - 12.0, top + CELL / 2.0, true);
        for c in 0..map.column_labels.len() {
            let x = left + i(c) * (cell_width + GAP);
            match map.cells.get(r).and_then(|row| row.get(c)) {
                Some(cell) => draw(&mut svg, cell, (x, top, cell_width), label, map.column_labels.get(c).copied().unwrap_or("")),
                None => svg.rect(x, top, cell_width, CELL, 6.0, palette::TRACK),
            }
        }
    }
    for (c, label) in map.column_labels.iter().enumerate() {
        let x = left + i(c) * (cell_width + GAP) + cell_width / 2.0;
        label_lines(&mut svg, label, cell_width, x, grid + 16.0, false);
    }
    svg.text(
        left + (width - left - GAP) / 2.0,
        height - 8.0,
        Type::new(14.0).bold().colour(palette::MUTED).middle(),
        map.horizontal,
    );
    let head = std::iter::once(format!("{} \\ {}", map.vertical, map.horizontal))
        .chain(map.column_labels.iter().map(|label| (*label).to_owned()))
        .collect();
    let row = |(label, cells): (&&str, &Vec<HeatCell>)| {
        std::iter::once((*label).to_owned()).chain(cells.iter().map(|cell| format!("{} ({})", cell.count, cell.note))).collect()
    };
    Chart {
        svg: svg.finish(map.title, &format!("{} × {}", map.vertical, map.horizontal)),
        width: px(width),
        height: px(height),
        table: TextTable { caption: map.title.into(), head, rows: map.row_labels.iter().zip(map.cells).map(row).collect() },
    }
}

fn draw(svg: &mut Svg, cell: &HeatCell, (x, y, width): (f64, f64, f64), row: &str, column: &str) {
    let paint = palette::paint(cell.tone);
    let name = format!("{row} × {column}: {} ({})", cell.count, cell.note);
    let href = cell.href.as_deref().filter(|_| cell.count > 0);
    svg.link_start(href, &name);
    svg.rect(x, y, width, CELL, 6.0, paint.soft);
    let middle = x + width / 2.0;
    // An empty place keeps its colour but not its number: the eye goes to what is there.
    if cell.count > 0 {
        svg.text(middle, y + 33.0, Type::new(22.0).bold().colour(paint.ink).middle(), &cell.count.to_string());
        svg.text(middle, y + 52.0, Type::new(13.0).colour(paint.ink).middle(), &text::fit(&cell.note, width - 8.0, 13.0));
    } else {
        svg.text(middle, y + 37.0, Type::new(13.0).colour(paint.ink).middle(), &text::fit(&cell.note, width - 8.0, 13.0));
    }
    svg.link_end(href);
}

/// One or two lines around a middle; `end` stands right, otherwise centred.
fn label_lines(svg: &mut Svg, label: &str, room: f64, x: f64, middle: f64, end: bool) {
    let lines = text::wrap(label, room, 14.0, 2);
    let look = if end { Type::new(14.0).end() } else { Type::new(14.0).middle() };
    let first = if end { middle + 5.0 - (i(lines.len()) - 1.0) * 8.0 } else { middle };
    for (number, line) in lines.iter().enumerate() {
        svg.text(x, first + i(number) * 16.0, look, line);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;

    fn cell(count: u64, tone: Tone, note: &str) -> HeatCell {
        HeatCell { count, tone, note: note.into(), href: Some("/risks?cell=1".into()) }
    }

    #[test]
    fn cells_stand_on_a_grid_in_their_tone() {
        let cells = vec![vec![cell(0, Tone::Success, "小"), cell(4, Tone::Danger, "大")], vec![cell(1, Tone::Success, "小")]];
        let chart = heat_map(&HeatMap {
            title: "リスクの分布",
            vertical: "重要度",
            row_labels: &["2", "1"],
            horizontal: "被害発生可能性",
            column_labels: &["低", "高"],
            cells: &cells,
        });
        assert!(
            chart.svg.contains("<rect x=\"248\" y=\"0\" width=\"120\" height=\"64\" rx=\"6\" fill=\"#ffbbbb\"/>"),
            "{}",
            chart.svg
        );
        assert!(chart.svg.contains("<rect x=\"124\" y=\"68\" width=\"120\" height=\"64\" rx=\"6\" fill=\"#c2e5d1\"/>"));
        assert!(
            chart.svg.contains("<rect x=\"248\" y=\"68\" width=\"120\" height=\"64\" rx=\"6\" fill=\"#e6e6e6\"/>"),
            "a missing cell is blank"
        );
        assert!(chart.svg.contains("<title>2 × 高: 4 (大)</title>"));
        assert_eq!(chart.svg.matches("<a ").count(), 2, "an empty cell leads nowhere");
        assert_eq!(chart.table.rows[0], ["2", "0 (小)", "4 (大)"]);
        assert_eq!((chart.width, chart.height), (372, 204));
    }
}
