//! Use cases: work out what to suggest; accept; put aside; take back.

use std::collections::{BTreeMap, BTreeSet};

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_ledger::Ledger as _;
use mamori_ledger::area::Registry;
use mamori_ledger::ops::may;
use mamori_ledger::query;
use mamori_ledger::shape::Shape;
use mamori_store::{Change, Reader, Tx};
use serde_json::json;

use super::rules::{self, Inputs, Suggestion};
use super::{queries, words};
use crate::assessment::Model;
use crate::scale::queries as scale;
use crate::scenario::{Scenario, Source, ops as scenarios};
use crate::{threat, weakness};

/// What there is to decide on.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// Worth an afternoon and not handled, the best first.
    pub best: Vec<Suggestion>,
    /// The rest that is not handled.
    pub rest: Vec<Suggestion>,
    /// Already in the register.
    pub accepted: usize,
    /// Put aside.
    pub dismissed: Vec<queries::Dismissed>,
    /// Assets that were looked at.
    pub assets: usize,
}

/// Works out the suggestions for the reader.
///
/// # Errors
/// Database faults.
pub async fn offer(db: &mut impl Reader) -> Result<Offer> {
    let all = everything(db).await?;
    let worth = rules::worth(&all.suggestions);
    let accepted = queries::accepted(db).await?;
    let dismissed = queries::dismissed(db).await?;
    let handled: BTreeSet<&str> =
        accepted.iter().map(String::as_str).chain(dismissed.iter().map(|gone| gone.key.as_str())).collect();
    let open = all.suggestions.into_iter().filter(|suggestion| !handled.contains(suggestion.key.as_str()));
    let (best, rest) = open.partition(|suggestion| worth.contains(&suggestion.key));
    Ok(Offer { best, rest, accepted: accepted.len(), dismissed, assets: all.assets })
}

struct Everything {
    suggestions: Vec<Suggestion>,
    assets: usize,
}

async fn everything(db: &mut impl Reader) -> Result<Everything> {
    let assets = queries::assets(db).await?;
    let threats = threat::queries::all(db).await?;
    let weaknesses = weakness::queries::all(db).await?;
    let version = scale::current(db).await?;
    let model = Model::load(db).await?;
    let level = |(code, state): (&String, &crate::assessment::PlaceState)| {
        state.threat_level().map(|level| (code.clone(), i64::from(level.number())))
    };
    let places: BTreeMap<String, i64> = model.places.iter().filter_map(level).collect();
    let kinds =
        model.kinds.iter().filter_map(|(kind, result)| result.level.map(|level| (kind.clone(), i64::from(level.number()))));
    let kinds: BTreeMap<String, i64> = kinds.collect();
    let inputs = Inputs {
        assets: &assets,
        threats: &threats,
        weaknesses: &weaknesses,
        places: &places,
        kinds: &kinds,
        scale: &version.scale,
    };
    Ok(Everything { suggestions: rules::all(&inputs), assets: assets.len() })
}

/// Enters suggestions into the register; what is there already is left alone. Returns the ids of the new rows.
///
/// # Errors
/// [`Error::Forbidden`] when a row would lie outside the actor's department; database faults.
pub async fn accept(tx: &mut Tx, registry: &Registry, keys: &BTreeSet<String>) -> Result<Vec<String>> {
    let known = queries::accepted(tx).await?;
    let lang = tx.actor().lang;
    let chosen = everything(tx).await?.suggestions;
    let chosen = chosen.into_iter().filter(|suggestion| keys.contains(&suggestion.key) && !known.contains(&suggestion.key));
    let mut made = Vec::new();
    for suggestion in chosen {
        let [asset_value, threat_level, weakness_level, likelihood] = suggestion.levels.map(Some);
        let draft = scenarios::Draft {
            title: words::title(&suggestion, lang),
            story: words::story(&suggestion, lang),
            assets: suggestion.assets.iter().map(|(id, _)| id.clone()).collect(),
            threat: Some(suggestion.threat.id.clone()),
            weakness: suggestion.weakness.as_ref().map(|weakness| weakness.id.clone()),
            source: Source::Suggested,
            source_key: suggestion.key.clone(),
            asset_value,
            threat_level,
            weakness_level,
            likelihood,
            ..scenarios::Draft::default()
        };
        let id = scenarios::add(tx, registry, draft).await?;
        queries::take_back(tx, &suggestion.key).await?;
        made.push(id);
    }
    within_reach(tx, registry, &made).await?;
    Ok(made)
}

/// A head of department enters risks of his department only.
async fn within_reach(tx: &mut Tx, registry: &Registry, ids: &[String]) -> Result<()> {
    let def = registry.ledger(Scenario::CODE).ok_or(Error::NotFound)?;
    let actor = tx.actor().clone();
    if actor.reach(Scenario::CODE, Action::Create).is_everything() {
        return Ok(());
    }
    let shape = Shape::load(def, tx).await?;
    for id in ids {
        let allowed = match query::find(tx, &shape, id, Action::View).await {
            Ok(record) => may(&actor, def, &record, Action::Create),
            Err(Error::NotFound) => false,
            Err(other) => return Err(other),
        };
        if !allowed {
            return Err(Error::Forbidden(Words::new(
                "ほかの部署の情報資産についてのリスクは登録できません。セキュリティ担当に依頼してください。",
                "You cannot enter risks to another department's assets. Please ask the security officer.",
            )));
        }
    }
    Ok(())
}

/// Puts a suggestion aside.
///
/// # Errors
/// A field error on `reason` when there is none; [`Error::NotFound`] for a key that nothing suggests; database faults.
pub async fn dismiss(tx: &mut Tx, key: &str, reason: &str) -> Result<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        let words = Words::new("見送る理由を選んでください。", "Please choose why it is put aside.");
        return Err(Error::field("reason", words));
    }
    let lang = tx.actor().lang;
    let all = everything(tx).await?.suggestions;
    let suggestion = all.iter().find(|suggestion| suggestion.key == key).ok_or(Error::NotFound)?;
    let title = words::title(suggestion, lang);
    queries::dismiss(tx, key, &title, reason).await?;
    tx.log(Change::new("dismiss", Scenario::CODE, "", &title, json!({ "suggestion": key, "reason": reason }))).await
}

/// Takes a suggestion back that was put aside.
///
/// # Errors
/// [`Error::NotFound`] when it was not; database faults.
pub async fn take_back(tx: &mut Tx, key: &str) -> Result<()> {
    if !queries::take_back(tx, key).await? {
        return Err(Error::NotFound);
    }
    tx.log(Change::new("take-back", Scenario::CODE, "", key, json!({ "suggestion": key }))).await
}
