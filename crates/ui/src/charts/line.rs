//! Values over time.

use super::{
    Chart, TextTable, palette,
    svg::{Svg, Type, f, i, n, px},
    text,
};
use crate::components::thousands;

/// One line; a gap in the values is a gap in the line.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name.
    pub label: String,
    /// A value for each point of the axis.
    pub values: Vec<Option<u64>>,
}

impl Series {
    /// A line.
    pub fn new(label: impl Into<String>, values: Vec<Option<u64>>) -> Self {
        Self { label: label.into(), values }
    }
}

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 240.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 36.0;
const BOTTOM: f64 = 204.0;
const RIGHT: f64 = 396.0;

/// Lines over the points `axis` (months, quarters). The value axis starts at zero and ends at a round number.
pub fn line(title: &str, axis: &[&str], series: &[Series]) -> Chart {
    line_marked(title, axis, series, None)
}

/// As [`line`], with an upright mark and its words before the point of an index: the day from which something held.
pub fn line_marked(title: &str, axis: &[&str], series: &[Series], mark_at: Option<(usize, &str)>) -> Chart {
    let most = series.iter().flat_map(|one| one.values.iter().flatten()).copied().max().unwrap_or(0);
    let (top, step) = scale(most);
    let x =
        |index: usize| if axis.len() < 2 { (LEFT + RIGHT) / 2.0 } else { LEFT + (RIGHT - LEFT) * i(index) / i(axis.len() - 1) };
    let y = |value: u64| BOTTOM - (BOTTOM - TOP) * f(value) / f(top);
    let mut svg = Svg::new(WIDTH, HEIGHT);
    let mut mark = 0;
    while mark <= top {
        svg.stroke(
            &format!("M{} {} H{}", n(LEFT), n(y(mark)), n(RIGHT)),
            if mark == 0 { palette::LINE } else { palette::TRACK },
            1.0,
        );
        svg.text(LEFT - 8.0, y(mark) + 4.0, Type::new(13.0).colour(palette::MUTED).end(), &thousands(mark));
        mark += step;
    }
    // Names that would touch the one after them are left out; the last always stays.
    let mut free = f64::MAX;
    for (index, point) in axis.iter().enumerate().rev() {
        let half = text::width(point, 13.0) / 2.0;
        let middle = x(index).min(WIDTH - half - 2.0);
        if middle + half + 8.0 <= free {
            svg.text(middle, BOTTOM + 22.0, Type::new(13.0).colour(palette::MUTED).middle(), point);
            free = middle - half;
        }
    }
    if let Some((index, words)) = mark_at {
        let step = if axis.len() < 2 { 0.0 } else { (RIGHT - LEFT) / i(axis.len() - 1) };
        let at = (x(index) - step / 2.0).max(LEFT);
        svg.stroke(&format!("M{} {} V{}", n(at), n(TOP - 4.0), n(BOTTOM)), palette::MUTED, 1.0);
        // At the foot of the mark, where the legend does not stand; on the side with room.
        let style = Type::new(12.0).colour(palette::INK);
        if at + 6.0 + text::width(words, 12.0) <= RIGHT {
            svg.text(at + 6.0, BOTTOM - 7.0, style, words);
        } else {
            svg.text(at - 6.0, BOTTOM - 7.0, style.end(), words);
        }
    }
    let mut legend = LEFT;
    for (index, one) in series.iter().enumerate() {
        let colour = palette::SERIES.get(index % palette::SERIES.len()).copied().unwrap_or(palette::MUTED);
        svg.rect(legend, 11.0, 16.0, 4.0, 2.0, colour);
        svg.text(legend + 22.0, 17.5, Type::new(13.0).colour(palette::MUTED), &one.label);
        legend += 22.0 + text::width(&one.label, 13.0) + 18.0;
        let points: Vec<_> =
            one.values.iter().enumerate().map(|(index, value)| value.map(|value| (x(index), y(value)))).collect();
        svg.stroke(&path(&points), colour, 2.0);
        for (at_x, at_y) in points.iter().flatten() {
            svg.circle(*at_x, *at_y, 3.0, colour);
        }
    }
    let head = std::iter::once(String::new()).chain(series.iter().map(|one| one.label.clone())).collect();
    let cell = |value: Option<&Option<u64>>| value.copied().flatten().map_or_else(|| "—".to_owned(), |value| value.to_string());
    let rows = axis.iter().enumerate().map(|(index, point)| {
        std::iter::once((*point).to_owned()).chain(series.iter().map(|one| cell(one.values.get(index)))).collect()
    });
    Chart {
        svg: svg.finish(title, &series.iter().map(|one| one.label.as_str()).collect::<Vec<_>>().join(", ")),
        width: px(WIDTH),
        height: px(HEIGHT),
        table: TextTable { caption: title.into(), head, rows: rows.collect() },
    }
}

/// A line in the height of text, without axes, for a figure's side. The last point is marked.
pub fn sparkline(title: &str, values: &[u64]) -> Chart {
    let most = values.iter().copied().max().unwrap_or(0).max(1);
    let step = if values.len() < 2 { 0.0 } else { 104.0 / i(values.len() - 1) };
    let points: Vec<_> = values
        .iter()
        .enumerate()
        .map(|(index, value)| Some((4.0 + step * i(index), 28.0 - 24.0 * f(*value) / f(most))))
        .collect();
    let mut svg = Svg::new(112.0, 32.0);
    svg.stroke(&path(&points), palette::SERIES[0], 1.75);
    if let Some(Some((x, y))) = points.last() {
        svg.circle(*x, *y, 3.0, palette::SERIES[0]);
    }
    let words: Vec<_> = values.iter().map(u64::to_string).collect();
    Chart {
        svg: svg.finish(title, &words.join(", ")),
        width: 112,
        height: 32,
        table: TextTable {
            caption: title.into(),
            head: vec![title.into()],
            rows: words.into_iter().map(|word| vec![word]).collect(),
        },
    }
}

fn path(points: &[Option<(f64, f64)>]) -> String {
    let mut path = String::new();
    let mut pen_down = false;
    for point in points {
        if let Some((x, y)) = point {
            path.push_str(if pen_down { " L" } else { "M" });
            path.push_str(&format!("{} {}", n(*x), n(*y)));
        }
        pen_down = point.is_some();
    }
    path
}

/// A round top and step with at most five lines: 1, 2 or 5 times a power of ten.
pub(super) fn scale(most: u64) -> (u64, u64) {
    let mut power: u64 = 1;
    loop {
        for factor in [1, 2, 5] {
            let step = power.saturating_mul(factor);
            if step.saturating_mul(5) >= most {
                return (most.div_ceil(step).max(1).saturating_mul(step), step);
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn the_scale_is_round() {
        assert_eq!(scale(0), (1, 1));
        assert_eq!(scale(5), (5, 1));
        assert_eq!(scale(7), (8, 2));
        assert_eq!(scale(48), (50, 10));
        assert_eq!(scale(1_001), (1_500, 500));
        assert!(scale(u64::MAX).0 > 0);
    }

    #[test]
    fn points_stand_where_their_values_are() {
        let chart = line("件数", &["4月", "5月", "6月"], &[Series::new("ヒヤリハット", vec![Some(0), Some(5), None])]);
        assert!(chart.svg.contains("d=\"M44 204 L220 36\""), "{}", chart.svg);
        assert_eq!(chart.table.rows[2], ["6月", "—"]);
    }

    #[test]
    fn a_mark_stands_between_before_and_after() {
        let chart = line_marked(
            "件数",
            &["4月", "5月", "6月"],
            &[Series::new("事故", vec![Some(6), Some(6), Some(4)])],
            Some((2, "対策完了")),
        );
        assert!(chart.svg.contains("M308 32 V204") && chart.svg.contains(">対策完了</text>"), "{}", chart.svg);
    }

    #[test]
    fn a_sparkline_ends_at_its_last_value() {
        assert!(sparkline("推移", &[4, 2, 0]).svg.contains("d=\"M4 4 L56 16 L108 28\""));
        assert!(sparkline("推移", &[]).svg.contains("d=\"\""));
    }
}
