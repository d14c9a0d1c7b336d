//! The tables of the report.

use mamori_kernel::i18n::t;
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_kernel::yen::Yen;
use mamori_ledger::{Choice, Record};
use mamori_report::Tone;
use mamori_report::doc::{Align, Cell, HeaderCell, Table, Width};

use super::data::Source;
use crate::ipa::rules::{Band, ThreatLevel, WeaknessLevel, likelihood};
use crate::neighbours::Storage;
use crate::treatment::{Policy, State};
use crate::{acceptance, catalog};

fn tone(band: Band) -> Tone {
    match band {
        Band::Large => Tone::Danger,
        Band::Middle => Tone::Warning,
        Band::Small => Tone::Success,
    }
}

fn band_cell(lang: Lang, band: Band) -> Cell {
    Cell::new(lang.pick(band.label_ja(), band.label_en())).tone(tone(band)).bold()
}

fn storage(lang: Lang, record: &Record) -> String {
    Storage::set().label(record.get("storage").as_str(), lang).to_owned()
}

fn number(record: &Record, field: &str) -> String {
    record.get(field).stored()
}

/// The largest risks with why they are large.
pub fn top(source: &Source, lang: Lang) -> Table {
    let mut table = Table::new([
        (t(lang, "report-col-asset"), Width::Weight(2.6), Align::Left),
        (t(lang, "report-col-department"), Width::Weight(1.3), Align::Left),
        (t(lang, "report-col-value"), Width::Millimetres(18.0), Align::Right),
        (t(lang, "report-col-band"), Width::Millimetres(15.0), Align::Centre),
        (t(lang, "report-col-why"), Width::Weight(3.4), Align::Left),
    ])
    .captioned(t(lang, "report-top-caption"));
    for id in &source.top {
        let Some(record) = source.assets.iter().find(|record| record.meta.id == *id) else { continue };
        let outcome = source.model.assess(record);
        let Some(done) = outcome.complete() else { continue };
        table.row([
            Cell::new(format!("{}\n{}", record.get("name").as_str(), storage(lang, record))),
            Cell::new(source.labels.get(record.get("department").as_str())),
            Cell::new(done.value.number().to_string()).bold(),
            band_cell(lang, done.band),
            Cell::new(why(source, lang, record)),
        ]);
    }
    table
}

/// Why a risk is what it is, in one or two sentences: what weighs, what is easy, what is missing.
fn why(source: &Source, lang: Lang, record: &Record) -> String {
    let outcome = source.model.assess(record);
    let Some(done) = outcome.complete() else { return String::new() };
    let place = source.model.place(record.get("storage").as_str());
    let weak: Vec<&str> = place
        .and_then(|place| place.weakness.as_ref())
        .map(|weakness| {
            weakness.decided_by.iter().filter_map(|code| catalog::get().kind(code)).map(|kind| kind.name.get(lang)).collect()
        })
        .unwrap_or_default();
    let (importance, threat) = (done.importance, done.threat);
    // Two names tell where to begin; the method chapter lists them all.
    let more = if weak.len() > 2 { lang.pick("など", " and others") } else { "" };
    let weak = format!("{}{more}", weak.iter().take(2).copied().collect::<Vec<_>>().join(lang.pick("、", ", ")));
    match lang {
        Lang::Ja => format!(
            "重要度は「{}」。脅威は「{}」。対策は「{}」{}。",
            importance.label_ja(),
            threat.label_ja(),
            done.weakness.label_ja(),
            if weak.is_empty() { String::new() } else { format!("（弱いところ：{weak}）") }
        ),
        Lang::En => format!(
            "Importance: {}. Threat: {}. Measures: {}{}.",
            importance.label_en(),
            threat.label_en(),
            done.weakness.label_en(),
            if weak.is_empty() { String::new() } else { format!(" (weakest: {weak})") }
        ),
    }
}

/// Treatments that are not cancelled, with the sum of their costs.
pub fn treatments(source: &Source, lang: Lang) -> Table {
    let mut table = Table::new([
        (t(lang, "report-col-treatment"), Width::Weight(2.8), Align::Left),
        (t(lang, "report-col-asset"), Width::Weight(1.8), Align::Left),
        (t(lang, "report-col-policy"), Width::Millimetres(14.0), Align::Centre),
        (t(lang, "report-col-owner"), Width::Weight(1.3), Align::Left),
        (t(lang, "report-col-due"), Width::Millimetres(26.0), Align::Centre),
        (t(lang, "report-col-cost"), Width::Millimetres(24.0), Align::Right),
        (t(lang, "report-col-state"), Width::Millimetres(20.0), Align::Centre),
    ])
    .captioned(t(lang, "report-treatments-caption"));
    let listed: Vec<_> = source.treatments.iter().filter(|row| row.state != Some(State::Cancelled)).collect();
    for row in &listed {
        let overdue = row.is_overdue(source.cover.today);
        let state = match row.state {
            _ if overdue => Cell::new(t(lang, "report-overdue")).tone(Tone::Danger),
            Some(State::Done) => Cell::new(State::set().label("done", lang)).tone(Tone::Success),
            Some(state) => Cell::new(State::set().label(state.code(), lang)),
            None => Cell::new(""),
        };
        table.row([
            Cell::new(&row.title),
            Cell::new(if row.asset.is_empty() { t(lang, "report-whole-company") } else { row.asset.clone() }),
            Cell::new(Policy::set().label(&row.policy, lang)),
            Cell::new(&row.owner),
            Cell::new(row.due.map(|day| time::short_date(lang, day)).unwrap_or_default()),
            Cell::new(row.cost.map(|cost| Yen(cost).format(lang)).unwrap_or_default()),
            state,
        ]);
    }
    if !listed.is_empty() {
        let sum = Yen(listed.iter().filter_map(|row| row.cost).fold(0, i64::saturating_add));
        table.row([Cell::new(t(lang, "report-total")).bold().span(5), Cell::new(sum.format(lang)).bold(), Cell::new("")]);
    }
    table
}

/// Acceptances with who and why.
pub fn acceptances(source: &Source, lang: Lang) -> Table {
    let mut table = Table::new([
        (t(lang, "report-col-asset"), Width::Weight(1.8), Align::Left),
        (t(lang, "report-col-value"), Width::Millimetres(18.0), Align::Right),
        (t(lang, "report-col-reason"), Width::Weight(3.2), Align::Left),
        (t(lang, "report-col-accepted-by"), Width::Weight(1.2), Align::Left),
        (t(lang, "report-col-review"), Width::Millimetres(26.0), Align::Centre),
    ])
    .captioned(t(lang, "report-acceptances-caption"));
    for row in &source.acceptances {
        let class = acceptance::Class::set().label(&row.class, lang).to_owned();
        let late = row.review_on.is_some_and(|day| day < source.cover.today);
        let review = Cell::new(row.review_on.map(|day| time::short_date(lang, day)).unwrap_or_default());
        table.row([
            Cell::new(&row.name),
            Cell::new(row.accepted.0.map(|value| value.to_string()).unwrap_or_default()),
            Cell::new(format!("{class}\n{}", row.reason)),
            Cell::new(&row.accepted_by),
            if late { review.tone(Tone::Danger) } else { review },
        ]);
    }
    table
}

/// Rows of the ledger that the document holds, largest risk first. Nobody reads more on paper, and setting 10,000 rows took 14 seconds
/// and 2 GB of memory; the workbook always has all of them.
pub const LEDGER_ROWS: usize = 1_000;

/// The whole ledger, wide.
pub fn ledger(source: &Source, lang: Lang) -> Table {
    let narrow = |key: &str| (t(lang, key), Width::Millimetres(11.5), Align::Centre);
    let mut table = Table::new([
        ("No.".to_owned(), Width::Millimetres(10.0), Align::Right),
        (t(lang, "report-col-business"), Width::Weight(1.1), Align::Left),
        (t(lang, "report-col-asset"), Width::Weight(2.6), Align::Left),
        (t(lang, "report-col-department"), Width::Weight(1.3), Align::Left),
        (t(lang, "report-col-storage"), Width::Weight(1.4), Align::Left),
        (t(lang, "report-col-personal"), Width::Millimetres(17.0), Align::Centre),
        narrow("report-col-c"),
        narrow("report-col-i"),
        narrow("report-col-a"),
        narrow("report-col-importance"),
        narrow("report-col-threat"),
        narrow("report-col-weakness"),
        narrow("report-col-likelihood"),
        narrow("report-col-value"),
        narrow("report-col-band"),
        (t(lang, "report-col-retention"), Width::Millimetres(17.0), Align::Centre),
    ])
    .captioned(t(lang, "report-ledger"))
    .small();
    let flat = std::mem::take(&mut table.header).into_iter().next().unwrap_or_default();
    let tall = |n: usize| flat.get(n).map(|cell| HeaderCell::tall(&cell.text, 2)).into_iter();
    let mut first: Vec<HeaderCell> = (0..6).flat_map(tall).collect();
    first.push(HeaderCell::group(t(lang, "report-group-values"), 3));
    first.extend(tall(9));
    first.push(HeaderCell::group(t(lang, "report-group-risk"), 5));
    first.extend(tall(15));
    let second = flat.iter().skip(6).take(3).chain(flat.iter().skip(10).take(5)).cloned().collect();
    table.header = vec![first, second];
    for (index, record) in source.assets.iter().take(LEDGER_ROWS).enumerate() {
        let band = source.model.assess(record).complete().map(|done| done.band);
        let cells = [
            Cell::new((index + 1).to_string()),
            Cell::new(record.get("business").as_str()),
            Cell::new(record.get("name").as_str()),
            Cell::new(source.labels.get(record.get("department").as_str())),
            Cell::new(storage(lang, record)),
            Cell::new(personal(lang, record)),
            Cell::new(number(record, "confidentiality")),
            Cell::new(number(record, "integrity")),
            Cell::new(number(record, "availability")),
            Cell::new(number(record, "importance")),
            Cell::new(number(record, "threat_level")),
            Cell::new(number(record, "weakness_level")),
            Cell::new(number(record, "likelihood")),
            Cell::new(number(record, "risk_value")).bold(),
            band.map_or_else(|| Cell::new("—"), |band| band_cell(lang, band)),
            Cell::new(record.get("retention").as_str()),
        ];
        table.row(cells);
    }
    table
}

fn personal(lang: Lang, record: &Record) -> String {
    let marks =
        [("pi_number", "report-pi-number"), ("pi_sensitive", "report-pi-sensitive"), ("pi_personal", "report-pi-personal")];
    marks.iter().find(|(field, _)| record.get(field).is_yes()).map(|(_, key)| t(lang, key)).unwrap_or_default()
}

/// The conversion table of the method.
pub fn conversion(lang: Lang) -> Table {
    let mut columns = vec![(t(lang, "report-threat-by-weakness"), Width::Weight(2.0), Align::Left)];
    columns.extend(WeaknessLevel::ALL.iter().rev().map(|weakness| {
        (
            format!("{} {}", weakness.number(), lang.pick(weakness.label_ja(), weakness.label_en())),
            Width::Weight(1.4),
            Align::Centre,
        )
    }));
    let mut table = Table::new(columns).captioned(t(lang, "report-conversion-caption"));
    for threat in ThreatLevel::ALL.iter().rev() {
        let head = Cell::new(format!("{} {}", threat.number(), lang.pick(threat.label_ja(), threat.label_en())));
        let values = WeaknessLevel::ALL.iter().rev().map(|weakness| {
            let level = likelihood(*threat, *weakness);
            Cell::new(format!("{} {}", level.number(), lang.pick(level.label_ja(), level.label_en())))
        });
        table.row(std::iter::once(head).chain(values));
    }
    table
}

/// The two sheets on one page: threat and weakness of every storage place.
pub fn places(source: &Source, lang: Lang) -> Table {
    let mut table = Table::new([
        (t(lang, "report-col-storage"), Width::Weight(1.4), Align::Left),
        (t(lang, "report-col-threat"), Width::Millimetres(14.0), Align::Centre),
        (t(lang, "report-col-reason"), Width::Weight(3.0), Align::Left),
        (t(lang, "report-col-weakness"), Width::Millimetres(14.0), Align::Centre),
        (t(lang, "report-col-weakest"), Width::Weight(2.0), Align::Left),
    ])
    .captioned(t(lang, "report-places-caption"));
    for choice in &Storage::set().choices {
        let Some(place) = source.model.place(&choice.code) else { continue };
        let threat = place.threat.as_ref();
        let weakest: Vec<&str> = place
            .weakness
            .iter()
            .flat_map(|weakness| &weakness.decided_by)
            .filter_map(|code| catalog::get().kind(code))
            .map(|kind| kind.name.get(lang))
            .collect();
        table.row([
            Cell::new(choice.words.get(lang)),
            Cell::new(threat.and_then(|threat| threat.level).map_or_else(|| "—".to_owned(), |level| level.number().to_string())),
            Cell::new(threat.map(|threat| threat.reason.clone()).unwrap_or_default()),
            Cell::new(place.weakness.as_ref().map_or_else(|| "—".to_owned(), |weakness| weakness.level.number().to_string())),
            Cell::new(weakest.join(lang.pick("、", ", "))),
        ]);
    }
    table
}
