#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use jiff::ToSpan;
use proptest::prelude::*;

/// The calendars as the Cabinet Office published them (2027: from the official equinox announcement).
const PUBLISHED: [(i16, &str); 9] = [
    (2019, "1/1 1/14 2/11 3/21 4/29 4/30 5/1 5/2 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/23 10/14 10/22 11/3 11/4 11/23"),
    (2020, "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 11/23"),
    (2021, "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23"),
    (2022, "1/1 1/10 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/18 8/11 9/19 9/23 10/10 11/3 11/23"),
    (2023, "1/1 1/2 1/9 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/17 8/11 9/18 9/23 10/9 11/3 11/23"),
    (2024, "1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14 11/3 11/4 11/23"),
    (2025, "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24"),
    (2026, "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23"),
    (2027, "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23"),
];

fn no_extra(_: Date) -> Option<bool> {
    None
}

#[test]
fn published_calendars() {
    for (year, days) in PUBLISHED {
        let ours: Vec<String> = holidays_of_year(year).iter().map(|(day, _)| format!("{}/{}", day.month(), day.day())).collect();
        assert_eq!(ours.join(" "), days, "{year}");
    }
}

#[test]
fn names_and_derived_days() {
    let name = |y, m, d| holiday(date(y, m, d)).map(|h| h.ja);
    assert_eq!(name(2026, 9, 22), Some("国民の休日"));
    assert_eq!(name(2026, 5, 6), Some("振替休日"));
    assert_eq!(name(1973, 4, 30), Some("振替休日"));
    assert_eq!(name(1972, 9, 24), None);
    assert_eq!(name(1988, 5, 4), Some("国民の休日"));
    assert_eq!(name(1985, 5, 4), None);
    assert_eq!(name(1989, 2, 24), Some("昭和天皇の大喪の礼"));
    assert_eq!(name(2019, 10, 14), Some("体育の日"));
    assert_eq!(name(1948, 9, 23), Some("秋分の日"));
    assert_eq!(name(1948, 1, 1), None);
    assert_eq!(name(2151, 1, 1), None);
    assert_eq!(holiday(date(2026, 2, 11)).unwrap().name(Lang::En), "National Foundation Day");
}

#[test]
fn working_days() {
    // 2026-09-19 is a Saturday, followed by Sunday and the three holidays of silver week.
    assert_eq!(add_business_days(date(2026, 9, 18), 1, &no_extra), Some(date(2026, 9, 24)));
    assert_eq!(add_business_days(date(2026, 9, 24), -1, &no_extra), Some(date(2026, 9, 18)));
    assert_eq!(add_business_days(date(2026, 9, 20), 0, &no_extra), Some(date(2026, 9, 24)));
    assert_eq!(previous_business_day(date(2026, 9, 20), &no_extra), Some(date(2026, 9, 18)));
    let summer = |day: Date| (day.month() == 8 && (12..=14).contains(&day.day())).then_some(false);
    assert_eq!(add_business_days(date(2026, 8, 10), 1, &summer), Some(date(2026, 8, 17)));
    let saturday = |day: Date| (day == date(2026, 9, 19)).then_some(true);
    assert!(is_business_day(date(2026, 9, 19), &saturday));
    assert_eq!(add_business_days(date(2026, 9, 18), 1, &|_| Some(false)), None);
    assert_eq!(add_business_days(date(9999, 12, 30), 5, &no_extra), None);
}

proptest! {
    #[test]
    fn forth_and_back(start in 0i64..20_000, count in 1i32..60) {
        let from = next_business_day(date(2000, 1, 4).checked_add(start.days()).unwrap(), &no_extra).unwrap();
        let to = add_business_days(from, count, &no_extra).unwrap();
        prop_assert!(is_business_day(to, &no_extra));
        prop_assert_eq!(add_business_days(to, -count, &no_extra), Some(from));
        prop_assert_eq!(business_days_between(from, to, &no_extra), count.unsigned_abs());
    }
}
