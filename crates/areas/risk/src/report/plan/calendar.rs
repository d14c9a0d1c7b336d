//! Measures over the quarters: when money falls due, and when each measure runs.

use jiff::civil::Date;
use mamori_kernel::time::{FiscalPeriod, FiscalYear};

use super::queries::{Cost, Measure};
use crate::treatment::{CostClass, State};

/// Quarters shown; what is later goes into one more column.
pub(super) const QUARTERS: usize = 6;

/// The quarters from the beginning of this fiscal year on.
pub(super) fn quarters(fiscal: FiscalYear, today: Date) -> Vec<FiscalPeriod> {
    let first = FiscalPeriod::Quarter(fiscal.year_of(today), 1);
    std::iter::successors(Some(first), |quarter| Some(quarter.next())).take(QUARTERS).collect()
}

/// What a measure is doing in a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing.
    Blank,
    /// It runs or waits.
    Running,
    /// Its date falls here.
    Due,
    /// It was done here.
    Done,
    /// Its date has passed and it is not done.
    Late,
}

/// The marks of a measure on each quarter, and on everything after the last.
pub(super) fn marks(measure: &Measure, fiscal: FiscalYear, quarters: &[FiscalPeriod], today: Date) -> Vec<Mark> {
    let last = quarters.last().and_then(|quarter| fiscal.range(*quarter)).map(|(_, last)| last);
    let done = (measure.state == Some(State::Done)).then_some(measure.done_on).flatten();
    let end = done.or(measure.due);
    let mark = |first: Option<Date>, last: Option<Date>| {
        let inside = |day: Date| first.is_none_or(|first| day >= first) && last.is_none_or(|last| day <= last);
        let begun = measure.starts.or(end).is_some_and(|day| last.is_none_or(|last| day <= last));
        match end {
            Some(day) if inside(day) && done.is_some() => Mark::Done,
            Some(day) if inside(day) && measure.is_overdue(today) => Mark::Late,
            Some(day) if inside(day) => Mark::Due,
            Some(day) if begun && first.is_some_and(|first| day >= first) => Mark::Running,
            // A late measure goes on until today.
            Some(_) if measure.is_overdue(today) && begun && first.is_some_and(|first| today >= first) => Mark::Late,
            _ => Mark::Blank,
        }
    };
    let within = quarters.iter().map(|quarter| {
        let range = fiscal.range(*quarter);
        mark(range.map(|range| range.0), range.map(|range| range.1))
    });
    let after = last.and_then(|last| last.tomorrow().ok());
    within.chain(after.map(|after| mark(Some(after), None))).collect()
}

/// One-off costs of a quarter by class: 事前, 運用, 事後, without a class.
pub(super) type ByClass = [i64; 4];

fn place(class: Option<CostClass>) -> usize {
    match class {
        Some(CostClass::Before) => 0,
        Some(CostClass::Run) => 1,
        Some(CostClass::After) => 2,
        None => 3,
    }
}

/// One-off costs before the first quarter, in each quarter, after the last, and without a date.
pub(super) fn by_quarter(costs: &[Cost], fiscal: FiscalYear, quarters: &[FiscalPeriod]) -> Vec<ByClass> {
    let mut found = vec![[0_i64; 4]; quarters.len() + 3];
    let start = quarters.first().and_then(|quarter| fiscal.range(*quarter)).map(|range| range.0);
    for cost in costs {
        let at = match cost.month {
            None => quarters.len() + 2,
            Some(day) if start.is_some_and(|start| day < start) => 0,
            Some(day) => {
                let inside = |quarter: &FiscalPeriod| fiscal.range(*quarter).is_some_and(|(from, to)| (from..=to).contains(&day));
                quarters.iter().position(inside).unwrap_or(quarters.len()) + 1
            }
        };
        if let Some(slot) = found.get_mut(at).and_then(|row| row.get_mut(place(cost.class))) {
            *slot = slot.saturating_add(cost.once);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::Mark::{Blank, Done, Due, Late, Running};
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 20);

    fn marked(starts: Option<Date>, due: Option<Date>, done_on: Option<Date>) -> Vec<Mark> {
        let fiscal = FiscalYear::new(4).unwrap();
        let state = Some(if done_on.is_some() { State::Done } else { State::Planned });
        let measure = Measure { starts, due, done_on, state, ..Measure::default() };
        marks(&measure, fiscal, &quarters(fiscal, TODAY), TODAY)
    }

    #[test]
    fn a_measure_runs_from_its_start_to_its_day() {
        let run = marked(Some(date(2026, 8, 1)), Some(date(2027, 5, 31)), None);
        assert_eq!(run, [Blank, Running, Running, Running, Due, Blank, Blank]);
        assert_eq!(marked(None, Some(date(2026, 12, 20)), None), [Blank, Blank, Due, Blank, Blank, Blank, Blank]);
        assert_eq!(marked(None, Some(date(2030, 1, 1)), None), [Blank, Blank, Blank, Blank, Blank, Blank, Due]);
        assert_eq!(marked(None, None, None), [Blank; 7]);
    }

    #[test]
    fn a_late_one_stays_red_until_today_and_a_done_one_ends() {
        assert_eq!(marked(None, Some(date(2026, 5, 1)), None), [Late, Late, Late, Blank, Blank, Blank, Blank]);
        assert_eq!(marked(None, Some(date(2025, 5, 1)), None), [Late, Late, Late, Blank, Blank, Blank, Blank]);
        assert_eq!(
            marked(Some(date(2026, 4, 1)), Some(date(2027, 3, 1)), Some(date(2026, 9, 30))),
            [Running, Done, Blank, Blank, Blank, Blank, Blank]
        );
    }

    #[test]
    fn money_falls_into_its_quarter() {
        let fiscal = FiscalYear::new(4).unwrap();
        let cost = |month: Option<Date>, class, once| Cost { month, class, once, ..Cost::default() };
        let costs = [
            cost(Some(date(2025, 12, 1)), Some(CostClass::Before), 1),
            cost(Some(date(2026, 12, 1)), Some(CostClass::Run), 20),
            cost(Some(date(2026, 10, 1)), Some(CostClass::Run), 300),
            cost(Some(date(2029, 1, 1)), Some(CostClass::After), 4_000),
            cost(None, None, 50_000),
        ];
        let found = by_quarter(&costs, fiscal, &quarters(fiscal, TODAY));
        assert_eq!((found[0], found[3]), ([1, 0, 0, 0], [0, 320, 0, 0]));
        assert_eq!((found[7], found[8]), ([0, 0, 4_000, 0], [0, 0, 0, 50_000]));
    }
}
