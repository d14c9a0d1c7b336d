//! Dates for people, in their language.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::lang::Lang;

/// With the weekday: `2026年11月20日（金）`; `20 Nov 2026`.
#[must_use]
pub fn long_date(lang: Lang, date: Date) -> String {
    let plain = date_without_weekday(lang, date);
    match lang {
        Lang::Ja => format!("{plain}（{}）", weekday(lang, date.weekday())),
        Lang::En => plain,
    }
}

pub(super) fn date_without_weekday(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Ja => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => format!("{} {} {}", date.day(), month_name(date.month()), date.year()),
    }
}

/// For narrow columns: `2026/11/20`; `20 Nov 2026`.
#[must_use]
pub fn short_date(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Ja => format!("{}/{:02}/{:02}", date.year(), date.month(), date.day()),
        Lang::En => date_without_weekday(lang, date),
    }
}

/// For files, forms and machines: `2026-11-20`.
#[must_use]
pub fn iso_date(date: Date) -> String {
    date.to_string()
}

/// A month: `2026年11月`; `Nov 2026`.
#[must_use]
pub fn month(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Ja => format!("{}年{}月", date.year(), date.month()),
        Lang::En => format!("{} {}", month_name(date.month()), date.year()),
    }
}

/// A moment on the reader's clock, to the minute: `2026年11月20日 14:05`; `20 Nov 2026, 14:05`.
#[must_use]
pub fn timestamp(lang: Lang, moment: &Timestamp, zone: &TimeZone) -> String {
    let local = zone.to_datetime(*moment);
    let day = date_without_weekday(lang, local.date());
    let joint = lang.pick(" ", ", ");
    format!("{day}{joint}{:02}:{:02}", local.hour(), local.minute())
}

/// Short name of a weekday: `金`; `Fri`.
#[must_use]
pub fn weekday(lang: Lang, day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => lang.pick("月", "Mon"),
        Weekday::Tuesday => lang.pick("火", "Tue"),
        Weekday::Wednesday => lang.pick("水", "Wed"),
        Weekday::Thursday => lang.pick("木", "Thu"),
        Weekday::Friday => lang.pick("金", "Fri"),
        Weekday::Saturday => lang.pick("土", "Sat"),
        Weekday::Sunday => lang.pick("日", "Sun"),
    }
}

fn month_name(month: i8) -> &'static str {
    match month {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;

    #[test]
    fn both_languages() {
        let day = date(2026, 11, 20);
        assert_eq!(long_date(Lang::Ja, day), "2026年11月20日（金）");
        assert_eq!(long_date(Lang::En, day), "20 Nov 2026");
        assert_eq!(short_date(Lang::Ja, date(2026, 1, 2)), "2026/01/02");
        assert_eq!(month(Lang::Ja, day), "2026年11月");
    }

    #[test]
    fn moments_in_the_readers_zone() {
        let moment: Timestamp = "2026-11-20T15:05:00Z".parse().unwrap();
        let tokyo = TimeZone::fixed(jiff::tz::offset(9));
        assert_eq!(timestamp(Lang::Ja, &moment, &tokyo), "2026年11月21日 00:05");
        assert_eq!(timestamp(Lang::En, &moment, &TimeZone::UTC), "20 Nov 2026, 15:05");
    }
}
