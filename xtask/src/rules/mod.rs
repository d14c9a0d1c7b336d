//! The rules, each a function from the project to what has to be mended.

mod catalogs;
mod clock;
mod http;
mod layers;
mod places;
mod size;
mod sql;
mod texts;

use crate::tree::{Finding, Tree};

/// A rule.
pub type Rule = fn(&Tree) -> Vec<Finding>;

/// All rules with the names they are reported under.
pub const ALL: [(&str, Rule); 8] = [
    ("SQL stands where it belongs and names the company", sql::check),
    ("rules and use cases know nothing of HTTP", http::check),
    ("time is a parameter", clock::check),
    ("sentences are complete in both languages", texts::check),
    ("crates import only downward", layers::check),
    ("files stay readable", size::check),
    ("catalogues are complete", catalogs::check),
    ("no registry, no machine is named", places::check),
];

/// What a rule says about a made-up project, one finding a line.
#[cfg(test)]
pub fn findings(rule: Rule, files: &[(&str, &str)]) -> String {
    rule(&Tree::of(files)).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
