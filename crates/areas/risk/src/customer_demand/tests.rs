#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use jiff::civil::{Date, date};

use super::State;
use super::rules::{Facts, judge};

const TODAY: Date = date(2026, 11, 20);

fn fields(facts: Facts) -> Vec<String> {
    judge(&facts, TODAY).into_iter().map(|error| error.field).collect()
}

#[test]
fn a_demand_is_closed_with_its_answer() {
    let open = Facts { state: Some(State::Received), received_on: Some(TODAY), due: Some(TODAY), ..Facts::default() };
    assert!(fields(open).is_empty());
    assert_eq!(fields(Facts { state: Some(State::Answered), ..open }), ["answer"]);
    assert_eq!(fields(Facts { state: Some(State::Declined), closed_on: Some(TODAY), ..open }), ["answer"]);
    assert!(fields(Facts { state: Some(State::Closed), closed_on: Some(TODAY), answered: true, ..open }).is_empty());
}

#[test]
fn days_follow_each_other() {
    let open = Facts { state: Some(State::Received), received_on: Some(TODAY), due: Some(TODAY), ..Facts::default() };
    assert_eq!(fields(Facts { due: Some(date(2026, 11, 19)), ..open }), ["due"]);
    assert_eq!(fields(Facts { received_on: Some(date(2026, 11, 21)), due: None, ..open }), ["received_on"]);
    assert_eq!(fields(Facts { closed_on: Some(TODAY), ..open }), ["closed_on"], "still open");
    let closed = Facts { state: Some(State::Closed), answered: true, ..open };
    assert_eq!(fields(Facts { closed_on: Some(date(2026, 11, 21)), ..closed }), ["closed_on"]);
    assert_eq!(fields(Facts { closed_on: Some(date(2026, 11, 19)), ..closed }), ["closed_on"]);
    assert_eq!(fields(Facts { at_stake: Some(-1), ..open }), ["at_stake"]);
}
