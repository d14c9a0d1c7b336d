//! From assets, threats, weaknesses and the two sheets to suggestions: pure, without database or clock.

use std::collections::{BTreeMap, BTreeSet};

use super::catalog::weaknesses_of;
use crate::catalog::place_code;
use crate::catalogs_risk;
use crate::four_factor::rules::{Factor, Scale};
use crate::scenario::rules::onto;
use crate::threat::queries::Known as Threat;
use crate::weakness::queries::Known as Weakness;

/// Suggestions of one storage place at most.
const PER_PLACE: usize = 7;
/// Of one group of threats at one place, so that accidents do not crowd out fire and theft.
const PER_GROUP: usize = 3;
/// All suggestions at most: what a person can go through in an afternoon.
const ALL: usize = 40;

/// An asset as suggestions need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asset {
    /// Row id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Code of the storage place.
    pub storage: String,
    /// 機密性, 完全性, 可用性, 0–2.
    pub grades: [Option<i64>; 3],
    /// 重要度, 0–2.
    pub importance: Option<i64>,
}

impl Asset {
    /// How much is at stake when these aspects are hit; the importance where the aspects were not judged.
    fn stake(&self, threat: &Threat) -> i64 {
        let hit = ["c", "i", "a"].iter().zip(self.grades).filter(|(aspect, _)| threat.aspects.iter().any(|hit| hit == *aspect));
        let judged = hit.filter_map(|(_, grade)| grade).max();
        judged.or(self.importance).unwrap_or(0)
    }
}

/// What everything is made from.
#[derive(Clone, Debug)]
pub struct Inputs<'a> {
    /// Assets in use.
    pub assets: &'a [Asset],
    /// The company's threats.
    pub threats: &'a [Threat],
    /// The company's weaknesses.
    pub weaknesses: &'a [Weakness],
    /// Threat sheet: level 1–3 by the catalogue's place code.
    pub places: &'a BTreeMap<String, i64>,
    /// Measure check: level 1–3 by kind of measure; a kind without an answer is not there.
    pub kinds: &'a BTreeMap<String, i64>,
    /// The scale in force.
    pub scale: &'a Scale,
}

/// One suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is about, the same every day: place and threat.
    pub key: String,
    /// Code of the storage place as the assets have it.
    pub storage: String,
    /// The threat.
    pub threat: Threat,
    /// The weakness where the check is poorest.
    pub weakness: Option<Weakness>,
    /// Kind of measure that decided on the weakness, with its level in the check (`None`: not answered).
    pub check: Option<(String, Option<i64>)>,
    /// Assets at stake: id and name.
    pub assets: Vec<(String, String)>,
    /// The highest grade that is hit, 0–2.
    pub stake: i64,
    /// Level of the threat sheet for the place.
    pub place_level: Option<i64>,
    /// 資産価値, 脅威, 脆弱性, 発生可能性 on the company's scale.
    pub levels: [i64; 4],
    /// Newest yearly list that names the threat: year and place.
    pub rank: Option<(i16, u8)>,
}

impl Suggestion {
    /// The product of the four factors.
    pub fn value(&self) -> i64 {
        self.levels.iter().product()
    }
}

/// The weakness of a threat where the check is poorest, with the kind of measure that decided. No answer counts as poor: nobody knows.
fn weakest(threat: &Threat, inputs: &Inputs<'_>) -> Option<(Weakness, String, Option<i64>)> {
    let mut best: Option<(Weakness, String, Option<i64>)> = None;
    for code in weaknesses_of(&threat.code) {
        let Some(known) = inputs.weaknesses.iter().find(|known| known.used && known.code == *code) else { continue };
        let kinds = catalogs_risk::get().weakness(code).map_or(&[][..], |weakness| weakness.measure_kinds.as_slice());
        for kind in kinds {
            let level = inputs.kinds.get(kind).copied();
            if best.as_ref().is_none_or(|(_, _, poorest)| level.unwrap_or(3) > poorest.unwrap_or(3)) {
                best = Some((known.clone(), kind.clone(), level));
            }
        }
    }
    best
}

/// Every pair of a place where something lies and a threat that is usual there, the best first.
pub fn all(inputs: &Inputs<'_>) -> Vec<Suggestion> {
    let mut places: BTreeMap<&str, Vec<&Asset>> = BTreeMap::new();
    for asset in inputs.assets {
        places.entry(asset.storage.as_str()).or_default().push(asset);
    }
    let mut found = Vec::new();
    for (storage, assets) in places {
        let at_home =
            |threat: &&Threat| threat.used && threat.places.iter().any(|place| place_code(place) == place_code(storage));
        for threat in inputs.threats.iter().filter(at_home) {
            found.extend(one(inputs, storage, &assets, threat));
        }
    }
    let rank = |suggestion: &Suggestion| suggestion.rank.map_or(99, |(_, rank)| rank);
    found.sort_by(|a, b| {
        b.value().cmp(&a.value()).then(rank(a).cmp(&rank(b))).then(b.assets.len().cmp(&a.assets.len())).then(a.key.cmp(&b.key))
    });
    found
}

fn one(inputs: &Inputs<'_>, storage: &str, assets: &[&Asset], threat: &Threat) -> Option<Suggestion> {
    let stake = assets.iter().map(|asset| asset.stake(threat)).max().filter(|stake| *stake > 0)?;
    let hit = assets.iter().filter(|asset| asset.stake(threat) == stake);
    let place_level = inputs.places.get(place_code(storage)).copied();
    let weak = weakest(threat, inputs);
    let weakness_level = weak.as_ref().and_then(|(_, _, level)| *level).unwrap_or(3);
    let scale = inputs.scale;
    let (low, high) = scale.bounds(Factor::Threat);
    let levels = [
        onto(scale, Factor::AssetValue, stake, 2),
        threat.level.unwrap_or(high).clamp(low, high),
        onto(scale, Factor::Weakness, weakness_level - 1, 2),
        onto(scale, Factor::Likelihood, place_level.unwrap_or(2) - 1, 2),
    ];
    let name = if threat.code.is_empty() { &threat.id } else { &threat.code };
    let (weakness, check) = match weak {
        Some((weakness, kind, level)) => (Some(weakness), Some((kind, level))),
        None => (None, None),
    };
    Some(Suggestion {
        key: format!("suggest:{storage}:{name}"),
        storage: storage.to_owned(),
        threat: threat.clone(),
        weakness,
        check,
        assets: hit.map(|asset| (asset.id.clone(), asset.name.clone())).collect(),
        stake,
        place_level,
        levels,
        rank: catalogs_risk::get().rank_of(&threat.code),
    })
}

/// Of all suggestions those that are worth an afternoon: the best of every place and group. What was handled counts towards the limits, or
/// the list would never end.
pub fn worth(all: &[Suggestion]) -> BTreeSet<String> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut chosen = BTreeSet::new();
    for suggestion in all.iter().filter(|suggestion| suggestion.value() > 0) {
        if chosen.len() >= ALL {
            break;
        }
        let place = places.entry(&suggestion.storage).or_default();
        let group = groups.entry((&suggestion.storage, &suggestion.threat.group)).or_default();
        if *place < PER_PLACE && *group < PER_GROUP {
            *place += 1;
            *group += 1;
            chosen.insert(suggestion.key.clone());
        }
    }
    chosen
}
