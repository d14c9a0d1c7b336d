//! The report in reading order: what matters first, then how it was judged, then everything.

use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_report::Tone;
use mamori_report::doc::{Block, Document, Figure, Panel};
use mamori_ui::charts::{HeatCell, HeatMap, heat_map};

use super::super::words::{count, cut, decide, or, say, stat, yen};
use super::queries::Cell;
use super::{Source, tables};
use crate::catalogs_risk;
use crate::four_factor::rules::Factor;

/// Threats named in a sentence; the others are counted.
const NAMED: usize = 12;

/// Sets the report.
pub fn document(source: &Source, lang: Lang) -> Document {
    let mut document = Document::new(source.cover.meta(lang, "report-ra-title"));
    summary(&mut document, source, lang);
    picture(&mut document, source, lang);
    scope(&mut document, source, lang);
    method(&mut document, source, lang);
    document.push(Block::heading(1, t(lang, "report-ra-top"))).push(Block::text(t(lang, "report-ra-top-lead")));
    document.push(or(tables::top(source, lang), t(lang, "report-none-judged")));
    document.push(Block::heading(1, t(lang, "report-ra-departments")));
    let departments = tables::groups(lang, "report-col-department-short", "report-no-department", &source.departments);
    document.push(or(departments.captioned(t(lang, "report-ra-departments")), t(lang, "report-none-registered")));
    document.push(Block::heading(1, t(lang, "report-ra-threats"))).push(Block::text(t(lang, "report-ra-threats-lead")));
    let threats = tables::groups(lang, "report-col-threat-name", "report-no-threat", &source.threats);
    document.push(or(threats.captioned(t(lang, "report-ra-threats-caption")), t(lang, "report-none-registered")));
    let weaknesses = tables::groups(lang, "report-col-weakness-name", "report-no-weakness", &source.weaknesses);
    if !weaknesses.rows.is_empty() {
        document.push(Block::Table(weaknesses.captioned(t(lang, "report-ra-weaknesses-caption"))));
    }
    open(&mut document, source, lang);
    if !source.cover.options.short && !source.register.is_empty() {
        let mut annex = vec![Block::heading(1, t(lang, "report-ra-register"))];
        annex.extend(cut(lang, source.cover.options.book, source.register.len(), source.totals.risks));
        annex.push(Block::Table(tables::register(source, lang)));
        document.push(Block::Landscape(annex));
    }
    document
}

/// The page the president reads.
fn summary(document: &mut Document, source: &Source, lang: Lang) {
    let totals = &source.totals;
    let open = if totals.above > 0 { say(lang, "report-of-which-undecided", totals.untreated) } else { String::new() };
    document.push(Block::heading(1, t(lang, "report-summary")));
    if totals.risks == 0 {
        document.push(Block::callout(Tone::Info, t(lang, "report-none-yet"), t(lang, "report-none-registered")));
        return;
    }
    document.push(Block::Stats(vec![
        stat(lang, "report-stat-risks", totals.risks, Tone::Neutral, String::new()),
        stat(lang, "report-stat-above", totals.above, Tone::Danger, open),
        stat(lang, "report-stat-within", totals.acceptable, Tone::Success, String::new()),
        stat(lang, "report-stat-unknown", totals.unknown(), Tone::Warning, String::new()),
    ]));
    for sentence in sentences(source, lang) {
        document.push(Block::text(sentence));
    }
    let mut asked = Vec::new();
    for (n, key) in
        [(totals.untreated, "report-ask-untreated"), (totals.late, "report-ask-late"), (totals.unknown(), "report-ask-unknown")]
    {
        if n > 0 {
            asked.push(say(lang, key, n));
        }
    }
    decide(document, lang, &asked);
}

/// What the figures say.
fn sentences(source: &Source, lang: Lang) -> Vec<String> {
    let totals = &source.totals;
    let key = if totals.above > 0 { "report-say-above" } else { "report-say-none-above" };
    let mut said = vec![ta(
        lang,
        key,
        &[
            ("total", totals.risks.to_string().into()),
            ("above", totals.above.to_string().into()),
            ("treating", totals.treating.to_string().into()),
            ("accepted", totals.accepted.to_string().into()),
        ],
    )];
    if totals.priced > 0 {
        let facts = [("ale", yen(lang, totals.ale).into()), ("n", totals.priced.to_string().into())];
        said.push(ta(lang, "report-say-ale", &facts));
    }
    said.push(change(source, lang));
    if let Some(worst) = source.departments.iter().find(|group| group.above > 0 && !group.name.is_empty()) {
        let facts = [("department", worst.name.clone().into()), ("n", worst.above.to_string().into())];
        said.push(ta(lang, "report-say-above-department", &facts));
    }
    said
}

fn above(cells: &[Cell]) -> i64 {
    cells.iter().map(|cell| cell.above).sum()
}

/// What changed since the earlier map.
fn change(source: &Source, lang: Lang) -> String {
    let Some(earlier) = &source.earlier else { return t(lang, "report-change-first") };
    let (before, now) = (above(&earlier.cells), above(&source.cells));
    let key = match now - before {
        0 => "report-change-same",
        more if more > 0 => "report-change-more",
        _ => "report-change-fewer",
    };
    let facts = [
        ("day", time::long_date(lang, earlier.on).into()),
        ("before", before.to_string().into()),
        ("now", now.to_string().into()),
        ("n", (now - before).abs().to_string().into()),
    ];
    ta(lang, key, &facts)
}

fn scope(document: &mut Document, source: &Source, lang: Lang) {
    document.push(Block::heading(1, t(lang, "report-ra-scope"))).push(Block::text(t(lang, "report-ra-scope-lead")));
    document.push(or(tables::scopes(source, lang), t(lang, "report-none-scope")));
}

/// Methods, scales and limits in force.
fn method(document: &mut Document, source: &Source, lang: Lang) {
    let version = |number: i64| match number {
        0 => t(lang, "method-builtin"),
        number => ta(lang, "method-version", &[("number", number.to_string().into())]),
    };
    let (scale, limits) = (&source.scale.scale, source.appetite);
    let methods = catalogs_risk::get().methods.iter().map(|method| {
        let joint = lang.pick("：", ": ");
        format!("{}{joint}{}", method.name.get(lang), method.means.get(lang))
    });
    let range = format!("{}{}{}", scale.lowest(), lang.pick("〜", "–"), scale.highest());
    document
        .push(Block::heading(1, t(lang, "report-ra-method")))
        .push(Block::text(t(lang, "report-ra-method-lead")))
        .push(Block::bullets(methods))
        .push(Block::heading(2, t(lang, "report-ra-limits")))
        .push(Block::key_values([
            (t(lang, "report-limit-score"), ta(lang, "report-limit-score-is", &[("score", limits.score.to_string().into())])),
            (t(lang, "report-limit-yen"), ta(lang, "report-limit-yen-is", &[("yen", yen(lang, limits.yen).into())])),
            (t(lang, "report-limit-version"), version(limits.number)),
            (t(lang, "report-scale-version"), version(source.scale.number)),
            (t(lang, "report-scale-range"), range),
        ]))
        .push(Block::heading(2, t(lang, "report-ra-scales")))
        .push(Block::text(t(lang, "report-ra-formula")))
        .push(Block::Table(tables::levels(source, lang)))
        .push(Block::Table(tables::matrix(source, lang)));
}

/// The map of today beside the earlier one.
fn picture(document: &mut Document, source: &Source, lang: Lang) {
    document.push(Block::heading(1, t(lang, "report-ra-map")));
    let judged = |cells: &[Cell]| cells.iter().any(|cell| cell.asset_value.is_some() && cell.likelihood.is_some());
    if !judged(&source.cells) {
        document.push(Block::text(t(lang, "report-none-judged")));
        return;
    }
    document.push(Block::text(t(lang, "report-ra-map-lead")));
    let today = figure(source, lang, &source.cells, t(lang, "report-map-now"));
    match source.earlier.as_ref().filter(|earlier| judged(&earlier.cells)) {
        Some(earlier) => {
            let caption = ta(lang, "report-map-then", &[("day", time::short_date(lang, earlier.on).into())]);
            let before = figure(source, lang, &earlier.cells, caption);
            let panel = |figure: Figure| Panel { weight: 1.0, blocks: vec![Block::Figure(Figure { width: 100, ..figure })] };
            document.push(Block::Columns(vec![panel(before), panel(today)]));
        }
        None => {
            document.push(Block::Figure(today));
        }
    }
}

fn figure(source: &Source, lang: Lang, cells: &[Cell], caption: String) -> Figure {
    let scale = &source.scale.scale;
    let most = scale.bounds(Factor::Threat).1.saturating_mul(scale.bounds(Factor::Weakness).1);
    let cell = |asset: i64, likelihood: i64| {
        let here = cells.iter().filter(|cell| (cell.asset_value, cell.likelihood) == (Some(asset), Some(likelihood)));
        let (risks, above) = here.fold((0, 0), |sum, cell| (sum.0 + cell.risks, sum.1 + cell.above));
        // A place is judged by the largest value that can come out there.
        let worst = asset.saturating_mul(likelihood).saturating_mul(most);
        let tone = match worst {
            _ if worst > source.appetite.score => mamori_ui::tone::Tone::Danger,
            _ if worst.saturating_mul(2) > source.appetite.score => mamori_ui::tone::Tone::Warning,
            _ => mamori_ui::tone::Tone::Success,
        };
        let note = if above > 0 { say(lang, "report-map-above", above) } else { say(lang, "report-map-most", worst) };
        HeatCell { count: u64::try_from(risks).unwrap_or_default(), tone, note, href: None }
    };
    let labels = |factor: Factor| -> Vec<(i64, String)> {
        scale.levels(factor).iter().map(|level| (level.value, format!("{} {}", level.value, level.name.get(lang)))).collect()
    };
    let (mut rows, columns) = (labels(Factor::AssetValue), labels(Factor::Likelihood));
    rows.reverse();
    let grid: Vec<Vec<HeatCell>> =
        rows.iter().map(|(asset, _)| columns.iter().map(|(likelihood, _)| cell(*asset, *likelihood)).collect()).collect();
    let names = |labels: &'_ [(i64, String)]| labels.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>();
    let (row_names, column_names) = (names(&rows), names(&columns));
    let (row_refs, column_refs): (Vec<&str>, Vec<&str>) =
        (row_names.iter().map(String::as_str).collect(), column_names.iter().map(String::as_str).collect());
    let chart = heat_map(&HeatMap {
        title: &caption,
        vertical: Factor::AssetValue.words().get(lang),
        row_labels: &row_refs,
        horizontal: Factor::Likelihood.words().get(lang),
        column_labels: &column_refs,
        cells: &grid,
    });
    let total: i64 = cells.iter().map(|cell| cell.risks).sum();
    let facts = [("total", total.to_string().into()), ("above", above(cells).to_string().into())];
    Figure {
        svg: chart.svg,
        width: 72,
        alt: format!("{caption}: {}", ta(lang, "report-ra-map-alt", &facts)),
        caption,
        data_table: None,
    }
}

/// What nobody has judged yet: an honest report says what it does not know.
fn open(document: &mut Document, source: &Source, lang: Lang) {
    let (unknown, uncovered) = (source.totals.unknown(), source.uncovered.count);
    document.push(Block::heading(1, t(lang, "report-ra-open")));
    if unknown == 0 && uncovered == 0 && source.idle.is_empty() {
        document.push(Block::text(t(lang, "report-ra-open-none")));
        return;
    }
    document.push(Block::key_values([
        (t(lang, "report-open-risks"), count(lang, unknown)),
        (t(lang, "report-open-assets"), count(lang, uncovered)),
    ]));
    for table in [tables::unknown(source, lang), tables::uncovered(source, lang)] {
        if !table.rows.is_empty() {
            document.push(Block::Table(table));
        }
    }
    if !source.idle.is_empty() {
        let names = source.idle.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(lang.pick("、", ", "));
        document.push(Block::text(ta(lang, "report-open-threats", &[("names", names.into())])));
        if source.idle.len() > NAMED {
            let rest = i64::try_from(source.idle.len() - NAMED).unwrap_or(i64::MAX);
            document.push(Block::text(say(lang, "report-open-threats-more", rest)));
        }
    }
}
