//! Checks that a linter cannot express: `cargo run -p xtask -- check`, a part of `make test`.
//!
//! Every rule is one module below `rules/` with a test that shows it fail. A finding names the file, the line, what is wrong and
//! what to do instead.

mod rules;
mod scan;
mod tree;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    if command != "check" {
        eprintln!("usage: cargo run -p xtask -- check");
        return ExitCode::from(2);
    }
    // The manifest stands one folder below the root of the project.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let tree = match tree::Tree::read(root) {
        Ok(tree) => tree,
        Err(error) => {
            eprintln!("{}: {error}", root.display());
            return ExitCode::FAILURE;
        }
    };
    let mut broken = 0;
    for (name, rule) in rules::ALL {
        let findings = rule(&tree);
        println!("{name}: {}", if findings.is_empty() { "ok".to_owned() } else { format!("{} finding(s)", findings.len()) });
        for finding in &findings {
            println!("  {finding}");
        }
        broken += findings.len();
    }
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
