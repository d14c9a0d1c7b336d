//! The metric's rules around saving, and its page: series, verdict, the next measurement.

use mamori_kernel::access::Action;
use mamori_kernel::i18n::t;
use mamori_kernel::lang::Words;
use mamori_ledger::hooks::{Button, Hooked, Hooks, Panel, Saving};
use mamori_ledger::record::Values;
use mamori_ledger::{Record, Registry, Value};
use mamori_store::View;

use super::{queries, show};
use crate::budget::queries::whose;

pub(super) struct MetricHooks;

impl Hooks for MetricHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            let treatment = saving.new.get("treatment").as_str().to_owned();
            let department = whose(saving.tx, &treatment).await?.map(|(department, _)| department).unwrap_or_default();
            saving.new.values.set("department", department);
            for field in ["target", "before_value"] {
                if let Value::Real(value) = saving.new.get(field)
                    && !(0.0..=1e12).contains(value)
                {
                    saving.reject(field, Words::new("0以上の数を入力してください。", "Enter a number of 0 or more."));
                }
            }
            Ok(())
        })
    }

    /// The measure's owner usually counts as well.
    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        Box::pin(async move {
            let treatment = values.get("treatment").as_str().to_owned();
            if values.get("owner").is_empty()
                && let Some((_, owner)) = whose(view, &treatment).await?
                && !owner.is_empty()
            {
                values.set("owner", owner);
            }
            Ok(())
        })
    }

    fn panels<'a>(&'a self, view: &'a mut View, _: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(async move {
            let lang = view.actor().lang;
            let Some(known) = queries::of_metric(view, &record.meta.id).await? else { return Ok(Vec::new()) };
            Ok(vec![Panel { title: t(lang, "metric-effect"), body: show::effect(lang, &known), first: true }])
        })
    }

    fn list_buttons(&self, view: &View) -> Vec<Button> {
        let actor = view.actor();
        if !actor.can("effect", Action::View) {
            return Vec::new();
        }
        vec![Button { label: t(actor.lang, "metric-overview"), href: "/planning/effect".to_owned(), primary: false }]
    }

    fn detail_buttons(&self, view: &View, record: &Record) -> Vec<Button> {
        let actor = view.actor();
        if !actor.can("measurement", Action::Create) || record.is_retired() {
            return Vec::new();
        }
        let href = format!("/planning/measurement/new?metric={}", record.meta.id);
        vec![Button { label: t(actor.lang, "metric-measure"), href, primary: true }]
    }
}
