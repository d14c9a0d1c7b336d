//! What a case adds to the engine's pages: the steps, and what comes out of it.

use mamori_kernel::access::Action;
use mamori_kernel::lang::Words;
use mamori_kernel::time;
use mamori_ledger::hooks::{Hooked, Hooks, Panel, Saving};
use mamori_ledger::ops::may;
use mamori_ledger::record::Values;
use mamori_ledger::{Ledger as _, Record, Registry};
use mamori_store::View;

use super::{CaseStudy, panel};
use crate::neighbours::{Scenario, Treatment};
use crate::parts::own_department;
use crate::queries::{scenario, treatments};

/// The case's parts.
pub(super) struct CaseHooks;

impl Hooks for CaseHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            let today = time::today(saving.tx.now());
            if saving.changed("happened_on") && saving.new.get("happened_on").as_date().is_some_and(|day| day > today) {
                saving.reject(
                    "happened_on",
                    Words::new(
                        "起きた日が今日より後になっています。起きた日か、報じられた日を入れてください。",
                        "The day lies in the future. Please enter the day on which it happened or was reported.",
                    ),
                );
            }
            Ok(())
        })
    }

    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        Box::pin(async move {
            own_department(view, CaseStudy::CODE, values);
            Ok(())
        })
    }

    fn panels<'a>(&'a self, view: &'a mut View, registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(async move {
            let case = CaseStudy::from_record(record);
            let risk = if case.scenario.is_empty() { None } else { scenario(view, &case.scenario.id).await? };
            let treatments = treatments(view, &case.treatments.ids).await?;
            let def = registry.ledger(CaseStudy::CODE);
            let actor = view.actor().clone();
            let edits = !record.is_retired() && def.is_some_and(|def| may(&actor, def, record, Action::Edit));
            let rights = panel::Rights {
                edits,
                registers: edits && actor.can(Scenario::CODE, Action::Create),
                treats: edits && actor.can(Treatment::CODE, Action::Create),
            };
            Ok(vec![panel::steps(actor.lang, &record.meta.id, &case, rights, &panel::Found { risk, treatments })])
        })
    }
}
