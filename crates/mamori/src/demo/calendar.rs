//! The past, counted back from the day of the demo.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use mamori_kernel::time;

/// Small numbers that depend on the seed alone (SplitMix64, Steele et al. 2014): the same seed gives the same company.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// Dice for one purpose; another purpose rolls other numbers with the same seed.
    pub(super) fn new(seed: u64, purpose: &str) -> Dice {
        let mixed = purpose
            .bytes()
            .fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Dice(mixed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `sides` (0 for no sides).
    pub(super) fn roll(&mut self, sides: u64) -> u64 {
        self.next().checked_rem(sides).unwrap_or(0)
    }

    /// One of a list.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let at = self.roll(u64::try_from(list.len()).unwrap_or(0));
        list.get(usize::try_from(at).unwrap_or(0))
    }
}

/// Days by their distance from today.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar {
    today: Date,
}

impl Calendar {
    /// The calendar of the day in Japan.
    pub(super) fn of(now: Timestamp) -> Calendar {
        Calendar { today: time::today(now) }
    }

    /// The day itself, whatever day of the week it is.
    pub(super) fn plain(self, offset: i32) -> Date {
        self.today.saturating_add(Span::new().days(i64::from(offset)))
    }

    /// A day on which the company works: nobody fills in ledgers on a Sunday. The past moves back, the future forward, so the order
    /// of events stays as it is.
    pub(super) fn working(self, offset: i32) -> Date {
        let day = self.plain(offset);
        let rule = |_: Date| None;
        let moved = if offset <= 0 { time::previous_business_day(day, &rule) } else { time::next_business_day(day, &rule) };
        moved.unwrap_or(day)
    }
}

/// The instant of the `index`th of `count` things done on a day between 9:05 and 17:25 in Japan.
pub(super) fn instant(day: Date, index: usize, count: usize, dice: &mut Dice) -> Timestamp {
    const OPENS: i64 = 9 * 3600 + 5 * 60;
    const LASTS: i64 = 8 * 3600 + 20 * 60;
    let slot = LASTS / i64::try_from(count).unwrap_or(1).max(1);
    let within = i64::try_from(dice.roll(u64::try_from(slot).unwrap_or(1))).unwrap_or(0);
    let second = OPENS + slot * i64::try_from(index).unwrap_or(0) + within;
    let midnight = day.to_zoned(time::zone()).map(|zoned| zoned.timestamp()).unwrap_or(Timestamp::UNIX_EPOCH);
    midnight.checked_add(Span::new().seconds(second)).unwrap_or(midnight)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_past_keeps_its_order_and_falls_on_working_days() {
        let calendar = Calendar::of("2027-01-05T03:00:00Z".parse().unwrap());
        let days: Vec<Date> = (-420..60).map(|offset| calendar.working(offset)).collect();
        assert!(days.is_sorted());
        assert!(days.iter().all(|day| time::is_business_day(*day, &|_| None)));
        assert_eq!(calendar.working(-2), "2026-12-31".parse().unwrap(), "3 January 2027 is a Sunday, 1 January a holiday");
    }

    #[test]
    fn things_of_a_day_follow_each_other_within_office_hours() {
        let day = "2026-11-10".parse().unwrap();
        let mut dice = Dice::new(1, "test");
        let all: Vec<Timestamp> = (0..70).map(|index| instant(day, index, 70, &mut dice)).collect();
        assert!(all.windows(2).all(|pair| matches!(pair, [a, b] if a < b)));
        assert!(all.iter().all(|at| (9..18).contains(&time::local(*at).hour())));
    }

    #[test]
    fn the_same_seed_rolls_the_same_numbers() {
        let row = |seed| {
            (0..5)
                .map({
                    let mut dice = Dice::new(seed, "a");
                    move |_| dice.roll(1000)
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(row(7), row(7));
        assert_ne!(row(7), row(8));
    }
}
