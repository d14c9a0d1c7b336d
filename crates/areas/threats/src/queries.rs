//! SQL that several nouns of this area share.

use mamori_kernel::error::Result;
use mamori_ledger::query::Sql;
use mamori_store::{Reader, args};

/// Number and title of a registered risk, for a link to it; `None` when it is out of use.
///
/// # Errors
/// Database faults.
pub(crate) async fn scenario(db: &mut impl Reader, id: &str) -> Result<Option<(Option<i64>, String)>> {
    let text = "select number, title from scenario where company_id = $1 and id = $2 and retired_at = ''";
    let row = db.first(text, args![id]).await?;
    row.map(|row| Ok((row.get("number")?, row.text("title")?))).transpose()
}

/// Rows of a ledger of this area that belong to a row (`field` names the column), either in use or taken out of use at an instant.
///
/// # Errors
/// Database faults.
pub(crate) async fn children(
    db: &mut impl Reader,
    table: &str,
    field: &str,
    parent: &str,
    retired_at: &str,
) -> Result<Vec<String>> {
    let text = format!("select id from {table} where company_id = $1 and {field} = $2 and retired_at = $3 order by id");
    db.rows(&text, args![parent, retired_at]).await?.iter().map(|row| row.get("id")).collect()
}

/// Row id and title of the risk that came from a place; `None` when there is none in use.
///
/// # Errors
/// Database faults.
pub(crate) async fn by_source(db: &mut impl Reader, key: &str) -> Result<Option<(String, String)>> {
    let text = "select id, title from scenario where company_id = $1 and source_key = $2 and retired_at = ''";
    let row = db.first(text, args![key]).await?;
    row.map(|row| Ok((row.get("id")?, row.text("title")?))).transpose()
}

/// Row id, kind and title of treatments in use among some.
///
/// # Errors
/// Database faults.
pub(crate) async fn treatments(db: &mut impl Reader, ids: &[String]) -> Result<Vec<(String, String, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::default();
    let list = sql.bind_all(ids.iter());
    let text =
        format!("select id, kind, title from treatment where company_id = $1 and retired_at = '' and id in ({list}) order by id");
    let rows = db.rows(&text, sql.args).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.text("kind")?, row.text("title")?))).collect()
}
