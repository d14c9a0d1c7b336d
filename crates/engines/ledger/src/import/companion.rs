//! Other sheets of the same workbook: a risk-analysis workbook holds the asset ledger and, on sheets of their own, the threat levels and
//! the measure check. Whoever imports the ledger gets them along, in the same transaction and before the ledger's own rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use mamori_formats::sheet::Workbook;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_store::Reader;

use super::mapping::{Mapping, guess_companion};
use super::plan::{Plan, make};
use crate::area::Registry;
use crate::def::LedgerDef;
use crate::shape::Shape;

/// What would happen to another ledger.
pub struct Companion {
    /// The ledger.
    pub shape: Shape,
    /// The name of the sheet.
    pub sheet: String,
    /// Row by row.
    pub plan: Plan,
}

impl Companion {
    /// Nothing is wrong with it. A companion with wrong rows is left out whole: nobody asked for it.
    pub fn fits(&self) -> bool {
        self.plan.summary().wrong == 0
    }
}

/// Sheets that belong to the companions of a ledger and that the actor may import.
///
/// # Errors
/// Database faults.
pub async fn find_companions(
    registry: &Registry,
    db: &mut impl Reader,
    def: &LedgerDef,
    workbook: &Workbook,
    taken: usize,
) -> Result<BTreeMap<String, Mapping>> {
    let mut found = BTreeMap::new();
    for code in &def.companions {
        let Some(other): Option<&Arc<LedgerDef>> = registry.ledger(code) else { continue };
        if !db.actor().can(code, Action::Import) {
            continue;
        }
        let shape = Shape::load(other, db).await?;
        if let Some(mapping) = guess_companion(&shape, workbook, taken) {
            found.insert((*code).to_owned(), mapping);
        }
    }
    Ok(found)
}

/// Plans the companions of a mapping.
///
/// # Errors
/// As [`make`].
pub async fn plan_companions(
    registry: &Registry,
    db: &mut impl Reader,
    workbook: &Workbook,
    mapping: &Mapping,
) -> Result<Vec<Companion>> {
    let mut companions = Vec::with_capacity(mapping.companions.len());
    for (code, mapping) in &mapping.companions {
        let def = registry.ledger(code).ok_or_else(|| Error::Internal(format!("no ledger {code}")))?;
        let shape = Shape::load(def, db).await?;
        let plan = make(registry, db, &shape, workbook, mapping).await?;
        let sheet = workbook.sheets.get(mapping.sheet).map(|sheet| sheet.name.clone()).unwrap_or_default();
        companions.push(Companion { shape, sheet, plan });
    }
    Ok(companions)
}
