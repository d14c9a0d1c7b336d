//! A ring of parts, for two to six parts with a total that matters.

use std::f64::consts::TAU;

use super::{
    Chart, TextTable, palette,
    svg::{Svg, Type, f, i, n, px},
    text, with_unit,
};
use crate::{components::thousands, tone::Tone};

/// One part.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name.
    pub label: String,
    /// Its value.
    pub value: u64,
    /// Its judgement; neutral parts take the series colours in turn.
    pub tone: Tone,
}

impl Part {
    /// A part.
    pub fn new(label: impl Into<String>, value: u64, tone: Tone) -> Self {
        Self { label: label.into(), value, tone }
    }
}

const WIDTH: f64 = 420.0;
const RADIUS: f64 = 64.0;
const THICK: f64 = 24.0;
const CENTRE: f64 = 84.0;

/// A ring with the total in its middle and the legend with values beside it.
pub fn donut(title: &str, unit: &str, parts: &[Part]) -> Chart {
    let total: u64 = parts.iter().map(|part| part.value).sum();
    let height = (i(parts.len()) * 28.0 + 24.0).max(CENTRE * 2.0);
    let middle = height / 2.0;
    let mut svg = Svg::new(WIDTH, height);
    svg.stroke(&arc(middle, 0.0, 1.0), palette::TRACK, THICK);
    let mut from = 0.0;
    let first = middle - i(parts.len()) * 14.0 + 18.0;
    for (index, part) in parts.iter().enumerate() {
        let share = if total == 0 { 0.0 } else { f(part.value) / f(total) };
        let colour = colour(index, part.tone);
        if share > 0.0 {
            svg.stroke(&arc(middle, from, from + share), colour, THICK);
        }
        from += share;
        let y = first + i(index) * 28.0;
        svg.rect(CENTRE * 2.0 + 16.0, y - 11.0, 12.0, 12.0, 2.0, colour);
        svg.text(CENTRE * 2.0 + 36.0, y, Type::new(14.0), &text::fit(&part.label, 136.0, 14.0));
        svg.text(WIDTH - 4.0, y, Type::new(14.0).bold().end(), &with_unit(part.value, unit));
    }
    svg.text(CENTRE, middle + 8.0, Type::new(24.0).bold().middle(), &thousands(total));
    svg.text(CENTRE, middle + 26.0, Type::new(12.0).colour(palette::MUTED).middle(), unit);
    let percent = |value: u64| (value * 100).checked_div(total).map_or_else(|| "—".to_owned(), |percent| format!("{percent}%"));
    let description =
        parts.iter().map(|part| format!("{} {}", part.label, with_unit(part.value, unit))).collect::<Vec<_>>().join(", ");
    Chart {
        svg: svg.finish(title, &description),
        width: px(WIDTH),
        height: px(height),
        table: TextTable {
            caption: title.into(),
            head: vec![title.into(), unit.into(), "%".into()],
            rows: parts.iter().map(|part| vec![part.label.clone(), part.value.to_string(), percent(part.value)]).collect(),
        },
    }
}

fn colour(index: usize, tone: Tone) -> &'static str {
    match tone {
        Tone::Neutral => palette::SERIES.get(index % palette::SERIES.len()).copied().unwrap_or(palette::MUTED),
        tone => palette::paint(tone).solid,
    }
}

/// An arc from share to share (0–1), clockwise from the top. A full circle is drawn as two halves, since an arc that ends where it starts is nothing.
fn arc(middle: f64, from: f64, to: f64) -> String {
    let point = |share: f64| {
        let angle = share * TAU;
        format!("{} {}", n(CENTRE + RADIUS * angle.sin()), n(middle - RADIUS * angle.cos()))
    };
    let radius = n(RADIUS);
    if to - from > 0.999_9 {
        format!("M{} A{radius} {radius} 0 0 1 {} A{radius} {radius} 0 0 1 {}", point(0.0), point(0.5), point(0.0))
    } else {
        let large = u8::from(to - from > 0.5);
        format!("M{} A{radius} {radius} 0 {large} 1 {}", point(from), point(to))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn a_quarter_ends_at_three_o_clock() {
        let chart = donut("リスク", "件", &[Part::new("大", 1, Tone::Danger), Part::new("小", 3, Tone::Success)]);
        assert!(chart.svg.contains("d=\"M84 20 A64 64 0 0 1 148 84\""), "{}", chart.svg);
        assert!(chart.svg.contains("d=\"M148 84 A64 64 0 1 1 84 20\""));
        assert_eq!(chart.table.rows[1], ["小", "3", "75%"]);
    }

    #[test]
    fn one_part_is_a_full_circle_and_none_is_only_the_track() {
        assert!(
            donut("x", "件", &[Part::new("大", 5, Tone::Danger)])
                .svg
                .contains("M84 20 A64 64 0 0 1 84 148 A64 64 0 0 1 84 20\" fill=\"none\" stroke=\"#ce0000\"")
        );
        assert!(!donut("x", "件", &[Part::new("大", 0, Tone::Danger)]).svg.contains("stroke=\"#ce0000\""));
    }
}
