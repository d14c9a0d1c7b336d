//! Progress, due dates and reminders of a stocktake.

use jiff::civil::Date;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;

use super::ItemState;

/// How many items stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Not answered.
    pub waiting: u64,
    /// Confirmed as they are.
    pub confirmed: u64,
    /// Put right.
    pub corrected: u64,
    /// Gone.
    pub disposed: u64,
}

impl Progress {
    /// Adds items of a state.
    pub fn add(&mut self, state: ItemState, count: u64) {
        let place = match state {
            ItemState::Waiting => &mut self.waiting,
            ItemState::Confirmed => &mut self.confirmed,
            ItemState::Corrected => &mut self.corrected,
            ItemState::Disposed => &mut self.disposed,
        };
        *place = place.saturating_add(count);
    }

    /// Both together.
    #[must_use]
    pub fn plus(mut self, other: Progress) -> Progress {
        self.add(ItemState::Waiting, other.waiting);
        self.add(ItemState::Confirmed, other.confirmed);
        self.add(ItemState::Corrected, other.corrected);
        self.add(ItemState::Disposed, other.disposed);
        self
    }

    /// Answered, whatever the answer.
    pub fn answered(&self) -> u64 {
        self.confirmed.saturating_add(self.corrected).saturating_add(self.disposed)
    }

    /// All items.
    pub fn total(&self) -> u64 {
        self.answered().saturating_add(self.waiting)
    }
}

/// Judges the days of a campaign.
///
/// # Errors
/// [`Error::Invalid`] when it would be due before it begins or before today.
pub fn judge_days(starts: Date, due: Date, today: Date) -> Result<()> {
    if due < starts {
        return Err(Error::field(
            "due",
            Words::new("締切日は開始日より後にしてください。", "The due date must not lie before the start."),
        ));
    }
    if due < today {
        return Err(Error::field(
            "due",
            Words::new("締切日は今日以降にしてください。", "The due date must not lie in the past."),
        ));
    }
    Ok(())
}

/// Days before the due date on which departments are reminded once.
const BEFORE: i32 = 3;

/// Every so many days after it they are reminded again.
const AGAIN: i32 = 7;

/// Whether departments with open items are reminded today: three days before the due date, the day after it, and weekly from then on.
/// `last` is the day of the last reminder: a job that runs twice a day reminds once, and one that slept over its day makes up for it.
pub fn remind(due: Date, last: Option<Date>, today: Date) -> bool {
    let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
    let past = days(due, today);
    if past < -BEFORE || last.is_some_and(|last| last >= today) {
        return false;
    }
    match last {
        None => true,
        // The reminder before the due date was sent; the next is owed from the day after the due date.
        Some(last) if last <= due => past >= 1,
        Some(last) => days(last, today) >= AGAIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    #[test]
    fn departments_are_reminded_before_after_and_weekly() {
        let due = date(2026, 11, 29);
        let (mut last, mut reminded) = (None, Vec::new());
        for day in 0..30 {
            let today = date(2026, 11, 20).checked_add(day.days()).unwrap_or(due);
            if remind(due, last, today) {
                last = Some(today);
                reminded.push(today);
                assert!(!remind(due, last, today), "a second run of the same day is silent");
            }
        }
        assert_eq!(reminded, [date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 14)]);
    }

    #[test]
    fn a_job_that_slept_makes_up_for_it() {
        let due = date(2026, 11, 29);
        assert!(remind(due, None, date(2026, 12, 3)));
        assert!(remind(due, Some(date(2026, 11, 26)), date(2026, 12, 3)));
        assert!(!remind(due, Some(date(2026, 12, 3)), date(2026, 12, 4)));
    }

    #[test]
    fn progress_adds_up() {
        let mut sales = Progress::default();
        sales.add(ItemState::Waiting, 3);
        sales.add(ItemState::Confirmed, 5);
        sales.add(ItemState::Disposed, 1);
        let all = sales.plus(Progress { corrected: 2, ..Progress::default() });
        assert_eq!((all.answered(), all.total()), (8, 11));
    }

    #[test]
    fn due_dates_lie_ahead() {
        let today = date(2026, 11, 20);
        assert!(judge_days(today, today, today).is_ok());
        assert!(judge_days(today, date(2026, 11, 19), today).is_err());
        assert!(judge_days(date(2026, 10, 1), date(2026, 11, 1), today).is_err());
    }
}
