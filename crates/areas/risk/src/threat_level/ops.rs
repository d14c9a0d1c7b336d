//! Use case: begin with the catalogue's levels.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::time;
use mamori_ledger::area::Registry;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::record::Values;
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _};
use mamori_store::Tx;

use super::{ThreatLevelRow, queries};
use crate::catalog;
use crate::neighbours::Storage;

/// Writes a row for every storage place that has none yet; returns how many.
///
/// # Errors
/// Database faults.
pub(crate) async fn seed(tx: &mut Tx, registry: &Registry) -> Result<usize> {
    let def = registry.ledger(ThreatLevelRow::CODE).ok_or(Error::NotFound)?;
    let shape = Shape::load(def, tx).await?;
    let known = queries::storages(tx).await?;
    let mut made = 0;
    for choice in &Storage::set().choices {
        let Some(place) = catalog::get().place(&choice.code) else { continue };
        if known.contains(choice.code.as_ref()) {
            continue;
        }
        let lang = tx.actor().lang;
        let threats: Vec<&str> = place.threats.iter().map(|threat| lang.pick(&threat.ja, &threat.en)).collect();
        let values = Values::default()
            .with("storage", choice.code.as_ref())
            .with("level", place.default_level.to_string())
            .with("threats", threats.join("\n"))
            .with("reason", place.why.get(lang))
            .with("reviewed_on", time::today(tx.now()));
        ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
        made += 1;
    }
    Ok(made)
}
