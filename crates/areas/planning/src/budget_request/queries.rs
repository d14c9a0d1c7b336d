//! SQL of budget requests.

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::yen::Yen;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, args};

use crate::budget_item::State as ItemState;

/// The next running number of a request.
///
/// # Errors
/// Database faults.
pub async fn next_number(db: &mut impl Reader) -> Result<i64> {
    let row = db.first("select coalesce(max(number), 0) as last from budget_request where company_id = $1", args![]).await?;
    Ok(row.map(|row| row.get::<i64>("last")).transpose()?.unwrap_or_default().saturating_add(1))
}

/// Items of a year that nobody asked for yet and that the reader may see, without those that another open request names.
///
/// # Errors
/// [`Error::NotFound`] without permission; database faults.
pub async fn unrequested(db: &mut impl Reader, year: i16) -> Result<Vec<String>> {
    let actor = db.actor().clone();
    let mut sql = Sql::default();
    let reach = reach_sql(&crate::budget_item::ledger(), &actor, Action::View, &mut sql)?;
    let (year, state) = (sql.bind(i64::from(year)), sql.bind(mamori_ledger::Choice::code(ItemState::Planned)));
    let text = format!(
        "select t.id from budget_item t where t.company_id = $1 and t.retired_at = '' and {reach} and t.fiscal_year = {year} and t.state = {state} \
         and not exists (select 1 from link l join budget_request r on r.id = l.from_id and r.company_id = $1 and r.retired_at = '' \
         and r.state in ('draft', 'returned') where l.company_id = $1 and l.from_ledger = 'budget_request' and l.to_id = t.id) \
         order by t.class, t.title, t.id"
    );
    db.rows(&text, sql.args).await?.iter().map(|row| row.get("id")).collect()
}

/// A risk as the request tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Risk {
    /// Its name.
    pub title: String,
    /// Value now, on the four-factor scale.
    pub value: Option<i64>,
    /// Expected loss a year.
    pub ale: Option<Yen>,
    /// Above the appetite.
    pub above: bool,
}

/// Risks that are not closed and that the reader may see, gravest first; nothing without rights on them.
///
/// # Errors
/// Database faults.
pub async fn risks(db: &mut impl Reader, most: i64) -> Result<Vec<Risk>> {
    let actor = db.actor().clone();
    if !actor.can("scenario", Action::View) {
        return Ok(Vec::new());
    }
    let mut sql = Sql::default();
    let reach = reach_sql(&mamori_risk::scenario::ledger(), &actor, Action::View, &mut sql)?;
    let limit = sql.bind(most);
    let text = format!(
        "select t.title, t.current_value, t.ale, t.standing from scenario t where t.company_id = $1 and t.retired_at = '' and {reach} \
         and t.state <> 'closed' order by case when t.standing = 'above' then 0 else 1 end, coalesce(t.ale, 0) desc, \
         coalesce(t.current_value, 0) desc, t.id limit {limit}"
    );
    let rows = db.rows(&text, sql.args).await?;
    rows.iter()
        .map(|row| {
            Ok(Risk {
                title: row.text("title")?,
                value: row.get("current_value")?,
                ale: row.get::<Option<i64>>("ale")?.map(Yen),
                above: row.text("standing")? == "above",
            })
        })
        .collect()
}

/// Risks above the appetite that are not closed.
///
/// # Errors
/// Database faults.
pub async fn above(db: &mut impl Reader) -> Result<i64> {
    let sql = "select count(*) as n from scenario where company_id = $1 and retired_at = '' and standing = 'above' and state in ('open', 'treating')";
    Ok(db.first(sql, args![]).await?.map(|row| row.get::<i64>("n")).transpose()?.unwrap_or_default())
}

/// Open demands of customers, and the yearly business that hangs on them.
///
/// # Errors
/// Database faults.
pub async fn demands(db: &mut impl Reader) -> Result<(i64, Yen)> {
    // Kept as bigint: a sum of bigints is numeric on PostgreSQL.
    let sql = "select count(*) as n, cast(coalesce(sum(at_stake), 0) as bigint) as stake from customer_demand \
               where company_id = $1 and retired_at = '' and state in ('received', 'working', 'answered')";
    let row = db.first(sql, args![]).await?.ok_or(Error::NotFound)?;
    Ok((row.get("n")?, Yen(row.get("stake")?)))
}

/// Name and number prefix of the company.
///
/// # Errors
/// Database faults.
pub async fn company(db: &mut impl Reader) -> Result<(String, String)> {
    let row = db.first("select name, doc_prefix from company where id = $1", args![]).await?.ok_or(Error::NotFound)?;
    Ok((row.text("name")?, row.text("doc_prefix")?))
}

/// The name of a person; empty when there is none.
///
/// # Errors
/// Database faults.
pub async fn person(db: &mut impl Reader, id: &str) -> Result<String> {
    match db.first("select name from person where company_id = $1 and id = $2", args![id]).await? {
        Some(row) => row.text("name"),
        None => Ok(String::new()),
    }
}
