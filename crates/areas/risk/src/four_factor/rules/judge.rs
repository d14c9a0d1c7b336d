//! The product, the judgement and the ways below the line.

use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::Words;
use mamori_kernel::reckoning::Reckoning;

use super::{Factor, Scale};
use crate::ipa::rules::{Band, Grade, Likelihood, Suggestion, SuggestionBounds, suggest};

pub use crate::quantity::rules::Verdict;

/// The level of each factor, in the order of [`Factor::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// 資産価値.
    pub asset_value: i64,
    /// 脅威.
    pub threat: i64,
    /// 脆弱性.
    pub weakness: i64,
    /// 発生可能性.
    pub likelihood: i64,
}

impl Inputs {
    /// The level of one factor.
    #[must_use]
    pub const fn get(self, factor: Factor) -> i64 {
        match factor {
            Factor::AssetValue => self.asset_value,
            Factor::Threat => self.threat,
            Factor::Weakness => self.weakness,
            Factor::Likelihood => self.likelihood,
        }
    }

    /// The same with one factor changed, to see what a measure would do.
    #[must_use]
    pub const fn with(mut self, factor: Factor, level: i64) -> Self {
        match factor {
            Factor::AssetValue => self.asset_value = level,
            Factor::Threat => self.threat = level,
            Factor::Weakness => self.weakness = level,
            Factor::Likelihood => self.likelihood = level,
        }
        self
    }

    fn value(self) -> i64 {
        Factor::ALL.into_iter().map(|factor| self.get(factor)).product()
    }
}

/// 受容基準: the highest risk value that may be accepted. The textbook's company chose 17 of 24 (S2-D6-08).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold(i64);

impl Threshold {
    /// A limit on a scale: at least the lowest value that can come out, and below the highest, or nothing would ever need treatment.
    ///
    /// # Errors
    /// A field error on `threshold` with the allowed range.
    pub fn new(scale: &Scale, limit: i64) -> Result<Self> {
        let (lowest, highest) = (scale.lowest(), scale.highest());
        if (lowest..highest).contains(&limit) {
            return Ok(Self(limit));
        }
        let most = highest - 1;
        Err(Error::field(
            "threshold",
            Words::owned(
                format!(
                    "受容基準に「{limit}」は使えません。この尺度のリスク値は{lowest}〜{highest}なので、{lowest}〜{most}にしてください。"
                ),
                format!("The limit cannot be {limit}. Risks on this scale are {lowest} to {highest}: choose {lowest} to {most}."),
            ),
        ))
    }

    /// The number.
    #[must_use]
    pub const fn limit(self) -> i64 {
        self.0
    }

    /// At or below the limit is acceptable.
    #[must_use]
    pub const fn judge(self, value: i64) -> Verdict {
        if value <= self.0 { Verdict::Acceptable } else { Verdict::NotAcceptable }
    }
}

/// Of risks that were accepted with these values, those that a new limit no longer covers: they come back for a decision.
pub fn no_longer_acceptable<T>(limit: Threshold, accepted: impl IntoIterator<Item = (T, i64)>) -> impl Iterator<Item = T> {
    accepted.into_iter().filter(move |(_, value)| limit.judge(*value) == Verdict::NotAcceptable).map(|(risk, _)| risk)
}

/// The result for one risk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The product.
    pub value: i64,
    /// Against the company's limit.
    pub verdict: Verdict,
    /// Treatment to think of first (S2-D6-02).
    pub suggestion: Suggestion,
    /// Every step.
    pub reckoning: Reckoning,
}

fn check(scale: &Scale, inputs: Inputs) -> Result<()> {
    let errors: Vec<FieldError> = Factor::ALL
        .into_iter()
        .filter(|factor| scale.level(*factor, inputs.get(*factor)).is_none())
        .map(|factor| {
            let (words, given, (low, high)) = (factor.words(), inputs.get(factor), scale.bounds(factor));
            FieldError {
                field: factor.code().to_owned(),
                message: Words::owned(
                    format!("{}に「{given}」は使えません。{low}〜{high}から選んでください。", words.ja),
                    format!("{} cannot be {given}. Choose from {low} to {high}.", words.en),
                ),
            }
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

/// Multiplies the four factors and judges the product (S2-D3-08, S2-D5-21; T1). A factor of 0 makes the risk 0.
///
/// # Errors
/// [`Error::Invalid`] with a field error for each level that is not on the scale.
pub fn assess(scale: &Scale, threshold: Threshold, inputs: Inputs) -> Result<Assessment> {
    check(scale, inputs)?;
    let value = inputs.value();
    let verdict = threshold.judge(value);
    let suggestion = think_of(scale, inputs, verdict);
    let mut reckoning = Reckoning::default();
    for factor in Factor::ALL {
        let chosen = inputs.get(factor);
        let level = scale.level(factor, chosen).map(|level| level.name.clone()).unwrap_or_default();
        let (low, high) = scale.bounds(factor);
        reckoning = reckoning.step(
            factor.words(),
            Words::owned(format!("{low}〜{high}から選択: {}", level.ja), format!("chosen from {low} to {high}: {}", level.en)),
            number(chosen),
            Words::new("会社の評価尺度", "the company's scale"),
        );
    }
    let product = Factor::ALL.map(|factor| inputs.get(factor).to_string()).join(" × ");
    let sign = if verdict == Verdict::Acceptable { "≤" } else { ">" };
    let compare = format!("{value} {sign} {}", threshold.limit());
    let reckoning = reckoning
        .step(
            Words::new("リスク値", "Risk value"),
            Words::owned(product.clone(), product),
            number(value),
            Words::new("S2-D3-08, S2-D5-21", "S2-D3-08, S2-D5-21"),
        )
        .step(
            Words::new("受容の判断", "May it be accepted"),
            Words::owned(compare.clone(), compare),
            verdict.words(),
            Words::new("S2-D6-08、会社の設定", "S2-D6-08, company setting"),
        );
    Ok(Assessment { value, verdict, suggestion, reckoning })
}

fn number(value: i64) -> Words {
    Words::owned(value.to_string(), value.to_string())
}

/// The suggestion of the IPA sheet, with the company's own levels read as low, between and high.
fn think_of(scale: &Scale, inputs: Inputs, verdict: Verdict) -> Suggestion {
    let third = |factor: Factor| {
        let ((low, high), value) = (scale.bounds(factor), inputs.get(factor));
        if value >= high {
            2
        } else if value <= low {
            0
        } else {
            1
        }
    };
    let importance = [Grade::Low, Grade::Medium, Grade::High].get(third(Factor::AssetValue)).copied().unwrap_or(Grade::High);
    let likelihood = [Likelihood::Low, Likelihood::Medium, Likelihood::High]
        .get(third(Factor::Likelihood))
        .copied()
        .unwrap_or(Likelihood::High);
    let band = if verdict == Verdict::Acceptable { Band::Small } else { Band::Large };
    suggest(SuggestionBounds::default(), importance, likelihood, band)
}

/// One change that brings a risk to or below the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WayDown {
    /// The factor to lower; only those that a company can influence (S2-D3-11).
    pub factor: Factor,
    /// To this level: the highest that is enough.
    pub to: i64,
    /// The risk value then.
    pub value: i64,
}

/// For a risk above the limit, the smallest lowering of one factor that is enough; empty when several must go down together
/// or the risk must be avoided or transferred.
#[must_use]
pub fn ways_down(scale: &Scale, threshold: Threshold, inputs: Inputs) -> Vec<WayDown> {
    if threshold.judge(inputs.value()) == Verdict::Acceptable {
        return Vec::new();
    }
    let enough = |factor: Factor| {
        let levels = scale.levels(factor).iter().rev().map(|level| level.value).filter(|to| *to < inputs.get(factor));
        levels
            .map(|to| WayDown { factor, to, value: inputs.with(factor, to).value() })
            .find(|way| threshold.judge(way.value) == Verdict::Acceptable)
    };
    Factor::ALL.into_iter().filter(|factor| factor.can_be_lowered()).filter_map(enough).collect()
}
