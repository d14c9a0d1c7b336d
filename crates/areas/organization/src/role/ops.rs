//! Taking the standard roles into a company's ledger.

use std::collections::HashMap;

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::area::Beginning;
use mamori_ledger::hooks::Hooked;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Ledger, Registry, Value, Values};
use mamori_store::Tx;

use super::catalogue::{self, StandardRole};
use super::{SecurityRole, queries};

/// Adds the standard roles (S2-D1-09, S2-D1-10) that the company does not have yet, in the company's language; returns how many.
/// Done twice, it adds nothing and changes nothing. The caller judges permission and commits.
///
/// # Errors
/// Database faults.
pub async fn seed(tx: &mut Tx, registry: &Registry) -> Result<usize> {
    let lang = queries::company(tx).await?.lang;
    let def =
        registry.ledger(SecurityRole::CODE).ok_or_else(|| Error::Internal("the role ledger is not registered".to_owned()))?;
    let shape = Shape::load(def, tx).await?;
    let mut ids = queries::ids_by_code(tx).await?;
    let mut fresh: Vec<&StandardRole> = Vec::new();
    for role in catalogue::roles()? {
        if !ids.contains_key(&role.code) {
            let made = ops::create(registry, tx, &shape, values(role, lang), None, Gate::Program).await?;
            ids.insert(role.code.clone(), made.meta.id);
            fresh.push(role);
        }
    }
    // Roles point to each other, so the pointing waits until all of them are there.
    for role in &fresh {
        let Some(row_id) = ids.get(&role.code).cloned() else { continue };
        ops::update(registry, tx, &shape, &row_id, None, relations(role, &ids)?, Gate::Program).await?;
    }
    Ok(fresh.len())
}

/// Writes the role catalogue for a new company.
pub(crate) struct Catalogue;

impl Beginning for Catalogue {
    fn begin<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry) -> Hooked<'a, usize> {
        Box::pin(seed(tx, registry))
    }
}

fn lines(list: &[Words], lang: Lang) -> String {
    list.iter().map(|words| words.get(lang)).collect::<Vec<_>>().join("\n")
}

fn values(role: &StandardRole, lang: Lang) -> Values {
    let phases = [(role.in_peace, "peace"), (role.in_emergency, "emergency")];
    let phases: Vec<String> = phases.iter().filter(|(on, _)| *on).map(|(_, code)| (*code).to_owned()).collect();
    let mut values = Values::default()
        .with("code", role.code.as_str())
        .with("name", role.name.get(lang))
        .with("kind", role.kind.as_str())
        .with("purpose", role.purpose.get(lang))
        .with("missions", lines(&role.missions, lang))
        .with("skills", lines(&role.skills, lang))
        .with("independent", role.needs_independence)
        .with("small_set", role.small_set)
        .with("plus_security", role.plus_security);
    values.set("phase", Value::List(phases));
    if role.term_months > 0 {
        values.set("term_months", role.term_months);
    }
    values
}

fn relations(role: &StandardRole, ids: &HashMap<String, String>) -> Result<Values> {
    let structure = catalogue::structure()?;
    let mut values = Values::default();
    for (field, chart) in [("above_peace", &structure.peace), ("above_emergency", &structure.emergency)] {
        if let Some(above) = chart.get(&role.code).and_then(|code| ids.get(code)) {
            values.set(field, above.as_str());
        }
    }
    let examined: Vec<String> = role.independent_of.iter().filter_map(|code| ids.get(code).cloned()).collect();
    if !examined.is_empty() {
        values.set("independent_of", Value::List(examined));
    }
    Ok(values)
}
