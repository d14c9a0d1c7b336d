//! From the answers of the measure check to one weakness level per storage place.
//!
//! The sheet asks a few questions per kind of measure and leaves open how they become one number for an asset. Ours is
//! the simplest rule that a person can check by eye: each kind has a level, and a place is as weak as the weakest of
//! the kinds that guard it.

use super::WeaknessLevel;

/// An answer to one question of the measure check (対策状況チェック).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Done everywhere it is needed.
    Implemented,
    /// Done in part.
    Partial,
    /// Not done.
    NotImplemented,
    /// Nobody knows yet. Counts as not done until somebody finds out.
    Unknown,
    /// The question does not concern the company (no server of its own, nothing developed …). Left out.
    NotApplicable,
}

impl Answer {
    /// Every answer in the order of the form.
    pub const ALL: &'static [Self] =
        &[Self::Implemented, Self::Partial, Self::NotImplemented, Self::Unknown, Self::NotApplicable];

    /// Stable name for storage and interfaces.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Implemented => "implemented",
            Self::Partial => "partial",
            Self::NotImplemented => "not_implemented",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// The answer with this stable name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|answer| answer.code() == code)
    }

    /// Japanese label.
    #[must_use]
    pub const fn label_ja(self) -> &'static str {
        match self {
            Self::Implemented => "実施している",
            Self::Partial => "一部実施している",
            Self::NotImplemented => "実施していない",
            Self::Unknown => "わからない",
            Self::NotApplicable => "該当しない",
        }
    }

    /// English label.
    #[must_use]
    pub const fn label_en(self) -> &'static str {
        match self {
            Self::Implemented => "Implemented",
            Self::Partial => "Partly implemented",
            Self::NotImplemented => "Not implemented",
            Self::Unknown => "Not known",
            Self::NotApplicable => "Does not concern us",
        }
    }

    /// Half points: 2 for done, 1 for partly done; `None` when the question does not count.
    const fn half_points(self) -> Option<u32> {
        match self {
            Self::Implemented => Some(2),
            Self::Partial => Some(1),
            Self::NotImplemented | Self::Unknown => Some(0),
            Self::NotApplicable => None,
        }
    }
}

/// What the check says about one kind of measure (S2-D4-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindResult {
    /// Weakness level of the kind; `None` while no question is answered.
    pub level: Option<WeaknessLevel>,
    /// Share of the questions that are done, in percent, rounded down; a partly done question counts half.
    /// 100 when no question concerns the company, `None` while nothing is answered.
    pub rate_percent: Option<u32>,
    /// Questions answered with "not known": somebody has to find out.
    pub unknown: usize,
}

impl KindResult {
    /// Level and rate of one kind from its answers.
    ///
    /// Everything done → 1, nothing done → 3, anything between → 2 (domain.md §1.2: all needed, partial, none).
    #[must_use]
    pub fn from_answers(answers: &[Answer]) -> Self {
        let unknown = answers.iter().filter(|answer| **answer == Answer::Unknown).count();
        let counted: Vec<u32> = answers.iter().filter_map(|answer| answer.half_points()).collect();
        if answers.is_empty() {
            return Self { level: None, rate_percent: None, unknown };
        }
        let reached: u32 = counted.iter().sum();
        let full = u32::try_from(counted.len()).unwrap_or(u32::MAX).saturating_mul(2);
        let level = if reached == full {
            WeaknessLevel::Guarded
        } else if reached == 0 {
            WeaknessLevel::Open
        } else {
            WeaknessLevel::Partial
        };
        let rate = reached.saturating_mul(100).checked_div(full).unwrap_or(100);
        Self { level: Some(level), rate_percent: Some(rate), unknown }
    }

    /// Whether measures of this kind should be considered: something needed is not fully done.
    #[must_use]
    pub fn needs_attention(&self) -> bool {
        self.level.is_none_or(|level| level > WeaknessLevel::Guarded)
    }
}

/// The weakness level of a storage place and the kinds that decide it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceWeakness {
    /// The level used for every asset at this place.
    pub level: WeaknessLevel,
    /// Codes of the kinds that have this level: improving these lowers the risk.
    pub decided_by: Vec<String>,
    /// Codes of guarding kinds that nobody has answered or set yet; the level may rise when they are.
    pub unanswered: Vec<String>,
}

/// The level of a place is the worst level of the kinds that guard it; kinds without a level are reported, not guessed.
///
/// `guards` holds code and level of each guarding kind (either from [`KindResult`] or set by the company by hand).
/// `None` when no guarding kind has a level.
#[must_use]
pub fn weakness_at<'a>(guards: impl IntoIterator<Item = (&'a str, Option<WeaknessLevel>)>) -> Option<PlaceWeakness> {
    let mut known: Vec<(&str, WeaknessLevel)> = Vec::new();
    let mut unanswered = Vec::new();
    for (code, level) in guards {
        match level {
            Some(level) => known.push((code, level)),
            None => unanswered.push(code.to_owned()),
        }
    }
    let level = known.iter().map(|(_, level)| *level).max()?;
    let decided_by = known.iter().filter(|(_, l)| *l == level).map(|(code, _)| (*code).to_owned()).collect();
    Some(PlaceWeakness { level, decided_by, unanswered })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn a_kind_is_guarded_partial_or_open() {
        use Answer::{Implemented as Yes, NotApplicable, NotImplemented as No, Partial, Unknown};
        let result = |answers: &[Answer]| KindResult::from_answers(answers);
        assert_eq!(result(&[Yes, Yes]).level, Some(WeaknessLevel::Guarded));
        assert_eq!(result(&[Yes, NotApplicable]).level, Some(WeaknessLevel::Guarded));
        assert_eq!(
            result(&[NotApplicable]),
            KindResult { level: Some(WeaknessLevel::Guarded), rate_percent: Some(100), unknown: 0 }
        );
        assert_eq!(result(&[No, Unknown]), KindResult { level: Some(WeaknessLevel::Open), rate_percent: Some(0), unknown: 1 });
        assert_eq!(
            result(&[Yes, Partial, No]),
            KindResult { level: Some(WeaknessLevel::Partial), rate_percent: Some(50), unknown: 0 }
        );
        assert_eq!(result(&[Yes, Yes, Partial]).level, Some(WeaknessLevel::Partial));
        assert_eq!(result(&[]), KindResult { level: None, rate_percent: None, unknown: 0 });
        assert!(result(&[]).needs_attention() && !result(&[Yes]).needs_attention());
    }

    #[test]
    fn a_better_answer_never_makes_a_kind_weaker() {
        let order = [Answer::NotImplemented, Answer::Partial, Answer::Implemented];
        for a in order {
            for b in order {
                for (worse, better) in [(0, 1), (1, 2), (0, 2)] {
                    let before = KindResult::from_answers(&[a, b, order[worse]]);
                    let after = KindResult::from_answers(&[a, b, order[better]]);
                    assert!(after.level <= before.level && after.rate_percent >= before.rate_percent);
                }
            }
        }
    }

    #[test]
    fn a_place_is_as_weak_as_its_weakest_guard_and_names_it() {
        let place = weakness_at([
            ("people", Some(WeaknessLevel::Guarded)),
            ("access", Some(WeaknessLevel::Open)),
            ("physical", Some(WeaknessLevel::Partial)),
            ("supplier", None),
        ])
        .unwrap();
        assert_eq!(place.level, WeaknessLevel::Open);
        assert_eq!(place.decided_by, ["access"]);
        assert_eq!(place.unanswered, ["supplier"]);
        assert_eq!(weakness_at([("access", None)]), None);
        assert_eq!(weakness_at([]), None);
    }
}
