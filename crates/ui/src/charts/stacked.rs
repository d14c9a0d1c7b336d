//! Shares of a whole, one bar a row: progress by department, tiers by area.

use super::{
    Chart, TextTable, palette,
    svg::{Svg, Type, f, i, px},
    text,
};
use crate::tone::Tone;

/// A row: its name and a value for each part of the legend.
#[derive(Clone, Debug)]
pub struct StackedRow {
    /// Its name.
    pub label: String,
    /// Values in the order of the legend.
    pub values: Vec<u64>,
    /// The rows behind it.
    pub href: Option<String>,
}

impl StackedRow {
    /// A row.
    pub fn new(label: impl Into<String>, values: Vec<u64>) -> Self {
        Self { label: label.into(), values, href: None }
    }

    /// With an address.
    #[must_use]
    pub fn href(self, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..self }
    }
}

const WIDTH: f64 = 420.0;
const LABEL: f64 = 132.0;
const FIGURES: f64 = 52.0;
const FULL: f64 = WIDTH - LABEL - 12.0 - FIGURES;
const LEGEND: f64 = 32.0;
const ROW: f64 = 36.0;

/// Bars of full length, divided by share. The legend names each part and its tone; `name` heads the column of row names.
/// The number at the end of a row is the share of the first part in whole percent, rounded down.
pub fn stacked(title: &str, name: &str, legend: &[(&str, Tone)], rows: &[StackedRow]) -> Chart {
    let height = LEGEND + i(rows.len()) * ROW + 4.0;
    let mut svg = Svg::new(WIDTH, height);
    let mut x = 4.0;
    for (part, tone) in legend {
        svg.rect(x, 6.0, 12.0, 12.0, 2.0, colour(*tone));
        svg.text(x + 18.0, 17.0, Type::new(13.0).colour(palette::MUTED), part);
        x += 18.0 + text::width(part, 13.0) + 16.0;
    }
    for (index, row) in rows.iter().enumerate() {
        let top = LEGEND + i(index) * ROW;
        let total: u64 = row.values.iter().sum();
        let first = row.values.first().copied().unwrap_or(0);
        svg.link_start(row.href.as_deref(), "");
        let lines = text::wrap(&row.label, LABEL, 14.0, 2);
        let baseline = top + ROW / 2.0 + 5.0 - (i(lines.len()) - 1.0) * 8.0;
        for (number, line) in lines.iter().enumerate() {
            svg.text(LABEL, baseline + i(number) * 16.0, Type::new(14.0).end(), line);
        }
        svg.rect(LABEL + 12.0, top + 8.0, FULL, ROW - 16.0, 3.0, palette::TRACK);
        let mut left = LABEL + 12.0;
        for (value, (_, tone)) in row.values.iter().zip(legend) {
            let width = if total == 0 { 0.0 } else { FULL * f(*value) / f(total) };
            svg.rect(left, top + 8.0, (width - 1.0).max(0.0), ROW - 16.0, 2.0, colour(*tone));
            left += width;
        }
        let share = (first * 100).checked_div(total).map_or_else(|| "—".to_owned(), |percent| format!("{percent}%"));
        svg.text(WIDTH, top + ROW / 2.0 + 5.0, Type::new(14.0).bold().end(), &share);
        svg.link_end(row.href.as_deref());
    }
    let head = std::iter::once(name.to_owned()).chain(legend.iter().map(|(part, _)| (*part).to_owned())).collect();
    let cells = |row: &StackedRow| std::iter::once(row.label.clone()).chain(row.values.iter().map(u64::to_string)).collect();
    Chart {
        svg: svg.finish(title, &legend.iter().map(|(part, _)| *part).collect::<Vec<_>>().join(" / ")),
        width: px(WIDTH),
        height: px(height),
        table: TextTable { caption: title.into(), head, rows: rows.iter().map(cells).collect() },
    }
}

fn colour(tone: Tone) -> &'static str {
    // The unfinished part stays pale, so that the finished one is seen.
    if tone == Tone::Neutral { palette::LINE } else { palette::paint(tone).solid }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn shares_divide_the_full_length() {
        let legend = [("確認済み", Tone::Success), ("未回答", Tone::Neutral)];
        let chart = stacked(
            "棚卸の進み",
            "部署",
            &legend,
            &[StackedRow::new("営業部", vec![3, 1]), StackedRow::new("総務部", vec![0, 0])],
        );
        // 224 units: three quarters are 168, one of them the gap between the parts.
        assert!(chart.svg.contains("<rect x=\"144\" y=\"40\" width=\"167\" height=\"20\""), "{}", chart.svg);
        assert!(chart.svg.contains("<rect x=\"312\" y=\"40\" width=\"55\" height=\"20\""));
        assert!(chart.svg.contains(">75%</text>") && chart.svg.contains(">—</text>"));
        assert_eq!(chart.table.head, ["部署", "確認済み", "未回答"]);
        assert_eq!(chart.table.rows[0], ["営業部", "3", "1"]);
    }
}
