//! SQL over assets, treatments and acceptances that the ledger engine does not give.

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::Ledger;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Tx, args};

use super::model::RowValues;
use crate::neighbours::InformationAsset;

/// Where the company stands: the figures of the home page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Assets in band 大.
    pub high: i64,
    /// Assets in band 中.
    pub middle: i64,
    /// Assets in band 小.
    pub low: i64,
    /// Assets without a risk value: something is not filled in.
    pub open: i64,
    /// Assets in band 大 with neither a treatment under way nor a valid acceptance.
    pub high_untreated: i64,
    /// Treatments past their due date.
    pub overdue: i64,
}

impl Standing {
    /// All assets counted.
    pub fn total(&self) -> i64 {
        self.high + self.middle + self.low + self.open
    }
}

/// SQL that holds for an asset `t` that nobody treats: no treatment under way, no acceptance in force (S2-D6-06: a done measure that leaves
/// the risk large is not the end of it).
const UNTREATED: &str = "not exists (select 1 from link l join treatment r on r.id = l.from_id and r.company_id = $1 \
     where l.company_id = $1 and l.to_id = t.id and l.from_ledger = 'treatment' and r.retired_at = '' and r.state in ('planned', 'doing')) \
     and not exists (select 1 from acceptance a where a.company_id = $1 and a.asset = t.id and a.retired_at = '' and a.state = 'valid' \
     and coalesce(a.risk_value, 0) >= coalesce(t.risk_value, 0))";

/// Counts for the reader behind `db`: only assets and treatments that he may see. `today` decides what is overdue.
///
/// # Errors
/// Database faults.
pub async fn standing(db: &mut impl Reader, today: jiff::civil::Date) -> Result<Standing> {
    let mut standing = Standing::default();
    let actor = db.actor().clone();
    if actor.can(InformationAsset::CODE, Action::View) {
        let def = InformationAsset::def();
        let mut sql = Sql::default();
        let reach = reach_sql(&def, &actor, Action::View, &mut sql)?;
        let text = format!(
            "select t.risk_band as band, count(*) as n, sum(case when t.risk_band = 'high' and {UNTREATED} then 1 else 0 end) as bare \
             from information_asset t where t.company_id = $1 and t.retired_at = '' and {reach} group by t.risk_band"
        );
        for row in db.rows(&text, sql.args).await? {
            let n: i64 = row.get("n")?;
            match row.text("band")?.as_str() {
                "high" => {
                    standing.high = n;
                    standing.high_untreated = row.get::<Option<i64>>("bare")?.unwrap_or_default();
                }
                "middle" => standing.middle = n,
                "low" => standing.low = n,
                _ => standing.open += n,
            }
        }
    }
    if actor.can("treatment", Action::View) {
        let def = crate::treatment::ledger();
        let mut sql = Sql::default();
        let reach = reach_sql(&def, &actor, Action::View, &mut sql)?;
        let day = sql.bind(today);
        let text = format!(
            "select count(*) as n from treatment t where t.company_id = $1 and t.retired_at = '' and {reach} \
             and t.state in ('planned', 'doing') and t.due <> '' and t.due < {day}"
        );
        standing.overdue = db.count(&text, sql.args).await?;
    }
    Ok(standing)
}

/// A cell of the map: importance, likelihood, how many.
pub type Cell = (i64, i64, i64);

/// Counts by importance and likelihood of the assets that the reader may see.
///
/// # Errors
/// Database faults; [`mamori_kernel::error::Error::NotFound`] without permission.
pub async fn cells(db: &mut impl Reader) -> Result<Vec<Cell>> {
    let (reach, sql) = seen(db)?;
    let text = format!(
        "select t.importance as i, t.likelihood as l, count(*) as n from information_asset t \
         where t.company_id = $1 and t.retired_at = '' and {reach} and t.importance is not null and t.likelihood is not null \
         group by t.importance, t.likelihood"
    );
    db.rows(&text, sql.args).await?.iter().map(|row| Ok((row.get("i")?, row.get("l")?, row.get("n")?))).collect()
}

/// A department's counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepartmentCounts {
    /// Row id; empty for assets without a department.
    pub id: String,
    /// Name.
    pub name: String,
    /// 大, 中, 小, without a value.
    pub counts: [u64; 4],
}

/// Counts by department, most large risks first.
///
/// # Errors
/// As [`cells`].
pub async fn by_department(db: &mut impl Reader) -> Result<Vec<DepartmentCounts>> {
    let (reach, sql) = seen(db)?;
    let text = format!(
        "select coalesce(t.department, '') as id, coalesce(d.name, '') as name, t.risk_band as band, count(*) as n \
         from information_asset t left join department d on d.id = t.department and d.company_id = $1 \
         where t.company_id = $1 and t.retired_at = '' and {reach} group by t.department, d.name, t.risk_band order by name, id"
    );
    let mut found: Vec<DepartmentCounts> = Vec::new();
    for row in db.rows(&text, sql.args).await? {
        let id = row.text("id")?;
        let n = u64::try_from(row.get::<i64>("n")?).unwrap_or_default();
        let at = match row.text("band")?.as_str() {
            "high" => 0,
            "middle" => 1,
            "low" => 2,
            _ => 3,
        };
        let index = match found.iter().position(|known| known.id == id) {
            Some(index) => index,
            None => {
                found.push(DepartmentCounts { id, name: row.text("name")?, counts: [0; 4] });
                found.len() - 1
            }
        };
        if let Some(count) = found.get_mut(index).and_then(|known| known.counts.get_mut(at)) {
            *count += n;
        }
    }
    found.sort_by_key(|row| std::cmp::Reverse(row.counts));
    Ok(found)
}

fn seen(db: &impl Reader) -> Result<(String, Sql)> {
    let mut sql = Sql::default();
    let actor = db.actor().clone();
    let reach = reach_sql(&InformationAsset::def(), &actor, Action::View, &mut sql)?;
    Ok((reach, sql))
}

/// Ids of the assets that a list of risks shows: those with a value, largest first; `untreated` leaves out what is being dealt with.
///
/// # Errors
/// As [`cells`].
pub async fn ranked(db: &mut impl Reader, limit: i64, untreated: bool) -> Result<Vec<String>> {
    let (reach, mut sql) = seen(db)?;
    let most = sql.bind(limit);
    let bare = if untreated { format!(" and {UNTREATED}") } else { String::new() };
    let text = format!(
        "select t.id from information_asset t where t.company_id = $1 and t.retired_at = '' and {reach} and t.risk_value is not null{bare} \
         order by t.risk_value desc, t.importance desc, t.name, t.id limit {most}"
    );
    db.rows(&text, sql.args).await?.iter().map(|row| row.get("id")).collect()
}

/// How many assets in use the company has.
///
/// # Errors
/// Database faults.
pub async fn asset_count(db: &mut impl Reader) -> Result<i64> {
    db.count("select count(*) as n from information_asset where company_id = $1 and retired_at = ''", vec![]).await
}

/// The columns that decide an asset's risk, with what is stored now.
#[derive(Clone, Debug)]
pub struct AssetRow {
    /// Row id.
    pub id: String,
    /// Name, for the log.
    pub name: String,
    /// The row with storage, C, I and A set.
    pub record: mamori_ledger::Record,
    /// What is stored now: threat, weakness, likelihood, value, band.
    pub stored: (Option<i64>, Option<i64>, Option<i64>, Option<i64>, String),
}

/// All assets in use, or those named, whatever the reader may see: a sheet of the company changes all of its assets.
///
/// # Errors
/// Database faults.
pub async fn to_assess(tx: &mut Tx, ids: Option<&[String]>) -> Result<Vec<AssetRow>> {
    const COLUMNS: &str = "select id, name, storage, confidentiality, integrity, availability, threat_level, weakness_level, likelihood, \
         risk_value, risk_band from information_asset where company_id = $1 and retired_at = ''";
    let mut found = Vec::new();
    match ids {
        None => found.extend(tx.rows(COLUMNS, vec![]).await?),
        Some(ids) => {
            for chunk in ids.chunks(500) {
                let mut sql = Sql::default();
                let list = sql.bind_all(chunk.iter());
                found.extend(tx.rows(&format!("{COLUMNS} and id in ({list})"), sql.args).await?);
            }
        }
    }
    let mut rows = Vec::with_capacity(found.len());
    for row in &found {
        let mut record = mamori_ledger::Record::default();
        for field in ["storage", "confidentiality", "integrity", "availability"] {
            record.values.set(field, row.text(field)?);
        }
        let stored = (
            row.get("threat_level")?,
            row.get("weakness_level")?,
            row.get("likelihood")?,
            row.get("risk_value")?,
            row.text("risk_band")?,
        );
        rows.push(AssetRow { id: row.get("id")?, name: row.text("name")?, record, stored });
    }
    Ok(rows)
}

/// Writes the worked-out values of one asset. Neither version nor "changed by" move: nobody edited the row, and a person who has it open
/// must still be able to save.
///
/// # Errors
/// Database faults.
pub async fn write_values(tx: &mut Tx, id: &str, values: &RowValues) -> Result<()> {
    tx.exec(
        "update information_asset set threat_level = $3, weakness_level = $4, likelihood = $5, risk_value = $6, risk_band = $7 \
         where company_id = $1 and id = $2",
        args![id, values.threat, values.weakness, values.likelihood, values.value, values.band],
    )
    .await?;
    Ok(())
}

/// The treatments of an asset, newest due date last.
///
/// # Errors
/// Database faults.
pub async fn treatment_ids(db: &mut impl Reader, asset: &str) -> Result<Vec<String>> {
    let rows = db
        .rows(
            "select distinct from_id as id from link where company_id = $1 and to_id = $2 and from_ledger = 'treatment'",
            args![asset],
        )
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}
