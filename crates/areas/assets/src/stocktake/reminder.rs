//! The daily reminder of departments with open items.

use mamori_ledger::web::App;
use mamori_schedule::{JobKind, JobRun, Pending};

use super::{ops, queries};

/// Writes to the heads of departments that still owe answers: three days before the due date, the day after, then weekly.
pub struct Reminder;

impl JobKind for Reminder {
    fn name(&self) -> &'static str {
        "stocktake_reminder"
    }

    fn daily(&self) -> bool {
        true
    }

    fn run<'a>(&'a self, run: &'a mut JobRun) -> Pending<'a, String> {
        Box::pin(async move {
            let Some(app) = App::of(&run.services).cloned() else { return Ok(String::new()) };
            let open = {
                let mut view = run.db.view(run.actor.clone()).await?;
                queries::open(&mut view).await?
            };
            let mut sent = 0_usize;
            for (id, ..) in open {
                // One transaction a campaign: mails and the note that they were sent belong together.
                let mut tx = run.db.tx(run.actor.clone(), run.now).await?;
                let mails = ops::remind(&app.registry, &mut tx, &id, &app.base_url).await?;
                tx.commit().await?;
                sent = sent.saturating_add(mails);
            }
            Ok(if sent == 0 { String::new() } else { format!("{sent}") })
        })
    }
}
