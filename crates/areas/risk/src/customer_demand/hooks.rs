//! The rules of 取引先からの要求 around saving.

use mamori_kernel::time;
use mamori_ledger::Choice as _;
use mamori_ledger::hooks::{Hooked, Hooks, Saving};

use super::State;
use super::rules::{Facts, judge};

/// The rules of 取引先からの要求.
pub(super) struct DemandHooks;

impl Hooks for DemandHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            let today = time::today(saving.tx.now());
            let state = State::parse(saving.new.get("state").as_str());
            if saving.old.is_none() && saving.new.get("received_on").is_empty() {
                saving.new.values.set("received_on", today);
            }
            if state.is_some_and(|state| !state.is_open()) && saving.new.get("closed_on").is_empty() {
                saving.new.values.set("closed_on", today);
            }
            let facts = Facts {
                state,
                received_on: saving.new.get("received_on").as_date(),
                due: saving.new.get("due").as_date(),
                closed_on: saving.new.get("closed_on").as_date(),
                answered: !saving.new.get("answer").as_str().trim().is_empty(),
                at_stake: saving.new.get("at_stake").as_int(),
            };
            saving.errors.extend(judge(&facts, today));
            Ok(())
        })
    }
}
