//! Three classes of cost, totals by year, and the price of the free way.

use std::collections::BTreeMap;

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::reckoning::Reckoning;
use mamori_kernel::yen::Yen;
use mamori_ledger::Choice;

use crate::quantity::rules::LARGEST;

/// 費用の区分 (S2-D6-12).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[choice(set = "budget_class")]
pub enum Class {
    /// 事前対策費用.
    #[choice(
        code = "before",
        ja = "事前対策費用",
        en = "Before",
        tone = "info",
        meaning_ja = "機器やサービスの調達、人材の育成",
        meaning_en = "Buying equipment and services, training people"
    )]
    Before,
    /// 対策運用費用.
    #[choice(
        code = "operation",
        ja = "対策運用費用",
        en = "Operation",
        tone = "success",
        meaning_ja = "監視、保守、更新料",
        meaning_en = "Monitoring, maintenance, renewals"
    )]
    Operation,
    /// 事後対策費用.
    #[choice(
        code = "after",
        ja = "事後対策費用",
        en = "After",
        tone = "warning",
        meaning_ja = "事故の対応、再発の防止",
        meaning_en = "Handling an incident, preventing the next"
    )]
    After,
}

/// 無償・有償 (S2-D6-13).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[choice(set = "budget_payment")]
pub enum Payment {
    /// 無償.
    #[choice(
        code = "free",
        ja = "無償",
        en = "Free",
        tone = "success",
        meaning_ja = "ルールの見直し、社内講師、内部監査など、社内の時間だけで行う",
        meaning_en = "With our own time only: better rules, teachers from inside, internal audit"
    )]
    Free,
    /// 有償.
    #[choice(
        code = "paid",
        ja = "有償",
        en = "Paid",
        tone = "neutral",
        meaning_ja = "機器、外部講師や教材、外部監査など、支払いを伴う",
        meaning_en = "Equipment, outside teachers and material, outside audit"
    )]
    Paid,
}

/// One amount of the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Fiscal year, by the calendar year in which it begins.
    pub year: i16,
    /// Class.
    pub class: Class,
    /// Yen, 0 or more.
    pub amount: Yen,
    /// スポット: asked for outside the yearly budget, because of an incident or a new threat (S2-D6-13).
    pub spot: bool,
}

/// Totals of one fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct YearTotal {
    /// 事前対策費用.
    pub before: Yen,
    /// 対策運用費用.
    pub operation: Yen,
    /// 事後対策費用.
    pub after: Yen,
    /// All three.
    pub total: Yen,
    /// The part of the total that is スポット.
    pub spot: Yen,
}

/// The budget by year.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Totals {
    /// Totals of each year in which something is planned.
    pub years: BTreeMap<i16, YearTotal>,
    /// Over all years.
    pub total: Yen,
    /// A step for each year and one for the whole.
    pub reckoning: Reckoning,
}

fn wrong_amount(amount: Yen) -> Error {
    Error::field(
        "amount",
        Words::owned(
            format!(
                "費用に「{}」は使えません。0円以上、{}以下で入力してください。",
                amount.format(Lang::Ja),
                LARGEST.format(Lang::Ja)
            ),
            format!("A cost cannot be {}. Enter ¥0 to {}.", amount.format(Lang::En), LARGEST.format(Lang::En)),
        ),
    )
}

fn add(sum: &mut Yen, amount: Yen) -> Result<()> {
    *sum = sum.checked_add(amount).filter(|sum| *sum <= LARGEST).ok_or_else(|| wrong_amount(LARGEST))?;
    Ok(())
}

/// Adds up the budget by year and class (S2-D6-12).
///
/// # Errors
/// A field error on `amount` for a negative amount, or when a sum is beyond [`LARGEST`].
pub fn totals(lines: &[Line]) -> Result<Totals> {
    let mut found = Totals::default();
    for line in lines {
        if !(Yen::ZERO..=LARGEST).contains(&line.amount) {
            return Err(wrong_amount(line.amount));
        }
        let year = found.years.entry(line.year).or_default();
        match line.class {
            Class::Before => add(&mut year.before, line.amount)?,
            Class::Operation => add(&mut year.operation, line.amount)?,
            Class::After => add(&mut year.after, line.amount)?,
        }
        add(&mut year.total, line.amount)?;
        add(&mut found.total, line.amount)?;
        if line.spot {
            add(&mut year.spot, line.amount)?;
        }
    }
    let both = |make: &dyn Fn(Lang) -> String| Words::owned(make(Lang::Ja), make(Lang::En));
    let source = || Words::new("S2-D6-12", "S2-D6-12");
    for (year, sums) in &found.years {
        found.reckoning = std::mem::take(&mut found.reckoning).step(
            Words::owned(format!("{year}年度"), format!("Fiscal year {year}")),
            both(&|lang| {
                let words =
                    |ja: &'static str, en: &'static str, amount: Yen| format!("{} {}", lang.pick(ja, en), amount.format(lang));
                [
                    words("事前", "before", sums.before),
                    words("運用", "operation", sums.operation),
                    words("事後", "after", sums.after),
                ]
                .join(" + ")
            }),
            both(&|lang| sums.total.format(lang)),
            source(),
        );
    }
    found.reckoning = std::mem::take(&mut found.reckoning).step(
        Words::new("合計", "Total"),
        Words::owned(format!("{}年度分の合計", found.years.len()), format!("sum of {} fiscal years", found.years.len())),
        both(&|lang| found.total.format(lang)),
        source(),
    );
    Ok(found)
}

/// The budget lines of a measure: what is paid once in the first year, and its running cost in every year up to the last.
///
/// # Errors
/// A field error on `last_year` when the plan ends before it begins or lasts more than thirty years.
pub fn spread(first_year: i16, last_year: i16, initial: Yen, running: Yen) -> Result<Vec<Line>> {
    if !(0..30).contains(&(i32::from(last_year) - i32::from(first_year))) {
        return Err(Error::field(
            "last_year",
            Words::owned(
                format!(
                    "{first_year}年度から{last_year}年度までの計画は作れません。終わりの年度は、始まりの年度から30年以内にしてください。"
                ),
                format!("A plan from {first_year} to {last_year} is not possible. End it within thirty years of its beginning."),
            ),
        ));
    }
    let once = Line { year: first_year, class: Class::Before, amount: initial, spot: false };
    let each = (first_year..=last_year).map(|year| Line { year, class: Class::Operation, amount: running, spot: false });
    Ok(std::iter::once(once).chain(each).filter(|line| line.amount != Yen::ZERO).collect())
}

/// Reminds of a reserve for the time after an incident: true when money is planned for a year but none of it for 事後対策 (S2-D6-13).
#[must_use]
pub fn lacks_reserve(year: &YearTotal) -> bool {
    year.total > Yen::ZERO && year.after == Yen::ZERO
}

/// One of several ways to reach the same aim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Free or paid.
    pub payment: Payment,
    /// What is paid over the years compared; 0 for a free way.
    pub price: Yen,
    /// Own working time over the same years, in hours.
    pub hours: u32,
}

/// Price of an alternative with own working time: "free" costs hours too.
///
/// # Errors
/// A field error when a free way has a price, a price or hourly rate is negative, or the result is beyond [`LARGEST`].
pub fn full_cost(alternative: &Alternative, hourly_rate: Yen) -> Result<(Yen, Reckoning)> {
    let Alternative { payment, price, hours } = *alternative;
    if payment == Payment::Free && price != Yen::ZERO {
        return Err(Error::field(
            "price",
            Words::new(
                "「無償」なのに支払額があります。有償に変えるか、支払額を0円にしてください。",
                "The way is “free” but has a price. Make it paid, or set the price to ¥0.",
            ),
        ));
    }
    for amount in [price, hourly_rate] {
        if !(Yen::ZERO..=LARGEST).contains(&amount) {
            return Err(wrong_amount(amount));
        }
    }
    let mut sum = hourly_rate.checked_mul(i64::from(hours)).ok_or_else(|| wrong_amount(LARGEST))?;
    add(&mut sum, price)?;
    let expression = |lang: Lang| {
        let (hour, paid) = (hourly_rate.format(lang), price.format(lang));
        match lang {
            Lang::Ja => format!("支払 {paid} + 作業 {hours}時間 × {hour}"),
            Lang::En => format!("paid {paid} + {hours} hours × {hour}"),
        }
    };
    let reckoning = Reckoning::default().step(
        Words::new("実質の費用", "Full cost"),
        Words::owned(expression(Lang::Ja), expression(Lang::En)),
        Words::owned(sum.format(Lang::Ja), sum.format(Lang::En)),
        Words::new("S2-D6-13", "S2-D6-13"),
    );
    Ok((sum, reckoning))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_measure_spreads_over_its_years_and_classes() {
        let mut lines = spread(2026, 2028, Yen(600_000), Yen(240_000)).unwrap();
        lines.push(Line { year: 2027, class: Class::After, amount: Yen(1_000_000), spot: true });
        let found = totals(&lines).unwrap();
        let first = &found.years[&2026];
        assert_eq!((first.before, first.operation, first.total), (Yen(600_000), Yen(240_000), Yen(840_000)));
        let second = &found.years[&2027];
        assert_eq!((second.after, second.spot, second.total), (Yen(1_000_000), Yen(1_000_000), Yen(1_240_000)));
        assert_eq!(found.total, Yen(2_320_000));
        assert!(lacks_reserve(first) && !lacks_reserve(second) && !lacks_reserve(&YearTotal::default()));
        assert_eq!(found.reckoning.steps[1].expression.ja, "事前 0円 + 運用 240,000円 + 事後 1,000,000円");
        assert_eq!(found.reckoning.steps[3].value.en, "¥2,320,000");
    }

    #[test]
    fn the_free_way_costs_hours() {
        let cost = |payment, price, hours| full_cost(&Alternative { payment, price: Yen(price), hours }, Yen(3_000));
        assert_eq!(cost(Payment::Free, 0, 40).unwrap().0, Yen(120_000));
        let (paid, reckoning) = cost(Payment::Paid, 100_000, 4).unwrap();
        assert_eq!((paid, reckoning.steps[0].expression.ja.as_ref()), (Yen(112_000), "支払 100,000円 + 作業 4時間 × 3,000円"));
        assert!(cost(Payment::Free, 1, 0).is_err());
        assert!(cost(Payment::Paid, -1, 0).is_err());
        let dear = Alternative { payment: Payment::Paid, price: LARGEST, hours: u32::MAX };
        assert!(full_cost(&dear, LARGEST).is_err());
    }

    #[test]
    fn impossible_plans_are_refused() {
        let line = |amount| Line { year: 2026, class: Class::Before, amount, spot: false };
        assert!(totals(&[line(Yen(-1))]).is_err());
        assert!(totals(&[line(LARGEST), line(Yen(1))]).is_err());
        assert!(spread(2027, 2026, Yen(1), Yen(1)).is_err());
        assert!(spread(i16::MIN, i16::MAX, Yen(1), Yen(1)).is_err());
        assert_eq!(totals(&[]).unwrap().total, Yen::ZERO);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_in_the_sums(amounts in proptest::collection::vec((2020_i16..2030, 0_i64..1_000_000_000, 0_u8..3, any::<bool>()), 0..40)) {
            let lines: Vec<Line> = amounts
                .into_iter()
                .map(|(year, amount, class, spot)| Line {
                    year,
                    class: [Class::Before, Class::Operation, Class::After][usize::from(class)],
                    amount: Yen(amount),
                    spot,
                })
                .collect();
            let found = totals(&lines).unwrap();
            prop_assert_eq!(found.total, lines.iter().map(|line| line.amount).sum::<Yen>());
            prop_assert_eq!(found.total, found.years.values().map(|year| year.total).sum::<Yen>());
            for year in found.years.values() {
                prop_assert_eq!(year.total, Yen(year.before.0 + year.operation.0 + year.after.0));
                prop_assert!(year.spot <= year.total);
            }
        }
    }
}
