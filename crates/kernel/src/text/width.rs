//! Cutting text without breaking a character.

use unicode_normalization::char::is_combining_mark;

/// At most `max` characters; what is cut off is announced by a trailing `…`, which counts.
///
/// A combining mark, a variation selector or a joiner is never separated from the character it belongs to, so a cut may come a little
/// earlier. `max` 0 gives an empty text.
#[must_use]
pub fn truncate_chars(text: &str, max: usize) -> String {
    truncate_by(text, max, |_| 1)
}

/// Like [`truncate_chars`], measured in half-width columns: `情報` needs four.
#[must_use]
pub fn truncate_width(text: &str, max_columns: usize) -> String {
    truncate_by(text, max_columns, char_width)
}

/// The width of a text in half-width columns, the unit in which Excel and terminals measure columns.
#[must_use]
pub fn display_width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn truncate_by(text: &str, max: usize, width: impl Fn(char) -> usize) -> String {
    if text.chars().map(&width).sum::<usize>() <= max {
        return text.to_owned();
    }
    let Some(room) = max.checked_sub(width('…')) else {
        return String::new();
    };
    let mut used = 0;
    let mut end = 0;
    let mut joined = false;
    // `end` is the last place where a cut is clean and everything before it fits.
    for (at, c) in text.char_indices() {
        if !joined && !sticks_to_previous(c) && used <= room {
            end = at;
        }
        joined = c == '\u{200D}';
        used += width(c);
        if used > room && !sticks_to_previous(c) && !joined {
            break;
        }
    }
    let mut out = text.get(..end).unwrap_or_default().to_owned();
    out.push('…');
    out
}

fn sticks_to_previous(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c, '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{1F3FB}'..='\u{1F3FF}')
}

fn char_width(c: char) -> usize {
    match c {
        c if sticks_to_previous(c) || c.is_control() => 0,
        // Half-width katakana are the one narrow block above U+2000 that matters in Japan.
        '\u{FF61}'..='\u{FFDC}' => 1,
        '\u{1100}'..='\u{115F}' | '\u{2010}'..='\u{303E}' | '\u{3041}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' => 2,
        '\u{1F300}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cuts_are_announced() {
        assert_eq!(truncate_chars("情報資産台帳", 6), "情報資産台帳");
        assert_eq!(truncate_chars("情報資産台帳", 5), "情報資産…");
        assert_eq!(truncate_chars("あ", 0), "");
        assert_eq!(truncate_width("情報資産台帳", 8), "情報資…");
    }

    #[test]
    fn marks_stay_with_their_letter() {
        // か + combining dakuten must not become か.
        assert_eq!(truncate_chars("あか\u{3099}きく", 3), "あ…");
        assert_eq!(truncate_chars("👩\u{200D}💻です。", 4), "👩\u{200D}💻…");
        assert_eq!(truncate_chars("👩\u{200D}💻です。", 3), "…");
    }

    proptest! {
        #[test]
        fn never_longer_than_asked(text in any::<String>(), max in 0usize..30) {
            prop_assert!(truncate_chars(&text, max).chars().count() <= max);
            prop_assert!(display_width(&truncate_width(&text, max)) <= max);
        }
    }
}
