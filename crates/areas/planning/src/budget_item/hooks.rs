//! The budget item's rules around saving, and what is known of its measure.

use mamori_kernel::access::Action;
use mamori_kernel::time;
use mamori_ledger::Choice as _;
use mamori_ledger::hooks::{Button, Hooked, Hooks, Saving};
use mamori_store::View;

use super::State;
use super::rules::{Facts, judge, state};
use crate::budget::queries;
use crate::neighbours::money::Payment;

pub(super) struct ItemHooks;

impl Hooks for ItemHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            let old = saving.old.and_then(|old| State::parse(old.get("state").as_str()));
            let facts = Facts {
                year: saving.new.get("fiscal_year").as_int(),
                payment: Payment::parse(saving.new.get("payment").as_str()),
                amount: saving.new.get("amount").as_int(),
                spent: saving.new.get("spent").as_int(),
                spent_on: saving.new.get("spent_on").as_date(),
                state: old,
                reworked: old.is_some() && ["amount", "fiscal_year", "class"].iter().any(|field| saving.changed(field)),
            };
            saving.errors.extend(judge(&facts, time::today(saving.tx.now())));
            let now = State::parse(saving.new.get("state").as_str()).unwrap_or(State::Planned);
            let next = state(now, facts.spent, saving.new.get("approved").as_int());
            saving.new.values.set("state", next.code());
            // An item of a measure belongs to the department and owner of the measure unless somebody said otherwise.
            let treatment = saving.new.get("treatment").as_str().to_owned();
            if saving.old.is_none()
                && !treatment.is_empty()
                && let Some((department, owner)) = queries::whose(saving.tx, &treatment).await?
            {
                for (field, id) in [("department", department), ("owner", owner)] {
                    if saving.new.get(field).is_empty() {
                        saving.new.values.set(field, id);
                    }
                }
            }
            Ok(())
        })
    }

    fn list_buttons(&self, view: &View) -> Vec<Button> {
        let actor = view.actor();
        if !actor.can("budget_item", Action::View) {
            return Vec::new();
        }
        vec![Button {
            label: mamori_kernel::i18n::t(actor.lang, "budget-open"),
            href: "/planning/budget".to_owned(),
            primary: false,
        }]
    }
}
