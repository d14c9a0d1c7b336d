//! The treatment ledger's rules around saving and the prefilled form.

use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_ledger::Choice as _;
use mamori_ledger::hooks::{Hooked, Hooks, Saving};
use mamori_ledger::record::{Value, Values};
use mamori_store::View;

use super::rules::{Facts, judge};
use super::{Policy, State, queries};
use crate::catalog;

/// The rules of リスク対応.
pub(super) struct TreatmentHooks;

impl Hooks for TreatmentHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            let asset = saving.new.get("asset").as_str().to_owned();
            let department = if asset.is_empty() { String::new() } else { queries::department_of(saving.tx, &asset).await? };
            saving.new.values.set("department", department);
            let facts = Facts {
                policy: Policy::parse(saving.new.get("policy").as_str()),
                state: State::parse(saving.new.get("state").as_str()),
                starts: saving.new.get("starts").as_date(),
                due: saving.new.get("due").as_date(),
                done_on: saving.new.get("done_on").as_date(),
                cost: saving.new.get("cost").as_int(),
            };
            saving.errors.extend(judge(&facts, time::today(saving.tx.now())));
            Ok(())
        })
    }

    /// `?asset=ID&measure=CODE`: a ready measure fills in title, what to do and its kind; the asset's owner is offered as owner.
    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        Box::pin(async move {
            let lang = view.actor().lang;
            if let Some(measure) = catalog::get().measure(values.get("measure").as_str()) {
                values.set("title", measure.title.get(lang));
                values.set("measure", measure.how.get(lang));
                values.set("kind", measure.family.as_str());
            }
            let asset = values.get("asset").as_str().to_owned();
            if let Some((name, _, owner)) = queries::asset_facts(view, &asset).await? {
                if values.get("owner").is_empty() && !owner.is_empty() {
                    values.set("owner", Value::Text(owner));
                }
                if values.get("title").is_empty() {
                    values.set(
                        "title",
                        match lang {
                            Lang::Ja => format!("{name}のリスクへの対応"),
                            Lang::En => format!("Treatment of the risk to {name}"),
                        },
                    );
                }
            }
            Ok(())
        })
    }
}
