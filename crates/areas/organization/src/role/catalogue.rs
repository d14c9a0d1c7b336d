//! The standard roles, read once from the catalogue.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use serde::Deserialize;

/// A role of the catalogue.
#[derive(Clone, Debug, Deserialize)]
pub struct StandardRole {
    /// Code.
    pub code: String,
    /// `main`, `supporting` or `additional`.
    pub kind: String,
    /// Name.
    pub name: Words,
    /// Purpose in a sentence.
    pub purpose: Words,
    /// Missions; at least two each (test of S2-D1, table 5.1).
    pub missions: Vec<Words>,
    /// Skills.
    pub skills: Vec<Words>,
    /// Stands on the chart of 平時.
    pub in_peace: bool,
    /// Stands on the chart of 有事.
    pub in_emergency: bool,
    /// Must not examine the own work.
    pub needs_independence: bool,
    /// Codes of the roles it examines.
    pub independent_of: Vec<String>,
    /// One of the five to fill first.
    pub small_set: bool,
    /// Months; 0 for none.
    pub term_months: i64,
    /// Suits プラスセキュリティ人材.
    pub plus_security: bool,
}

#[derive(Deserialize)]
struct File {
    role: Vec<StandardRole>,
}

/// Code of a role → code of the role above it, for each chart.
#[derive(Clone, Debug, Deserialize)]
pub struct Structure {
    /// The chart of 平時.
    pub peace: BTreeMap<String, String>,
    /// The chart of 有事.
    pub emergency: BTreeMap<String, String>,
}

static ROLES: LazyLock<std::result::Result<Vec<StandardRole>, String>> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../../../../../catalogs/organization/roles.toml")).map_err(|error| error.to_string())?;
    Ok(file.role)
});

static STRUCTURE: LazyLock<std::result::Result<Structure, String>> =
    LazyLock::new(|| toml::from_str(include_str!("structure.toml")).map_err(|error| error.to_string()));

/// The standard roles in order.
///
/// # Errors
/// [`Error::Internal`] when the embedded file does not parse: a fault of the build, found by the tests.
pub fn roles() -> Result<&'static [StandardRole]> {
    ROLES.as_deref().map_err(|error| Error::Internal(format!("catalogs/organization/roles.toml: {error}")))
}

/// Who reports to whom.
///
/// # Errors
/// As [`roles`].
pub fn structure() -> Result<&'static Structure> {
    STRUCTURE.as_ref().map_err(|error| Error::Internal(format!("role/structure.toml: {error}")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn the_nine_main_roles_have_two_missions_each() {
        let roles = roles().unwrap();
        let main: Vec<_> = roles.iter().filter(|role| role.kind == "main").collect();
        assert_eq!(main.len(), 9);
        assert!(main.iter().all(|role| role.missions.len() >= 2));
        assert_eq!(roles.iter().filter(|role| role.kind == "supporting").count(), 6);
        assert_eq!(roles.iter().filter(|role| role.small_set).count(), 5);
    }

    #[test]
    fn every_code_that_is_named_exists() {
        let codes: Vec<&str> = roles().unwrap().iter().map(|role| role.code.as_str()).collect();
        let structure = structure().unwrap();
        for (role, above) in structure.peace.iter().chain(&structure.emergency) {
            assert!(codes.contains(&role.as_str()) && codes.contains(&above.as_str()), "{role} → {above}");
        }
        for role in roles().unwrap() {
            assert!(role.independent_of.iter().all(|code| codes.contains(&code.as_str())), "{}", role.code);
            let placed = |on: bool, chart: &BTreeMap<String, String>| {
                !on || role.code == super::super::EXECUTIVE || chart.contains_key(&role.code)
            };
            assert!(placed(role.in_peace, &structure.peace) && placed(role.in_emergency, &structure.emergency), "{}", role.code);
        }
    }
}
