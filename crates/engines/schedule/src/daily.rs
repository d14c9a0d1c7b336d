//! What comes round by itself: the jobs of every day, and the end of old rows.

use std::sync::Arc;

use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_store::{Actor, Db, Origin, Reader as _, args};
use serde_json::json;

use crate::jobs::{JobKind, enqueue};

/// Asks once a day (Japan) for each daily job of each company that is not archived; returns how many were asked for just now.
/// Called again on the same day it does nothing, also when the job is done or has failed.
///
/// # Errors
/// Database faults; the companies before the fault have their jobs.
pub async fn ask_daily(db: &Db, kinds: &[Arc<dyn JobKind>], now: jiff::Timestamp) -> Result<usize> {
    let day = time::today(now).to_string();
    let names: Vec<&str> = kinds.iter().filter(|kind| kind.daily()).map(|kind| kind.name()).collect();
    if names.is_empty() {
        return Ok(0);
    }
    let mut asked = 0;
    for company in working_companies(db).await? {
        let actor = Actor::program(&company, "mamori", Origin::Job("daily".to_owned()), Lang::Ja);
        let mut tx = db.tx(Arc::new(actor), now).await?;
        tx.technical();
        for name in &names {
            let known = tx
                .first("select id from job where company_id = $1 and kind = $2 and dedupe = $3 limit 1", args![*name, &day])
                .await?;
            if known.is_none() {
                enqueue(&mut tx, name, &day, &json!({ "day": day }), now).await?;
                asked += 1;
            }
        }
        tx.commit().await?;
    }
    Ok(asked)
}

async fn working_companies(db: &Db) -> Result<Vec<String>> {
    let mut system = db.system_view().await?;
    let rows = system.rows("select id from company where archived_at = '' order by id", Vec::new()).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// Removes jobs that ended before an instant, done or failed; returns how many.
///
/// # Errors
/// Database faults.
pub async fn forget_finished(db: &Db, ended_before: jiff::Timestamp) -> Result<u64> {
    let mut system = db.system().await?;
    system.exec("delete from job where state in ('done', 'failed') and finished_at < $1", args![ended_before]).await
}
