//! Makes texts printable: what the fonts lack becomes 〓 and is reported, long codes get places to break.

use std::collections::BTreeMap;

use unicode_normalization::char::{compose, is_combining_mark};

use super::fonts;

/// What stands for a character without a glyph (下駄, the mark that Japanese printers put for a missing type).
const MISSING: char = '〓';

/// A place where a line may break; the template turns it into a space of no width, so copied text stays clean.
const BREAK: char = '\u{200b}';

/// Tokens of Western characters up to this length stay whole.
const WHOLE: usize = 14;

/// The longest run of letters and digits that stays whole: the longest words of English are shorter.
const LONGEST: usize = 24;

/// Longer runs (hashes, keys) may break after each group of so many characters.
const GROUP: usize = 4;

/// A character that could not be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unprintable {
    /// How often it occurs.
    pub count: usize,
    /// The first text in which it occurs, cut to 30 characters.
    pub example: String,
}

/// Collects what could not be printed while texts are cleaned.
#[derive(Debug, Default)]
pub(super) struct Cleaner {
    /// By character, in the order of code points.
    pub missing: BTreeMap<char, Unprintable>,
}

impl Cleaner {
    /// The printable form: marks are composed (か + ゛ → が), line ends become `\n`, invisible controls go, the rest that has no
    /// glyph becomes 〓.
    pub(super) fn clean(&mut self, text: &str) -> String {
        let mut clean = String::with_capacity(text.len());
        let mut characters = text.chars().peekable();
        while let Some(mut character) = characters.next() {
            // Only pairs with a combining mark: full NFC would replace names' characters such as U+FA19 神 by U+795E 神.
            while let Some(joined) =
                characters.peek().filter(|next| is_combining_mark(**next)).and_then(|next| compose(character, *next))
            {
                character = joined;
                characters.next();
            }
            match character {
                '\r' => {
                    if characters.peek() != Some(&'\n') {
                        clean.push('\n');
                    }
                }
                '\n' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => clean.push('\n'),
                '\t' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => clean.push(' '),
                invisible if is_invisible(invisible) => {}
                printable if fonts::covers(printable) => clean.push(printable),
                missing => {
                    clean.push(MISSING);
                    self.missing
                        .entry(missing)
                        .or_insert_with(|| Unprintable { count: 0, example: text.chars().take(30).collect() })
                        .count += 1;
                }
            }
        }
        clean
    }
}

/// Characters that ask for no ink: controls, joiners, direction marks, variation selectors, soft hyphen.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}')
}

/// Marks where long Western tokens (addresses, codes, paths) may break, so that they do not run out of a narrow cell.
pub(super) fn breakable(text: &str) -> String {
    if text.len() <= WHOLE {
        return text.to_owned();
    }
    let mut marked = String::with_capacity(text.len() + 8);
    for token in text.split_inclusive(|c: char| !c.is_ascii_graphic()) {
        if token.chars().count() <= WHOLE + 1 {
            marked.push_str(token);
            continue;
        }
        for piece in token.split_inclusive(['/', '_', '-', '.', '@', ':', '?', '&', '=', '#', '\\']) {
            if marked.ends_with(|c: char| c.is_ascii_punctuation()) && piece.starts_with(|c: char| c.is_ascii_alphanumeric()) {
                marked.push(BREAK);
            }
            let whole = piece.chars().count() <= LONGEST;
            for (index, character) in piece.chars().enumerate() {
                if !whole && index > 0 && index % GROUP == 0 {
                    marked.push(BREAK);
                }
                marked.push(character);
            }
        }
    }
    marked
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_has_no_glyph_is_named_and_marked() {
        let mut cleaner = Cleaner::default();
        assert_eq!(cleaner.clean("𠮷田さん😀と😀"), "〓田さん〓と〓");
        assert_eq!(cleaner.missing[&'😀'].count, 2);
        assert_eq!(cleaner.missing[&'𠮷'].example, "𠮷田さん😀と😀");
    }

    #[test]
    fn marks_are_composed_and_name_characters_kept() {
        let mut cleaner = Cleaner::default();
        assert_eq!(cleaner.clean("か\u{3099}き\u{3099} e\u{301}"), "がぎ é");
        assert_eq!(cleaner.clean("\u{fa19}谷 髙﨑"), "\u{fa19}谷 髙﨑");
        assert_eq!(cleaner.clean("葛\u{e0100}\u{feff}\r\n城\t区\u{0}"), "葛\n城 区");
        assert!(cleaner.missing.is_empty());
    }

    #[test]
    fn only_long_tokens_get_places_to_break() {
        assert_eq!(breakable("ISO/IEC 27001"), "ISO/IEC 27001");
        assert_eq!(breakable("internationalisation of work"), "internationalisation of work");
        assert_eq!(breakable("security_officer@example.co.jp"), "security_\u{200b}officer@\u{200b}example.\u{200b}co.\u{200b}jp");
        let hash = breakable("0123456789abcdef0123456789abcdef");
        assert_eq!(hash.split(BREAK).collect::<Vec<_>>(), ["0123", "4567", "89ab", "cdef", "0123", "4567", "89ab", "cdef"]);
        assert_eq!(breakable("(かっこ)counterrevolutionaries"), "(かっこ)counterrevolutionaries");
    }

    proptest! {
        #[test]
        fn any_text_becomes_printable(text in any::<String>()) {
            let clean = Cleaner::default().clean(&text);
            prop_assert!(clean.chars().all(|c| c == '\n' || fonts::covers(c)));
            prop_assert_eq!(breakable(&clean).replace(BREAK, ""), clean);
        }
    }
}
