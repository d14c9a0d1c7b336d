//! The acceptance ledger's rules around saving.

use mamori_kernel::error::Result;
use mamori_kernel::time;
use mamori_ledger::hooks::{Hooked, Hooks, Saving};
use mamori_ledger::record::Value;

use super::queries;
use super::rules::{Facts, judge, latest_review};

/// The rules of リスク受容.
pub(super) struct AcceptanceHooks;

async fn complete(saving: &mut Saving<'_>) -> Result<()> {
    let today = time::today(saving.tx.now());
    if saving.old.is_none() {
        let actor = saving.tx.actor().clone();
        saving.new.values.set("proposed_by", actor.name.as_str());
        saving.new.values.set("proposer", actor.person_id.clone().unwrap_or_default());
    }
    // An acceptance without a date of review would be forgotten (S2-D6-10): empty dates are filled in.
    if saving.new.get("accepted_on").is_empty() {
        saving.new.values.set("accepted_on", today);
    }
    if let (true, Some(day)) = (saving.new.get("review_on").is_empty(), saving.new.get("accepted_on").as_date()) {
        saving.new.values.set("review_on", latest_review(day));
    }
    let asset = saving.new.get("asset").as_str().to_owned();
    // A decision is about the value of its day: it is taken again only when asset or day of the decision change.
    if !asset.is_empty() && (saving.changed("asset") || saving.changed("accepted_on")) {
        let (name, department, value, band) = queries::asset_facts(saving.tx, &asset).await?.unwrap_or_default();
        let method = crate::method::queries::current(saving.tx).await?.number;
        saving.new.values.set("name", name);
        saving.new.values.set("department", department);
        saving.new.values.set("risk_value", value.map_or(Value::Null, Value::Int));
        saving.new.values.set("risk_band", band);
        saving.new.values.set("method", method);
    }
    let facts = Facts {
        proposer: saving.new.get("proposer").as_str().to_owned(),
        accepted_by: saving.new.get("accepted_by").as_str().to_owned(),
        accepted_on: saving.new.get("accepted_on").as_date(),
        review_on: saving.new.get("review_on").as_date(),
        has_value: asset.is_empty() || saving.new.get("risk_value").as_int().is_some(),
    };
    saving.errors.extend(judge(&facts, today));
    Ok(())
}

impl Hooks for AcceptanceHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(complete(saving))
    }
}
