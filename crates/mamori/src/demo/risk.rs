//! Threat levels, the measure check, treatments, acceptances.

use mamori_approval::Desk;
use mamori_approval::request::ops as requests;
use mamori_approval::request::rules::Verdict;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::time;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::{Value, Values};
use mamori_risk::acceptance::KIND;
use mamori_risk::weakness_check;
use mamori_store::Tx;

use super::chapter::{self, resolve};
use super::content::Treatment;
use super::stage::{Stage, shape};

/// A threat level is set.
pub(super) async fn threat(stage: &Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let Some(threat) = stage.content.risk.threats.get(at) else { return Ok(()) };
    let shape = shape(stage.registry(), tx, "threat_level").await?;
    let rows = query::all(stage.registry(), tx, &shape, &ListQuery::default(), Action::View).await?;
    let row = rows.iter().find(|row| row.get("storage").as_str() == threat.place);
    let row = row.ok_or_else(|| Error::Internal(format!("no threat level for “{}”", threat.place)))?;
    let values = Values::default()
        .with("level", threat.level.to_string())
        .with("reason", threat.reason.as_str())
        .with("reviewed_on", time::today(tx.now()));
    ops::update(stage.registry(), tx, &shape, &row.meta.id, None, values, Gate::Program).await?;
    Ok(())
}

/// The measure check is answered from top to bottom.
pub(super) async fn check(stage: &Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let Some(check) = stage.content.risk.check.get(at) else { return Ok(()) };
    let asked = weakness_check::queries::questions(tx).await?;
    let answers: Vec<(String, String)> =
        asked.into_iter().filter_map(|question| Some((question.id, check.answers.get(&question.code)?.clone()))).collect();
    if answers.len() != check.answers.len() {
        return Err(Error::Internal(format!("{} answers meet {} questions", check.answers.len(), answers.len())));
    }
    weakness_check::answer(tx, stage.registry(), &answers).await?;
    Ok(())
}

fn of<'a>(stage: &Stage<'a>, at: usize) -> Result<&'a Treatment> {
    stage.content.risk.treatment.get(at).ok_or(Error::NotFound)
}

/// A treatment is decided.
pub(super) async fn decide(stage: &mut Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let treatment = of(stage, at)?;
    let ids: Vec<String> = treatment.assets.iter().map(|code| stage.id(code).map(str::to_owned)).collect::<Result<_>>()?;
    let measure = stage.content.measures.get(&treatment.measure);
    let mut values = Values::default()
        .with("title", treatment.title.as_str())
        .with("asset", ids.first().cloned().unwrap_or_default())
        .with("policy", treatment.treatment.as_str())
        .with("measure", measure.map_or(treatment.title.as_str(), |measure| measure.how.ja.as_ref()))
        .with("kind", measure.map_or("organizational", |measure| measure.family.as_str()))
        .with("owner", stage.id(&treatment.owner)?)
        .with("starts", stage.calendar.working(treatment.decided))
        .with("due", stage.calendar.working(treatment.due))
        .with("cost", treatment.cost_yen)
        .with("state", "planned");
    if ids.len() > 1 {
        values.set("also", Value::List(ids.into_iter().skip(1).collect()));
    }
    let shape = shape(stage.registry(), tx, "treatment").await?;
    values.0.extend(resolve(stage, tx, &shape, &treatment.more).await?.0);
    stage.create(tx, "treatment", &treatment.code, values).await
}

/// Work begins.
pub(super) async fn begin(stage: &Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    stage.update(tx, &of(stage, at)?.code, Values::default().with("state", "doing")).await
}

/// Its owner says how it stands.
pub(super) async fn report(stage: &Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let treatment = of(stage, at)?;
    stage.comment(tx, &treatment.code, &treatment.note).await
}

/// It is done.
pub(super) async fn finish(stage: &Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let treatment = of(stage, at)?;
    let today = time::today(tx.now());
    let values = Values::default().with("state", "done").with("done_on", today).with("effect", treatment.note.as_str());
    stage.update(tx, &treatment.code, values).await
}

/// The officer drafts an acceptance and asks for approval.
pub(super) async fn propose(stage: &mut Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let Some(accepted) = stage.content.acceptances.get(at) else { return Ok(()) };
    let day = time::today(tx.now());
    // Moved to a working day, the review could fall a few days beyond the year that the rules allow.
    let review = stage.calendar.working(accepted.review).min(mamori_risk::acceptance::rules::latest_review(day));
    let mut values = Values::default()
        .with("class", accepted.class.as_str())
        .with("reason", accepted.reason.as_str())
        .with("conditions", accepted.conditions.as_str())
        .with("review_on", review);
    match accepted.assets.first() {
        Some(asset) => values.set("asset", stage.id(asset)?),
        None => values.set("scenario", stage.id(&accepted.scenario)?),
    }
    if let Some(count) = accepted.limit_count {
        values.set("limit_count", count);
    }
    let (code, reason) = (accepted.code.clone(), accepted.reason.clone());
    stage.create(tx, "acceptance", &code, values).await?;
    requests::propose(&Desk::of(stage.app)?, tx, KIND, stage.id(&code)?, &reason).await.map(|_| ())
}

/// Somebody else decides.
pub(super) async fn approve(stage: &Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let Some(accepted) = stage.content.acceptances.get(at) else { return Ok(()) };
    let row = stage.id(&accepted.code)?.to_owned();
    chapter::decide(stage, tx, KIND, &row, 1, Verdict::Approve, "条件を守ることを前提に承認します。").await
}
