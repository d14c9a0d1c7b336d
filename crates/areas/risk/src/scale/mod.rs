//! 尺度: the levels of the four factors and the names of the matrix, kept in versions. The highest number is in force; older ones stay for
//! results that were made with them.

pub mod ops;
pub mod pages;
pub mod queries;
pub mod rules;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mamori_kernel::lang::Words;
use mamori_ledger::{Ledger, LedgerDef, LongText};
use serde::{Deserialize, Serialize};

use crate::four_factor::rules::{Factor, Scale};
use crate::matrix::rules::{Frequency, Impact};

/// One version of the scale.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "risk_scale",
    area = "risk",
    ja = "尺度の版",
    en = "Scale version",
    intro_ja = "いつ、どの段階でリスクを評価していたかの記録です。変更は「尺度」の画面で行います。",
    intro_en = "When and by which levels risks were judged. Change it on the page “Scale”.",
    label = "name",
    sort = "-number",
    icon = "history",
    managed
)]
pub struct RiskScale {
    /// 版の名前.
    #[field(ja = "版", en = "Version", list, read_only)]
    pub name: String,
    /// 版の番号, from 1.
    #[field(ja = "番号", en = "Number", read_only)]
    pub number: Option<i64>,
    /// The levels as JSON.
    #[field(ja = "四因子の段階", en = "Levels of the four factors", hidden, read_only)]
    pub levels: LongText,
    /// The names of the matrix as JSON.
    #[field(ja = "マトリックスの名前", en = "Names of the matrix", hidden, read_only)]
    pub matrix: LongText,
    /// 適用日.
    #[field(ja = "適用日", en = "In force from", list)]
    pub from_date: Option<Date>,
    /// 変更の理由.
    #[field(ja = "変更の理由", en = "Reason", list)]
    pub reason: LongText,
}

/// The company's names for rows and columns of the matrix, in the order of [`Impact::ALL`] and [`Frequency::ALL`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixNames {
    /// 影響: heavy, middle, light.
    pub impact: [Words; 3],
    /// 発生確率: often, sometimes, rare.
    pub frequency: [Words; 3],
}

impl Default for MatrixNames {
    fn default() -> Self {
        MatrixNames { impact: Impact::ALL.map(Impact::words), frequency: Frequency::ALL.map(Frequency::words) }
    }
}

/// A version ready for the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number; 0 is the built-in scale of a company that never chose.
    pub number: i64,
    /// The four factors.
    pub scale: Scale,
    /// The names of the matrix.
    pub names: MatrixNames,
}

impl Default for Version {
    fn default() -> Self {
        Version { number: 0, scale: Scale::textbook(), names: MatrixNames::default() }
    }
}

/// What is wrong with a level; `None` when it stands on the scale.
pub(crate) fn off_scale(scale: &Scale, factor: Factor, level: i64) -> Option<Words> {
    if scale.level(factor, level).is_some() {
        return None;
    }
    let (words, (low, high)) = (factor.words(), scale.bounds(factor));
    Some(Words::owned(
        format!(
            "{}に「{level}」は使えません。{low}〜{high}の整数にしてください。意味は「尺度」の画面で確かめられます。",
            words.ja
        ),
        format!(
            "{} cannot be {level}. Use a whole number from {low} to {high}; the page “Scale” tells what they mean.",
            words.en
        ),
    ))
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    RiskScale::def()
}
