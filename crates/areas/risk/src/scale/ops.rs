//! Use cases: begin with the textbook's scale; change it and judge all risks anew.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_ledger::Ledger as _;
use mamori_ledger::area::Registry;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::record::Values;
use mamori_ledger::shape::Shape;
use mamori_ledger::web::App;
use mamori_schedule::{JobKind, JobRun, Pending, enqueue};
use mamori_store::{Change, Tx};
use serde_json::{Value as Json, json};

use super::rules::{Proposal, Wanted, judge};
use super::{RiskScale, Version, queries};
use crate::acceptance::queries::Which;
use crate::appetite::queries as appetite;
use crate::assessment::Recalculated;
use crate::four_factor::rules::{Factor, Used};
use crate::scenario::queries::{self as scenarios, LAST_ID, Moves, Revaluation};

/// Up to so many risks are judged anew in the transaction that caused it; more become a job with progress.
const AT_ONCE: i64 = 500;
/// Risks of one piece of the job: other people's saves wait for a piece at most.
const PIECE: i64 = 10_000;

/// Writes version 1, the textbook's scale, where there is none; returns how many rows were written.
///
/// # Errors
/// Database faults.
pub(crate) async fn begin(tx: &mut Tx, registry: &Registry) -> Result<usize> {
    if queries::current(tx).await?.number > 0 {
        return Ok(0);
    }
    let reason = tx.actor().lang.pick("標準の尺度で開始", "Begun with the standard scale");
    write(tx, registry, &Version { number: 1, ..Version::default() }, reason).await?;
    Ok(1)
}

async fn write(tx: &mut Tx, registry: &Registry, version: &Version, reason: &str) -> Result<()> {
    let def = registry.ledger(RiskScale::CODE).ok_or(Error::NotFound)?;
    let shape = Shape::load(def, tx).await?;
    let json = |text: serde_json::Result<String>| text.map_err(|error| Error::Internal(error.to_string()));
    let values = Values::default()
        .with("name", format!("第{}版", version.number))
        .with("number", version.number)
        .with("levels", json(serde_json::to_string(&version.scale))?)
        .with("matrix", json(serde_json::to_string(&version.names))?)
        .with("from_date", time::today(tx.now()))
        .with("reason", reason);
    ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
    Ok(())
}

/// The levels that stored risks use.
///
/// # Errors
/// Database faults.
pub async fn used(tx: &mut impl mamori_store::Reader) -> Result<Vec<Used>> {
    let rows = scenarios::used_levels(tx).await?;
    let factor = |code: &str| Factor::ALL.into_iter().find(|factor| factor.code() == code);
    let used = |(code, value, count): (String, i64, i64)| {
        Some(Used { factor: factor(&code)?, value, count: u64::try_from(count).unwrap_or(0) })
    };
    Ok(rows.into_iter().filter_map(used).collect())
}

/// Puts a new version of the scale in force. Levels that got another number take their risks with them, and these risks are judged anew;
/// risks whose levels did not move keep the version they were judged with. The caller has judged permission.
///
/// # Errors
/// [`Error::Invalid`] for a scale that cannot work, [`Error::InUse`] when a level that risks use disappears, [`Error::Refused`] when
/// nothing changes; database faults.
pub async fn change_scale(tx: &mut Tx, registry: &Registry, proposal: &Proposal) -> Result<Recalculated> {
    let now = queries::current(tx).await?;
    let Wanted { scale, names, moves } = judge(&now, proposal, &used(tx).await?)?;
    if now.number > 0 && now.scale == scale && now.names == names {
        return Err(Error::refused(
            "今の尺度と同じ内容です。変更するところがあれば、直してから保存してください。",
            "This is the same as the present scale. Change something before saving.",
        ));
    }
    let renamed = now.names != names;
    let next = Version { number: now.number.saturating_add(1), scale, names };
    write(tx, registry, &next, proposal.reason.trim()).await?;
    if renamed {
        queries::name_choices(tx, &next.names).await?;
    }
    if moves == Moves::default() {
        return Ok(Recalculated::Now(0));
    }
    let count = scenarios::total(tx).await?;
    if count <= AT_ONCE {
        let changed = revalue(tx, &next, &moves, "", LAST_ID).await?;
        crate::acceptance::ops::reconsider(tx, registry, Which::All, "").await?;
        return Ok(Recalculated::Now(usize::try_from(changed).unwrap_or(usize::MAX)));
    }
    let at = tx.now();
    let payload = json!({ "number": next.number, "moves": pairs(&moves) });
    enqueue(tx, RescaleJob::NAME, "", &payload, at).await.map(Recalculated::Job)
}

fn pairs(moves: &Moves) -> Json {
    json!([moves.asset_value, moves.threat, moves.weakness, moves.likelihood])
}

fn unpair(json: &Json) -> Moves {
    let list = |at: usize| json.get(at).cloned().and_then(|list| serde_json::from_value(list).ok()).unwrap_or_default();
    Moves { asset_value: list(0), threat: list(1), weakness: list(2), likelihood: list(3) }
}

async fn revalue(tx: &mut Tx, version: &Version, moves: &Moves, from: &str, to: &str) -> Result<u64> {
    let appetite = appetite::current(tx).await?;
    let cause = match tx.actor().lang {
        Lang::Ja => format!("尺度の変更（第{}版）", version.number),
        Lang::En => format!("Change of the scale (version {})", version.number),
    };
    let work = Revaluation {
        moves: moves.clone(),
        method: Some(version.number),
        score: appetite.score,
        yen: appetite.yen,
        cause: cause.clone(),
    };
    let changed = scenarios::revalue(tx, &work, from, to).await?;
    if changed > 0 {
        let what = json!({ "scale": version.number, "moves": pairs(moves), "from": from, "to": to, "changed": changed });
        tx.log(Change::new("recalculate", "scenario", "", &cause, what)).await?;
    }
    Ok(changed)
}

/// The job behind a change of the scale that touches many risks.
pub struct RescaleJob;

impl RescaleJob {
    /// Its name in the queue.
    pub const NAME: &'static str = "risk.rescale";

    async fn work(run: &JobRun) -> Result<String> {
        let number = run.payload.get("number").and_then(Json::as_i64).unwrap_or_default();
        let moves = unpair(run.payload.get("moves").unwrap_or(&Json::Null));
        let (pieces, version) = {
            let mut view = run.db.view(run.actor.clone()).await?;
            (scenarios::pieces(&mut view, PIECE).await?, queries::version(&mut view, number).await?)
        };
        let total = pieces.iter().map(|(_, _, count)| count).sum();
        let mut done = 0_i64;
        for (first, last, count) in pieces {
            // A level moves once: what was moved is bound to the new version and left alone when the job runs again.
            let mut tx = run.db.tx(run.actor.clone(), run.now).await?;
            revalue(&mut tx, &version, &moves, &first, &last).await?;
            tx.technical();
            tx.commit().await?;
            done = done.saturating_add(count);
            run.progress(done, total).await?;
        }
        if let Some(app) = App::of(&run.services) {
            let mut tx = run.db.tx(run.actor.clone(), run.now).await?;
            crate::acceptance::ops::reconsider(&mut tx, &app.registry, Which::All, &app.base_url).await?;
            tx.technical();
            tx.commit().await?;
        }
        Ok("/risk/scenario".to_owned())
    }
}

impl JobKind for RescaleJob {
    fn name(&self) -> &'static str {
        RescaleJob::NAME
    }

    fn run<'a>(&'a self, run: &'a mut JobRun) -> Pending<'a, String> {
        Box::pin(RescaleJob::work(run))
    }
}
