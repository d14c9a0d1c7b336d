//! SQL about risks that came from checks.

use mamori_kernel::error::Result;
use mamori_store::{Reader, args};

/// Risks in use that were entered from items of a check: item, row id, name. `path` is the address of the check's page of answers.
///
/// # Errors
/// Database faults.
pub(crate) async fn scenarios_under(db: &mut impl Reader, path: &str) -> Result<Vec<(String, String, String)>> {
    let text = "select id, title, source_key from scenario \
                where company_id = $1 and retired_at = '' and source_key like $2 order by number";
    let before = format!("{path}#i-");
    let rows = db.rows(text, args![format!("{before}%")]).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Some(item) = row.text("source_key")?.strip_prefix(&before) {
            found.push((item.to_owned(), row.get("id")?, row.text("title")?));
        }
    }
    Ok(found)
}
