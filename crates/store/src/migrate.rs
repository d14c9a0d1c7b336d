//! Migrations: forward only, in order, each once; a changed or unknown step refuses the start with the reason.

use mamori_kernel::error::{Error, Result};
use sha2::{Digest, Sha256};

use crate::db::{Db, Engine};
use crate::dialect::{expand, instant};

/// One numbered step of one owner (the store or an area).
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// `store` or the area's code.
    pub owner: &'static str,
    /// From 1, without gaps, per owner.
    pub number: i64,
    /// What it does, for the log.
    pub name: &'static str,
    /// SQL with the tokens of [`crate::dialect::expand`].
    pub sql: &'static str,
}

/// The store's own steps.
pub fn own_steps() -> Vec<Step> {
    vec![Step { owner: "store", number: 1, name: "baseline", sql: include_str!("../migrations/0001_baseline.sql") }]
}

const STEP_TABLE: &str = "create table if not exists schema_step (
  owner text not null, number bigint not null, name text not null, sha256 text not null, applied_at text not null,
  primary key (owner, number))";

const SEARCH_SQLITE: &str = "create virtual table if not exists search_fts using fts5(tokens, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');";
const SEARCH_PG: &str = "create table if not exists search_fts (rowid bigint primary key references search_doc(doc_no) on delete cascade, tokens tsvector not null);
create index if not exists search_fts_tokens on search_fts using gin (tokens);";

/// Row-level security says a second time, inside PostgreSQL, what the handles already enforce: only rows of the company at hand.
const RLS: &str = "do $body$
declare t record;
begin
  for t in select c.table_name from information_schema.columns c
           where c.table_schema = current_schema() and c.column_name = 'company_id'
             and c.table_name not in ('session', 'membership', 'api_token', 'schema_step')
             and not exists (select 1 from pg_policies p where p.schemaname = current_schema() and p.tablename = c.table_name)
  loop
    execute format('alter table %I enable row level security', t.table_name);
    execute format('alter table %I force row level security', t.table_name);
    execute format('create policy company_wall on %I using (company_id = current_setting(''mamori.company'', true) or current_setting(''mamori.company'', true) = ''*'')', t.table_name);
  end loop;
end $body$;";

fn digest(sql: &str) -> String {
    crate::files::hex(&Sha256::digest(sql.as_bytes()))
}

/// Brings the database to the state of this program; returns the steps that were new.
///
/// # Errors
/// [`Error::Internal`] when a step fails, when an applied step differs from the one in this program, or when the database holds
/// steps that this program does not know (an older program on a newer database).
pub async fn run(db: &Db, area_steps: &[Step], now: jiff::Timestamp) -> Result<Vec<Step>> {
    let mut steps = own_steps();
    steps.extend_from_slice(area_steps);
    run_exactly(db, &steps, now).await
}

/// As [`run`], with exactly these steps: a restore first rebuilds the schema that the backup was written with.
pub(crate) async fn run_exactly(db: &Db, steps: &[Step], now: jiff::Timestamp) -> Result<Vec<Step>> {
    let mut system = db.system().await?;
    let engine = system.engine();
    if engine == Engine::Postgres {
        // One process migrates at a time; the others wait here.
        system.rows("select pg_advisory_lock(7780)", vec![]).await?;
    }
    let outcome = run_locked(&mut system, steps, now).await;
    if engine == Engine::Postgres {
        system.rows("select pg_advisory_unlock(7780)", vec![]).await?;
    }
    outcome
}

async fn run_locked(system: &mut crate::System, steps: &[Step], now: jiff::Timestamp) -> Result<Vec<Step>> {
    let engine = system.engine();
    system.script(STEP_TABLE).await?;
    let applied = system.rows("select owner, number, sha256 from schema_step", vec![]).await?;
    let mut known = Vec::with_capacity(applied.len());
    for row in &applied {
        known.push((row.get::<String>("owner")?, row.get::<i64>("number")?, row.get::<String>("sha256")?));
    }
    for (owner, number, hash) in &known {
        match steps.iter().find(|step| step.owner == owner && step.number == *number) {
            None => {
                return Err(Error::Internal(format!(
                    "this database was written by a newer mamori (step {owner}/{number} is unknown here); start the newer program or restore a backup"
                )));
            }
            Some(step) if digest(step.sql) != *hash => {
                return Err(Error::Internal(format!("migration {owner}/{number} was changed after it was applied")));
            }
            Some(_) => {}
        }
    }
    let mut fresh = Vec::new();
    for step in steps {
        if known.iter().any(|(owner, number, _)| step.owner == owner && step.number == *number) {
            continue;
        }
        let body = format!("begin;\n{}\ncommit;", expand(engine, step.sql));
        if let Err(error) = system.script(&body).await {
            // The failed script leaves its transaction open on this connection.
            let _ = system.script("rollback").await;
            return Err(Error::Internal(format!("migration {}/{} {}: {error}", step.owner, step.number, step.name)));
        }
        system
            .exec(
                "insert into schema_step (owner, number, name, sha256, applied_at) values ($1, $2, $3, $4, $5)",
                crate::args![step.owner, step.number, step.name, digest(step.sql), instant(now)],
            )
            .await?;
        fresh.push(*step);
    }
    if !fresh.is_empty() {
        match engine {
            Engine::Sqlite => system.script(SEARCH_SQLITE).await?,
            Engine::Postgres => {
                system.script(SEARCH_PG).await?;
                system.script(RLS).await?;
            }
        }
    }
    Ok(fresh)
}
