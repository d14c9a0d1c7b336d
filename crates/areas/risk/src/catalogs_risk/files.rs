//! How the catalogue's files are put together.

use mamori_kernel::lang::Words;
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Threats {
    group: Vec<Group>,
    stride: Vec<Stride>,
    threat: Vec<Threat>,
}

#[derive(Deserialize)]
struct MoreThreats {
    threat: Vec<Threat>,
}

#[derive(Deserialize)]
struct Cards {
    card: Vec<ThreatCard>,
}

#[derive(Deserialize)]
struct Top {
    note: Words,
    list: Vec<TopThreats>,
}

#[derive(Deserialize)]
struct Weaknesses {
    kind: Vec<Group>,
    weakness: Vec<Weakness>,
}

#[derive(Deserialize)]
struct Cloud {
    threat: Vec<Remedied>,
    mobile: Vec<Remedied>,
}

#[derive(Deserialize)]
struct People {
    topic: Vec<PeopleTopic>,
    lookalike: Vec<Lookalike>,
}

#[derive(Deserialize)]
struct Costs {
    example: CostExample,
    item: Vec<CostItem>,
    per_person: Vec<PerPerson>,
    unit_cost: Vec<UnitCost>,
}

#[derive(Deserialize)]
struct Methods {
    method: Vec<Method>,
    technique: Vec<Group>,
}

#[derive(Deserialize)]
struct Approaches {
    column: Words,
    approach: Vec<Method>,
    csf_step: Vec<LoopStep>,
}

macro_rules! file {
    ($name:literal) => {
        toml::from_str(include_str!(concat!("../../../../../catalogs/risk/", $name, ".toml")))
    };
}

pub(super) fn read() -> std::result::Result<RiskCatalog, toml::de::Error> {
    let threats: Threats = file!("threats")?;
    let deliberate: MoreThreats = file!("threats_deliberate")?;
    let cards: Cards = file!("threat_cards")?;
    let top: Top = file!("top_threats")?;
    let weaknesses: Weaknesses = file!("weaknesses")?;
    let cloud: Cloud = file!("cloud")?;
    let people: People = file!("people_checks")?;
    let costs: Costs = file!("incident_costs")?;
    let methods: Methods = file!("methods")?;
    let approaches: Approaches = file!("approaches")?;
    Ok(RiskCatalog {
        threat_groups: threats.group,
        stride: threats.stride,
        threats: threats.threat.into_iter().chain(deliberate.threat).collect(),
        cards: cards.card,
        top: top.list,
        top_note: top.note,
        weakness_kinds: weaknesses.kind,
        weaknesses: weaknesses.weakness,
        cloud: cloud.threat,
        mobile: cloud.mobile,
        people: people.topic,
        lookalikes: people.lookalike,
        cost_example: costs.example,
        cost_items: costs.item,
        per_person: costs.per_person,
        unit_costs: costs.unit_cost,
        methods: methods.method,
        techniques: methods.technique,
        approaches: approaches.approach,
        approach_advice: approaches.column,
        csf_loop: approaches.csf_step,
    })
}
