//! The company's own year (事業年度): usually April to March, but every month is found in practice.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::lang::Lang;

/// How a company counts its years: the month in which a fiscal year starts. A fiscal year is named after the calendar year it starts in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct FiscalYear {
    start_month: i8,
}

impl Default for FiscalYear {
    /// April, as most Japanese companies and every public office.
    fn default() -> Self {
        Self { start_month: 4 }
    }
}

impl FiscalYear {
    /// A year that starts on the first day of `start_month` (1–12); `None` for any other number.
    #[must_use]
    pub fn new(start_month: i8) -> Option<Self> {
        (1..=12).contains(&start_month).then_some(Self { start_month })
    }

    /// The month in which the year starts, 1–12.
    #[must_use]
    pub fn start_month(self) -> i8 {
        self.start_month
    }

    /// The fiscal year that contains `date`: with April, 2027-03-31 belongs to 2026.
    #[must_use]
    pub fn year_of(self, date: Date) -> i16 {
        if date.month() < self.start_month { date.year() - 1 } else { date.year() }
    }

    /// Months since the year began, 0–11.
    fn month_index(self, date: Date) -> i8 {
        (date.month() - self.start_month).rem_euclid(12)
    }

    /// The whole fiscal year around `date`.
    #[must_use]
    pub fn year_around(self, date: Date) -> FiscalPeriod {
        FiscalPeriod::Year(self.year_of(date))
    }

    /// The half-year (上期・下期) around `date`.
    #[must_use]
    pub fn half_around(self, date: Date) -> FiscalPeriod {
        FiscalPeriod::Half(self.year_of(date), self.month_index(date) / 6 + 1)
    }

    /// The quarter around `date`.
    #[must_use]
    pub fn quarter_around(self, date: Date) -> FiscalPeriod {
        FiscalPeriod::Quarter(self.year_of(date), self.month_index(date) / 3 + 1)
    }

    /// First and last day of a period, both included; `None` only outside the years −9999 to 9999.
    #[must_use]
    pub fn range(self, period: FiscalPeriod) -> Option<(Date, Date)> {
        let (year, skip, months) = match period {
            FiscalPeriod::Year(year) => (year, 0, 12),
            FiscalPeriod::Half(year, half) => (year, (i32::from(half) - 1) * 6, 6),
            FiscalPeriod::Quarter(year, quarter) => (year, (i32::from(quarter) - 1) * 3, 3),
        };
        let first = Date::new(year, self.start_month, 1).ok()?.checked_add(skip.months()).ok()?;
        let last = first.checked_add(months.months()).ok()?.checked_sub(1.day()).ok()?;
        Some((first, last))
    }
}

/// A fiscal year or a part of one. Halves count 1–2, quarters 1–4; the year is the one the fiscal year starts in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum FiscalPeriod {
    /// A whole year.
    Year(i16),
    /// 上期 (1) or 下期 (2).
    Half(i16, i8),
    /// 第1四半期 to 第4四半期.
    Quarter(i16, i8),
}

impl FiscalPeriod {
    /// The fiscal year the period belongs to.
    #[must_use]
    pub fn year(self) -> i16 {
        match self {
            Self::Year(year) | Self::Half(year, _) | Self::Quarter(year, _) => year,
        }
    }

    /// For people: `2026年度`, `2026年度 上期`, `2026年度 第3四半期`; `FY2026`, `FY2026 H1`, `FY2026 Q3`.
    #[must_use]
    pub fn label(self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Ja, Self::Year(year)) => format!("{year}年度"),
            (Lang::Ja, Self::Half(year, half)) => format!("{year}年度 {}", if half == 1 { "上期" } else { "下期" }),
            (Lang::Ja, Self::Quarter(year, quarter)) => format!("{year}年度 第{quarter}四半期"),
            (Lang::En, Self::Year(year)) => format!("FY{year}"),
            (Lang::En, Self::Half(year, half)) => format!("FY{year} H{half}"),
            (Lang::En, Self::Quarter(year, quarter)) => format!("FY{year} Q{quarter}"),
        }
    }

    /// The period of the same length that follows.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Year(year) => Self::Year(year + 1),
            Self::Half(year, half) if half < 2 => Self::Half(year, half + 1),
            Self::Half(year, _) => Self::Half(year + 1, 1),
            Self::Quarter(year, quarter) if quarter < 4 => Self::Quarter(year, quarter + 1),
            Self::Quarter(year, _) => Self::Quarter(year + 1, 1),
        }
    }

    /// The period of the same length before.
    #[must_use]
    pub fn previous(self) -> Self {
        match self {
            Self::Year(year) => Self::Year(year - 1),
            Self::Half(year, half) if half > 1 => Self::Half(year, half - 1),
            Self::Half(year, _) => Self::Half(year - 1, 2),
            Self::Quarter(year, quarter) if quarter > 1 => Self::Quarter(year, quarter - 1),
            Self::Quarter(year, _) => Self::Quarter(year - 1, 4),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn april_years() {
        let fiscal = FiscalYear::default();
        assert_eq!(fiscal.year_of(date(2027, 3, 31)), 2026);
        let quarter = fiscal.quarter_around(date(2026, 11, 20));
        assert_eq!(quarter.label(Lang::Ja), "2026年度 第3四半期");
        assert_eq!(quarter.label(Lang::En), "FY2026 Q3");
        assert_eq!(fiscal.range(quarter).unwrap(), (date(2026, 10, 1), date(2026, 12, 31)));
        assert_eq!(fiscal.half_around(date(2027, 2, 1)).label(Lang::Ja), "2026年度 下期");
        assert_eq!(fiscal.range(FiscalPeriod::Year(2026)).unwrap(), (date(2026, 4, 1), date(2027, 3, 31)));
    }

    #[test]
    fn months_that_are_none() {
        assert_eq!(FiscalYear::new(0), None);
        assert_eq!(FiscalYear::new(13), None);
    }

    proptest! {
        #[test]
        fn every_day_lies_in_its_periods(start in 1i8..=12, year in 1950i16..2100, day in 0i64..366) {
            let fiscal = FiscalYear::new(start).unwrap();
            let date = date(year, 1, 1).checked_add(day.days()).unwrap();
            for period in [fiscal.year_around(date), fiscal.half_around(date), fiscal.quarter_around(date)] {
                let (first, last) = fiscal.range(period).unwrap();
                prop_assert!(first <= date && date <= last);
                prop_assert_eq!(period.next().previous(), period);
                prop_assert_eq!(fiscal.range(period.next()).unwrap().0, last.tomorrow().unwrap());
            }
        }
    }
}
