//! Adding several assets at once, as the starter catalogue and the guides do.

use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_kernel::text::squash_heading;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::{Choice as _, Flags, Ledger as _, Record, Ref, Registry, Values};
use mamori_store::Tx;

use super::{Availability, Confidentiality, InformationAsset, Integrity, Stage, Storage, UserGroup, queries};
use crate::catalog::StarterAsset;

/// A row to be added.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The fields.
    pub asset: InformationAsset,
}

impl Draft {
    /// A row typed by hand: only name, place and note.
    pub fn typed(name: &str, storage: Option<Storage>, note: &str) -> Draft {
        Draft {
            asset: InformationAsset {
                name: name.trim().to_owned(),
                note: note.trim().to_owned(),
                storage,
                stage: Some(Stage::Keeping),
                ..InformationAsset::default()
            },
        }
    }

    /// A row of the starter catalogue. The suggested value comes along; the company changes it freely.
    pub fn starter(from: &StarterAsset, business: &str, storage: Option<Storage>, lang: Lang) -> Draft {
        let has = |class: &str| from.personal.iter().any(|code| code == class);
        Draft {
            asset: InformationAsset {
                business: business.to_owned(),
                name: from.name.get(lang).to_owned(),
                note: from.note.get(lang).to_owned(),
                storage: storage.or_else(|| from.storage.first().and_then(|code| Storage::parse(code))),
                user_groups: Flags(from.users.iter().filter_map(|code| UserGroup::parse(code)).collect()),
                pi_personal: has("personal"),
                pi_sensitive: has("special_care"),
                pi_number: has("specific"),
                confidentiality: Confidentiality::of(from.value.c),
                integrity: Integrity::of(from.value.i),
                availability: Availability::of(from.value.a),
                retention: from.retention.as_ref().map(|known| known.period.clone()).unwrap_or_default(),
                stage: Some(Stage::Keeping),
                ..InformationAsset::default()
            },
        }
    }

    /// The department that handles it.
    #[must_use]
    pub fn department(mut self, id: &str) -> Draft {
        self.asset.department = Ref::to(id);
        self
    }

    /// Two drafts (or a draft and a row) with the same key are the same thing.
    fn key(&self) -> (String, String, String) {
        let storage = self.asset.storage.map(|storage| storage.code().to_owned()).unwrap_or_default();
        (squash_heading(&self.asset.name), storage, self.asset.department.id.clone())
    }
}

/// What came of adding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Rows added.
    pub created: usize,
    /// Names of those that were there already.
    pub known: Vec<String>,
}

/// Adds rows that are not in the ledger yet: same name, place and department count as the same. All or nothing.
///
/// # Errors
/// As [`ops::create`].
pub async fn add(registry: &Registry, tx: &mut Tx, drafts: Vec<Draft>) -> Result<Added> {
    let shape = queries::shape(registry, tx, InformationAsset::CODE).await?;
    let mut known: std::collections::HashSet<(String, String, String)> = queries::names(tx)
        .await?
        .into_iter()
        .map(|(name, storage, department)| (squash_heading(&name), storage, department))
        .collect();
    let mut added = Added::default();
    for draft in drafts {
        if !known.insert(draft.key()) {
            added.known.push(draft.asset.name);
            continue;
        }
        let mut record = Record::default();
        draft.asset.write(&mut record);
        // What the program keeps by itself is not proposed.
        let values = Values(record.values.0.into_iter().filter(|(_, value)| !value.is_empty()).collect());
        ops::create(registry, tx, &shape, values, None, Gate::Person).await?;
        added.created = added.created.saturating_add(1);
    }
    Ok(added)
}
