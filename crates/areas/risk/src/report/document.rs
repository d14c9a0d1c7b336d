//! The report in reading order: what matters first, the whole ledger last.

use mamori_kernel::error::Result;
use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_kernel::yen::Yen;
use mamori_ledger::Choice as _;
use mamori_ledger::area::Registry;
use mamori_report::Tone;
use mamori_report::doc::{Block, Document, Figure, Stat};
use mamori_store::Reader;

use super::data::{Options, Source, collect};
use super::tables;
use crate::assessment::overview_map;
use crate::neighbours::Storage;

/// The report of what the reader may see, as a draft without a number. Give [`Options`] to [`collect`] and [`document`] for an issued one.
///
/// # Errors
/// As [`collect`].
pub async fn asset_risk(db: &mut impl Reader, registry: &Registry, now: jiff::Timestamp, lang: Lang) -> Result<Document> {
    let source = collect(db, registry, now, Options::default()).await?;
    Ok(document(&source, lang))
}

/// Sets the report.
pub fn document(source: &Source, lang: Lang) -> Document {
    let mut document = Document::new(source.cover.meta(lang, "report-title"));
    summary(&mut document, source, lang);
    picture(&mut document, source, lang);
    document.push(Block::heading(1, t(lang, "report-top"))).push(Block::text(t(lang, "report-top-lead")));
    document.push(Block::Table(tables::top(source, lang)));
    document.push(Block::heading(1, t(lang, "report-treatments"))).push(Block::text(treatment_words(source, lang)));
    document.push(Block::Table(tables::treatments(source, lang)));
    document.push(Block::heading(1, t(lang, "report-acceptances"))).push(Block::text(t(lang, "report-acceptances-lead")));
    document.push(Block::Table(tables::acceptances(source, lang)));
    method(&mut document, source, lang);
    if !source.cover.options.short {
        let mut annex = vec![Block::heading(1, t(lang, "report-ledger"))];
        if source.assets.len() > tables::LEDGER_ROWS {
            let counts = [("shown", tables::LEDGER_ROWS.to_string().into()), ("total", source.assets.len().to_string().into())];
            annex.push(Block::text(ta(lang, "report-ledger-cut", &counts)));
        }
        annex.push(Block::Table(tables::ledger(source, lang)));
        document.push(Block::Landscape(annex));
    }
    document
}

fn count(lang: Lang, n: i64) -> String {
    ta(lang, "report-count", &[("n", n.to_string().into())])
}

/// The page the president reads: figures, three sentences, what to decide.
fn summary(document: &mut Document, source: &Source, lang: Lang) {
    let standing = &source.standing;
    let stat = |key: &str, n: i64, tone: Tone, note: String| Stat {
        label: t(lang, key),
        value: count(lang, n),
        note,
        tone: if n == 0 { Tone::Neutral } else { tone },
    };
    let untreated = if standing.high > 0 {
        ta(lang, "report-of-which-open", &[("n", standing.high_untreated.to_string().into())])
    } else {
        String::new()
    };
    document.push(Block::heading(1, t(lang, "report-summary"))).push(Block::Stats(vec![
        stat("report-stat-assets", standing.total(), Tone::Neutral, String::new()),
        stat("report-stat-large", standing.high, Tone::Danger, untreated),
        stat("report-stat-middle", standing.middle, Tone::Warning, String::new()),
        stat("report-stat-small", standing.low, Tone::Success, String::new()),
    ]));
    for sentence in sentences(source, lang) {
        document.push(Block::text(sentence));
    }
    let decide = decisions(source, lang);
    if decide.is_empty() {
        document.push(Block::callout(Tone::Success, t(lang, "report-decide"), t(lang, "report-decide-nothing")));
    } else {
        document.push(Block::callout(Tone::Danger, t(lang, "report-decide"), decide.join("\n")));
    }
}

/// What the figures say.
fn sentences(source: &Source, lang: Lang) -> Vec<String> {
    let standing = &source.standing;
    let n = |value: i64| value.to_string();
    let mut said = vec![ta(
        lang,
        if standing.high > 0 { "report-say-large" } else { "report-say-no-large" },
        &[("total", n(standing.total()).into()), ("high", n(standing.high).into()), ("middle", n(standing.middle).into())],
    )];
    if let Some((place, high)) = worst_place(source, lang) {
        said.push(ta(lang, "report-say-place", &[("place", place.into()), ("high", n(high).into())]));
    }
    if let Some(worst) =
        source.departments.iter().find(|row| row.counts.first().is_some_and(|high| *high > 0) && !row.name.is_empty())
    {
        let high = worst.counts.first().copied().unwrap_or_default();
        said.push(ta(
            lang,
            "report-say-department",
            &[("department", worst.name.clone().into()), ("high", high.to_string().into())],
        ));
    }
    if standing.open > 0 {
        said.push(ta(lang, "report-say-open", &[("open", n(standing.open).into())]));
    }
    said
}

/// The storage place with the most large risks.
fn worst_place(source: &Source, lang: Lang) -> Option<(String, i64)> {
    let counted = Storage::set()
        .choices
        .iter()
        .map(|choice| {
            let at = |record: &&mamori_ledger::Record| {
                record.get("storage").as_str() == choice.code && record.get("risk_band").as_str() == "high"
            };
            let high = i64::try_from(source.assets.iter().filter(at).count()).unwrap_or(i64::MAX);
            (choice.words.get(lang).to_owned(), high)
        })
        .max_by_key(|(_, high)| *high)?;
    (counted.1 > 0).then_some(counted)
}

/// What waits for a decision of the management.
fn decisions(source: &Source, lang: Lang) -> Vec<String> {
    let mut found = Vec::new();
    if source.standing.high_untreated > 0 {
        found.push(ta(lang, "report-decide-untreated", &[("n", source.standing.high_untreated.to_string().into())]));
    }
    let planned = open_cost(source);
    if planned.0 > 0 {
        found.push(ta(lang, "report-decide-cost", &[("cost", planned.format(lang).into())]));
    }
    if source.standing.overdue > 0 {
        found.push(ta(lang, "report-decide-overdue", &[("n", source.standing.overdue.to_string().into())]));
    }
    let late = source.acceptances.iter().filter(|row| row.review_on.is_some_and(|day| day < source.cover.today)).count();
    if late > 0 {
        found.push(ta(lang, "report-decide-review", &[("n", late.to_string().into())]));
    }
    found
}

fn open_cost(source: &Source) -> Yen {
    let open = source.treatments.iter().filter(|row| row.state.is_some_and(crate::treatment::State::is_open));
    Yen(open.filter_map(|row| row.cost).fold(0, i64::saturating_add))
}

fn treatment_words(source: &Source, lang: Lang) -> String {
    let state =
        |wanted: crate::treatment::State| source.treatments.iter().filter(|row| row.state == Some(wanted)).count().to_string();
    ta(
        lang,
        "report-treatments-lead",
        &[
            ("done", state(crate::treatment::State::Done).into()),
            ("doing", state(crate::treatment::State::Doing).into()),
            ("planned", state(crate::treatment::State::Planned).into()),
            ("overdue", source.standing.overdue.to_string().into()),
            ("cost", open_cost(source).format(lang).into()),
        ],
    )
}

fn picture(document: &mut Document, source: &Source, lang: Lang) {
    let bands = source.model.method.bands;
    let map = overview_map(lang, bands, &source.cells, false);
    let alt = ta(
        lang,
        "report-map-alt",
        &[("high", source.standing.high.to_string().into()), ("middle", source.standing.middle.to_string().into())],
    );
    document
        .push(Block::heading(1, t(lang, "report-map")))
        .push(Block::text(ta(lang, "report-map-lead", &[("rule", source.model.method.rule(lang).into())])))
        .push(Block::Figure(Figure { svg: map.svg, width: 72, caption: t(lang, "report-map-caption"), alt, data_table: None }));
}

/// How the numbers came about, so that anybody can check them by hand.
fn method(document: &mut Document, source: &Source, lang: Lang) {
    let version = match source.model.method.number {
        0 => t(lang, "method-builtin"),
        number => ta(lang, "method-version", &[("number", number.to_string().into())]),
    };
    let steps = ["method-step-importance", "method-step-likelihood", "method-step-value"].map(|key| t(lang, key));
    let bands = ta(lang, "method-step-band", &[("rule", source.model.method.rule(lang).into())]);
    document
        .push(Block::heading(1, t(lang, "report-method")))
        .push(Block::key_values([
            (t(lang, "method-scale"), source.model.method.scale_words().get(lang).to_owned()),
            (t(lang, "report-method-version"), version),
        ]))
        .push(Block::numbered(steps.into_iter().chain([bands])))
        .push(Block::Table(tables::conversion(lang)))
        .push(Block::Table(tables::places(source, lang)));
}
