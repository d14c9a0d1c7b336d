//! The levels of the four factors, and what makes a scale usable.

use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::Words;
use serde::{Deserialize, Serialize};

/// Largest number of a level. Four factors of 9 give 6,561: more would only feign precision.
const HIGHEST: i64 = 9;

/// One of the four factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// 資産価値.
    AssetValue,
    /// 脅威.
    Threat,
    /// 脆弱性.
    Weakness,
    /// 発生可能性.
    Likelihood,
}

impl Factor {
    /// All four, in the order of the formula.
    pub const ALL: [Self; 4] = [Self::AssetValue, Self::Threat, Self::Weakness, Self::Likelihood];

    /// Stable name for storage, forms and interfaces.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AssetValue => "asset_value",
            Self::Threat => "threat",
            Self::Weakness => "weakness",
            Self::Likelihood => "likelihood",
        }
    }

    /// Name for people.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::AssetValue => Words::new("資産価値", "Asset value"),
            Self::Threat => Words::new("脅威", "Threat"),
            Self::Weakness => Words::new("脆弱性", "Weakness"),
            Self::Likelihood => Words::new("発生可能性", "Likelihood"),
        }
    }

    /// Whether a company can lower this factor by its own measures (S2-D3-11).
    #[must_use]
    pub const fn can_be_lowered(self) -> bool {
        matches!(self, Self::Weakness | Self::Likelihood)
    }

    /// What a company can do about it (S2-D3-11).
    #[must_use]
    pub const fn influence(self) -> Words {
        match self {
            Self::AssetValue => Words::new(
                "対策ではほとんど変えられません。持つのをやめる・減らすことが「回避」になります。",
                "Measures hardly change it. Not holding the asset, or holding less of it, avoids the risk.",
            ),
            Self::Threat => Words::new(
                "攻撃や災害の有無は、自社ではほとんど変えられません。",
                "Whether there are attackers or disasters is hardly up to you.",
            ),
            Self::Weakness => Words::new(
                "弱点をふさぐ対策(更新、設定、教育)で下げられます。",
                "Measures that close weak points lower it: updates, settings, education.",
            ),
            Self::Likelihood => Words::new(
                "起こりにくくする対策(認証の強化、持ち出しの制限、監視)で下げられます。",
                "Measures that make it rarer lower it: stronger sign-in, limits on taking out, monitoring.",
            ),
        }
    }
}

/// One level of a factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// The number that is multiplied, 0–9.
    pub value: i64,
    /// Short name.
    pub name: Words,
    /// When it applies.
    pub means: Words,
}

/// How often a level is used by stored assessments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// The factor.
    pub factor: Factor,
    /// The level's number.
    pub value: i64,
    /// Number of risks that use it.
    pub count: u64,
}

/// The levels of all four factors; always usable: reading one from storage checks it as [`Scale::new`] does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Levels", into = "Levels")]
pub struct Scale(Levels);

/// A scale as it is stored and typed, not yet judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Levels {
    asset_value: Vec<Level>,
    threat: Vec<Level>,
    weakness: Vec<Level>,
    likelihood: Vec<Level>,
}

impl From<Scale> for Levels {
    fn from(scale: Scale) -> Self {
        scale.0
    }
}

impl TryFrom<Levels> for Scale {
    type Error = Error;

    fn try_from(levels: Levels) -> Result<Self> {
        let Levels { asset_value, threat, weakness, likelihood } = levels;
        Self::new([asset_value, threat, weakness, likelihood])
    }
}

fn level(value: i64, ja: &'static str, en: &'static str, means_ja: &'static str, means_en: &'static str) -> Level {
    Level { value, name: Words::new(ja, en), means: Words::new(means_ja, means_en) }
}

impl Scale {
    /// A scale made of the levels of asset value, threat, weakness and likelihood, in any order of their numbers.
    ///
    /// A single level is allowed: with the number 1 it switches a factor off.
    ///
    /// # Errors
    /// [`Error::Invalid`] with a field error for each factor that has no level, a number outside 0–9, a number or name twice,
    /// a gap between numbers, a level without name, or only the level 0.
    pub fn new(levels: [Vec<Level>; 4]) -> Result<Self> {
        let [asset_value, threat, weakness, likelihood] = levels.map(|mut list| {
            list.sort_by_key(|level| level.value);
            list
        });
        let scale = Self(Levels { asset_value, threat, weakness, likelihood });
        let errors: Vec<FieldError> = Factor::ALL.into_iter().filter_map(|factor| fault(factor, scale.levels(factor))).collect();
        if errors.is_empty() { Ok(scale) } else { Err(Error::Invalid(errors)) }
    }

    /// The scale of the textbook: 0–2 × 1–2 × 1–2 × 1–3, so 0–24 (S2-D5-21; spec §11 of the seeds).
    #[must_use]
    pub fn textbook() -> Self {
        Self(Levels {
            asset_value: vec![
                level(0, "低い", "Low", "失っても業務にほとんど影響しない", "Its loss hardly touches the business"),
                level(1, "中くらい", "Medium", "失うと自社の業務に支障が出る", "Its loss hurts our own business"),
                level(2, "高い", "High", "失うと法令・取引先・会社の存続に関わる", "Its loss touches law, customers or survival"),
            ],
            threat: vec![
                level(
                    1,
                    "ほとんどない",
                    "Hardly any",
                    "ねらわれる理由や災害のおそれが小さい",
                    "Little reason for attack or disaster",
                ),
                level(2, "ある", "Present", "同じ業種や場所で実際に起きている", "It happens in our trade or place"),
            ],
            weakness: vec![
                level(1, "ほとんどない", "Hardly any", "必要な対策ができている", "The needed measures are in place"),
                level(2, "ある", "Present", "対策が足りない、または守られていない", "Measures are missing or not kept"),
            ],
            likelihood: vec![
                level(1, "低い", "Low", "ないとは言い切れない", "Cannot be excluded"),
                level(2, "中くらい", "Medium", "ときどき起きる", "Happens now and then"),
                level(3, "高い", "High", "いつ起きてもおかしくない", "May happen at any time"),
            ],
        })
    }

    /// The levels of a factor, lowest first.
    #[must_use]
    pub fn levels(&self, factor: Factor) -> &[Level] {
        match factor {
            Factor::AssetValue => &self.0.asset_value,
            Factor::Threat => &self.0.threat,
            Factor::Weakness => &self.0.weakness,
            Factor::Likelihood => &self.0.likelihood,
        }
    }

    /// The level of a number.
    #[must_use]
    pub fn level(&self, factor: Factor, value: i64) -> Option<&Level> {
        self.levels(factor).iter().find(|level| level.value == value)
    }

    /// Lowest and highest number of a factor.
    #[must_use]
    pub fn bounds(&self, factor: Factor) -> (i64, i64) {
        let levels = self.levels(factor);
        (levels.first().map_or(0, |level| level.value), levels.last().map_or(0, |level| level.value))
    }

    /// Smallest risk value that can come out.
    #[must_use]
    pub fn lowest(&self) -> i64 {
        Factor::ALL.into_iter().map(|factor| self.bounds(factor).0).product()
    }

    /// Largest risk value that can come out.
    #[must_use]
    pub fn highest(&self) -> i64 {
        Factor::ALL.into_iter().map(|factor| self.bounds(factor).1).product()
    }

    /// The new scale, if no level disappears that stored assessments use. Names and meanings may change freely; levels may be added.
    ///
    /// # Errors
    /// [`Error::InUse`] that names each missing level with the number of risks that use it.
    pub fn change_to(&self, next: Scale, used: &[Used]) -> Result<Scale> {
        let lost: Vec<&Used> =
            used.iter().filter(|used| used.count > 0 && next.level(used.factor, used.value).is_none()).collect();
        if lost.is_empty() {
            return Ok(next);
        }
        let name = |used: &Used, ja: bool| {
            let factor = used.factor.words();
            let level = self.level(used.factor, used.value).map(|level| level.name.clone()).unwrap_or_default();
            if ja {
                format!("{}の「{} {}」({}件)", factor.ja, used.value, level.ja, used.count)
            } else {
                format!("{} “{} {}” ({} risks)", factor.en, used.value, level.en, used.count)
            }
        };
        let list = |ja, with| lost.iter().map(|used| name(used, ja)).collect::<Vec<_>>().join(with);
        Err(Error::InUse(Words::owned(
            format!(
                "使われている段階があるため、尺度を変更できません: {}。先にこれらのリスクを別の段階に付け替えるか、段階を残してください。",
                list(true, "、")
            ),
            format!(
                "The scale cannot change because levels are in use: {}. Move these risks to another level first, or keep the level.",
                list(false, ", ")
            ),
        )))
    }
}

fn twice<T: PartialEq>(items: &[T]) -> Option<&T> {
    items.iter().enumerate().find(|(at, item)| items.iter().take(*at).any(|other| other == *item)).map(|(_, item)| item)
}

/// The first fault of a factor's levels, which are sorted.
fn fault(factor: Factor, levels: &[Level]) -> Option<FieldError> {
    let (ja, en) = (factor.words().ja, factor.words().en);
    let say = |ja: String, en: String| Some(FieldError { field: factor.code().to_owned(), message: Words::owned(ja, en) });
    let values: Vec<i64> = levels.iter().map(|level| level.value).collect();
    let (Some(first), Some(last)) = (values.first().copied(), values.last().copied()) else {
        return say(
            format!("「{ja}」に段階がありません。1つ以上入れてください。"),
            format!("{en} has no level. Enter at least one."),
        );
    };
    if first < 0 || last > HIGHEST {
        let wrong = if first < 0 { first } else { last };
        return say(
            format!("「{ja}」の段階に「{wrong}」は使えません。0〜{HIGHEST}の整数にしてください。"),
            format!("{en} cannot have a level {wrong}. Use whole numbers from 0 to {HIGHEST}."),
        );
    }
    if let Some(value) = twice(&values) {
        return say(
            format!("「{ja}」に「{value}」が2回あります。番号は1つずつにしてください。"),
            format!("{en} has the level {value} twice. Use each number once."),
        );
    }
    if let Some(gap) = (first..=last).find(|value| !values.contains(value)) {
        return say(
            format!("「{ja}」の{first}〜{last}の間に「{gap}」がありません。番号は続けてください。"),
            format!("{en} lacks {gap} between {first} and {last}. Numbers must follow each other."),
        );
    }
    if last == 0 {
        return say(
            format!("「{ja}」が0だけでは、すべてのリスクが0になります。1以上の段階を入れてください。"),
            format!("With 0 as the only level of {en}, every risk would be 0. Add a level of 1 or more."),
        );
    }
    if let Some(nameless) = levels.iter().find(|level| level.name.ja.trim().is_empty() && level.name.en.trim().is_empty()) {
        return say(
            format!("「{ja}」の「{}」に名前がありません。「高い」のような短い名前を付けてください。", nameless.value),
            format!("Level {} of {en} has no name. Give it a short one, such as “High”.", nameless.value),
        );
    }
    let names: Vec<&str> = levels.iter().map(|level| level.name.get(mamori_kernel::lang::Lang::Ja).trim()).collect();
    twice(&names).and_then(|name| {
        say(
            format!("「{ja}」に「{name}」という名前が2回あります。見分けられる名前にしてください。"),
            format!("{en} has the name “{name}” twice. Give each level its own name."),
        )
    })
}
