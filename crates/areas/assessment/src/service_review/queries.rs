//! SQL of the reviews.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_ledger::{Choice as _, LedgerDef};
use mamori_store::{Reader, args};

use super::State;

/// What others need to know of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Short {
    /// Row id.
    pub id: String,
    /// Product or service.
    pub title: String,
    /// Department that uses it.
    pub department: String,
    /// Row of the person who asks for it.
    pub applicant: String,
    /// Where it stands.
    pub state: State,
    /// Wanted from this day on.
    pub starts: Option<Date>,
}

fn short(row: &mamori_store::Row) -> Result<Short> {
    Ok(Short {
        id: row.get("id")?,
        title: row.text("title")?,
        department: row.text("department")?,
        applicant: row.text("applicant")?,
        state: State::parse(&row.text("state")?).unwrap_or_default(),
        starts: row.text("starts")?.parse().ok(),
    })
}

const COLUMNS: &str = "t.id, t.title, t.department, t.applicant, t.state, t.starts";

/// A review, whoever asks.
///
/// # Errors
/// Database faults.
pub async fn facts(db: &mut impl Reader, id: &str) -> Result<Option<Short>> {
    let text = format!("select {COLUMNS} from service_review t where t.company_id = $1 and t.id = $2");
    db.first(&text, args![id]).await?.as_ref().map(short).transpose()
}

/// Reviews being prepared or sent back that the reader may change, those wanted first in front.
///
/// # Errors
/// Database faults.
pub async fn to_do(db: &mut impl Reader, def: &LedgerDef, limit: i64) -> Result<Vec<Short>> {
    let mut sql = Sql::default();
    let reach = reach_sql(def, &db.actor().clone(), Action::Edit, &mut sql)?;
    let limit = sql.bind(limit);
    let text = format!(
        "select {COLUMNS} from service_review t where t.company_id = $1 and t.retired_at = '' and t.state in ('draft', 'returned') \
         and ({reach}) order by case when t.starts = '' then 1 else 0 end, t.starts, t.id limit {limit}"
    );
    db.rows(&text, sql.args).await?.iter().map(short).collect()
}
