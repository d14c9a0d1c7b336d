//! Judgement, queries and use cases are the same for the browser, the API, the command line and jobs: they never name `axum`.

use crate::scan;
use crate::tree::{Finding, Tree};

const QUIET: [&str; 3] = ["rules.rs", "ops.rs", "queries.rs"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.with_extension("rs") {
        if !QUIET.contains(&file.name()) && !file.path.contains("/rules/") || file.path.starts_with("xtask/") {
            continue;
        }
        for (number, line) in scan::scan(&file.text).code.lines().enumerate() {
            if line.contains("axum") {
                findings.push(Finding::new(file, number + 1, "axum is named here; HTTP belongs in pages.rs"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::rules::findings;

    #[test]
    fn a_use_case_that_speaks_http_is_found() {
        let text = "use axum::Json;\n";
        assert!(findings(super::check, &[("crates/areas/risk/src/treatment/ops.rs", text)]).contains("ops.rs:1"));
        assert!(findings(super::check, &[("crates/areas/risk/src/ipa/rules/scale.rs", text)]).contains("scale.rs:1"));
        assert_eq!(findings(super::check, &[("crates/areas/risk/src/treatment/pages.rs", text)]), "");
        assert_eq!(findings(super::check, &[("crates/areas/risk/src/treatment/ops.rs", "// axum is not used here\n")]), "");
    }
}
