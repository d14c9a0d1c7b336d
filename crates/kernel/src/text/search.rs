//! The two sides of full-text search: what goes into the index, and what a query asks of it.
//!
//! Japanese has no blanks between words, so everything from U+2E80 upwards is cut into overlapping pairs of characters (bigrams); Latin,
//! Greek and Cyrillic words and numbers stay whole. No dictionary, and 監査, 権 and 情報資産 are all found (`spec` stack 2.4).
//!
//! **Tokens are plain ASCII letters and digits.** The word parsers of SQLite FTS5 (`unicode61`, Unicode 6.1 tables) and PostgreSQL (`simple`,
//! depends on the locale of the database) disagree on symbols, newer ideographs and forms such as `1e5` or `a.b`; they agree on `[a-z0-9]+`.
//! So `情報` is stored as `k` and four base-36 digits per character, and `vpn` as `wvpn`. The same string serves
//! FTS5 with any tokenizer and `to_tsvector('simple', …)`, and both give the same hits.
//!
//! A word and the number joined to it are two neighbouring tokens, so `ISO27001`, `ISO 27001` and `ISO-27001` find each other.

use super::fold::normalise;

/// Longest Latin word or number kept in one token; the rest is dropped. PostgreSQL refuses words above 2 kB.
const MAX_WORD_CHARS: usize = 64;

/// The tokens of a text, joined by blanks, ready for the index column.
///
/// PostgreSQL stops counting positions at 16,383: index long documents in sections.
#[must_use]
pub fn search_tokens(text: &str) -> String {
    let folded = normalise(text);
    let mut out = String::with_capacity(folded.len() * 2);
    for run in runs(&folded) {
        for token in index_tokens(&run) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&token);
        }
    }
    out
}

/// What a person typed into a search box. All words must be found (AND), in any order.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SearchQuery {
    /// The words, separated by blanks in the input.
    pub words: Vec<SearchWord>,
}

/// One word of a query: its tokens must follow each other in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchWord {
    /// Tokens in order; never empty. ASCII letters and digits only.
    pub tokens: Vec<String>,
    /// Whether the last token only has to be the beginning of one: single Japanese characters, and Latin words while they are typed.
    pub prefix: bool,
}

impl SearchQuery {
    /// True where nothing can be searched for (empty input, or only signs).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The query as an SQLite FTS5 `MATCH` argument: `"wpc" * AND "k… k…"`. Safe to bind as it stands.
    #[must_use]
    pub fn fts5(&self) -> String {
        let word = |w: &SearchWord| format!("\"{}\"{}", w.tokens.join(" "), if w.prefix { " *" } else { "" });
        self.words.iter().map(word).collect::<Vec<_>>().join(" AND ")
    }

    /// The query as text for PostgreSQL `to_tsquery('simple', …)` or a cast to `tsquery`: `wpc:* & (k… <-> k…)`.
    #[must_use]
    pub fn tsquery(&self) -> String {
        let word = |w: &SearchWord| {
            let phrase = w.tokens.join(" <-> ");
            format!("({phrase}{})", if w.prefix { ":*" } else { "" })
        };
        self.words.iter().map(word).collect::<Vec<_>>().join(" & ")
    }
}

/// Reads a search box: blanks separate words, every word is a phrase of tokens.
///
/// A word of one Japanese character is a prefix query and finds every text with that character. A long-vowel mark at the end is dropped
/// (サーバー also finds サーバ).
#[must_use]
pub fn search_query(text: &str) -> SearchQuery {
    let folded = normalise(text);
    let words = folded.split(' ').filter_map(search_word).collect();
    SearchQuery { words }
}

fn search_word(word: &str) -> Option<SearchWord> {
    let mut runs = runs(word);
    let last = runs.pop()?;
    let mut tokens: Vec<String> = runs.iter().flat_map(index_tokens).collect();
    // The text may go on after the last run, so its closing single character must not be asked for.
    let prefix = match &last {
        Run::Word(letters) => {
            tokens.push(word_token(letters));
            true
        }
        Run::Ideographs(chars) => {
            let chars = match chars.as_slice() {
                [head @ .., 'ー'] if head.len() >= 2 => head,
                all => all,
            };
            tokens.extend(chars.windows(2).map(ideograph_token));
            if let [only] = chars {
                tokens.push(ideograph_token(&[*only]));
            }
            chars.len() == 1
        }
    };
    Some(SearchWord { tokens, prefix })
}

enum Run {
    Word(Vec<char>),
    Ideographs(Vec<char>),
}

#[derive(PartialEq, Clone, Copy)]
enum Script {
    Letter,
    Digit,
    Ideograph,
    Gap,
}

fn script(c: char) -> Script {
    match c {
        _ if !c.is_alphanumeric() => Script::Gap,
        '\u{2E80}'.. | '\u{1100}'..='\u{11FF}' => Script::Ideograph,
        _ if c.is_numeric() => Script::Digit,
        _ => Script::Letter,
    }
}

fn runs(text: &str) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut before = Script::Gap;
    for c in text.chars() {
        let now = script(c);
        match (now, out.last_mut()) {
            (Script::Gap, _) => {}
            (_, Some(Run::Word(run) | Run::Ideographs(run))) if now == before => run.push(c),
            (Script::Ideograph, _) => out.push(Run::Ideographs(vec![c])),
            _ => out.push(Run::Word(vec![c])),
        }
        before = now;
    }
    out
}

/// Tokens of a run in the index: a word as it is; ideographs as pairs, and the last one alone so that a one-character prefix finds it too.
fn index_tokens(run: &Run) -> Vec<String> {
    match run {
        Run::Word(letters) => vec![word_token(letters)],
        Run::Ideographs(chars) => {
            let mut tokens: Vec<String> = chars.windows(2).map(ideograph_token).collect();
            tokens.extend(chars.last().map(|c| ideograph_token(&[*c])));
            tokens
        }
    }
}

fn ideograph_token(chars: &[char]) -> String {
    let mut token = String::with_capacity(1 + chars.len() * 4);
    token.push('k');
    chars.iter().for_each(|c| push_base36(&mut token, *c));
    token
}

fn word_token(letters: &[char]) -> String {
    let mut token = String::with_capacity(1 + letters.len());
    token.push('w');
    for c in letters.iter().take(MAX_WORD_CHARS) {
        match c {
            // z introduces an encoded character, whose first base-36 digit is never z; so a real z is doubled.
            'z' => token.push_str("zz"),
            'a'..='y' | '0'..='9' => token.push(*c),
            _ => {
                token.push('z');
                push_base36(&mut token, *c);
            }
        }
    }
    token
}

/// Four base-36 digits hold every code point (36⁴ > 0x10FFFF); a fixed width keeps prefixes meaningful.
fn push_base36(token: &mut String, c: char) {
    let mut code = u32::from(c);
    let mut digits = ['0'; 4];
    for slot in digits.iter_mut().rev() {
        *slot = char::from_digit(code % 36, 36).unwrap_or('0');
        code /= 36;
    }
    token.extend(digits);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use proptest::prelude::*;

    /// What both databases do with phrases and prefixes.
    fn hits(text: &str, query: &str) -> bool {
        let index = search_tokens(text);
        let index: Vec<&str> = index.split(' ').collect();
        search_query(query).words.iter().all(|word| {
            index.windows(word.tokens.len()).any(|window| {
                let last = word.tokens.len() - 1;
                window.iter().zip(&word.tokens).enumerate().all(|(at, (have, want))| {
                    if at == last && word.prefix { have.starts_with(want.as_str()) } else { have == want }
                })
            })
        })
    }

    #[test]
    fn finds_japanese_of_any_length() {
        let text = "個人情報の漏えい等に関する報告書（第3四半期）";
        for query in ["個人情報", "報告", "書", "個", "第3四半", "３四", "第", "漏えい 報告書", "期"] {
            assert!(hits(text, query), "{query}");
        }
        for query in ["情報報告", "監査", "報告書 監査", "個人の"] {
            assert!(!hits(text, query), "{query}");
        }
    }

    #[test]
    fn finds_latin_words_and_codes() {
        assert!(hits("ISO/IEC 27001認証", "iso27001") || hits("ISO27001認証", "ISO 27001"));
        assert!(hits("ISO-27001", "iso27001"));
        assert!(hits("ＶＰＮ装置", "vpn装"));
        assert!(hits("firewall", "fire"));
        assert!(!hits("firewall", "wall"));
        assert!(hits("PC-0012", "pc-00"));
        assert!(hits("jazz", "jaz"));
        assert!(hits("Café", "CAFÉ"));
        assert!(!hits("caféx", "cafez"));
    }

    #[test]
    fn kana_width_and_long_vowels_do_not_matter() {
        assert!(hits("ﾌｧｲﾙサーバ", "ふぁいるサーバー"));
        assert!(hits("サーバー室", "サーバ"));
        assert!(hits("髙﨑①㈱", "髙﨑"));
    }

    #[test]
    fn signs_alone_ask_for_nothing() {
        assert!(search_query("  、。（） 🎉").is_empty());
        assert_eq!(search_tokens("—…"), "");
    }

    #[test]
    fn written_for_both_databases() {
        let query = search_query("pc 監査");
        assert_eq!(query.fts5(), "\"wpc\" * AND \"k0nhf0kjf\"");
        assert_eq!(query.tsquery(), "(wpc:*) & (k0nhf0kjf)");
    }

    proptest! {
        #[test]
        fn tokens_are_ascii_words(text in any::<String>()) {
            prop_assert!(search_tokens(&text).chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | ' ')));
        }

        #[test]
        fn every_part_of_a_japanese_text_is_found(text in "[あ-んア-ン一-龠]{1,12}", from in 0usize..12, len in 1usize..6) {
            let chars: Vec<char> = text.chars().collect();
            let from = from % chars.len();
            let part: String = chars[from..(from + len).min(chars.len())].iter().collect();
            prop_assert!(hits(&text, &part), "{} in {}", part, text);
        }
    }
}
