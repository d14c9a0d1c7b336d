//! Acceptances as pages, reports, "today", decisions and the daily job need them.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Row, Tx, args};

use super::rules::{Accepted, Level};

/// An acceptance with the names that people read and the value today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Row id.
    pub id: String,
    /// Name of the risk or the asset.
    pub name: String,
    /// The asset's row id; empty for a scenario.
    pub asset: String,
    /// The scenario's row id; empty for an asset.
    pub scenario: String,
    /// Value (of the asset's sheet or of the four factors) and method version that were accepted.
    pub accepted: (Option<i64>, i64),
    /// Expected loss a year that was accepted, in yen.
    pub ale: Option<i64>,
    /// The value today.
    pub now: Option<i64>,
    /// Code of the class.
    pub class: String,
    /// Why.
    pub reason: String,
    /// Conditions.
    pub conditions: String,
    /// Who decided.
    pub accepted_by: String,
    /// When.
    pub accepted_on: Option<Date>,
    /// Until when.
    pub review_on: Option<Date>,
    /// Code of the stored state.
    pub state: String,
    /// Code of why it came back; empty when it did not.
    pub comeback: String,
}

const COLUMNS: &str = "t.id, t.name, coalesce(t.asset, '') as asset, coalesce(t.scenario, '') as scenario, t.risk_value, t.residual_value, \
     t.ale, t.method, a.risk_value as asset_now, coalesce(s.residual_value, s.current_value) as scenario_now, t.class, t.reason, \
     t.conditions, coalesce(p.name, t.decided_by) as accepted_by_name, t.accepted_on, t.review_on, t.state, t.comeback \
     from acceptance t left join information_asset a on a.id = t.asset and a.company_id = $1 \
     left join scenario s on s.id = t.scenario and s.company_id = $1 \
     left join person p on p.id = t.accepted_by and p.company_id = $1";

fn read(row: &Row) -> Result<Listed> {
    let scenario = row.text("scenario")?;
    let (value, now) = if scenario.is_empty() { ("risk_value", "asset_now") } else { ("residual_value", "scenario_now") };
    Ok(Listed {
        id: row.get("id")?,
        name: row.text("name")?,
        asset: row.text("asset")?,
        accepted: (row.get(value)?, row.get::<Option<i64>>("method")?.unwrap_or_default()),
        ale: row.get("ale")?,
        now: row.get(now)?,
        class: row.text("class")?,
        reason: row.text("reason")?,
        conditions: row.text("conditions")?,
        accepted_by: row.text("accepted_by_name")?,
        accepted_on: row.text("accepted_on")?.parse().ok(),
        review_on: row.text("review_on")?.parse().ok(),
        state: row.text("state")?,
        comeback: row.text("comeback")?,
        scenario,
    })
}

async fn select(db: &mut impl Reader, condition: &str, mut sql: Sql) -> Result<Vec<Listed>> {
    let actor = db.actor().clone();
    let reach = reach_sql(&super::ledger(), &actor, Action::View, &mut sql)?;
    let text = format!(
        "select {COLUMNS} where t.company_id = $1 and t.retired_at = '' and {reach} and {condition} order by t.review_on, t.id"
    );
    db.rows(&text, sql.args).await?.iter().map(read).collect()
}

/// All acceptances in force or waiting to be decided again that the reader may see, by review date.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn standing(db: &mut impl Reader) -> Result<Vec<Listed>> {
    select(db, "t.state in ('valid', 'expired', 'reopened')", Sql::default()).await
}

/// The acceptances of an asset.
///
/// # Errors
/// As [`standing`].
pub async fn of_asset(db: &mut impl Reader, asset: &str) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let id = sql.bind(asset);
    select(db, &format!("t.asset = {id}"), sql).await
}

/// The acceptances of a scenario.
///
/// # Errors
/// As [`standing`].
pub async fn of_scenario(db: &mut impl Reader, scenario: &str) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let id = sql.bind(scenario);
    select(db, &format!("t.scenario = {id}"), sql).await
}

/// What came back, and what must be reviewed until a day.
///
/// # Errors
/// As [`standing`].
pub async fn to_decide(db: &mut impl Reader, until: Date) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let day = sql.bind(until);
    select(db, &format!("(t.state in ('reopened', 'expired') or (t.state = 'valid' and t.review_on <= {day}))"), sql).await
}

/// Drafts and returned ones of a proposer.
///
/// # Errors
/// As [`standing`].
pub async fn unfinished(db: &mut impl Reader, person: &str) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let who = sql.bind(person);
    select(db, &format!("t.state in ('draft', 'returned') and t.proposer = {who}"), sql).await
}

/// What is accepted: the asset or the scenario as it stands now, whatever the reader may see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Name.
    pub name: String,
    /// Id of the department; empty if none.
    pub department: String,
    /// Row of the owner in the people ledger; empty if none.
    pub owner: String,
    /// The numbers.
    pub level: Level,
    /// Code of the asset's band; empty for a scenario.
    pub band: String,
}

impl Taken {
    /// There is a number to accept.
    pub fn has_value(&self) -> bool {
        self.level.risk_value.is_some() || self.level.score.is_some() || self.level.ale.is_some()
    }
}

/// Reads what is accepted; exactly one of the two ids is given. `None` when the row does not exist.
///
/// # Errors
/// Database faults.
pub async fn taken(db: &mut impl Reader, scenario: &str, asset: &str) -> Result<Option<Taken>> {
    if scenario.is_empty() {
        let method = crate::method::queries::current(db).await?.number;
        let row = db
            .first(
                "select name, department, owner, risk_value, risk_band from information_asset where company_id = $1 and id = $2",
                args![asset],
            )
            .await?;
        return row
            .map(|row| {
                Ok(Taken {
                    name: row.text("name")?,
                    department: row.text("department")?,
                    owner: row.text("owner")?,
                    level: Level { risk_value: row.get("risk_value")?, score: None, ale: None, method },
                    band: row.text("risk_band")?,
                })
            })
            .transpose();
    }
    let row = db
        .first(
            "select title, department, owner, coalesce(residual_value, current_value) as score, coalesce(ale, ale_mean) as ale, method from scenario \
             where company_id = $1 and id = $2",
            args![scenario],
        )
        .await?;
    row.map(|row| {
        Ok(Taken {
            name: row.text("title")?,
            department: row.text("department")?,
            owner: row.text("owner")?,
            level: Level {
                risk_value: None,
                score: row.get("score")?,
                ale: row.get("ale")?,
                method: row.get::<Option<i64>>("method")?.unwrap_or_default(),
            },
            band: String::new(),
        })
    })
    .transpose()
}

/// A valid acceptance beside the risk as it is now.
#[derive(Clone, Debug, Default)]
pub struct InForce {
    /// Row id.
    pub id: String,
    /// Name of what is accepted.
    pub name: String,
    /// The scenario's row id; empty for an asset.
    pub scenario: String,
    /// Row of the risk's owner in the people ledger; empty if none.
    pub owner: String,
    /// As it was decided.
    pub accepted: Accepted,
    /// As it is.
    pub now: Level,
    /// Times in this fiscal year.
    pub happened: Option<i64>,
}

/// Which valid acceptances are asked for.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// All of the company.
    All,
    /// Those of these scenarios.
    Scenarios(&'a [String]),
    /// Those of these assets.
    Assets(&'a [String]),
}

/// Valid acceptances with what they rest on, for the program.
///
/// # Errors
/// Database faults.
pub async fn in_force(db: &mut impl Reader, which: Which<'_>) -> Result<Vec<InForce>> {
    let method = crate::method::queries::current(db).await?.number;
    let text = "select t.id, t.name, coalesce(t.scenario, '') as scenario, t.risk_value, t.residual_value, t.ale, t.method, t.above, \
         t.limit_count, t.review_on, a.risk_value as asset_now, coalesce(s.residual_value, s.current_value) as score_now, coalesce(s.ale, s.ale_mean) as ale_now, \
         s.method as scale_now, s.happened, coalesce(s.owner, a.owner, '') as owner \
         from acceptance t left join scenario s on s.id = t.scenario and s.company_id = $1 \
         left join information_asset a on a.id = t.asset and a.company_id = $1 \
         where t.company_id = $1 and t.retired_at = '' and t.state = 'valid'";
    let mut rows = Vec::new();
    let (column, ids) = match which {
        Which::All => ("", &[] as &[String]),
        Which::Scenarios(ids) => ("t.scenario", ids),
        Which::Assets(ids) => ("t.asset", ids),
    };
    if column.is_empty() {
        rows = db.rows(text, vec![]).await?;
    }
    for chunk in ids.chunks(500) {
        let mut sql = Sql::default();
        let list = sql.bind_all(chunk.iter());
        rows.extend(db.rows(&format!("{text} and {column} in ({list})"), sql.args).await?);
    }
    rows.iter().map(|row| in_force_row(row, method)).collect()
}

fn in_force_row(row: &Row, method: i64) -> Result<InForce> {
    let number = |name: &str| -> Result<i64> { Ok(row.get::<Option<i64>>(name)?.unwrap_or_default()) };
    let scenario = row.text("scenario")?;
    let now = if scenario.is_empty() {
        Level { risk_value: row.get("asset_now")?, score: None, ale: None, method }
    } else {
        Level { risk_value: None, score: row.get("score_now")?, ale: row.get("ale_now")?, method: number("scale_now")? }
    };
    Ok(InForce {
        id: row.get("id")?,
        name: row.text("name")?,
        owner: row.text("owner")?,
        accepted: Accepted {
            level: Level {
                risk_value: row.get("risk_value")?,
                score: row.get("residual_value")?,
                ale: row.get("ale")?,
                method: number("method")?,
            },
            above: number("above")? != 0,
            limit_count: row.get("limit_count")?,
            review_on: row.text("review_on")?.parse().ok(),
        },
        now,
        happened: row.get("happened")?,
        scenario,
    })
}

/// Ids of other acceptances of the same risk or asset in one of two states.
///
/// # Errors
/// Database faults.
pub async fn others(db: &mut impl Reader, id: &str, scenario: &str, asset: &str, state: &str) -> Result<Vec<String>> {
    let rows = db
        .rows(
            "select id from acceptance where company_id = $1 and retired_at = '' and id <> $2 and state = $3 \
             and coalesce(scenario, '') = $4 and coalesce(asset, '') = $5 order by id",
            args![id, state, scenario, asset],
        )
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// Ids of the valid acceptances of a scenario.
///
/// # Errors
/// Database faults.
pub async fn valid_of(tx: &mut Tx, scenario: &str) -> Result<Vec<String>> {
    let rows = tx
        .rows(
            "select id from acceptance where company_id = $1 and scenario = $2 and retired_at = '' and state = 'valid'",
            args![scenario],
        )
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// The state of a scenario; empty when there is none.
///
/// # Errors
/// Database faults.
pub async fn scenario_state(tx: &mut Tx, scenario: &str) -> Result<String> {
    match tx.rows("select state from scenario where company_id = $1 and id = $2", args![scenario]).await?.first() {
        Some(row) => row.text("state"),
        None => Ok(String::new()),
    }
}
