//! Everything that decides a risk value, loaded once: method, threat sheet, measure check.

use std::collections::BTreeMap;

use mamori_kernel::error::Result;
use mamori_ledger::Record;
use mamori_store::Reader;

use crate::catalog::{self, place_code};
use crate::ipa::rules::{
    Answer, Grade, Inputs, KindResult, Outcome, PlaceWeakness, SuggestionBounds, ThreatLevel, assess, weakness_at,
};
use crate::method::{Method, queries as method_queries};
use crate::threat_level::queries::{self as threats, PlaceThreat};
use crate::weakness_check::queries as checks;

/// What is known about one storage place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceState {
    /// From the threat sheet; `None` when the sheet has no row.
    pub threat: Option<PlaceThreat>,
    /// From the measure check; `None` while nothing that guards the place is answered.
    pub weakness: Option<PlaceWeakness>,
}

impl PlaceState {
    /// The threat level, when set.
    pub fn threat_level(&self) -> Option<ThreatLevel> {
        self.threat.as_ref().and_then(|threat| threat.level)
    }
}

/// The inputs of every assessment of a company at one moment.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Scale and bounds.
    pub method: Method,
    /// Result of each kind of measure by code.
    pub kinds: BTreeMap<String, KindResult>,
    /// Storage places by the catalogue's code.
    pub places: BTreeMap<String, PlaceState>,
}

impl Model {
    /// Reads the two sheets and the method.
    ///
    /// # Errors
    /// Database faults.
    pub async fn load(db: &mut impl Reader) -> Result<Model> {
        let method = method_queries::current(db).await?;
        let threats = threats::places(db).await?;
        let mut answers: BTreeMap<String, Vec<Answer>> = BTreeMap::new();
        for asked in checks::questions(db).await? {
            let list = answers.entry(asked.kind).or_default();
            list.extend(asked.answer.map(crate::weakness_check::AnswerChoice::answer));
        }
        let kinds = answers.iter().map(|(kind, answers)| (kind.clone(), KindResult::from_answers(answers))).collect();
        Ok(Model::build(method, kinds, threats))
    }

    /// Joins the parts; pure.
    pub fn build(method: Method, kinds: BTreeMap<String, KindResult>, mut threats: BTreeMap<String, PlaceThreat>) -> Model {
        let mut places = BTreeMap::new();
        for place in &catalog::get().places {
            let guards = place.guarded_by.iter().map(|kind| (kind.as_str(), kinds.get(kind).and_then(|result| result.level)));
            let state = PlaceState { threat: threats.remove(&place.code), weakness: weakness_at(guards) };
            places.insert(place.code.clone(), state);
        }
        Model { method, kinds, places }
    }

    /// The state of a storage place.
    pub fn place(&self, storage: &str) -> Option<&PlaceState> {
        self.places.get(place_code(storage))
    }

    /// What is known about an asset row.
    pub fn inputs(&self, asset: &Record) -> Inputs {
        let grade = |field: &str| asset.get(field).as_int().and_then(|n| Grade::try_from(n).ok());
        let place = self.place(asset.get("storage").as_str());
        Inputs {
            confidentiality: grade("confidentiality"),
            integrity: grade("integrity"),
            availability: grade("availability"),
            threat: place.and_then(PlaceState::threat_level),
            weakness: place.and_then(|place| place.weakness.as_ref()).map(|weakness| weakness.level),
        }
    }

    /// The whole chain for an asset row.
    pub fn assess(&self, asset: &Record) -> Outcome {
        assess(self.method.bands, SuggestionBounds::default(), &self.inputs(asset))
    }

    /// True when no question of the check is answered yet.
    pub fn is_unanswered(&self) -> bool {
        self.kinds.values().all(|result| result.level.is_none())
    }
}

/// The values that an asset row carries, in the order of [`crate::neighbours::RISK_FIELDS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowValues {
    /// 脅威の発生頻度.
    pub threat: Option<i64>,
    /// 脆弱性.
    pub weakness: Option<i64>,
    /// 被害発生可能性.
    pub likelihood: Option<i64>,
    /// リスク値.
    pub value: Option<i64>,
    /// Code of the band as the asset ledger writes it; empty without a value.
    pub band: &'static str,
}

impl RowValues {
    /// The values of an outcome. What could be worked out is shown even when the risk value is still missing.
    pub fn of(inputs: &Inputs, outcome: &Outcome) -> RowValues {
        let likely = match (inputs.threat, inputs.weakness) {
            (Some(threat), Some(weakness)) => Some(i64::from(crate::ipa::rules::likelihood(threat, weakness).number())),
            _ => None,
        };
        let done = outcome.complete();
        RowValues {
            threat: inputs.threat.map(|level| i64::from(level.number())),
            weakness: inputs.weakness.map(|level| i64::from(level.number())),
            likelihood: likely,
            value: done.map(|done| i64::from(done.value.number())),
            band: done.map_or("", |done| band_code(done.band)),
        }
    }
}

/// The asset ledger's code of a band.
pub fn band_code(band: crate::ipa::rules::Band) -> &'static str {
    use crate::ipa::rules::Band;
    match band {
        Band::Large => "high",
        Band::Middle => "middle",
        Band::Small => "low",
    }
}
