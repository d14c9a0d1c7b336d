//! The use cases: propose, decide, withdraw, remind, name another decider, expire. Each is a step inside the caller's transaction.

mod decide;
mod propose;

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::time;
use mamori_ledger::{Choice as _, Ledger as _};
use mamori_store::{Change, Event, Tx};
use serde_json::json;

use super::message::{self, News};
use super::queries::{self, Case, Seat};
use super::resolve::{self, Resolver};
use super::rules::{self, Candidate, remind_now, unable};
use super::{Approval, State, StepState};
use crate::contract::{Decision, Desk, Outcome};
use crate::directory::{Member, Source};

pub use decide::{At, decide};
pub use propose::propose;

/// Reads a request with the seats of its current round.
async fn load(tx: &mut Tx, approval_id: &str) -> Result<(Case, Vec<Seat>)> {
    let case = queries::find(tx, approval_id).await?.ok_or(Error::NotFound)?;
    let seats = queries::seats(tx, approval_id).await?.into_iter().filter(|seat| seat.round == case.round).collect();
    Ok((case, seats))
}

/// An entry of the change log about a request.
async fn log(tx: &mut Tx, verb: &str, case: &Case, to: State, comment: &str) -> Result<()> {
    let diff = if comment.is_empty() {
        json!({ "state": [case.state.code(), to.code()] })
    } else {
        json!({ "state": [case.state.code(), to.code()], "outcome": [null, comment] })
    };
    tx.log(Change::new(verb, Approval::CODE, &case.id, &case.title, diff)).await
}

/// Ends a round: the state, the log, the consequences of the area, an event for everybody else.
async fn finish(
    desk: &Desk<'_>,
    tx: &mut Tx,
    case: &Case,
    outcome: Outcome,
    who: &Member,
    comment: &str,
    verb: &str,
) -> Result<()> {
    let (state, event) = match outcome {
        Outcome::Approved => (State::Approved, "approval.approved"),
        Outcome::Returned => (State::Returned, "approval.returned"),
        Outcome::Rejected => (State::Rejected, "approval.rejected"),
        Outcome::Withdrawn => (State::Withdrawn, "approval.withdrawn"),
        Outcome::Expired => (State::Expired, "approval.expired"),
    };
    queries::set_state(tx, &case.id, state, &who.name, comment).await?;
    log(tx, verb, case, state, comment).await?;
    let decision = Decision {
        outcome,
        approval_id: case.id.clone(),
        person_id: who.person_id.clone(),
        name: who.name.clone(),
        comment: comment.to_owned(),
        on: time::today(tx.now()),
    };
    let kind = desk.approvals.find(&case.kind)?;
    kind.decided(tx, desk.registry, &case.row_id, &decision).await?;
    let payload = json!({ "approval": case.id, "kind": case.kind, "ledger": case.ledger, "row": case.row_id });
    tx.emit(Event { name: event.to_owned(), payload }).await
}

/// Opens the seats of one place, tells whom they wait for, and tells the officers when they wait for nobody.
async fn open_place(desk: &Desk<'_>, tx: &mut Tx, case: &Case, seats: &[Seat], news: News) -> Result<()> {
    let today = time::today(tx.now());
    let mut resolver = Resolver::new(desk.approvals, today);
    let mut told: Vec<Member> = Vec::new();
    let mut stuck = false;
    for seat in seats {
        let days = i32::try_from(seat.days).unwrap_or(0);
        let due = time::add_business_days(today, days, &|_| None);
        queries::open(tx, &seat.id, due).await?;
        let turns = resolver.turns(&mut Source::Tx(tx), case, seat).await?;
        stuck |= turns.is_empty() && seat.kind.blocks();
        for turn in turns {
            if !told.iter().any(|member| member.same(&turn.member)) {
                message::tell(desk, tx, news, &turn.member, case, "").await?;
                told.push(turn.member);
            }
        }
    }
    if stuck {
        message::tell_officers(desk, tx, case).await?;
    }
    Ok(())
}

/// The proposer takes a request back (取下げ) while it is under way, or instead of mending a returned one.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Refused`] for anybody else and after the end.
pub async fn withdraw(desk: &Desk<'_>, tx: &mut Tx, approval_id: &str, comment: &str) -> Result<()> {
    let comment = comment.trim();
    rules::judge_length("comment", comment)?;
    queries::lock(tx, approval_id).await?;
    let (case, seats) = load(tx, approval_id).await?;
    let me = Member::of(tx.actor());
    if !me.same(&case.proposer) {
        return Err(Error::refused(
            "取り下げられるのは、依頼した本人だけです。直してほしいときは、差戻しにしてください。",
            "Only the proposer can withdraw a request. If something should be changed, please return it.",
        ));
    }
    if !matches!(case.state, State::InReview | State::Returned) {
        return Err(rules::closed(case.state, &case.decided_name));
    }
    let mut resolver = Resolver::new(desk.approvals, time::today(tx.now()));
    let mut turns = Vec::new();
    for seat in seats.iter().filter(|seat| seat.state == StepState::Waiting) {
        turns.extend(resolver.turns(&mut Source::Tx(tx), &case, seat).await?);
    }
    turns.dedup_by(|a, b| a.member.same(&b.member));
    queries::close_rest(tx, &case.id).await?;
    finish(desk, tx, &case, Outcome::Withdrawn, &me, comment, "approval-withdraw").await?;
    message::tell_turns(desk, tx, News::Withdrawn, &turns, &case).await
}

/// The proposer or an officer reminds those for whom a request waits, at most once a day; gives how many seats were reminded of.
///
/// # Errors
/// [`Error::Refused`] for anybody else, after the end, and twice on one day.
pub async fn remind(desk: &Desk<'_>, tx: &mut Tx, approval_id: &str) -> Result<usize> {
    let (case, seats) = load(tx, approval_id).await?;
    if !Member::of(tx.actor()).same(&case.proposer) && !tx.actor().can(Approval::CODE, Action::Manage) {
        return Err(Error::refused(
            "催促できるのは、依頼した本人とセキュリティ担当だけです。",
            "Only the proposer and the security officer can send a reminder.",
        ));
    }
    if case.state != State::InReview {
        return Err(rules::closed(case.state, &case.decided_name));
    }
    let today = time::today(tx.now());
    let open: Vec<Seat> = seats
        .into_iter()
        .filter(|seat| seat.state == StepState::Waiting && seat.reminded_on.is_none_or(|day| day < today))
        .collect();
    if open.is_empty() {
        return Err(Error::refused(
            "今日はすでに催促しています。明日もう一度お試しください。",
            "A reminder was already sent today. Please try again tomorrow.",
        ));
    }
    send_reminders(desk, tx, &case, &open).await?;
    log(tx, "approval-remind", &case, case.state, "").await?;
    Ok(open.len())
}

async fn send_reminders(desk: &Desk<'_>, tx: &mut Tx, case: &Case, seats: &[Seat]) -> Result<()> {
    let today = time::today(tx.now());
    let mut resolver = Resolver::new(desk.approvals, today);
    let mut told: Vec<Member> = Vec::new();
    for seat in seats {
        queries::reminded(tx, &seat.id, today).await?;
        let turns = resolver.turns(&mut Source::Tx(tx), case, seat).await?;
        if turns.is_empty() && seat.kind.blocks() {
            message::tell_officers(desk, tx, case).await?;
        }
        for turn in turns {
            if !told.iter().any(|member| member.same(&turn.member)) {
                message::tell(desk, tx, News::Reminder, &turn.member, case, "").await?;
                told.push(turn.member);
            }
        }
    }
    Ok(())
}

/// What comes round every day: reminders of what is due, and the end of what nobody decided in time. Gives how many requests moved.
///
/// # Errors
/// Database faults.
pub async fn daily(desk: &Desk<'_>, tx: &mut Tx) -> Result<usize> {
    let today = time::today(tx.now());
    let mut moved = 0_usize;
    for case in queries::run_out(tx, today).await? {
        queries::close_rest(tx, &case.id).await?;
        finish(desk, tx, &case, Outcome::Expired, &Member::default(), "", "approval-expire").await?;
        message::tell_proposer(desk, tx, News::Expired, &case, "").await?;
        moved = moved.saturating_add(1);
    }
    for (case, seats) in queries::with_waiting_seats(tx).await? {
        let due: Vec<Seat> = seats.into_iter().filter(|seat| remind_now(seat.due, seat.reminded_on, today)).collect();
        if !due.is_empty() {
            send_reminders(desk, tx, &case, &due).await?;
            log(tx, "approval-remind", &case, case.state, "").await?;
            moved = moved.saturating_add(1);
        }
    }
    Ok(moved)
}

/// An officer names somebody for a seat at which nobody can decide any more, or which is overdue.
///
/// # Errors
/// [`Error::Forbidden`] without the permission; [`Error::Refused`] on the own request, for a person who cannot decide, or where the
/// route still works.
pub async fn reassign(
    desk: &Desk<'_>,
    tx: &mut Tx,
    approval_id: &str,
    seat_id: &str,
    person_id: &str,
    reason: &str,
) -> Result<()> {
    let reason = reason.trim();
    rules::judge_length("comment", reason)?;
    if !tx.actor().can(Approval::CODE, Action::Manage) {
        return Err(Error::Forbidden(Words::new(
            "判断する人を決め直す権限がありません。セキュリティ担当に依頼してください。",
            "You may not name another decider. Please ask the security officer.",
        )));
    }
    queries::lock(tx, approval_id).await?;
    let (case, seats) = load(tx, approval_id).await?;
    let today = time::today(tx.now());
    if Member::of(tx.actor()).same(&case.proposer) {
        return Err(Error::refused(
            "自分が依頼したものについて、判断する人を自分で決めることはできません。ほかのセキュリティ担当か経営層に相談してください。",
            "You cannot name the decider of your own request. Please ask another officer or the management.",
        ));
    }
    let seat = seats.iter().find(|seat| seat.id == seat_id && seat.state == StepState::Waiting).ok_or(Error::NotFound)?;
    let mut resolver = Resolver::new(desk.approvals, today);
    let works = !resolver.turns(&mut Source::Tx(tx), &case, seat).await?.is_empty();
    if works && seat.due.is_none_or(|due| due >= today) {
        return Err(Error::refused(
            "この段は、いまの担当者が判断できます。期限を過ぎても決まらないときに、ほかの人を指名してください。",
            "Those asked can still decide. Name somebody else when the due date has passed.",
        ));
    }
    let member = desk.approvals.directory().member(&mut Source::Tx(tx), person_id, "").await?.ok_or(Error::NotFound)?;
    if unable(&member, &case.proposer, today).is_some() {
        return Err(Error::Refused(Words::owned(
            format!(
                "{}さんは判断できません（本人の依頼、退職、またはログインできるアカウントがない）。別の人を選んでください。",
                member.name
            ),
            format!(
                "{} cannot decide (own request, left, or no account to sign in with). Please choose somebody else.",
                member.name
            ),
        )));
    }
    let mut deciders = seat.deciders.clone();
    deciders.extend(resolve::freeze(&[Candidate { member: member.clone(), deputy: None }]));
    queries::set_deciders(tx, &seat.id, json!(deciders).to_string()).await?;
    let note = format!(
        "{} → {}{}{reason}",
        seat.spec.label.get(tx.actor().lang),
        member.name,
        if reason.is_empty() { "" } else { " / " }
    );
    log(tx, "approval-reassign", &case, case.state, &note).await?;
    message::tell(desk, tx, News::Asked, &member, &case, "").await
}
