//! Package registries and paths of one machine have no place in the project: it must build anywhere.

use crate::tree::{Finding, Tree};

/// In pieces, so that this file does not contain them.
const PLACES: [(&str, &str); 8] = [
    ("registry.", "npmjs.org"),
    ("registry.", "yarnpkg.com"),
    ("static.", "crates.io"),
    ("index.", "crates.io"),
    ("pypi", ".org"),
    ("files.", "pythonhosted.org"),
    ("/ro", "ot/"),
    ("/wo", "rk/"),
];

/// `mktemp` and the test crate `tempfile` find the folder for temporary files.
const TEMPORARY: (&str, &str) = ("/t", "mp/");

pub fn check(tree: &Tree) -> Vec<Finding> {
    let places: Vec<String> = PLACES.iter().chain([&TEMPORARY]).map(|(a, b)| format!("{a}{b}")).collect();
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| file.name() != "Cargo.lock" && !file.path.contains("/vendor/")) {
        for (number, line) in file.text.lines().enumerate() {
            if let Some(place) = places.iter().find(|place| names(line, place)) {
                findings.push(Finding::new(file, number + 1, format!("names {place}")));
            }
        }
    }
    findings
}

/// A path counts at the start of a word only: `/network/` and `web/tmp/` name no machine.
fn names(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        !place.starts_with('/')
            || line
                .get(..at)
                .and_then(|before| before.chars().next_back())
                .is_none_or(|c| !c.is_alphanumeric() && !"_-.}/".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::findings;

    #[test]
    fn a_path_of_one_machine_is_found() {
        let text = format!("cd {}{}main\n", "/wo", "rk/");
        assert!(findings(super::check, &[("scripts/a.sh", &text)]).contains("a.sh:1: names"));
        assert_eq!(findings(super::check, &[("scripts/a.sh", "docs/work/x and /network/\n")]), "");
    }

    #[test]
    fn a_registry_is_found() {
        let text = format!("\"resolved\": \"https://{}{}/a.tgz\"\n", "registry.", "npmjs.org");
        assert!(findings(super::check, &[("e2e/package-lock.json", &text)]).contains("names"));
    }
}
