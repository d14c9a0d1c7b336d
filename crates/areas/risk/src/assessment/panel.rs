//! One asset's risk: the values with their reckoning, what is suggested, what is done, what is accepted.

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_kernel::reckoning::Reckoning as Chain;
use mamori_kernel::time;
use mamori_ledger::area::Registry;
use mamori_ledger::hooks::Panel;
use mamori_ledger::{Choice, Record};
use mamori_store::View;
use mamori_ui::components::{Alert, Badge, Button, Column, DataTable, Definitions, Reckoning, Row};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::explain::reckoning;
use super::model::Model;
use crate::acceptance::queries as acceptances;
use crate::catalog;
use crate::ipa::rules::{Assessment, Band, Outcome, Treatment};
use crate::treatment::queries as treatments;
use crate::treatment::{Policy, State};

/// Measures offered for an asset.
const OFFERED: usize = 5;

/// The tone of a band.
pub(crate) fn band_tone(band: Band) -> Tone {
    match band {
        Band::Large => Tone::Danger,
        Band::Middle => Tone::Warning,
        Band::Small => Tone::Success,
    }
}

/// The word of a band.
pub(crate) fn band_word(band: Band, lang: Lang) -> &'static str {
    lang.pick(band.label_ja(), band.label_en())
}

/// The panel of the asset's detail page.
///
/// # Errors
/// Database faults.
pub(super) async fn of_asset(view: &mut View, registry: &Registry, record: &Record) -> Result<Panel> {
    let lang = view.actor().lang;
    let body = body(view, registry, record).await?;
    let open = Button::link(i18n::t(lang, "assessment-open"), format!("/risk/asset/{}", record.meta.id)).quiet().small();
    Ok(Panel { title: i18n::t(lang, "assessment-panel"), body: Html::join([body, el("p").add(open).html()]), first: false })
}

/// Everything about one asset's risk.
///
/// # Errors
/// Database faults.
pub(super) async fn body(view: &mut View, _registry: &Registry, record: &Record) -> Result<Html> {
    let lang = view.actor().lang;
    let model = Model::load(view).await?;
    let outcome = model.assess(record);
    let chain = reckoning(&model, record, &outcome);
    let mut parts = vec![match &outcome {
        Outcome::Complete(done) => values(lang, &model, done, &chain),
        Outcome::Incomplete { missing, .. } => {
            let names = missing.iter().map(|what| lang.pick(what.label_ja(), what.label_en()).to_owned());
            let alert = Alert::new(Tone::Info, i18n::t(lang, "assessment-missing")).points(names);
            let check = Button::link(i18n::t(lang, "assessment-to-check"), "/risk/check").secondary().small();
            Html::join([alert.actions(check).into(), reckoning_html(lang, &chain)])
        }
    }];
    let storage = record.get("storage").as_str();
    if let Some(threats) = catalog::get().place(storage) {
        let list = threats.threats.iter().map(|threat| el("li").text(lang.pick(&threat.ja, &threat.en)));
        parts.push(section(i18n::t(lang, "assessment-threats"), el("div").class("prose").add(el("ul").each(list))));
    }
    parts.push(treatment_part(view, &model, record, lang).await?);
    parts.push(acceptance_part(view, record, lang).await?);
    Ok(el("div").class("stack").each(parts).html())
}

fn section(title: String, body: impl Into<Html>) -> Html {
    el("section").add(el("h3").text(title)).add(body).html()
}

fn reckoning_html(lang: Lang, chain: &Chain) -> Html {
    if chain.steps.is_empty() { Html::empty() } else { Reckoning::new(lang, Html::empty(), chain).into() }
}

/// The five values; each opens to the steps that lead to it.
fn values(lang: Lang, model: &Model, done: &Assessment, chain: &Chain) -> Html {
    let until = |n: usize| Chain { steps: chain.steps.iter().take(n).cloned().collect() };
    let only = |n: usize| Chain { steps: chain.steps.get(n).cloned().into_iter().collect() };
    let likely = Chain { steps: chain.steps.iter().skip(1).take(3).cloned().collect() };
    let shown = |value: String, meaning: &str| Html::text(format!("{value}  {meaning}"));
    let points = model.method.bands.scale().points(done.importance).to_string();
    let badge = Badge::new(band_word(done.band, lang), band_tone(done.band));
    let risk = Html::join([el("b").class("num").text(done.value.number().to_string()).html(), Html::text(" "), badge.into()]);
    let suggestion = &done.suggestion;
    let assumed = if suggestion.assumed { i18n::t(lang, "assessment-assumed") } else { String::new() };
    let reason = format!("{}{assumed}", lang.pick(suggestion.reason_ja, suggestion.reason_en));
    let advice = Html::join([
        el("b").text(lang.pick(suggestion.treatment.label_ja(), suggestion.treatment.label_en())).html(),
        Html::text(format!("　{reason}")),
        el("p").class("muted").text(format!("{}{}", lang.pick("根拠: ", "Source: "), suggestion.source)).html(),
    ]);
    let value = |value: Html, steps: Chain| Html::from(Reckoning::new(lang, value, &steps));
    Definitions::new(lang)
        .html(i18n::t(lang, "assessment-value"), value(risk, until(6)))
        .html(
            i18n::t(lang, "assessment-importance"),
            value(shown(points, lang.pick(done.importance.label_ja(), done.importance.label_en())), only(0)),
        )
        .html(
            i18n::t(lang, "assessment-likelihood"),
            value(
                shown(done.likelihood.number().to_string(), lang.pick(done.likelihood.label_ja(), done.likelihood.label_en())),
                likely,
            ),
        )
        .html(
            i18n::t(lang, "assessment-threat"),
            value(shown(done.threat.number().to_string(), lang.pick(done.threat.label_ja(), done.threat.label_en())), only(1)),
        )
        .html(
            i18n::t(lang, "assessment-weakness"),
            value(
                shown(done.weakness.number().to_string(), lang.pick(done.weakness.label_ja(), done.weakness.label_en())),
                only(2),
            ),
        )
        .html(i18n::t(lang, "assessment-suggestion"), advice)
        .into()
}

async fn treatment_part(view: &mut View, model: &Model, record: &Record, lang: Lang) -> Result<Html> {
    let actor = view.actor().clone();
    if !actor.can("treatment", Action::View) {
        return Ok(Html::empty());
    }
    let id = &record.meta.id;
    let rows = treatments::of_asset(view, id).await?;
    let mut parts = Vec::new();
    if rows.is_empty() {
        parts.push(el("p").class("muted").text(i18n::t(lang, "assessment-no-treatment")).html());
    } else {
        parts.push(treatment_table(lang, &rows));
    }
    if actor.can("treatment", Action::Create) && !record.is_retired() {
        let suggested = match model.assess(record).complete().map(|done| done.suggestion.treatment) {
            Some(policy) if policy != Treatment::Accept => policy.code(),
            _ => "reduce",
        };
        let new =
            Button::link(i18n::t(lang, "assessment-new-treatment"), format!("/risk/treatment/new?asset={id}&policy={suggested}"))
                .icon(Icon::Plus);
        parts.push(el("p").add(new.small()).html());
        parts.push(offers(lang, model, record));
    }
    Ok(section(i18n::t(lang, "assessment-treatments"), Html::join(parts)))
}

/// Treatments as a table, used on the asset, the overview and the method's pages.
pub(super) fn treatment_table(lang: Lang, rows: &[treatments::Listed]) -> Html {
    let heads = [
        "assessment-col-treatment",
        "assessment-col-policy",
        "assessment-col-owner",
        "assessment-col-due",
        "assessment-col-state",
    ];
    let columns = heads.iter().map(|key| Column::new(i18n::t(lang, key))).collect();
    let lines = rows.iter().map(|row| {
        let state = row.state.map(|state| {
            let set = State::set();
            let tone = set.find(state.code()).map_or("", |choice| &choice.tone);
            Html::from(Badge::new(set.label(state.code(), lang), Tone::from_name(tone)))
        });
        Row::new(&row.id, &row.title)
            .href(format!("/risk/treatment/{}", row.id))
            .text(&row.title)
            .text(Policy::set().label(&row.policy, lang))
            .text(&row.owner)
            .text(row.due.map(|day| time::short_date(lang, day)).unwrap_or_default())
            .cell(state.unwrap_or_default())
    });
    DataTable::new(lang, i18n::t(lang, "assessment-treatments"), columns).rows(lines).compact().into()
}

/// Ready measures for the storage place, those first that better what is weakest.
fn offers(lang: Lang, model: &Model, record: &Record) -> Html {
    let storage = record.get("storage").as_str();
    let weak = model
        .place(storage)
        .and_then(|place| place.weakness.as_ref())
        .map(|weakness| weakness.decided_by.clone())
        .unwrap_or_default();
    let found = catalog::get().measures_for(storage, &weak);
    if found.is_empty() {
        return Html::empty();
    }
    let id = &record.meta.id;
    let items = found.into_iter().take(OFFERED).map(|measure| {
        let cost = i18n::t(
            lang,
            match measure.cost.as_str() {
                "free" => "assessment-cost-free",
                "low" => "assessment-cost-low",
                _ => "assessment-cost-mid",
            },
        );
        let hours = i18n::ta(lang, "assessment-hours", &[("hours", measure.hours.to_string().into())]);
        let add = Button::link(
            i18n::t(lang, "assessment-use"),
            format!("/risk/treatment/new?asset={id}&policy=reduce&measure={}", measure.code),
        );
        el("li")
            .add(el("b").text(measure.title.get(lang)))
            .add(el("p").text(measure.how.get(lang)))
            .add(el("p").class("muted").text(format!("{cost} / {hours} ")).add(add.quiet().small()))
    });
    el("details")
        .add(el("summary").text(i18n::t(lang, "assessment-offers")))
        .add(el("div").class("prose").add(el("ul").each(items)))
        .html()
}

async fn acceptance_part(view: &mut View, record: &Record, lang: Lang) -> Result<Html> {
    let actor = view.actor().clone();
    if !actor.can("acceptance", Action::View) {
        return Ok(Html::empty());
    }
    let id = &record.meta.id;
    let rows = acceptances::of_asset(view, id).await?;
    let new = (actor.can("acceptance", Action::Create) && !record.is_retired()).then(|| {
        let href = format!("/risk/acceptance/new?asset={id}");
        el("p").add(Button::link(i18n::t(lang, "assessment-accept"), href).quiet().small())
    });
    if rows.is_empty() && new.is_none() {
        return Ok(Html::empty());
    }
    let set = crate::acceptance::State::set();
    let items = rows.iter().map(|row| {
        let tone = set.find(&row.state).map_or("", |choice| &choice.tone);
        let until = row.review_on.map(|day| time::short_date(lang, day)).unwrap_or_default();
        // Before the decision there is nobody who decided.
        let key = if row.accepted_by.is_empty() { "assessment-acceptance-line" } else { "assessment-accepted-line" };
        let line = i18n::ta(
            lang,
            key,
            &[
                ("by", row.accepted_by.clone().into()),
                ("value", row.accepted.0.unwrap_or_default().to_string().into()),
                ("until", until.into()),
            ],
        );
        el("li")
            .add(el("a").attr("href", format!("/risk/acceptance/{}", row.id)).text(line))
            .text(" ")
            .add(Badge::new(set.label(&row.state, lang), Tone::from_name(tone)))
            .add(el("p").class("muted").text(&row.reason))
    });
    Ok(section(
        i18n::t(lang, "assessment-acceptances"),
        Html::join([el("div").class("prose").add(el("ul").each(items)).html(), new.map(Html::from).unwrap_or_default()]),
    ))
}
