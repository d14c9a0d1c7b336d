//! The report in reading order: what nobody has decided comes first.

use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_report::Tone;
use mamori_report::doc::{Block, Document};

use super::super::words::{cut, decide, or, say, stat, yen};
use super::{Source, tables};

/// Sets the report.
pub fn document(source: &Source, lang: Lang) -> Document {
    let mut document = Document::new(source.cover.meta(lang, "report-rr-title"));
    let book = source.cover.options.book;
    red(&mut document, source, lang);
    summary(&mut document, source, lang);
    document.push(Block::heading(1, t(lang, "report-rr-back"))).push(Block::text(t(lang, "report-rr-back-lead")));
    document.push(or(tables::back(source, lang), t(lang, "report-rr-back-none")));
    document.push(Block::heading(1, t(lang, "report-rr-treated")));
    let treated = tables::above(source, lang, &source.treated, "report-rr-treated");
    document.push(or(treated, t(lang, "report-rr-treated-none")));

    // Reasons, conditions and seals need the width of the sheet.
    let mut across = vec![Block::heading(1, t(lang, "report-rr-accepted")), Block::text(t(lang, "report-acceptances-lead"))];
    across.extend(cut(lang, book, source.valid.len(), source.decided.valid));
    across.push(or(tables::valid(source, lang), t(lang, "report-rr-accepted-none")));
    if !source.waiting.is_empty() {
        across.push(Block::heading(2, t(lang, "report-rr-waiting")));
        across.push(Block::Table(tables::waiting(source, lang)));
    }
    if !source.cover.options.short && !source.list.is_empty() {
        across.extend([Block::heading(1, t(lang, "report-rr-list")), Block::text(t(lang, "report-rr-list-lead"))]);
        across.extend(cut(lang, book, source.list.len(), source.totals.risks));
        across.push(Block::Table(tables::list(source, lang)));
    }
    let wide = across.iter().any(|block| matches!(block, Block::Table(_)));
    if wide {
        document.blocks.push(Block::Landscape(across))
    } else {
        document.blocks.extend(across)
    }
    document
}

/// Above the limits and nobody has decided anything.
fn red(document: &mut Document, source: &Source, lang: Lang) {
    let n = source.totals.untreated;
    document.push(Block::heading(1, t(lang, "report-rr-untreated")));
    if n == 0 {
        let (key, tone) = if source.totals.risks == 0 {
            ("report-none-registered", Tone::Info)
        } else {
            ("report-rr-untreated-none", Tone::Success)
        };
        document.push(Block::callout(tone, String::new(), t(lang, key)));
        return;
    }
    document.push(Block::callout(Tone::Danger, say(lang, "report-rr-untreated-some", n), t(lang, "report-rr-untreated-ask")));
    document.blocks.extend(cut(lang, source.cover.options.book, source.untreated.len(), n));
    document.push(Block::Table(tables::above(source, lang, &source.untreated, "report-rr-untreated")));
}

fn summary(document: &mut Document, source: &Source, lang: Lang) {
    let (totals, decided) = (&source.totals, &source.decided);
    document.push(Block::heading(1, t(lang, "report-summary")));
    if totals.risks == 0 && (decided.valid, decided.back, decided.waiting) == (0, 0, 0) {
        document.push(Block::callout(Tone::Info, t(lang, "report-none-yet"), t(lang, "report-none-registered")));
        return;
    }
    let above = if decided.above > 0 { say(lang, "report-of-which-above", decided.above) } else { String::new() };
    document.push(Block::Stats(vec![
        stat(lang, "report-stat-risks", totals.risks, Tone::Neutral, String::new()),
        stat(lang, "report-stat-above", totals.above, Tone::Danger, String::new()),
        stat(lang, "report-stat-accepted", decided.valid, Tone::Info, above),
        stat(lang, "report-stat-back", decided.back, Tone::Warning, String::new()),
    ]));
    let limits = [("score", source.appetite.score.to_string().into()), ("yen", yen(lang, source.appetite.yen).into())];
    document.push(Block::text(ta(lang, "report-say-limits", &limits)));
    if totals.risks > 0 {
        let facts = [
            ("total", totals.risks.to_string().into()),
            ("within", totals.acceptable.to_string().into()),
            ("above", totals.above.to_string().into()),
            ("unknown", totals.unknown().to_string().into()),
        ];
        document.push(Block::text(ta(lang, "report-rr-say", &facts)));
    }
    let asked = [
        (totals.untreated, "report-ask-untreated"),
        (decided.back, "report-ask-back"),
        (decided.waiting, "report-ask-waiting"),
        (decided.soon, "report-ask-soon"),
    ];
    let asked: Vec<String> = asked.into_iter().filter(|(n, _)| *n > 0).map(|(n, key)| say(lang, key, n)).collect();
    decide(document, lang, &asked);
}
