//! Acceptances as pages, reports, "today" and the daily job need them.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Row, Tx, args};

/// An acceptance with the names that people read and the asset's value today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Row id.
    pub id: String,
    /// Name of the asset.
    pub name: String,
    /// The asset's row id.
    pub asset: String,
    /// Value and method version that were accepted.
    pub accepted: (Option<i64>, i64),
    /// The asset's value today.
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
}

const COLUMNS: &str = "t.id, t.name, coalesce(t.asset, '') as asset, t.risk_value, t.method, a.risk_value as now_value, t.class, t.reason, \
     t.conditions, coalesce(p.name, '') as accepted_by_name, t.accepted_on, t.review_on, t.state \
     from acceptance t left join information_asset a on a.id = t.asset and a.company_id = $1 \
     left join person p on p.id = t.accepted_by and p.company_id = $1";

fn read(row: &Row) -> Result<Listed> {
    Ok(Listed {
        id: row.get("id")?,
        name: row.text("name")?,
        asset: row.text("asset")?,
        accepted: (row.get("risk_value")?, row.get::<Option<i64>>("method")?.unwrap_or_default()),
        now: row.get("now_value")?,
        class: row.text("class")?,
        reason: row.text("reason")?,
        conditions: row.text("conditions")?,
        accepted_by: row.text("accepted_by_name")?,
        accepted_on: row.text("accepted_on")?.parse().ok(),
        review_on: row.text("review_on")?.parse().ok(),
        state: row.text("state")?,
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

/// All acceptances that are not withdrawn and that the reader may see, by review date.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn standing(db: &mut impl Reader) -> Result<Vec<Listed>> {
    select(db, "t.state in ('valid', 'expired')", Sql::default()).await
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

/// Name, department, value and band of an asset.
pub type AssetFacts = (String, String, Option<i64>, String);

/// What an acceptance keeps of its asset.
///
/// # Errors
/// Database faults.
pub async fn asset_facts(tx: &mut Tx, asset: &str) -> Result<Option<AssetFacts>> {
    let rows = tx
        .rows(
            "select name, department, risk_value, risk_band from information_asset where company_id = $1 and id = $2",
            args![asset],
        )
        .await?;
    rows.first()
        .map(|row| Ok((row.text("name")?, row.text("department")?, row.get("risk_value")?, row.text("risk_band")?)))
        .transpose()
}

/// Valid acceptances whose review date has passed.
///
/// # Errors
/// Database faults.
pub async fn run_out(tx: &mut Tx, today: Date) -> Result<Vec<String>> {
    let rows = tx
        .rows(
            "select id from acceptance where company_id = $1 and retired_at = '' and state = 'valid' and review_on <> '' and review_on < $2",
            args![today],
        )
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}
