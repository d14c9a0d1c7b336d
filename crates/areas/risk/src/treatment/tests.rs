#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use jiff::civil::{Date, date};

use super::rules::{Facts, judge};
use super::{Policy, State};

const TODAY: Date = date(2026, 11, 20);

fn fields(facts: Facts) -> Vec<String> {
    judge(&facts, TODAY).into_iter().map(|error| error.field).collect()
}

#[test]
fn a_planned_reduction_is_fine() {
    let facts = Facts {
        policy: Some(Policy::Reduce),
        state: Some(State::Planned),
        starts: Some(TODAY),
        due: Some(TODAY),
        ..Facts::default()
    };
    assert!(fields(facts).is_empty());
}

#[test]
fn done_needs_its_day_and_no_future_one() {
    let done = Facts { policy: Some(Policy::Reduce), state: Some(State::Done), ..Facts::default() };
    assert_eq!(fields(done), ["done_on"]);
    assert!(fields(Facts { done_on: Some(TODAY), ..done }).is_empty());
    assert_eq!(fields(Facts { done_on: Some(date(2026, 11, 21)), ..done }), ["done_on"]);
    assert_eq!(fields(Facts { state: Some(State::Doing), done_on: Some(TODAY), ..done }), ["done_on"]);
}

#[test]
fn due_is_not_before_the_start_and_acceptance_has_its_own_ledger() {
    let facts = Facts {
        policy: Some(Policy::Accept),
        starts: Some(TODAY),
        due: Some(date(2026, 11, 19)),
        cost: Some(-1),
        ..Facts::default()
    };
    assert_eq!(fields(facts), ["policy", "due", "cost"]);
}
