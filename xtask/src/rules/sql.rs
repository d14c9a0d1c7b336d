//! `sqlx` is named only in the store; SQL stands only in the store, the engines and files called `queries.rs`; every statement of an
//! area or of the program names `company_id`, unless it speaks of accounts and sessions, which belong to the installation.

use crate::scan;
use crate::tree::{Finding, Tree};

/// Tables without a company.
const INSTALLATION: [&str; 9] = [
    "user_account",
    "session",
    "password_reset",
    "throttle",
    "company",
    "api_token",
    "membership",
    "schema_step",
    "backup_record",
];

/// Reads the tables named after `from`, `into`, `update`, `join`.
fn tables(sql: &str) -> Vec<&str> {
    let words: Vec<&str> =
        sql.split(|c: char| c.is_whitespace() || c == ',' || c == '(' || c == ')').filter(|w| !w.is_empty()).collect();
    words
        .windows(2)
        .filter_map(|pair| match pair {
            // `on conflict … do update set` names no table.
            [before, name] if ["from", "into", "update", "join"].contains(before) && *name != "set" => Some(*name),
            _ => None,
        })
        .collect()
}

fn is_sql(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches('\\').trim_start();
    (text.starts_with("select ") && text.contains(" from "))
        || text.starts_with("insert into ")
        || text.starts_with("delete from ")
        || (text.starts_with("update ") && text.contains(" set "))
        || (text.starts_with("with ") && text.contains("select ") && text.contains(" from "))
}

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.with_extension("rs") {
        let in_store = file.path.starts_with("crates/store/");
        if in_store || file.path.starts_with("xtask/") {
            continue;
        }
        let source = scan::scan(scan::production(&file.text));
        for (number, line) in source.code.lines().enumerate() {
            if line.contains("sqlx") {
                findings.push(Finding::new(
                    file,
                    number + 1,
                    "sqlx is named outside the store; use View, Tx or System of mamori-store",
                ));
            }
        }
        if file.is_test() {
            continue;
        }
        let engine = file.path.starts_with("crates/engines/");
        for literal in source.literals.iter().filter(|literal| is_sql(&literal.text)) {
            if !engine && file.name() != "queries.rs" {
                findings.push(Finding::new(file, literal.line, "SQL stands outside queries.rs; move the statement there"));
            }
            let of_installation = {
                let named = tables(&literal.text);
                !named.is_empty() && named.iter().all(|name| INSTALLATION.contains(name))
            };
            if !engine && !literal.text.contains("company_id") && !of_installation {
                findings.push(Finding::new(
                    file,
                    literal.line,
                    "the statement does not name company_id; bind it as `company_id = $1`",
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
    fn sqlx_in_an_area_is_found() {
        let found = findings(super::check, &[("crates/areas/risk/src/lib.rs", "use sqlx::Row;\n")]);
        assert!(found.contains("lib.rs:1: sqlx"), "{found}");
    }

    #[test]
    fn a_statement_in_a_page_is_found() {
        let text = "fn a() { rows(\"select id from treatment where company_id = $1\") }";
        assert!(findings(super::check, &[("crates/areas/risk/src/treatment/pages.rs", text)]).contains("outside queries.rs"));
        assert_eq!(findings(super::check, &[("crates/areas/risk/src/treatment/queries.rs", text)]), "");
        assert_eq!(findings(super::check, &[("crates/engines/ledger/src/query.rs", text)]), "");
    }

    #[test]
    fn a_statement_without_the_company_is_found() {
        let text = "fn a() { rows(\"select id from treatment where id = $2\") }";
        assert!(findings(super::check, &[("crates/areas/risk/src/treatment/queries.rs", text)]).contains("company_id"));
    }

    #[test]
    fn accounts_belong_to_the_installation() {
        let text = "fn a() { rows(\"select id from user_account where login = $1\") }";
        assert_eq!(findings(super::check, &[("crates/areas/organization/src/account/queries.rs", text)]), "");
        let upsert = "fn a() { rows(\"insert into throttle (key) values ($1) on conflict (key) do update set count = 1\") }";
        assert_eq!(findings(super::check, &[("crates/areas/organization/src/session/queries.rs", upsert)]), "");
        let mixed = "fn a() { rows(\"select id from user_account join treatment on true\") }";
        assert!(!findings(super::check, &[("crates/areas/organization/src/account/queries.rs", mixed)]).is_empty());
    }

    #[test]
    fn tests_and_sentences_are_left_alone() {
        let text = "#[cfg(test)]\nmod tests {\n fn a() { rows(\"delete from x\") }\n}\n";
        assert_eq!(findings(super::check, &[("crates/areas/risk/src/lib.rs", text)]), "");
        assert_eq!(
            findings(super::check, &[("crates/areas/risk/src/lib.rs", "const A: &str = \"Select a row from the list\";")]),
            ""
        );
    }
}
