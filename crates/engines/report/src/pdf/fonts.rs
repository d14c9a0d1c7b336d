//! The embedded fonts and which characters they can print. See `fonts/README.md` for their origin and licence.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Sources in the order of the font book.
static SOURCES: [&[u8]; 4] = [
    include_bytes!("../../fonts/BIZUDGothic-Regular.ttf"),
    include_bytes!("../../fonts/BIZUDGothic-Bold.ttf"),
    include_bytes!("../../fonts/BIZUDPGothic-Latin-Regular.ttf"),
    include_bytes!("../../fonts/BIZUDPGothic-Latin-Bold.ttf"),
];

/// The fonts, read once per process.
pub(super) static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| SOURCES.iter().flat_map(|source| Font::iter(Bytes::new(*source))).collect());

/// What the typesetter knows about them.
pub(super) static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// Whether a character has a glyph. The Japanese face decides: the Latin one holds nothing that it lacks.
pub(super) fn covers(character: char) -> bool {
    FONTS.first().is_some_and(|font| font.info().coverage.contains(u32::from(character)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn names_and_symbols_of_japanese_business_can_be_printed() {
        for character in "髙﨑濵栁德瀨邉①㈱Ⅳ〜～－−é✓▲●○◎△×→⇒–—•≤≥±…‐〓℡㎡㍻".chars()
        {
            assert!(covers(character), "{character} is missing");
        }
        assert!(!covers('😀'));
        assert!(!covers('𠮷'));
    }

    #[test]
    fn both_weights_hold_the_same_characters() {
        assert_eq!(FONTS.len(), 4);
        let all = |index: usize| FONTS[index].info().coverage.iter().collect::<Vec<_>>();
        assert_eq!(all(0), all(1));
        assert!(all(2).iter().all(|cp| FONTS[0].info().coverage.contains(*cp)));
    }
}
