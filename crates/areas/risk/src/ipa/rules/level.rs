//! The four small scales of the sheet and the table that joins threat and weakness.

use std::fmt;

/// A number that does not lie on the scale it was meant for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelError {
    /// Name of the scale in Japanese, as the ledger heading says it.
    pub scale_ja: &'static str,
    /// Name of the scale in English.
    pub scale_en: &'static str,
    /// The number that was given.
    pub given: i64,
    /// Smallest allowed number.
    pub lowest: u8,
    /// Largest allowed number.
    pub highest: u8,
}

impl LevelError {
    /// The error for a reader of Japanese: what is wrong and what is allowed.
    #[must_use]
    pub fn message_ja(&self) -> String {
        format!("{}に「{}」は使えません。{}〜{}の整数で入力してください。", self.scale_ja, self.given, self.lowest, self.highest)
    }

    /// The error for a reader of English.
    #[must_use]
    pub fn message_en(&self) -> String {
        format!("{} cannot be {}. Enter a whole number from {} to {}.", self.scale_en, self.given, self.lowest, self.highest)
    }
}

impl fmt::Display for LevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message_en())
    }
}

impl std::error::Error for LevelError {}

/// Declares one ordered scale: an enum whose order is the order of its numbers, with names in both languages.
macro_rules! scale {
    (
        $(#[$outer:meta])*
        $name:ident, $scale_ja:literal, $scale_en:literal, $lowest:literal..=$highest:literal {
            $( $(#[$inner:meta])* $variant:ident = $number:literal, $ja:literal, $en:literal; )+
        }
    ) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$inner])* $variant, )+ }

        impl $name {
            /// Every step of the scale, lowest first.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The number that the sheet prints for this step.
            #[must_use]
            pub const fn number(self) -> u8 {
                match self { $(Self::$variant => $number),+ }
            }

            /// Short Japanese label.
            #[must_use]
            pub const fn label_ja(self) -> &'static str {
                match self { $(Self::$variant => $ja),+ }
            }

            /// Short English label.
            #[must_use]
            pub const fn label_en(self) -> &'static str {
                match self { $(Self::$variant => $en),+ }
            }
        }

        impl TryFrom<i64> for $name {
            type Error = LevelError;

            /// # Errors
            /// [`LevelError`] with the allowed range when the number is not on the scale.
            fn try_from(given: i64) -> Result<Self, LevelError> {
                match given {
                    $($number => Ok(Self::$variant),)+
                    _ => Err(LevelError {
                        scale_ja: $scale_ja, scale_en: $scale_en, given, lowest: $lowest, highest: $highest,
                    }),
                }
            }
        }
    };
}

scale! {
    /// A step of confidentiality, integrity, availability or of the importance made from them (評価値, S2-D4-03).
    ///
    /// The ledger keeps 0, 1 or 2. How many points a step counts in the risk value is the business of
    /// [`Scale`](super::Scale), so a company can change its scale without touching a row.
    Grade, "評価値", "The value", 0..=2 {
        /// Loss, alteration or outage hardly touches the business.
        Low = 0, "低", "Low";
        /// Loss, alteration or outage hurts our own business clearly.
        Medium = 1, "中", "Medium";
        /// The law demands protection, or customers, partners or the company itself would be hurt gravely.
        High = 2, "高", "High";
    }
}

scale! {
    /// How easily the threat arises at a storage place (脅威の起こりやすさ, domain.md §1.2).
    ThreatLevel, "脅威の起こりやすさ", "The threat level", 1..=3 {
        /// Does not arise under normal conditions.
        Rare = 1, "通常は起きない", "Not normally";
        /// Arises under certain conditions, a few times a year.
        Occasional = 2, "年に数回起こりうる", "A few times a year";
        /// May arise on any ordinary day.
        AnyTime = 3, "いつ起きてもおかしくない", "At any time";
    }
}

scale! {
    /// How easily the threat finds a way in (脆弱性のつけ込みやすさ, domain.md §1.2).
    WeaknessLevel, "弱点の大きさ", "The weakness level", 1..=3 {
        /// Every needed measure is in place.
        Guarded = 1, "必要な対策を実施", "All needed measures";
        /// Some measures are in place.
        Partial = 2, "一部だけ実施", "Some measures";
        /// No measure is in place.
        Open = 3, "対策なし", "No measures";
    }
}

scale! {
    /// How likely it is that damage really happens (被害発生可能性), from [`likelihood`].
    Likelihood, "被害発生可能性", "The likelihood of damage", 1..=3 {
        /// Low.
        Low = 1, "低", "Low";
        /// Medium.
        Medium = 2, "中", "Medium";
        /// High.
        High = 3, "高", "High";
    }
}

/// Importance of an asset: the highest of its three values (重要度 = max(C, I, A), S2-D4-03, test T2).
#[must_use]
pub fn importance(confidentiality: Grade, integrity: Grade, availability: Grade) -> Grade {
    confidentiality.max(integrity).max(availability)
}

/// The conversion table of the sheet (domain.md §1.2): threat 3 gives the weakness level itself, threat 2 one step
/// less, threat 1 always the lowest.
///
/// | threat \ weakness | 3 | 2 | 1 |
/// | --- | --- | --- | --- |
/// | 3 | 3 | 2 | 1 |
/// | 2 | 2 | 1 | 1 |
/// | 1 | 1 | 1 | 1 |
#[must_use]
pub const fn likelihood(threat: ThreatLevel, weakness: WeaknessLevel) -> Likelihood {
    match (threat, weakness) {
        (ThreatLevel::AnyTime, WeaknessLevel::Open) => Likelihood::High,
        (ThreatLevel::AnyTime, WeaknessLevel::Partial) | (ThreatLevel::Occasional, WeaknessLevel::Open) => Likelihood::Medium,
        (ThreatLevel::AnyTime, WeaknessLevel::Guarded)
        | (ThreatLevel::Occasional, WeaknessLevel::Partial | WeaknessLevel::Guarded)
        | (ThreatLevel::Rare, _) => Likelihood::Low,
    }
}
