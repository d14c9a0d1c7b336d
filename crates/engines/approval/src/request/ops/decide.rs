//! 審査・合議・承認・差戻し・却下・後閲: deciding.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::time;
use mamori_store::Tx;

use super::{Desk, News, finish, load, log, message, open_place, queries};
use crate::contract::Outcome;
use crate::directory::{Member, Source};
use crate::request::queries::{Case, Seat};
use crate::request::resolve::Resolver;
use crate::request::rules::{self, Next, Turn, Verdict};
use crate::request::{State, StepState};
use crate::route::StepKind;

/// What the decider had before the eyes: the round, and the place in it. A decision about anything else is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// Round of the request.
    pub round: i64,
    /// Place of the step.
    pub position: i64,
}

/// Decides on a request. One decision counts for every seat of the place at which the actor may decide. Gives where it stands now.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for 差戻し or 却下 without a comment; [`Error::Refused`] on the own request, when it is not
/// the actor's turn, when somebody was faster, and when the subject has changed since it was proposed.
pub async fn decide(desk: &Desk<'_>, tx: &mut Tx, approval_id: &str, at: At, verdict: Verdict, comment: &str) -> Result<State> {
    let comment = comment.trim();
    rules::judge_comment(verdict, comment)?;
    queries::lock(tx, approval_id).await?;
    let (case, seats) = load(tx, approval_id).await?;
    let me = Member::of(tx.actor());
    if me.same(&case.proposer) {
        return Err(Error::refused(
            "自分が依頼したものは、代理としても承認できません。ほかの人の判断を待ってください。",
            "You cannot decide on your own request, not even as a deputy. Please wait for somebody else.",
        ));
    }
    let reading = verdict == Verdict::Read;
    if !reading && case.state != State::InReview {
        return Err(rules::closed(case.state, &case.decided_name));
    }
    let place: Vec<&Seat> = seats
        .iter()
        .filter(|seat| if reading { !seat.kind.blocks() } else { seat.kind.blocks() && seat.position == at.position })
        .collect();
    let mine = turns_of(desk, tx, &case, &place, &me).await?;
    if mine.is_empty() || at.round != case.round {
        return Err(not_mine(&case, &place, at, &me));
    }
    if verdict == Verdict::Approve {
        unchanged(desk, tx, &case).await?;
    }
    let state = match verdict {
        Verdict::Approve | Verdict::Read => StepState::Done,
        Verdict::Return => StepState::Returned,
        Verdict::Reject => StepState::Rejected,
    };
    for (seat, turn) in &mine {
        let on_behalf = turn.on_behalf.as_ref().map_or("", |whom| whom.name.as_str());
        queries::decide(tx, &seat.id, state, &me, on_behalf, comment).await?;
    }
    match verdict {
        Verdict::Read => {
            log(tx, verdict.verb(), &case, case.state, comment).await?;
            Ok(case.state)
        }
        Verdict::Return | Verdict::Reject => {
            let (outcome, news, state) = match verdict {
                Verdict::Return => (Outcome::Returned, News::Returned, State::Returned),
                _ => (Outcome::Rejected, News::Rejected, State::Rejected),
            };
            queries::close_rest(tx, &case.id).await?;
            finish(desk, tx, &case, outcome, &me, comment, verdict.verb()).await?;
            message::tell_proposer(desk, tx, news, &case, comment).await?;
            Ok(state)
        }
        Verdict::Approve => advance(desk, tx, &case, &me, comment).await,
    }
}

/// The seats at which somebody may decide now.
async fn turns_of<'a>(
    desk: &Desk<'_>,
    tx: &mut Tx,
    case: &Case,
    place: &[&'a Seat],
    me: &Member,
) -> Result<Vec<(&'a Seat, Turn)>> {
    let mut resolver = Resolver::new(desk.approvals, time::today(tx.now()));
    let mut mine = Vec::new();
    for seat in place.iter().copied().filter(|seat| seat.state == StepState::Waiting) {
        let turns = resolver.turns(&mut Source::Tx(tx), case, seat).await?;
        mine.extend(turns.into_iter().find(|turn| turn.member.same(me)).map(|turn| (seat, turn)));
    }
    Ok(mine)
}

/// Why it is not the actor's turn.
fn not_mine(case: &Case, place: &[&Seat], at: At, me: &Member) -> Error {
    if place.iter().any(|seat| !seat.decided_at.is_empty() && seat.decided_by.same(me)) {
        return Error::refused("この段は、すでにあなたが判断しています。", "You have already decided at this step.");
    }
    if let Some(done) = place.iter().find(|seat| !seat.decided_at.is_empty()) {
        return Error::Refused(Words::owned(
            format!(
                "この段は、先に{}さんが判断しました。あなたの操作は記録されていません。画面を開き直してください。",
                done.decided_by.name
            ),
            format!(
                "{} was faster and has decided at this step. Your action was not recorded. Please open the page again.",
                done.decided_by.name
            ),
        ));
    }
    if at.round != case.round {
        return Error::refused(
            "この依頼は、内容を直して出し直されています。画面を開き直して、新しい内容を確かめてください。",
            "This request was changed and proposed again. Please open the page again and look at the new content.",
        );
    }
    let who = |lang: Lang| place.iter().map(|seat| seat.spec.label.get(lang)).collect::<Vec<_>>().join(lang.pick("、", ", "));
    Error::Refused(Words::owned(
        format!("この段を判断するのは「{}」です。あなたの番ではありません。", who(Lang::Ja)),
        format!("This step is decided by “{}”. It is not your turn.", who(Lang::En)),
    ))
}

/// Refuses to approve what no longer reads as it was proposed.
async fn unchanged(desk: &Desk<'_>, tx: &mut Tx, case: &Case) -> Result<()> {
    let kind = desk.approvals.find(&case.kind)?;
    let now = kind.describe(&mut Source::Tx(tx), desk.registry, &case.row_id).await?;
    let title: String = now.title.chars().take(400).collect();
    if title == case.title && now.amount == case.amount && now.facts == case.facts {
        return Ok(());
    }
    Err(Error::refused(
        "依頼のあとで内容が変わっています。見ていないものを承認しないよう、差し戻して、出し直してもらってください。",
        "The content has changed since it was proposed. So that nothing is approved unseen, please return it and have it proposed again.",
    ))
}

async fn advance(desk: &Desk<'_>, tx: &mut Tx, case: &Case, me: &Member, comment: &str) -> Result<State> {
    let (_, seats) = load(tx, &case.id).await?;
    let states: Vec<(i64, StepKind, StepState)> = seats.iter().map(|seat| (seat.position, seat.kind, seat.state)).collect();
    match rules::next(&states) {
        Next::Wait => {
            log(tx, Verdict::Approve.verb(), case, State::InReview, comment).await?;
            Ok(State::InReview)
        }
        Next::Position(position) => {
            log(tx, Verdict::Approve.verb(), case, State::InReview, comment).await?;
            let opening: Vec<Seat> = seats.into_iter().filter(|seat| seat.kind.blocks() && seat.position == position).collect();
            open_place(desk, tx, case, &opening, News::Asked).await?;
            Ok(State::InReview)
        }
        Next::Approved => {
            finish(desk, tx, case, Outcome::Approved, me, comment, Verdict::Approve.verb()).await?;
            message::tell_proposer(desk, tx, News::Approved, case, comment).await?;
            let after: Vec<Seat> = seats.into_iter().filter(|seat| !seat.kind.blocks()).collect();
            open_place(desk, tx, case, &after, News::Afterwards).await?;
            Ok(State::Approved)
        }
    }
}
