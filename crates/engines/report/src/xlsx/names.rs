//! Names of sheets: Excel allows 31 characters, forbids some signs and wants each name once, whatever the case.

use std::collections::HashSet;

/// Signs that a sheet's name cannot hold.
const FORBIDDEN: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];

/// The longest name, in UTF-16 units as Excel counts.
const LONGEST: usize = 31;

/// The names given so far.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// A valid, new name close to the wish; the fallback stands in for a wish without any usable character.
    pub(super) fn take(&mut self, wish: &str, fallback: &str) -> String {
        let usable: String = wish.chars().map(|c| if FORBIDDEN.contains(&c) || c.is_control() { ' ' } else { c }).collect();
        // A name must not begin or end with an apostrophe.
        let usable = usable.trim_matches(|c: char| c == '\'' || c.is_whitespace());
        let base = if usable.is_empty() { fallback } else { usable };
        let mut number = 1_usize;
        loop {
            let ending = if number == 1 { String::new() } else { format!(" ({number})") };
            let name = format!("{}{ending}", cut(base, LONGEST - ending.len()));
            // Excel reserves this one name.
            if !name.eq_ignore_ascii_case("history") && self.0.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }
}

/// The beginning of a text of at most so many UTF-16 units.
fn cut(text: &str, most: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    let start = end.map_or(text.len(), |(index, _)| index);
    text.get(..start).unwrap_or(text).trim_end_matches(|c: char| c == '\'' || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_cleaned_cut_and_numbered() {
        let mut names = Names::default();
        assert_eq!(names.take("台帳/全部署", "表"), "台帳 全部署");
        assert_eq!(names.take("台帳:全部署", "表"), "台帳 全部署 (2)");
        assert_eq!(names.take("", "表"), "表");
        assert_eq!(names.take("'?'", "表"), "表 (2)");
        assert_eq!(names.take("History", "表"), "History (2)");
        assert_eq!(names.take(&"あ".repeat(40), "表"), "あ".repeat(31));
        assert_eq!(names.take(&"あ".repeat(40), "表"), format!("{} (2)", "あ".repeat(27)));
    }

    proptest! {
        #[test]
        fn any_wish_gives_a_valid_name(wish in any::<String>()) {
            let name = Names::default().take(&wish, "表");
            prop_assert!(!name.is_empty() && name.encode_utf16().count() <= LONGEST);
            prop_assert!(rust_xlsxwriter::Worksheet::new().set_name(&name).is_ok(), "{name:?}");
        }
    }
}
