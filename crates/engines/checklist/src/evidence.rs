//! Evidence that names a row of a ledger by its address.

use std::sync::Arc;

use mamori_kernel::error::Result;
use mamori_kernel::id;
use mamori_ledger::{Ledger as _, LedgerDef, Record, Registry};
use mamori_store::Tx;

use crate::answer::CheckAnswer;

/// The ledger and the row that an address of our own names: `/assets/information_asset/0198…`, with or without the host before it.
pub fn row_of<'a>(registry: &'a Registry, line: &'a str) -> Option<(&'a Arc<LedgerDef>, &'a str)> {
    let line = line.trim();
    let path = match line.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => line.strip_prefix('/')?,
    };
    let mut parts = path.split(['/', '?', '#']);
    let (area, ledger, row) = (parts.next()?, parts.next()?, parts.next()?);
    let def = registry.ledger(ledger).filter(|def| def.area == area)?;
    id::is_id(row).then_some((def, row))
}

/// Rows of ledgers whose addresses stand in the evidence of an answer are linked, so that they show where they serve as evidence.
pub(crate) async fn link(tx: &mut Tx, registry: &Registry, answer: &Record) -> Result<()> {
    for line in answer.get("evidence").as_str().lines() {
        if let Some((def, row)) = row_of(registry, line) {
            tx.link(CheckAnswer::CODE, &answer.meta.id, "evidence", def.code, row).await?;
        }
    }
    Ok(())
}
