//! SQL that changes requests and seats. Each statement is one step of a use case, which also writes the log.

use jiff::civil::Date;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::id;
use mamori_kernel::yen::Yen;
use mamori_ledger::Choice as _;
use mamori_store::{Arg, Tx, args};

use crate::directory::Member;
use crate::request::{State, StepState};

/// Takes the row's lock, so that two people who decide at once are served one after the other (PostgreSQL; SQLite has one writer).
///
/// # Errors
/// Database faults.
pub(in crate::request) async fn lock(tx: &mut Tx, approval_id: &str) -> Result<()> {
    tx.exec("update approval set version = version + 1 where company_id = $1 and id = $2", args![approval_id]).await?;
    Ok(())
}

/// Serialises proposals of one row: two clicks must not make two requests (PostgreSQL; SQLite has one writer).
///
/// # Errors
/// Database faults.
pub(in crate::request) async fn lock_company(tx: &mut Tx) -> Result<()> {
    if tx.engine() == mamori_store::Engine::Postgres {
        tx.rows("select pg_advisory_xact_lock(hashtext('approval ' || $1))", args![]).await?;
    }
    Ok(())
}

/// Moves a request to a state.
///
/// # Errors
/// Database faults.
pub(in crate::request) async fn set_state(tx: &mut Tx, approval_id: &str, state: State, name: &str, comment: &str) -> Result<()> {
    let (now, user) = (tx.now(), tx.actor().user_id.clone());
    tx.exec(
        "update approval set state = $3, decided_at = $4, decided_name = $5, outcome = $6, updated_at = $4, updated_by = $7 \
         where company_id = $1 and id = $2",
        args![approval_id, state.code(), now, name, comment, user],
    )
    .await?;
    Ok(())
}

/// What a new round changes of a request.
pub(in crate::request) struct Again<'a> {
    pub(in crate::request) title: &'a str,
    pub(in crate::request) link: &'a str,
    pub(in crate::request) amount: Option<Yen>,
    pub(in crate::request) reason: &'a str,
    pub(in crate::request) department: &'a str,
    pub(in crate::request) facts: String,
    pub(in crate::request) route: &'a str,
    pub(in crate::request) route_name: &'a str,
    pub(in crate::request) route_version: i64,
    pub(in crate::request) round: i64,
    pub(in crate::request) expires_on: Option<Date>,
    pub(in crate::request) proposer: &'a Member,
}

/// Proposes a returned request again.
///
/// # Errors
/// Database faults.
pub(in crate::request) async fn reopen(tx: &mut Tx, approval_id: &str, again: Again<'_>) -> Result<()> {
    let (now, user) = (tx.now(), tx.actor().user_id.clone());
    let expires = again.expires_on.map(|day| day.to_string()).unwrap_or_default();
    let person = Arg::Text((!again.proposer.person_id.is_empty()).then(|| again.proposer.person_id.clone()));
    let mut all = args![
        approval_id,
        State::InReview.code(),
        now,
        again.title,
        again.link,
        again.amount.map(|yen| yen.0),
        again.reason,
        again.department,
        again.facts,
        again.route,
        again.route_name,
        again.route_version,
        again.round,
        expires,
        user
    ];
    all.push(person);
    all.extend(args![&again.proposer.user_id, &again.proposer.name]);
    tx.exec(
        "update approval set state = $3, proposed_at = $4, updated_at = $4, title = $5, link = $6, amount = $7, reason = $8, \
           department = $9, facts = $10, route = $11, route_name = $12, route_version = $13, round = $14, expires_on = $15, \
           updated_by = $16, proposed_by = $17, proposer_user = $18, proposer_name = $19, decided_at = '', decided_name = '', \
           outcome = '', version = version + 1 where company_id = $1 and id = $2",
        all,
    )
    .await?;
    Ok(())
}

/// Writes a decision into a seat that waits.
///
/// # Errors
/// [`Error::Conflict`] when it no longer waits; database faults.
pub(in crate::request) async fn decide(
    tx: &mut Tx,
    seat_id: &str,
    state: StepState,
    who: &Member,
    on_behalf: &str,
    comment: &str,
) -> Result<()> {
    let now = tx.now();
    let person = Arg::Text((!who.person_id.is_empty()).then(|| who.person_id.clone()));
    let mut all = args![seat_id, state.code(), now, &who.user_id, &who.name, on_behalf, comment];
    all.push(person);
    let written = tx.exec(
        "update approval_step set state = $3, decided_at = $4, updated_at = $4, decided_user = $5, updated_by = $5, decided_name = $6, \
           on_behalf = $7, comment = $8, decided_by = $9, version = version + 1 where company_id = $1 and id = $2 and state = 'waiting'",
        all,
    )
    .await?;
    // Only a seat that waits can be decided; the lock of the request makes this unreachable, and it must stay so.
    if written == 0 {
        return Err(Error::Conflict { current: 0 });
    }
    Ok(())
}

/// Opens a seat: somebody has to decide until `due`.
///
/// # Errors
/// Database faults.
pub(in crate::request) async fn open(tx: &mut Tx, seat_id: &str, due: Option<Date>) -> Result<()> {
    let due = due.map(|day| day.to_string()).unwrap_or_default();
    tx.exec(
        "update approval_step set state = 'waiting', due = $3, version = version + 1 where company_id = $1 and id = $2",
        args![seat_id, due],
    )
    .await?;
    Ok(())
}

/// Closes the seats of a request that nobody needs any more.
///
/// # Errors
/// Database faults.
pub(in crate::request) async fn close_rest(tx: &mut Tx, approval_id: &str) -> Result<()> {
    tx.exec(
        "update approval_step set state = 'closed', version = version + 1 \
         where company_id = $1 and approval = $2 and state in ('waiting', 'ahead')",
        args![approval_id],
    )
    .await?;
    Ok(())
}

/// Notes that a seat was reminded of.
///
/// # Errors
/// Database faults.
pub(in crate::request) async fn reminded(tx: &mut Tx, seat_id: &str, today: Date) -> Result<()> {
    tx.exec("update approval_step set reminded_on = $3 where company_id = $1 and id = $2", args![seat_id, today]).await?;
    Ok(())
}

/// Replaces who may decide on a seat.
///
/// # Errors
/// Database faults.
pub(in crate::request) async fn set_deciders(tx: &mut Tx, seat_id: &str, deciders: String) -> Result<()> {
    tx.exec(
        "update approval_step set deciders = $3, version = version + 1 where company_id = $1 and id = $2",
        args![seat_id, deciders],
    )
    .await?;
    Ok(())
}

/// Leaves a message on the page of an account.
///
/// # Errors
/// Database faults.
pub(crate) async fn notice(tx: &mut Tx, user_id: &str, title: &str, body: &str, link: &str) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "insert into notice (id, company_id, user_id, title, body, link, created_at) values ($2, $1, $3, $4, $5, $6, $7)",
        args![id::new(), user_id, title, body, link, now],
    )
    .await?;
    Ok(())
}
