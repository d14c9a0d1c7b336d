//! Acceptances with who decided and why, limited and counted.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Row};

/// An acceptance with the names that people read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Row id.
    pub id: String,
    /// Number of the risk; `None` for an asset.
    pub number: Option<i64>,
    /// Name of the risk or the asset.
    pub name: String,
    /// The value that was accepted: of the four factors, or of the IPA sheet for an asset.
    pub value: Option<i64>,
    /// The value today.
    pub now: Option<i64>,
    /// Yearly loss accepted, yen.
    pub ale: Option<i64>,
    /// Above the appetite at the time.
    pub above: bool,
    /// Code of the class.
    pub class: String,
    /// Why.
    pub reason: String,
    /// Conditions.
    pub conditions: String,
    /// Accepted up to so many times a year.
    pub limit_count: Option<i64>,
    /// Times in this fiscal year.
    pub happened: Option<i64>,
    /// Until when.
    pub review_on: Option<Date>,
    /// Who proposed it.
    pub proposed_by: String,
    /// Who decided.
    pub accepted_by: String,
    /// When.
    pub accepted_on: Option<Date>,
    /// Code of the state.
    pub state: String,
    /// Code of why it came back.
    pub comeback: String,
    /// When it came back.
    pub comeback_on: Option<Date>,
}

/// Which acceptances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// In force.
    Valid,
    /// Came back, because something changed or the time is over.
    Back,
    /// Drafted, returned, or before those who decide.
    Waiting,
}

impl Which {
    fn condition(self) -> &'static str {
        match self {
            Which::Valid => "t.state = 'valid'",
            Which::Back => "t.state in ('reopened', 'expired')",
            Which::Waiting => "t.state in ('draft', 'waiting', 'returned')",
        }
    }
}

fn reach(db: &impl Reader, sql: &mut Sql) -> Result<String> {
    reach_sql(&crate::acceptance::ledger(), db.actor(), Action::View, sql)
}

fn read(row: &Row) -> Result<Accepted> {
    Ok(Accepted {
        id: row.get("id")?,
        number: row.get("number")?,
        name: row.text("name")?,
        value: row.get("value")?,
        now: row.get("value_now")?,
        ale: row.get("ale")?,
        above: row.get::<i64>("above")? != 0,
        class: row.text("class")?,
        reason: row.text("reason")?,
        conditions: row.text("conditions")?,
        limit_count: row.get("limit_count")?,
        happened: row.get("happened")?,
        review_on: row.text("review_on")?.parse().ok(),
        proposed_by: row.text("proposed_by")?,
        accepted_by: row.text("accepted_by_name")?,
        accepted_on: row.text("accepted_on")?.parse().ok(),
        state: row.text("state")?,
        comeback: row.text("comeback")?,
        comeback_on: row.text("comeback_on")?.parse().ok(),
    })
}

/// Acceptances by the day of their review.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn pick(db: &mut impl Reader, which: Which, limit: usize) -> Result<Vec<Accepted>> {
    let mut sql = Sql::default();
    let reach = reach(db, &mut sql)?;
    let text = format!(
        "select t.id, s.number, t.name, case when t.scenario is null then t.risk_value else t.residual_value end as value, \
         case when t.scenario is null then a.risk_value else coalesce(s.residual_value, s.current_value) end as value_now, t.ale, t.above, \
         t.class, t.reason, t.conditions, t.limit_count, s.happened, t.review_on, t.proposed_by, coalesce(p.name, t.decided_by) as accepted_by_name, \
         t.accepted_on, t.state, t.comeback, t.comeback_on from acceptance t \
         left join scenario s on s.id = t.scenario and s.company_id = $1 \
         left join information_asset a on a.id = t.asset and a.company_id = $1 \
         left join person p on p.id = t.accepted_by and p.company_id = $1 \
         where t.company_id = $1 and t.retired_at = '' and {reach} and {} order by t.review_on, t.id limit {limit}",
        which.condition()
    );
    db.rows(&text, sql.args).await?.iter().map(read).collect()
}

/// Acceptances in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// In force.
    pub valid: i64,
    /// In force although above the appetite: the management decided so.
    pub above: i64,
    /// Came back.
    pub back: i64,
    /// Not decided yet.
    pub waiting: i64,
    /// In force and to be reviewed within the month.
    pub soon: i64,
}

/// Counts over everything that the reader may see.
///
/// # Errors
/// As [`pick`].
pub async fn totals(db: &mut impl Reader, soon: Date) -> Result<Totals> {
    let mut sql = Sql::default();
    let reach = reach(db, &mut sql)?;
    let day = sql.bind(soon);
    let sum = |condition: &str| format!("cast(coalesce(sum(case when {condition} then 1 else 0 end), 0) as bigint)");
    let text = format!(
        "select {} as valid, {} as above, {} as back, {} as waiting, {} as soon from acceptance t \
         where t.company_id = $1 and t.retired_at = '' and {reach}",
        sum(Which::Valid.condition()),
        sum("t.state = 'valid' and t.above = 1"),
        sum(Which::Back.condition()),
        sum(Which::Waiting.condition()),
        sum(&format!("t.state = 'valid' and t.review_on <= {day}")),
    );
    let Some(row) = db.first(&text, sql.args).await? else { return Ok(Totals::default()) };
    Ok(Totals {
        valid: row.get("valid")?,
        above: row.get("above")?,
        back: row.get("back")?,
        waiting: row.get("waiting")?,
        soon: row.get("soon")?,
    })
}
