#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use jiff::civil::{Date, date};

use super::rules::{Facts, judge, lowered, people_only, suggestion};
use super::{Factor, Family, Policy, State};
use crate::appetite::Appetite;
use crate::four_factor::rules::{Inputs, Scale};
use crate::ipa::rules::Treatment as Way;
use crate::matrix::rules::{Frequency, Impact};

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

#[test]
fn numbers_and_stand_ins_are_complete() {
    let fine = Facts { policy: Some(Policy::Reduce), state: Some(State::Planned), ..Facts::default() };
    assert_eq!(fields(Facts { lowers_to: Some(1), ..fine }), ["factor"]);
    assert!(fields(Facts { lowers_to: Some(1), factor: Some(Factor::Likelihood), ..fine }).is_empty());
    assert_eq!(fields(Facts { compensates: true, ..fine }), ["why_not"]);
    assert!(fields(Facts { compensates: true, says_why_not: true, ..fine }).is_empty());
    assert_eq!(fields(Facts { years: Some(0), yearly_cost: Some(-1), ..fine }), ["yearly_cost", "years"]);
    assert_eq!(fields(Facts { ale: (Some(-1), Some(-1)), ..fine }), ["ale_before", "ale_after"]);
}

/// S2-D6-02: high and often → avoid, low and often → reduce; by symmetry high and rare → transfer, low and rare → accept.
#[test]
fn importance_and_frequency_suggest_the_policy() {
    let scale = Scale::textbook();
    let strict = Appetite { number: 1, score: 1, yen: 0 };
    let by = |asset_value, likelihood| {
        let inputs = Inputs { asset_value, threat: 2, weakness: 2, likelihood };
        suggestion(&scale, strict, Some(inputs), None).unwrap().treatment
    };
    assert_eq!([by(2, 3), by(1, 3), by(2, 1), by(1, 1)], [Way::Avoid, Way::Reduce, Way::Transfer, Way::Accept]);
    let cell = |impact, frequency| suggestion(&scale, strict, None, Some((impact, frequency))).unwrap().treatment;
    assert_eq!(cell(Impact::Heavy, Frequency::Often), Way::Avoid);
    assert_eq!(cell(Impact::Heavy, Frequency::Rare), Way::Transfer);
    assert!(suggestion(&scale, strict, None, None).is_none(), "nothing is guessed");
    let huge = Appetite { score: 9_999, ..strict };
    let inputs = Inputs { asset_value: 2, threat: 2, weakness: 2, likelihood: 1 };
    assert!(suggestion(&scale, huge, Some(inputs), None).is_some(), "a limit beyond the scale does not stop the advice");
}

#[test]
fn people_alone_are_noticed() {
    assert!(people_only(&[Some(Family::Human), Some(Family::Organizational), None]));
    assert!(!people_only(&[Some(Family::Human), Some(Family::Technical)]));
    assert!(!people_only(&[]) && !people_only(&[None]), "nothing is said without knowing");
}

#[test]
fn done_measures_say_to_what_level_they_bring_a_factor() {
    let likelihood = Some(Factor::Likelihood);
    let measures =
        [(likelihood, Some(2), true), (likelihood, Some(1), true), (likelihood, Some(0), false), (None, Some(0), true)];
    assert_eq!(lowered(&measures, Factor::Likelihood), Some(1), "the open one does not count");
    assert_eq!(lowered(&measures, Factor::Weakness), None);
}
