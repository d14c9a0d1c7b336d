//! The colours of charts. From the デジタル庁 design tokens; `assets/css/50-chart.css` maps each to the dark theme.

use crate::tone::Tone;

/// Text.
pub const INK: &str = "#1a1a1a";
/// Secondary text.
pub const MUTED: &str = "#595f69";
/// Lines and frames.
pub const LINE: &str = "#cccccc";
/// The empty part of a bar.
pub const TRACK: &str = "#e6e6e6";
/// Paper.
pub const PAPER: &str = "#ffffff";

/// A tone in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    /// Large areas with text on them.
    pub soft: &'static str,
    /// Bars, lines, arcs: at least 3:1 against paper.
    pub solid: &'static str,
    /// Text on `soft`: at least 4.5:1.
    pub ink: &'static str,
}

/// The paint of a tone.
pub const fn paint(tone: Tone) -> Paint {
    match tone {
        Tone::Neutral => Paint { soft: "#f2f2f2", solid: "#7f7f7f", ink: "#4d4d4d" },
        Tone::Info => Paint { soft: "#dcf0ff", solid: "#0877d7", ink: "#00428c" },
        Tone::Success => Paint { soft: "#c2e5d1", solid: "#259d63", ink: "#0c472a" },
        Tone::Warning => Paint { soft: "#fff0b3", solid: "#b78f00", ink: "#604b00" },
        Tone::Caution => Paint { soft: "#ffdfca", solid: "#e25100", ink: "#6d2700" },
        Tone::Danger => Paint { soft: "#ffbbbb", solid: "#ce0000", ink: "#850000" },
        Tone::Accent => Paint { soft: "#ecddff", solid: "#6f23d0", ink: "#41048e" },
    }
}

/// Colours for series without a judgement, distinguishable also in greyscale order.
pub const SERIES: [&str; 6] = ["#0055ad", "#c74700", "#008da6", "#8843e1", "#b78f00", "#666666"];

/// Every colour a chart may use.
pub fn all() -> Vec<&'static str> {
    let tones = Tone::ALL.into_iter().map(paint).flat_map(|paint| [paint.soft, paint.solid, paint.ink]);
    let mut colours: Vec<_> = [INK, MUTED, LINE, TRACK, PAPER].into_iter().chain(tones).chain(SERIES).collect();
    colours.sort_unstable();
    colours.dedup();
    colours
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// WCAG 2.2: 1.4.3 for text, 1.4.11 for graphics.
    #[test]
    fn contrasts_are_sufficient_on_paper() {
        assert!(contrast(INK, PAPER) > 7.0 && contrast(MUTED, PAPER) > 4.5);
        for tone in Tone::ALL {
            let paint = paint(tone);
            assert!(contrast(paint.ink, paint.soft) >= 4.5, "{tone:?} ink {}", contrast(paint.ink, paint.soft));
            assert!(contrast(paint.solid, PAPER) >= 3.0, "{tone:?} solid {}", contrast(paint.solid, PAPER));
        }
        for colour in SERIES {
            assert!(contrast(colour, PAPER) >= 3.0, "{colour}");
        }
    }

    #[test]
    fn the_dark_theme_knows_every_colour() {
        let css = include_str!("../../assets/css/50-chart.css");
        for colour in all() {
            assert!(css.contains(&format!("[fill=\"{colour}\"]")), "50-chart.css has no dark value for {colour}");
        }
    }
}
