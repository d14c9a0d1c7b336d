#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use jiff::civil::{Date, date};

use super::rules::{Facts, Reconsider, judge, latest_review, reconsider};

const TODAY: Date = date(2026, 11, 20);

fn facts() -> Facts {
    Facts {
        proposer: "officer".into(),
        accepted_by: "president".into(),
        accepted_on: Some(TODAY),
        review_on: Some(date(2027, 11, 20)),
        has_value: true,
    }
}

fn fields(facts: &Facts) -> Vec<String> {
    judge(facts, TODAY).into_iter().map(|error| error.field).collect()
}

#[test]
fn nobody_accepts_what_he_proposed() {
    assert!(fields(&facts()).is_empty());
    assert_eq!(fields(&Facts { accepted_by: "officer".into(), ..facts() }), ["accepted_by"]);
    assert!(fields(&Facts { proposer: String::new(), accepted_by: String::new(), ..facts() }).is_empty());
}

#[test]
fn the_review_is_after_the_decision_and_within_a_year() {
    assert_eq!(fields(&Facts { review_on: Some(date(2027, 11, 21)), ..facts() }), ["review_on"]);
    assert_eq!(fields(&Facts { review_on: Some(TODAY), ..facts() }), ["review_on"]);
    assert_eq!(fields(&Facts { accepted_on: Some(date(2026, 11, 21)), ..facts() }), ["accepted_on"]);
    assert_eq!(latest_review(date(2028, 2, 29)), date(2029, 2, 28));
}

#[test]
fn a_value_is_needed() {
    assert_eq!(fields(&Facts { has_value: false, ..facts() }), ["asset"]);
}

#[test]
fn a_risen_risk_or_a_new_method_asks_for_a_new_decision() {
    let later = Some(date(2027, 1, 1));
    assert_eq!(reconsider(later, (Some(4), 1), (Some(4), 1), TODAY), None);
    assert_eq!(reconsider(later, (Some(4), 1), (Some(6), 1), TODAY), Some(Reconsider::Risen));
    assert_eq!(reconsider(later, (Some(4), 1), (Some(4), 2), TODAY), Some(Reconsider::MethodChanged));
    assert_eq!(reconsider(Some(TODAY), (Some(4), 1), (Some(2), 1), TODAY), Some(Reconsider::ReviewDue));
}
