#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use jiff::civil::{Date, date};

use super::rules::{Facts, judge, usual_review};

const TODAY: Date = date(2026, 11, 20);

#[test]
fn dates_and_amounts_fit_together() {
    let fields = |facts: Facts| judge(&facts).into_iter().map(|error| error.field).collect::<Vec<_>>();
    let fine = Facts { starts: Some(TODAY), ends: Some(TODAY), yen: [Some(10_000_000), Some(100_000), Some(150_000)] };
    assert!(fields(fine).is_empty());
    assert_eq!(fields(Facts { ends: Some(date(2026, 11, 19)), ..fine }), ["ends"]);
    assert_eq!(fields(Facts { yen: [Some(100_000), Some(100_000), None], ..fine }), ["own_share"]);
    assert_eq!(fields(Facts { yen: [Some(-1), None, Some(-1)], ..fine }), ["limit_yen", "premium"]);
}

#[test]
fn it_is_reviewed_within_a_year_and_before_it_ends() {
    assert_eq!(usual_review(TODAY, None), date(2027, 11, 20));
    assert_eq!(usual_review(TODAY, Some(date(2027, 3, 31))), date(2027, 2, 28));
    assert_eq!(usual_review(TODAY, Some(date(2030, 3, 31))), date(2027, 11, 20), "every year, however long it runs");
    assert_eq!(usual_review(TODAY, Some(date(2026, 12, 1))), TODAY, "never in the past");
}
