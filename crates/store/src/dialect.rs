//! The few places where the two databases differ, each as a small function with a business name.

use crate::db::Engine;

/// An instant as it is kept in a column: RFC 3339, UTC, milliseconds, fixed width, so that text order is time order.
pub fn instant(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Reads an instant back.
pub fn parse_instant(text: &str) -> Option<jiff::Timestamp> {
    text.parse().ok()
}

/// SQL that reads one text property out of a JSON text column. `key` must be an identifier of ours, never user text.
pub fn json_text(engine: Engine, column: &str, key: &str) -> String {
    debug_assert!(key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
    match engine {
        Engine::Sqlite => format!("coalesce(cast(json_extract({column}, '$.{key}') as text), '')"),
        Engine::Postgres => format!("coalesce(({column}::jsonb)->>'{key}', '')"),
    }
}

/// SQL type tokens of migration files: `{bytes}` and `{ledger}`, the standard columns of every ledger.
pub fn expand(engine: Engine, sql: &str) -> String {
    let bytes = match engine {
        Engine::Sqlite => "blob",
        Engine::Postgres => "bytea",
    };
    sql.replace("{ledger}", LEDGER_COLUMNS).replace("{bytes}", bytes)
}

/// What every row of every ledger carries (DESIGN, "The ledger engine").
const LEDGER_COLUMNS: &str = "id text primary key,
  company_id text not null references company(id),
  version bigint not null default 1,
  created_by text not null default '',
  created_at text not null,
  updated_by text not null default '',
  updated_at text not null,
  retired_at text not null default '',
  extra text not null default '{}'";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_keep_their_order_as_text() {
        let early: jiff::Timestamp = "2026-01-01T00:00:00Z".parse().expect("valid");
        let later: jiff::Timestamp = "2026-01-01T00:00:00.5Z".parse().expect("valid");
        assert!(instant(early) < instant(later));
        assert_eq!(instant(early), "2026-01-01T00:00:00.000Z");
        assert_eq!(parse_instant(&instant(later)), Some(later));
    }
}
