//! A small ring: one share of a whole.

use super::{
    Chart, TextTable, palette,
    svg::{Svg, Type, f, n, px},
};
use crate::tone::Tone;

/// The ring is 72 units wide with the percentage in it (rounded down: 100 % means finished).
pub fn ring(title: &str, done: u64, total: u64, tone: Tone) -> Chart {
    const SIZE: f64 = 72.0;
    const RADIUS: f64 = 30.0;
    let done = done.min(total);
    let mut svg = Svg::new(SIZE, SIZE);
    let circle = |share: f64| {
        let angle = share * std::f64::consts::TAU;
        let large = u8::from(share > 0.5);
        format!("M36 6 A30 30 0 {large} 1 {} {}", n(36.0 + RADIUS * angle.sin()), n(36.0 - RADIUS * angle.cos()))
    };
    let whole = "M36 6 A30 30 0 0 1 36 66 A30 30 0 0 1 36 6";
    svg.stroke(whole, palette::TRACK, 7.0);
    let colour = if tone == Tone::Neutral { palette::SERIES[0] } else { palette::paint(tone).solid };
    if total > 0 && done == total {
        svg.stroke(whole, colour, 7.0);
    } else if done > 0 {
        svg.stroke(&circle(f(done) / f(total)), colour, 7.0);
    }
    let percent = (done * 100).checked_div(total).map_or_else(|| "—".to_owned(), |percent| format!("{percent}%"));
    svg.text(36.0, 41.0, Type::new(15.0).bold().middle(), &percent);
    Chart {
        svg: svg.finish(title, &format!("{done} / {total} ({percent})")),
        width: px(SIZE),
        height: px(SIZE),
        table: TextTable {
            caption: title.into(),
            head: vec![title.into(), "%".into()],
            rows: vec![vec![format!("{done} / {total}"), percent]],
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn half_a_ring_ends_at_the_bottom() {
        assert!(ring("棚卸", 5, 10, Tone::Info).svg.contains("M36 6 A30 30 0 0 1 36 66\" fill=\"none\" stroke=\"#0877d7\""));
        assert!(ring("棚卸", 0, 0, Tone::Info).svg.contains(">—</text>"));
        assert!(ring("棚卸", 199, 200, Tone::Info).svg.contains(">99%</text>"));
    }
}
