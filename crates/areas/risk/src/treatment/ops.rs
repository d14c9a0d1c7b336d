//! Use cases around measures: a risk's state follows its measures; re-assessment.

use std::collections::BTreeSet;

use mamori_kernel::error::Result;
use mamori_ledger::area::Registry;
use mamori_ledger::record::{Record, Values};
use mamori_ledger::{Choice as _, ops as ledger, shape::Shape};
use mamori_store::Tx;

use super::queries;
use crate::scenario::{self, State as ScenarioState};

/// What a saved measure means for its risks: 検討中 becomes 対応中 with the first open measure, and 対応中 becomes 検討中 with the last one
/// done or given up. 受容中 and 終了 are decisions and stay.
///
/// # Errors
/// Database faults.
pub(super) async fn measure_changed(tx: &mut Tx, registry: &Registry, old: Option<&Record>, new: &Record) -> Result<()> {
    let watched = ["risks", "state"];
    if old.is_some_and(|old| watched.iter().all(|field| old.get(field) == new.get(field)) && old.is_retired() == new.is_retired())
    {
        return Ok(());
    }
    let mut ids: BTreeSet<String> = new.get("risks").as_list().iter().cloned().collect();
    ids.extend(old.into_iter().flat_map(|old| old.get("risks").as_list().to_vec()));
    let ids: Vec<String> = ids.into_iter().collect();
    for (id, state, policy) in queries::scenario_states(tx, &ids).await? {
        let treated = queries::is_being_treated(tx, &id).await?;
        let next = match (ScenarioState::parse(&state), treated) {
            (Some(ScenarioState::Open), true) => ScenarioState::Treating,
            (Some(ScenarioState::Treating), false) => ScenarioState::Open,
            _ => continue,
        };
        let mut values = Values::default().with("state", next.code());
        if next == ScenarioState::Treating && policy.is_empty() {
            // Whoever began the first measure has chosen the policy with it.
            values.set("policy", new.get("policy").as_str());
        }
        let cause = tx.actor().lang.pick("対策の状態が変わった", "A measure moved on").to_owned();
        tx.set_memo(scenario::queries::CAUSE, cause);
        let moved = scenario::ops::change(tx, registry, &id, values).await;
        tx.set_memo(scenario::queries::CAUSE, "");
        moved?;
    }
    Ok(())
}

/// Writes the levels after measures that a person has judged (S2-D6-06). `version` is the one that he saw.
///
/// # Errors
/// [`mamori_kernel::error::Error::Conflict`] when somebody was faster; [`mamori_kernel::error::Error::Invalid`] for levels off the scale;
/// those of [`ledger::update`].
pub async fn reassess(tx: &mut Tx, registry: &Registry, shape: &Shape, id: &str, version: i64, values: Values) -> Result<Record> {
    let cause = tx.actor().lang.pick("対策後の再評価", "Re-assessed after measures").to_owned();
    tx.set_memo(scenario::queries::CAUSE, cause);
    let changed = ledger::update(registry, tx, shape, id, Some(version), values, ledger::Gate::Person).await;
    tx.set_memo(scenario::queries::CAUSE, "");
    changed
}
