//! SQL of the budget.

use std::collections::BTreeMap;

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::time::FiscalYear;
use mamori_kernel::yen::Yen;
use mamori_ledger::Choice as _;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Row, args};

use super::rules::{Item, Known, Measure};
use crate::budget_item::{self, State};
use crate::neighbours::money::{Class, Payment};
use crate::neighbours::treatment;

/// How the company counts its years.
///
/// # Errors
/// Database faults.
pub async fn fiscal(db: &mut impl Reader) -> Result<FiscalYear> {
    let row = db.first("select fiscal_start_month from company where id = $1", args![]).await?;
    let month = row.map(|row| row.get::<i64>("fiscal_start_month")).transpose()?;
    Ok(month.and_then(|month| i8::try_from(month).ok()).and_then(FiscalYear::new).unwrap_or_default())
}

/// Department and owner of a measure.
///
/// # Errors
/// Database faults.
pub async fn whose(db: &mut impl Reader, treatment: &str) -> Result<Option<(String, String)>> {
    let row = db
        .first(
            "select coalesce(department, '') as department, coalesce(owner, '') as owner from treatment where company_id = $1 and id = $2",
            args![treatment],
        )
        .await?;
    row.map(|row| Ok((row.text("department")?, row.text("owner")?))).transpose()
}

fn yen(row: &Row, column: &str) -> Result<Yen> {
    Ok(Yen(row.get::<Option<i64>>(column)?.unwrap_or_default()))
}

fn item(row: &Row) -> Result<Item> {
    Ok(Item {
        id: row.get("id")?,
        title: row.text("title")?,
        year: row.get::<Option<i64>>("fiscal_year")?.and_then(|year| i16::try_from(year).ok()).unwrap_or_default(),
        class: Class::parse(&row.text("class")?).unwrap_or(Class::Before),
        payment: Payment::parse(&row.text("payment")?).unwrap_or(Payment::Paid),
        spot: !row.text("spot")?.is_empty(),
        amount: yen(row, "amount")?,
        approved: yen(row, "approved")?,
        spent: yen(row, "spent")?,
        state: State::parse(&row.text("state")?).unwrap_or(State::Planned),
        treatment: row.text("treatment")?,
    })
}

const ITEM: &str = "select t.id, t.title, t.fiscal_year, t.class, t.payment, t.spot, t.amount, t.approved, t.spent, t.state, \
     coalesce(t.treatment, '') as treatment from budget_item t where t.company_id = $1 and t.retired_at = ''";

/// All amounts in use that the reader may see, by year and name.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn items(db: &mut impl Reader) -> Result<Vec<Item>> {
    let actor = db.actor().clone();
    let mut sql = Sql::default();
    let reach = reach_sql(&budget_item::ledger(), &actor, Action::View, &mut sql)?;
    let text = format!("{ITEM} and {reach} order by t.fiscal_year, t.class, t.title, t.id");
    db.rows(&text, sql.args).await?.iter().map(item).collect()
}

/// The amounts of a measure that the reader may see.
///
/// # Errors
/// As [`items`].
pub async fn of_treatment(db: &mut impl Reader, treatment: &str) -> Result<Vec<Item>> {
    let actor = db.actor().clone();
    let mut sql = Sql::default();
    let reach = reach_sql(&budget_item::ledger(), &actor, Action::View, &mut sql)?;
    let id = sql.bind(treatment);
    let text = format!("{ITEM} and {reach} and t.treatment = {id} order by t.fiscal_year, t.class, t.id");
    db.rows(&text, sql.args).await?.iter().map(item).collect()
}

/// The named amounts, whoever asks: what a request holds does not depend on the reader.
///
/// # Errors
/// Database faults.
pub async fn named(db: &mut impl Reader, ids: &[String]) -> Result<Vec<Item>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::default();
    let list = sql.bind_all(ids.iter());
    let text = format!("{ITEM} and t.id in ({list}) order by t.class, t.title, t.id");
    db.rows(&text, sql.args).await?.iter().map(item).collect()
}

const MEASURE: &str = "select t.id, t.title, t.state, t.cost_class, t.starts, t.due, t.done_on, t.cost, t.yearly_cost, t.years, t.ale_before, \
     t.ale_after, t.free_alternative, t.already_owned, coalesce(t.department, '') as department, coalesce(t.owner, '') as owner \
     from treatment t where t.company_id = $1 and t.retired_at = '' and t.state <> 'cancelled'";

fn measure(row: &Row, fiscal: FiscalYear) -> Result<Measure> {
    let day = |column: &str| Ok::<_, mamori_kernel::error::Error>(row.text(column)?.parse::<jiff::civil::Date>().ok());
    // Money is due when a measure begins; a measure without a beginning, when it is to be done.
    let paid_on = day("starts")?.or(day("due")?).or(day("done_on")?);
    Ok(Measure {
        id: row.get("id")?,
        title: row.text("title")?,
        state: row.text("state")?,
        class: match row.text("cost_class")?.as_str() {
            "before" => Some(Class::Before),
            // The risk area's word for 対策運用 on a measure.
            "run" | "operation" => Some(Class::Operation),
            "after" => Some(Class::After),
            _ => None,
        },
        first_year: paid_on.map(|day| fiscal.year_of(day)).unwrap_or_default(),
        cost: yen(row, "cost")?,
        yearly: yen(row, "yearly_cost")?,
        years: row.get::<Option<i64>>("years")?.unwrap_or(1).max(1),
        before: row.get::<Option<i64>>("ale_before")?.map(Yen),
        after: row.get::<Option<i64>>("ale_after")?.map(Yen),
        free_alternative: row.text("free_alternative")?,
        already_owned: row.get::<i64>("already_owned")? != 0,
        department: row.text("department")?,
        owner: row.text("owner")?,
    })
}

/// The measures that the reader may see and that were not given up, with their money; nothing for readers without rights on them.
///
/// # Errors
/// Database faults.
pub async fn measures(db: &mut impl Reader) -> Result<Vec<Measure>> {
    select_measures(db, "", &[]).await
}

/// The named measures, as far as the reader may see them.
///
/// # Errors
/// Database faults.
pub async fn measures_of(db: &mut impl Reader, ids: &[String]) -> Result<Vec<Measure>> {
    if ids.is_empty() { Ok(Vec::new()) } else { select_measures(db, "id", ids).await }
}

/// The measures of a risk, as far as the reader may see them.
///
/// # Errors
/// Database faults.
pub async fn measures_of_scenario(db: &mut impl Reader, scenario: &str) -> Result<Vec<Measure>> {
    select_measures(db, "scenario", &[scenario.to_owned()]).await
}

async fn select_measures(db: &mut impl Reader, by: &str, ids: &[String]) -> Result<Vec<Measure>> {
    let actor = db.actor().clone();
    if !actor.can("treatment", Action::View) {
        return Ok(Vec::new());
    }
    let fiscal = fiscal(db).await?;
    let mut sql = Sql::default();
    let reach = reach_sql(&treatment::ledger(), &actor, Action::View, &mut sql)?;
    let narrowed = match by {
        "id" => format!(" and t.id in ({})", sql.bind_all(ids.iter())),
        "scenario" => format!(
            " and t.id in (select l.from_id from link l where l.company_id = $1 and l.from_ledger = 'treatment' and l.to_id in ({}))",
            sql.bind_all(ids.iter())
        ),
        _ => String::new(),
    };
    let text = format!("{MEASURE} and {reach}{narrowed} order by t.title, t.id");
    db.rows(&text, sql.args).await?.iter().map(|row| measure(row, fiscal)).collect()
}

/// Amounts that were taken over before, by their key; also those that a person took out of use.
///
/// # Errors
/// Database faults.
pub async fn known(db: &mut impl Reader) -> Result<BTreeMap<String, Known>> {
    let rows = db
        .rows(
            "select id, source_key, state, amount, retired_at from budget_item where company_id = $1 and source_key <> ''",
            args![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let retired = !row.text("retired_at")?.is_empty();
            let state = State::parse(&row.text("state")?).unwrap_or(State::Planned);
            Ok((
                row.text("source_key")?,
                Known { id: row.get("id")?, state: (!retired).then_some(state), amount: yen(row, "amount")? },
            ))
        })
        .collect()
}
