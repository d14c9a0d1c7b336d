//! Public holidays and working days.

use jiff::civil::{Date, Weekday, date};

use super::holiday_table::{LINES, Rule};
use crate::lang::Lang;

/// A public holiday.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Holiday {
    /// Japanese name: `元日`, `振替休日`, `国民の休日`.
    pub ja: &'static str,
    /// English name.
    pub en: &'static str,
}

impl Holiday {
    /// The name in the reader's language.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        lang.pick(self.ja, self.en)
    }
}

const SUBSTITUTE: Holiday = Holiday { ja: "振替休日", en: "Substitute holiday" };
const CITIZENS: Holiday = Holiday { ja: "国民の休日", en: "Citizens' holiday" };

/// The holiday on a day, if any; from 1948-07-20 to the end of 2150, beyond which the equinoxes are not reckoned and nothing is returned.
///
/// Future equinox days are computed; the official date is published each February for the year after, and has agreed with the formula so far.
#[must_use]
pub fn holiday(day: Date) -> Option<Holiday> {
    named(day).or_else(|| substitute(day)).or_else(|| between(day))
}

/// A day named in the law itself (国民の祝日), without the two derived kinds.
fn named(day: Date) -> Option<Holiday> {
    if day < date(1948, 7, 20) || day.year() > 2150 {
        return None;
    }
    LINES
        .iter()
        .find(|(from, to, rule, ..)| (*from..=*to).contains(&day.year()) && falls_on(*rule, day))
        .map(|(.., ja, en)| Holiday { ja, en })
}

fn falls_on(rule: Rule, day: Date) -> bool {
    match rule {
        Rule::Fixed(month, dom) => day.month() == month && day.day() == dom,
        Rule::Monday(month, nth) => day.month() == month && day.weekday() == Weekday::Monday && (day.day() - 1) / 7 + 1 == nth,
        Rule::VernalEquinox => day.month() == 3 && i32::from(day.day()) == equinox(day.year(), [20.8357, 20.8431, 21.8510]),
        Rule::AutumnalEquinox => day.month() == 9 && i32::from(day.day()) == equinox(day.year(), [23.2588, 23.2488, 24.2488]),
    }
}

/// Day of the month of an equinox in Japan by the common approximation; the constants stand for 1900–1979, 1980–2099 and 2100–2150.
fn equinox(year: i16, constants: [f64; 3]) -> i32 {
    let [before_1980, before_2100, later] = constants;
    let (constant, leap_base) = match year {
        ..1980 => (before_1980, 1983),
        1980..2100 => (before_2100, 1980),
        _ => (later, 1980),
    };
    let years = f64::from(year - 1980);
    // The published formula truncates the leap-day term towards zero, which matters before its base year.
    let leap_days = f64::from(year - leap_base) / 4.0;
    (constant + 0.242_194 * years - leap_days.trunc()).floor() as i32
}

/// 振替休日 (art. 3 (2)): a holiday on a Sunday is made up for. From 1973-04-12 by the Monday if it is free; since 2007 by the next free day.
fn substitute(day: Date) -> Option<Holiday> {
    if day < date(1973, 4, 12) {
        return None;
    }
    let mut before = day.yesterday().ok()?;
    if day.year() < 2007 {
        return (before.weekday() == Weekday::Sunday && named(before).is_some() && before >= date(1973, 4, 12))
            .then_some(SUBSTITUTE);
    }
    while named(before).is_some() {
        if before.weekday() == Weekday::Sunday {
            return Some(SUBSTITUTE);
        }
        before = before.yesterday().ok()?;
    }
    None
}

/// 国民の休日 (art. 3 (3)): a day between two named holidays, since 1985-12-27; until 2006 not on a Sunday nor on a substitute day.
fn between(day: Date) -> Option<Holiday> {
    let enclosed = day >= date(1985, 12, 27) && named(day.yesterday().ok()?).is_some() && named(day.tomorrow().ok()?).is_some();
    let excluded = day.year() < 2007 && day.weekday() == Weekday::Sunday;
    (enclosed && !excluded).then_some(CITIZENS)
}

/// All holidays of a calendar year in order.
#[must_use]
pub fn holidays_of_year(year: i16) -> Vec<(Date, Holiday)> {
    let Ok(first) = Date::new(year, 1, 1) else {
        return Vec::new();
    };
    first.series(jiff::ToSpan::day(1)).take_while(|day| day.year() == year).filter_map(|day| Some((day, holiday(day)?))).collect()
}

/// Whether the company works on a day: Monday to Friday without public holidays, unless its own calendar says otherwise.
///
/// `extra` is that calendar: `Some(true)` works (a working Saturday), `Some(false)` is closed (夏季休業), `None` leaves it to the rule.
#[must_use]
pub fn is_business_day(day: Date, extra: &dyn Fn(Date) -> Option<bool>) -> bool {
    extra(day).unwrap_or_else(|| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && holiday(day).is_none())
}

/// A company that is closed for longer than this has no calendar, but an error in it.
const LONGEST_CLOSURE_DAYS: u32 = 366;

/// The `count`th working day after `day`, or before it where negative; 0 is the day itself, or the next working day where it is none.
///
/// `None` where the calendar is closed for more than 366 days on end, or beyond the year 9999.
#[must_use]
pub fn add_business_days(day: Date, count: i32, extra: &dyn Fn(Date) -> Option<bool>) -> Option<Date> {
    if count == 0 {
        return next_business_day(day, extra);
    }
    let mut current = day;
    let mut left = count.unsigned_abs();
    let mut closed = 0;
    while left > 0 {
        current = if count > 0 { current.tomorrow() } else { current.yesterday() }.ok()?;
        if is_business_day(current, extra) {
            left -= 1;
            closed = 0;
        } else {
            closed += 1;
            if closed > LONGEST_CLOSURE_DAYS {
                return None;
            }
        }
    }
    Some(current)
}

/// The day itself if the company works on it, else the next on which it does; `None` as in [`add_business_days`].
#[must_use]
pub fn next_business_day(day: Date, extra: &dyn Fn(Date) -> Option<bool>) -> Option<Date> {
    if is_business_day(day, extra) { Some(day) } else { add_business_days(day, 1, extra) }
}

/// The day itself if the company works on it, else the last one before; `None` as in [`add_business_days`].
#[must_use]
pub fn previous_business_day(day: Date, extra: &dyn Fn(Date) -> Option<bool>) -> Option<Date> {
    if is_business_day(day, extra) { Some(day) } else { add_business_days(day, -1, extra) }
}

/// Working days after `from` up to and including `to`; 0 where `to` is not later. The counterpart of [`add_business_days`].
#[must_use]
pub fn business_days_between(from: Date, to: Date, extra: &dyn Fn(Date) -> Option<bool>) -> u32 {
    let days = from.series(jiff::ToSpan::day(1)).skip(1).take_while(|day| *day <= to);
    days.fold(0, |count, day| count + u32::from(is_business_day(day, extra)))
}

#[cfg(test)]
#[path = "holidays_tests.rs"]
mod tests;
