//! The tables of the report.

use mamori_kernel::i18n::t;
use mamori_kernel::lang::Lang;
use mamori_report::Tone;
use mamori_report::doc::{Align, Cell, Table, Width};

use super::super::columns::{self, Col};
use super::super::words::{amount, day, due, label, number, standing, yen};
use super::Source;
use super::queries::{Group, Risk};
use crate::catalogs_risk;
use crate::four_factor::rules::Factor;
use crate::matrix::rules::{Frequency, Impact, Matrix};
use crate::scenario::rules::{Stage, money};
use crate::scenario::{MatrixClass, State};
use crate::treatment::Policy;

/// Two lines or more, without empty ones.
fn lines<S: AsRef<str>>(parts: impl IntoIterator<Item = S>) -> String {
    parts.into_iter().filter(|part| !part.as_ref().is_empty()).map(|part| part.as_ref().to_owned()).collect::<Vec<_>>().join("\n")
}

/// The largest risks with the way to their value.
pub fn top(source: &Source, lang: Lang) -> Table {
    let join = lang.pick("、", ", ");
    let measures = |risk: &Risk| {
        let titles = source.measures.iter().filter(|one| one.risk == risk.id).map(|one| format!("・{}", one.title));
        lines(std::iter::once(label::<Policy>(&risk.policy, lang)).chain(titles))
    };
    let what = |risk: &Risk| {
        let who = [risk.department.as_str(), risk.owner.as_str()];
        let who = who.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / ");
        lines([risk.title.clone(), source.assets_of(risk).collect::<Vec<_>>().join(join), who])
    };
    let columns = [
        Col::number("No.".to_owned(), 10.0, |risk: &Risk| number(risk.number)),
        Col::words(t(lang, "report-col-risk"), 2.2, what),
        Col::words(t(lang, "report-col-reckoning"), 3.6, |risk: &Risk| reckoning(source, lang, risk)),
        Col::number(t(lang, "report-col-value"), 14.0, |risk: &Risk| Cell::new(number(risk.value())).bold()),
        Col::mark(t(lang, "report-col-standing"), 18.0, |risk: &Risk| standing(lang, risk)),
        Col::words(t(lang, "report-col-response"), 1.7, measures),
    ];
    columns::table(&columns, &source.top).captioned(t(lang, "report-ra-top-caption"))
}

/// How the numbers of a risk came about, a step a line.
fn reckoning(source: &Source, lang: Lang, risk: &Risk) -> String {
    let levels = &risk.levels;
    let joint = lang.pick("：", ": ");
    let product = |stage: Stage, value: Option<i64>| {
        let factors = [levels.asset_value, levels.threat, stage.weakness, stage.likelihood];
        let named: Option<Vec<String>> = Factor::ALL
            .into_iter()
            .zip(factors)
            .map(|(factor, level)| level.map(|level| format!("{} {level}", factor.words().get(lang))))
            .collect();
        named.zip(value).map(|(named, value)| format!("{} = {value}", named.join(" × ")))
    };
    let mut steps: Vec<String> = product(levels.now, risk.values.current).into_iter().collect();
    if let Some(after) = levels.filled(levels.after).and_then(|stage| product(stage, risk.values.residual)) {
        steps.push(format!("{}{joint}{after}", t(lang, "report-after-measures")));
    }
    if let Ok(loss) = money(&risk.money) {
        let kept = loss.annual.map(|annual| annual.reckoning).or_else(|| loss.single.map(|single| single.reckoning));
        for step in kept.into_iter().flat_map(|reckoning| reckoning.steps) {
            steps.push(format!("{}{joint}{} = {}", step.label.get(lang), step.expression.get(lang), step.value.get(lang)));
        }
    }
    let limits = source.appetite;
    if risk.value().is_some_and(|value| value > limits.score) {
        steps.push(format!("{} > {} {}", number(risk.value()), limits.score, t(lang, "report-limit-score")));
    }
    if risk.ale.is_some_and(|ale| ale > limits.yen) {
        steps.push(format!(
            "{} > {} {}",
            yen(lang, risk.ale.unwrap_or_default()),
            yen(lang, limits.yen),
            t(lang, "report-limit-yen")
        ));
    }
    steps.join("\n")
}

/// Counts by department, threat or weakness.
pub fn groups(lang: Lang, head: &str, nameless: &str, groups: &[Group]) -> Table {
    let red = |n: i64| if n > 0 { Cell::new(n.to_string()).tone(Tone::Danger).bold() } else { Cell::new("0") };
    let name = |group: &Group| if group.name.is_empty() { t(lang, nameless) } else { group.name.clone() };
    let columns = [
        Col::words(t(lang, head), 2.4, name),
        Col::number(t(lang, "report-col-risks"), 18.0, |group: &Group| group.risks.to_string()),
        Col::number(t(lang, "report-above"), 20.0, |group: &Group| red(group.above)),
        Col::number(t(lang, "report-within"), 20.0, |group: &Group| group.acceptable.to_string()),
        Col::number(t(lang, "report-unknown"), 18.0, |group: &Group| (group.risks - group.above - group.acceptable).to_string()),
        Col::number(t(lang, "report-col-largest"), 18.0, |group: &Group| number(group.largest)),
        Col::number(t(lang, "report-col-ale"), 28.0, |group: &Group| amount((group.ale > 0).then_some(group.ale))),
    ];
    columns::table(&columns, groups)
}

/// How deep is looked where.
pub fn scopes(source: &Source, lang: Lang) -> Table {
    let known = &catalogs_risk::get().approaches;
    let approach = |code: &str| {
        let found = known.iter().find(|one| one.code == code);
        found.map_or_else(|| code.to_owned(), |one| format!("{}\n{}", one.name.get(lang), one.means.get(lang)))
    };
    let columns = [
        Col::words(t(lang, "report-col-scope"), 1.4, |scope: &super::scope::queries::Scope| scope.scope.clone()),
        Col::words(t(lang, "report-col-approach"), 2.2, |scope: &super::scope::queries::Scope| approach(&scope.approach)),
        Col::words(t(lang, "report-col-reason"), 2.2, |scope: &super::scope::queries::Scope| scope.reason.clone()),
        Col::words(t(lang, "report-col-decided"), 1.4, |scope: &super::scope::queries::Scope| {
            lines([scope.decided_by.clone(), day(lang, scope.decided_on)])
        }),
    ];
    columns::table(&columns, &source.scopes).captioned(t(lang, "report-ra-scope-caption"))
}

/// The levels of the four factors.
pub fn levels(source: &Source, lang: Lang) -> Table {
    let mut table = Table::new([
        (t(lang, "report-col-factor"), Width::Millimetres(28.0), Align::Left),
        (t(lang, "report-col-level"), Width::Millimetres(14.0), Align::Centre),
        (t(lang, "report-col-level-name"), Width::Weight(1.2), Align::Left),
        (t(lang, "report-col-meaning"), Width::Weight(3.0), Align::Left),
    ])
    .captioned(t(lang, "report-ra-levels-caption"));
    for factor in Factor::ALL {
        for level in source.scale.scale.levels(factor) {
            table.row([
                Cell::new(factor.words().get(lang)),
                Cell::new(level.value.to_string()),
                Cell::new(level.name.get(lang)),
                Cell::new(level.means.get(lang)),
            ]);
        }
    }
    table
}

/// The matrix with its order of priority.
pub fn matrix(source: &Source, lang: Lang) -> Table {
    let names = &source.scale.names;
    let head = std::iter::once((t(lang, "report-impact-by-frequency"), Width::Weight(1.4), Align::Left));
    let frequencies = names.frequency.iter().map(|words| (words.get(lang).to_owned(), Width::Weight(1.0), Align::Centre));
    let mut table = Table::new(head.chain(frequencies)).captioned(t(lang, "report-ra-matrix-caption"));
    for (impact, words) in Impact::ALL.into_iter().zip(&names.impact) {
        let cell = |frequency| {
            let found = Matrix::default().assess(impact, frequency);
            let (name, tone) = match found.band {
                crate::ipa::rules::Band::Large => (MatrixClass::High, Tone::Danger),
                crate::ipa::rules::Band::Middle => (MatrixClass::Middle, Tone::Warning),
                crate::ipa::rules::Band::Small => (MatrixClass::Low, Tone::Success),
            };
            let name = label::<MatrixClass>(mamori_ledger::Choice::code(name), lang);
            Cell::new(format!("{name}  {}", found.priority)).tone(tone)
        };
        table.row(std::iter::once(Cell::new(words.get(lang))).chain(Frequency::ALL.map(cell)));
    }
    table
}

/// The register, wide. The workbook has room for more.
pub fn register(source: &Source, lang: Lang) -> Table {
    let book = source.cover.options.book;
    let today = source.cover.today;
    let join = lang.pick("、", ", ");
    let (factors, values) = (t(lang, "report-group-factors"), t(lang, "report-group-stages"));
    let level = |key: &str, read: fn(&Risk) -> Option<i64>| {
        Col::mark(t(lang, key), 9.5, move |risk: &Risk| number(read(risk))).under(&factors)
    };
    let value = |key: &str, read: fn(&Risk) -> Option<i64>| {
        Col::number(t(lang, key), 10.0, move |risk: &Risk| number(read(risk))).under(&values)
    };
    let mut columns = vec![
        Col::number("No.".to_owned(), 10.0, |risk: &Risk| number(risk.number)),
        Col::words(t(lang, "report-col-risk"), 3.2, |risk: &Risk| risk.title.clone()),
        Col::words(t(lang, "report-col-asset"), 1.6, move |risk: &Risk| source.assets_of(risk).collect::<Vec<_>>().join(join)),
        Col::words(t(lang, "report-col-department-short"), 1.0, |risk: &Risk| risk.department.clone()),
        Col::words(t(lang, "report-col-risk-owner"), 1.0, |risk: &Risk| risk.owner.clone()),
    ];
    if book {
        columns.push(Col::words(t(lang, "report-col-threat-name"), 1.2, |risk: &Risk| risk.threat.clone()));
        columns.push(Col::words(t(lang, "report-col-weakness-name"), 1.2, |risk: &Risk| risk.weakness.clone()));
    }
    columns.extend([
        level("report-col-f-asset", |risk| risk.levels.asset_value),
        level("report-col-f-threat", |risk| risk.levels.threat),
        level("report-col-f-weakness", |risk| risk.levels.now.weakness),
        level("report-col-f-likelihood", |risk| risk.levels.now.likelihood),
        value("report-col-inherent", |risk| risk.values.inherent),
        value("report-col-current", |risk| risk.values.current),
        value("report-col-target", |risk| risk.values.target),
        value("report-col-residual", |risk| risk.values.residual),
        Col::mark(t(lang, "report-col-standing"), 15.0, |risk: &Risk| standing(lang, risk)),
        Col::mark(t(lang, "report-col-policy"), 13.5, |risk: &Risk| label::<Policy>(&risk.policy, lang)),
        Col::mark(t(lang, "report-col-state"), 15.0, |risk: &Risk| label::<State>(&risk.state, lang)),
        Col::number(t(lang, "report-col-ale"), 21.0, |risk: &Risk| amount(risk.ale)),
    ]);
    if book {
        columns.extend([
            Col::number(t(lang, "report-col-p95"), 22.0, |risk: &Risk| amount(risk.ale_p95)),
            Col::mark(t(lang, "report-col-matrix"), 14.0, |risk: &Risk| label::<MatrixClass>(&risk.matrix_class, lang)),
            Col::number(t(lang, "report-col-ipa"), 14.0, |risk: &Risk| number(risk.ipa)),
        ]);
    }
    columns.push(Col::mark(t(lang, "report-col-review"), 19.0, move |risk: &Risk| due(lang, risk.review_on, today)));
    columns::table(&columns, &source.register).captioned(t(lang, "report-ra-register")).small()
}

/// Risks without numbers.
pub fn unknown(source: &Source, lang: Lang) -> Table {
    let columns = [
        Col::number("No.".to_owned(), 10.0, |risk: &Risk| number(risk.number)),
        Col::words(t(lang, "report-col-risk"), 3.0, |risk: &Risk| risk.title.clone()),
        Col::words(t(lang, "report-col-department-short"), 1.2, |risk: &Risk| risk.department.clone()),
        Col::words(t(lang, "report-col-risk-owner"), 1.2, |risk: &Risk| risk.owner.clone()),
        Col::words(t(lang, "report-col-missing"), 2.0, |risk: &Risk| missing(lang, risk)),
    ];
    columns::table(&columns, &source.unknown).captioned(t(lang, "report-ra-unknown-caption"))
}

/// The factors that nobody judged.
fn missing(lang: Lang, risk: &Risk) -> String {
    let levels = &risk.levels;
    let all = [levels.asset_value, levels.threat, levels.now.weakness, levels.now.likelihood];
    let open = Factor::ALL.into_iter().zip(all).filter(|(_, level)| level.is_none());
    open.map(|(factor, _)| factor.words().get(lang).to_owned()).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// Assets that no risk names.
pub fn uncovered(source: &Source, lang: Lang) -> Table {
    let columns = [
        Col::words(t(lang, "report-col-asset"), 3.0, |asset: &(String, Option<i64>)| asset.0.clone()),
        Col::mark(t(lang, "report-col-importance"), 24.0, |asset: &(String, Option<i64>)| number(asset.1)),
    ];
    columns::table(&columns, &source.uncovered.first).captioned(t(lang, "report-ra-uncovered-caption"))
}
