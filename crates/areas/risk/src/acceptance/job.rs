//! Every day: acceptances that no longer hold come back.

use mamori_kernel::error::{Error, Result};
use mamori_ledger::web::App;
use mamori_schedule::{JobKind, JobRun, Pending};

use super::ops;
use super::queries::Which;

/// The daily job.
pub struct ExpiryJob;

async fn work(run: &JobRun) -> Result<String> {
    let app = App::of(&run.services).ok_or_else(|| Error::Internal("a job without the program's state".to_owned()))?;
    let mut tx = run.db.tx(run.actor.clone(), run.now).await?;
    if ops::reconsider(&mut tx, &app.registry, Which::All, &app.base_url).await? == 0 {
        tx.rollback().await?;
        return Ok(String::new());
    }
    tx.commit().await?;
    Ok("/risk/acceptance?view=again".to_owned())
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
