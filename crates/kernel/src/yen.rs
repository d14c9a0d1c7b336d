//! Money: whole yen. Losses, budgets and fines are never fractions of a yen.

use std::fmt;
use std::iter::Sum;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::text::parse_integer;

/// An amount in Japanese yen; negative is an outflow or a correction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Yen(pub i64);

impl Yen {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// Reads an amount as people type it (`278.6万円`, `¥1,234`, `▲300`); see [`parse_integer`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        parse_integer(text).map(Self)
    }

    /// For people: `1,234,567円` or `¥1,234,567`; negative with a leading `-`.
    #[must_use]
    pub fn format(self, lang: Lang) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let digits = group_thousands(self.0.unsigned_abs());
        match lang {
            Lang::Ja => format!("{sign}{digits}円"),
            Lang::En => format!("{sign}¥{digits}"),
        }
    }

    /// In ten-thousands of yen with at most one decimal, rounded half away from zero: `278.6万円`, `1,200万円`.
    #[must_use]
    pub fn in_man(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        // Saturation only concerns amounts 500 yen below the largest number there is.
        let tenths = self.0.unsigned_abs().saturating_add(500) / 1_000;
        let whole = group_thousands(tenths / 10);
        match tenths % 10 {
            0 if tenths == 0 => "0万円".to_owned(),
            0 => format!("{sign}{whole}万円"),
            decimal => format!("{sign}{whole}.{decimal}万円"),
        }
    }

    /// Sum, or `None` beyond 64 bits.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference, or `None` beyond 64 bits.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// `factor` times the amount, or `None` beyond 64 bits.
    #[must_use]
    pub fn checked_mul(self, factor: i64) -> Option<Self> {
        self.0.checked_mul(factor).map(Self)
    }

    /// The amount times a rate such as 0.25, rounded to whole yen; `None` for a rate that is no finite number or a result beyond 64 bits.
    #[must_use]
    pub fn checked_rate(self, rate: f64) -> Option<Self> {
        let value = (self.0 as f64 * rate).round();
        (value.is_finite() && value.abs() < i64::MAX as f64).then_some(Self(value as i64))
    }
}

/// A number with thousands commas: `1234567` → `1,234,567`.
#[must_use]
pub fn group_thousands(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl fmt::Display for Yen {
    /// The Japanese form, `1,234,567円`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.format(Lang::Ja))
    }
}

impl Sum for Yen {
    /// Saturates at the bounds of 64 bits, which no sum of real amounts reaches.
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.fold(0, |total, amount| total.saturating_add(amount.0)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn for_people() {
        assert_eq!(Yen(1_234_567).to_string(), "1,234,567円");
        assert_eq!(Yen(-500).format(Lang::En), "-¥500");
        assert_eq!(Yen(2_786_000).in_man(), "278.6万円");
        assert_eq!(Yen(12_000_000).in_man(), "1,200万円");
        assert_eq!(Yen(499).in_man(), "0万円");
        assert_eq!(Yen(-499).in_man(), "0万円");
        assert_eq!(Yen(i64::MIN).in_man(), "-922,337,203,685,477.6万円");
    }

    #[test]
    fn arithmetic_never_wraps() {
        assert_eq!(Yen(i64::MAX).checked_add(Yen(1)), None);
        assert_eq!(Yen(3).checked_mul(4), Some(Yen(12)));
        assert_eq!(Yen(1_000).checked_rate(0.25), Some(Yen(250)));
        assert_eq!(Yen(1).checked_rate(f64::NAN), None);
        assert_eq!(serde_json::to_string(&Yen(5)).unwrap(), "5");
    }

    proptest! {
        #[test]
        fn grouping_only_adds_commas(value in any::<u64>()) {
            prop_assert_eq!(group_thousands(value).replace(',', ""), value.to_string());
        }
    }
}
