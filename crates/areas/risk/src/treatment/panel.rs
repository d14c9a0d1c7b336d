//! The measures of a risk on its page – what to think of first, what is done, what is missing – and the other way round on a measure's.

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_ledger::Choice;
use mamori_ledger::area::Registry;
use mamori_ledger::hooks::{Hooked, Panel, Panels};
use mamori_ledger::record::Record;
use mamori_store::View;
use mamori_ui::components::{Alert, Badge, Button, Column, DataTable, Row};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::queries::{self, Listed};
use super::rules::{people_only, suggestion};
use super::{Factor, Family, Policy, State};
use crate::acceptance::panel as acceptances;
use crate::catalog::{self, Measure};
use crate::four_factor::rules::Inputs;
use crate::ipa::rules::{Suggestion, Treatment as Way};
use crate::matrix::rules::{Frequency, Impact};
use crate::{appetite, catalogs_risk, customer_demand, insurance, scale};

/// Technical alternatives offered.
const OFFERED: usize = 3;

/// What the decisions add to the page of a risk.
pub(crate) struct OnScenario;

impl Panels for OnScenario {
    fn panels<'a>(&'a self, view: &'a mut View, _: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(of_scenario(view, record))
    }
}

async fn of_scenario(view: &mut View, record: &Record) -> Result<Vec<Panel>> {
    let actor = view.actor().clone();
    let lang = actor.lang;
    let mut panels = Vec::new();
    if actor.can("treatment", Action::View) {
        let body = measures(view, record).await?;
        panels.push(Panel { title: i18n::t(lang, "treatment-panel"), body, first: false });
    }
    if let Some(body) = acceptances::of_scenario(view, record).await? {
        panels.push(Panel { title: i18n::t(lang, "acceptance-panel"), body, first: false });
    }
    let mut others: Vec<Html> = insurance::panel::of_scenario(view, record).await?.into_iter().collect();
    others.extend(customer_demand::panel::of_scenario(view, record).await?);
    if !others.is_empty() {
        let body = el("div").class("stack").each(others).html();
        panels.push(Panel { title: i18n::t(lang, "treatment-panel-others"), body, first: false });
    }
    Ok(panels)
}

/// Which policy to think of first for a risk.
pub(super) async fn advice(view: &mut View, record: &Record) -> Result<Option<Suggestion>> {
    let int = |field: &str| record.get(field).as_int();
    let inputs = match (int("asset_value"), int("threat_level"), int("weakness_level"), int("likelihood")) {
        (Some(asset_value), Some(threat), Some(weakness), Some(likelihood)) => {
            Some(Inputs { asset_value, threat, weakness, likelihood })
        }
        _ => None,
    };
    let cell = Impact::parse(record.get("impact").as_str()).zip(Frequency::parse(record.get("frequency").as_str()));
    let version = scale::queries::current(view).await?;
    let appetite = appetite::queries::current(view).await?;
    Ok(suggestion(&version.scale, appetite, inputs, cell))
}

async fn measures(view: &mut View, record: &Record) -> Result<Html> {
    let actor = view.actor().clone();
    let lang = actor.lang;
    let id = &record.meta.id;
    let rows = queries::of_scenario(view, id).await?;
    let advice = advice(view, record).await?;
    let mut parts: Vec<Html> = Vec::new();
    if let Some(advice) = &advice {
        parts.push(hint(lang, advice, record.get("policy").as_str()));
    }
    if !queries::to_reassess(view, None, Some(id)).await?.is_empty() {
        let again = Button::link(i18n::t(lang, "treatment-reassess"), format!("/risk/scenario/{id}/reassess")).small();
        parts.push(
            Alert::new(Tone::Info, i18n::t(lang, "treatment-all-done"))
                .text(i18n::t(lang, "treatment-all-done-do"))
                .actions(again)
                .into(),
        );
    }
    if rows.is_empty() {
        parts.push(el("p").class("muted").text(i18n::t(lang, "treatment-none")).html());
    } else {
        parts.push(table(lang, &rows));
    }
    let mut add = actor.can("treatment", Action::Create) && !record.is_retired();
    // Whoever may not change the risk itself adds no measure to it either.
    add &= record.get("state").as_str() != "closed";
    let policy = match advice.map(|advice| advice.treatment) {
        Some(way) if way != Way::Accept => way.code(),
        _ => "reduce",
    };
    let address = format!("/risk/treatment/new?risks={id}&policy={policy}");
    let kinds: Vec<_> = rows.iter().filter(|row| row.state != Some(State::Cancelled)).map(|row| row.kind).collect();
    if people_only(&kinds) {
        parts.push(alternatives(view, record, lang, add.then_some(address.as_str())).await?);
    }
    if add {
        parts.push(el("p").add(Button::link(i18n::t(lang, "treatment-add"), address).icon(Icon::Plus).small()).html());
    }
    Ok(el("div").class("stack").each(parts).html())
}

/// The policy to think of first, with its reason; and whether the chosen one differs.
fn hint(lang: Lang, advice: &Suggestion, chosen: &str) -> Html {
    let word = lang.pick(advice.treatment.label_ja(), advice.treatment.label_en());
    let assumed = if advice.assumed { i18n::t(lang, "assessment-assumed") } else { String::new() };
    let mut lines = vec![
        el("p").add(el("b").text(i18n::ta(lang, "treatment-hint", &[("policy", word.into())]))).html(),
        el("p").text(format!("{}{assumed}", lang.pick(advice.reason_ja, advice.reason_en))).html(),
    ];
    if let Some(text) = catalog::get().treatments.iter().find(|text| text.code == advice.treatment.code()) {
        lines.push(el("p").class("muted").text(text.ask_first.get(lang)).html());
    }
    if !chosen.is_empty() && chosen != advice.treatment.code() {
        let chosen = Policy::set().label(chosen, lang).to_owned();
        lines.push(el("p").class("muted").text(i18n::ta(lang, "treatment-hint-other", &[("policy", chosen.into())])).html());
    }
    el("div").each(lines).html()
}

fn table(lang: Lang, rows: &[Listed]) -> Html {
    let heads = ["treatment-col-title", "treatment-col-lowers", "treatment-col-owner", "treatment-col-state"];
    let columns = heads.iter().map(|key| Column::new(i18n::t(lang, key))).collect();
    let lines = rows.iter().map(|row| {
        let kind = row.kind.map(|kind| Family::set().label(kind.code(), lang).to_owned()).unwrap_or_default();
        let lowers = match (row.factor, row.lowers_to) {
            (Some(factor), Some(to)) => format!("{} → {to}", Factor::set().label(factor.code(), lang)),
            (Some(factor), None) => Factor::set().label(factor.code(), lang).to_owned(),
            _ => String::new(),
        };
        let state = row.state.map(|state| {
            let tone = State::set().find(state.code()).map_or(Tone::Neutral, |choice| Tone::from_name(&choice.tone));
            Html::from(Badge::new(State::set().label(state.code(), lang), tone))
        });
        let stands_in = i18n::ta(lang, "treatment-stands-in", &[("title", row.compensates.clone().into())]);
        let below = [kind, if row.compensates.is_empty() { String::new() } else { stands_in }];
        let below: Vec<String> = below.into_iter().filter(|part| !part.is_empty()).collect();
        let due = row.due.map(|day| time::short_date(lang, day)).unwrap_or_default();
        let two = |first: &str, second: String| el("div").text(first).add(el("div").class("muted").text(second)).html();
        Row::new(&row.id, &row.title)
            .href(format!("/risk/treatment/{}", row.id))
            .cell(two(&row.title, below.join(lang.pick("、", ", "))))
            .text(lowers)
            .cell(two(&row.owner, due))
            .cell(state.unwrap_or_default())
    });
    DataTable::new(lang, i18n::t(lang, "treatment-panel"), columns).rows(lines).compact().into()
}

/// The warning that everything rests on people, with technical measures that fit (S2-D6-15).
async fn alternatives(view: &mut View, record: &Record, lang: Lang, add: Option<&str>) -> Result<Html> {
    let asset = record.get("assets").as_list().first().cloned().unwrap_or_default();
    let (weakness, storage) = queries::hints(view, record.get("weakness").as_str(), &asset).await?;
    let items = technical(&weakness, &storage).into_iter().map(|measure| {
        let line = el("li").add(el("b").text(measure.title.get(lang))).add(el("p").text(measure.how.get(lang)));
        match add {
            Some(address) => {
                let use_it = Button::link(i18n::t(lang, "assessment-use"), format!("{address}&measure={}", measure.code));
                line.add(el("p").add(use_it.quiet().small()))
            }
            None => line,
        }
    });
    let items: Vec<_> = items.collect();
    let what =
        el("p").text(i18n::t(lang, if items.is_empty() { "treatment-people-only-ask" } else { "treatment-people-only-do" }));
    let body = el("div").class("prose").add(what).add(el("ul").each(items));
    Ok(Alert::new(Tone::Warning, i18n::t(lang, "treatment-people-only")).body(body).into())
}

/// Technical and physical measures that better a weakness of the catalogue, or that suit a storage place.
fn technical(weakness: &str, storage: &str) -> Vec<&'static Measure> {
    let kinds = catalogs_risk::get().weakness(weakness).map(|weakness| weakness.measure_kinds.clone()).unwrap_or_default();
    let fits = |measure: &&Measure| matches!(measure.family.as_str(), "technical" | "physical");
    let mut found: Vec<&Measure> =
        catalog::get().measures.iter().filter(fits).filter(|measure| kinds.contains(&measure.kind)).collect();
    if found.is_empty() {
        found = catalog::get().measures_for(storage, &kinds).into_iter().filter(fits).collect();
    }
    found.truncate(OFFERED);
    found
}

/// On a measure's page: the other measures of its risks, so that two people who treat one risk see each other.
pub(super) async fn of_treatment(view: &mut View, record: &Record) -> Result<Vec<Panel>> {
    let actor = view.actor().clone();
    let lang = actor.lang;
    let mut parts: Vec<Html> = Vec::new();
    for risk in record.get("risks").as_list().iter().take(10) {
        let Some((title, _)) = queries::scenario_facts(view, risk).await? else { continue };
        let rows: Vec<Listed> =
            queries::of_scenario(view, risk).await?.into_iter().filter(|row| row.id != record.meta.id).collect();
        let head = el("h3").add(el("a").attr("href", format!("/risk/scenario/{risk}")).text(title));
        let body = if rows.is_empty() {
            el("p").class("muted").text(i18n::t(lang, "treatment-only-one")).html()
        } else {
            table(lang, &rows)
        };
        parts.push(el("section").add(head).add(body).html());
    }
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let body = el("div").class("stack").each(parts).html();
    Ok(vec![Panel { title: i18n::t(lang, "treatment-same-risk"), body, first: false }])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::technical;

    #[test]
    fn a_technical_measure_is_found_for_every_weakness_or_place() {
        for weakness in &crate::catalogs_risk::get().weaknesses {
            for place in ["office_pc", "paper"] {
                let found = technical(&weakness.code, place);
                assert!(!found.is_empty() && found.len() <= super::OFFERED, "{} at {place}", weakness.code);
                assert!(found.iter().all(|measure| measure.family != "human" && measure.family != "organizational"));
            }
        }
    }
}
