//! Every day: acceptances past their review date stop being in force.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::time;
use mamori_ledger::Ledger as _;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::record::Values;
use mamori_ledger::shape::Shape;
use mamori_ledger::web::App;
use mamori_schedule::{JobKind, JobRun, Pending};

use super::{Acceptance, queries};

/// The daily job.
pub struct ExpiryJob;

async fn work(run: &JobRun) -> Result<String> {
    let app = App::of(&run.services).ok_or_else(|| Error::Internal("a job without the program's state".to_owned()))?;
    let def = app.registry.ledger(Acceptance::CODE).ok_or(Error::NotFound)?;
    let mut tx = run.db.tx(run.actor.clone(), run.now).await?;
    let ids = queries::run_out(&mut tx, time::today(run.now)).await?;
    if ids.is_empty() {
        tx.rollback().await?;
        return Ok(String::new());
    }
    let shape = Shape::load(def, &mut tx).await?;
    for id in &ids {
        ops::update(&app.registry, &mut tx, &shape, id, None, Values::default().with("state", "expired"), Gate::Program).await?;
    }
    tx.commit().await?;
    Ok("/risk/acceptance".to_owned())
}

impl JobKind for ExpiryJob {
    fn name(&self) -> &'static str {
        "risk.acceptance_expiry"
    }

    fn run<'a>(&'a self, run: &'a mut JobRun) -> Pending<'a, String> {
        Box::pin(work(run))
    }

    fn daily(&self) -> bool {
        true
    }
}
