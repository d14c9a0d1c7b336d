//! The first words of a request, from the numbers. A person puts them into own words; nothing that was written is overwritten.

use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_kernel::yen::Yen;

use super::queries::Risk;
use crate::budget::rules::{CLASSES, Item, Measure, YearSheet, year_sheet};
use crate::budget::sheet::class_word;
use crate::neighbours::catalogs_risk;

/// What a request rests on.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// Fiscal year.
    pub year: i16,
    /// What is asked for.
    pub items: Vec<Item>,
    /// The measures behind it.
    pub measures: Vec<Measure>,
    /// The gravest risks.
    pub risks: Vec<Risk>,
    /// Risks above the appetite.
    pub above: i64,
    /// Open measures of the company that cost nothing.
    pub free: usize,
    /// Open demands of customers and the business at stake.
    pub demands: (i64, Yen),
}

/// What the measures save and cost together, as far as their loss was estimated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Annual loss before.
    pub before: Yen,
    /// Annual loss after.
    pub after: Yen,
    /// Measures with an estimate.
    pub known: usize,
}

impl Numbers {
    /// The sums of the year.
    #[must_use]
    pub fn sheet(&self) -> YearSheet {
        year_sheet(&self.items, self.year)
    }

    /// What is asked for by name, in the order of the items: a measure with two classes of cost is one thing to decide on.
    #[must_use]
    pub fn by_title(&self) -> Vec<(&str, Yen)> {
        let mut found: Vec<(&str, Yen)> = Vec::new();
        for item in &self.items {
            match found.iter_mut().find(|(title, _)| *title == item.title) {
                Some((_, sum)) => *sum = Yen(sum.0.saturating_add(item.amount.0)),
                None => found.push((item.title.as_str(), item.amount)),
            }
        }
        found
    }

    /// What the measures save.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.measures.iter().fold(Effect::default(), |sum, measure| match (measure.before, measure.after) {
            (Some(before), Some(after)) => Effect {
                before: Yen(sum.before.0.saturating_add(before.0)),
                after: Yen(sum.after.0.saturating_add(after.0)),
                known: sum.known + 1,
            },
            _ => sum,
        })
    }
}

/// How many risks, threats and measures a text names.
const NAMED: usize = 3;

fn quoted(lang: Lang, names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| lang.pick("「{}」", "“{}”").replace("{}", name)).collect();
    quoted.join(lang.pick("", ", "))
}

fn bullets(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().map(|line| format!("・{line}")).collect::<Vec<_>>().join("\n")
}

fn lines(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The texts by field of the request.
#[must_use]
pub fn texts(numbers: &Numbers, lang: Lang) -> [(&'static str, String); 7] {
    [
        ("change_text", change(numbers, lang)),
        ("concept_text", concept(numbers, lang)),
        ("priority_text", priority(numbers, lang)),
        ("peers_text", peers(lang)),
        ("threats_text", threats(lang)),
        ("appeal_text", appeal(numbers, lang)),
        ("effect_text", effect(numbers, lang)),
    ]
}

fn change(numbers: &Numbers, lang: Lang) -> String {
    let mut said = Vec::new();
    if numbers.above > 0 {
        said.push(ta(lang, "request-say-above", &[("count", numbers.above.to_string().into())]));
    } else {
        said.push(t(lang, "request-say-none-above"));
    }
    let named: Vec<String> = numbers.risks.iter().take(NAMED).map(|risk| risk.title.clone()).collect();
    if !named.is_empty() {
        said.push(ta(lang, "request-say-risks", &[("risks", quoted(lang, &named).into())]));
    }
    let loss = numbers.risks.iter().take(NAMED).filter_map(|risk| risk.ale).fold(0, |sum: i64, ale| sum.saturating_add(ale.0));
    if loss > 0 {
        said.push(ta(lang, "request-say-loss", &[("loss", Yen(loss).format(lang).into())]));
    }
    lines(said)
}

fn concept(numbers: &Numbers, lang: Lang) -> String {
    let sheet = numbers.sheet();
    let sums: Vec<String> = CLASSES
        .iter()
        .zip(&sheet.classes)
        .filter(|(_, sums)| sums.planned > Yen::ZERO)
        .map(|(class, sums)| format!("{} {}", class_word(*class, lang), sums.planned.format(lang)))
        .collect();
    let said = ta(
        lang,
        "request-say-concept",
        &[
            ("count", numbers.items.len().to_string().into()),
            ("total", sheet.total.planned.format(lang).into()),
            ("classes", sums.join(lang.pick("、", ", ")).into()),
        ],
    );
    lines([said, bullets(numbers.by_title().into_iter().map(|(title, sum)| format!("{title} {}", sum.format(lang))))])
}

fn priority(numbers: &Numbers, lang: Lang) -> String {
    let mut said = Vec::new();
    if numbers.free > 0 {
        said.push(ta(lang, "request-say-free", &[("count", numbers.free.to_string().into())]));
    }
    let mut saving: Vec<(&Measure, Yen)> = numbers
        .measures
        .iter()
        .filter_map(|measure| {
            measure.before.zip(measure.after).map(|(before, after)| (measure, Yen(before.0.saturating_sub(after.0))))
        })
        .filter(|(_, saving)| *saving > Yen::ZERO)
        .collect();
    saving.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.title.cmp(&b.0.title)));
    if saving.is_empty() {
        said.push(t(lang, "request-say-order-open"));
    } else {
        said.push(t(lang, "request-say-order"));
        said.push(bullets(saving.iter().take(5).map(|(measure, saving)| {
            ta(lang, "request-say-saving", &[("measure", measure.title.clone().into()), ("saving", saving.format(lang).into())])
        })));
    }
    lines(said)
}

fn peers(lang: Lang) -> String {
    let catalog = catalogs_risk::get();
    let example = &catalog.cost_example;
    let mut said = vec![ta(
        lang,
        "request-say-example",
        &[
            ("persons", mamori_kernel::yen::group_thousands(example.persons).into()),
            ("exposure", example.exposure.clone().into()),
            ("total", example.total.format(lang).into()),
        ],
    )];
    if let Some(figure) = catalog.per_person.iter().find(|figure| figure.default) {
        let label = figure.label.get(lang).to_owned();
        said.push(ta(lang, "request-say-person", &[("amount", figure.amount.format(lang).into()), ("label", label.into())]));
    }
    lines(said)
}

fn threats(lang: Lang) -> String {
    let Some(list) = catalogs_risk::get().top.iter().max_by_key(|list| list.year) else { return String::new() };
    let named: Vec<String> = list.items.iter().take(NAMED).map(|item| item.name.get(lang).to_owned()).collect();
    ta(lang, "request-say-threats", &[("year", list.year.to_string().into()), ("threats", quoted(lang, &named).into())])
}

fn appeal(numbers: &Numbers, lang: Lang) -> String {
    let (count, stake) = numbers.demands;
    let demands = match (count, stake > Yen::ZERO) {
        (0, _) => String::new(),
        (_, true) => {
            ta(lang, "request-say-demands-stake", &[("count", count.to_string().into()), ("stake", stake.format(lang).into())])
        }
        (_, false) => ta(lang, "request-say-demands", &[("count", count.to_string().into())]),
    };
    lines([demands, t(lang, "request-say-appeal")])
}

fn effect(numbers: &Numbers, lang: Lang) -> String {
    let found = numbers.effect();
    let saving = if found.known > 0 {
        ta(
            lang,
            "request-say-effect",
            &[
                ("before", found.before.format(lang).into()),
                ("after", found.after.format(lang).into()),
                ("saving", Yen(found.before.0 - found.after.0).format(lang).into()),
            ],
        )
    } else {
        String::new()
    };
    let keys = ["accidents", "understanding", "comparison", "findings", "time"];
    lines([saving, t(lang, "request-say-effects"), bullets(keys.map(|key| t(lang, &format!("request-say-effect-{key}"))))])
}
