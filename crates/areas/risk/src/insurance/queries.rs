//! Transfers as "today" and the page of a risk need them.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Row};

/// A transfer in short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Row id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Who carries it.
    pub provider: String,
    /// Limit in yen.
    pub limit_yen: Option<i64>,
    /// When it ends.
    pub ends: Option<Date>,
    /// When it is reviewed.
    pub review_on: Option<Date>,
}

fn read(row: &Row) -> Result<Listed> {
    Ok(Listed {
        id: row.get("id")?,
        name: row.text("name")?,
        provider: row.text("provider")?,
        limit_yen: row.get("limit_yen")?,
        ends: row.text("ends")?.parse().ok(),
        review_on: row.text("review_on")?.parse().ok(),
    })
}

async fn select(db: &mut impl Reader, condition: &str, mut sql: Sql) -> Result<Vec<Listed>> {
    let actor = db.actor().clone();
    let reach = reach_sql(&super::ledger(), &actor, Action::View, &mut sql)?;
    let text = format!(
        "select t.id, t.name, t.provider, t.limit_yen, t.ends, t.review_on from insurance t \
         where t.company_id = $1 and t.retired_at = '' and {reach} and {condition} order by t.ends, t.id"
    );
    db.rows(&text, sql.args).await?.iter().map(read).collect()
}

/// Those that carry a risk.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn of_scenario(db: &mut impl Reader, scenario: &str) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let id = sql.bind(scenario);
    let condition = format!(
        "t.id in (select l.from_id from link l where l.company_id = $1 and l.from_ledger = 'insurance' and l.field = 'risks' and l.to_id = {id})"
    );
    select(db, &condition, sql).await
}

/// Those that end or are to be reviewed until a day.
///
/// # Errors
/// As [`of_scenario`].
pub async fn due_until(db: &mut impl Reader, day: Date) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let until = sql.bind(day);
    let condition = format!("((t.review_on <> '' and t.review_on <= {until}) or (t.ends <> '' and t.ends <= {until}))");
    select(db, &condition, sql).await
}
