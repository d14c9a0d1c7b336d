//! The SQL of the program's own pages: the change log, messages, and the search over all ledgers.

use jiff::Timestamp;
use mamori_kernel::access::{Action, CLASSIFICATION_MAX, Scope};
use mamori_kernel::error::Result;
use mamori_ledger::query::Sql;
use mamori_ledger::{LedgerDef, Registry};
use mamori_store::{Actor, Arg, Engine, LogEntry, Reader as _, Tx, View, args, search};

/// Which entries of the change log are asked for; empty fields ask for all.
#[derive(Default)]
pub(super) struct LogFilter {
    /// Entries older than this place in the chain.
    pub before: Option<i64>,
    /// Code of a ledger or other resource.
    pub ledger: String,
    /// Part of the name of who did it.
    pub who: String,
    /// Not before this instant.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
}

/// Entries of the company's change log, newest first.
///
/// # Errors
/// Database faults.
pub(super) async fn log(view: &mut View, filter: &LogFilter, limit: usize) -> Result<Vec<LogEntry>> {
    let mut sql = Sql::default();
    let mut all = String::new();
    if let Some(before) = filter.before {
        all.push_str(&format!(" and seq < {}", sql.bind(before)));
    }
    if !filter.ledger.is_empty() {
        all.push_str(&format!(" and ledger = {}", sql.bind(filter.ledger.as_str())));
    }
    if !filter.who.is_empty() {
        let pattern = format!("%{}%", filter.who.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        all.push_str(&format!(" and actor like {} escape '\\'", sql.bind(pattern)));
    }
    if let Some(from) = filter.from {
        all.push_str(&format!(" and at >= {}", sql.bind(from)));
    }
    if let Some(until) = filter.until {
        all.push_str(&format!(" and at < {}", sql.bind(until)));
    }
    let limit = sql.bind(limit);
    let text = format!("select * from change_log where company_id = $1{all} order by seq desc limit {limit}");
    view.rows(&text, sql.args).await?.iter().map(LogEntry::read).collect()
}

/// Whether the change log knows of such an action at all.
///
/// # Errors
/// Database faults.
pub(super) async fn was_logged(view: &mut View, ledger: &str, action: &str) -> Result<bool> {
    let sql = "select seq from change_log where company_id = $1 and ledger = $2 and action = $3 limit 1";
    Ok(view.first(sql, args![ledger, action]).await?.is_some())
}

/// A message of the program to one user.
pub(super) struct Notice {
    /// Row id.
    pub id: String,
    /// One line.
    pub title: String,
    /// The rest; may have several lines.
    pub body: String,
    /// A page of ours, or empty.
    pub link: String,
    /// Instant (RFC 3339 UTC).
    pub created_at: String,
}

/// The user's unread messages, newest first.
///
/// # Errors
/// Database faults.
pub(super) async fn unread_notices(view: &mut View, user_id: &str, limit: i64) -> Result<Vec<Notice>> {
    let sql = "select id, title, body, link, created_at from notice where company_id = $1 and user_id = $2 and read_at = '' \
               order by id desc limit $3";
    let rows = view.rows(sql, args![user_id, limit]).await?;
    rows.iter()
        .map(|row| {
            Ok(Notice {
                id: row.get("id")?,
                title: row.get("title")?,
                body: row.get("body")?,
                link: row.get("link")?,
                created_at: row.get("created_at")?,
            })
        })
        .collect()
}

/// Marks a message as read if it is the user's own.
///
/// # Errors
/// Database faults.
pub(super) async fn mark_notice_read(tx: &mut Tx, user_id: &str, notice_id: &str) -> Result<()> {
    let now = tx.now();
    tx.technical();
    tx.exec(
        "update notice set read_at = $4 where company_id = $1 and id = $2 and user_id = $3 and read_at = ''",
        args![notice_id, user_id, now],
    )
    .await?;
    Ok(())
}

/// A row that the search found.
pub(super) struct Found {
    /// Its ledger's code.
    pub ledger: String,
    /// Its id.
    pub row_id: String,
    /// Its name.
    pub title: String,
    /// A second line.
    pub subtitle: String,
}

/// Rows that hold the words, judged by the permission table inside the statement: a hidden row is not even counted.
///
/// # Errors
/// Database faults.
pub(super) async fn matching_rows(registry: &Registry, view: &mut View, words: &str, limit: usize) -> Result<Vec<Found>> {
    let Some((sql, arguments)) = statement(registry, &view.actor().clone(), view.engine(), words, limit) else {
        return Ok(Vec::new());
    };
    let rows = view.rows(&sql, arguments).await?;
    rows.iter()
        .map(|row| {
            Ok(Found {
                ledger: row.get("ledger")?,
                row_id: row.get("row_id")?,
                title: row.get("title")?,
                subtitle: row.get("subtitle")?,
            })
        })
        .collect()
}

fn statement(registry: &Registry, actor: &Actor, engine: Engine, words: &str, limit: usize) -> Option<(String, Vec<Arg>)> {
    let mut sql = Sql::default();
    let (matching, arg) = search::matching(engine, words, 2)?;
    sql.args.push(arg);
    let reachable: Vec<String> = registry.ledgers().filter_map(|def| reach(def, actor, &mut sql)).collect();
    if reachable.is_empty() {
        return None;
    }
    let limit = sql.bind(limit);
    let text = format!(
        "select d.ledger, d.row_id, d.title, d.subtitle from search_doc d where d.company_id = $1 and d.doc_no in ({matching}) and ({}) \
         order by d.ledger, d.title limit {limit}",
        reachable.join(" or ")
    );
    Some((text, sql.args))
}

/// The rows of one ledger that the actor may see, in the columns of the search index.
fn reach(def: &LedgerDef, actor: &Actor, sql: &mut Sql) -> Option<String> {
    let grants = actor.reach(def.code, Action::View).grants;
    let mut any = Vec::with_capacity(grants.len());
    for (scope, ceiling) in grants {
        let mut all = Vec::new();
        match scope {
            Scope::All => {}
            Scope::Department if def.department.is_empty() || actor.department_ids.is_empty() => continue,
            Scope::Department => all.push(format!("d.department_id in ({})", sql.bind_all(actor.department_ids.iter()))),
            Scope::Own => {
                let Some(person) = actor.person_id.as_deref().filter(|_| !def.owner.is_empty()) else { continue };
                all.push(format!("d.owner_id = {}", sql.bind(person)));
            }
        }
        if ceiling < CLASSIFICATION_MAX {
            all.push(format!("d.classification <= {}", sql.bind(ceiling)));
        }
        any.push(if all.is_empty() { "1 = 1".to_owned() } else { format!("({})", all.join(" and ")) });
    }
    if any.is_empty() {
        return None;
    }
    let code = sql.bind(def.code);
    Some(format!("(d.ledger = {code} and ({}))", any.join(" or ")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use mamori_kernel::access::{Policy, Role, allow_up_to};
    use mamori_kernel::lang::Lang;
    use mamori_store::Origin;
    use std::sync::Arc;

    fn manager(departments: &[&str]) -> Actor {
        let policy = Policy {
            rules: vec![
                mamori_kernel::access::allow(&[Role::Manager], "information_asset", &[Action::View], Scope::Department),
                allow_up_to(&[Role::Manager], "information_asset", &[Action::View], Scope::All, 1),
            ],
        };
        let program = Actor::program("c1", "x", Origin::Cli, Lang::Ja);
        Actor {
            roles: vec![Role::Manager],
            department_ids: departments.iter().map(|id| (*id).to_owned()).collect(),
            policy: Arc::new(policy),
            ..program
        }
    }

    #[test]
    fn other_departments_secrets_are_left_out_inside_the_statement() {
        let (registry, _, _) = crate::compose::registry().unwrap();
        let (sql, args) = statement(&registry, &manager(&["d1", "d2"]), Engine::Sqlite, "見積", 60).unwrap();
        assert!(sql.contains("d.classification <= $3) or (d.department_id in ($4, $5))"), "{sql}");
        assert_eq!(sql.matches("d.ledger =").count(), 1, "only what the table grants: {sql}");
        assert_eq!(args.len(), 6, "{sql}");
    }

    #[test]
    fn without_any_right_nothing_is_asked() {
        let (registry, _, _) = crate::compose::registry().unwrap();
        let nobody = Actor { roles: Vec::new(), ..manager(&[]) };
        assert!(statement(&registry, &nobody, Engine::Sqlite, "見積", 60).is_none());
        assert!(statement(&registry, &manager(&[]), Engine::Postgres, "   ", 60).is_none(), "no words");
    }
}
