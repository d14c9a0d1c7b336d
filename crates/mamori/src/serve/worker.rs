//! The work beside the requests: due jobs, the jobs of every day, mails, and what has had its time.

use std::sync::Arc;
use std::time::Duration;

use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_ledger::web::App;
use mamori_schedule::{enqueue, run_one};
use mamori_store::{Actor, Origin, args};
use serde_json::json;
use tokio::sync::watch;

use super::mail::{self, MailServer};
use crate::compose;

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
            told("daily jobs", daily(&app, now).await);
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

/// Asks once a day (Japan) for each daily job of each company.
pub(super) async fn daily(app: &App, now: jiff::Timestamp) -> Result<()> {
    let day = time::today(now).to_string();
    let companies: Vec<String> = {
        let mut system = app.db.system_view().await?;
        let rows = system.rows("select id from company where archived_at = '' order by id", Vec::new()).await?;
        rows.iter().map(|row| row.get("id")).collect::<Result<_>>()?
    };
    let kinds: Vec<&str> = app.registry.jobs.iter().filter(|kind| kind.daily()).map(|kind| kind.name()).collect();
    if kinds.is_empty() {
        return Ok(());
    }
    for company in companies {
        let actor = Actor::program(&company, "mamori", Origin::Job("daily".to_owned()), Lang::Ja);
        let mut tx = app.db.tx(Arc::new(actor), now).await?;
        tx.technical();
        for kind in &kinds {
            let asked = tx
                .rows("select id from job where company_id = $1 and kind = $2 and dedupe = $3 limit 1", args![*kind, &day])
                .await?;
            if asked.is_empty() {
                enqueue(&mut tx, kind, &day, &json!({ "day": day }), now).await?;
            }
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn clean_up(app: &App, now: jiff::Timestamp) -> Result<()> {
    compose::clean_up(app, now).await?;
    let before = now.checked_sub(jiff::SignedDuration::from_hours(24 * KEEP_DAYS)).unwrap_or(now);
    let mut system = app.db.system().await?;
    system.exec("delete from job where state in ('done', 'failed') and finished_at < $1", args![before]).await?;
    system.exec("delete from mail where state in ('sent', 'failed', 'expired') and created_at < $1", args![before]).await?;
    mail::expire(&mut system, now).await
}
