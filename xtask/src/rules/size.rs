//! A file that nobody can hold in the head is two files.

use crate::tree::{Finding, Tree};

/// Lines.
const MOST: usize = 800;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for extension in ["rs", "css", "js", "mjs", "html"] {
        for file in tree.with_extension(extension).filter(|file| !file.path.contains("/vendor/")) {
            let lines = file.text.lines().count();
            if lines > MOST {
                findings.push(Finding::new(file, 0, format!("{lines} lines; split it by idea (at most {MOST})")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::rules::findings;

    #[test]
    fn a_long_file_is_found() {
        let long = "\n".repeat(super::MOST + 1);
        assert!(findings(super::check, &[("crates/ui/src/a.rs", &long)]).contains("801 lines"));
        assert_eq!(findings(super::check, &[("crates/ui/assets/vendor/a.js", &long)]), "");
    }
}
