//! When a contact is no longer to be trusted. Pure; the day is a parameter.

use jiff::Span;
use jiff::civil::Date;

/// Days for which a checked contact counts as right: half a year.
pub const CHECKED_FOR_DAYS: i64 = 180;

/// The day on which a contact ought to be checked again.
pub fn check_due(checked_on: Date) -> Date {
    checked_on.saturating_add(Span::new().days(CHECKED_FOR_DAYS))
}

/// The latest check that is already too old on a day.
pub fn stale_since(today: Date) -> Date {
    today.saturating_sub(Span::new().days(CHECKED_FOR_DAYS + 1))
}

/// Never checked, or too long ago.
pub fn is_stale(checked_on: Option<Date>, today: Date) -> bool {
    checked_on.is_none_or(|checked| check_due(checked) < today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_check_holds_for_a_hundred_and_eighty_days() {
        let today = date(2026, 11, 20);
        let limit = date(2026, 5, 24);
        assert_eq!(check_due(limit), today);
        assert!(!is_stale(Some(limit), today));
        assert!(is_stale(Some(date(2026, 5, 23)), today));
        assert!(is_stale(None, today));
        assert_eq!(stale_since(today), date(2026, 5, 23));
    }
}
