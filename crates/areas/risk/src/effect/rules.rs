//! A series of measurements, cut at the day on which the measure began.

use jiff::civil::Date;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::reckoning::Reckoning;
use mamori_ledger::Choice;

/// What is better.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[choice(set = "effect_direction")]
pub enum Direction {
    /// Less is better: incidents, losses, blocked connections.
    #[choice(code = "down", ja = "少ないほどよい", en = "Less is better", tone = "neutral")]
    Down,
    /// More is better: rates of people who know a rule.
    #[choice(code = "up", ja = "多いほどよい", en = "More is better", tone = "neutral")]
    Up,
}

/// A metric that fits a kind of measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SuggestedMetric {
    /// Code of the measure's family: `organizational`, `human`, `technical` or `physical`.
    pub family: &'static str,
    /// What is counted.
    pub ja: &'static str,
    /// What is counted.
    pub en: &'static str,
    /// Unit for people, Japanese.
    pub unit_ja: &'static str,
    /// Unit for people, English.
    pub unit_en: &'static str,
    /// What is better.
    pub direction: Direction,
}

/// Metrics to choose from when a measure is planned, by family (S2-D6-16, S2-D6-17).
pub const SUGGESTED: [SuggestedMetric; 9] = [
    metric("organizational", "事故の件数", "Incidents", "件", "cases", Direction::Down),
    metric("organizational", "ヒヤリハットの件数", "Near misses", "件", "cases", Direction::Down),
    metric("human", "規程を知っている人の割合", "People who know the policy", "%", "%", Direction::Up),
    metric("human", "ルールを知っている人の割合", "People who know the rule", "%", "%", Direction::Up),
    metric("human", "訓練メールを開いた人の割合", "People who opened the drill mail", "%", "%", Direction::Down),
    metric("technical", "止めた不正な通信の回数", "Bad connections stopped", "回", "times", Direction::Down),
    metric("technical", "未更新の機器の台数", "Devices without updates", "台", "devices", Direction::Down),
    metric("physical", "紛失の回数", "Things lost", "回", "times", Direction::Down),
    metric("physical", "施錠忘れの回数", "Doors left unlocked", "回", "times", Direction::Down),
];

const fn metric(
    family: &'static str,
    ja: &'static str,
    en: &'static str,
    unit_ja: &'static str,
    unit_en: &'static str,
    direction: Direction,
) -> SuggestedMetric {
    SuggestedMetric { family, ja, en, unit_ja, unit_en, direction }
}

/// One measurement: the count or rate of a period of equal length, such as a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measurement {
    /// The last day of the period.
    pub day: Date,
    /// The value, 0 or more, in hundredths of the metric's unit: 4 cases are 400, 62.5 % are 6,250.
    pub hundredths: i64,
}

/// What became of the metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It moved the right way.
    Better,
    /// It stayed.
    Same,
    /// It moved the wrong way.
    Worse,
}

impl Outcome {
    /// In words for people.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Better => Words::new("よくなった", "Better"),
            Self::Same => Words::new("変わらない", "Unchanged"),
            Self::Worse => Words::new("悪くなった", "Worse"),
        }
    }
}

/// Before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Mean of the periods that ended before the measure began, in hundredths.
    pub before: i64,
    /// Mean of the periods since, in hundredths.
    pub after: i64,
    /// Change against before in whole percent, negative for less, rounded half away from zero; `None` when it was 0 before.
    pub percent: Option<i64>,
    /// Judged by the direction.
    pub outcome: Outcome,
    /// Every step.
    pub reckoning: Reckoning,
}

/// Reduction in whole percent when `removed` of `total` causes are gone (T13: 2 of 6 → 33), rounded half up.
///
/// # Errors
/// A field error on `removed` when the total is 0 or more are removed than there were.
pub fn reduction(total: u32, removed: u32) -> Result<(u32, Reckoning)> {
    if total == 0 || removed > total {
        return Err(Error::field(
            "removed",
            Words::owned(
                format!(
                    "{total}件のうち{removed}件をなくすことはできません。もとの件数は1件以上、なくした件数はそれ以下で入力してください。"
                ),
                format!("{removed} of {total} cannot be removed. Enter at least 1 to begin with, and no more removed than that."),
            ),
        ));
    }
    let percent = u32::try_from((u64::from(removed) * 200 + u64::from(total)) / (u64::from(total) * 2)).unwrap_or(100);
    let expression = format!("{removed} ÷ {total}");
    let reckoning = Reckoning::default().step(
        Words::new("削減率", "Reduction"),
        Words::owned(expression.clone(), expression),
        Words::owned(format!("{percent}%"), format!("{percent}%")),
        Words::new("S2-D6-16", "S2-D6-16"),
    );
    Ok((percent, reckoning))
}

/// Half away from zero; the divisor is positive.
fn rounded(value: i128, by: i128) -> i64 {
    let magnitude = (value.abs() * 2 + by) / (by * 2);
    i64::try_from(if value < 0 { -magnitude } else { magnitude }).unwrap_or(i64::MAX)
}

/// `12.5`, `4`.
fn shown(hundredths: i64) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn refuse(field: &'static str, ja: &'static str, en: &'static str) -> Error {
    Error::field(field, Words::new(ja, en))
}

/// Compares the mean before with the mean since the measure began (S2-D6-16). Means, because the two times are seldom equally long.
///
/// A period that ends before `began` counts as before; one that ends on it or later counts as after.
///
/// # Errors
/// A field error on `value` for a negative value, or on `series` when one of the two sides is empty: a measure without a figure from
/// before cannot show an effect, which is why the metric is chosen at planning.
pub fn compare(series: &[Measurement], began: Date, direction: Direction) -> Result<Comparison> {
    if series.iter().any(|measurement| measurement.hundredths < 0) {
        return Err(refuse("value", "測定値は0以上で入力してください。", "Measurements are 0 or more."));
    }
    let (before, after): (Vec<&Measurement>, Vec<&Measurement>) = series.iter().partition(|measurement| measurement.day < began);
    if before.is_empty() {
        return Err(refuse(
            "series",
            "対策を始める前の値がありません。効果を比べるには、始める前の値を1つ以上記録してください。",
            "There is no value from before the measure. Record at least one to compare with.",
        ));
    }
    if after.is_empty() {
        return Err(refuse(
            "series",
            "対策を始めた後の値がまだありません。次の測定の後に確かめてください。",
            "There is no value since the measure began. Look again after the next measurement.",
        ));
    }
    let mean = |side: &[&Measurement]| {
        let sum: i128 = side.iter().map(|measurement| i128::from(measurement.hundredths)).sum();
        // A slice never holds more than 64 bits can count.
        rounded(sum, i128::try_from(side.len()).unwrap_or(i128::MAX))
    };
    let (old, new) = (mean(&before), mean(&after));
    let percent = (old > 0).then(|| rounded((i128::from(new) - i128::from(old)) * 100, i128::from(old)));
    let outcome = match (new.cmp(&old), direction) {
        (std::cmp::Ordering::Equal, _) => Outcome::Same,
        (std::cmp::Ordering::Less, Direction::Down) | (std::cmp::Ordering::Greater, Direction::Up) => Outcome::Better,
        _ => Outcome::Worse,
    };
    let reckoning = explain(old, new, percent, outcome, (before.len(), after.len()));
    Ok(Comparison { before: old, after: new, percent, outcome, reckoning })
}

fn explain(old: i64, new: i64, percent: Option<i64>, outcome: Outcome, periods: (usize, usize)) -> Reckoning {
    let source = || Words::new("S2-D6-16", "S2-D6-16");
    let same = |text: String| Words::owned(text.clone(), text);
    let mean = |count: usize| Words::owned(format!("{count}期間の平均"), format!("mean of {count} periods"));
    let change = match percent {
        Some(percent) => {
            Words::owned(format!("{percent:+}%({})", outcome.words().ja), format!("{percent:+}% ({})", outcome.words().en))
        }
        None => outcome.words(),
    };
    Reckoning::default()
        .step(Words::new("対策前", "Before"), mean(periods.0), same(shown(old)), source())
        .step(Words::new("対策後", "After"), mean(periods.1), same(shown(new)), source())
        .step(Words::new("変化", "Change"), same(format!("({} − {}) ÷ {}", shown(new), shown(old), shown(old))), change, source())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn series(values: &[(i8, i64)]) -> Vec<Measurement> {
        values.iter().map(|(month, value)| Measurement { day: date(2026, *month, 28), hundredths: *value }).collect()
    }

    #[test]
    fn t13_two_of_six_triggers_removed_are_33_percent() {
        let (percent, reckoning) = reduction(6, 2).unwrap();
        assert_eq!((percent, reckoning.steps[0].expression.ja.as_ref()), (33, "2 ÷ 6"));
        assert_eq!((reduction(3, 2).unwrap().0, reduction(8, 1).unwrap().0, reduction(5, 0).unwrap().0), (67, 13, 0));
        assert!(reduction(0, 0).is_err() && reduction(6, 7).is_err());
        assert_eq!(reduction(u32::MAX, u32::MAX).unwrap().0, 100);
    }

    #[test]
    fn six_triggers_before_and_four_after_are_a_third_less() {
        let found = compare(&series(&[(3, 600), (4, 600), (6, 400)]), date(2026, 5, 1), Direction::Down).unwrap();
        assert_eq!((found.before, found.after, found.percent, found.outcome), (600, 400, Some(-33), Outcome::Better));
        assert_eq!(found.reckoning.steps[2].expression.ja, "(4 − 6) ÷ 6");
        assert_eq!(found.reckoning.steps[2].value.ja, "-33%(よくなった)");
    }

    #[test]
    fn more_is_better_for_what_people_know() {
        let values = series(&[(1, 4_000), (2, 4_500), (7, 8_500)]);
        let found = compare(&values, date(2026, 2, 28).tomorrow().unwrap(), Direction::Up).unwrap();
        assert_eq!((found.before, found.percent, found.outcome), (4_250, Some(100), Outcome::Better));
        assert_eq!(found.reckoning.steps[0].value.ja, "42.5");
        assert_eq!(compare(&values, date(2026, 3, 1), Direction::Down).unwrap().outcome, Outcome::Worse);
        let from_zero = compare(&series(&[(1, 0), (7, 100)]), date(2026, 3, 1), Direction::Down).unwrap();
        assert_eq!((from_zero.percent, from_zero.outcome), (None, Outcome::Worse));
    }

    #[test]
    fn without_before_or_after_there_is_no_effect_to_show() {
        let message = |series: &[Measurement]| match compare(series, date(2026, 5, 1), Direction::Down).unwrap_err() {
            Error::Invalid(fields) => fields[0].message.en.clone().into_owned(),
            other => panic!("{other}"),
        };
        assert!(message(&series(&[(6, 100)])).contains("before the measure"));
        assert!(message(&series(&[(1, 100)])).contains("since the measure"));
        assert!(message(&series(&[(1, 100), (6, -1)])).contains("0 or more"));
        assert!(message(&[]).contains("before the measure"));
    }

    proptest! {
        #[test]
        fn the_outcome_follows_the_means(before in proptest::collection::vec(0_i64..100_000, 1..20), after in proptest::collection::vec(0_i64..100_000, 1..20)) {
            let began = date(2026, 6, 1);
            let all: Vec<Measurement> = before
                .iter()
                .map(|value| Measurement { day: date(2026, 1, 1), hundredths: *value })
                .chain(after.iter().map(|value| Measurement { day: began, hundredths: *value }))
                .collect();
            let down = compare(&all, began, Direction::Down).unwrap();
            prop_assert!(down.before <= *before.iter().max().unwrap() && down.before >= *before.iter().min().unwrap());
            prop_assert_eq!(down.outcome == Outcome::Better, down.after < down.before);
            prop_assert_eq!(down.outcome == Outcome::Same, compare(&all, began, Direction::Up).unwrap().outcome == Outcome::Same);
        }
    }
}
