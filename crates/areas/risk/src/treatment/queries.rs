//! Treatments as pages, reports and "today" need them.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::Choice as _;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Row, Tx, args};

use super::State;

/// A treatment with the names that people read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// Row id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Name of the asset; empty for the whole company.
    pub asset: String,
    /// Code of the policy.
    pub policy: String,
    /// Name of the owner.
    pub owner: String,
    /// Row id of the owner.
    pub owner_id: String,
    /// 期限.
    pub due: Option<Date>,
    /// Cost in yen.
    pub cost: Option<i64>,
    /// 状態.
    pub state: Option<State>,
    /// 完了日.
    pub done_on: Option<Date>,
    /// What is done.
    pub measure: String,
}

impl Listed {
    /// Past its date and not done.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.state.is_some_and(State::is_open) && self.due.is_some_and(|due| due < today)
    }
}

const COLUMNS: &str = "t.id, t.title, coalesce(a.name, '') as asset_name, t.policy, coalesce(p.name, '') as owner_name, \
     coalesce(t.owner, '') as owner_id, t.due, t.cost, t.state, t.done_on, t.measure \
     from treatment t left join information_asset a on a.id = t.asset and a.company_id = $1 \
     left join person p on p.id = t.owner and p.company_id = $1";

fn read(row: &Row) -> Result<Listed> {
    Ok(Listed {
        id: row.get("id")?,
        title: row.text("title")?,
        asset: row.text("asset_name")?,
        policy: row.text("policy")?,
        owner: row.text("owner_name")?,
        owner_id: row.text("owner_id")?,
        due: row.text("due")?.parse().ok(),
        cost: row.get("cost")?,
        state: State::parse(&row.text("state")?),
        done_on: row.text("done_on")?.parse().ok(),
        measure: row.text("measure")?,
    })
}

/// All treatments that the reader may see, open ones first, by due date.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn all(db: &mut impl Reader) -> Result<Vec<Listed>> {
    select(db, "1 = 1", Sql::default()).await
}

/// The treatments of one asset.
///
/// # Errors
/// As [`all`].
pub async fn of_asset(db: &mut impl Reader, asset: &str) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let id = sql.bind(asset);
    let condition = format!(
        "t.id in (select l.from_id from link l where l.company_id = $1 and l.from_ledger = 'treatment' and l.to_id = {id})"
    );
    select(db, &condition, sql).await
}

/// Open treatments due until a day, of one owner or of everybody the reader may see.
///
/// # Errors
/// As [`all`].
pub async fn due_until(db: &mut impl Reader, day: Date, owner: Option<&str>) -> Result<Vec<Listed>> {
    let mut sql = Sql::default();
    let until = sql.bind(day);
    let mut condition = format!("t.state in ('planned', 'doing') and t.due <> '' and t.due <= {until}");
    if let Some(owner) = owner {
        let owner = sql.bind(owner);
        condition.push_str(&format!(" and t.owner = {owner}"));
    }
    select(db, &condition, sql).await
}

async fn select(db: &mut impl Reader, condition: &str, mut sql: Sql) -> Result<Vec<Listed>> {
    let actor = db.actor().clone();
    let reach = reach_sql(&super::ledger(), &actor, Action::View, &mut sql)?;
    let text = format!(
        "select {COLUMNS} where t.company_id = $1 and t.retired_at = '' and {reach} and {condition} \
         order by case when t.state in ('planned', 'doing') then 0 else 1 end, t.due, t.id"
    );
    db.rows(&text, sql.args).await?.iter().map(read).collect()
}

/// The department of an asset; empty when it has none.
///
/// # Errors
/// Database faults.
pub async fn department_of(tx: &mut Tx, asset: &str) -> Result<String> {
    match tx.rows("select department from information_asset where company_id = $1 and id = $2", args![asset]).await?.first() {
        Some(row) => row.text("department"),
        None => Ok(String::new()),
    }
}

/// What an asset suggests for a new treatment: name, storage, owner.
///
/// # Errors
/// Database faults.
pub async fn asset_facts(db: &mut impl Reader, asset: &str) -> Result<Option<(String, String, String)>> {
    let row =
        db.first("select name, storage, owner from information_asset where company_id = $1 and id = $2", args![asset]).await?;
    row.map(|row| Ok((row.text("name")?, row.text("storage")?, row.text("owner")?))).transpose()
}
