//! Content for risk in numbers and for finding risks (`catalogs/risk`): threats, weaknesses, cards, costs, methods. Read once.

mod files;
#[cfg(test)]
mod tests;
mod threats;

use std::sync::LazyLock;

use mamori_kernel::error::Result;
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;
use serde::Deserialize;

use crate::quantity::rules::{Basis, CostLine, Share};

pub use threats::{Earlier, RankedThreat, Stride, Threat, ThreatCard, TopThreats};

/// A kind or group with its meaning.
#[derive(Clone, Debug, Deserialize)]
pub struct Group {
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Words,
    /// What belongs to it; empty where the name says enough.
    #[serde(default)]
    pub means: Words,
}

/// A weakness of people, systems, network or operation (S2-D3-07, S2-D5-07).
#[derive(Clone, Debug, Deserialize)]
pub struct Weakness {
    /// Stable code.
    pub code: String,
    /// `people`, `system`, `network` or `operation`.
    pub kind: String,
    /// Name.
    pub name: Words,
    /// What it looks like.
    pub example: Words,
    /// What to do.
    pub remedy: Words,
    /// Kinds of the measure check that would better it.
    pub measure_kinds: Vec<String>,
}

/// A threat in the cloud or on a mobile device with its remedies (S2-D5-06, S2-D2-04).
#[derive(Clone, Debug, Deserialize)]
pub struct Remedied {
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Words,
    /// What it looks like.
    pub example: Words,
    /// What helps.
    pub remedies: Vec<Words>,
    /// Codes of threats.
    pub threats: Vec<String>,
    /// Codes of ready measures.
    pub measures: Vec<String>,
}

/// A question about people.
#[derive(Clone, Debug, Deserialize)]
pub struct PeopleCheck {
    /// Stable code.
    pub code: String,
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// A topic of the weaknesses of people (S2-D5-14).
#[derive(Clone, Debug, Deserialize)]
pub struct PeopleTopic {
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Words,
    /// Why it matters.
    pub means: Words,
    /// What to look at.
    pub checks: Vec<PeopleCheck>,
}

/// Letters that look like others in an address (S2-D5-14).
#[derive(Clone, Debug, Deserialize)]
pub struct Lookalike {
    /// What the fake shows.
    pub seen: String,
    /// What it imitates.
    pub real: String,
    /// Why the eye is fooled.
    pub how: Words,
    /// An address; only names reserved for examples.
    pub example: String,
}

/// The textbook's case of an incident (S2-D5-22).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CostExample {
    /// Persons in the asset.
    pub persons: u64,
    /// Share of them that is hit, as people write it.
    pub exposure: String,
    /// How often, as people write it.
    pub occurrence: String,
    /// Sum of the items, yen.
    pub total: Yen,
    /// Yen a year.
    pub annual: Yen,
}

/// One line of the cost table (S2-D5-23).
#[derive(Clone, Debug, Deserialize)]
pub struct CostItem {
    /// Stable code.
    pub code: String,
    /// Place in the table.
    pub order: u8,
    /// What it is for.
    pub name: Words,
    /// What is counted.
    pub unit: Words,
    /// `fixed` or `per_person`.
    basis: String,
    /// Count of a fixed line.
    #[serde(default)]
    count: u32,
    /// Share of a line per person, as people write it.
    #[serde(default)]
    share: String,
    /// Yen for one.
    pub price: Yen,
}

impl CostItem {
    /// The line for [`incident_cost`](crate::quantity::rules::incident_cost).
    ///
    /// # Errors
    /// A field error on `exposure` when the share cannot be read; a test keeps the catalogue free of it.
    pub fn line(&self) -> Result<CostLine> {
        let basis =
            if self.basis == "per_person" { Basis::PerPerson(Share::parse(&self.share)?) } else { Basis::Fixed(self.count) };
        Ok(CostLine { name: self.name.clone(), basis, unit_cost: self.price })
    }
}

/// A published damage per person (S2-D1-05, T7).
#[derive(Clone, Debug, Deserialize)]
pub struct PerPerson {
    /// Stable code.
    pub code: String,
    /// Which year.
    pub label: Words,
    /// Yen, as published.
    pub amount: Yen,
    /// The one to begin with.
    #[serde(default)]
    pub default: bool,
}

/// A newer unit cost with its range.
#[derive(Clone, Debug, Deserialize)]
pub struct UnitCost {
    /// Stable code.
    pub code: String,
    /// What it is for.
    pub name: Words,
    /// Lower end, yen.
    pub low: Yen,
    /// Upper end, yen.
    pub high: Yen,
    /// False while it is known from the press only.
    pub confirmed: bool,
}

/// A method that the product computes, or an approach, with what speaks for and against it (S2-D5-20, S2-D6-11).
#[derive(Clone, Debug, Deserialize)]
pub struct Method {
    /// Stable code.
    pub code: String,
    /// Place in a list.
    pub order: u8,
    /// Name.
    pub name: Words,
    /// What it does.
    pub means: Words,
    /// The formula; empty for approaches.
    #[serde(default)]
    pub formula: Words,
    /// What speaks for it.
    pub strengths: Vec<Words>,
    /// What speaks against it.
    pub weaknesses: Vec<Words>,
    /// When to choose it.
    pub suits: Words,
}

/// A step of the loop with the CSF (S2-D5-19).
#[derive(Clone, Debug, Deserialize)]
pub struct LoopStep {
    /// 1–4.
    pub order: u8,
    /// Name.
    pub name: Words,
    /// What is done.
    pub means: Words,
}

/// Everything together.
#[derive(Clone, Debug, Default)]
pub struct RiskCatalog {
    /// Groups of threats.
    pub threat_groups: Vec<Group>,
    /// The six elements.
    pub stride: Vec<Stride>,
    /// Threats.
    pub threats: Vec<Threat>,
    /// Cards.
    pub cards: Vec<ThreatCard>,
    /// Yearly lists, newest first.
    pub top: Vec<TopThreats>,
    /// The word of caution about the lists.
    pub top_note: Words,
    /// Kinds of weakness.
    pub weakness_kinds: Vec<Group>,
    /// Weaknesses.
    pub weaknesses: Vec<Weakness>,
    /// Threats in the cloud.
    pub cloud: Vec<Remedied>,
    /// Threats to mobile devices.
    pub mobile: Vec<Remedied>,
    /// Topics about people.
    pub people: Vec<PeopleTopic>,
    /// Letters that look alike.
    pub lookalikes: Vec<Lookalike>,
    /// The textbook's case.
    pub cost_example: CostExample,
    /// The cost table.
    pub cost_items: Vec<CostItem>,
    /// Damage per person.
    pub per_person: Vec<PerPerson>,
    /// Newer unit costs.
    pub unit_costs: Vec<UnitCost>,
    /// Methods that the product computes.
    pub methods: Vec<Method>,
    /// Techniques that a company may name.
    pub techniques: Vec<Group>,
    /// Four approaches.
    pub approaches: Vec<Method>,
    /// How to layer the approaches.
    pub approach_advice: Words,
    /// The loop with the CSF.
    pub csf_loop: Vec<LoopStep>,
}

/// The catalogue. The files are part of the program and a test reads them, so a fault in one cannot reach a user.
pub fn get() -> &'static RiskCatalog {
    static CATALOG: LazyLock<RiskCatalog> = LazyLock::new(|| files::read().unwrap_or_default());
    &CATALOG
}

impl RiskCatalog {
    /// The threat of a code.
    pub fn threat(&self, code: &str) -> Option<&Threat> {
        self.threats.iter().find(|threat| threat.code == code)
    }

    /// Threats that are usual at a storage place, in the order of the catalogue.
    pub fn threats_at<'a>(&'a self, storage: &str) -> impl Iterator<Item = &'a Threat> {
        let place = crate::catalog::place_code(storage).to_owned();
        self.threats.iter().filter(move |threat| threat.places.contains(&place))
    }

    /// The weakness of a code.
    pub fn weakness(&self, code: &str) -> Option<&Weakness> {
        self.weaknesses.iter().find(|weakness| weakness.code == code)
    }

    /// Weaknesses that a measure of this kind would better.
    pub fn weaknesses_of<'a>(&'a self, measure_kind: &'a str) -> impl Iterator<Item = &'a Weakness> {
        self.weaknesses.iter().filter(move |weakness| weakness.measure_kinds.iter().any(|kind| kind == measure_kind))
    }

    /// The newest yearly list that names a threat, with its place.
    pub fn rank_of(&self, threat: &str) -> Option<(i16, u8)> {
        let named = |item: &&RankedThreat| item.threats.iter().any(|code| code == threat);
        self.top.iter().find_map(|list| list.items.iter().find(named).map(|item| (list.year, item.rank)))
    }
}
