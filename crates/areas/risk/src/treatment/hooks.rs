//! The treatment ledger's rules around saving and the prefilled form.

use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_ledger::Choice as _;
use mamori_ledger::area::Registry;
use mamori_ledger::hooks::{Hooked, Hooks, Panel, Saving};
use mamori_ledger::record::{Record, Value, Values};
use mamori_store::{Tx, View};

use super::rules::{Facts, judge};
use super::{Factor, Policy, State, ops, panel, queries};
use crate::catalog;
use crate::four_factor::rules::Factor as ScaleFactor;
use crate::scale::{off_scale, queries as scale};

/// The rules of リスク対応.
pub(super) struct TreatmentHooks;

async fn complete(saving: &mut Saving<'_>) -> Result<()> {
    let asset = saving.new.get("asset").as_str().to_owned();
    let mut department = if asset.is_empty() { String::new() } else { queries::department_of(saving.tx, &asset).await? };
    if let (true, Some(first)) = (department.is_empty(), saving.new.get("risks").as_list().first().cloned()) {
        department = queries::department_of_scenario(saving.tx, &first).await?;
    }
    saving.new.values.set("department", department);
    let int = |field: &str| saving.new.get(field).as_int();
    let facts = Facts {
        policy: Policy::parse(saving.new.get("policy").as_str()),
        state: State::parse(saving.new.get("state").as_str()),
        starts: saving.new.get("starts").as_date(),
        due: saving.new.get("due").as_date(),
        done_on: saving.new.get("done_on").as_date(),
        cost: int("cost"),
        yearly_cost: int("yearly_cost"),
        years: int("years"),
        ale: (int("ale_before"), int("ale_after")),
        factor: Factor::parse(saving.new.get("factor").as_str()),
        lowers_to: int("lowers_to"),
        compensates: !saving.new.get("compensates").is_empty(),
        says_why_not: !saving.new.get("why_not").as_str().trim().is_empty(),
    };
    saving.errors.extend(judge(&facts, time::today(saving.tx.now())));
    level_on_scale(saving, &facts).await
}

/// 下げた後の値 stands on the company's scale.
async fn level_on_scale(saving: &mut Saving<'_>, facts: &Facts) -> Result<()> {
    let factor = match facts.factor {
        Some(Factor::AssetValue) => ScaleFactor::AssetValue,
        Some(Factor::Threat) => ScaleFactor::Threat,
        Some(Factor::Weakness) => ScaleFactor::Weakness,
        Some(Factor::Likelihood) => ScaleFactor::Likelihood,
        Some(Factor::Impact) | None => return Ok(()),
    };
    if let Some(level) = facts.lowers_to
        && (saving.changed("lowers_to") || saving.changed("factor"))
    {
        let version = scale::current(saving.tx).await?;
        if let Some(message) = off_scale(&version.scale, factor, level) {
            saving.reject("lowers_to", message);
        }
    }
    Ok(())
}

/// Offers what the address, the ready measure, the risk and the asset already tell.
async fn prefill(view: &mut View, values: &mut Values) -> Result<()> {
    let lang = view.actor().lang;
    if let Some(measure) = catalog::get().measure(values.get("measure").as_str()) {
        values.set("title", measure.title.get(lang));
        values.set("measure", measure.how.get(lang));
        values.set("kind", measure.family.as_str());
    }
    let scenario = values.get("risks").as_list().first().cloned().unwrap_or_else(|| values.get("risks").as_str().to_owned());
    if !scenario.is_empty() {
        values.set("risks", Value::List(vec![scenario.clone()]));
    }
    let mut about = if scenario.is_empty() { None } else { queries::scenario_facts(view, &scenario).await? };
    let asset = values.get("asset").as_str().to_owned();
    if about.is_none() {
        about = queries::asset_facts(view, &asset).await?.map(|(name, _, owner)| (name, owner));
    }
    let Some((name, owner)) = about else { return Ok(()) };
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
    Ok(())
}

impl Hooks for TreatmentHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(complete(saving))
    }

    fn after_save<'a>(
        &'a self,
        tx: &'a mut Tx,
        registry: &'a Registry,
        old: Option<&'a Record>,
        new: &'a Record,
    ) -> Hooked<'a, ()> {
        Box::pin(ops::measure_changed(tx, registry, old, new))
    }

    /// `?risks=ID` or `?asset=ID`, `&measure=CODE`: a ready measure fills in title, what to do and its kind; the owner is offered as owner.
    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        Box::pin(prefill(view, values))
    }

    fn panels<'a>(&'a self, view: &'a mut View, _: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(panel::of_treatment(view, record))
    }
}
