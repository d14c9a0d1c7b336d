//! The company as the cover names it.

use mamori_kernel::error::{Error, Result};
use mamori_store::Reader;

/// Name and settings for documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// Name.
    pub name: String,
    /// What document numbers begin with; may be empty.
    pub doc_prefix: String,
    /// First month of the fiscal year, 1–12.
    pub fiscal_start_month: i64,
}

/// The company at hand.
///
/// # Errors
/// [`Error::NotFound`] when it is gone; database faults.
pub async fn company(db: &mut impl Reader) -> Result<Company> {
    let row = db
        .first("select name, doc_prefix, fiscal_start_month from company where id = $1", vec![])
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Company {
        name: row.text("name")?,
        doc_prefix: row.text("doc_prefix")?,
        fiscal_start_month: row.get("fiscal_start_month")?,
    })
}
