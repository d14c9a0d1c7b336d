//! はじめの設定: the first visit to an empty installation. Three screens: the company, its first administrator, what to do first.
//!
//! Nothing is written before the administrator's form is accepted; then company, account, membership and log entries come into
//! being in one transaction. So a visit broken off half way leaves nothing, and no password ever travels in a hidden field.

pub(crate) mod ops;
mod pages;
mod queries;
#[cfg(test)]
mod tests;

use mamori_kernel::error::Result;
use mamori_ledger::web::Routes;
use mamori_store::Db;

use crate::account::queries as accounts;

/// True while the installation has no account: every page then leads to `/setup`. Once `false` it stays `false` (accounts are
/// never deleted), so callers may remember that.
///
/// # Errors
/// Database faults.
pub async fn needed(db: &Db) -> Result<bool> {
    Ok(accounts::count(&mut db.system_view().await?).await? == 0)
}

/// The pages.
pub fn routes() -> Routes {
    pages::routes()
}
