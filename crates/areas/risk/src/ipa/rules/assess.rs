//! The whole chain for one asset, with every step written down.

use super::{
    Band, Bands, Grade, Likelihood, RiskValue, Suggestion, SuggestionBounds, ThreatLevel, WeaknessLevel, importance, likelihood,
    risk_value, suggest,
};

/// What is known about one asset row. `None` is an empty cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Inputs {
    /// 機密性.
    pub confidentiality: Option<Grade>,
    /// 完全性.
    pub integrity: Option<Grade>,
    /// 可用性.
    pub availability: Option<Grade>,
    /// Threat level of the storage place.
    pub threat: Option<ThreatLevel>,
    /// Weakness level of the storage place, from [`weakness_at`](super::weakness_at) or set by hand.
    pub weakness: Option<WeaknessLevel>,
}

/// An input that is still empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    /// 機密性.
    Confidentiality,
    /// 完全性.
    Integrity,
    /// 可用性.
    Availability,
    /// The threat level of the storage place.
    Threat,
    /// The weakness level of the storage place.
    Weakness,
}

impl Missing {
    /// What to fill in, in Japanese.
    #[must_use]
    pub const fn label_ja(self) -> &'static str {
        match self {
            Self::Confidentiality => "機密性",
            Self::Integrity => "完全性",
            Self::Availability => "可用性",
            Self::Threat => "保存先の脅威の起こりやすさ",
            Self::Weakness => "保存先の対策状況",
        }
    }

    /// What to fill in, in English.
    #[must_use]
    pub const fn label_en(self) -> &'static str {
        match self {
            Self::Confidentiality => "confidentiality",
            Self::Integrity => "integrity",
            Self::Availability => "availability",
            Self::Threat => "threat level of the storage place",
            Self::Weakness => "measures at the storage place",
        }
    }
}

/// One line of a reckoning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Name of the value, in Japanese.
    pub label_ja: &'static str,
    /// Name of the value, in English.
    pub label_en: &'static str,
    /// The formula with its inputs put in, in symbols that need no translation: `max(C 2, I 0, A 0)`.
    pub expression: String,
    /// The result as the sheet prints it.
    pub value: String,
    /// What the result means, in Japanese.
    pub meaning_ja: &'static str,
    /// What the result means, in English.
    pub meaning_en: &'static str,
    /// Where the rule comes from (seed id, guideline).
    pub source: &'static str,
}

/// How a value came about, step by step. The last step is the value itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reckoning {
    /// The steps in order.
    pub steps: Vec<Step>,
}

/// The result for one asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// 重要度.
    pub importance: Grade,
    /// 脅威の起こりやすさ that was used.
    pub threat: ThreatLevel,
    /// 脆弱性 that was used.
    pub weakness: WeaknessLevel,
    /// 被害発生可能性.
    pub likelihood: Likelihood,
    /// リスク値.
    pub value: RiskValue,
    /// 大, 中 or 小.
    pub band: Band,
    /// Treatment to think of first.
    pub suggestion: Suggestion,
    /// How it came about.
    pub reckoning: Reckoning,
}

/// Either a result, or the list of what is missing and as much of the reckoning as could be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was known.
    Complete(Box<Assessment>),
    /// Something is missing: no risk value, never a guessed one.
    Incomplete {
        /// What to fill in.
        missing: Vec<Missing>,
        /// Importance, when its three values are known.
        importance: Option<Grade>,
        /// The steps that could be done.
        reckoning: Reckoning,
    },
}

impl Outcome {
    /// The assessment, when complete.
    #[must_use]
    pub fn complete(&self) -> Option<&Assessment> {
        match self {
            Self::Complete(assessment) => Some(assessment),
            Self::Incomplete { .. } => None,
        }
    }

    /// The steps, complete or not.
    #[must_use]
    pub fn reckoning(&self) -> &Reckoning {
        match self {
            Self::Complete(assessment) => &assessment.reckoning,
            Self::Incomplete { reckoning, .. } => reckoning,
        }
    }
}

fn importance_step(c: Grade, i: Grade, a: Grade, bands: Bands, result: Grade) -> Step {
    let points = |grade| bands.scale().points(grade);
    Step {
        label_ja: "重要度",
        label_en: "Importance",
        expression: format!("max(C {}, I {}, A {})", points(c), points(i), points(a)),
        value: points(result).to_string(),
        meaning_ja: result.label_ja(),
        meaning_en: result.label_en(),
        source: "S2-D4-03",
    }
}

fn threat_step(threat: ThreatLevel) -> Step {
    Step {
        label_ja: "脅威の起こりやすさ",
        label_en: "Threat level",
        expression: format!("T = {}", threat.number()),
        value: threat.number().to_string(),
        meaning_ja: threat.label_ja(),
        meaning_en: threat.label_en(),
        source: "S2-D4-05, IPAリスク分析シート(脅威の状況)",
    }
}

fn weakness_step(weakness: WeaknessLevel) -> Step {
    Step {
        label_ja: "弱点の大きさ",
        label_en: "Weakness level",
        expression: format!("W = {}", weakness.number()),
        value: weakness.number().to_string(),
        meaning_ja: weakness.label_ja(),
        meaning_en: weakness.label_en(),
        source: "S2-D4-06, IPAリスク分析シート(対策状況チェック)",
    }
}

fn likelihood_step(threat: ThreatLevel, weakness: WeaknessLevel, result: Likelihood) -> Step {
    Step {
        label_ja: "被害発生可能性",
        label_en: "Likelihood of damage",
        expression: format!("(T {}, W {}) → {}", threat.number(), weakness.number(), result.number()),
        value: result.number().to_string(),
        meaning_ja: result.label_ja(),
        meaning_en: result.label_en(),
        source: "IPAリスク分析シート(換算表)",
    }
}

fn value_step(bands: Bands, importance: Grade, likelihood: Likelihood, value: RiskValue) -> Step {
    let band = bands.band(value);
    Step {
        label_ja: "リスク値",
        label_en: "Risk value",
        expression: format!("{} × {}", bands.scale().points(importance), likelihood.number()),
        value: value.number().to_string(),
        meaning_ja: band.label_ja(),
        meaning_en: band.label_en(),
        source: "S2-D4-05, S2-D4-06",
    }
}

fn band_step(bands: Bands, value: RiskValue) -> Step {
    let band = bands.band(value);
    let (middle, large) = (bands.middle_from(), bands.large_from());
    let expression = match band {
        Band::Large => format!("{} ≥ {large}", value.number()),
        Band::Middle => format!("{middle} ≤ {} < {large}", value.number()),
        Band::Small => format!("{} < {middle}", value.number()),
    };
    Step {
        label_ja: "大・中・小",
        label_en: "Band",
        expression,
        value: value.number().to_string(),
        meaning_ja: band.label_ja(),
        meaning_en: band.label_en(),
        source: "S2-D4-05, 会社の設定 / company setting",
    }
}

/// Walks the chain for one asset on the scale of `bands`.
///
/// Empty inputs are listed instead of being replaced by a default, so an unfinished row can never look safe.
#[must_use]
pub fn assess(bands: Bands, bounds: SuggestionBounds, inputs: &Inputs) -> Outcome {
    let mut steps = Vec::new();
    let graded = match (inputs.confidentiality, inputs.integrity, inputs.availability) {
        (Some(c), Some(i), Some(a)) => {
            let result = importance(c, i, a);
            steps.push(importance_step(c, i, a, bands, result));
            Some(result)
        }
        _ => None,
    };
    steps.extend(inputs.threat.map(threat_step));
    steps.extend(inputs.weakness.map(weakness_step));
    let likely = match (inputs.threat, inputs.weakness) {
        (Some(threat), Some(weakness)) => {
            let result = likelihood(threat, weakness);
            steps.push(likelihood_step(threat, weakness, result));
            Some((threat, weakness, result))
        }
        _ => None,
    };
    let (Some(importance), Some((threat, weakness, likelihood))) = (graded, likely) else {
        return Outcome::Incomplete { missing: missing(inputs), importance: graded, reckoning: Reckoning { steps } };
    };
    let value = risk_value(bands.scale(), importance, likelihood);
    let band = bands.band(value);
    steps.push(value_step(bands, importance, likelihood, value));
    steps.push(band_step(bands, value));
    Outcome::Complete(Box::new(Assessment {
        importance,
        threat,
        weakness,
        likelihood,
        value,
        band,
        suggestion: suggest(bounds, importance, likelihood, band),
        reckoning: Reckoning { steps },
    }))
}

fn missing(inputs: &Inputs) -> Vec<Missing> {
    let mut list = Vec::new();
    let mut note = |absent: bool, what: Missing| {
        if absent {
            list.push(what);
        }
    };
    note(inputs.confidentiality.is_none(), Missing::Confidentiality);
    note(inputs.integrity.is_none(), Missing::Integrity);
    note(inputs.availability.is_none(), Missing::Availability);
    note(inputs.threat.is_none(), Missing::Threat);
    note(inputs.weakness.is_none(), Missing::Weakness);
    list
}
