//! 受容基準: up to which score and which yearly loss a risk may be accepted, kept in versions (S2-D6-08, S2-D6-09).

pub mod ops;
pub mod pages;
pub mod queries;
pub mod rules;

use jiff::civil::Date;
use mamori_kernel::yen::Yen;
use mamori_ledger::{Ledger, LedgerDef, LongText};

/// One version of the appetite. The highest number is in force; older ones stay for decisions that were made with them.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "risk_appetite",
    area = "risk",
    ja = "受容基準の版",
    en = "Appetite version",
    intro_ja = "いつ、どこまでのリスクを受け入れる会社だったかの記録です。変更は「受容基準」の画面で行います。",
    intro_en = "When and up to where the company accepted risks. Change it on the page “Risk appetite”.",
    label = "name",
    sort = "-number",
    icon = "history",
    managed
)]
pub struct RiskAppetite {
    /// 版の名前.
    #[field(ja = "版", en = "Version", list, read_only)]
    pub name: String,
    /// 版の番号, from 1.
    #[field(ja = "番号", en = "Number", read_only)]
    pub number: Option<i64>,
    /// Highest score of the four-factor scale that may be accepted without the management.
    #[field(ja = "点数の上限", en = "Highest score", list, required)]
    pub score: Option<i64>,
    /// Highest expected loss a year that may be accepted without the management.
    #[field(ja = "年間予想損失額の上限", en = "Highest yearly loss", list, required)]
    pub yen: Option<Yen>,
    /// 適用日.
    #[field(ja = "適用日", en = "In force from", list)]
    pub from_date: Option<Date>,
    /// 変更の理由.
    #[field(ja = "変更の理由", en = "Reason", list)]
    pub reason: LongText,
}

/// The appetite in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appetite {
    /// Version number; 0 is the built-in one of a company that never chose.
    pub number: i64,
    /// Highest acceptable value of the four-factor scale.
    pub score: i64,
    /// Highest acceptable expected loss a year, in yen.
    pub yen: i64,
}

impl Default for Appetite {
    /// The textbook's examples: 17 of 24, and 2,000,000 yen a year (S2-D6-08, S2-D6-09).
    fn default() -> Appetite {
        Appetite { number: 0, score: 17, yen: 2_000_000 }
    }
}

impl Appetite {
    /// Whether a risk lies above the appetite, by its score or by its expected yearly loss in yen; `None` when neither is known.
    ///
    /// At the limit is acceptable, beyond it is not (T1: 24 > 17; T7: 1,500,000 < 2,000,000), as [`crate::four_factor::rules::Threshold`]
    /// judges.
    #[must_use]
    pub fn is_above(self, score: Option<i64>, ale: Option<i64>) -> Option<bool> {
        match (score, ale) {
            (None, None) => None,
            (score, ale) => Some(score.is_some_and(|score| score > self.score) || ale.is_some_and(|ale| ale > self.yen)),
        }
    }
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    RiskAppetite::def()
}
