//! SQL of metrics and their series.

use std::collections::BTreeMap;

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::Choice as _;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Row};

use super::Cadence;
use super::rules::Facts;
use crate::neighbours::effect::Direction;

/// A metric with its series and what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Row id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The measure's row.
    pub treatment: String,
    /// Name of the measure.
    pub treatment_title: String,
    /// Who measures; empty if nobody is named.
    pub owner: String,
    /// Name of who measures.
    pub owner_name: String,
    /// How often.
    pub cadence: Cadence,
    /// The day on which the metric was made, in Japan.
    pub made_on: Option<Date>,
    /// Nothing is due after it.
    pub ends_on: Option<Date>,
    /// The measure was given up.
    pub cancelled: bool,
    /// The numbers.
    pub facts: Facts,
}

const METRIC: &str = "select t.id, t.name, coalesce(t.treatment, '') as treatment, t.unit, t.direction, t.target, t.before_value, t.begun_on, \
     t.cadence, t.ends_on, t.created_at, coalesce(t.owner, '') as owner, coalesce(p.name, '') as owner_name, \
     coalesce(m.title, '') as treatment_title, coalesce(m.done_on, '') as done_on, coalesce(m.state, '') as treatment_state \
     from metric t left join treatment m on m.id = t.treatment and m.company_id = $1 \
     left join person p on p.id = t.owner and p.company_id = $1 where t.company_id = $1 and t.retired_at = ''";

fn read(row: &Row) -> Result<Known> {
    let day = |column: &str| Ok::<_, mamori_kernel::error::Error>(row.text(column)?.parse::<Date>().ok());
    let made = mamori_store::dialect::parse_instant(&row.text("created_at")?).map(mamori_kernel::time::today);
    Ok(Known {
        id: row.get("id")?,
        name: row.text("name")?,
        treatment: row.text("treatment")?,
        treatment_title: row.text("treatment_title")?,
        owner: row.text("owner")?,
        owner_name: row.text("owner_name")?,
        cadence: Cadence::parse(&row.text("cadence")?).unwrap_or(Cadence::Monthly),
        made_on: made,
        ends_on: day("ends_on")?,
        cancelled: row.text("treatment_state")? == "cancelled",
        facts: Facts {
            direction: Direction::parse(&row.text("direction")?).unwrap_or(Direction::Down),
            unit: row.text("unit")?,
            target: row.get("target")?,
            before: row.get("before_value")?,
            began: day("begun_on")?.or(day("done_on")?),
            series: Vec::new(),
        },
    })
}

async fn select(db: &mut impl Reader, condition: &str, mut sql: Sql) -> Result<Vec<Known>> {
    let actor = db.actor().clone();
    let reach = reach_sql(&super::ledger(), &actor, Action::View, &mut sql)?;
    let text = format!("{METRIC} and {reach} and {condition} order by treatment_title, t.name, t.id");
    let mut known: Vec<Known> = db.rows(&text, sql.args).await?.iter().map(read).collect::<Result<_>>()?;
    if known.is_empty() {
        return Ok(known);
    }
    // The series belongs to the metric: whoever sees the one sees the other.
    let mut values = Sql::default();
    let list = values.bind_all(known.iter().map(|metric| metric.id.as_str()));
    let text = format!(
        "select metric, measured_on, value from measurement where company_id = $1 and retired_at = '' and value is not null \
         and metric in ({list}) order by measured_on"
    );
    let mut series: BTreeMap<String, Vec<(Date, f64)>> = BTreeMap::new();
    for row in &db.rows(&text, values.args).await? {
        if let Ok(day) = row.text("measured_on")?.parse() {
            series.entry(row.text("metric")?).or_default().push((day, row.get("value")?));
        }
    }
    for metric in &mut known {
        metric.facts.series = series.remove(&metric.id).unwrap_or_default();
    }
    Ok(known)
}

/// All metrics in use that the reader may see, with their series.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn all(db: &mut impl Reader) -> Result<Vec<Known>> {
    select(db, "1 = 1", Sql::default()).await
}

/// One metric; `None` when the reader may not see it or it is out of use.
///
/// # Errors
/// As [`all`].
pub async fn of_metric(db: &mut impl Reader, id: &str) -> Result<Option<Known>> {
    let mut sql = Sql::default();
    let id = sql.bind(id);
    Ok(select(db, &format!("t.id = {id}"), sql).await?.into_iter().next())
}

/// The metrics of a measure.
///
/// # Errors
/// As [`all`].
pub async fn of_treatment(db: &mut impl Reader, treatment: &str) -> Result<Vec<Known>> {
    let mut sql = Sql::default();
    let id = sql.bind(treatment);
    select(db, &format!("t.treatment = {id}"), sql).await
}
