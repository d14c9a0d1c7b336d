//! Amounts over years, divided by kind: each column is as high as its sum.

use super::{
    Chart, TextTable, line, palette,
    svg::{Svg, Type, f, i, n, px},
    text,
};
use crate::components::thousands;

/// A column: its name and a value for each part of the legend.
#[derive(Clone, Debug)]
pub struct ColumnOf {
    /// Its name, such as a year.
    pub label: String,
    /// Values in the order of the legend.
    pub values: Vec<u64>,
}

impl ColumnOf {
    /// A column.
    pub fn new(label: impl Into<String>, values: Vec<u64>) -> Self {
        Self { label: label.into(), values }
    }
}

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 412.0;
const TOP: f64 = 48.0;
const BOTTOM: f64 = 226.0;
/// The widest column; few years must not become walls.
const WIDEST: f64 = 56.0;

/// Columns from zero with a round value axis. `unit` stands above the axis, `name` heads the column of names in the table.
pub fn columns(title: &str, name: &str, unit: &str, legend: &[&str], columns: &[ColumnOf]) -> Chart {
    let sum = |column: &ColumnOf| column.values.iter().fold(0_u64, |sum, value| sum.saturating_add(*value));
    let (top, step) = line::scale(columns.iter().map(sum).max().unwrap_or(0));
    let y = |value: u64| BOTTOM - (BOTTOM - TOP) * f(value) / f(top);
    let mut svg = Svg::new(WIDTH, HEIGHT);
    svg.text(LEFT - 8.0, TOP - 12.0, Type::new(12.0).colour(palette::MUTED).end(), unit);
    for mark in (0..=top / step.max(1)).map(|count| count.saturating_mul(step)) {
        let colour = if mark == 0 { palette::LINE } else { palette::TRACK };
        svg.stroke(&format!("M{} {} H{}", n(LEFT), n(y(mark)), n(RIGHT)), colour, 1.0);
        svg.text(LEFT - 8.0, y(mark) + 4.0, Type::new(12.0).colour(palette::MUTED).end(), &thousands(mark));
    }
    let colour = |index: usize| palette::SERIES.get(index % palette::SERIES.len()).copied().unwrap_or(palette::MUTED);
    let mut x = LEFT;
    for (index, part) in legend.iter().enumerate() {
        svg.rect(x, 6.0, 12.0, 12.0, 2.0, colour(index));
        svg.text(x + 18.0, 17.0, Type::new(13.0).colour(palette::MUTED), part);
        x += 18.0 + text::width(part, 13.0) + 16.0;
    }
    let room = (RIGHT - LEFT) / i(columns.len().max(1));
    let wide = (room * 0.6).min(WIDEST);
    for (index, column) in columns.iter().enumerate() {
        let middle = LEFT + room * (i(index) + 0.5);
        let mut below = 0_u64;
        for (part, value) in column.values.iter().enumerate() {
            let above = below.saturating_add(*value);
            // A hair between the parts keeps them apart in a grey print.
            svg.rect(middle - wide / 2.0, y(above), wide, (y(below) - y(above) - 1.0).max(0.0), 1.0, colour(part));
            below = above;
        }
        svg.text(middle, BOTTOM + 20.0, Type::new(13.0).colour(palette::MUTED).middle(), &text::fit(&column.label, room, 13.0));
        if below > 0 {
            svg.text(middle, y(below) - 5.0, Type::new(12.0).bold().middle(), &thousands(below));
        }
    }
    let head = std::iter::once(name.to_owned()).chain(legend.iter().map(|part| (*part).to_owned())).collect();
    let cells = |column: &ColumnOf| {
        std::iter::once(column.label.clone()).chain(column.values.iter().map(|value| thousands(*value))).collect()
    };
    Chart {
        svg: svg.finish(title, &legend.join(" / ")),
        width: px(WIDTH),
        height: px(HEIGHT),
        table: TextTable { caption: title.into(), head, rows: columns.iter().map(cells).collect() },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn columns_are_as_high_as_their_sums() {
        let chart = columns(
            "費用",
            "年度",
            "万円",
            &["事前", "運用"],
            &[ColumnOf::new("2026", vec![60, 40]), ColumnOf::new("2027", vec![0, 50])],
        );
        // 178 units are 100: 60 end at 119.2, the 40 above them at the top.
        assert!(chart.svg.contains("y=\"119.2\" width=\"56\" height=\"105.8\""), "{}", chart.svg);
        assert!(chart.svg.contains("y=\"48\" width=\"56\" height=\"70.2\""));
        assert_eq!(chart.table.rows[1], ["2027", "0", "50"]);
    }

    #[test]
    fn nothing_and_too_much_are_drawn_too() {
        assert!(columns("x", "y", "", &[], &[]).svg.contains("viewBox"));
        columns("x", "y", "", &["a", "b"], &[ColumnOf::new("z", vec![u64::MAX, u64::MAX])]);
    }
}
