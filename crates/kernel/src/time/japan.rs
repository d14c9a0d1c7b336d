//! The product's time zone: Japan, one fixed offset of nine hours without daylight saving since 1951.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

/// Japan Standard Time (UTC+9).
pub fn zone() -> TimeZone {
    TimeZone::fixed(Offset::constant(9))
}

/// The day it is in Japan at an instant.
pub fn today(now: jiff::Timestamp) -> Date {
    now.to_zoned(zone()).date()
}

/// Day and time in Japan at an instant.
pub fn local(now: jiff::Timestamp) -> DateTime {
    now.to_zoned(zone()).datetime()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[test]
    fn the_day_changes_at_fifteen_hundred_utc() {
        let before: jiff::Timestamp = "2026-11-19T14:59:59Z".parse().unwrap();
        let after: jiff::Timestamp = "2026-11-19T15:00:00Z".parse().unwrap();
        assert_eq!(super::today(before).to_string(), "2026-11-19");
        assert_eq!(super::today(after).to_string(), "2026-11-20");
    }
}
