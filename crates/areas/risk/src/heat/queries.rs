//! Counting in the database: today from the risks themselves, an earlier day from their history.

use std::collections::BTreeMap;

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::time;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, args, dialect};

use crate::scenario;

/// Which two scales cross.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Axes {
    /// 資産価値 × 発生可能性.
    #[default]
    Factors,
    /// 影響 × 発生確率.
    Matrix,
}

impl Axes {
    /// The two columns; the same in the register and in its history.
    pub fn columns(self) -> (&'static str, &'static str) {
        match self {
            Axes::Factors => ("asset_value", "likelihood"),
            Axes::Matrix => ("impact", "frequency"),
        }
    }
}

/// Which risks are counted; empty for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Row id of a department.
    pub department: String,
    /// Row id of the risk owner.
    pub owner: String,
    /// Row id of an asset.
    pub asset: String,
}

/// One crossing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Level or code of the vertical scale; empty where it was not judged.
    pub row: String,
    /// Of the horizontal scale.
    pub column: String,
    /// Risks here.
    pub count: i64,
    /// Of them above the appetite.
    pub above: i64,
}

/// States that are still risks.
const ALIVE: [&str; 3] = ["open", "treating", "accepted"];

/// Conditions on the row `t` of the register; `None` when there are none.
fn conditions(db: &impl Reader, narrow: &Narrow, sql: &mut Sql) -> Result<Option<String>> {
    let actor = db.actor().clone();
    let reach = reach_sql(&scenario::ledger(), &actor, Action::View, sql)?;
    let mut all = Vec::new();
    if reach != "1 = 1" {
        all.push(reach);
    }
    for (column, id) in [("department", &narrow.department), ("owner", &narrow.owner)] {
        if !id.is_empty() {
            all.push(format!("t.{column} = {}", sql.bind(id.as_str())));
        }
    }
    if !narrow.asset.is_empty() {
        let asset = sql.bind(narrow.asset.as_str());
        all.push(format!(
            "t.id in (select l.from_id from link l where l.company_id = $1 and l.from_ledger = 'scenario' and l.field = 'assets' \
             and l.to_id = {asset})"
        ));
    }
    Ok((!all.is_empty()).then(|| all.join(" and ")))
}

/// The map of today.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn today(db: &mut impl Reader, axes: Axes, narrow: &Narrow) -> Result<Vec<Cell>> {
    let mut sql = Sql::default();
    let more = conditions(db, narrow, &mut sql)?.map(|more| format!(" and {more}")).unwrap_or_default();
    let (row, column) = axes.columns();
    // Grouped in the order of the index; the few groups are joined to cells afterwards.
    let text = format!(
        "select t.state, cast(t.{row} as text) as a, cast(t.{column} as text) as b, t.standing, count(*) as n from scenario t \
         where t.company_id = $1 and t.retired_at = ''{more} group by t.state, t.{row}, t.{column}, t.standing"
    );
    cells(db, &text, sql).await
}

/// The map of an earlier day, at its end. Departments and owners are those of today.
///
/// # Errors
/// As [`today`].
pub async fn on(db: &mut impl Reader, day: Date, axes: Axes, narrow: &Narrow) -> Result<Vec<Cell>> {
    let mut sql = Sql::default();
    let (since, until) = (sql.bind(day), sql.bind(day));
    let join = match conditions(db, narrow, &mut sql)? {
        Some(more) => format!(" join scenario t on t.id = h.scenario and t.company_id = $1 and {more}"),
        None => String::new(),
    };
    let (row, column) = axes.columns();
    let text = format!(
        "select h.state, cast(h.{row} as text) as a, cast(h.{column} as text) as b, h.standing, count(*) as n \
         from scenario_history h{join} where h.company_id = $1 and h.until_date > {until} and h.on_date <= {since} \
         group by h.until_date, h.state, h.{row}, h.{column}, h.standing"
    );
    cells(db, &text, sql).await
}

/// Joins the groups of the states that are still risks.
async fn cells(db: &mut impl Reader, text: &str, sql: Sql) -> Result<Vec<Cell>> {
    let mut cells: BTreeMap<(String, String), (i64, i64)> = BTreeMap::new();
    for row in db.rows(text, sql.args).await? {
        if !ALIVE.contains(&row.text("state")?.as_str()) {
            continue;
        }
        let at = (row.get::<Option<String>>("a")?.unwrap_or_default(), row.get::<Option<String>>("b")?.unwrap_or_default());
        let count: i64 = row.get("n")?;
        let (all, above) = cells.entry(at).or_default();
        *all += count;
        if row.text("standing")? == "above" {
            *above += count;
        }
    }
    Ok(cells.into_iter().map(|((row, column), (count, above))| Cell { row, column, count, above }).collect())
}

/// The day of the first risk: before it there is nothing to show.
///
/// # Errors
/// Database faults.
pub async fn first_day(db: &mut impl Reader) -> Result<Option<Date>> {
    let text = "select created_at from scenario where company_id = $1 order by id limit 1";
    let created = db.first(text, args![]).await?.map(|row| row.text("created_at")).transpose()?;
    Ok(created.and_then(|at| dialect::parse_instant(&at)).map(time::today))
}
