//! Who may decide, what a decision leads to, what a comment must say. Pure: people, days and states are parameters.

use jiff::civil::Date;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;

use super::{State, StepState};
use crate::directory::Member;
use crate::route::StepKind;

/// Most characters of a reason or comment.
pub const LONGEST: usize = 2_000;

/// What a decider says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 承認 (審査 and 合議: 同意): on to the next step.
    Approve,
    /// 差戻し.
    Return,
    /// 却下.
    Reject,
    /// 後閲: has read it.
    Read,
}

impl Verdict {
    /// Reads what a form sends.
    pub fn parse(code: &str) -> Option<Verdict> {
        Some(match code {
            "approve" => Verdict::Approve,
            "return" => Verdict::Return,
            "reject" => Verdict::Reject,
            "read" => Verdict::Read,
            _ => return None,
        })
    }

    /// The verb in the change log.
    pub fn verb(self) -> &'static str {
        match self {
            Verdict::Approve => "approval-approve",
            Verdict::Return => "approval-return",
            Verdict::Reject => "approval-reject",
            Verdict::Read => "approval-read",
        }
    }
}

/// Why somebody cannot decide at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unable {
    /// Left the company on this day.
    Left(Date),
    /// The account is disabled.
    Disabled,
    /// Has no account to sign in with.
    NoAccount,
    /// Made the request.
    Proposer,
}

/// What keeps somebody from deciding on a request of `proposer`, if anything.
pub fn unable(member: &Member, proposer: &Member, today: Date) -> Option<Unable> {
    if member.same(proposer) {
        return Some(Unable::Proposer);
    }
    match member.left_on {
        Some(left) if left < today => Some(Unable::Left(left)),
        _ if member.disabled => Some(Unable::Disabled),
        _ if member.user_id.is_empty() => Some(Unable::NoAccount),
        _ => None,
    }
}

/// Somebody whom a seat names, as he stands today, with the deputy of his appointment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub member: Member,
    /// Who stands in by appointment.
    pub deputy: Option<Member>,
}

/// Somebody is away today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Absence {
    /// Row in the people ledger of who is away.
    pub person_id: String,
    /// Whom he named to stand in.
    pub deputy: Option<Member>,
}

/// Somebody who may decide today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Who.
    pub member: Member,
    /// For whom, when it is a deputy.
    pub on_behalf: Option<Member>,
}

/// Who may decide on a seat today.
///
/// * The people named, if they are here – never the proposer (S2-D3-16).
/// * While one of them is away, whom he named; where he named nobody, the deputy of his appointment.
/// * The deputy of the appointment also when the holder has left, has no account, is the proposer, or lets the due date pass.
/// * A deputy whom the proposer named himself never decides on the proposer's request.
pub fn turns(candidates: &[Candidate], absences: &[Absence], proposer: &Member, today: Date, overdue: bool) -> Vec<Turn> {
    let able = |member: &Member| unable(member, proposer, today).is_none();
    let mut found: Vec<Turn> = Vec::new();
    let mut add = |member: &Member, on_behalf: Option<&Member>| {
        if able(member) && !found.iter().any(|turn| turn.member.same(member)) {
            found.push(Turn { member: member.clone(), on_behalf: on_behalf.cloned() });
        }
    };
    for candidate in candidates {
        add(&candidate.member, None);
    }
    for candidate in candidates {
        let who = &candidate.member;
        let is_proposer = who.same(proposer);
        let away: Vec<&Absence> = absences.iter().filter(|absence| absence.person_id == who.person_id).collect();
        let named: Vec<&Member> = away.iter().filter_map(|absence| absence.deputy.as_ref()).filter(|one| able(one)).collect();
        if !is_proposer {
            for deputy in &named {
                add(deputy, Some(who));
            }
        }
        let uncovered = !away.is_empty() && named.is_empty();
        if let Some(deputy) = &candidate.deputy
            && (!able(who) || uncovered || overdue)
        {
            add(deputy, Some(who));
        }
    }
    found
}

/// Where the request goes after a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Others of the same place still have to decide.
    Wait,
    /// The steps at this place are next.
    Position(i64),
    /// All have agreed.
    Approved,
}

/// Judges the seats of the current round: (place, kind, state).
pub fn next(seats: &[(i64, StepKind, StepState)]) -> Next {
    let blocking = || seats.iter().filter(|(_, kind, _)| kind.blocks());
    if blocking().any(|(.., state)| *state == StepState::Waiting) {
        return Next::Wait;
    }
    match blocking().filter(|(.., state)| *state == StepState::Ahead).map(|(position, ..)| *position).min() {
        Some(position) => Next::Position(position),
        None => Next::Approved,
    }
}

/// Refuses a comment that is missing where one is owed (差戻し, 却下), or too long.
///
/// # Errors
/// [`Error::Invalid`] at `comment`.
pub fn judge_comment(verdict: Verdict, comment: &str) -> Result<()> {
    if matches!(verdict, Verdict::Return | Verdict::Reject) && comment.trim().is_empty() {
        return Err(Error::field(
            "comment",
            Words::new(
                "差戻しや却下のときは、何を直せばよいかをコメントに書いてください。",
                "When you return or reject something, please write what should be changed.",
            ),
        ));
    }
    judge_length("comment", comment)
}

/// Refuses a text that is too long.
///
/// # Errors
/// [`Error::Invalid`] at `field`.
pub fn judge_length(field: &str, text: &str) -> Result<()> {
    let count = text.chars().count();
    if count <= LONGEST {
        return Ok(());
    }
    Err(Error::field(
        field,
        Words::owned(
            format!("2,000文字までです（現在{count}文字）。短くしてください。"),
            format!("At most 2,000 characters (now {count}). Please shorten it."),
        ),
    ))
}

/// What a decider is told when the request is no longer open.
pub fn closed(state: State, name: &str) -> Error {
    let (ja, en) = match state {
        State::Approved => ("すでに承認されています", "has already been approved"),
        State::Returned => ("すでに差し戻されています", "has already been returned"),
        State::Rejected => ("すでに却下されています", "has already been rejected"),
        State::Withdrawn => ("依頼した人が取り下げました", "has been withdrawn by its proposer"),
        State::Expired => ("期限切れになりました", "has expired"),
        State::InReview => ("承認待ちです", "is waiting"),
    };
    let (by_ja, by_en) =
        if name.is_empty() { (String::new(), String::new()) } else { (format!("（{name}さん）"), format!(" ({name})")) };
    Error::Refused(Words::owned(
        format!("この依頼は{ja}{by_ja}。あなたの操作は記録されていません。画面を開き直してください。"),
        format!("This request {en}{by_en}. Your action was not recorded. Please open the page again."),
    ))
}

/// Days between two automatic reminders of one seat.
pub const REMIND_EVERY: i32 = 3;

/// True when a waiting seat is to be reminded of today: on the day it is due, then every third day.
pub fn remind_now(due: Option<Date>, reminded_on: Option<Date>, today: Date) -> bool {
    let late = due.is_some_and(|due| due <= today);
    late && reminded_on.is_none_or(|last| last.saturating_add(jiff::Span::new().days(REMIND_EVERY)) <= today)
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
