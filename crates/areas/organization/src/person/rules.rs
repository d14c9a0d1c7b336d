//! What is true of joining and leaving. Pure; the day is a parameter.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use mamori_kernel::error::FieldError;
use mamori_kernel::lang::Words;

/// Days before the last day from which removing the accounts is shown as work.
const NOTICE_DAYS: i64 = 7;

/// The day by which accounts of a leaver must be gone: the day after the last day (S2-D4-11, point 4).
pub fn accounts_due(left_on: Date) -> Date {
    left_on.saturating_add(1.day())
}

/// The latest last day that already shows up as work on a day.
pub fn leaving_horizon(today: Date) -> Date {
    today.saturating_add(Span::new().days(NOTICE_DAYS))
}

/// In service on a day: has come, has not gone.
pub fn in_service(joined_on: Option<Date>, left_on: Option<Date>, today: Date) -> bool {
    joined_on.is_none_or(|joined| joined <= today) && left_on.is_none_or(|left| left >= today)
}

/// Judges the three dates of a person against each other.
pub fn check_dates(joined_on: Option<Date>, left_on: Option<Date>, accounts_removed_on: Option<Date>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if let (Some(joined), Some(left)) = (joined_on, left_on)
        && left < joined
    {
        errors.push(FieldError {
            field: "left_on".to_owned(),
            message: Words::owned(
                format!("退職日（{left}）が入社日（{joined}）より前になっています。どちらかの日付を直してください。"),
                format!("The last day ({left}) is before the first day ({joined}). Please correct one of them."),
            ),
        });
    }
    if accounts_removed_on.is_some() && left_on.is_none() {
        errors.push(FieldError {
            field: "accounts_removed_on".to_owned(),
            message: Words::new(
                "アカウント削除日だけが入っています。退職日も入力するか、アカウント削除日を空欄にしてください。",
                "Only the day of removing accounts is given. Please enter the last day as well, or clear it.",
            ),
        });
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn accounts_go_by_the_day_after_even_across_a_month() {
        assert_eq!(accounts_due(date(2026, 11, 30)), date(2026, 12, 1));
    }

    #[test]
    fn the_last_day_is_still_a_day_of_service() {
        let day = date(2026, 11, 20);
        assert!(in_service(None, Some(day), day));
        assert!(!in_service(None, Some(date(2026, 11, 19)), day));
        assert!(!in_service(Some(date(2026, 11, 21)), None, day));
    }

    #[test]
    fn nobody_leaves_before_joining() {
        let (april, march) = (Some(date(2026, 4, 1)), Some(date(2026, 3, 31)));
        assert_eq!(check_dates(april, march, None).len(), 1);
        assert!(check_dates(april, april, None).is_empty());
        assert!(check_dates(None, march, march).is_empty());
        assert_eq!(check_dates(april, None, april).first().map(|error| error.field.as_str()), Some("accounts_removed_on"));
    }
}
