//! Recalculation: every asset after a change of a sheet or of the method.

use std::future::Future;

use mamori_kernel::error::Result;
use mamori_ledger::area::Registry;
use mamori_ledger::web::App;
use mamori_schedule::{JobKind, JobRun, Pending, enqueue};
use mamori_store::{Change, Event, Tx};
use serde_json::{Map, json};

use super::model::{Model, RowValues};
use super::queries;
use crate::acceptance::queries::Which;
use crate::method::queries::keep_setting;

/// Up to so many assets are recalculated in the transaction that caused it; more become a job with progress.
const AT_ONCE: i64 = 500;

/// Names the state of the two sheets and the method, so that a cached [`Model`] knows when it is stale.
pub(crate) const STAMP: &str = "risk.stamp";

tokio::task_local! {
    /// Set while a use case changes many rows of a sheet: it recalculates once, at its end.
    static HOLDING: ();
}

/// What came of a change of the sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recalculated {
    /// Done; so many assets changed their values.
    Now(usize),
    /// A job does it; its id.
    Job(String),
}

/// Runs `work` without recalculating after every single row of a sheet. The caller calls [`refresh`] afterwards.
pub(crate) async fn holding<T>(work: impl Future<Output = T>) -> T {
    HOLDING.scope((), work).await
}

/// What the hooks of the sheets call after a row that counts has changed.
pub(crate) async fn sheet_changed(tx: &mut Tx, registry: &Registry) -> Result<()> {
    if HOLDING.try_with(|()| ()).is_ok() {
        return Ok(());
    }
    refresh(tx, registry).await.map(|_| ())
}

/// Recalculates all assets: now when they are few, otherwise as a job.
///
/// # Errors
/// Database faults.
pub(crate) async fn refresh(tx: &mut Tx, registry: &Registry) -> Result<Recalculated> {
    let stamp = mamori_kernel::id::new();
    keep_setting(tx, STAMP, &stamp).await?;
    tx.set_memo(STAMP, stamp);
    if queries::asset_count(tx).await? <= AT_ONCE {
        return recalculate(tx, registry, None).await.map(Recalculated::Now);
    }
    let now = tx.now();
    enqueue(tx, RecalculateJob::NAME, "all", &json!({}), now).await.map(Recalculated::Job)
}

/// Works out the values of all assets in use, or of those named, and writes what differs, each with its log entry and an event
/// `information_asset.risk`. Returns how many changed. Permission is the caller's business.
///
/// # Errors
/// Database faults.
pub async fn recalculate(tx: &mut Tx, registry: &Registry, asset_ids: Option<&[String]>) -> Result<usize> {
    let model = Model::load(tx).await?;
    let rows = queries::to_assess(tx, asset_ids).await?;
    let changed = write_changed(tx, &model, &rows).await?;
    // Whoever accepted a risk accepted that number, made with that method.
    crate::acceptance::ops::reconsider(tx, registry, asset_ids.map_or(Which::All, Which::Assets), "").await?;
    Ok(changed)
}

async fn write_changed(tx: &mut Tx, model: &Model, rows: &[queries::AssetRow]) -> Result<usize> {
    let mut changed = Vec::new();
    for row in rows {
        let inputs = model.inputs(&row.record);
        let values = RowValues::of(&inputs, &model.assess(&row.record));
        let (threat, weakness, likelihood, value, band) = &row.stored;
        let mut diff = Map::new();
        for (field, before, after) in [
            ("threat_level", threat, &values.threat),
            ("weakness_level", weakness, &values.weakness),
            ("likelihood", likelihood, &values.likelihood),
            ("risk_value", value, &values.value),
        ] {
            if before != after {
                diff.insert(field.to_owned(), json!([before, after]));
            }
        }
        if band != values.band {
            diff.insert("risk_band".to_owned(), json!([band, values.band]));
        }
        if diff.is_empty() {
            continue;
        }
        queries::write_values(tx, &row.id, &values).await?;
        tx.log(Change::new("recalculate", "information_asset", &row.id, &row.name, diff.into())).await?;
        tx.emit(Event { name: "information_asset.risk".to_owned(), payload: json!({ "id": row.id, "band": values.band }) })
            .await?;
        changed.push(row.id.clone());
    }
    crate::scenario::ops::follow_assets(tx, &changed).await?;
    Ok(changed.len())
}

/// The job behind a change that touches many assets.
pub struct RecalculateJob;

impl RecalculateJob {
    /// Its name in the queue.
    pub const NAME: &'static str = "risk.recalculate";

    async fn work(run: &JobRun) -> Result<String> {
        let ids: Vec<String> = {
            let mut tx = run.db.tx(run.actor.clone(), run.now).await?;
            let rows = queries::to_assess(&mut tx, None).await?;
            tx.rollback().await?;
            rows.into_iter().map(|row| row.id).collect()
        };
        let total = i64::try_from(ids.len()).unwrap_or(i64::MAX);
        let mut done = 0_i64;
        // In pieces, so that people can work meanwhile; run twice, the second time finds nothing to change.
        for chunk in ids.chunks(500) {
            let mut tx = run.db.tx(run.actor.clone(), run.now).await?;
            let model = Model::load(&mut tx).await?;
            let rows = queries::to_assess(&mut tx, Some(chunk)).await?;
            write_changed(&mut tx, &model, &rows).await?;
            tx.commit().await?;
            done = done.saturating_add(i64::try_from(chunk.len()).unwrap_or(0));
            run.progress(done, total).await?;
        }
        if let Some(app) = App::of(&run.services) {
            let mut tx = run.db.tx(run.actor.clone(), run.now).await?;
            crate::acceptance::ops::reconsider(&mut tx, &app.registry, Which::All, &app.base_url).await?;
            tx.technical();
            tx.commit().await?;
        }
        Ok("/risk".to_owned())
    }
}

impl JobKind for RecalculateJob {
    fn name(&self) -> &'static str {
        RecalculateJob::NAME
    }

    fn run<'a>(&'a self, run: &'a mut JobRun) -> Pending<'a, String> {
        Box::pin(RecalculateJob::work(run))
    }
}
