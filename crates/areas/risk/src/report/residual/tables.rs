//! The tables of the report.

use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_ledger::Choice as _;
use mamori_report::Tone;
use mamori_report::doc::{Cell, Table};

use super::super::columns::{self, Col};
use super::super::register::queries::Risk;
use super::super::words::{amount, day, due, label, number, standing};
use super::Source;
use super::queries::Accepted;
use crate::acceptance::{Class, Comeback, State as AcceptanceState};
use crate::scenario::State;
use crate::treatment::Policy;

/// Risks above the limits, with what they exceed.
pub fn above(source: &Source, lang: Lang, risks: &[Risk], caption: &str) -> Table {
    let today = source.cover.today;
    let columns = [
        Col::number("No.".to_owned(), 10.0, |risk: &Risk| number(risk.number)),
        Col::words(t(lang, "report-col-risk"), 3.0, |risk: &Risk| risk.title.clone()),
        Col::words(t(lang, "report-col-department-short"), 1.2, |risk: &Risk| risk.department.clone()),
        Col::words(t(lang, "report-col-risk-owner"), 1.1, |risk: &Risk| risk.owner.clone()),
        Col::number(t(lang, "report-col-value"), 16.0, |risk: &Risk| score(source, risk)),
        Col::number(t(lang, "report-col-ale"), 27.0, |risk: &Risk| loss(source, risk)),
        Col::mark(t(lang, "report-col-policy"), 14.0, |risk: &Risk| label::<Policy>(&risk.policy, lang)),
        Col::mark(t(lang, "report-col-review"), 26.0, move |risk: &Risk| due(lang, risk.review_on, today)),
    ];
    columns::table(&columns, risks).captioned(t(lang, caption))
}

fn score(source: &Source, risk: &Risk) -> Cell {
    let cell = Cell::new(number(risk.value()));
    if risk.value().is_some_and(|value| value > source.appetite.score) { cell.tone(Tone::Danger).bold() } else { cell }
}

fn loss(source: &Source, risk: &Risk) -> Cell {
    let cell = Cell::new(amount(risk.ale));
    if risk.ale.is_some_and(|ale| ale > source.appetite.yen) { cell.tone(Tone::Danger).bold() } else { cell }
}

/// `No.3 誤送信`, with a mark where the management accepted more than the limit.
fn name(lang: Lang, one: &Accepted) -> String {
    let head = match one.number {
        Some(number) => format!("No.{number} {}", one.name),
        None => one.name.clone(),
    };
    if one.above { format!("{head}\n{}", t(lang, "report-accepted-above")) } else { head }
}

fn value(lang: Lang, one: &Accepted) -> String {
    let ale = one.ale.map(|ale| ta(lang, "report-yen-a-year", &[("yen", amount(Some(ale)).into())]));
    [Some(number(one.value)), ale].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The class with its rule of review, the reason, the conditions and the count.
fn why(lang: Lang, one: &Accepted) -> String {
    let class = label::<Class>(&one.class, lang);
    let mut lines = Vec::new();
    if !class.is_empty() {
        lines.push(ta(lang, "report-accepted-class", &[("class", class.into())]));
    }
    lines.push(one.reason.clone());
    if !one.conditions.is_empty() {
        lines.push(ta(lang, "report-accepted-conditions", &[("conditions", one.conditions.clone().into())]));
    }
    if let Some(limit) = one.limit_count {
        let facts = [("limit", limit.to_string().into()), ("happened", one.happened.unwrap_or_default().to_string().into())];
        lines.push(ta(lang, "report-accepted-count", &facts));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// How it must be looked at again, by its class (S2-D6-10).
fn rule(lang: Lang, one: &Accepted) -> String {
    Class::set().find(&one.class).map(|class| class.meaning.get(lang).to_owned()).unwrap_or_default()
}

/// Who signed and when: the boxes of the approval, or what the row says where the decision is older than the program.
fn signed(source: &Source, lang: Lang, one: &Accepted) -> String {
    let Some(stamps) = source.seals.get(&one.id) else {
        return format!("{}\n{}", one.accepted_by, day(lang, one.accepted_on));
    };
    let line = |stamp: &mamori_approval::Stamp| {
        let who = if stamp.on_behalf.is_empty() {
            stamp.name.clone()
        } else {
            ta(lang, "report-on-behalf", &[("name", stamp.name.clone().into()), ("of", stamp.on_behalf.clone().into())])
        };
        format!("{} {who}\n{}", stamp.label.get(lang), day(lang, stamp.date))
    };
    stamps.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What is accepted.
pub fn valid(source: &Source, lang: Lang) -> Table {
    let today = source.cover.today;
    let columns = [
        Col::words(t(lang, "report-col-accepted"), 2.0, |one: &Accepted| name(lang, one)),
        Col::number(t(lang, "report-col-accepted-value"), 34.0, |one: &Accepted| value(lang, one)),
        Col::words(t(lang, "report-col-why-accepted"), 2.8, |one: &Accepted| why(lang, one)),
        Col::words(t(lang, "report-col-rule"), 2.0, |one: &Accepted| rule(lang, one)),
        Col::mark(t(lang, "report-col-until"), 26.0, move |one: &Accepted| due(lang, one.review_on, today)),
        Col::fixed(t(lang, "report-col-signed"), 32.0, |one: &Accepted| signed(source, lang, one)),
    ];
    columns::table(&columns, &source.valid).captioned(t(lang, "report-rr-accepted"))
}

/// What came back.
pub fn back(source: &Source, lang: Lang) -> Table {
    let columns = [
        Col::words(t(lang, "report-col-accepted"), 2.2, |one: &Accepted| name(lang, one)),
        Col::words(t(lang, "report-col-comeback"), 2.0, |one: &Accepted| {
            Cell::new(match Comeback::parse(&one.comeback) {
                Some(comeback) => Comeback::set().label(comeback.code(), lang).to_owned(),
                None => label::<AcceptanceState>(&one.state, lang),
            })
            .tone(Tone::Danger)
        }),
        Col::mark(t(lang, "report-col-comeback-on"), 26.0, |one: &Accepted| day(lang, one.comeback_on.or(one.review_on))),
        Col::number(t(lang, "report-col-accepted-value"), 34.0, |one: &Accepted| value(lang, one)),
        Col::number(t(lang, "report-col-value-now"), 16.0, |one: &Accepted| number(one.now)),
        Col::fixed(t(lang, "report-col-signed"), 32.0, |one: &Accepted| signed(source, lang, one)),
    ];
    columns::table(&columns, &source.back).captioned(t(lang, "report-rr-back"))
}

/// What nobody has decided yet.
pub fn waiting(source: &Source, lang: Lang) -> Table {
    let columns = [
        Col::words(t(lang, "report-col-accepted"), 2.4, |one: &Accepted| name(lang, one)),
        Col::number(t(lang, "report-col-value-now"), 18.0, |one: &Accepted| number(one.now.or(one.value))),
        Col::words(t(lang, "report-col-reason"), 3.0, |one: &Accepted| one.reason.clone()),
        Col::words(t(lang, "report-col-proposed"), 1.2, |one: &Accepted| one.proposed_by.clone()),
        Col::mark(t(lang, "report-col-state"), 20.0, |one: &Accepted| label::<AcceptanceState>(&one.state, lang)),
    ];
    columns::table(&columns, &source.waiting).captioned(t(lang, "report-rr-waiting"))
}

/// All risks with what is left of them.
pub fn list(source: &Source, lang: Lang) -> Table {
    let today = source.cover.today;
    let stages = t(lang, "report-group-stages");
    let stage = |key: &str, read: fn(&Risk) -> Option<i64>| {
        Col::number(t(lang, key), 13.0, move |risk: &Risk| number(read(risk))).under(&stages)
    };
    let columns = [
        Col::number("No.".to_owned(), 11.0, |risk: &Risk| number(risk.number)),
        Col::words(t(lang, "report-col-risk"), 3.0, |risk: &Risk| risk.title.clone()),
        Col::words(t(lang, "report-col-department-short"), 1.2, |risk: &Risk| risk.department.clone()),
        Col::words(t(lang, "report-col-risk-owner"), 1.1, |risk: &Risk| risk.owner.clone()),
        stage("report-col-inherent", |risk| risk.values.inherent),
        stage("report-col-current", |risk| risk.values.current),
        stage("report-col-target", |risk| risk.values.target),
        Col::number(t(lang, "report-col-residual"), 13.0, |risk: &Risk| match risk.values.residual {
            Some(_) => score(source, risk),
            None => Cell::new(number(None)),
        })
        .under(&stages),
        Col::number(t(lang, "report-col-ale"), 26.0, |risk: &Risk| loss(source, risk)),
        Col::mark(t(lang, "report-col-standing"), 18.0, |risk: &Risk| standing(lang, risk)),
        Col::mark(t(lang, "report-col-policy"), 14.0, |risk: &Risk| label::<Policy>(&risk.policy, lang)),
        Col::mark(t(lang, "report-col-state"), 17.0, |risk: &Risk| label::<State>(&risk.state, lang)),
        Col::mark(t(lang, "report-col-review"), 22.0, move |risk: &Risk| due(lang, risk.review_on, today)),
    ];
    columns::table(&columns, &source.list).captioned(t(lang, "report-rr-list")).small()
}
