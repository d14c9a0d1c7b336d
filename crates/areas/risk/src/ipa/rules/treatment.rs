//! The four treatments and which to think of first.

use super::{Band, Grade, Likelihood};

/// What to do about a risk (S2-D3-10, S2-D6-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Treatment {
    /// 回避: stop what makes the risk.
    Avoid,
    /// 低減: make it rarer or smaller by measures.
    Reduce,
    /// 転嫁: let somebody else carry the loss or the work.
    Transfer,
    /// 受容: live with it, knowingly and with a date of review.
    Accept,
}

impl Treatment {
    /// All four.
    pub const ALL: &'static [Self] = &[Self::Avoid, Self::Reduce, Self::Transfer, Self::Accept];

    /// Stable name for storage and interfaces; the key of `catalogs/risk/treatments.toml`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Avoid => "avoid",
            Self::Reduce => "reduce",
            Self::Transfer => "transfer",
            Self::Accept => "accept",
        }
    }

    /// The treatment with this stable name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|treatment| treatment.code() == code)
    }

    /// Japanese label.
    #[must_use]
    pub const fn label_ja(self) -> &'static str {
        match self {
            Self::Avoid => "回避",
            Self::Reduce => "低減",
            Self::Transfer => "転嫁",
            Self::Accept => "受容",
        }
    }

    /// English label.
    #[must_use]
    pub const fn label_en(self) -> &'static str {
        match self {
            Self::Avoid => "Avoid",
            Self::Reduce => "Reduce",
            Self::Transfer => "Transfer",
            Self::Accept => "Accept",
        }
    }
}

/// From which step importance and likelihood count as high. The seed draws one line through each; where it lies is ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SuggestionBounds {
    /// Lowest importance that is "high".
    pub importance_high_from: Grade,
    /// Lowest likelihood that is "often".
    pub likelihood_high_from: Likelihood,
}

impl Default for SuggestionBounds {
    fn default() -> Self {
        Self { importance_high_from: Grade::High, likelihood_high_from: Likelihood::Medium }
    }
}

/// A suggested treatment with its reason. A suggestion only: the decision is a person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The treatment.
    pub treatment: Treatment,
    /// Why, in Japanese.
    pub reason_ja: &'static str,
    /// Why, in English.
    pub reason_en: &'static str,
    /// Where the rule comes from.
    pub source: &'static str,
    /// `true` when the seed's figure is lost and the rule follows from symmetry.
    pub assumed: bool,
}

/// Suggests a treatment from importance and likelihood (S2-D6-02).
///
/// A risk in the band 小 is always "accept": asking for work on a risk that the company calls small wastes trust.
#[must_use]
pub fn suggest(bounds: SuggestionBounds, importance: Grade, likelihood: Likelihood, band: Band) -> Suggestion {
    if band == Band::Small {
        return Suggestion {
            treatment: Treatment::Accept,
            reason_ja: "リスク値が「小」なので、見直し日を決めて受け入れられます。",
            reason_en: "The risk is small, so it can be accepted with a date of review.",
            source: "S2-D6-02, S2-D6-10",
            assumed: false,
        };
    }
    let important = importance >= bounds.importance_high_from;
    let often = likelihood >= bounds.likelihood_high_from;
    match (important, often) {
        (true, true) => Suggestion {
            treatment: Treatment::Avoid,
            reason_ja: "重要度も発生可能性も高いため、まずその持ち方・やり方をやめられないか考えます。やめられなければ低減します。",
            reason_en: "Important and likely: first ask whether this way of holding or working can stop; if not, reduce.",
            source: "S2-D6-02",
            assumed: false,
        },
        (false, true) => Suggestion {
            treatment: Treatment::Reduce,
            reason_ja: "起こりやすいものの被害は限られるため、対策で回数や被害を減らします。",
            reason_en: "Likely but limited: use measures to make it rarer or smaller.",
            source: "S2-D6-02",
            assumed: false,
        },
        (true, false) => Suggestion {
            treatment: Treatment::Transfer,
            reason_ja: "めったに起きなくても被害が大きいため、保険や専門業者に負担を移すことを考えます。",
            reason_en: "Rare but grave: consider moving the burden to insurance or a specialist.",
            source: "S2-D6-02",
            assumed: true,
        },
        (false, false) => Suggestion {
            treatment: Treatment::Accept,
            reason_ja: "重要度も発生可能性も高くないため、理由と見直し日を残して受け入れられます。",
            reason_en: "Neither important nor likely: it can be accepted with a reason and a date of review.",
            source: "S2-D6-02",
            assumed: true,
        },
    }
}
