//! The work beside the requests: due jobs, the jobs of every day, mails, and what has had its time.

use std::time::Duration;

use mamori_kernel::error::Result;
use mamori_ledger::web::App;
use mamori_schedule::{ask_daily, forget_finished, run_one};
use mamori_store::mail as queue;
use tokio::sync::watch;

use crate::compose;
use crate::mail::{MailServer, queue as mail};

/// Pause when nothing is due.
const PAUSE: Duration = Duration::from_secs(1);

/// Clean-up and the question whether a new day began.
const ROUND_SECONDS: i64 = 300;

/// Finished jobs and sent mails are kept for so many days.
const KEEP_DAYS: i64 = 60;

/// Works until told to stop; a fault is logged and does not end it.
pub(super) async fn run(app: App, server: Option<MailServer>, mut stopped: watch::Receiver<bool>) {
    let services = app.services();
    let mut next_round = jiff::Timestamp::MIN;
    while !*stopped.borrow() {
        let now = app.clock.now();
        if now >= next_round {
            next_round = now.checked_add(jiff::SignedDuration::from_secs(ROUND_SECONDS)).unwrap_or(now);
            told("daily jobs", ask_daily(&app.db, &app.registry.jobs, now).await);
            told("clean-up", clean_up(&app, now).await);
        }
        let ran = told("jobs", run_one(&app.db, &services, &app.registry.jobs, now).await).unwrap_or(false);
        let sent = told("mails", mail::send_one(&app, server.as_ref(), now).await).unwrap_or(false);
        if !ran && !sent {
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                _ = stopped.changed() => {}
            }
        }
    }
}

fn told<T>(what: &str, outcome: Result<T>) -> Option<T> {
    outcome.inspect_err(|error| tracing::warn!(%error, what, "work in the background failed")).ok()
}

async fn clean_up(app: &App, now: jiff::Timestamp) -> Result<()> {
    compose::clean_up(app, now).await?;
    let before = now.checked_sub(jiff::SignedDuration::from_hours(24 * KEEP_DAYS)).unwrap_or(now);
    forget_finished(&app.db, before).await?;
    queue::forget_settled(&app.db, before).await?;
    mail::expire(&app.db, now).await
}
