#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use jiff::civil::{Date, date};

use super::rules::{Accepted, Facts, Level, frozen, judge, latest_review, reconsider};
use super::{Comeback, State};
use crate::appetite::Appetite;

const TODAY: Date = date(2026, 11, 20);

fn facts() -> Facts {
    Facts { scenario: true, from: TODAY, review_on: Some(date(2027, 11, 20)), has_value: true, ..Facts::default() }
}

fn fields(facts: &Facts) -> Vec<String> {
    judge(facts).into_iter().map(|error| error.field).collect()
}

#[test]
fn one_thing_with_a_value_is_accepted() {
    assert!(fields(&facts()).is_empty());
    assert_eq!(fields(&Facts { asset: true, ..facts() }), ["scenario"]);
    assert_eq!(fields(&Facts { scenario: false, ..facts() }), ["scenario"]);
    assert_eq!(fields(&Facts { has_value: false, ..facts() }), ["scenario"]);
    assert_eq!(fields(&Facts { scenario: false, asset: true, has_value: false, ..facts() }), ["asset"]);
    assert_eq!(fields(&Facts { limit_count: Some(-1), ..facts() }), ["limit_count"]);
    assert_eq!(fields(&Facts { scenario: false, asset: true, limit_count: Some(1), ..facts() }), ["limit_count"]);
    assert_eq!(fields(&Facts { earlier_on: Some(date(2026, 11, 21)), ..facts() }), ["earlier_on"]);
}

#[test]
fn the_review_is_after_the_decision_and_within_a_year() {
    assert_eq!(fields(&Facts { review_on: Some(date(2027, 11, 21)), ..facts() }), ["review_on"]);
    assert_eq!(fields(&Facts { review_on: Some(TODAY), ..facts() }), ["review_on"]);
    assert_eq!(latest_review(date(2028, 2, 29)), date(2029, 2, 28));
}

#[test]
fn what_is_before_the_deciders_or_in_force_is_frozen() {
    use mamori_ledger::Choice as _;
    let open: Vec<State> = ["draft", "waiting", "returned", "rejected", "valid", "reopened", "expired", "withdrawn"]
        .iter()
        .map(|code| State::parse(code).unwrap())
        .filter(|state| frozen(*state).is_none())
        .collect();
    assert_eq!(open, [State::Draft, State::Returned, State::Rejected, State::Reopened, State::Expired]);
    assert!(open.iter().all(|state| state.is_open()));
}

fn level(score: i64, ale: i64) -> Level {
    Level { score: Some(score), ale: Some(ale), risk_value: None, method: 1 }
}

/// T1 and T7: 8 of 24 and 1,500,000 yen a year are below 17 and 2,000,000 yen.
fn accepted() -> Accepted {
    Accepted { level: level(8, 1_500_000), above: false, limit_count: Some(2), review_on: Some(date(2027, 11, 20)) }
}

#[test]
fn an_acceptance_comes_back_for_each_reason_and_for_no_other() {
    let usual = Appetite::default();
    let judge = |now: Level, happened, appetite, day| reconsider(&accepted(), &now, happened, appetite, day);
    assert_eq!(judge(level(8, 1_500_000), Some(2), usual, TODAY), None);
    assert_eq!(judge(level(4, 1_000_000), None, usual, TODAY), None, "smaller is fine");
    assert_eq!(judge(level(12, 1_500_000), None, usual, TODAY), Some(Comeback::Risen));
    assert_eq!(judge(level(8, 1_500_001), None, usual, TODAY), Some(Comeback::Risen));
    assert_eq!(judge(level(8, 1_500_000), Some(3), usual, TODAY), Some(Comeback::TooOften));
    assert_eq!(judge(Level { method: 2, ..level(8, 1_500_000) }, None, usual, TODAY), None, "the new scale left it alone");
    assert_eq!(judge(Level { method: 2, ..level(6, 1_500_000) }, None, usual, TODAY), Some(Comeback::MethodChanged));
    let lower = |score, yen| Appetite { number: 2, score, yen };
    assert_eq!(judge(level(8, 1_500_000), None, lower(7, 2_000_000), TODAY), Some(Comeback::AppetiteChanged));
    assert_eq!(judge(level(8, 1_500_000), None, lower(8, 1_499_999), TODAY), Some(Comeback::AppetiteChanged));
    assert_eq!(judge(level(8, 1_500_000), None, lower(8, 1_500_000), TODAY), None, "at the limit is acceptable");
    assert_eq!(judge(level(8, 1_500_000), None, usual, date(2027, 11, 20)), None, "the review date itself still counts");
    assert_eq!(judge(level(8, 1_500_000), None, usual, date(2027, 11, 21)), Some(Comeback::ReviewDue));
}

#[test]
fn the_values_of_an_asset_are_never_compared_across_methods() {
    let asset = |value, method| Level { risk_value: Some(value), method, ..Level::default() };
    let accepted = Accepted { level: asset(4, 1), ..accepted() };
    let judge = |now| reconsider(&accepted, &now, None, Appetite::default(), TODAY);
    assert_eq!(judge(asset(4, 1)), None);
    assert_eq!(judge(asset(6, 1)), Some(Comeback::Risen));
    assert_eq!(judge(asset(4, 2)), Some(Comeback::MethodChanged));
}

#[test]
fn a_number_that_appears_was_never_accepted() {
    let only_score = Accepted { level: Level { ale: None, ..level(8, 0) }, ..accepted() };
    assert_eq!(reconsider(&only_score, &level(8, 1), None, Appetite::default(), TODAY), Some(Comeback::Risen));
    let gone = Level { ale: None, ..level(8, 0) };
    assert_eq!(reconsider(&accepted(), &gone, None, Appetite::default(), TODAY), None, "a number that is gone is no rise");
}

#[test]
fn what_was_accepted_above_the_appetite_does_not_rest_on_it() {
    let large = Accepted { level: level(24, 5_000_000), above: true, ..accepted() };
    let stricter = Appetite { number: 2, score: 4, yen: 100_000 };
    assert_eq!(reconsider(&large, &level(24, 5_000_000), None, stricter, TODAY), None);
    let asset = Level { risk_value: Some(6), method: 1, ..Level::default() };
    assert!(asset.is_above(stricter, true) && !asset.is_above(stricter, false), "an asset goes by its band");
    assert!(!level(17, 2_000_000).is_above(Appetite::default(), true) && level(18, 0).is_above(Appetite::default(), false));
}
