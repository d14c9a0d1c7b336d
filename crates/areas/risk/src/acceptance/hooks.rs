//! The acceptance ledger's rules around saving, and what its pages show besides the fields.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::time;
use mamori_ledger::Choice as _;
use mamori_ledger::area::Registry;
use mamori_ledger::hooks::{Hooked, Hooks, Panel, Saving};
use mamori_ledger::record::{Record, Value, Values};
use mamori_store::{Tx, View};

use super::rules::{Facts, frozen, judge, latest_review};
use super::{State, ops, panel, queries};
use crate::appetite;

/// The rules of リスク受容.
pub(super) struct AcceptanceHooks;

/// What a person writes; frozen while it is before the deciders and once it is in force.
const CONTENT: [&str; 9] =
    ["scenario", "asset", "class", "reason", "conditions", "limit_count", "review_on", "earlier_by", "earlier_on"];

/// What only decisions and the program write: whatever a form, a file or the interface says is ignored.
const GUARDED: [&str; 7] = ["state", "accepted_by", "decided_by", "accepted_on", "above", "comeback", "comeback_on"];

async fn complete(saving: &mut Saving<'_>) -> Result<()> {
    let deciding = ops::deciding();
    let before = saving.old.map(|old| State::parse(old.get("state").as_str()).unwrap_or(State::Draft));
    if !deciding {
        guard(saving, before);
    }
    let state = State::parse(saving.new.get("state").as_str()).unwrap_or(State::Draft);
    // In force or over, a decision stays what it was: only then is nothing taken from the risk as it is today.
    let fresh = match state {
        State::Draft | State::Returned | State::Rejected | State::Waiting => true,
        State::Valid => before != Some(State::Valid),
        State::Reopened | State::Expired => !deciding && CONTENT.iter().any(|field| saving.changed(field)),
        State::Withdrawn => false,
    };
    if fresh { take(saving, state).await } else { Ok(()) }
}

/// Keeps states where they are, and content where it is frozen.
fn guard(saving: &mut Saving<'_>, before: Option<State>) {
    match (saving.old, before) {
        (Some(old), Some(state)) => {
            for field in GUARDED {
                saving.new.values.set(field, old.get(field).clone());
            }
            if let Some(why) = frozen(state) {
                let touched: Vec<&str> = CONTENT.into_iter().filter(|field| saving.changed(field)).collect();
                for field in touched {
                    saving.reject(field, why.clone());
                }
            }
        }
        _ => {
            for field in GUARDED {
                saving.new.values.set(field, Value::Null);
            }
            saving.new.values.set("above", Value::Bool(false));
            saving.new.values.set("state", State::Draft.code());
            let actor = saving.tx.actor().clone();
            saving.new.values.set("proposed_by", actor.name.as_str());
            saving.new.values.set("proposer", actor.person_id.clone().unwrap_or_default());
        }
    }
}

/// Takes the numbers from the risk as it is now, and judges the whole.
async fn take(saving: &mut Saving<'_>, state: State) -> Result<()> {
    let today = time::today(saving.tx.now());
    let from = saving.new.get("accepted_on").as_date().filter(|_| state == State::Valid).unwrap_or(today);
    // An acceptance without a date of review would be forgotten (S2-D6-10).
    if saving.new.get("review_on").is_empty() {
        saving.new.values.set("review_on", latest_review(from));
    }
    let (scenario, asset) = (saving.new.get("scenario").as_str().to_owned(), saving.new.get("asset").as_str().to_owned());
    let one = scenario.is_empty() != asset.is_empty();
    let taken =
        if one { queries::taken(saving.tx, &scenario, &asset).await?.unwrap_or_default() } else { queries::Taken::default() };
    if one {
        let appetite = appetite::queries::current(saving.tx).await?;
        let level = taken.level;
        let number = |value: Option<i64>| value.map_or(Value::Null, Value::Int);
        for (field, value) in [
            ("name", Value::from(taken.name.as_str())),
            ("department", Value::from(taken.department.as_str())),
            ("risk_value", number(level.risk_value)),
            ("residual_value", number(level.score)),
            ("ale", number(level.ale)),
            ("risk_band", Value::from(taken.band.as_str())),
            ("method", Value::Int(level.method)),
            ("appetite", Value::Int(appetite.number)),
            ("above", Value::Bool(level.is_above(appetite, taken.band == "high"))),
        ] {
            saving.new.values.set(field, value);
        }
    }
    let facts = Facts {
        scenario: !scenario.is_empty(),
        asset: !asset.is_empty(),
        from,
        review_on: saving.new.get("review_on").as_date(),
        has_value: taken.has_value(),
        limit_count: saving.new.get("limit_count").as_int(),
        earlier_on: saving.new.get("earlier_on").as_date(),
    };
    saving.errors.extend(judge(&facts));
    Ok(())
}

impl Hooks for AcceptanceHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(complete(saving))
    }

    fn before_retire<'a>(&'a self, _: &'a mut Tx, record: &'a Record) -> Hooked<'a, ()> {
        Box::pin(async move {
            match State::parse(record.get("state").as_str()) {
                Some(State::Waiting | State::Valid) => Err(Error::refused(
                    "承認待ちや有効な受容は、使用終了にできません。先に取り下げてください。",
                    "An acceptance that waits or is in force cannot be taken out of use. Please withdraw it first.",
                )),
                _ => Ok(()),
            }
        })
    }

    /// `?scenario=ID`: the class of the last acceptance, its reason and conditions are offered again.
    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        Box::pin(async move {
            let scenario = values.get("scenario").as_str().to_owned();
            if scenario.is_empty() {
                return Ok(());
            }
            if let Some(last) = queries::of_scenario(view, &scenario).await?.into_iter().next_back() {
                for (field, text) in [("class", last.class), ("reason", last.reason), ("conditions", last.conditions)] {
                    if values.get(field).is_empty() {
                        values.set(field, text);
                    }
                }
            }
            Ok(())
        })
    }

    fn panels<'a>(&'a self, view: &'a mut View, registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(panel::of_acceptance(view, registry, record))
    }
}
