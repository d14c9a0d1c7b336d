//! Every day: reminders, and the end of what nobody decided in time.

use mamori_kernel::error::{Error, Result};
use mamori_ledger::web::App;
use mamori_schedule::{JobKind, JobRun, Pending};

use super::ops;
use crate::contract::Desk;

/// The daily job.
pub struct Daily;

async fn work(run: &JobRun) -> Result<String> {
    let app = App::of(&run.services).ok_or_else(|| Error::Internal("a job without the program's state".to_owned()))?;
    let mut tx = run.db.tx(run.actor.clone(), run.now).await?;
    let moved = ops::daily(&Desk::of(app)?, &mut tx).await?;
    if moved == 0 {
        tx.rollback().await?;
        return Ok(String::new());
    }
    tx.commit().await?;
    Ok("/approval/approval".to_owned())
}

impl JobKind for Daily {
    fn name(&self) -> &'static str {
        "approval.daily"
    }

    fn run<'a>(&'a self, run: &'a mut JobRun) -> Pending<'a, String> {
        Box::pin(work(run))
    }

    fn daily(&self) -> bool {
        true
    }
}
