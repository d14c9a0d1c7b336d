//! How long something is kept (保存期間, S2-D4-07): `5年`, `６ヶ月`, `永久`, `2026/3/31まで`, or words that no program should interpret.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::parse::parse_date_loose;
use super::people::{date_without_weekday, iso_date};
use crate::lang::Lang;
use crate::text::{is_blank, kanji_numerals_to_digits, nfkc};

/// A retention period.
#[derive(Clone, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Retention {
    /// So many years from the start of keeping.
    Years(u32),
    /// So many months.
    Months(u32),
    /// So many days; weeks are seven of them.
    Days(u32),
    /// For ever: 永久, 無期限.
    Forever,
    /// To a fixed day, which is included.
    Until(Date),
    /// A rule in words, such as 契約終了後5年: kept as written, has no computed due date.
    Text(String),
}

impl Retention {
    /// Reads a period; `None` only for a blank text. What is not understood is kept in [`Retention::Text`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if is_blank(text) {
            return None;
        }
        let as_text = || Some(Self::Text(text.trim().to_owned()));
        let folded: String = nfkc(text).to_lowercase();
        let words = folded.trim();
        let compact: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        if FOREVER.contains(&compact.as_str()) {
            return Some(Self::Forever);
        }
        let until = compact.strip_suffix("まで保存").or(compact.strip_suffix("まで")).or(words.strip_prefix("until "));
        if let Some(day) = until {
            return parse_date_loose(day).map(Self::Until).ok().or_else(as_text);
        }
        if let Ok(day) = parse_date_loose(words) {
            return Some(Self::Until(day));
        }
        let period = ["保存", "保管", "間"].iter().fold(compact.as_str(), |rest, tail| rest.strip_suffix(tail).unwrap_or(rest));
        parse_period(&kanji_numerals_to_digits(period)).or_else(as_text)
    }

    /// For people: `5年`, `6か月`, `永久`, `2026年3月31日まで`; `5 years`, `Permanent`, `until 31 Mar 2026`. Text as it was written.
    ///
    /// The Japanese label reads back through [`Retention::parse`] to the same value.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        let english = |n: u32, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
        match (self, lang) {
            (Self::Years(n), Lang::Ja) => format!("{n}年"),
            (Self::Months(n), Lang::Ja) => format!("{n}か月"),
            (Self::Days(n), Lang::Ja) => format!("{n}日"),
            (Self::Years(n), Lang::En) => english(*n, "year"),
            (Self::Months(n), Lang::En) => english(*n, "month"),
            (Self::Days(n), Lang::En) => english(*n, "day"),
            (Self::Forever, _) => lang.pick("永久", "Permanent").to_owned(),
            (Self::Until(day), Lang::Ja) => format!("{}まで", date_without_weekday(lang, *day)),
            (Self::Until(day), Lang::En) => format!("until {}", date_without_weekday(lang, *day)),
            (Self::Text(text), _) => text.clone(),
        }
    }

    /// The form for files that machines read, language-free: `5y`, `6m`, `90d`, `forever`, `until 2026-03-31`. Reads back through
    /// [`Retention::parse`].
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Years(n) => format!("{n}y"),
            Self::Months(n) => format!("{n}m"),
            Self::Days(n) => format!("{n}d"),
            Self::Forever => "forever".to_owned(),
            Self::Until(day) => format!("until {}", iso_date(*day)),
            Self::Text(text) => text.clone(),
        }
    }

    /// The last day of keeping for something kept since `from`; after it the disposal is due. `None` where there is none: for ever, in words,
    /// or beyond the year 9999. A month without that day ends on its last day (2024-02-29 + 1 year = 2025-02-28).
    #[must_use]
    pub fn due(&self, from: Date) -> Option<Date> {
        let add = |n: u32, unit: fn(i32) -> jiff::Span| from.checked_add(unit(i32::try_from(n).ok()?)).ok();
        match self {
            // The bounds keep jiff's span constructors, which panic beyond their limits, out of reach.
            Self::Years(n @ ..=9_999) => add(*n, |n| n.years()),
            Self::Months(n @ ..=119_988) => add(*n, |n| n.months()),
            Self::Days(n @ ..=3_660_000) => add(*n, |n| n.days()),
            Self::Until(day) => Some(*day),
            _ => None,
        }
    }
}

const FOREVER: [&str; 12] = [
    "永久",
    "永年",
    "永久保存",
    "永年保存",
    "無期限",
    "期限なし",
    "無期限保存",
    "forever",
    "permanent",
    "permanently",
    "indefinite",
    "indefinitely",
];

/// Number and unit, or years and months together.
fn parse_period(text: &str) -> Option<Retention> {
    if text == "半年" {
        return Some(Retention::Months(6));
    }
    let (n, rest) = leading_number(text)?;
    match unit(rest) {
        Some(Unit::Years) => Some(Retention::Years(n)),
        Some(Unit::Months) => Some(Retention::Months(n)),
        Some(Unit::Weeks) => n.checked_mul(7).map(Retention::Days),
        Some(Unit::Days) => Some(Retention::Days(n)),
        None => {
            let rest = rest.strip_prefix('年')?;
            let months = if rest == "半" {
                6
            } else {
                let (months, tail) = leading_number(rest)?;
                matches!(unit(tail), Some(Unit::Months)).then_some(months)?
            };
            n.checked_mul(12)?.checked_add(months).map(Retention::Months)
        }
    }
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.parse().ok()?, rest))
}

enum Unit {
    Years,
    Months,
    Weeks,
    Days,
}

fn unit(text: &str) -> Option<Unit> {
    match text {
        "年" | "ヵ年" | "か年" | "ヶ年" | "カ年" | "箇年" | "y" | "year" | "years" => Some(Unit::Years),
        "ヶ月" | "ケ月" | "か月" | "カ月" | "ヵ月" | "箇月" | "個月" | "月" | "m" | "month" | "months" => {
            Some(Unit::Months)
        }
        "週" | "週間" | "w" | "week" | "weeks" => Some(Unit::Weeks),
        "日" | "d" | "day" | "days" => Some(Unit::Days),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn periods_of_real_ledgers() {
        for (text, value) in [
            ("5年", Retention::Years(5)),
            ("５年間", Retention::Years(5)),
            ("十年保存", Retention::Years(10)),
            ("６ヶ月", Retention::Months(6)),
            ("3か月", Retention::Months(3)),
            ("３ｶ月", Retention::Months(3)),
            ("半年", Retention::Months(6)),
            ("1年6か月", Retention::Months(18)),
            ("1年半", Retention::Months(18)),
            ("2週間", Retention::Days(14)),
            ("90日", Retention::Days(90)),
            ("永久", Retention::Forever),
            ("無 期 限", Retention::Forever),
            ("2026/3/31まで", Retention::Until(date(2026, 3, 31))),
            ("令和8年3月31日まで", Retention::Until(date(2026, 3, 31))),
            ("2026-03-31", Retention::Until(date(2026, 3, 31))),
            ("5 Years", Retention::Years(5)),
            ("until 2026-03-31", Retention::Until(date(2026, 3, 31))),
            ("契約終了後5年", Retention::Text("契約終了後5年".to_owned())),
            ("2026/2/30まで", Retention::Text("2026/2/30まで".to_owned())),
            ("99999999999年", Retention::Text("99999999999年".to_owned())),
        ] {
            assert_eq!(Retention::parse(text), Some(value), "{text}");
        }
        assert_eq!(Retention::parse("　"), None);
    }

    #[test]
    fn due_days() {
        let from = date(2024, 2, 29);
        assert_eq!(Retention::Years(1).due(from), Some(date(2025, 2, 28)));
        assert_eq!(Retention::Months(6).due(from), Some(date(2024, 8, 29)));
        assert_eq!(Retention::Forever.due(from), None);
        assert_eq!(Retention::Years(u32::MAX).due(from), None);
        assert_eq!(Retention::Days(u32::MAX).due(from), None);
        assert_eq!(Retention::Years(9_000).due(from), None);
    }

    proptest! {
        #[test]
        fn labels_and_codes_read_back(n in 0u32..100_000, day in 0i64..30_000) {
            let until = Retention::Until(date(1990, 1, 1).checked_add(day.days()).unwrap());
            for value in [Retention::Years(n), Retention::Months(n), Retention::Days(n), Retention::Forever, until] {
                prop_assert_eq!(Retention::parse(&value.label(Lang::Ja)), Some(value.clone()));
                prop_assert_eq!(Retention::parse(&value.code()), Some(value));
            }
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            if let Some(value) = Retention::parse(&text) {
                let _ = value.due(date(2026, 11, 20));
            }
        }
    }
}
