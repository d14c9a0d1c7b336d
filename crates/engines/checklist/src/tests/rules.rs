//! Scores, gaps, comparison, taking over: worked by hand.

use super::house::{FIRST, SECOND};
use crate::carry::{Fate, carry};
use crate::catalogue::{Catalogue, read};
use crate::check::State;
use crate::check::rules::{Deed, fit, fit_target, judge};
use crate::score::{Answers, Given, Move, Score, compare, gaps, is_finding};

pub fn given(answer: &str) -> Given {
    Given { answer: answer.to_owned(), ..Given::default() }
}

pub fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(item, answer)| ((*item).to_owned(), given(answer))).collect()
}

fn first() -> Catalogue {
    read(FIRST).unwrap()
}

#[test]
fn points_are_weighted_and_what_does_not_apply_is_left_out() {
    let catalogue = first();
    // lock: weight 3, partly 2 of 4; guard: weight 1, yes 4 of 4 → (6 + 4) / (12 + 4) = 62.5 % → 63.
    let score = Score::whole(&catalogue, &answers(&[("lock", "partly"), ("guard", "yes")]));
    assert_eq!((score.points, score.most, score.percent()), (10, 16, Some(63)));
    let score = Score::whole(&catalogue, &answers(&[("lock", "partly"), ("guard", "not_applicable")]));
    assert_eq!((score.percent(), score.apart, score.answered, score.progress()), (Some(50), 1, 2, 28));
    assert_eq!(Score::whole(&catalogue, &answers(&[])).percent(), None);
}

#[test]
fn not_known_costs_a_point_but_never_below_zero() {
    let catalogue = first();
    // lock −1 × 3, guard 4 → 1 of 16.
    let score = Score::whole(&catalogue, &answers(&[("lock", "unknown"), ("guard", "yes")]));
    assert_eq!((score.points, score.percent(), score.unknown), (1, Some(6), 1));
    let score = Score::whole(&catalogue, &answers(&[("lock", "unknown"), ("guard", "no")]));
    assert_eq!((score.points, score.percent()), (-3, Some(0)));
}

#[test]
fn tiers_have_an_average_and_a_target() {
    let catalogue = first();
    let mut given = answers(&[("PR.AC-1", "2")]);
    given.get_mut("PR.AC-1").unwrap().to_be = Some(3);
    let score = Score::whole(&catalogue, &given);
    assert_eq!((score.average_hundredths(), score.target_hundredths(), score.percent()), (Some(200), Some(300), Some(50)));
    let item = catalogue.item("PR.AC-1").unwrap();
    assert!(is_finding(&catalogue, item, given.get("PR.AC-1")));
    given.get_mut("PR.AC-1").unwrap().to_be = Some(2);
    assert!(!is_finding(&catalogue, item, given.get("PR.AC-1")), "the target is reached");
    // Not known at a tier has no points and is left out.
    let score = Score::whole(&catalogue, &answers(&[("PR.AC-1", "unknown")]));
    assert_eq!((score.percent(), score.unknown, score.apart), (None, 1, 1));
}

#[test]
fn gaps_come_by_weight() {
    let catalogue = first();
    let given = answers(&[("guard", "no"), ("lock", "partly"), ("PR.AC-1", "3"), ("count", "5")]);
    let found: Vec<(&str, i64)> = gaps(&catalogue, &given).iter().map(|gap| (gap.item.code.as_str(), gap.size)).collect();
    // lock 3 × 2, guard 1 × 4, tier 2 × 1; a number has no gap.
    assert_eq!(found, [("lock", 6), ("guard", 4), ("PR.AC-1", 2)]);
}

#[test]
fn two_dates_are_compared_across_versions_and_renamed_items() {
    let (old, new) = (first(), read(SECOND).unwrap());
    let before = answers(&[("lock", "yes"), ("guard", "no"), ("when", "2026-01-01")]);
    let after = answers(&[("lock", "partly"), ("reception", "yes"), ("when", "2026-11-01"), ("camera", "no")]);
    let changed = compare(&new, &after, &old, &before);
    let found: Vec<(&str, Move)> = changed.iter().map(|change| (change.item.code.as_str(), change.to)).collect();
    assert_eq!(found, [("lock", Move::Worse), ("reception", Move::Better), ("when", Move::Other)]);
}

#[test]
fn a_new_version_takes_over_what_fits_and_says_what_changed() {
    let (old, new) = (first(), read(SECOND).unwrap());
    let mut before = answers(&[("lock", "yes"), ("guard", "no"), ("count", "12"), ("who", "木村"), ("PR.AC-1", "3")]);
    before.get_mut("count").unwrap().note = "金庫の中".to_owned();
    let carried = carry(&old, &new, &before);
    let fate = |item: &str| carried.lines.iter().find(|line| line.item == item).map(|line| line.fate);
    assert_eq!(fate("lock"), Some(Fate::Reworded));
    assert_eq!(fate("reception"), Some(Fate::Kept));
    assert_eq!(fate("count"), Some(Fate::Unfit));
    assert_eq!(fate("who"), Some(Fate::Removed));
    assert_eq!(fate("camera"), Some(Fate::New));
    assert_eq!(fate("PR.AC-1"), Some(Fate::Kept));
    assert_eq!(carried.answers["reception"].answer, "no");
    assert_eq!((carried.answers["count"].answer.as_str(), carried.answers["count"].note.as_str()), ("", "12\n金庫の中"));
    assert!(!carried.answers.contains_key("who"));
    assert_eq!(carried.lines[0].fate, Fate::Removed, "what needs attention comes first");
}

#[test]
fn answers_are_read_as_people_type_them() {
    let catalogue = first();
    let item = |code: &str| catalogue.item(code).unwrap();
    assert_eq!(fit(&catalogue, item("count"), " １２ ").unwrap(), "12");
    assert!(fit(&catalogue, item("count"), "101").unwrap_err().ja.contains("範囲の外"));
    assert!(fit(&catalogue, item("count"), "たくさん").unwrap_err().ja.contains("数として読めません"));
    assert_eq!(fit(&catalogue, item("when"), "2026-11-20").unwrap(), "2026-11-20");
    assert!(fit(&catalogue, item("when"), "2026-02-30").is_err());
    assert!(fit(&catalogue, item("lock"), "maybe").unwrap_err().ja.contains("という答えはありません"));
    assert!(fit(&catalogue, item("who"), &"あ".repeat(2001)).is_err());
    assert_eq!(fit_target(&catalogue, item("PR.AC-1"), "3").unwrap(), Some(3));
    assert!(fit_target(&catalogue, item("PR.AC-1"), "unknown").is_err());
    assert_eq!(fit_target(&catalogue, item("lock"), "3").unwrap(), None, "only tiers have targets");
}

#[test]
fn a_check_is_finished_when_all_is_answered_and_reviewed_by_somebody_else() {
    assert_eq!(judge(Deed::Finish, State::Open, 0, true).unwrap(), State::Answered);
    assert!(judge(Deed::Finish, State::Open, 2, true).is_err());
    assert!(judge(Deed::Review, State::Answered, 0, true).is_err(), "not one's own");
    assert_eq!(judge(Deed::Review, State::Answered, 0, false).unwrap(), State::Reviewed);
    assert!(judge(Deed::Close, State::Open, 0, false).is_err());
    assert_eq!(judge(Deed::Reopen, State::Closed, 0, false).unwrap(), State::Open);
}
