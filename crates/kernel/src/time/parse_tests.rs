#![allow(clippy::unwrap_used)]
use super::*;
use crate::time::{format_era, format_era_short, long_date, short_date};
use proptest::prelude::*;

#[test]
fn forms_of_the_office() {
    for text in [
        "2026-11-20",
        "2026/11/20",
        "2026.11.20",
        "２０２６／１１／２０",
        "2026年11月20日",
        "2026年 11月 20日",
        "20261120",
        "令和8年11月20日",
        "令和８年１１月２０日",
        "令和八年十一月二十日",
        "二〇二六年十一月二十日",
        "R8.11.20",
        "R08/11/20",
        "r8-11-20",
        "Ｒ８．１１．２０",
        "令8.11.20",
        "㋿8年11月20日",
        "2026年11月20日（金）",
        "2026/11/20(金曜日)",
        "2026-11-20 00:00:00",
        "2026-11-20T14:05:00Z",
        " 2026-11-20 ",
    ] {
        assert_eq!(parse_date_loose(text), Ok(date(2026, 11, 20)), "{text}");
    }
    assert_eq!(parse_date_loose("平成元年1月8日"), Ok(date(1989, 1, 8)));
    assert_eq!(parse_date_loose("Ｈ31/4/30"), Ok(date(2019, 4, 30)));
    assert_eq!(parse_date_loose("S64.1.7"), Ok(date(1989, 1, 7)));
    assert_eq!(parse_date_loose("2026-1-2"), Ok(date(2026, 1, 2)));
    // Forms printed before an era changed.
    assert_eq!(parse_date_loose("平成32年3月31日"), Ok(date(2020, 3, 31)));
}

#[test]
fn refusals_say_why() {
    let no_day = DateError::NoSuchDay { year: 2026, month: 2, day: 30, last: 28 };
    assert_eq!(parse_date_loose("2026-02-30"), Err(no_day.clone()));
    assert_eq!(no_day.message(Lang::Ja), "2026年2月30日は存在しません。2026年2月は28日までです。");
    assert_eq!(no_day.to_string(), "2026-02-30 does not exist. That month has 28 days.");
    assert_eq!(parse_date_loose("26.11.20"), Err(DateError::AmbiguousYear("26.11.20".to_owned())));
    assert_eq!(parse_date_loose("2026/13/1"), Err(DateError::NoSuchMonth(13)));
    assert_eq!(parse_date_loose("2026/11"), Err(DateError::MissingDay { year: 2026, month: 11 }));
    assert_eq!(parse_date_loose("R8.11"), Err(DateError::MissingDay { year: 2026, month: 11 }));
    assert_eq!(parse_date_loose("　"), Err(DateError::Blank));
    assert!(matches!(parse_date_loose("令和元年4月1日"), Err(DateError::BeforeEra { era: "令和", .. })));
    assert!(matches!(parse_date_loose("明治3年1月1日"), Err(DateError::BeforeEra { era: "明治", .. })));
    for text in
        ["昨日", "11/20/2026", "2026-11-20-1", "2026年", "R", "元年", "2026/11.20", "45000", "R0.1.1", "2026年度", "20261"]
    {
        assert!(matches!(parse_date_loose(text), Err(DateError::Unrecognised(_))), "{text}: {:?}", parse_date_loose(text));
    }
}

#[test]
fn excel_calendars() {
    assert_eq!(from_excel_serial(1.0, false), Ok(date(1900, 1, 1)));
    assert_eq!(from_excel_serial(59.0, false), Ok(date(1900, 2, 28)));
    assert!(matches!(from_excel_serial(60.0, false), Err(DateError::NoSuchDay { .. })));
    assert_eq!(from_excel_serial(61.0, false), Ok(date(1900, 3, 1)));
    assert_eq!(from_excel_serial(46346.75, false), Ok(date(2026, 11, 20)));
    assert_eq!(from_excel_serial(44884.0, true), Ok(date(2026, 11, 20)));
    assert_eq!(from_excel_serial(2_958_465.0, false), Ok(date(9999, 12, 31)));
    for bad in [-1.0, 0.0, 2_958_466.0, f64::NAN, f64::INFINITY] {
        assert_eq!(from_excel_serial(bad, false), Err(DateError::SerialOutOfRange), "{bad}");
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (0i64..60_000).prop_map(|days| date(1900, 3, 1).checked_add(days.days()).unwrap())
}

proptest! {
    #[test]
    fn every_own_form_reads_back(day in any_day()) {
        for text in [iso_date(day), long_date(Lang::Ja, day), short_date(Lang::Ja, day), format_era(Lang::Ja, day), format_era_short(day)] {
            prop_assert_eq!(parse_date_loose(&text), Ok(day), "{}", text);
        }
        prop_assert_eq!(from_excel_serial(to_excel_serial(day).unwrap(), false), Ok(day));
    }

    #[test]
    fn never_panics(text in any::<String>()) {
        let _ = parse_date_loose(&text).map_err(|e| (e.message(Lang::Ja), e.message(Lang::En)));
    }

    #[test]
    fn never_panics_near_dates(text in "[0-9元年月日/.RrHh令和平成十一()金 :T-]{0,16}") {
        let _ = parse_date_loose(&text);
    }
}
