//! The effect on the page of a measure: its metrics, and what could be counted.

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n::t;
use mamori_kernel::lang::Lang;
use mamori_ledger::hooks::{Hooked, Panel, Panels};
use mamori_ledger::web::Form;
use mamori_ledger::{Choice as _, Record, Registry};
use mamori_store::View;
use mamori_ui::components::Button;
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;

use super::rules::judge;
use super::{queries, show};
use crate::neighbours::effect::{SUGGESTED, SuggestedMetric};

/// Adds the effect to the page of a treatment.
pub(crate) struct OnTreatment;

impl Panels for OnTreatment {
    fn panels<'a>(&'a self, view: &'a mut View, _: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(of_treatment(view, record))
    }
}

async fn of_treatment(view: &mut View, record: &Record) -> Result<Vec<Panel>> {
    let actor = view.actor().clone();
    if !actor.can("metric", Action::View) {
        return Ok(Vec::new());
    }
    let lang = actor.lang;
    let known = queries::of_treatment(view, &record.meta.id).await?;
    let mut parts: Vec<Html> = Vec::new();
    if !known.is_empty() {
        let items = known.iter().map(|metric| {
            let verdict = judge(&metric.facts);
            el("li")
                .add(el("a").attr("href", format!("/planning/metric/{}", metric.id)).text(&metric.name))
                .text(" ")
                .add(show::badge(lang, &verdict))
                .add(el("div").class("muted").text(verdict.says.get(lang)))
        });
        parts.push(el("ul").class("links").each(items).html());
    }
    if actor.can("metric", Action::Create) && !record.is_retired() {
        if known.is_empty() {
            parts.push(el("p").text(t(lang, "metric-panel-none")).html());
        }
        let family = record.get("kind").as_str();
        let fitting = SUGGESTED.iter().filter(|metric| family.is_empty() || metric.family == family);
        let fresh = fitting.filter(|metric| !known.iter().any(|other| other.name == lang.pick(metric.ja, metric.en)));
        let buttons = fresh.map(|metric| {
            let label = lang.pick(metric.ja, metric.en);
            Html::from(Button::link(label, address(lang, &record.meta.id, metric)).secondary().small().icon(Icon::Plus))
        });
        let own = Form(vec![("treatment".to_owned(), record.meta.id.clone())]).encode();
        let other = Button::link(t(lang, "metric-panel-own"), format!("/planning/metric/new?{own}")).quiet().small();
        parts.push(el("div").class("cluster").each(buttons).add(other).html());
    }
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let body = el("div").class("stack").each(parts).html();
    Ok(vec![Panel { title: t(lang, "metric-panel"), body, first: false }])
}

/// The form of a new metric with everything that the suggestion knows.
fn address(lang: Lang, treatment: &str, metric: &SuggestedMetric) -> String {
    let pairs = [
        ("treatment", treatment),
        ("name", lang.pick(metric.ja, metric.en)),
        ("unit", lang.pick(metric.unit_ja, metric.unit_en)),
        ("direction", metric.direction.code()),
    ];
    let form = Form(pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
    format!("/planning/metric/new?{}", form.encode())
}
