//! Claiming and running jobs.

use std::sync::Arc;

use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_store::dialect::instant;
use mamori_store::{Actor, Db, Engine, Origin, args};

use crate::jobs::{JobKind, JobRun, Services};

/// After so many failures a job is given up.
const MAX_ATTEMPTS: i64 = 5;

/// A job whose worker vanished (the process was killed) is taken up again after this many minutes.
const STALE_MINUTES: i64 = 15;

struct Claimed {
    id: String,
    company_id: String,
    kind: String,
    payload: String,
    attempts: i64,
}

async fn claim(db: &Db, now: jiff::Timestamp) -> Result<Option<Claimed>> {
    let mut system = db.system().await?;
    let lock = match system.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => " for update skip locked",
    };
    let stale = now.checked_sub(jiff::SignedDuration::from_mins(STALE_MINUTES)).unwrap_or(now);
    let sql = format!(
        "update job set state = 'running', started_at = $1, attempts = attempts + 1 where id = \
         (select id from job where (state = 'waiting' and run_at <= $1) or (state = 'running' and started_at < $2) \
          order by run_at, id limit 1{lock}) returning id, company_id, kind, payload, attempts"
    );
    let row = system.first(&sql, args![instant(now), instant(stale)]).await?;
    row.map(|row| {
        Ok(Claimed {
            id: row.get("id")?,
            company_id: row.get("company_id")?,
            kind: row.get("kind")?,
            payload: row.get("payload")?,
            attempts: row.get("attempts")?,
        })
    })
    .transpose()
}

/// Claims and runs one due job; `false` when none is due. A failing job waits 1, 4, 9 … minutes and is tried again.
///
/// # Errors
/// Faults of the queue itself; a job's own failure is kept in its row.
pub async fn run_one(db: &Db, services: &Services, kinds: &[Arc<dyn JobKind>], now: jiff::Timestamp) -> Result<bool> {
    let Some(job) = claim(db, now).await? else {
        return Ok(false);
    };
    let outcome = match kinds.iter().find(|kind| kind.name() == job.kind) {
        None => Err(mamori_kernel::error::Error::Internal(format!("no job is called {}", job.kind))),
        Some(kind) => {
            let actor = Actor::program(&job.company_id, "mamori", Origin::Job(job.kind.clone()), Lang::Ja);
            let payload = serde_json::from_str(&job.payload).unwrap_or_default();
            let mut run =
                JobRun { db: db.clone(), services: services.clone(), actor: Arc::new(actor), id: job.id.clone(), payload, now };
            kind.run(&mut run).await
        }
    };
    let mut system = db.system().await?;
    match outcome {
        Ok(outcome) => {
            system
                .exec(
                    "update job set state = 'done', outcome = $2, error = '', finished_at = $3 where id = $1",
                    args![&job.id, outcome, instant(now)],
                )
                .await?;
        }
        Err(error) => {
            tracing::warn!(job = %job.kind, id = %job.id, attempt = job.attempts, %error, "job failed");
            let (state, pause) =
                if job.attempts >= MAX_ATTEMPTS { ("failed", 0) } else { ("waiting", job.attempts.saturating_mul(job.attempts)) };
            let again = now.checked_add(jiff::SignedDuration::from_mins(pause)).unwrap_or(now);
            system
                .exec(
                    "update job set state = $2, error = $3, run_at = $4, finished_at = $5 where id = $1",
                    args![&job.id, state, error.to_string(), instant(again), instant(now)],
                )
                .await?;
        }
    }
    Ok(true)
}

/// Runs due jobs until none is left; returns how many ran.
///
/// # Errors
/// As [`run_one`].
pub async fn run_due(db: &Db, services: &Services, kinds: &[Arc<dyn JobKind>], now: jiff::Timestamp) -> Result<usize> {
    let mut ran = 0;
    while run_one(db, services, kinds, now).await? {
        ran += 1;
    }
    Ok(ran)
}
