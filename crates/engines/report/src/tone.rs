//! Meaning by colour: five tones, and free colours for scales that a company defines itself.
//!
//! The values are those of デジタル庁デザインシステム (`@digital-go-jp/design-tokens` 1.1.9, primitive colours). Text colours
//! keep a contrast of at least 4.5:1 on their own fill (WCAG 2.2, 1.4.3) and stay distinguishable in a grey print
//! because a tone never stands without a word.

use std::fmt;

use serde::{Serialize, Serializer};

/// What a cell, figure or box wants to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Act now: high risk, overdue, failed.
    Danger,
    /// Look at it: medium risk, due soon.
    Warning,
    /// As it should be.
    Success,
    /// Worth knowing, no judgement.
    Info,
    /// Neither good nor bad.
    #[default]
    Neutral,
}

/// The three colours in which a tone is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Palette {
    /// Text on white or on `fill`.
    pub text: Colour,
    /// Bars and borders.
    pub line: Colour,
    /// Background of a cell or box.
    pub fill: Colour,
}

impl Tone {
    /// All tones, gravest first.
    pub const ALL: [Tone; 5] = [Tone::Danger, Tone::Warning, Tone::Success, Tone::Info, Tone::Neutral];

    /// The colours of this tone.
    pub fn palette(self) -> Palette {
        let of = |text, line, fill| Palette { text: Colour(text), line: Colour(line), fill: Colour(fill) };
        match self {
            // red-1000, red-900, red-50
            Tone::Danger => of(0xa9_0000, 0xce_0000, 0xfd_eeee),
            // yellow-1100, yellow-700, yellow-50
            Tone::Warning => of(0x6e_5600, 0xb7_8f00, 0xfb_f5e0),
            // green-900, green-800, green-50
            Tone::Success => of(0x11_5a36, 0x19_7a4b, 0xe6_f5ec),
            // blue-1000, blue-900, blue-50
            Tone::Info => of(0x00_118f, 0x00_17c1, 0xe8_f1fe),
            // solid-gray-800, 420, 50
            Tone::Neutral => of(0x33_3333, 0x94_9494, 0xf2_f2f2),
        }
    }
}

/// A colour as `0xRRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(pub u32);

impl Colour {
    /// Reads `#rrggbb` or `#rgb` (the `#` may be missing); `None` for anything else.
    pub fn parse(text: &str) -> Option<Colour> {
        let hex = text.trim().trim_start_matches('#');
        if !hex.chars().all(|c| c.is_ascii_hexdigit()) {
            return None;
        }
        let full = match hex.len() {
            6 => hex.to_owned(),
            3 => hex.chars().flat_map(|c| [c, c]).collect(),
            _ => return None,
        };
        u32::from_str_radix(&full, 16).ok().map(Colour)
    }

    /// Black or white, whichever is easier to read on this colour (relative luminance of WCAG 2.2).
    pub fn readable_text(self) -> Colour {
        let channel = |shift: u32| {
            let value = f64::from((self.0 >> shift) & 0xff) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0);
        // The luminance at which black and white give the same contrast.
        if luminance > 0.179 { Colour(0x1a_1a1a) } else { Colour(0xff_ffff) }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:06x}", self.0 & 0xff_ffff)
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn colours_are_read_and_written_as_css_does() {
        assert_eq!(Colour::parse("#c00"), Some(Colour(0xcc_0000)));
        assert_eq!(Colour::parse("00118F").unwrap().to_string(), "#00118f");
        assert_eq!(Colour::parse("red"), None);
        assert_eq!(Colour::parse("#12345"), None);
    }

    #[test]
    fn text_stays_readable_on_any_fill() {
        assert_eq!(Colour(0xff_ffff).readable_text(), Colour(0x1a_1a1a));
        assert_eq!(Colour(0xce_0000).readable_text(), Colour(0xff_ffff));
    }
}
