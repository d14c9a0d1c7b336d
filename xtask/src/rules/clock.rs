//! Nobody looks at a clock but the edges: the program's `Clock` and the command line.

use crate::scan;
use crate::tree::{Finding, Tree};

/// Where time enters the program.
const EDGES: [&str; 3] = ["crates/engines/ledger/src/web/app.rs", "crates/mamori/src/main.rs", "crates/mamori/src/cli/"];

/// Split so that this file does not name them.
const CLOCKS: [&str; 3] = ["Timestamp::now", "SystemTime::now", "Zoned::now"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.with_extension("rs") {
        if file.is_test() || EDGES.iter().any(|edge| file.path.starts_with(edge)) {
            continue;
        }
        for (number, line) in scan::scan(scan::production(&file.text)).code.lines().enumerate() {
            if CLOCKS.iter().any(|clock| line.contains(clock)) {
                findings.push(Finding::new(file, number + 1, "a hidden clock; take the instant as a parameter"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::rules::findings;

    #[test]
    fn a_hidden_clock_is_found() {
        let text = "fn due() -> bool { jiff::Timestamp::now() > limit() }\n";
        assert!(findings(super::check, &[("crates/areas/risk/src/treatment/rules.rs", text)]).contains("hidden clock"));
        assert_eq!(findings(super::check, &[("crates/engines/ledger/src/web/app.rs", text)]), "");
    }
}
