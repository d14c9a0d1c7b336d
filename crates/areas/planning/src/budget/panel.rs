//! Money on the pages of the risk area: the amounts and the return of a measure, and what the measures of a risk cost together.

use mamori_kernel::access::Action;
use mamori_kernel::i18n::{t, ta};
use mamori_kernel::yen::Yen;
use mamori_ledger::hooks::{Hooked, Panel, Panels};
use mamori_ledger::{Choice as _, Record, Registry};
use mamori_store::View;
use mamori_ui::components::{Align, Badge, Button, Column, DataTable, Row};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::queries;
use super::rules::Item;
use super::sheet::{class_word, return_of, year_word};
use crate::budget_item::State;

/// Budget and return on the page of a measure.
pub(crate) struct OnTreatment;

fn state(item: &Item, lang: mamori_kernel::lang::Lang) -> Html {
    let set = State::set();
    let tone = set.find(item.state.code()).map_or(Tone::Neutral, |choice| Tone::from_name(&choice.tone));
    Badge::new(set.label(item.state.code(), lang), tone).into()
}

impl Panels for OnTreatment {
    fn panels<'a>(&'a self, view: &'a mut View, _: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(async move {
            let actor = view.actor().clone();
            if !actor.can("budget_item", Action::View) {
                return Ok(Vec::new());
            }
            let lang = actor.lang;
            let id = &record.meta.id;
            let items = queries::of_treatment(view, id).await?;
            let measures = queries::measures_of(view, std::slice::from_ref(id)).await?;
            let mut parts = Vec::new();
            if let Some(measure) = measures.first().filter(|measure| measure.total() > Yen::ZERO) {
                let whole = ta(
                    lang,
                    "budget-panel-whole",
                    &[("years", measure.years.to_string().into()), ("cost", measure.total().format(lang).into())],
                );
                parts.push(el("p").text(whole).html());
                parts.push(return_of(lang, t(lang, "budget-return-unknown"), measure));
            }
            if items.is_empty() {
                parts.push(el("p").class("muted").text(t(lang, "budget-panel-none")).html());
            } else {
                let head = vec![
                    Column::new(t(lang, "budget-year")),
                    Column::new(t(lang, "budget-class")),
                    Column::new(t(lang, "budget-planned")).align(Align::End),
                    Column::new(t(lang, "budget-state")),
                ];
                let rows = items.iter().map(|item| {
                    let year = year_word(item.year, lang);
                    Row::new(&item.id, &year)
                        .href(format!("/planning/budget_item/{}", item.id))
                        .text(&year)
                        .text(class_word(item.class, lang))
                        .text(item.amount.format(lang))
                        .cell(state(item, lang))
                });
                parts.push(DataTable::new(lang, t(lang, "budget-panel"), head).rows(rows).compact().into());
            }
            if actor.can("budget_item", Action::Create) {
                let href = format!("/planning/budget_item/new?treatment={id}");
                parts.push(Button::link(t(lang, "budget-panel-add"), href).secondary().small().into());
            }
            Ok(vec![Panel { title: t(lang, "budget-panel"), body: el("div").class("stack").each(parts).html(), first: false }])
        })
    }
}

/// What the measures of a risk cost together, on the page of the risk.
pub(crate) struct OnScenario;

impl Panels for OnScenario {
    fn panels<'a>(&'a self, view: &'a mut View, _: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(async move {
            let actor = view.actor().clone();
            if !actor.can("budget_item", Action::View) {
                return Ok(Vec::new());
            }
            let lang = actor.lang;
            let measures = queries::measures_of_scenario(view, &record.meta.id).await?;
            let paid: Vec<_> = measures.iter().filter(|measure| measure.total() > Yen::ZERO).collect();
            if paid.is_empty() {
                return Ok(Vec::new());
            }
            let sum = Yen(paid.iter().fold(0, |sum: i64, measure| sum.saturating_add(measure.total().0)));
            let lead =
                ta(lang, "budget-panel-risk", &[("count", paid.len().to_string().into()), ("cost", sum.format(lang).into())]);
            let items = paid.iter().map(|measure| {
                el("li")
                    .add(el("a").attr("href", format!("/risk/treatment/{}", measure.id)).text(&measure.title))
                    .add(el("span").class("muted").text(format!(" {}", measure.total().format(lang))))
                    .add(return_of(lang, String::new(), measure))
            });
            let body = el("div").class("prose").add(el("p").text(lead)).add(el("ul").each(items));
            Ok(vec![Panel { title: t(lang, "budget-panel-risk-title"), body: body.html(), first: false }])
        })
    }
}
