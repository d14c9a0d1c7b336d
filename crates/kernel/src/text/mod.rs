//! Text as Japanese offices write it: half-width kana, full-width digits, 万円, line breaks inside column headings.
//!
//! Everything here is pure. [`normalise`] is the folding used wherever two spellings must count as one; [`search_tokens`] and
//! [`search_query`] are the two sides of full-text search; [`parse_integer`] reads numbers as people type them;
//! [`squash_heading`] makes column headings comparable.

mod fold;
mod number;
mod search;
mod width;

pub use fold::{hiragana, is_blank, nfkc, normalise, squash_heading};
pub use number::{half_width_digits, kanji_numerals_to_digits, parse_decimal, parse_integer};
pub use search::{SearchQuery, SearchWord, search_query, search_tokens};
pub use width::{display_width, truncate_chars, truncate_width};
