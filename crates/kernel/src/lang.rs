//! The two languages of the product and pairs of words in both.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A language of the reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Japanese, the first language of the product.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// Both languages, Japanese first.
    pub const ALL: [Lang; 2] = [Lang::Ja, Lang::En];

    /// The BCP 47 code: `ja` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Ja => "ja",
            Lang::En => "en",
        }
    }

    /// Reads a code such as `ja`, `ja-JP`, `en_US`; `None` for any other language.
    pub fn parse(code: &str) -> Option<Lang> {
        let code = code.trim().to_ascii_lowercase();
        match code.split(['-', '_']).next() {
            Some("ja") => Some(Lang::Ja),
            Some("en") => Some(Lang::En),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header (RFC 9110 §12.5.4) that the product speaks.
    pub fn from_accept(header: &str) -> Option<Lang> {
        header.split(',').find_map(|part| Lang::parse(part.split(';').next().unwrap_or_default()))
    }

    /// The word of this language out of a pair.
    pub fn pick<'a>(self, ja: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }
}

/// A word or sentence in both languages, declared side by side so that neither can be forgotten.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Words {
    /// Japanese.
    pub ja: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Words {
    /// A pair known at compile time.
    pub const fn new(ja: &'static str, en: &'static str) -> Words {
        Words { ja: Cow::Borrowed(ja), en: Cow::Borrowed(en) }
    }

    /// A pair made at run time (a company's own field or label).
    pub fn owned(ja: impl Into<String>, en: impl Into<String>) -> Words {
        Words { ja: Cow::Owned(ja.into()), en: Cow::Owned(en.into()) }
    }

    /// The text for a reader. An empty text falls back to the other language: a label typed in one language is better than none.
    pub fn get(&self, lang: Lang) -> &str {
        let (first, second) = match lang {
            Lang::Ja => (&self.ja, &self.en),
            Lang::En => (&self.en, &self.ja),
        };
        if first.is_empty() { second } else { first }
    }

    /// True when both languages are empty.
    pub fn is_empty(&self) -> bool {
        self.ja.is_empty() && self.en.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_read_from_headers_and_codes() {
        assert_eq!(Lang::parse("ja-JP"), Some(Lang::Ja));
        assert_eq!(Lang::parse("EN_us"), Some(Lang::En));
        assert_eq!(Lang::parse("fr"), None);
        assert_eq!(Lang::from_accept("fr-FR, en;q=0.8, ja;q=0.7"), Some(Lang::En));
        assert_eq!(Lang::from_accept(""), None);
    }

    #[test]
    fn words_fall_back_to_the_language_that_is_there() {
        assert_eq!(Words::new("部署", "").get(Lang::En), "部署");
        assert_eq!(Words::new("部署", "Department").get(Lang::En), "Department");
    }
}
