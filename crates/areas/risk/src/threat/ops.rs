//! Use case: begin with the catalogue's threats.

use mamori_kernel::error::{Error, Result};
use mamori_ledger::area::Registry;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::record::{Value, Values};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _};
use mamori_store::Tx;

use super::{Threat, queries};
use crate::catalog::place_code;
use crate::catalogs_risk;
use crate::neighbours::Storage;

/// Writes a row for every threat of the catalogue that has none yet; returns how many.
///
/// # Errors
/// Database faults.
pub(crate) async fn seed(tx: &mut Tx, registry: &Registry) -> Result<usize> {
    let def = registry.ledger(Threat::CODE).ok_or(Error::NotFound)?;
    let shape = Shape::load(def, tx).await?;
    let known = queries::codes(tx).await?;
    let lang = tx.actor().lang;
    let known_places = Storage::set();
    let mut made = 0;
    for threat in catalogs_risk::get().threats.iter().filter(|threat| !known.contains(&threat.code)) {
        let places = known_places.choices.iter().filter(|place| threat.places.iter().any(|code| code == place_code(&place.code)));
        let places: Vec<String> = places.map(|place| place.code.to_string()).collect();
        let aspects = threat.aspect.iter().map(|aspect| aspect.to_lowercase()).collect();
        let values = Values::default()
            .with("code", threat.code.as_str())
            .with("name", threat.name.get(lang))
            .with("threat_group", threat.group.as_str())
            .with("example", threat.example.get(lang))
            .with("stride", Value::List(threat.stride.clone()))
            .with("aspects", Value::List(aspects))
            .with("places", Value::List(places))
            .with("level", usual_level(threat))
            .with("used", Value::Bool(true));
        ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
        made += 1;
    }
    Ok(made)
}

/// Where to begin: mistakes happen everywhere, and what stands on a yearly list happens in our trade; the rest is 1 until the company
/// knows better.
fn usual_level(threat: &catalogs_risk::Threat) -> i64 {
    if threat.group == "accident" || catalogs_risk::get().rank_of(&threat.code).is_some() { 2 } else { 1 }
}
