//! What follows from both signatures: asset, risks, treatments. One transaction with the last signature.

use mamori_approval::Decision;
use mamori_assets::information_asset::InformationAsset;
use mamori_kernel::error::{Error, Result};
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _, Record, Registry, Value, Values};
use mamori_risk::scenario::Source;
use mamori_risk::scenario::ops::add;
use mamori_store::Tx;
use std::collections::BTreeMap;

use super::approval::{Whole, set, whole};
use super::{State, Verdict};
use crate::condition::ReviewCondition;
use crate::finding::draft;
use crate::neighbours::Treatment;

/// Carries out an approved review. One that says "do not use it" only keeps its reason.
pub(super) async fn approve(tx: &mut Tx, registry: &Registry, id: &str, decision: &Decision) -> Result<()> {
    let whole = whole(tx, registry, id).await?;
    let verdict = Verdict::parse(whole.record.get("verdict").as_str());
    let decided = Values::default().with("decided_on", Value::Date(decision.on)).with("decided_by", decision.name.as_str());
    if verdict == Some(Verdict::GiveUp) {
        return set(tx, registry, id, decided.with("state", State::Refused.code())).await;
    }
    let asset = asset(tx, registry, &whole.record).await?;
    let risks = risks(tx, registry, &whole, &asset).await?;
    treatments(tx, registry, &whole, &asset, &risks).await?;
    set(tx, registry, id, decided.with("state", State::Approved.code()).with("asset", asset.as_str())).await
}

async fn create(tx: &mut Tx, registry: &Registry, ledger: &str, values: Values) -> Result<String> {
    let shape = Shape::load(registry.ledger(ledger).ok_or(Error::NotFound)?, tx).await?;
    Ok(ops::create(registry, tx, &shape, values, None, Gate::Program).await?.meta.id)
}

/// The row of the asset ledger; one that was entered before, when the review was opened a second time, is kept.
async fn asset(tx: &mut Tx, registry: &Registry, record: &Record) -> Result<String> {
    let known = record.get("asset").as_str();
    if !known.is_empty() {
        return Ok(known.to_owned());
    }
    let text = |field: &str| record.get(field).as_str().to_owned();
    let short: String = text("information").chars().take(900).collect();
    let values = Values::default()
        .with("name", text("title"))
        .with("note", short)
        .with("source", text("provider"))
        .with("storage", text("storage"))
        .with("department", text("department"))
        .with("owner", text("applicant"))
        .with("users", text("users"))
        .with("pi_personal", record.get("personal").is_yes());
    create(tx, registry, InformationAsset::CODE, values).await
}

/// A risk for everything that is not fully met; ids by item.
async fn risks(tx: &mut Tx, registry: &Registry, whole: &Whole, asset: &str) -> Result<BTreeMap<String, String>> {
    let lang = tx.actor().lang;
    let mut made = BTreeMap::new();
    for found in &whole.gaps {
        let mut found = found.clone();
        found.check_title = whole.record.get("title").as_str().to_owned();
        found.subjects.insert("asset".to_owned(), asset.to_owned());
        let id = add(tx, registry, draft(&found, Source::Review, lang)).await?;
        made.insert(found.item, id);
    }
    Ok(made)
}

/// A treatment for every condition that has none yet.
async fn treatments(
    tx: &mut Tx,
    registry: &Registry,
    whole: &Whole,
    asset: &str,
    risks: &BTreeMap<String, String>,
) -> Result<()> {
    let conditions = Shape::load(registry.ledger(ReviewCondition::CODE).ok_or(Error::NotFound)?, tx).await?;
    for condition in whole.conditions.iter().filter(|condition| condition.treatment.is_empty()) {
        let risks: Vec<String> = risks.get(&condition.item).cloned().into_iter().collect();
        let mut values = Values::default()
            .with("title", condition.title.as_str())
            .with("asset", asset)
            .with("policy", "reduce")
            .with("measure", condition.measure.as_str())
            .with("owner", condition.owner.as_str())
            .with("due", condition.due.map_or(Value::Null, Value::Date))
            .with("state", "planned");
        if !risks.is_empty() {
            values.set("risks", Value::List(risks));
        }
        let treatment = create(tx, registry, Treatment::CODE, values).await?;
        let done = Values::default().with("treatment", treatment);
        ops::consequence(registry, tx, &conditions, &condition.id, done).await?;
    }
    Ok(())
}
