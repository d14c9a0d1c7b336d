//! Keeping appointments readable.

use mamori_kernel::error::Result;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Ledger, Registry, Values};
use mamori_store::Tx;

use super::{Assignment, queries};

/// Writes the line "role – person" of all appointments again that name a row whose name has changed; `column` is `role` or `person`.
///
/// # Errors
/// Database faults.
pub(crate) async fn name_again(tx: &mut Tx, registry: &Registry, column: &'static str, row_id: &str) -> Result<()> {
    let Some(def) = registry.ledger(Assignment::CODE) else { return Ok(()) };
    let rows = queries::naming(tx, column, row_id).await?;
    // Who may rename a person but not see the appointments leaves the old line; the next save of the appointment mends it.
    if rows.is_empty() || !tx.actor().can(Assignment::CODE, mamori_kernel::access::Action::View) {
        return Ok(());
    }
    let shape = Shape::load(def, tx).await?;
    for id in rows {
        ops::update(registry, tx, &shape, &id, None, Values::default(), Gate::Program).await?;
    }
    Ok(())
}
