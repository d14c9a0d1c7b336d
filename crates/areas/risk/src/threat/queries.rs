//! The company's threats as suggestions, STRIDE and the yearly lists need them.

use std::collections::{BTreeMap, BTreeSet};

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::query::{Sql, reach_sql};
use mamori_store::{Reader, Row, args};

/// A threat as rules need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Row id.
    pub id: String,
    /// The catalogue's code; empty for the company's own.
    pub code: String,
    /// Name in the company's words.
    pub name: String,
    /// Code of the group.
    pub group: String,
    /// What it looks like.
    pub example: String,
    /// Codes of [`super::Aspect`].
    pub aspects: Vec<String>,
    /// Letters of STRIDE.
    pub stride: Vec<String>,
    /// Codes of storage places where it is usual.
    pub places: Vec<String>,
    /// Usual number on the four-factor scale.
    pub level: Option<i64>,
    /// The company considers it.
    pub used: bool,
}

fn read(row: &Row) -> Result<Known> {
    let list = |name: &str| -> Result<Vec<String>> { Ok(serde_json::from_str(&row.text(name)?).unwrap_or_default()) };
    Ok(Known {
        id: row.get("id")?,
        code: row.text("code")?,
        name: row.text("name")?,
        group: row.text("threat_group")?,
        example: row.text("example")?,
        aspects: list("aspects")?,
        stride: list("stride")?,
        places: list("places")?,
        level: row.get("level")?,
        used: row.get::<i64>("used")? != 0,
    })
}

/// All threats in use, in the order in which they were written.
///
/// # Errors
/// Database faults.
pub async fn all(db: &mut impl Reader) -> Result<Vec<Known>> {
    let text = "select id, code, name, threat_group, example, aspects, stride, places, level, used from threat \
         where company_id = $1 and retired_at = '' order by id";
    db.rows(text, vec![]).await?.iter().map(read).collect()
}

/// Catalogue codes that have a row, in use or retired.
///
/// # Errors
/// Database faults.
pub async fn codes(db: &mut impl Reader) -> Result<BTreeSet<String>> {
    let rows = db.rows("select code from threat where company_id = $1", vec![]).await?;
    rows.iter().map(|row| row.text("code")).collect()
}

/// The row of a catalogue code.
///
/// # Errors
/// Database faults.
pub async fn by_code(db: &mut impl Reader, code: &str) -> Result<Option<String>> {
    let row = db
        .first("select id from threat where company_id = $1 and retired_at = '' and code = $2 order by id limit 1", args![code])
        .await?;
    row.map(|row| row.get("id")).transpose()
}

/// The register's risks with one threat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Risks {
    /// All that are not closed.
    pub count: i64,
    /// Of them above the appetite.
    pub above: i64,
}

/// Risks by threat, of those that the reader may see; empty for somebody without the register.
///
/// # Errors
/// Database faults.
pub async fn risks(db: &mut impl Reader) -> Result<BTreeMap<String, Risks>> {
    let actor = db.actor().clone();
    if !actor.can("scenario", Action::View) {
        return Ok(BTreeMap::new());
    }
    let mut sql = Sql::default();
    let reach = reach_sql(&crate::scenario::ledger(), &actor, Action::View, &mut sql)?;
    let text = format!(
        "select t.threat, count(*) as n, sum(case when t.standing = 'above' then 1 else 0 end) as above from scenario t \
         where t.company_id = $1 and t.retired_at = '' and t.state <> 'closed' and t.threat is not null and {reach} group by t.threat"
    );
    let rows = db.rows(&text, sql.args).await?;
    rows.iter().map(|row| Ok((row.text("threat")?, Risks { count: row.get("n")?, above: row.get("above")? }))).collect()
}
