//! Measures, their money and what is carried by others, limited and counted for the plan.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::Choice as _;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Row};

use crate::treatment::{CostClass, State};

/// A measure with the names that people read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    /// Row id of the risk that it was asked for; empty otherwise.
    pub risk: String,
    /// Title.
    pub title: String,
    /// Name of its asset; empty for the whole company or a risk of the register.
    pub asset: String,
    /// Code of the policy.
    pub policy: String,
    /// Code of the kind.
    pub kind: String,
    /// Code of the factor that it lowers.
    pub factor: String,
    /// To which level.
    pub lowers_to: Option<i64>,
    /// Name of the owner.
    pub owner: String,
    /// 開始日.
    pub starts: Option<Date>,
    /// 期限.
    pub due: Option<Date>,
    /// 状態.
    pub state: Option<State>,
    /// 完了日.
    pub done_on: Option<Date>,
    /// Code of the class of cost.
    pub cost_class: String,
    /// Once, yen.
    pub cost: Option<i64>,
    /// Each year, yen.
    pub yearly_cost: Option<i64>,
    /// For so many years.
    pub years: Option<i64>,
    /// The measure that it stands in for; empty if none.
    pub compensates: String,
    /// Why that one cannot be had.
    pub why_not: String,
}

impl Measure {
    /// Past its date and not done.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.state.is_some_and(State::is_open) && self.due.is_some_and(|due| due < today)
    }
}

const COLUMNS: &str = "t.title, coalesce(a.name, '') as asset_name, t.policy, t.kind, t.factor, t.lowers_to, \
     coalesce(p.name, '') as owner_name, t.starts, t.due, t.state, t.done_on, t.cost_class, t.cost, t.yearly_cost, t.years, \
     coalesce(c.title, '') as compensates_title, t.why_not \
     from treatment t left join information_asset a on a.id = t.asset and a.company_id = $1 \
     left join person p on p.id = t.owner and p.company_id = $1 \
     left join treatment c on c.id = t.compensates and c.company_id = $1";

fn read(row: &Row) -> Result<Measure> {
    Ok(Measure {
        risk: row.text("risk")?,
        title: row.text("title")?,
        asset: row.text("asset_name")?,
        policy: row.text("policy")?,
        kind: row.text("kind")?,
        factor: row.text("factor")?,
        lowers_to: row.get("lowers_to")?,
        owner: row.text("owner_name")?,
        starts: row.text("starts")?.parse().ok(),
        due: row.text("due")?.parse().ok(),
        state: State::parse(&row.text("state")?),
        done_on: row.text("done_on")?.parse().ok(),
        cost_class: row.text("cost_class")?,
        cost: row.get("cost")?,
        yearly_cost: row.get("yearly_cost")?,
        years: row.get("years")?,
        compensates: row.text("compensates_title")?,
        why_not: row.text("why_not")?,
    })
}

fn reach(db: &impl Reader, sql: &mut Sql) -> Result<String> {
    reach_sql(&crate::treatment::ledger(), db.actor(), Action::View, sql)
}

/// Cancelled measures are no part of a plan.
const PLANNED: &str = "t.retired_at = '' and t.state <> 'cancelled'";

/// Which measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Past their date and not done.
    Overdue(Date),
    /// For no risk of the register: an asset, or the whole company.
    Loose,
    /// Standing in for another.
    Compensating,
    /// To do, or done since a day.
    Since(Date),
}

/// Measures by due date; those without one last.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn measures(db: &mut impl Reader, which: Which, limit: usize) -> Result<Vec<Measure>> {
    let mut sql = Sql::default();
    let reach = reach(db, &mut sql)?;
    let condition = match which {
        Which::Overdue(today) => {
            let today = sql.bind(today);
            format!("t.state in ('planned', 'doing') and t.due <> '' and t.due < {today}")
        }
        Which::Loose => "t.id not in (select l.from_id from link l where l.company_id = $1 and l.from_ledger = 'treatment' \
             and l.field = 'risks')"
            .to_owned(),
        Which::Compensating => "t.compensates is not null".to_owned(),
        Which::Since(day) => {
            let day = sql.bind(day);
            format!("(t.state in ('planned', 'doing') or t.done_on >= {day})")
        }
    };
    let text = format!(
        "select '' as risk, {COLUMNS} where t.company_id = $1 and {PLANNED} and {reach} and {condition} \
         order by case when t.due = '' then 1 else 0 end, t.due, t.id limit {limit}"
    );
    db.rows(&text, sql.args).await?.iter().map(read).collect()
}

/// The measures of some risks, by due date; a measure of two risks comes twice.
///
/// # Errors
/// As [`measures`].
pub async fn of_risks(db: &mut impl Reader, risks: &[String]) -> Result<Vec<Measure>> {
    let mut found = Vec::new();
    for chunk in risks.chunks(500) {
        let mut sql = Sql::default();
        let reach = reach(db, &mut sql)?;
        let list = sql.bind_all(chunk.iter());
        let text = format!(
            "select k.to_id as risk, {COLUMNS} join link k on k.company_id = $1 and k.from_ledger = 'treatment' and k.field = 'risks' \
             and k.from_id = t.id where t.company_id = $1 and {PLANNED} and {reach} and k.to_id in ({list}) \
             order by case when t.due = '' then 1 else 0 end, t.due, t.id"
        );
        for row in db.rows(&text, sql.args).await? {
            found.push(read(&row)?);
        }
    }
    Ok(found)
}

/// Measures in numbers; cancelled ones are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// 予定.
    pub planned: i64,
    /// 実施中.
    pub doing: i64,
    /// 完了.
    pub done: i64,
    /// Past their date and not done.
    pub overdue: i64,
    /// For no risk of the register.
    pub loose: i64,
}

/// Counts over everything that the reader may see.
///
/// # Errors
/// As [`measures`].
pub async fn totals(db: &mut impl Reader, today: Date) -> Result<Totals> {
    let mut sql = Sql::default();
    let reach = reach(db, &mut sql)?;
    let day = sql.bind(today);
    let sum = |condition: &str| format!("cast(coalesce(sum(case when {condition} then 1 else 0 end), 0) as bigint)");
    let text = format!(
        "select {} as planned, {} as doing, {} as done, {} as overdue, {} as loose from treatment t where t.company_id = $1 and {PLANNED} and {reach}",
        sum("t.state = 'planned'"),
        sum("t.state = 'doing'"),
        sum("t.state = 'done'"),
        sum(&format!("t.state in ('planned', 'doing') and t.due <> '' and t.due < {day}")),
        sum("t.risks = '[]'"),
    );
    let Some(row) = db.first(&text, sql.args).await? else { return Ok(Totals::default()) };
    Ok(Totals {
        planned: row.get("planned")?,
        doing: row.get("doing")?,
        done: row.get("done")?,
        overdue: row.get("overdue")?,
        loose: row.get("loose")?,
    })
}

/// Money that falls due in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// The first of the month of the due date; `None` for measures without one.
    pub month: Option<Date>,
    /// Class; `None` where nobody chose one.
    pub class: Option<CostClass>,
    /// Measures with a cost.
    pub measures: i64,
    /// Once, yen.
    pub once: i64,
    /// Each year, yen.
    pub yearly: i64,
    /// Once and over the years of use together, yen.
    pub whole: i64,
}

/// Costs by month and class, over everything that is not cancelled.
///
/// # Errors
/// As [`measures`].
pub async fn costs(db: &mut impl Reader) -> Result<Vec<Cost>> {
    let mut sql = Sql::default();
    let reach = reach(db, &mut sql)?;
    // Added up as floats: nobody's costs lose a yen below nine quadrillion, and nothing overflows.
    let sum = |what: &str| format!("sum(cast(coalesce({what}, 0) as double precision))");
    let text = format!(
        "select substr(t.due, 1, 7) as month, t.cost_class, count(*) as measures, {} as once, {} as yearly, {} as years from treatment t \
         where t.company_id = $1 and {PLANNED} and {reach} and (t.cost is not null or t.yearly_cost is not null) \
         group by substr(t.due, 1, 7), t.cost_class order by month, t.cost_class",
        sum("t.cost"),
        sum("t.yearly_cost"),
        sum("t.yearly_cost * coalesce(t.years, 1)"),
    );
    let read = |row: &Row| -> Result<Cost> {
        let (once, yearly, years) =
            (row.get::<f64>("once")? as i64, row.get::<f64>("yearly")? as i64, row.get::<f64>("years")? as i64);
        Ok(Cost {
            month: format!("{}-01", row.text("month")?).parse().ok(),
            class: CostClass::parse(&row.text("cost_class")?),
            measures: row.get("measures")?,
            once,
            yearly,
            whole: once.saturating_add(years),
        })
    };
    db.rows(&text, sql.args).await?.iter().map(read).collect()
}

/// Insurance, outsourcing or a contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transfer {
    /// Name.
    pub name: String,
    /// Code of the kind.
    pub kind: String,
    /// Who carries it.
    pub provider: String,
    /// Codes of what it covers.
    pub covers: Vec<String>,
    /// What it does not cover.
    pub not_covered: String,
    /// Up to, yen.
    pub limit: Option<i64>,
    /// Premium a year, yen.
    pub premium: Option<i64>,
    /// Until.
    pub ends: Option<Date>,
    /// 見直す日.
    pub review_on: Option<Date>,
}

/// What others carry, by the day on which it ends; nothing where the reader may not see it.
///
/// # Errors
/// Database faults.
pub async fn transfers(db: &mut impl Reader, limit: usize) -> Result<Vec<Transfer>> {
    if !db.actor().can("insurance", Action::View) {
        return Ok(Vec::new());
    }
    let mut sql = Sql::default();
    let reach = reach_sql(&crate::insurance::ledger(), db.actor(), Action::View, &mut sql)?;
    let text = format!(
        "select t.name, t.kind, t.provider, t.covers, t.not_covered, t.limit_yen, t.premium, t.ends, t.review_on from insurance t \
         where t.company_id = $1 and t.retired_at = '' and {reach} \
         order by case when t.ends = '' then 1 else 0 end, t.ends, t.id limit {limit}"
    );
    let read = |row: &Row| -> Result<Transfer> {
        Ok(Transfer {
            name: row.text("name")?,
            kind: row.text("kind")?,
            provider: row.text("provider")?,
            covers: serde_json::from_str(&row.text("covers")?).unwrap_or_default(),
            not_covered: row.text("not_covered")?,
            limit: row.get("limit_yen")?,
            premium: row.get("premium")?,
            ends: row.text("ends")?.parse().ok(),
            review_on: row.text("review_on")?.parse().ok(),
        })
    };
    db.rows(&text, sql.args).await?.iter().map(read).collect()
}
