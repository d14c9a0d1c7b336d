//! The request on paper: what is asked for first, the proposal, the three viewpoints, cost and return (S2-D6-18, S3-18).

use jiff::civil::Date;
use mamori_approval::Stamp;
use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_kernel::yen::Yen;
use mamori_ledger::Choice as _;
use mamori_report::Tone;
use mamori_report::doc::{Align, Block, Cell, Document, Figure, Inline, Meta, StampBox, Stat, Table, Width};

use super::BudgetRequest;
use super::draft::Numbers;
use crate::budget::rules::{CLASSES, Item, Sums};
use crate::budget::sheet::{chart, class_word, year_word};
use crate::budget_item::State as ItemState;
use crate::neighbours::money::Payment;

/// Everything that is printed.
#[derive(Clone, Debug)]
pub struct Source {
    /// The request.
    pub request: BudgetRequest,
    /// The numbers behind it.
    pub numbers: Numbers,
    /// Signatures, 作成 last.
    pub stamps: Vec<Stamp>,
    /// Name of the company.
    pub company: String,
    /// What document numbers begin with.
    pub prefix: String,
    /// Who asks.
    pub author: String,
    /// The day of printing.
    pub today: Date,
}

impl Source {
    /// The document's number: `DS-BUD-2026-003`.
    #[must_use]
    pub fn number(&self) -> String {
        let prefix = if self.prefix.is_empty() { String::new() } else { format!("{}-", self.prefix) };
        format!("{prefix}BUD-{}-{:03}", self.numbers.year, self.request.number.unwrap_or_default())
    }
}

/// Sets the request.
#[must_use]
pub fn document(source: &Source, lang: Lang) -> Document {
    let mut document = Document { toc: false, ..Document::new(meta(source, lang)) };
    summary(&mut document, source, lang);
    let request = &source.request;
    section(
        &mut document,
        lang,
        "request-part-proposal",
        &[
            ("request-part-change", &request.change_text.0),
            ("request-part-concept", &request.concept_text.0),
            ("request-part-priority", &request.priority_text.0),
        ],
    );
    section(
        &mut document,
        lang,
        "request-part-views",
        &[
            ("request-part-peers", &request.peers_text.0),
            ("request-part-threats", &request.threats_text.0),
            ("request-part-appeal", &request.appeal_text.0),
        ],
    );
    cost(&mut document, source, lang);
    effect(&mut document, source, lang);
    document
}

fn meta(source: &Source, lang: Lang) -> Meta {
    let approvals = if source.stamps.is_empty() {
        let open = |key: &str, name: &str| StampBox { label: t(lang, key), name: name.to_owned(), date: None };
        vec![open("request-stamp-approve", ""), open("request-stamp-review", ""), open("request-stamp-author", &source.author)]
    } else {
        let boxed =
            |stamp: &Stamp| StampBox { label: stamp.label.get(lang).to_owned(), name: stamp.name.clone(), date: stamp.date };
        source.stamps.iter().map(boxed).collect()
    };
    Meta {
        lang,
        title: t(lang, "request-paper"),
        subtitle: source.request.title.clone(),
        company: source.company.clone(),
        doc_number: source.number(),
        version: String::new(),
        date: Some(source.today),
        author: source.author.clone(),
        classification: t(lang, "request-internal"),
        approvals,
        history: Vec::new(),
    }
}

/// Paragraphs and lists of a text that a person wrote: lines with a dot become a list.
fn prose(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut list: Vec<Vec<Inline>> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let point = ["・", "- ", "• ", "* "].iter().find_map(|dot| line.strip_prefix(dot));
        if let Some(point) = point {
            list.push(vec![Inline::plain(point.trim())]);
            continue;
        }
        if !list.is_empty() {
            blocks.push(Block::Bullets(std::mem::take(&mut list)));
        }
        blocks.push(Block::text(line));
    }
    if !list.is_empty() {
        blocks.push(Block::Bullets(list));
    }
    blocks
}

/// A chapter with the parts that were written; nothing when none was.
fn section(document: &mut Document, lang: Lang, title: &str, parts: &[(&str, &str)]) {
    if parts.iter().all(|(_, text)| text.trim().is_empty()) {
        return;
    }
    document.push(Block::heading(1, t(lang, title)));
    for (heading, text) in parts.iter().filter(|(_, text)| !text.trim().is_empty()) {
        document.push(Block::heading(2, t(lang, heading)));
        for block in prose(text) {
            document.push(block);
        }
    }
}

/// What is to be decided: content, time, cost (S2-D6-12).
fn summary(document: &mut Document, source: &Source, lang: Lang) {
    let sheet = source.numbers.sheet();
    let found = source.numbers.effect();
    let stat = |key: &str, value: String, note: String, tone: Tone| Stat { label: t(lang, key), value, note, tone };
    let mut stats = vec![
        stat("request-stat-amount", sheet.total.planned.format(lang), year_word(source.numbers.year, lang), Tone::Info),
        stat(
            "request-stat-items",
            ta(lang, "request-count", &[("n", source.numbers.items.len().to_string().into())]),
            String::new(),
            Tone::Neutral,
        ),
    ];
    if found.known > 0 {
        let saving = Yen(found.before.0 - found.after.0);
        let tone = if saving > Yen::ZERO { Tone::Success } else { Tone::Neutral };
        stats.push(stat("request-stat-saving", saving.format(lang), t(lang, "request-stat-saving-note"), tone));
    }
    let above = ta(lang, "request-count", &[("n", source.numbers.above.to_string().into())]);
    let tone = if source.numbers.above > 0 { Tone::Danger } else { Tone::Success };
    stats.push(stat("request-stat-above", above, String::new(), tone));
    document.push(Block::heading(1, t(lang, "request-part-summary"))).push(Block::Stats(stats));
    let ask = ta(
        lang,
        "request-ask",
        &[("year", year_word(source.numbers.year, lang).into()), ("amount", sheet.total.planned.format(lang).into())],
    );
    document.push(Block::callout(Tone::Info, t(lang, "request-ask-title"), ask));
    let titles: Vec<&str> = source.numbers.by_title().into_iter().map(|(title, _)| title).collect();
    let mut facts = vec![(t(lang, "request-content"), titles.join(lang.pick("、", ", ")))];
    if !source.request.wanted_by.is_empty() {
        facts.push((t(lang, "request-when"), source.request.wanted_by.clone()));
    }
    let sums = |sums: &Sums| sums.planned.format(lang);
    let classes = CLASSES.iter().zip(&sheet.classes).filter(|(_, one)| one.planned > Yen::ZERO);
    facts.extend(classes.map(|(class, one)| (class_word(*class, lang), sums(one))));
    document.push(Block::key_values(facts));
}

fn item_row(item: &Item, lang: Lang) -> Vec<Cell> {
    let payment = Payment::set().label(item.payment.code(), lang).to_owned();
    let spot = if item.spot { t(lang, "request-spot") } else { String::new() };
    let kind = [payment, spot].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(lang.pick("・", ", "));
    vec![Cell::new(class_word(item.class, lang)), Cell::new(&item.title), Cell::new(kind), Cell::new(item.amount.format(lang))]
}

fn cost(document: &mut Document, source: &Source, lang: Lang) {
    let mut table = Table::new([
        (t(lang, "request-class"), Width::Millimetres(32.0), Align::Left),
        (t(lang, "request-item"), Width::Weight(1.0), Align::Left),
        (t(lang, "request-kind"), Width::Millimetres(26.0), Align::Centre),
        (t(lang, "request-amount"), Width::Millimetres(32.0), Align::Right),
    ])
    .captioned(t(lang, "request-table-items"));
    let sheet = source.numbers.sheet();
    for (class, sums) in CLASSES.iter().zip(&sheet.classes) {
        let of_class: Vec<&Item> = source.numbers.items.iter().filter(|item| item.class == *class).collect();
        for item in &of_class {
            table.row(item_row(item, lang));
        }
        if of_class.len() > 1 {
            let name = ta(lang, "request-subtotal", &[("class", class_word(*class, lang).into())]);
            table.row([Cell::new(name).bold().span(3), Cell::new(sums.planned.format(lang)).bold()]);
        }
    }
    table.row([
        Cell::new(t(lang, "request-sum")).bold().span(3),
        Cell::new(sheet.total.planned.format(lang)).bold().tone(Tone::Info),
    ]);
    document.push(Block::heading(1, t(lang, "request-part-cost"))).push(Block::Table(table));
    let ahead = following(source);
    let mut years: Vec<i16> = ahead.iter().map(|item| item.year).collect();
    years.sort_unstable();
    years.dedup();
    if years.len() > 1 {
        let drawn = chart(lang, &t(lang, "request-chart"), &ahead, &years);
        let alt = drawn.table.rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>().join(lang.pick("、", "; "));
        let figure = Figure { svg: drawn.svg, width: 78, caption: t(lang, "request-chart"), alt, data_table: None };
        document.push(Block::Figure(figure)).push(Block::text(t(lang, "request-chart-lead")));
    }
    let free: Vec<String> = source
        .numbers
        .measures
        .iter()
        .filter(|measure| !measure.free_alternative.is_empty())
        .map(|measure| format!("{}{}{}", measure.title, lang.pick("：", ": "), measure.free_alternative))
        .collect();
    if !free.is_empty() {
        document.push(Block::heading(2, t(lang, "request-part-free"))).push(Block::bullets(free));
    }
}

/// The items, and what their measures cost in the years after.
fn following(source: &Source) -> Vec<Item> {
    let mut all = source.numbers.items.clone();
    for measure in &source.numbers.measures {
        for taken in measure.amounts().unwrap_or_default().into_iter().filter(|taken| taken.year > source.numbers.year) {
            all.push(Item {
                id: String::new(),
                title: measure.title.clone(),
                year: taken.year,
                class: taken.class,
                payment: Payment::Paid,
                spot: false,
                amount: taken.amount,
                approved: Yen::ZERO,
                spent: Yen::ZERO,
                state: ItemState::Planned,
                treatment: measure.id.clone(),
            });
        }
    }
    all
}

fn effect(document: &mut Document, source: &Source, lang: Lang) {
    let rows: Vec<_> = source.numbers.measures.iter().filter_map(|measure| Some((measure, measure.returns().ok()??))).collect();
    let text = &source.request.effect_text.0;
    if rows.is_empty() && text.trim().is_empty() {
        return;
    }
    document.push(Block::heading(1, t(lang, "request-part-effect")));
    for block in prose(text) {
        document.push(block);
    }
    if rows.is_empty() {
        return;
    }
    let number = |key: &str| (t(lang, key), Width::Millimetres(27.0), Align::Right);
    let mut table = Table::new([
        (t(lang, "request-measure"), Width::Weight(1.0), Align::Left),
        number("request-ale-before"),
        number("request-ale-after"),
        number("request-saving"),
        number("request-whole-cost"),
        (t(lang, "request-back"), Width::Millimetres(18.0), Align::Centre),
    ])
    .captioned(t(lang, "request-table-returns"));
    for (measure, found) in rows {
        let back = match found.pays_back_in {
            Some(year) => ta(lang, "request-back-in", &[("year", year.to_string().into())]),
            None => t(lang, "request-back-never"),
        };
        let yen = |amount: Option<Yen>| amount.unwrap_or_default().format(lang);
        table.row([
            Cell::new(&measure.title),
            Cell::new(yen(measure.before)),
            Cell::new(yen(measure.after)),
            Cell::new(found.yearly_saving.format(lang)).bold(),
            Cell::new(format!(
                "{}\n({})",
                found.total_cost.format(lang),
                ta(lang, "request-years", &[("n", measure.years.to_string().into())])
            )),
            Cell::new(back),
        ]);
    }
    document.push(Block::Table(table)).push(Block::text(t(lang, "request-returns-note")));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn what_a_person_wrote_keeps_its_lists() {
        let blocks = prose("一行目\n\n・あ\n- い\n終わり\n* う");
        let kinds: Vec<usize> = blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(_) => 0,
                Block::Bullets(list) => list.len(),
                _ => 99,
            })
            .collect();
        assert_eq!(kinds, [0, 2, 0, 1]);
        assert!(prose(" \n").is_empty());
    }
}
