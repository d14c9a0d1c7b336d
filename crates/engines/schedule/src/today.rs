//! "Today": the one inbox of work.

use jiff::civil::Date;
use mamori_store::View;

use crate::Pending;
use crate::jobs::Services;

/// How pressing an item is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Urgency {
    /// Past its date.
    Overdue,
    /// Due within the next seven days.
    Soon,
    /// Has time, or has no date.
    Later,
}

impl Urgency {
    /// Judged by the due date.
    pub fn of(due: Option<Date>, today: Date) -> Urgency {
        match due {
            Some(due) if due < today => Urgency::Overdue,
            Some(due) if due <= today.saturating_add(jiff::Span::new().days(7)) => Urgency::Soon,
            _ => Urgency::Later,
        }
    }
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodayItem {
    /// What to do, in the reader's language.
    pub title: String,
    /// Why, or how many.
    pub detail: String,
    /// Where it is done.
    pub link: String,
    /// By when.
    pub due: Option<Date>,
    /// The kind of work, for the icon: a ledger's code or `approval`, `stocktake` …
    pub kind: &'static str,
}

/// A part of the program that knows of work.
pub trait TodaySource: Send + Sync {
    /// The items of the reader behind `view`, judged for `today`.
    fn items<'a>(&'a self, view: &'a mut View, services: &'a Services, today: Date) -> Pending<'a, Vec<TodayItem>>;
}

/// Orders items: overdue first, then by date, dateless last.
pub fn sort_today(items: &mut [TodayItem], today: Date) {
    items.sort_by(|a, b| {
        let key = |item: &TodayItem| (Urgency::of(item.due, today), item.due.unwrap_or(Date::MAX));
        key(a).cmp(&key(b)).then_with(|| a.title.cmp(&b.title))
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_day_itself_is_not_yet_overdue() {
        let today: Date = "2026-11-20".parse().unwrap();
        assert_eq!(Urgency::of(Some(today), today), Urgency::Soon);
        assert_eq!(Urgency::of(Some("2026-11-19".parse().unwrap()), today), Urgency::Overdue);
        assert_eq!(Urgency::of(Some("2026-11-28".parse().unwrap()), today), Urgency::Later);
        assert_eq!(Urgency::of(None, today), Urgency::Later);
    }
}
