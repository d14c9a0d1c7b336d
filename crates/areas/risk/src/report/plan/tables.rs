//! The tables of the plan.

use std::collections::BTreeMap;

use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_kernel::time::FiscalPeriod;
use mamori_ledger::Choice as _;
use mamori_report::Tone;
use mamori_report::doc::{Align, Cell, Table, Width};

use super::super::columns::{self, Col};
use super::super::register::queries::Risk;
use super::super::words::{amount, day, due, label, number, standing};
use super::Source;
use super::calendar::{ByClass, Mark, by_quarter, marks, quarters};
use super::queries::{Measure, Transfer};
use crate::insurance;
use crate::treatment::{CostClass, Factor, Family, Policy, State};

fn join(lang: Lang) -> &'static str {
    lang.pick("、", ", ")
}

/// What a measure is and what it lowers: `技術的／発生可能性を1に`.
fn works(lang: Lang, measure: &Measure) -> String {
    let factor = label::<Factor>(&measure.factor, lang);
    let lowers = match measure.lowers_to {
        Some(level) if !factor.is_empty() => {
            ta(lang, "report-lowers-to", &[("factor", factor.into()), ("level", level.to_string().into())])
        }
        _ => factor,
    };
    [label::<Family>(&measure.kind, lang), lowers].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn state(lang: Lang, source: &Source, measure: &Measure) -> Cell {
    match measure.state {
        _ if measure.is_overdue(source.cover.today) => Cell::new(t(lang, "report-overdue")).tone(Tone::Danger).bold(),
        Some(State::Done) => Cell::new(State::set().label("done", lang)).tone(Tone::Success),
        Some(state) => Cell::new(State::set().label(state.code(), lang)),
        None => Cell::new(""),
    }
}

/// `120,000` and, on a line of its own, what comes every year.
fn cost(lang: Lang, measure: &Measure) -> String {
    let yearly = measure.yearly_cost.filter(|yen| *yen > 0);
    let each = yearly.map(|yen| ta(lang, "report-each-year", &[("yen", amount(Some(yen)).into())]));
    [measure.cost.map(|cost| amount(Some(cost))), each].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// Columns that every list of measures has.
fn usual<'a>(source: &'a Source, lang: Lang) -> Vec<Col<'a, Measure>> {
    let today = source.cover.today;
    vec![
        Col::words(t(lang, "report-col-measure"), 2.8, |one: &Measure| one.title.clone()),
        Col::words(t(lang, "report-col-works"), 1.5, move |one: &Measure| works(lang, one)),
        Col::words(t(lang, "report-col-owner"), 1.1, |one: &Measure| one.owner.clone()),
        Col::mark(t(lang, "report-col-due"), 26.0, move |one: &Measure| match one.is_overdue(today) {
            true => due(lang, one.due, today),
            false => Cell::new(day(lang, one.due)),
        }),
        Col::number(t(lang, "report-col-cost-yen"), 28.0, move |one: &Measure| cost(lang, one)),
        Col::mark(t(lang, "report-col-cost-class"), 24.0, move |one: &Measure| label::<CostClass>(&one.cost_class, lang)),
        Col::mark(t(lang, "report-col-state"), 18.0, move |one: &Measure| state(lang, source, one)),
    ]
}

/// Measures under the risk that they are for: a line for the risk, then its measures.
pub fn by_risk(source: &Source, lang: Lang) -> Table {
    let usual = usual(source, lang);
    let width = u16::try_from(usual.len()).unwrap_or(1);
    let mut of: BTreeMap<&str, Vec<&Measure>> = BTreeMap::new();
    for measure in &source.measures {
        of.entry(&measure.risk).or_default().push(measure);
    }
    let mut table = columns::table(&usual, []).captioned(t(lang, "report-tp-plan-caption"));
    for risk in &source.planned {
        let Some(measures) = of.get(risk.id.as_str()) else { continue };
        let tone = if risk.is_above() { Tone::Danger } else { Tone::Info };
        table.row([Cell::new(risk_line(lang, risk)).bold().tone(tone).span(width).align(Align::Left)]);
        table.rows.append(&mut columns::table(&usual, measures.iter().copied()).rows);
    }
    table
}

/// `No.3 誤送信　方針：低減　今 24 → 目標 8`.
fn risk_line(lang: Lang, risk: &Risk) -> String {
    let policy = match risk.policy.as_str() {
        "" => t(lang, "report-no-policy"),
        code => label::<Policy>(code, lang),
    };
    let facts = [
        ("number", number(risk.number).into()),
        ("title", risk.title.clone().into()),
        ("policy", policy.into()),
        ("now", number(risk.values.current).into()),
        ("target", number(risk.values.target).into()),
        ("after", number(risk.values.residual).into()),
    ];
    ta(lang, "report-tp-risk-line", &facts)
}

/// The same for a workbook: the risk in columns of its own, so that the sheet can be sorted.
pub fn flat(source: &Source, lang: Lang) -> Table {
    struct Line<'a>(&'a Risk, &'a Measure);
    let by_id: BTreeMap<&str, &Risk> = source.planned.iter().map(|risk| (risk.id.as_str(), risk)).collect();
    let rows: Vec<Line<'_>> = source.measures.iter().filter_map(|one| Some(Line(by_id.get(one.risk.as_str())?, one))).collect();
    let columns = [
        Col::number("No.".to_owned(), 10.0, |line: &Line<'_>| number(line.0.number)),
        Col::words(t(lang, "report-col-risk"), 2.0, |line: &Line<'_>| line.0.title.clone()),
        Col::mark(t(lang, "report-col-policy"), 14.0, |line: &Line<'_>| label::<Policy>(&line.0.policy, lang)),
        Col::number(t(lang, "report-col-current"), 12.0, |line: &Line<'_>| number(line.0.values.current)),
        Col::number(t(lang, "report-col-target"), 12.0, |line: &Line<'_>| number(line.0.values.target)),
        Col::number(t(lang, "report-col-residual"), 12.0, |line: &Line<'_>| number(line.0.values.residual)),
        Col::words(t(lang, "report-col-measure"), 2.0, |line: &Line<'_>| line.1.title.clone()),
        Col::words(t(lang, "report-col-kind"), 1.0, |line: &Line<'_>| label::<Family>(&line.1.kind, lang)),
        Col::words(t(lang, "report-col-factor"), 1.0, |line: &Line<'_>| label::<Factor>(&line.1.factor, lang)),
        Col::number(t(lang, "report-col-lowers-to"), 12.0, |line: &Line<'_>| number(line.1.lowers_to)),
        Col::words(t(lang, "report-col-owner"), 1.0, |line: &Line<'_>| line.1.owner.clone()),
        Col::mark(t(lang, "report-col-due"), 22.0, |line: &Line<'_>| day(lang, line.1.due)),
        Col::mark(t(lang, "report-col-cost-class"), 18.0, |line: &Line<'_>| label::<CostClass>(&line.1.cost_class, lang)),
        Col::number(t(lang, "report-col-cost-yen"), 20.0, |line: &Line<'_>| amount(line.1.cost)),
        Col::number(t(lang, "report-col-yearly-yen"), 20.0, |line: &Line<'_>| amount(line.1.yearly_cost)),
        Col::number(t(lang, "report-col-years"), 12.0, |line: &Line<'_>| number(line.1.years)),
        Col::mark(t(lang, "report-col-state"), 16.0, |line: &Line<'_>| state(lang, source, line.1)),
    ];
    columns::table(&columns, &rows).captioned(t(lang, "report-tp-plan-caption"))
}

/// A list of measures with what they are for.
fn listed(source: &Source, lang: Lang, measures: &[Measure], caption: &str) -> Table {
    let mut columns = usual(source, lang);
    let whole = t(lang, "report-whole-company");
    let target = move |one: &Measure| if one.asset.is_empty() { whole.clone() } else { one.asset.clone() };
    columns.insert(1, Col::words(t(lang, "report-col-asset"), 1.3, target));
    columns::table(&columns, measures).captioned(t(lang, caption))
}

/// Measures for an asset or the whole company.
pub fn loose(source: &Source, lang: Lang) -> Table {
    listed(source, lang, &source.loose, "report-tp-loose-caption")
}

/// Late measures.
pub fn overdue(source: &Source, lang: Lang) -> Table {
    let today = source.cover.today;
    let late = move |one: &Measure| {
        let days = one.due.and_then(|due| today.since(due).ok()).map(|span| i64::from(span.get_days()));
        number(days)
    };
    let columns = [
        Col::words(t(lang, "report-col-measure"), 3.0, |one: &Measure| one.title.clone()),
        Col::words(t(lang, "report-col-owner"), 1.2, |one: &Measure| one.owner.clone()),
        Col::mark(t(lang, "report-col-due"), 26.0, |one: &Measure| Cell::new(day(lang, one.due)).tone(Tone::Danger)),
        Col::number(t(lang, "report-col-days-late"), 20.0, late),
        Col::mark(t(lang, "report-col-state"), 18.0, |one: &Measure| {
            one.state.map(|state| State::set().label(state.code(), lang).to_owned()).unwrap_or_default()
        }),
    ];
    columns::table(&columns, &source.overdue).captioned(t(lang, "report-tp-overdue"))
}

/// Risks above the appetite for which nothing is decided.
pub fn without(source: &Source, lang: Lang) -> Table {
    let columns = [
        Col::number("No.".to_owned(), 10.0, |risk: &Risk| number(risk.number)),
        Col::words(t(lang, "report-col-risk"), 3.0, |risk: &Risk| risk.title.clone()),
        Col::words(t(lang, "report-col-department-short"), 1.2, |risk: &Risk| risk.department.clone()),
        Col::words(t(lang, "report-col-risk-owner"), 1.2, |risk: &Risk| risk.owner.clone()),
        Col::number(t(lang, "report-col-value"), 16.0, |risk: &Risk| number(risk.value())),
        Col::number(t(lang, "report-col-ale"), 26.0, |risk: &Risk| amount(risk.ale)),
        Col::mark(t(lang, "report-col-standing"), 18.0, |risk: &Risk| standing(lang, risk)),
    ];
    columns::table(&columns, &source.undecided).captioned(t(lang, "report-tp-without"))
}

/// Measures that stand in for another (S0-09).
pub fn compensating(source: &Source, lang: Lang) -> Table {
    let columns = [
        Col::words(t(lang, "report-col-instead"), 2.0, |one: &Measure| one.compensates.clone()),
        Col::words(t(lang, "report-col-why-not"), 2.2, |one: &Measure| one.why_not.clone()),
        Col::words(t(lang, "report-col-stand-in"), 2.0, |one: &Measure| one.title.clone()),
        Col::words(t(lang, "report-col-owner"), 1.1, |one: &Measure| one.owner.clone()),
        Col::mark(t(lang, "report-col-due"), 26.0, |one: &Measure| day(lang, one.due)),
        Col::mark(t(lang, "report-col-state"), 18.0, |one: &Measure| state(lang, source, one)),
    ];
    columns::table(&columns, &source.compensating).captioned(t(lang, "report-tp-compensating"))
}

/// What others carry.
pub fn transfers(source: &Source, lang: Lang) -> Table {
    let today = source.cover.today;
    let covers =
        |one: &Transfer| one.covers.iter().map(|code| label::<insurance::Cover>(code, lang)).collect::<Vec<_>>().join(join(lang));
    let columns = [
        Col::words(t(lang, "report-col-contract"), 1.6, |one: &Transfer| format!("{}\n{}", one.name, one.provider)),
        Col::mark(t(lang, "report-col-transfer-kind"), 19.0, |one: &Transfer| label::<insurance::Kind>(&one.kind, lang)),
        Col::words(t(lang, "report-col-covers"), 1.8, covers),
        Col::words(t(lang, "report-col-not-covered"), 1.8, |one: &Transfer| one.not_covered.clone()),
        Col::number(t(lang, "report-col-limit"), 25.0, |one: &Transfer| amount(one.limit)),
        Col::number(t(lang, "report-col-premium"), 21.0, |one: &Transfer| amount(one.premium)),
        Col::mark(t(lang, "report-col-ends"), 26.0, |one: &Transfer| due(lang, one.ends, today)),
    ];
    columns::table(&columns, &source.transfers).captioned(t(lang, "report-tp-transfer"))
}

/// Names of the classes, with those without one last.
pub fn classes(lang: Lang) -> [String; 4] {
    let name = |class: CostClass| CostClass::set().label(class.code(), lang).to_owned();
    [name(CostClass::Before), name(CostClass::Run), name(CostClass::After), t(lang, "report-no-class")]
}

/// Money by class: once, each year, over the years of use.
pub fn by_class(source: &Source, lang: Lang) -> Table {
    let mut table = Table::new([
        (t(lang, "report-col-cost-class"), Width::Weight(1.4), Align::Left),
        (t(lang, "report-col-measures"), Width::Millimetres(24.0), Align::Right),
        (t(lang, "report-col-once"), Width::Weight(1.0), Align::Right),
        (t(lang, "report-col-yearly-yen"), Width::Weight(1.0), Align::Right),
        (t(lang, "report-col-whole"), Width::Weight(1.0), Align::Right),
    ])
    .captioned(t(lang, "report-tp-class-caption"));
    let sum = |class: Option<Option<CostClass>>| {
        let of = source.costs.iter().filter(|cost| class.is_none_or(|class| cost.class == class));
        of.fold([0_i64; 4], |[a, b, c, d], cost| {
            let add = |sum: i64, more: i64| sum.saturating_add(more);
            [add(a, cost.measures), add(b, cost.once), add(c, cost.yearly), add(d, cost.whole)]
        })
    };
    let all = [Some(CostClass::Before), Some(CostClass::Run), Some(CostClass::After), None];
    for (class, name) in all.into_iter().zip(classes(lang)) {
        let [measures, rest @ ..] = sum(Some(class));
        if measures > 0 || class.is_some() {
            let cells = rest.map(|yen| Cell::new(amount(Some(yen))));
            table.row([Cell::new(name), Cell::new(measures.to_string())].into_iter().chain(cells));
        }
    }
    let [measures, rest @ ..] = sum(None);
    let cells = rest.map(|yen| Cell::new(amount(Some(yen))).bold());
    let head = [Cell::new(t(lang, "report-total")).bold(), Cell::new(measures.to_string()).bold()];
    table.row(head.into_iter().chain(cells));
    table
}

fn name(lang: Lang, key: &str, quarter: FiscalPeriod) -> String {
    match quarter {
        FiscalPeriod::Quarter(year, quarter) => {
            ta(lang, key, &[("year", (year % 100).to_string().into()), ("n", quarter.to_string().into())])
        }
        other => other.label(lang),
    }
}

/// One-off costs by quarter of the due date, named by the sentence of the key; periods without money before, after and without a date are left out.
pub fn by_time(source: &Source, lang: Lang, key: &str) -> Vec<(String, ByClass)> {
    let quarters = quarters(source.fiscal, source.cover.today);
    let names = std::iter::once(t(lang, "report-before-year"))
        .chain(quarters.iter().map(|quarter| name(lang, key, *quarter)))
        .chain([t(lang, "report-later"), t(lang, "report-no-date")]);
    let kept = |at: usize, row: &ByClass| (1..=quarters.len()).contains(&at) || row.iter().any(|yen| *yen > 0);
    let rows = by_quarter(&source.costs, source.fiscal, &quarters);
    names.zip(rows).enumerate().filter(|(at, (_, row))| kept(*at, row)).map(|(_, row)| row).collect()
}

/// The table of [`by_time`].
pub fn quarterly(source: &Source, lang: Lang) -> Table {
    let head = std::iter::once((t(lang, "report-col-quarter"), Width::Weight(1.3), Align::Left));
    let names = classes(lang).into_iter().chain([t(lang, "report-total")]);
    let mut table = Table::new(head.chain(names.map(|name| (name, Width::Weight(1.0), Align::Right))))
        .captioned(t(lang, "report-tp-quarter-caption"));
    for (name, row) in by_time(source, lang, "report-quarter") {
        let sum = row.iter().fold(0_i64, |sum, yen| sum.saturating_add(*yen));
        let cells = row.map(|yen| Cell::new(amount(Some(yen))));
        table.row(std::iter::once(Cell::new(name)).chain(cells).chain([Cell::new(amount(Some(sum))).bold()]));
    }
    table
}

/// The calendar: a row a measure, a column a quarter.
pub fn calendar(source: &Source, lang: Lang) -> Table {
    let quarters = quarters(source.fiscal, source.cover.today);
    let mut heads = vec![
        (t(lang, "report-col-measure"), Width::Weight(3.0), Align::Left),
        (t(lang, "report-col-owner"), Width::Weight(1.1), Align::Left),
        (t(lang, "report-col-due"), Width::Millimetres(26.0), Align::Centre),
    ];
    heads
        .extend(quarters.iter().map(|quarter| (name(lang, "report-quarter", *quarter), Width::Millimetres(19.0), Align::Centre)));
    heads.push((t(lang, "report-later"), Width::Millimetres(19.0), Align::Centre));
    let mut table = Table::new(heads).captioned(t(lang, "report-tp-time-caption"));
    for measure in &source.timed {
        let cell = |mark: Mark| match mark {
            Mark::Blank => Cell::new(""),
            Mark::Running => Cell::new("→").tone(Tone::Info),
            Mark::Due => Cell::new(t(lang, "report-mark-due")).tone(Tone::Info).bold(),
            Mark::Done => Cell::new(t(lang, "report-mark-done")).tone(Tone::Success),
            Mark::Late => Cell::new(t(lang, "report-mark-late")).tone(Tone::Danger),
        };
        let head = [Cell::new(&measure.title), Cell::new(&measure.owner), Cell::new(day(lang, measure.due))];
        let marks = marks(measure, source.fiscal, &quarters, source.cover.today);
        table.row(head.into_iter().chain(marks.into_iter().map(cell)));
    }
    table
}
