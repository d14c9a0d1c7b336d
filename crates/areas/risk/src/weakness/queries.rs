//! The company's weaknesses as suggestions and checks need them.

use std::collections::BTreeSet;

use mamori_kernel::error::Result;
use mamori_store::{Reader, Row, args};

/// A weakness as rules need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Row id.
    pub id: String,
    /// The catalogue's code; empty for the company's own.
    pub code: String,
    /// Name in the company's words.
    pub name: String,
    /// Code of the kind.
    pub kind: String,
    /// What helps.
    pub remedy: String,
    /// The company considers it.
    pub used: bool,
}

fn read(row: &Row) -> Result<Known> {
    Ok(Known {
        id: row.get("id")?,
        code: row.text("code")?,
        name: row.text("name")?,
        kind: row.text("kind")?,
        remedy: row.text("remedy")?,
        used: row.get::<i64>("used")? != 0,
    })
}

/// All weaknesses in use, in the order in which they were written.
///
/// # Errors
/// Database faults.
pub async fn all(db: &mut impl Reader) -> Result<Vec<Known>> {
    let text = "select id, code, name, kind, remedy, used from weakness where company_id = $1 and retired_at = '' order by id";
    db.rows(text, vec![]).await?.iter().map(read).collect()
}

/// Catalogue codes that have a row, in use or retired.
///
/// # Errors
/// Database faults.
pub async fn codes(db: &mut impl Reader) -> Result<BTreeSet<String>> {
    let rows = db.rows("select code from weakness where company_id = $1", vec![]).await?;
    rows.iter().map(|row| row.text("code")).collect()
}

/// The row of a catalogue code.
///
/// # Errors
/// Database faults.
pub async fn by_code(db: &mut impl Reader, code: &str) -> Result<Option<String>> {
    let row = db
        .first("select id from weakness where company_id = $1 and retired_at = '' and code = $2 order by id limit 1", args![code])
        .await?;
    row.map(|row| row.get("id")).transpose()
}
