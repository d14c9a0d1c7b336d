//! The register's rules around saving, and what its pages show besides the fields.

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_ledger::area::Registry;
use mamori_ledger::hooks::{Button, Hooked, Hooks, Panel, Saving};
use mamori_ledger::{Record, Value, Values};
use mamori_store::{Tx, View};
use mamori_ui::components::{self as mui, Alert};
use mamori_ui::html::Html;
use mamori_ui::tone::Tone;

use super::{judge, panel, queries, rules};
use crate::four_factor::rules::Factor;
use crate::scale::queries as scale;

/// The rules of リスク.
pub(super) struct ScenarioHooks;

/// Fields whose change is worth a line of history.
const TOLD: [&str; 13] = [
    "inherent_value",
    "current_value",
    "target_value",
    "residual_value",
    "standing",
    "asset_value",
    "threat_level",
    "weakness_level",
    "likelihood",
    "impact",
    "frequency",
    "state",
    "method",
];

/// Notes the values of a new row, and of an old one whose values changed.
async fn remember(tx: &mut Tx, old: Option<&Record>, new: &Record) -> Result<()> {
    let told = |old: &Record| TOLD.iter().any(|field| old.get(field) != new.get(field)) || old.is_retired() != new.is_retired();
    if old.is_none_or(told) { queries::remember(tx, old.is_some(), new).await } else { Ok(()) }
}

/// `?threat=ID&assets=ID`: the usual threat number, and the asset value from the importance.
async fn prefill(view: &mut View, values: &mut Values) -> Result<()> {
    let named = values.get("assets").clone();
    if let Value::Text(ids) = &named {
        values.set("assets", Value::List(ids.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect()));
    }
    let threat = values.get("threat").as_str().to_owned();
    let assets = values.get("assets").as_list().to_vec();
    if threat.is_empty() && assets.is_empty() {
        return Ok(());
    }
    let scale = scale::current(view).await?.scale;
    if let (Some(level), true) = (queries::usual_level(view, &threat).await?, values.get("threat_level").is_empty()) {
        let (low, high) = scale.bounds(Factor::Threat);
        values.set("threat_level", level.clamp(low, high));
    }
    if let (Some(importance), true) = (queries::importance(view, &assets).await?, values.get("asset_value").is_empty()) {
        values.set("asset_value", rules::onto(&scale, Factor::AssetValue, importance, 2));
    }
    Ok(())
}

impl Hooks for ScenarioHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(judge::complete(saving))
    }

    fn after_save<'a>(
        &'a self,
        tx: &'a mut Tx,
        registry: &'a Registry,
        old: Option<&'a Record>,
        new: &'a Record,
    ) -> Hooked<'a, ()> {
        Box::pin(async move {
            remember(tx, old, new).await?;
            // A new row has no acceptance yet.
            if old.is_some() { crate::acceptance::ops::scenario_changed(tx, registry, new).await } else { Ok(()) }
        })
    }

    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        Box::pin(prefill(view, values))
    }

    fn panels<'a>(&'a self, view: &'a mut View, registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(panel::of_scenario(view, registry, record))
    }

    fn list_head<'a>(&'a self, view: &'a mut View, _: &'a Registry) -> Hooked<'a, Option<Html>> {
        Box::pin(async move {
            let actor = view.actor().clone();
            if !actor.can("scenario", Action::Create) || queries::any(view).await? {
                return Ok(None);
            }
            let go = mui::Button::link(i18n::t(actor.lang, "scenario-empty-go"), "/risk/suggest").primary();
            let alert = Alert::new(Tone::Info, i18n::t(actor.lang, "scenario-empty"));
            Ok(Some(alert.text(i18n::t(actor.lang, "scenario-empty-why")).actions(go).into()))
        })
    }

    fn list_buttons(&self, view: &View) -> Vec<Button> {
        let lang = view.actor().lang;
        let link = |key: &str, href: &str| Button { label: i18n::t(lang, key), href: href.to_owned(), primary: false };
        let mut buttons = vec![link("scenario-to-map", "/risk/register/map")];
        if view.actor().can("scenario", Action::Create) {
            buttons.insert(0, link("scenario-to-suggestions", "/risk/suggest"));
        }
        buttons
    }
}
