//! Jobs as rows.

use std::any::Any;
use std::sync::Arc;

use mamori_kernel::error::{Error, Result};
use mamori_kernel::id;
use mamori_store::dialect::instant;
use mamori_store::{Actor, Db, Reader, Row, Tx, args};
use serde_json::Value as Json;

use crate::Pending;

/// What the composition of the program hands to jobs; the ledger engine knows what is inside (`App::of`).
#[derive(Clone)]
pub struct Services(pub Arc<dyn Any + Send + Sync>);

/// A kind of job.
pub trait JobKind: Send + Sync {
    /// Stable name, kept in the rows.
    fn name(&self) -> &'static str;
    /// Does the work; returns what to show when done (a link or a sentence). Must be safe to run twice.
    fn run<'a>(&'a self, run: &'a mut JobRun) -> Pending<'a, String>;
    /// Runs by itself every day for every company.
    fn daily(&self) -> bool {
        false
    }
}

/// A job at work.
pub struct JobRun {
    /// The database.
    pub db: Db,
    /// The rest of the program.
    pub services: Services,
    /// On whose behalf.
    pub actor: Arc<Actor>,
    /// Row id.
    pub id: String,
    /// What to do it with.
    pub payload: Json,
    /// The instant at which it began.
    pub now: jiff::Timestamp,
}

impl JobRun {
    /// Tells how far it is.
    ///
    /// # Errors
    /// Database faults.
    pub async fn progress(&self, done: i64, total: i64) -> Result<()> {
        let mut system = self.db.system().await?;
        system.exec("update job set progress = $2, total = $3 where id = $1", args![&self.id, done, total]).await?;
        Ok(())
    }
}

/// A job as a reader sees it.
#[derive(Clone, Debug)]
pub struct JobRow {
    /// Row id.
    pub id: String,
    /// Kind.
    pub kind: String,
    /// `waiting`, `running`, `done`, `failed`.
    pub state: String,
    /// Done so far.
    pub progress: i64,
    /// Of so many; 0 when unknown.
    pub total: i64,
    /// What came of it.
    pub outcome: String,
    /// Why it failed, for the log.
    pub error: String,
    /// When it was asked for.
    pub created_at: String,
    /// When it ended.
    pub finished_at: String,
}

fn read(row: &Row) -> Result<JobRow> {
    Ok(JobRow {
        id: row.get("id")?,
        kind: row.get("kind")?,
        state: row.get("state")?,
        progress: row.get("progress")?,
        total: row.get("total")?,
        outcome: row.get("outcome")?,
        error: row.get("error")?,
        created_at: row.get("created_at")?,
        finished_at: row.get("finished_at")?,
    })
}

/// Asks for a job within a transaction. With a `dedupe` key, a job that still waits under the same key is not asked for twice.
///
/// # Errors
/// Database faults.
pub async fn enqueue(tx: &mut Tx, kind: &str, dedupe: &str, payload: &Json, run_at: jiff::Timestamp) -> Result<String> {
    if !dedupe.is_empty() {
        let waiting = tx
            .first(
                "select id from job where company_id = $1 and kind = $2 and dedupe = $3 and state = 'waiting'",
                args![kind, dedupe],
            )
            .await?;
        if let Some(row) = waiting {
            return row.get("id");
        }
    }
    let job_id = id::new();
    let (user, now) = (tx.actor().user_id.clone(), tx.now());
    tx.exec(
        "insert into job (id, company_id, kind, dedupe, payload, state, created_by, created_at, run_at) \
         values ($2, $1, $3, $4, $5, 'waiting', $6, $7, $8)",
        args![&job_id, kind, dedupe, payload.to_string(), user, now, instant(run_at)],
    )
    .await?;
    Ok(job_id)
}

/// A job of the company.
///
/// # Errors
/// [`Error::NotFound`]; database faults.
pub async fn find(db: &mut impl Reader, job_id: &str) -> Result<JobRow> {
    let row = db.first("select * from job where company_id = $1 and id = $2", args![job_id]).await?;
    read(&row.ok_or(Error::NotFound)?)
}

/// The newest jobs of the company.
///
/// # Errors
/// Database faults.
pub async fn recent(db: &mut impl Reader, limit: i64) -> Result<Vec<JobRow>> {
    let rows = db.rows("select * from job where company_id = $1 order by id desc limit $2", args![limit]).await?;
    rows.iter().map(read).collect()
}
