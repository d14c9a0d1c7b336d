//! SQL about requests and their seats: reading here, writing in `write`.

mod write;

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_kernel::yen::Yen;
use mamori_ledger::Choice as _;
use mamori_store::{Reader, Row, args};

use super::{Frozen, Spec, State, StepState};
use crate::contract::Fact;
use crate::directory::Member;
use crate::route::StepKind;

pub(crate) use write::notice;
pub(super) use write::*;

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Row id.
    pub id: String,
    /// Grows with every change.
    pub version: i64,
    /// One line.
    pub title: String,
    /// The [`crate::Approvable`].
    pub kind: String,
    /// Ledger of the row.
    pub ledger: String,
    /// The row.
    pub row_id: String,
    /// Where the row is shown.
    pub link: String,
    /// Amount.
    pub amount: Option<Yen>,
    /// Where it stands.
    pub state: State,
    /// Who proposed it; only person, account and name are known here.
    pub proposer: Member,
    /// Instant of the latest proposal.
    pub proposed_at: String,
    /// Why.
    pub reason: String,
    /// What was to be approved.
    pub facts: Vec<Fact>,
    /// Department of the row.
    pub department: String,
    /// Name of the route when it was proposed.
    pub route_name: String,
    /// Version of the route when it was proposed.
    pub route_version: i64,
    /// From 1.
    pub round: i64,
    /// Last day to decide.
    pub expires_on: Option<Date>,
    /// Instant of the end; empty before.
    pub decided_at: String,
    /// Who ended it.
    pub decided_name: String,
    /// The last comment.
    pub outcome: String,
}

/// A seat of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Row id.
    pub id: String,
    /// The request.
    pub approval: String,
    /// Round of the request.
    pub round: i64,
    /// Place in the order.
    pub position: i64,
    /// What it does.
    pub kind: StepKind,
    /// Where it stands.
    pub state: StepState,
    /// By when.
    pub due: Option<Date>,
    /// Working days given.
    pub days: i64,
    /// Whom the route names.
    pub spec: Spec,
    /// Who may decide, frozen.
    pub deciders: Vec<Frozen>,
    /// Who decided; only person, account and name are known here.
    pub decided_by: Member,
    /// For whom a deputy decided.
    pub on_behalf: String,
    /// Comment.
    pub comment: String,
    /// Instant of the decision; empty before.
    pub decided_at: String,
    /// Day of the last reminder.
    pub reminded_on: Option<Date>,
}

fn case(row: &Row) -> Result<Case> {
    Ok(Case {
        id: row.get("id")?,
        version: row.get("version")?,
        title: row.text("title")?,
        kind: row.text("kind")?,
        ledger: row.text("ledger")?,
        row_id: row.text("row_id")?,
        link: row.text("link")?,
        amount: row.get::<Option<i64>>("amount")?.map(Yen),
        state: State::parse(&row.text("state")?).unwrap_or(State::Expired),
        proposer: Member {
            person_id: row.text("proposed_by")?,
            user_id: row.text("proposer_user")?,
            name: row.text("proposer_name")?,
            ..Member::default()
        },
        proposed_at: row.text("proposed_at")?,
        reason: row.text("reason")?,
        facts: serde_json::from_str(&row.text("facts")?).unwrap_or_default(),
        department: row.text("department")?,
        route_name: row.text("route_name")?,
        route_version: row.get::<Option<i64>>("route_version")?.unwrap_or(0),
        round: row.get::<Option<i64>>("round")?.unwrap_or(1),
        expires_on: row.text("expires_on")?.parse().ok(),
        decided_at: row.text("decided_at")?,
        decided_name: row.text("decided_name")?,
        outcome: row.text("outcome")?,
    })
}

fn seat(row: &Row) -> Result<Seat> {
    Ok(Seat {
        id: row.get("id")?,
        approval: row.text("approval")?,
        round: row.get::<Option<i64>>("round")?.unwrap_or(1),
        position: row.get::<Option<i64>>("position")?.unwrap_or(1),
        kind: StepKind::parse(&row.text("kind")?).unwrap_or(StepKind::Approve),
        state: StepState::parse(&row.text("state")?).unwrap_or(StepState::Closed),
        due: row.text("due")?.parse().ok(),
        days: row.get::<Option<i64>>("days")?.unwrap_or(5),
        spec: serde_json::from_str(&row.text("spec")?).unwrap_or_default(),
        deciders: serde_json::from_str(&row.text("deciders")?).unwrap_or_default(),
        decided_by: Member {
            person_id: row.text("decided_by")?,
            user_id: row.text("decided_user")?,
            name: row.text("decided_name")?,
            ..Member::default()
        },
        on_behalf: row.text("on_behalf")?,
        comment: row.text("comment")?,
        decided_at: row.text("decided_at")?,
        reminded_on: row.text("reminded_on")?.parse().ok(),
    })
}

fn read<T>(rows: &[Row], read: fn(&Row) -> Result<T>) -> Result<Vec<T>> {
    rows.iter().map(read).collect()
}

/// A request by id.
///
/// # Errors
/// Database faults.
pub async fn find(db: &mut impl Reader, approval_id: &str) -> Result<Option<Case>> {
    let row = db.first("select * from approval where company_id = $1 and id = $2", args![approval_id]).await?;
    row.as_ref().map(case).transpose()
}

/// The latest request for a row, whatever its state.
///
/// # Errors
/// Database faults.
pub async fn latest(db: &mut impl Reader, kind: &str, row_id: &str) -> Result<Option<Case>> {
    let row = db
        .first(
            "select * from approval where company_id = $1 and row_id = $2 and kind = $3 and retired_at = '' \
             order by proposed_at desc, id desc limit 1",
            args![row_id, kind],
        )
        .await?;
    row.as_ref().map(case).transpose()
}

/// The state of the latest request for a row of a kind; `None` before the first. Areas ask this to keep a row from being changed under
/// the eyes of its deciders.
///
/// # Errors
/// Database faults.
pub async fn state_of(db: &mut impl Reader, kind: &str, row_id: &str) -> Result<Option<State>> {
    Ok(latest(db, kind, row_id).await?.map(|case| case.state))
}

/// The seats of a request, all rounds, in order.
///
/// # Errors
/// Database faults.
pub async fn seats(db: &mut impl Reader, approval_id: &str) -> Result<Vec<Seat>> {
    let rows = db
        .rows(
            "select * from approval_step where company_id = $1 and approval = $2 and retired_at = '' order by round, position, id",
            args![approval_id],
        )
        .await?;
    read(&rows, seat)
}

/// Requests that somebody can decide on or read now: under way, or approved with seats of 後閲 open. Oldest first.
///
/// # Errors
/// Database faults.
pub async fn with_waiting_seats(db: &mut impl Reader) -> Result<Vec<(Case, Vec<Seat>)>> {
    let rows = db
        .rows(
            "select * from approval where company_id = $1 and retired_at = '' and id in \
               (select approval from approval_step where company_id = $1 and state = 'waiting') order by proposed_at, id",
            args![],
        )
        .await?;
    let cases = read(&rows, case)?;
    let rows =
        db.rows("select * from approval_step where company_id = $1 and state = 'waiting' order by position, id", args![]).await?;
    let seats = read(&rows, seat)?;
    Ok(cases
        .into_iter()
        .map(|case| {
            let own = seats.iter().filter(|seat| seat.approval == case.id).cloned().collect();
            (case, own)
        })
        .collect())
}

/// Requests that somebody made, newest first.
///
/// # Errors
/// Database faults.
pub async fn proposed_by(db: &mut impl Reader, who: &Member, limit: i64) -> Result<Vec<Case>> {
    let rows = db
        .rows(
            "select * from approval where company_id = $1 and retired_at = '' and \
               ((proposed_by = $2 and $2 <> '') or (proposer_user = $3 and $3 <> '')) order by proposed_at desc, id desc limit $4",
            args![&who.person_id, &who.user_id, limit],
        )
        .await?;
    read(&rows, case)
}

/// Requests on which somebody decided, newest decision first.
///
/// # Errors
/// Database faults.
pub async fn decided_by(db: &mut impl Reader, who: &Member, limit: i64) -> Result<Vec<Case>> {
    let rows = db
        .rows(
            "select a.* from approval a join (select approval, max(decided_at) as at from approval_step where company_id = $1 and \
               decided_at <> '' and ((decided_by = $2 and $2 <> '') or (decided_user = $3 and $3 <> '')) group by approval) s \
               on s.approval = a.id where a.company_id = $1 and a.retired_at = '' order by s.at desc, a.id desc limit $4",
            args![&who.person_id, &who.user_id, limit],
        )
        .await?;
    read(&rows, case)
}

/// Requests under way whose last day has passed.
///
/// # Errors
/// Database faults.
pub(super) async fn run_out(db: &mut impl Reader, today: Date) -> Result<Vec<Case>> {
    let rows = db
        .rows(
            "select * from approval where company_id = $1 and retired_at = '' and state = 'in_review' and expires_on <> '' and expires_on < $2 order by id",
            args![today],
        )
        .await?;
    read(&rows, case)
}
