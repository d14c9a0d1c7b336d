//! Which weaknesses a threat uses (`catalogs/risk/threat_weaknesses.toml`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Default, Deserialize)]
struct File {
    uses: BTreeMap<String, Vec<String>>,
}

/// The weaknesses of a threat, the usual one first; none for the company's own threats. The file is part of the program and a test reads it.
pub(super) fn weaknesses_of(threat: &str) -> &'static [String] {
    static FILE: LazyLock<File> = LazyLock::new(|| read().unwrap_or_default());
    FILE.uses.get(threat).map_or(&[], Vec::as_slice)
}

fn read() -> Result<File, toml::de::Error> {
    toml::from_str(include_str!("../../../../../catalogs/risk/threat_weaknesses.toml"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::catalogs_risk;

    #[test]
    fn every_threat_names_weaknesses_that_exist() {
        let (file, catalog) = (read().unwrap(), catalogs_risk::get());
        assert_eq!(file.uses.len(), catalog.threats.len());
        for threat in &catalog.threats {
            let uses = file.uses.get(&threat.code).unwrap_or_else(|| panic!("{} has no weakness", threat.code));
            assert!(!uses.is_empty() && uses.iter().all(|code| catalog.weakness(code).is_some()), "{}", threat.code);
        }
    }
}
