//! The house has floors: a crate imports only from the floors below it.

use crate::tree::{Finding, Tree};

/// From the ground up, also those still to be built. A crate may depend on those before it.
const FLOORS: [&str; 29] = [
    "mamori-kernel",
    "mamori-formats",
    "mamori-store",
    "mamori-ui",
    "mamori-report",
    "mamori-schedule",
    "mamori-ledger-derive",
    "mamori-ledger",
    "mamori-approval",
    "mamori-checklist",
    // The areas in the reading order of the programme.
    "mamori-organization",
    "mamori-assets",
    "mamori-controls",
    "mamori-risk",
    "mamori-threats",
    "mamori-assessment",
    "mamori-documents",
    "mamori-training",
    "mamori-audit",
    "mamori-planning",
    "mamori-vulnerability",
    "mamori-operations",
    "mamori-incident",
    "mamori-supplier",
    "mamori-reporting",
    "mamori-guide",
    "mamori",
    "mamori-bench",
    "xtask",
];

fn floor(name: &str) -> Option<usize> {
    FLOORS.iter().position(|known| *known == name)
}

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.name() == "Cargo.toml" && file.path.starts_with("crates/")) {
        let manifest: toml::Table = match file.text.parse() {
            Ok(manifest) => manifest,
            Err(error) => {
                findings.push(Finding::new(file, 0, format!("not TOML: {error}")));
                continue;
            }
        };
        let name =
            manifest.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str).unwrap_or_default();
        let Some(own) = floor(name) else {
            findings.push(Finding::new(file, 0, format!("{name} has no floor yet; give it one in xtask/src/rules/layers.rs")));
            continue;
        };
        let Some(needed) = manifest.get("dependencies").and_then(toml::Value::as_table) else { continue };
        for dependency in needed.keys().filter(|dependency| dependency.starts_with("mamori")) {
            if floor(dependency).is_none_or(|below| below >= own) {
                findings.push(Finding::new(
                    file,
                    0,
                    format!("{name} imports {dependency}, which is not below it; send an event or move the code"),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::rules::findings;

    #[test]
    fn an_import_upward_is_found() {
        let up = "[package]\nname = \"mamori-assets\"\n[dependencies]\nmamori-risk.workspace = true\n";
        assert!(findings(super::check, &[("crates/areas/assets/Cargo.toml", up)]).contains("not below"));
        let down = "[package]\nname = \"mamori-risk\"\n[dependencies]\nmamori-assets.workspace = true\n";
        assert_eq!(findings(super::check, &[("crates/areas/risk/Cargo.toml", down)]), "");
        let new = "[package]\nname = \"mamori-canteen\"\n";
        assert!(findings(super::check, &[("crates/areas/canteen/Cargo.toml", new)]).contains("no floor"));
    }
}
