//! Folding: which spellings count as the same text.

use unicode_normalization::UnicodeNormalization;

/// Compatibility composition (Unicode NFKC): `ｶﾞ` → `ガ`, `１` → `1`, `㈱` → `(株)`, `①` → `1`.
#[must_use]
pub fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

/// Katakana to hiragana; every other character is kept, the long-vowel mark `ー` included.
#[must_use]
pub fn hiragana(text: &str) -> String {
    text.chars().map(to_hiragana).collect()
}

fn to_hiragana(c: char) -> char {
    match c {
        // ァ..ヶ and the iteration marks ヽヾ lie exactly 0x60 above their hiragana.
        '\u{30A1}'..='\u{30F6}' | '\u{30FD}' | '\u{30FE}' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    }
}

/// The search folding: NFKC, lower case, katakana → hiragana, invisible characters dropped, every run of blanks one space, ends trimmed.
///
/// Two texts with the same result are the same for search, for names and for duplicate detection. The function is idempotent.
///
/// ```
/// assert_eq!(mamori_kernel::text::normalise(" ＩＳＭＳ　ｶﾞｲﾄﾞ\n"), "isms がいど");
/// ```
#[must_use]
pub fn normalise(text: &str) -> String {
    let composed: String = text.chars().filter(|c| !is_invisible(*c)).nfkc().collect();
    // Lower-casing may leave decomposed characters behind (İ), hence the second pass.
    let lower: String = composed.to_lowercase().nfkc().map(to_hiragana).collect();
    collapse_blanks(&lower)
}

fn collapse_blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Characters that print nothing and come along with pasted text: zero-width spaces and joiners, the byte-order mark, soft hyphens,
/// variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// True where a person sees nothing: empty, or only blanks (also `　`), control and invisible characters.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// A column heading reduced to what it says: [`nfkc`], lower case, only letters and digits left.
///
/// Blanks, line breaks, brackets, `・`, `※`, `/` and other signs disappear, so `リスク値\n（Ａ×Ｂ）` and `リスク値(A*B)` are equal.
/// Kana are not folded: a heading is compared, not searched.
#[must_use]
pub fn squash_heading(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_spelling_for_what_reads_the_same() {
        assert_eq!(normalise("ﾊﾟｿｺﾝ"), "ぱそこん");
        assert_eq!(normalise("パソコン"), normalise("ぱそこん"));
        assert_eq!(normalise("ＶＰＮ　装置\r\n"), "vpn 装置");
        assert_eq!(normalise("㈱髙﨑"), "(株)髙﨑");
        assert_eq!(normalise("サーバー"), "さーばー");
        assert_eq!(normalise("a\u{200B}b"), "ab");
    }

    #[test]
    fn headings_lose_decoration() {
        assert_eq!(squash_heading("リスク値\n（Ａ×Ｂ）"), "リスク値ab");
        assert_eq!(squash_heading("個人情報 の・種類"), "個人情報の種類");
        assert_eq!(squash_heading("ﾘｽｸ値"), "リスク値");
        assert_eq!(squash_heading("（※）"), "");
    }

    #[test]
    fn blank_means_nothing_to_see() {
        assert!(is_blank(" \u{3000}\n\u{FEFF}"));
        assert!(!is_blank("－"));
    }

    proptest! {
        #[test]
        fn normalise_is_idempotent(text in any::<String>()) {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once);
        }

        #[test]
        fn kana_never_matter(text in "[ぁ-ゖァ-ヶ一-龠a-zA-Z ]{0,40}") {
            prop_assert_eq!(normalise(&text), normalise(&hiragana(&text)));
        }
    }
}
