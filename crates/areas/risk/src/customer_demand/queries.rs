//! Demands as "today" and the page of a risk need them.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::Choice as _;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Row};

use super::State;

/// A demand in short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Row id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who demands it.
    pub customer: String,
    /// By when.
    pub due: Option<Date>,
    /// 状態.
    pub state: Option<State>,
}

fn read(row: &Row) -> Result<Listed> {
    Ok(Listed {
        id: row.get("id")?,
        title: row.text("title")?,
        customer: row.text("customer")?,
        due: row.text("due")?.parse().ok(),
        state: State::parse(&row.text("state")?),
    })
}

async fn select(db: &mut impl Reader, condition: &str, mut sql: Sql) -> Result<Vec<Listed>> {
    let actor = db.actor().clone();
    let reach = reach_sql(&super::ledger(), &actor, Action::View, &mut sql)?;
    let text = format!(
        "select t.id, t.title, t.customer, t.due, t.state from customer_demand t \
         where t.company_id = $1 and t.retired_at = '' and {reach} and {condition} order by t.due, t.id"
    );
    db.rows(&text, sql.args).await?.iter().map(read).collect()
}

/// Those that concern a risk.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn of_scenario(db: &mut impl Reader, scenario: &str) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let id = sql.bind(scenario);
    let condition = format!(
        "t.id in (select l.from_id from link l where l.company_id = $1 and l.from_ledger = 'customer_demand' and l.field = 'risks' \
         and l.to_id = {id})"
    );
    select(db, &condition, sql).await
}

/// Open ones due until a day, of one owner or of everybody the reader may see.
///
/// # Errors
/// As [`of_scenario`].
pub async fn due_until(db: &mut impl Reader, day: Date, owner: Option<&str>) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let until = sql.bind(day);
    let mut condition = format!("t.state in ('received', 'working', 'answered') and t.due <> '' and t.due <= {until}");
    if let Some(owner) = owner {
        let owner = sql.bind(owner);
        condition.push_str(&format!(" and t.owner = {owner}"));
    }
    select(db, &condition, sql).await
}
