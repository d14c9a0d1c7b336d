//! The approaches chosen, and what the register says nothing about.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::Ledger as _;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Row};

use crate::neighbours::InformationAsset;

/// Assets that no risk of the register names: how many, and the first by importance with their importance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uncovered {
    /// How many.
    pub count: i64,
    /// The first by importance: name and 重要度.
    pub first: Vec<(String, Option<i64>)>,
}

/// What the register says nothing about yet.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission on the assets; database faults.
pub async fn uncovered(db: &mut impl Reader, limit: usize) -> Result<Uncovered> {
    let mut sql = Sql::default();
    let reach = reach_sql(&InformationAsset::def(), db.actor(), Action::View, &mut sql)?;
    let text = format!(
        "from information_asset t where t.company_id = $1 and t.retired_at = '' and {reach} and t.id not in \
         (select l.to_id from link l join scenario s on s.id = l.from_id and s.company_id = $1 and s.retired_at = '' and s.state <> 'closed' \
         where l.company_id = $1 and l.from_ledger = 'scenario' and l.field = 'assets')"
    );
    let count = db.count(&format!("select count(*) as n {text}"), sql.args.clone()).await?;
    let list = format!("select t.name, t.importance {text} order by coalesce(t.importance, -1) desc, t.name, t.id limit {limit}");
    let rows = db.rows(&list, sql.args).await?;
    let first = rows.iter().map(|row| Ok((row.text("name")?, row.get("importance")?))).collect::<Result<_>>()?;
    Ok(Uncovered { count, first })
}

/// Threats that the company thinks of and no risk names.
///
/// # Errors
/// Database faults.
pub async fn idle_threats(db: &mut impl Reader, limit: usize) -> Result<Vec<String>> {
    let text = format!(
        "select h.name from threat h where h.company_id = $1 and h.retired_at = '' and h.used = 1 and not exists \
         (select 1 from scenario t where t.company_id = $1 and t.threat = h.id and t.retired_at = '' and t.state <> 'closed') \
         order by h.threat_group, h.id limit {limit}"
    );
    db.rows(&text, vec![]).await?.iter().map(|row| row.text("name")).collect()
}

/// How deep a part of the company is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// 対象.
    pub scope: String,
    /// Code of the approach.
    pub approach: String,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub decided_on: Option<Date>,
    /// By whom; empty if not told.
    pub decided_by: String,
}

/// The approaches chosen.
///
/// # Errors
/// Database faults.
pub async fn scopes(db: &mut impl Reader) -> Result<Vec<Scope>> {
    let rows = db
        .rows(
            "select t.scope, t.approach, t.reason, t.decided_on, coalesce(p.name, '') as decided_by_name from approach t \
             left join person p on p.id = t.decided_by and p.company_id = $1 \
             where t.company_id = $1 and t.retired_at = '' order by t.scope, t.id limit 200",
            vec![],
        )
        .await?;
    let read = |row: &Row| -> Result<Scope> {
        Ok(Scope {
            scope: row.text("scope")?,
            approach: row.text("approach")?,
            reason: row.text("reason")?,
            decided_on: row.text("decided_on")?.parse().ok(),
            decided_by: row.text("decided_by_name")?,
        })
    };
    rows.iter().map(read).collect()
}
