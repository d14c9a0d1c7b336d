//! Companies of the installation, for work that goes through all of them.

use mamori_kernel::error::Result;

use crate::db::Db;

/// The ids of all companies, archived ones included, in the order of founding.
///
/// # Errors
/// [`mamori_kernel::error::Error::Unavailable`] when the database is away.
pub async fn company_ids(db: &Db) -> Result<Vec<String>> {
    let mut system = db.system_view().await?;
    let rows = system.rows("select id from company order by id", Vec::new()).await?;
    rows.iter().map(|row| row.get("id")).collect()
}
