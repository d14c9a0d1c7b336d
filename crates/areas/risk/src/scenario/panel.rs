//! The detail page of a risk: every method on the same row, each with its reckoning, and how the values went over time.

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_kernel::reckoning::Reckoning as Chain;
use mamori_kernel::time;
use mamori_kernel::yen::Yen;
use mamori_ledger::area::Registry;
use mamori_ledger::hooks::Panel;
use mamori_ledger::query;
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _, Record};
use mamori_store::View;
use mamori_ui::charts::{Bar, bars, sparkline};
use mamori_ui::components::{Align, Badge, Column, DataTable, Definitions, Reckoning, Row};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::judge::{entered, levels};
use super::queries::{self, Past};
use super::rules::{self, Levels, Stage};
use super::{Standing, State};
use crate::appetite::{Appetite, queries as appetite};
use crate::assessment::{Model, reckoning};
use crate::four_factor::rules::{Inputs, Threshold, assess, ways_down};
use crate::ipa::rules::{Bands, Scale as IpaScale};
use crate::matrix::rules::{Frequency, Impact, Matrix};
use crate::method::Method;
use crate::neighbours::InformationAsset;
use crate::quantity::rules::{Distribution, judge};
use crate::scale::{Version, queries as scale};

/// Assets whose IPA reckoning is shown.
const ASSETS: usize = 3;
/// Bars of the distribution on a page; neighbours are joined until they fit.
const BARS: usize = 10;

/// Both panels.
pub(super) async fn of_scenario(view: &mut View, registry: &Registry, record: &Record) -> Result<Vec<Panel>> {
    let lang = view.actor().lang;
    let methods = methods(view, registry, record, lang).await?;
    let history = history(lang, &queries::history(view, &record.meta.id).await?);
    Ok(vec![
        Panel { title: i18n::t(lang, "scenario-methods"), body: methods, first: false },
        Panel { title: i18n::t(lang, "scenario-history"), body: history, first: false },
    ])
}

async fn methods(view: &mut View, registry: &Registry, record: &Record, lang: Lang) -> Result<Html> {
    let version = match record.get("method").as_int() {
        Some(number) => scale::version(view, number).await?,
        None => scale::current(view).await?,
    };
    let limit = appetite::current(view).await?;
    let assets = assets(view, registry, record).await?;
    let mut list = Definitions::new(lang);
    for (name, value) in ipa(view, &assets, lang).await? {
        list = list.html(name, value);
    }
    for (name, value) in four_factor(record, &version, limit, lang) {
        list = list.html(name, value);
    }
    list = list.html(i18n::t(lang, "scenario-method-matrix"), matrix(record, &version, lang));
    let (ale, spread) = money(record, limit, lang);
    let path = format!("/risk/scenario/{}/{}", record.meta.id, crate::incident_cost::PATH_TAIL);
    let itemise = mamori_ledger::ops::may(view.actor(), &crate::scenario::ledger(), record, Action::Edit)
        .then(|| el("p").add(el("a").attr("href", path).text(i18n::t(lang, "incident-cost-open"))).html());
    let ale = Html::join([ale, itemise.unwrap_or_default()]);
    list = list.html(i18n::t(lang, "scenario-method-ale"), ale).html(i18n::t(lang, "scenario-method-range"), spread);
    let note = el("p").class("muted").text(i18n::t(lang, "scenario-methods-lead"));
    Ok(el("div").class("stack").add(note).add(list).html())
}

/// What a method needs before it can say something.
fn needs(lang: Lang, key: &str) -> Html {
    el("span").class("muted").text(i18n::t(lang, key)).html()
}

fn bold(text: impl AsRef<str>) -> Html {
    el("b").class("num").text(text).html()
}

/// The assets that the reader may see.
async fn assets(view: &mut View, registry: &Registry, record: &Record) -> Result<Vec<Record>> {
    let actor = view.actor().clone();
    let Some(def) = registry.ledger(InformationAsset::CODE).filter(|_| actor.can(InformationAsset::CODE, Action::View)) else {
        return Ok(Vec::new());
    };
    let shape = Shape::load(def, view).await?;
    let mut found = Vec::new();
    for id in record.get("assets").as_list().iter().take(50) {
        match query::find(view, &shape, id, Action::View).await {
            Ok(asset) => found.push(asset),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    let value = |asset: &Record| asset.get("risk_value").as_int().unwrap_or(-1);
    found.sort_by_key(|asset| std::cmp::Reverse(value(asset)));
    Ok(found)
}

/// IPA's sheet by both counts: 0–6 and 1–9.
async fn ipa(view: &mut View, assets: &[Record], lang: Lang) -> Result<Vec<(String, Html)>> {
    if assets.is_empty() {
        return Ok(vec![(i18n::t(lang, "scenario-method-ipa"), needs(lang, "scenario-needs-assets"))]);
    }
    let model = Model::load(view).await?;
    let mut rows = Vec::new();
    for (count, key) in [(IpaScale::ZeroToTwo, "scenario-method-ipa-06"), (IpaScale::OneToThree, "scenario-method-ipa-19")] {
        let bands = if model.method.bands.scale() == count { model.method.bands } else { Bands::default_for(count) };
        let counted = Model { method: Method { bands, ..model.method }, ..model.clone() };
        let lines = assets.iter().take(ASSETS).map(|asset| {
            let outcome = counted.assess(asset);
            let chain = reckoning(&counted, asset, &outcome);
            let name = asset.get("name").as_str();
            let value = match outcome.complete() {
                Some(done) => Html::join([bold(done.value.number().to_string()), Html::text(format!("　{name}"))]),
                None => Html::text(format!("{}　{name}", i18n::t(lang, "scenario-open"))),
            };
            Html::from(Reckoning::new(lang, value, &chain))
        });
        rows.push((i18n::t(lang, key), Html::join(lines)));
    }
    Ok(rows)
}

/// Before, now, target, after; each with its product, and the single steps that would be enough now.
fn four_factor(record: &Record, version: &Version, limit: Appetite, lang: Lang) -> Vec<(String, Html)> {
    let levels = levels(record);
    let stages = [
        ("scenario-value-before", levels.before),
        ("scenario-value-now", levels.now),
        ("scenario-value-target", levels.target),
        ("scenario-value-after", levels.after),
    ];
    let mut rows = Vec::new();
    for (key, stage) in stages {
        let value = match inputs(&levels, stage) {
            Some(inputs) => product(lang, version, limit, inputs, stage == levels.now),
            None => needs(lang, "scenario-needs-levels"),
        };
        rows.push((i18n::t(lang, key), value));
    }
    rows
}

fn inputs(levels: &Levels, stage: Stage) -> Option<Inputs> {
    let stage = levels.filled(stage)?;
    Some(Inputs {
        asset_value: levels.asset_value?,
        threat: levels.threat?,
        weakness: stage.weakness?,
        likelihood: stage.likelihood?,
    })
}

fn product(lang: Lang, version: &Version, limit: Appetite, inputs: Inputs, now: bool) -> Html {
    // A limit beyond the scale judges nothing; the nearest one that the scale knows shows the same steps.
    let (lowest, highest) = (version.scale.lowest(), version.scale.highest());
    let within = limit.score.clamp(lowest, highest.saturating_sub(1).max(lowest));
    let Ok(threshold) = Threshold::new(&version.scale, within) else { return needs(lang, "scenario-needs-scale") };
    let done = match assess(&version.scale, threshold, inputs) {
        Ok(done) => done,
        Err(error) => return el("span").class("muted").text(error.words().get(lang)).html(),
    };
    let above = limit.is_above(Some(done.value), None) == Some(true);
    let (standing, tone) = if above { (Standing::Above, Tone::Danger) } else { (Standing::Acceptable, Tone::Success) };
    let badge = Badge::new(Standing::set().label(standing.code(), lang), tone);
    let of = Html::text(format!(" / {highest} "));
    let mut parts =
        vec![Html::from(Reckoning::new(lang, Html::join([bold(done.value.to_string()), of, badge.into()]), &done.reckoning))];
    if now && above {
        let ways: Vec<String> = ways_down(&version.scale, threshold, inputs)
            .iter()
            .map(|way| {
                let arguments = [
                    ("factor", way.factor.words().get(lang).to_owned().into()),
                    ("to", way.to.to_string().into()),
                    ("value", way.value.to_string().into()),
                ];
                i18n::ta(lang, "scenario-way-down", &arguments)
            })
            .collect();
        let text = if ways.is_empty() { i18n::t(lang, "scenario-no-way-down") } else { ways.join(lang.pick(" ", " ")) };
        parts.push(el("p").class("muted").text(text).html());
    }
    Html::join(parts)
}

fn matrix(record: &Record, version: &Version, lang: Lang) -> Html {
    let cell = Impact::parse(record.get("impact").as_str()).zip(Frequency::parse(record.get("frequency").as_str()));
    let Some((impact, frequency)) = cell else { return needs(lang, "scenario-needs-matrix") };
    let found = Matrix::default().assess(impact, frequency);
    let at = |all: &[Impact]| all.iter().position(|one| *one == impact);
    let row = at(&Impact::ALL).and_then(|at| version.names.impact.get(at)).map_or("", |words| words.get(lang));
    let column = Frequency::ALL.iter().position(|one| *one == frequency);
    let column = column.and_then(|at| version.names.frequency.get(at)).map_or("", |words| words.get(lang));
    let tone = crate::assessment::band_tone(found.band);
    let badge = Badge::new(lang.pick(found.band.label_ja(), found.band.label_en()), tone);
    let place = i18n::ta(lang, "scenario-matrix-place", &[("place", i64::from(found.priority).to_string().into())]);
    let value = Html::join([bold(format!("{row} × {column}")), Html::text(format!("　{place} ")), badge.into()]);
    Reckoning::new(lang, value, &found.reckoning).into()
}

/// ALE with its steps, and the range with its picture.
fn money(record: &Record, limit: Appetite, lang: Lang) -> (Html, Html) {
    let Ok(loss) = rules::money(&entered(record)) else {
        return (needs(lang, "scenario-needs-money"), needs(lang, "scenario-needs-range"));
    };
    let ale = match (&loss.single, &loss.annual) {
        (_, Some(annual)) => {
            let judged = judge(annual, Yen(limit.yen)).ok();
            let (tone, standing) = match &judged {
                Some((crate::quantity::rules::Verdict::NotAcceptable, _)) => (Tone::Danger, Standing::Above),
                _ => (Tone::Success, Standing::Acceptable),
            };
            let chain = judged.map_or_else(|| annual.reckoning.clone(), |(_, chain)| chain);
            let badge = Badge::new(Standing::set().label(standing.code(), lang), tone);
            let value = Html::join([bold(annual.annual.format(lang)), Html::text(" "), badge.into()]);
            Reckoning::new(lang, value, &chain).into()
        }
        (Some(single), None) => Html::join([
            Reckoning::new(lang, Html::text(format!("SLE {}", single.value.format(lang))), &single.reckoning).into(),
            needs(lang, "scenario-needs-occurrence"),
        ]),
        (None, None) => needs(lang, "scenario-needs-money"),
    };
    let spread = match loss.simulation.and_then(|input| rules::spread(input, &record.meta.id).ok()) {
        Some(found) => distribution(&found, limit, lang),
        None => needs(lang, "scenario-needs-range"),
    };
    (ale, spread)
}

fn distribution(found: &Distribution, limit: Appetite, lang: Lang) -> Html {
    let arguments = [
        ("mean", found.mean.format(lang).into()),
        ("p95", found.p95.format(lang).into()),
        ("trials", found.trials.to_string().into()),
    ];
    let figures = i18n::ta(lang, "scenario-range-figures", &arguments);
    let over = found.at_or_above(Yen(limit.yen));
    let share = u64::from(over) * 100 / u64::from(found.trials.max(1));
    let beyond = [("yen", Yen(limit.yen).format(lang).into()), ("share", share.to_string().into())];
    let step = found.bins.len().div_ceil(BARS).max(1);
    let columns: Vec<Bar> = found
        .bins
        .chunks(step)
        .filter_map(|bins| {
            let (first, last) = (bins.first()?, bins.last()?);
            let label = format!("{}{}{}", short(first.from, lang), lang.pick("〜", "–"), short(last.to, lang));
            let tone = if first.from.0 >= limit.yen { Tone::Danger } else { Tone::Neutral };
            Some(Bar::new(label, bins.iter().map(|bin| u64::from(bin.count)).sum()).tone(tone))
        })
        .collect();
    let picture = bars(
        &i18n::t(lang, "scenario-range-chart"),
        &i18n::t(lang, "scenario-range-loss"),
        &i18n::t(lang, "scenario-range-tries"),
        &columns,
    );
    el("div")
        .class("stack")
        .add(Reckoning::new(lang, bold(figures), &chain(found)))
        .add(el("p").text(i18n::ta(lang, "scenario-range-beyond", &beyond)))
        .add(picture.figure(lang))
        .html()
}

fn chain(found: &Distribution) -> Chain {
    found.reckoning.clone()
}

fn short(amount: Yen, lang: Lang) -> String {
    match lang {
        Lang::Ja => amount.in_man(),
        Lang::En => amount.format(lang),
    }
}

/// The line over time and every change.
fn history(lang: Lang, lines: &[Past]) -> Html {
    let counted = |line: &Past| {
        let [_, current, _, residual] = line.values;
        residual.or(current).and_then(|value| u64::try_from(value).ok())
    };
    let values: Vec<u64> = lines.iter().filter_map(counted).collect();
    let picture = (values.len() > 1).then(|| sparkline(&i18n::t(lang, "scenario-history-line"), &values).picture());
    let end = |key: &str| Column::new(i18n::t(lang, key)).align(Align::End);
    let columns = vec![
        Column::new(i18n::t(lang, "scenario-history-day")),
        end("scenario-history-inherent"),
        end("scenario-history-current"),
        end("scenario-history-target"),
        end("scenario-history-residual"),
        Column::new(i18n::t(lang, "scenario-history-standing")),
        Column::new(i18n::t(lang, "scenario-history-state")),
        end("scenario-history-method"),
        Column::new(i18n::t(lang, "scenario-history-cause")),
    ];
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let (standings, states) = (Standing::set(), State::set());
    let rows = lines.iter().rev().enumerate().map(|(at, line)| {
        let day = line.on.map(|day| time::short_date(lang, day)).unwrap_or_default();
        let tone = standings.find(&line.standing).map_or("", |choice| &choice.tone);
        let row = Row::new(at.to_string(), &day).text(&day);
        let row = line.values.iter().fold(row, |row, value| row.text(number(*value)));
        row.cell(Badge::new(standings.label(&line.standing, lang), Tone::from_name(tone)))
            .text(states.label(&line.state, lang))
            .text(number(line.method))
            .text(&line.cause)
    });
    let table = DataTable::new(lang, i18n::t(lang, "scenario-history"), columns).rows(rows).compact();
    el("div").class("stack").maybe(picture).add(table).html()
}
