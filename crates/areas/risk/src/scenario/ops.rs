//! Use cases: enter a risk that another page found; decide on its state.

use mamori_kernel::error::{Error, Result};
use mamori_ledger::area::Registry;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::record::{Record, Value, Values};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _};
use mamori_store::{Change, Tx};
use serde_json::json;

use super::{Scenario, Source, State, queries};
use crate::matrix::rules::{Frequency, Impact};

/// Names the row whose acceptance was decided in this transaction.
pub(super) const DECIDED: &str = "risk.scenario.decided";

/// A risk as a suggestion, a worksheet or a check proposes it.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// In one line.
    pub title: String,
    /// How it would happen.
    pub story: String,
    /// Row ids of assets.
    pub assets: Vec<String>,
    /// Row id; taken from the first asset when not given.
    pub department: Option<String>,
    /// Row id of the person who answers for it.
    pub owner: Option<String>,
    /// Row id of the threat, see [`crate::threat::queries::by_code`].
    pub threat: Option<String>,
    /// Row id of the weakness, see [`crate::weakness::queries::by_code`].
    pub weakness: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// Names the very thing it came from, such as the path of its page; the same key never makes a second row. Empty for none.
    pub source_key: String,
    /// 資産価値.
    pub asset_value: Option<i64>,
    /// 脅威.
    pub threat_level: Option<i64>,
    /// 脆弱性.
    pub weakness_level: Option<i64>,
    /// 発生可能性.
    pub likelihood: Option<i64>,
    /// 影響 of the matrix.
    pub impact: Option<Impact>,
    /// 発生確率 of the matrix.
    pub frequency: Option<Frequency>,
}

/// Enters a risk and returns its row id; a draft with the key of a row that exists (in use or not) returns that row's id. The caller has
/// judged permission.
///
/// # Errors
/// [`Error::Invalid`] for levels that are not on the company's scale or rows that do not exist; database faults.
pub async fn add(tx: &mut Tx, registry: &Registry, draft: Draft) -> Result<String> {
    if let Some(known) = queries::by_key(tx, &draft.source_key).await? {
        return Ok(known);
    }
    let shape = shape(tx, registry).await?;
    let text = |value: Option<String>| value.map_or(Value::Null, Value::from);
    let int = |value: Option<i64>| value.map_or(Value::Null, Value::Int);
    let values = Values::default()
        .with("title", one_line(&draft.title))
        .with("story", draft.story)
        .with("assets", Value::List(draft.assets))
        .with("department", text(draft.department))
        .with("owner", text(draft.owner))
        .with("threat", text(draft.threat))
        .with("weakness", text(draft.weakness))
        .with("source", draft.source.code())
        .with("source_key", draft.source_key)
        .with("asset_value", int(draft.asset_value))
        .with("threat_level", int(draft.threat_level))
        .with("weakness_level", int(draft.weakness_level))
        .with("likelihood", int(draft.likelihood))
        .with("impact", text(draft.impact.map(|impact| impact.code().to_owned())))
        .with("frequency", text(draft.frequency.map(|frequency| frequency.code().to_owned())));
    let record = ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
    Ok(record.meta.id)
}

/// A title is one line of at most 500 characters, whatever it was made of.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(500).collect()
}

/// Sets the state of a risk for a decision or a rule: the only way to 受容中. The caller has judged permission.
///
/// # Errors
/// [`Error::NotFound`] for a row that the actor does not see; database faults.
pub async fn set_state(tx: &mut Tx, registry: &Registry, id: &str, state: State) -> Result<Record> {
    change(tx, registry, id, Values::default().with("state", state.code())).await
}

/// Changes fields of a risk for a decision or a rule, 受容中 among them. The caller has judged permission.
///
/// # Errors
/// As [`set_state`]; [`Error::Invalid`] for values that do not fit.
pub async fn change(tx: &mut Tx, registry: &Registry, id: &str, values: Values) -> Result<Record> {
    let shape = shape(tx, registry).await?;
    tx.set_memo(DECIDED, id);
    let record = ops::consequence(registry, tx, &shape, id, values).await;
    tx.set_memo(DECIDED, "");
    record
}

/// Assets got other risk values: the risks that name them follow. One log entry says how many.
///
/// # Errors
/// Database faults.
pub(crate) async fn follow_assets(tx: &mut Tx, assets: &[String]) -> Result<u64> {
    let mut changed = 0;
    for some in assets.chunks(500) {
        changed += queries::follow_assets(tx, some).await?;
    }
    if changed > 0 {
        let cause = tx.actor().lang.pick("情報資産のリスク値の変化", "Other risk values of assets");
        tx.log(Change::new("recalculate", Scenario::CODE, "", cause, json!({ "assets": assets.len(), "changed": changed })))
            .await?;
    }
    Ok(changed)
}

async fn shape(tx: &mut Tx, registry: &Registry) -> Result<Shape> {
    let def = registry.ledger(Scenario::CODE).ok_or(Error::NotFound)?;
    Shape::load(def, tx).await
}
