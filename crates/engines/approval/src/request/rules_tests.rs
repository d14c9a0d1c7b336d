#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
use super::*;
use jiff::civil::date;

const TODAY: Date = date(2026, 11, 20);

fn member(name: &str) -> Member {
    Member { person_id: format!("p-{name}"), user_id: format!("u-{name}"), name: name.to_owned(), ..Member::default() }
}

fn holder(name: &str, deputy: Option<&str>) -> Candidate {
    Candidate { member: member(name), deputy: deputy.map(member) }
}

fn away(name: &str, deputy: Option<&str>) -> Absence {
    Absence { person_id: format!("p-{name}"), deputy: deputy.map(member) }
}

fn shown(turns: &[Turn]) -> Vec<String> {
    turns
        .iter()
        .map(|turn| match &turn.on_behalf {
            Some(whom) => format!("{}（{}代理）", turn.member.name, whom.name),
            None => turn.member.name.clone(),
        })
        .collect()
}

fn judge(candidates: &[Candidate], absences: &[Absence], proposer: &str, overdue: bool) -> Vec<String> {
    shown(&turns(candidates, absences, &member(proposer), TODAY, overdue))
}

#[test]
fn the_named_decide_and_deputies_stay_out_of_it() {
    assert_eq!(judge(&[holder("社長", Some("専務"))], &[], "佐藤", false), ["社長"]);
    assert_eq!(
        judge(&[holder("社長", Some("専務"))], &[], "佐藤", true),
        ["社長", "専務（社長代理）"],
        "the due date has passed"
    );
}

#[test]
fn while_somebody_is_away_his_own_choice_stands_in() {
    let both = [holder("社長", Some("専務"))];
    assert_eq!(judge(&both, &[away("社長", Some("常務"))], "佐藤", false), ["社長", "常務（社長代理）"]);
    assert_eq!(judge(&both, &[away("社長", None)], "佐藤", false), ["社長", "専務（社長代理）"]);
    assert_eq!(judge(&both, &[away("高橋", Some("常務"))], "佐藤", false), ["社長"], "somebody else's absence");
}

#[test]
fn nobody_decides_on_the_own_request() {
    assert_eq!(judge(&[holder("佐藤", None)], &[], "佐藤", false), [""; 0], "not as the one named");
    assert_eq!(judge(&[holder("社長", Some("佐藤"))], &[], "佐藤", true), ["社長"], "not as the deputy of a role");
    assert_eq!(
        judge(&[holder("社長", None)], &[away("社長", Some("佐藤"))], "佐藤", false),
        ["社長"],
        "not as somebody's own choice"
    );
    assert_eq!(
        judge(&[holder("佐藤", None)], &[away("佐藤", Some("友人"))], "佐藤", false),
        [""; 0],
        "nor through a deputy of his own choice"
    );
    assert_eq!(
        judge(&[holder("佐藤", Some("専務"))], &[], "佐藤", false),
        ["専務（佐藤代理）"],
        "the company's own deputy of the role steps in"
    );
}

#[test]
fn the_same_human_is_known_by_person_and_by_account() {
    let by_account = Member { user_id: "u-佐藤".to_owned(), ..Member::default() };
    assert_eq!(unable(&member("佐藤"), &by_account, TODAY), Some(Unable::Proposer));
    let by_person = Member { person_id: "p-佐藤".to_owned(), ..Member::default() };
    assert_eq!(unable(&member("佐藤"), &by_person, TODAY), Some(Unable::Proposer));
    assert!(!Member::default().same(&Member::default()), "two unknowns are not one person");
}

#[test]
fn a_leaver_cannot_decide_from_the_day_after() {
    let mut candidate = holder("社長", Some("専務"));
    candidate.member.left_on = Some(TODAY);
    assert_eq!(judge(std::slice::from_ref(&candidate), &[], "佐藤", false), ["社長"], "the last day counts");
    candidate.member.left_on = Some(date(2026, 11, 19));
    assert_eq!(judge(std::slice::from_ref(&candidate), &[], "佐藤", false), ["専務（社長代理）"]);
    candidate.member = Member { disabled: true, ..member("社長") };
    assert_eq!(judge(std::slice::from_ref(&candidate), &[], "佐藤", false), ["専務（社長代理）"]);
    candidate.member = Member { user_id: String::new(), ..member("社長") };
    assert_eq!(judge(std::slice::from_ref(&candidate), &[], "佐藤", false), ["専務（社長代理）"]);
    if let Some(deputy) = &mut candidate.deputy {
        deputy.left_on = Some(date(2026, 1, 31));
    }
    assert!(judge(&[candidate], &[], "佐藤", false).is_empty(), "then the step is stuck");
}

#[test]
fn whoever_decides_in_the_own_right_is_not_a_deputy() {
    let both = [holder("社長", Some("専務")), holder("専務", None)];
    assert_eq!(judge(&both, &[], "佐藤", true), ["社長", "専務"]);
}

#[test]
fn steps_follow_each_other_and_side_by_side_ones_wait() {
    use StepKind::{After, Approve, Consent, Review};
    use StepState::{Ahead, Done, Waiting};
    assert_eq!(next(&[(1, Review, Waiting), (2, Approve, Ahead)]), Next::Wait);
    assert_eq!(next(&[(1, Review, Done), (2, Approve, Ahead)]), Next::Position(2));
    assert_eq!(next(&[(1, Consent, Done), (1, Consent, Waiting), (2, Approve, Ahead)]), Next::Wait);
    assert_eq!(next(&[(5, Approve, Ahead), (3, Review, Ahead)]), Next::Position(3));
    assert_eq!(
        next(&[(1, After, Ahead), (2, Approve, Done), (3, After, Ahead)]),
        Next::Approved,
        "reading afterwards holds nothing up"
    );
}

#[test]
fn sending_back_needs_a_reason() {
    assert!(judge_comment(Verdict::Approve, "").is_ok());
    assert!(judge_comment(Verdict::Return, "　").is_err());
    assert!(judge_comment(Verdict::Reject, "").is_err());
    assert!(judge_comment(Verdict::Return, "費用の根拠を足してください").is_ok());
    assert!(judge_comment(Verdict::Approve, &"あ".repeat(LONGEST + 1)).is_err());
}

#[test]
fn reminders_come_on_the_due_day_and_every_third_day_after() {
    assert!(!remind_now(None, None, TODAY));
    assert!(!remind_now(Some(date(2026, 11, 21)), None, TODAY));
    assert!(remind_now(Some(TODAY), None, TODAY));
    assert!(!remind_now(Some(date(2026, 11, 10)), Some(date(2026, 11, 18)), TODAY));
    assert!(remind_now(Some(date(2026, 11, 10)), Some(date(2026, 11, 17)), TODAY));
}
