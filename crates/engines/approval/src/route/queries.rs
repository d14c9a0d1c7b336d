//! SQL about routes.

use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_ledger::Choice as _;
use mamori_store::{Reader, Row, Tx, args};

use super::{AccountRole, StepKind};

/// A route in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteRow {
    /// Row id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Grows with every change of the route or its steps.
    pub version: i64,
    /// Lower bound in yen.
    pub from: i64,
    /// Days until a request expires.
    pub expires_after: Option<i64>,
}

/// A step of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// Row id.
    pub id: String,
    /// The program's line about it.
    pub summary: String,
    /// Place in the order.
    pub position: i64,
    /// What it does.
    pub kind: StepKind,
    /// The department head decides.
    pub manager: bool,
    /// Ids of roles of the programme.
    pub roles: Vec<String>,
    /// Roles of accounts.
    pub accounts: Vec<AccountRole>,
    /// Ids of people.
    pub people: Vec<String>,
    /// Working days.
    pub days: i64,
}

fn list(row: &Row, column: &str) -> Result<Vec<String>> {
    Ok(serde_json::from_str(&row.text(column)?).unwrap_or_default())
}

/// The routes in use for a kind, lowest first.
///
/// # Errors
/// Database faults.
pub async fn of_kind(db: &mut impl Reader, kind: &str) -> Result<Vec<RouteRow>> {
    let rows = db
        .rows(
            "select id, name, version, coalesce(from_amount, 0) as bound, expires_after from approval_route \
             where company_id = $1 and kind = $2 and retired_at = '' order by bound, id",
            args![kind],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(RouteRow {
                id: row.get("id")?,
                name: row.text("name")?,
                version: row.get("version")?,
                from: row.get("bound")?,
                expires_after: row.get("expires_after")?,
            })
        })
        .collect()
}

/// The steps in use of a route, in order.
///
/// # Errors
/// Database faults.
pub async fn steps(db: &mut impl Reader, route_id: &str) -> Result<Vec<StepRow>> {
    let rows = db
        .rows(
            "select id, summary, position, kind, manager, roles, accounts, people, days from approval_route_step \
             where company_id = $1 and route = $2 and retired_at = '' order by position, id",
            args![route_id],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(StepRow {
                id: row.get("id")?,
                summary: row.text("summary")?,
                position: row.get::<Option<i64>>("position")?.unwrap_or(1),
                kind: StepKind::parse(&row.text("kind")?).unwrap_or(StepKind::Approve),
                manager: row.get("manager")?,
                roles: list(row, "roles")?,
                accounts: list(row, "accounts")?.iter().filter_map(|code| AccountRole::parse(code)).collect(),
                people: list(row, "people")?,
                days: row.get::<Option<i64>>("days")?.unwrap_or(5),
            })
        })
        .collect()
}

/// Kinds for which the company ever had a route, retired ones included.
///
/// # Errors
/// Database faults.
pub(super) async fn known_kinds(db: &mut impl Reader) -> Result<Vec<String>> {
    let rows = db.rows("select distinct kind from approval_route where company_id = $1", args![]).await?;
    rows.iter().map(|row| row.text("kind")).collect()
}

/// The place after the last step of a route.
///
/// # Errors
/// Database faults.
pub(super) async fn next_position(db: &mut impl Reader, route_id: &str) -> Result<i64> {
    let last = db
        .count(
            "select coalesce(max(position), 0) as n from approval_route_step where company_id = $1 and route = $2 and retired_at = ''",
            args![route_id],
        )
        .await?;
    Ok(last.saturating_add(1))
}

/// A changed step makes a new version of its route.
///
/// # Errors
/// Database faults.
pub(super) async fn touch(tx: &mut Tx, route_id: &str) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "update approval_route set version = version + 1, updated_at = $3 where company_id = $1 and id = $2",
        args![route_id, now],
    )
    .await?;
    Ok(())
}

/// The language of the company's own documents.
///
/// # Errors
/// Database faults.
pub(crate) async fn company_lang(db: &mut impl Reader) -> Result<Lang> {
    let row = db.first("select lang from company where id = $1", args![]).await?;
    Ok(match row {
        Some(row) => Lang::parse(&row.text("lang")?).unwrap_or_default(),
        None => Lang::default(),
    })
}
