//! Use case: begin with the catalogue's weaknesses.

use mamori_kernel::error::{Error, Result};
use mamori_ledger::Ledger as _;
use mamori_ledger::area::Registry;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::record::{Value, Values};
use mamori_ledger::shape::Shape;
use mamori_store::Tx;

use super::{Weakness, queries};
use crate::catalogs_risk;

/// Writes a row for every weakness of the catalogue that has none yet; returns how many.
///
/// # Errors
/// Database faults.
pub(crate) async fn seed(tx: &mut Tx, registry: &Registry) -> Result<usize> {
    let def = registry.ledger(Weakness::CODE).ok_or(Error::NotFound)?;
    let shape = Shape::load(def, tx).await?;
    let known = queries::codes(tx).await?;
    let lang = tx.actor().lang;
    let mut made = 0;
    for weakness in catalogs_risk::get().weaknesses.iter().filter(|weakness| !known.contains(&weakness.code)) {
        let values = Values::default()
            .with("code", weakness.code.as_str())
            .with("name", weakness.name.get(lang))
            .with("kind", weakness.kind.as_str())
            .with("example", weakness.example.get(lang))
            .with("remedy", weakness.remedy.get(lang))
            .with("used", Value::Bool(true));
        ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
        made += 1;
    }
    Ok(made)
}
