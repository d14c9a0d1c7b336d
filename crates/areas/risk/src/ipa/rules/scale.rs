//! Points, risk value and the three bands.

use std::fmt;

use super::{Grade, Likelihood};

/// How many points a step of importance counts. A company chooses one; both stand side by side (domain.md §11, 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scale {
    /// Importance 0, 1, 2 and so risk 0–6: the sheet of IPA's guideline.
    #[default]
    ZeroToTwo,
    /// Importance 1, 2, 3 and so risk 1–9: taught by Tokyo since fiscal 2023, after ISO/IEC 27005:2022.
    OneToThree,
}

impl Scale {
    /// Both scales.
    pub const ALL: &'static [Self] = &[Self::ZeroToTwo, Self::OneToThree];

    /// Points of one step of importance.
    #[must_use]
    pub const fn points(self, grade: Grade) -> u8 {
        match self {
            Self::ZeroToTwo => grade.number(),
            Self::OneToThree => grade.number() + 1,
        }
    }

    /// Smallest risk value that can come out.
    #[must_use]
    pub const fn lowest(self) -> u8 {
        self.points(Grade::Low) * Likelihood::Low.number()
    }

    /// Largest risk value that can come out.
    #[must_use]
    pub const fn highest(self) -> u8 {
        self.points(Grade::High) * Likelihood::High.number()
    }

    /// Stable name for settings and interfaces.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ZeroToTwo => "zero_to_two",
            Self::OneToThree => "one_to_three",
        }
    }

    /// Japanese label.
    #[must_use]
    pub const fn label_ja(self) -> &'static str {
        match self {
            Self::ZeroToTwo => "重要度 0〜2(リスク値 0〜6)",
            Self::OneToThree => "重要度 1〜3(リスク値 1〜9)",
        }
    }

    /// English label.
    #[must_use]
    pub const fn label_en(self) -> &'static str {
        match self {
            Self::ZeroToTwo => "Importance 0–2 (risk 0–6)",
            Self::OneToThree => "Importance 1–3 (risk 1–9)",
        }
    }
}

/// A computed risk value. It has no unit; its range depends on the [`Scale`] it was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RiskValue(u8);

impl RiskValue {
    /// The number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// リスク値 = 重要度 × 被害発生可能性 (domain.md §1.2, test T3).
#[must_use]
pub const fn risk_value(scale: Scale, importance: Grade, likelihood: Likelihood) -> RiskValue {
    RiskValue(scale.points(importance) * likelihood.number())
}

/// The label beside a risk value, and its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// 小: may stay as it is.
    Small,
    /// 中: may stay while it is watched and handled.
    Middle,
    /// 大: may not stay; decide a treatment.
    Large,
}

impl Band {
    /// Every band, smallest first.
    pub const ALL: &'static [Self] = &[Self::Small, Self::Middle, Self::Large];

    /// Stable name for settings and interfaces.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Middle => "middle",
            Self::Large => "large",
        }
    }

    /// Japanese label as the sheet prints it.
    #[must_use]
    pub const fn label_ja(self) -> &'static str {
        match self {
            Self::Small => "小",
            Self::Middle => "中",
            Self::Large => "大",
        }
    }

    /// English label.
    #[must_use]
    pub const fn label_en(self) -> &'static str {
        match self {
            Self::Small => "Small",
            Self::Middle => "Middle",
            Self::Large => "Large",
        }
    }
}

/// Where 中 and 大 begin. The company may move both bounds.
///
/// The defaults for 0–6 (中 from 1, 大 from 4) fit every sample row of the seed (§5.3). For 1–9 the source names three
/// colours but no bounds; the defaults (中 from 3, 大 from 6) are our choice: only products of two low factors stay 小.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bands {
    scale: Scale,
    middle_from: u8,
    large_from: u8,
}

/// Bounds that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BandsError {
    /// The scale for which the bounds were meant.
    pub scale: Scale,
    /// The lower bound that was given.
    pub middle_from: u8,
    /// The upper bound that was given.
    pub large_from: u8,
}

impl BandsError {
    /// What is wrong and what to enter, in Japanese.
    #[must_use]
    pub fn message_ja(&self) -> String {
        format!(
            "「中」は{}、「大」は{}からという区切りは使えません。{}以上{}以下で、「大」の始まりを「中」より大きくしてください。",
            self.middle_from,
            self.large_from,
            self.scale.lowest(),
            self.scale.highest()
        )
    }

    /// What is wrong and what to enter, in English.
    #[must_use]
    pub fn message_en(&self) -> String {
        format!(
            "Middle from {} and Large from {} cannot be used. Choose both between {} and {}, with Large above Middle.",
            self.middle_from,
            self.large_from,
            self.scale.lowest(),
            self.scale.highest()
        )
    }
}

impl fmt::Display for BandsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message_en())
    }
}

impl std::error::Error for BandsError {}

impl Bands {
    /// Bounds chosen by the company. Values from `middle_from` are 中, from `large_from` 大.
    ///
    /// # Errors
    /// [`BandsError`] when a bound lies outside the scale or 大 does not begin above 中.
    pub fn new(scale: Scale, middle_from: u8, large_from: u8) -> Result<Self, BandsError> {
        if scale.lowest() <= middle_from && middle_from < large_from && large_from <= scale.highest() {
            Ok(Self { scale, middle_from, large_from })
        } else {
            Err(BandsError { scale, middle_from, large_from })
        }
    }

    /// The bounds that a scale starts with.
    #[must_use]
    pub const fn default_for(scale: Scale) -> Self {
        match scale {
            Scale::ZeroToTwo => Self { scale, middle_from: 1, large_from: 4 },
            Scale::OneToThree => Self { scale, middle_from: 3, large_from: 6 },
        }
    }

    /// The scale on which the bounds lie.
    #[must_use]
    pub const fn scale(self) -> Scale {
        self.scale
    }

    /// Smallest value that is 中.
    #[must_use]
    pub const fn middle_from(self) -> u8 {
        self.middle_from
    }

    /// Smallest value that is 大.
    #[must_use]
    pub const fn large_from(self) -> u8 {
        self.large_from
    }

    /// The band of a value.
    #[must_use]
    pub const fn band(self, value: RiskValue) -> Band {
        if value.0 >= self.large_from {
            Band::Large
        } else if value.0 >= self.middle_from {
            Band::Middle
        } else {
            Band::Small
        }
    }

    /// The rule in symbols, for the reckoning: `大 ≥ 4 > 中 ≥ 1 > 小`.
    #[must_use]
    pub fn rule_ja(self) -> String {
        format!("大 ≥ {} > 中 ≥ {} > 小", self.large_from, self.middle_from)
    }

    /// The rule in symbols, in English.
    #[must_use]
    pub fn rule_en(self) -> String {
        format!("Large ≥ {} > Middle ≥ {} > Small", self.large_from, self.middle_from)
    }
}

impl Default for Bands {
    fn default() -> Self {
        Self::default_for(Scale::default())
    }
}
