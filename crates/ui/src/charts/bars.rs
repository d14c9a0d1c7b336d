//! Horizontal bars: long names read well, and there is room for many.

use super::{
    Chart, TextTable, palette,
    svg::{Svg, Type, f, i, px},
    text, with_unit,
};
use crate::tone::Tone;

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Its name; two lines at most.
    pub label: String,
    /// Its value.
    pub value: u64,
    /// Judgement; neutral takes the first series colour.
    pub tone: Tone,
    /// The rows behind it.
    pub href: Option<String>,
}

impl Bar {
    /// A bar without judgement.
    pub fn new(label: impl Into<String>, value: u64) -> Self {
        Self { label: label.into(), value, tone: Tone::Neutral, href: None }
    }

    /// With a judgement.
    #[must_use]
    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    /// With an address.
    #[must_use]
    pub fn href(self, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..self }
    }
}

const WIDTH: f64 = 420.0;
const LABEL: f64 = 132.0;
const ROW: f64 = 36.0;
/// Room right of the longest bar for its number, at least.
const FIGURES: f64 = 56.0;

/// Bars in the given order. `name` heads the column of names, `unit` follows each value.
pub fn bars(title: &str, name: &str, unit: &str, bars: &[Bar]) -> Chart {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    let height = i(bars.len().max(1)) * ROW + 8.0;
    // Bold is a little wider than the measure.
    let widest = bars.iter().map(|bar| text::width(&with_unit(bar.value, unit), 14.0) * 1.03).fold(0.0, f64::max);
    let longest = WIDTH - LABEL - 12.0 - FIGURES.max(widest + 10.0);
    let mut svg = Svg::new(WIDTH, height);
    for (index, bar) in bars.iter().enumerate() {
        let top = i(index) * ROW + 4.0;
        let middle = top + ROW / 2.0;
        let length = longest * f(bar.value) / f(most);
        let colour = if bar.tone == Tone::Neutral { palette::SERIES[0] } else { palette::paint(bar.tone).solid };
        svg.link_start(bar.href.as_deref(), &format!("{} {}", bar.label, with_unit(bar.value, unit)));
        let lines = text::wrap(&bar.label, LABEL, 14.0, 2);
        let first = middle + 5.0 - (i(lines.len()) - 1.0) * 8.0;
        for (number, line) in lines.iter().enumerate() {
            svg.text(LABEL, first + i(number) * 16.0, Type::new(14.0).end(), line);
        }
        svg.rect(LABEL + 12.0, top + 8.0, longest, ROW - 16.0, 3.0, palette::TRACK);
        svg.rect(LABEL + 12.0, top + 8.0, length, ROW - 16.0, 3.0, colour);
        svg.text(LABEL + 12.0 + longest + 8.0, middle + 5.0, Type::new(14.0).bold(), &with_unit(bar.value, unit));
        svg.link_end(bar.href.as_deref());
    }
    let description =
        bars.iter().map(|bar| format!("{} {}", bar.label, with_unit(bar.value, unit))).collect::<Vec<_>>().join(", ");
    Chart {
        svg: svg.finish(title, &description),
        width: px(WIDTH),
        height: px(height),
        table: TextTable {
            caption: title.into(),
            head: vec![name.into(), title.into()],
            rows: bars.iter().map(|bar| vec![bar.label.clone(), with_unit(bar.value, unit)]).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn the_longest_bar_fills_the_room_and_half_is_half() {
        let chart = bars("部署別リスク", "部署", "件", &[Bar::new("営業部", 8), Bar::new("製造部", 4), Bar::new("総務部", 0)]);
        let blue = palette::SERIES[0];
        assert!(
            chart.svg.contains(&format!("<rect x=\"144\" y=\"12\" width=\"220\" height=\"20\" rx=\"3\" fill=\"{blue}\"/>")),
            "{}",
            chart.svg
        );
        assert!(chart.svg.contains(&format!("<rect x=\"144\" y=\"48\" width=\"110\" height=\"20\" rx=\"3\" fill=\"{blue}\"/>")));
        assert_eq!(chart.svg.matches(blue).count(), 2, "nothing is drawn for zero");
        assert_eq!(chart.table.rows[1], ["製造部", "4件"]);
        assert_eq!((chart.width, chart.height), (420, 116));
    }

    #[test]
    fn a_long_number_has_room_within_the_picture() {
        let chart = bars("x", "y", "回", &[Bar::new("a", 10_000)]);
        let track = chart.svg.split("<rect ").nth(1).and_then(|rect| rect.split("width=\"").nth(1)).unwrap();
        let longest: f64 = track.split('"').next().unwrap().parse().unwrap();
        assert!(LABEL + 12.0 + longest + 8.0 + text::width("10,000回", 14.0) <= WIDTH, "{}", chart.svg);
    }

    #[test]
    fn no_bars_is_an_empty_picture() {
        assert!(bars("x", "y", "", &[]).svg.contains("viewBox=\"0 0 420 44\""));
    }
}
