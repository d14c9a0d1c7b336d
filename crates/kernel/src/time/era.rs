//! 和暦: the five eras since the solar calendar.

use jiff::civil::{Date, date};

use crate::lang::Lang;

/// One era.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Era {
    /// Name as written: `令和`.
    pub ja: &'static str,
    /// Name in Latin letters: `Reiwa`.
    pub en: &'static str,
    /// The letter of forms: `R`.
    pub letter: char,
    /// First day of the era.
    pub start: Date,
    /// The Gregorian year that is year 1 (元年).
    pub first_year: i16,
}

/// The eras, newest first. A new era is a new line at the top.
///
/// Source: 元号法 (昭和54年法律第43号) and its orders; Japan counts days by the Gregorian calendar since 明治6年1月1日 (1873-01-01), so 明治 begins
/// there: earlier dates of the old lunar calendar have no simple equivalent.
pub const ERAS: [Era; 5] = [
    Era { ja: "令和", en: "Reiwa", letter: 'R', start: date(2019, 5, 1), first_year: 2019 },
    Era { ja: "平成", en: "Heisei", letter: 'H', start: date(1989, 1, 8), first_year: 1989 },
    Era { ja: "昭和", en: "Showa", letter: 'S', start: date(1926, 12, 25), first_year: 1926 },
    Era { ja: "大正", en: "Taisho", letter: 'T', start: date(1912, 7, 30), first_year: 1912 },
    Era { ja: "明治", en: "Meiji", letter: 'M', start: date(1873, 1, 1), first_year: 1868 },
];

impl Era {
    /// The era of a name at the start of `text` (`令和`, `令`, `R`, `r`) and what follows it.
    pub(super) fn strip_name(text: &str) -> Option<(&'static Self, &str)> {
        ERAS.iter().find_map(|era| {
            let rest = text
                .strip_prefix(era.ja)
                .or_else(|| text.strip_prefix(era.ja.chars().next()?))
                .or_else(|| text.strip_prefix([era.letter, era.letter.to_ascii_lowercase()]))?;
            Some((era, rest))
        })
    }

    /// The Gregorian year of year `n` of this era.
    #[must_use]
    pub fn gregorian_year(&self, n: i16) -> Option<i16> {
        self.first_year.checked_add(n.checked_sub(1)?)
    }
}

/// A year within an era.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EraYear {
    /// The era.
    pub era: &'static Era,
    /// Year within it; 1 is written 元年.
    pub year: i16,
}

/// The era and year of a date; `None` before 1873-01-01.
#[must_use]
pub fn era_of(date: Date) -> Option<EraYear> {
    let era = ERAS.iter().find(|era| date >= era.start)?;
    Some(EraYear { era, year: date.year() - era.first_year + 1 })
}

/// Long form: `令和8年11月20日`, `平成元年1月8日`; in English `20 Nov 2026 (Reiwa 8)`. Before 1873 the Gregorian date.
#[must_use]
pub fn format_era(lang: Lang, date: Date) -> String {
    let plain = super::people::date_without_weekday(lang, date);
    match (era_of(date), lang) {
        (None, _) => plain,
        (Some(EraYear { era, year }), Lang::En) => format!("{plain} ({} {year})", era.en),
        (Some(EraYear { era, year }), Lang::Ja) => {
            let year = if year == 1 { "元".to_owned() } else { year.to_string() };
            format!("{}{year}年{}月{}日", era.ja, date.month(), date.day())
        }
    }
}

/// Short form of official sheets: `R8.11.20`; before 1873 the ISO date.
#[must_use]
pub fn format_era_short(date: Date) -> String {
    match era_of(date) {
        Some(EraYear { era, year }) => format!("{}{year}.{}.{}", era.letter, date.month(), date.day()),
        None => date.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn borders_of_the_eras() {
        assert_eq!(format_era(Lang::Ja, date(2026, 11, 20)), "令和8年11月20日");
        assert_eq!(format_era(Lang::Ja, date(2019, 5, 1)), "令和元年5月1日");
        assert_eq!(format_era(Lang::Ja, date(2019, 4, 30)), "平成31年4月30日");
        assert_eq!(format_era(Lang::Ja, date(1989, 1, 8)), "平成元年1月8日");
        assert_eq!(format_era(Lang::Ja, date(1989, 1, 7)), "昭和64年1月7日");
        assert_eq!(format_era(Lang::Ja, date(1926, 12, 25)), "昭和元年12月25日");
        assert_eq!(format_era(Lang::Ja, date(1912, 7, 30)), "大正元年7月30日");
        assert_eq!(format_era(Lang::Ja, date(1912, 7, 29)), "明治45年7月29日");
        assert_eq!(format_era(Lang::Ja, date(1872, 12, 31)), "1872年12月31日");
        assert_eq!(format_era_short(date(2026, 11, 20)), "R8.11.20");
        assert_eq!(format_era(Lang::En, date(2026, 11, 20)), "20 Nov 2026 (Reiwa 8)");
    }
}
