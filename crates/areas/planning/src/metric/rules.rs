//! What the numbers say: before and after, the target, and when to count again.

use jiff::ToSpan as _;
use jiff::civil::Date;
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::reckoning::Reckoning;

use super::Cadence;
use crate::neighbours::effect::{Comparison, Direction, Measurement, Outcome, compare, reduction};

/// A metric with everything that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// What is better.
    pub direction: Direction,
    /// 単位.
    pub unit: String,
    /// Target, when set.
    pub target: Option<f64>,
    /// Value before the measure, when noted.
    pub before: Option<f64>,
    /// The day from which the measure held; `None` while it is not done.
    pub began: Option<Date>,
    /// What was measured, oldest first.
    pub series: Vec<(Date, f64)>,
}

/// What became of a metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which way it moved; `None` while that cannot be said.
    pub outcome: Option<Outcome>,
    /// The last value meets the target; `None` without target or value.
    pub target_met: Option<bool>,
    /// One sentence.
    pub says: Words,
    /// How the change came about.
    pub reckoning: Reckoning,
}

/// Hundredths, as the rules of the risk area count.
fn hundredths(value: f64) -> i64 {
    // A count beyond 90 trillion is a typing mistake that the form has refused.
    (value * 100.0).round().clamp(-9e15, 9e15) as i64
}

/// `4`, `62.5`.
#[must_use]
pub fn shown(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A value with its unit: `4件`, `62.5%`, `4 cases`.
#[must_use]
pub fn with_unit(value: f64, unit: &str) -> String {
    let space = if unit.starts_with(|first: char| first.is_ascii_alphabetic()) { " " } else { "" };
    format!("{}{space}{unit}", shown(value))
}

/// Judges a metric (S2-D6-16).
#[must_use]
pub fn judge(facts: &Facts) -> Verdict {
    let last = facts.series.last().map(|(_, value)| *value);
    let target_met = facts.target.zip(last).map(|(target, last)| match facts.direction {
        Direction::Down => last <= target,
        Direction::Up => last >= target,
    });
    let waiting = |says: Words| Verdict { outcome: None, target_met, says, reckoning: Reckoning::default() };
    let Some(began) = facts.began else {
        return waiting(Words::new(
            "対策はまだ終わっていません。始める前の値を集めておきましょう。",
            "The measure is not done yet. Collect values from before it.",
        ));
    };
    let mut series: Vec<Measurement> =
        facts.series.iter().map(|(day, value)| Measurement { day: *day, hundredths: hundredths(*value) }).collect();
    // The value noted at planning stands for the time before when nothing was measured then.
    if let Some(before) = facts.before
        && !series.iter().any(|one| one.day < began)
        && let Ok(eve) = began.yesterday()
    {
        series.push(Measurement { day: eve, hundredths: hundredths(before) });
    }
    match compare(&series, began, facts.direction) {
        Ok(found) => compared(facts, target_met, found),
        Err(error) => waiting(error.words()),
    }
}

/// Causes that were counted and are gone are said as such: "2 of 6" (T13); means and rates as before and after.
fn compared(facts: &Facts, target_met: Option<bool>, found: Comparison) -> Verdict {
    let whole = |value: i64| (value % 100 == 0).then(|| u32::try_from(value / 100).ok()).flatten();
    let (before, after) = (found.before as f64 / 100.0, found.after as f64 / 100.0);
    let removed = whole(found.before)
        .zip(whole(found.after))
        .filter(|(before, after)| after < before && facts.direction == Direction::Down);
    if let Some((before, after)) = removed
        && !facts.unit.contains('%')
        && let Ok((percent, steps)) = reduction(before, before - after)
    {
        let gone = before - after;
        let unit = &facts.unit;
        let space = if unit.starts_with(|first: char| first.is_ascii_alphabetic()) { " " } else { "" };
        let says = Words::owned(
            format!("{before}{unit}のうち{gone}{unit}がなくなり、{percent}%減りました。"),
            format!("{gone} of {before}{space}{unit} are gone: {percent}% less."),
        );
        let mut reckoning = found.reckoning;
        reckoning.steps.extend(steps.steps);
        return Verdict { outcome: Some(found.outcome), target_met, says, reckoning };
    }
    let change = found.percent.map(|percent| format!(" ({percent:+}%)")).unwrap_or_default();
    let (old, new) = (with_unit(before, &facts.unit), with_unit(after, &facts.unit));
    let outcome = found.outcome.words();
    let says = Words::owned(
        format!("対策前 {old} → 対策後 {new}{change}。{}。", outcome.ja),
        format!("Before {old} → after {new}{change}. {}.", outcome.en),
    );
    Verdict { outcome: Some(found.outcome), target_met, says, reckoning: found.reckoning }
}

/// In one or two words for a badge: the target first, then the movement.
#[must_use]
pub fn badge(verdict: &Verdict, lang: Lang) -> (String, Tone) {
    let words = match (verdict.target_met, verdict.outcome) {
        (Some(true), _) => (Words::new("目標達成", "Target met"), Tone::Good),
        (_, Some(Outcome::Better)) => (Words::new("改善", "Better"), Tone::Good),
        (_, Some(Outcome::Same)) => (Words::new("変化なし", "Unchanged"), Tone::Open),
        (_, Some(Outcome::Worse)) => (Words::new("悪化", "Worse"), Tone::Bad),
        (_, None) => (Words::new("測定中", "Measuring"), Tone::Open),
    };
    (words.0.get(lang).to_owned(), words.1)
}

/// How a verdict is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As hoped.
    Good,
    /// Cannot be said, or nothing happened.
    Open,
    /// The other way.
    Bad,
}

/// The day on which to measure next: one period after the last measurement, or after the metric was made.
#[must_use]
pub fn next_due(cadence: Cadence, made_on: Date, last: Option<Date>) -> Date {
    last.unwrap_or(made_on).saturating_add(cadence.months().months())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use jiff::civil::date;

    fn facts(before: Option<f64>, series: &[(i8, f64)]) -> Facts {
        Facts {
            direction: Direction::Down,
            unit: "件".into(),
            target: Some(4.0),
            before,
            began: Some(date(2026, 6, 1)),
            series: series.iter().map(|(month, value)| (date(2026, *month, 28), *value)).collect(),
        }
    }

    #[test]
    fn t13_two_of_six_triggers_are_gone() {
        let verdict = judge(&facts(Some(6.0), &[(6, 4.0)]));
        assert_eq!(verdict.says.ja, "6件のうち2件がなくなり、33%減りました。");
        assert_eq!(verdict.says.en, "2 of 6件 are gone: 33% less.");
        assert_eq!((verdict.outcome, verdict.target_met), (Some(Outcome::Better), Some(true)));
        assert_eq!(verdict.reckoning.steps.last().unwrap().expression.ja, "2 ÷ 6");
        assert_eq!(badge(&verdict, Lang::Ja).0, "目標達成");
    }

    #[test]
    fn measured_values_from_before_win_over_the_note() {
        let verdict = judge(&facts(Some(100.0), &[(4, 8.0), (5, 8.0), (6, 8.0)]));
        assert_eq!((verdict.outcome, verdict.target_met), (Some(Outcome::Same), Some(false)));
        assert_eq!(verdict.says.ja, "対策前 8件 → 対策後 8件 (+0%)。変わらない。");
        assert_eq!(badge(&verdict, Lang::En), ("Unchanged".to_owned(), Tone::Open));
    }

    #[test]
    fn rates_are_compared_as_means() {
        let known =
            Facts { direction: Direction::Up, unit: "%".into(), target: None, ..facts(Some(42.5), &[(6, 80.0), (7, 90.0)]) };
        let verdict = judge(&known);
        assert_eq!(verdict.says.en, "Before 42.5% → after 85% (+100%). Better.");
        assert_eq!((verdict.outcome, verdict.target_met), (Some(Outcome::Better), None));
        let down = Facts { direction: Direction::Down, ..known };
        assert_eq!(badge(&judge(&down), Lang::Ja), ("悪化".to_owned(), Tone::Bad));
    }

    #[test]
    fn without_two_sides_there_is_no_verdict() {
        let open = Facts { began: None, ..facts(Some(6.0), &[(6, 4.0)]) };
        assert!(judge(&open).says.ja.contains("まだ終わっていません"));
        assert_eq!(judge(&facts(None, &[(6, 4.0)])).outcome, None);
        assert!(judge(&facts(Some(6.0), &[])).says.ja.contains("まだありません"));
    }

    #[test]
    fn the_next_measurement_is_one_period_later() {
        let made = date(2026, 11, 30);
        assert_eq!(next_due(Cadence::Monthly, made, None), date(2026, 12, 30));
        assert_eq!(next_due(Cadence::Quarterly, made, Some(date(2026, 11, 30))), date(2027, 2, 28));
    }
}
