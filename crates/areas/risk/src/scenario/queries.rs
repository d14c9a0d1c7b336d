//! SQL around scenarios that the ledger engine does not give.

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_kernel::{id, time};
use mamori_ledger::Record;
use mamori_ledger::query::Sql;
use mamori_store::{Arg, Reader, Row, Tx, args};

pub(crate) use super::revaluation::queries::LAST_ID;
pub use super::revaluation::queries::{Moves, Revaluation, pieces, rejudge, revalue, used_levels};

/// A row of history holds until further notice.
pub(crate) const FOR_NOW: &str = "9999-12-31";

/// The next number, given out once: the counter's row is locked until the transaction ends.
///
/// # Errors
/// Database faults.
pub async fn next_number(tx: &mut Tx) -> Result<i64> {
    let now = tx.now();
    let rows = tx
        .rows(
            "insert into setting (company_id, key, value, updated_at) values ($1, 'risk.scenario.number', \
               cast((select coalesce(max(number), 0) + 1 from scenario where company_id = $1) as text), $2) \
             on conflict (company_id, key) do update set value = cast(cast(setting.value as bigint) + 1 as text), \
               updated_at = excluded.updated_at returning value",
            args![now],
        )
        .await?;
    Ok(rows.first().map(|row| row.text("value")).transpose()?.and_then(|value| value.parse().ok()).unwrap_or(1))
}

/// The row of a source key, in use or not; none for the empty key.
///
/// # Errors
/// Database faults.
pub async fn by_key(db: &mut impl Reader, key: &str) -> Result<Option<String>> {
    if key.is_empty() {
        return Ok(None);
    }
    let row = db.first("select id from scenario where company_id = $1 and source_key = $2", args![key]).await?;
    row.map(|row| row.get("id")).transpose()
}

/// The usual number of a threat.
///
/// # Errors
/// Database faults.
pub async fn usual_level(db: &mut impl Reader, threat: &str) -> Result<Option<i64>> {
    let row = db.first("select level from threat where company_id = $1 and id = $2", args![threat]).await?;
    row.map_or(Ok(None), |row| row.get("level"))
}

/// The highest importance of some assets.
///
/// # Errors
/// Database faults.
pub async fn importance(db: &mut impl Reader, assets: &[String]) -> Result<Option<i64>> {
    highest(db, "importance", assets).await
}

/// The highest IPA risk value of some assets.
///
/// # Errors
/// Database faults.
pub async fn ipa_value(db: &mut impl Reader, assets: &[String]) -> Result<Option<i64>> {
    highest(db, "risk_value", assets).await
}

async fn highest(db: &mut impl Reader, column: &str, assets: &[String]) -> Result<Option<i64>> {
    if assets.is_empty() {
        return Ok(None);
    }
    let mut sql = Sql::default();
    let list = sql.bind_all(assets.iter());
    let text = format!("select max({column}) as n from information_asset where company_id = $1 and id in ({list})");
    db.first(&text, sql.args).await?.map_or(Ok(None), |row| row.get("n"))
}

/// Takes over the IPA values of assets that changed into the risks that name them; returns how many differ now. The caller logs.
///
/// # Errors
/// Database faults.
pub(super) async fn follow_assets(tx: &mut Tx, assets: &[String]) -> Result<u64> {
    let (now, user) = (tx.now(), tx.actor().user_id.clone());
    let mut sql = Sql::default();
    let (at, by) = (sql.bind(now), sql.bind(user));
    let list = sql.bind_all(assets.iter());
    // The highest of all assets of the risk, not only of those that changed.
    let text = format!(
        "with v as (select f.from_id as id, max(a.risk_value) as n from link f join link l on l.company_id = $1 and l.from_id = f.from_id \
           and l.field = 'assets' join information_asset a on a.id = l.to_id and a.company_id = $1 \
           where f.company_id = $1 and f.from_ledger = 'scenario' and f.field = 'assets' and f.to_id in ({list}) group by f.from_id) \
         update scenario set ipa_value = v.n, version = scenario.version + 1, updated_at = {at}, updated_by = {by} from v \
         where scenario.id = v.id and scenario.company_id = $1 and coalesce(scenario.ipa_value, -1) <> coalesce(v.n, -1)"
    );
    tx.exec(&text, sql.args).await
}

/// Writes a line of history for a row as it is now and ends the one before. `known` is false for a row that is new.
///
/// # Errors
/// Database faults.
pub(super) async fn remember(tx: &mut Tx, known: bool, record: &Record) -> Result<()> {
    let today = time::today(tx.now());
    let row = &record.meta.id;
    if known {
        tx.exec(
            "update scenario_history set until_date = $3 where company_id = $1 and scenario = $2 and until_date = '9999-12-31'",
            args![row, today],
        )
        .await?;
    }
    let int = |field: &str| Arg::Int(record.get(field).as_int());
    let text = |field: &str| Arg::from(record.get(field).as_str());
    // A row out of use counts on no map from today on; the state tells the reader why.
    let until = if record.is_retired() { today.to_string() } else { FOR_NOW.to_owned() };
    let cause = tx.memo(CAUSE).unwrap_or_default().to_owned();
    let values = vec![
        Arg::from(id::new()),
        Arg::from(row.as_str()),
        Arg::from(today.to_string()),
        Arg::from(until),
        text("state"),
        int("inherent_value"),
        int("current_value"),
        int("target_value"),
        int("residual_value"),
        text("standing"),
        int("asset_value"),
        int("threat_level"),
        int("weakness_level"),
        int("likelihood"),
        text("impact"),
        text("frequency"),
        int("method"),
        Arg::from(cause),
    ];
    tx.exec(
        "insert into scenario_history (company_id, id, scenario, on_date, until_date, state, inherent_value, current_value, target_value, \
         residual_value, standing, asset_value, threat_level, weakness_level, likelihood, impact, frequency, method, cause) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        values,
    )
    .await?;
    Ok(())
}

/// Why the values of this transaction change, in the reader's words; noted by use cases with [`Tx::set_memo`].
pub const CAUSE: &str = "risk.scenario.cause";

/// One line of history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// From this day.
    pub on: Option<Date>,
    /// Code of the state.
    pub state: String,
    /// 固有, 現在, 目標, 残留.
    pub values: [Option<i64>; 4],
    /// Code of the standing.
    pub standing: String,
    /// 資産価値, 脅威, 脆弱性, 発生可能性.
    pub levels: [Option<i64>; 4],
    /// Version of the scale.
    pub method: Option<i64>,
    /// Why it changed.
    pub cause: String,
}

fn past(row: &Row) -> Result<Past> {
    Ok(Past {
        on: row.text("on_date")?.parse().ok(),
        state: row.text("state")?,
        values: [row.get("inherent_value")?, row.get("current_value")?, row.get("target_value")?, row.get("residual_value")?],
        standing: row.text("standing")?,
        levels: [row.get("asset_value")?, row.get("threat_level")?, row.get("weakness_level")?, row.get("likelihood")?],
        method: row.get("method")?,
        cause: row.text("cause")?,
    })
}

/// The history of a scenario, oldest first; at most the newest hundred lines.
///
/// # Errors
/// Database faults.
pub async fn history(db: &mut impl Reader, scenario: &str) -> Result<Vec<Past>> {
    let text = "select on_date, state, inherent_value, current_value, target_value, residual_value, standing, asset_value, threat_level, \
         weakness_level, likelihood, method, cause from scenario_history where company_id = $1 and scenario = $2 \
         order by on_date desc, id desc limit 100";
    let mut lines: Vec<Past> = db.rows(text, args![scenario]).await?.iter().map(past).collect::<Result<_>>()?;
    lines.reverse();
    Ok(lines)
}

/// All risks, in use or not.
///
/// # Errors
/// Database faults.
pub async fn total(db: &mut impl Reader) -> Result<i64> {
    db.count("select count(*) as n from scenario where company_id = $1", vec![]).await
}

/// There is at least one risk in use.
///
/// # Errors
/// Database faults.
pub async fn any(db: &mut impl Reader) -> Result<bool> {
    let text = "select id from scenario where company_id = $1 and retired_at = '' limit 1";
    Ok(db.first(text, vec![]).await?.is_some())
}
