//! The standard contacts, read once from the catalogue.

use std::sync::LazyLock;

use jiff::civil::Date;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use serde::Deserialize;

use super::ContactKind;

/// A contact of the catalogue. Those that the company fills in by itself have no number.
#[derive(Clone, Debug, Deserialize)]
pub struct StandardContact {
    /// Code.
    pub code: String,
    /// The body.
    pub name: Words,
    /// What one calls it for.
    pub for_what: Words,
    /// What to have at hand.
    #[serde(default)]
    pub prepare: Words,
    /// Occasions: `prevention`, `incident`, `duty`, `crime`.
    #[serde(default)]
    pub when: Vec<String>,
    /// Telephone number.
    #[serde(default)]
    pub phone: String,
    /// Web page.
    #[serde(default)]
    pub url: String,
    /// When somebody answers.
    #[serde(default)]
    pub hours: Words,
    /// Prefecture it serves; empty for all of Japan.
    #[serde(default)]
    pub region: String,
    /// We must tell it.
    #[serde(default)]
    pub duty: bool,
    /// When the entry was compared with its source; `None` where the company fills it in.
    #[serde(default)]
    pub checked_on: Option<Date>,
}

impl StandardContact {
    /// The kind of body, by what it is for.
    pub fn kind(&self) -> ContactKind {
        match self.code.as_str() {
            "insurance" => ContactKind::Insurance,
            "lawyer" => ContactKind::Legal,
            "vendor" | "forensics" => ContactKind::Supplier,
            "authority" => ContactKind::Regulator,
            "customers" => ContactKind::Customer,
            _ if self.when.iter().any(|when| when == "crime") => ContactKind::Police,
            _ if self.duty => ContactKind::Regulator,
            _ => ContactKind::Expert,
        }
    }
}

#[derive(Deserialize)]
struct File {
    contact: Vec<StandardContact>,
    own: Vec<StandardContact>,
}

static CONTACTS: LazyLock<std::result::Result<Vec<StandardContact>, String>> = LazyLock::new(|| {
    let text = include_str!("../../../../../catalogs/organization/contacts.toml");
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    Ok(file.contact.into_iter().chain(file.own).collect())
});

/// The standard contacts: outside bodies, then those that the company fills in.
///
/// # Errors
/// [`Error::Internal`] when the embedded file does not parse: a fault of the build, found by the tests.
pub fn contacts() -> Result<&'static [StandardContact]> {
    CONTACTS.as_deref().map_err(|error| Error::Internal(format!("catalogs/organization/contacts.toml: {error}")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn the_catalogue_reads_and_kinds_are_found() {
        let all = contacts().unwrap();
        let kind = |code: &str| all.iter().find(|contact| contact.code == code).unwrap().kind();
        assert_eq!(kind("jpcert"), ContactKind::Expert);
        assert_eq!(kind("ppc_leak"), ContactKind::Regulator);
        assert_eq!(kind("police_9110"), ContactKind::Police);
        assert_eq!(kind("insurance"), ContactKind::Insurance);
        assert!(all.iter().all(|contact| !contact.name.ja.is_empty() && !contact.name.en.is_empty()));
    }
}
