//! The plan in reading order: what is late, what is planned, what it costs, when it comes.

use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_report::Tone;
use mamori_report::doc::{Block, Document, Figure};
use mamori_ui::charts::{ColumnOf, columns};

use super::super::words::{cut, decide, or, say, stat, yen};
use super::{Source, TIMED, tables};

/// Sets the report.
pub fn document(source: &Source, lang: Lang) -> Document {
    let mut document = Document::new(source.cover.meta(lang, "report-tp-title"));
    let book = source.cover.options.book;
    summary(&mut document, source, lang);
    document.push(Block::heading(1, t(lang, "report-tp-overdue")));
    document.push(or(tables::overdue(source, lang), t(lang, "report-tp-overdue-none")));

    let plan = if book { tables::flat(source, lang) } else { tables::by_risk(source, lang) };
    let mut across = vec![Block::heading(1, t(lang, "report-tp-plan"))];
    if plan.rows.is_empty() {
        across.push(Block::text(t(lang, "report-tp-plan-none")));
    } else {
        across.push(Block::text(t(lang, "report-tp-plan-lead")));
        if source.planned.len() == source.cover.rows() {
            across.extend(cut(lang, book, source.planned.len(), source.risks.risks));
        }
        across.push(Block::Table(plan));
    }
    if !source.loose.is_empty() {
        across.extend(cut(lang, book, source.loose.len(), source.totals.loose));
        across.push(Block::Table(tables::loose(source, lang)));
    }
    // With measures it needs the width of the sheet.
    let wide = across.iter().any(|block| matches!(block, Block::Table(_)));
    if wide {
        document.blocks.push(Block::Landscape(across))
    } else {
        document.blocks.extend(across)
    }

    document.push(Block::heading(1, t(lang, "report-tp-without"))).push(Block::text(t(lang, "report-tp-without-lead")));
    document.blocks.extend(cut(lang, book, source.undecided.len(), source.risks.untreated));
    document.push(or(tables::without(source, lang), t(lang, "report-tp-without-none")));
    document.push(Block::heading(1, t(lang, "report-tp-compensating"))).push(Block::text(t(lang, "report-tp-compensating-lead")));
    document.push(or(tables::compensating(source, lang), t(lang, "report-tp-compensating-none")));
    document.push(Block::heading(1, t(lang, "report-tp-transfer"))).push(Block::text(t(lang, "report-tp-transfer-lead")));
    document.push(or(tables::transfers(source, lang), t(lang, "report-tp-transfer-none")));
    money(&mut document, source, lang);

    if !source.timed.is_empty() {
        let mut across = vec![Block::heading(1, t(lang, "report-tp-time")), Block::text(t(lang, "report-tp-time-lead"))];
        let open = source.totals.planned.saturating_add(source.totals.doing);
        if source.timed.len() == TIMED && !book {
            across.extend(cut(lang, book, TIMED, open));
        }
        across.push(Block::Table(tables::calendar(source, lang)));
        document.push(Block::Landscape(across));
    }
    document
}

fn once(source: &Source) -> i64 {
    source.costs.iter().fold(0, |sum, cost| sum.saturating_add(cost.once))
}

fn summary(document: &mut Document, source: &Source, lang: Lang) {
    let totals = &source.totals;
    document.push(Block::heading(1, t(lang, "report-summary")));
    let all = totals.planned.saturating_add(totals.doing).saturating_add(totals.done);
    if all == 0 && source.risks.risks == 0 {
        document.push(Block::callout(Tone::Info, t(lang, "report-none-yet"), t(lang, "report-tp-plan-none")));
        return;
    }
    document.push(Block::Stats(vec![
        stat(lang, "report-stat-measures", all, Tone::Neutral, String::new()),
        stat(lang, "report-stat-done", totals.done, Tone::Success, String::new()),
        stat(lang, "report-stat-open", totals.planned.saturating_add(totals.doing), Tone::Info, String::new()),
        stat(lang, "report-stat-overdue", totals.overdue, Tone::Danger, String::new()),
    ]));
    let yearly = source.costs.iter().fold(0_i64, |sum, cost| sum.saturating_add(cost.yearly));
    let facts = [
        ("all", all.to_string().into()),
        ("done", totals.done.to_string().into()),
        ("doing", totals.doing.to_string().into()),
        ("planned", totals.planned.to_string().into()),
    ];
    document.push(Block::text(ta(lang, "report-tp-say", &facts)));
    let facts = [("once", yen(lang, once(source)).into()), ("yearly", yen(lang, yearly).into())];
    document.push(Block::text(ta(lang, "report-tp-say-cost", &facts)));
    let facts = [("score", source.appetite.score.to_string().into()), ("yen", yen(lang, source.appetite.yen).into())];
    document.push(Block::text(ta(lang, "report-say-limits", &facts)));
    let asked = [(source.risks.untreated, "report-ask-untreated"), (totals.overdue, "report-decide-overdue")];
    let asked: Vec<String> = asked.into_iter().filter(|(n, _)| *n > 0).map(|(n, key)| say(lang, key, n)).collect();
    decide(document, lang, &asked);
}

/// Money by class and by quarter.
fn money(document: &mut Document, source: &Source, lang: Lang) {
    document.push(Block::heading(1, t(lang, "report-tp-cost")));
    if source.costs.is_empty() {
        document.push(Block::text(t(lang, "report-tp-cost-none")));
        return;
    }
    document.push(Block::text(t(lang, "report-tp-cost-lead"))).push(Block::Table(tables::by_class(source, lang)));
    if once(source) > 0 {
        let rows = tables::by_time(source, lang, "report-quarter-short");
        let man = |yen: i64| u64::try_from(yen / 10_000).unwrap_or_default();
        let bars: Vec<ColumnOf> =
            rows.iter().map(|(name, row)| ColumnOf::new(name.clone(), row.iter().map(|yen| man(*yen)).collect())).collect();
        let names = tables::classes(lang);
        let title = t(lang, "report-tp-chart");
        let legend: Vec<&str> = names.iter().map(String::as_str).collect();
        let chart = columns(&title, &t(lang, "report-col-quarter"), &t(lang, "report-man-yen"), &legend, &bars);
        let alt = ta(lang, "report-tp-chart-alt", &[("once", yen(lang, once(source)).into())]);
        document.push(Block::Figure(Figure { svg: chart.svg, width: 80, caption: title, alt, data_table: None }));
    }
    document.push(Block::Table(tables::quarterly(source, lang)));
}
