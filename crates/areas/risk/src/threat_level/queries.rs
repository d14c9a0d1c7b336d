//! The threat sheet as the rules need it.

use std::collections::{BTreeMap, BTreeSet};

use mamori_kernel::error::Result;
use mamori_store::Reader;

use crate::catalog::place_code;
use crate::ipa::rules::ThreatLevel;

/// What the sheet says about one storage place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceThreat {
    /// Row id.
    pub id: String,
    /// The level; `None` when the row holds none.
    pub level: Option<ThreatLevel>,
    /// Why.
    pub reason: String,
    /// What can happen.
    pub threats: String,
}

/// All places by the catalogue's code.
///
/// # Errors
/// Database faults.
pub async fn places(db: &mut impl Reader) -> Result<BTreeMap<String, PlaceThreat>> {
    let rows = db
        .rows(
            "select id, storage, level, reason, threats from threat_level where company_id = $1 and retired_at = '' order by id",
            vec![],
        )
        .await?;
    let mut found = BTreeMap::new();
    for row in rows {
        let level = row.text("level")?.parse::<i64>().ok().and_then(|n| ThreatLevel::try_from(n).ok());
        let place = PlaceThreat { id: row.get("id")?, level, reason: row.text("reason")?, threats: row.text("threats")? };
        found.insert(place_code(&row.text("storage")?).to_owned(), place);
    }
    Ok(found)
}

/// Storage codes that have a row, in use or retired.
///
/// # Errors
/// Database faults.
pub async fn storages(db: &mut impl Reader) -> Result<BTreeSet<String>> {
    let rows = db.rows("select storage from threat_level where company_id = $1", vec![]).await?;
    rows.iter().map(|row| row.text("storage")).collect()
}
