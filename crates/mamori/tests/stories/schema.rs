//! The declarations against the database, and every SQL text of the program against both databases.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mamori_ledger::Kind;
use mamori_store::{Engine, args};

use crate::harness::{TestApp, on_both};

#[path = "../../../../xtask/src/scan.rs"]
#[allow(dead_code)]
mod scan;

/// Columns that every ledger has besides its fields.
const STANDARD: [&str; 9] =
    ["id", "company_id", "version", "created_by", "created_at", "updated_by", "updated_at", "retired_at", "extra"];

/// Column name → (type, may be null).
async fn columns(app: &TestApp, table: &str) -> BTreeMap<String, (String, bool)> {
    let mut system = app.app.db.system().await.unwrap();
    let sql = match app.engine() {
        Engine::Sqlite => "select name, lower(type) as kind, 1 - \"notnull\" as nullable from pragma_table_info($1)",
        Engine::Postgres => {
            "select column_name::text as name, data_type::text as kind, case when is_nullable = 'YES' then 1::bigint else 0::bigint end as nullable \
             from information_schema.columns where table_schema = current_schema() and table_name = $1"
        }
    };
    let rows = system.rows(sql, args![table]).await.unwrap();
    rows.iter()
        .map(|row| (row.get("name").unwrap(), (row.get("kind").unwrap(), row.get::<i64>("nullable").unwrap() == 1)))
        .collect()
}

/// Every SQL literal of the program outside of tests that needs no filling in.
fn statements() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
    let mut files = Vec::new();
    walk(&root, &mut files);
    let mut found = Vec::new();
    // A crate that the program does not have yet has no tables either.
    let program = std::fs::read_to_string(root.join("mamori/Cargo.toml")).unwrap();
    for file in files {
        let path = file.strip_prefix(&root).unwrap().display().to_string();
        let folder = path.split("/src/").next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        if folder != "mamori" && !program.contains(&format!("mamori-{folder}.workspace")) {
            continue;
        }
        if path.contains("/tests/") || path.ends_with("tests.rs") || path.ends_with("migrate.rs") || path.contains("/backup/") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        for literal in scan::scan(scan::production(&text)).literals {
            let sql = literal.text.replace("\\\n", " ").replace("\\\"", "\"").replace("\\'", "'").replace("\\\\", "\\");
            let start = sql.trim_start();
            let is_sql = ["insert into ", "delete from "].iter().any(|verb| start.starts_with(verb))
                || (start.starts_with("select ") || start.starts_with("with ")) && start.contains(" from ")
                || start.starts_with("update ") && start.contains(" set ");
            let open = sql.contains('{')
                || sql.trim_end().ends_with(['=', '(', ','])
                || [" and", " or", " where", " in", " values"].iter().any(|end| sql.trim_end().ends_with(end))
                || literal.before.contains("push_str(");
            if is_sql && !open {
                found.push((format!("{path}:{}", literal.line), sql));
            }
        }
    }
    found
}

fn walk(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") && path.components().any(|part| part.as_os_str() == "src")
        {
            files.push(path);
        }
    }
}

on_both! {
    async fn declarations_and_columns_agree(app) {
        let mut wrong = Vec::new();
        for def in app.app.registry.ledgers() {
            let mut columns = columns(app, def.table).await;
            if columns.is_empty() {
                wrong.push(format!("{}: there is no table {}", def.code, def.table));
                continue;
            }
            for name in STANDARD {
                if columns.remove(name).is_none() {
                    wrong.push(format!("{}.{name}: the standard column is missing", def.table));
                }
            }
            for field in &def.fields {
                let Some((kind, nullable)) = columns.remove(field.code.as_ref()) else {
                    wrong.push(format!("{}.{}: no column", def.table, field.code));
                    continue;
                };
                if kind != field.kind.column_type() {
                    wrong.push(format!("{}.{}: {kind}, declared {}", def.table, field.code, field.kind.column_type()));
                }
                let empty_is_null = matches!(field.kind, Kind::Ref | Kind::Int | Kind::Yen | Kind::Decimal);
                if nullable != empty_is_null {
                    wrong.push(format!("{}.{}: {}", def.table, field.code, if nullable { "must be `not null default …`" } else { "must allow null" }));
                }
            }
            for name in columns.keys() {
                wrong.push(format!("{}.{name}: a column that no field declares", def.table));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn every_statement_prepares(app) {
        let statements = statements();
        assert!(statements.len() > 50, "only {} statements were found; does the reader still understand the sources?", statements.len());
        let mut wrong = Vec::new();
        for (place, sql) in statements {
            let mut system = app.app.db.system().await.unwrap();
            if let Err(error) = system.prepare(&sql).await {
                wrong.push(format!("{place}: {error}\n    {sql}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn every_company_table_has_its_wall(app) {
        // Row-level security is PostgreSQL's; on SQLite the handles alone bind the company.
        if app.engine() == Engine::Postgres {
            let open = app.number(
                "select count(*) as n from information_schema.columns c join pg_class k on k.relname = c.table_name \
                 join pg_namespace s on s.oid = k.relnamespace and s.nspname = c.table_schema \
                 where c.table_schema = current_schema() and c.column_name = 'company_id' and not (k.relrowsecurity and k.relforcerowsecurity) \
                 and c.table_name not in ('session', 'membership', 'api_token')",
            ).await;
            assert_eq!(open, 0, "tables without row-level security");
            // A statement that forgets the company finds nothing of another one.
            let mut view = app.app.db.view(app.actor("wakaba")).await.unwrap();
            let rows = mamori_store::Reader::rows(&mut view, "select id from department where $1 = $1", args![]).await.unwrap();
            assert!(rows.is_empty(), "the wall of PostgreSQL has a hole");
        }
    }
}
