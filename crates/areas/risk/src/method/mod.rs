//! 評価方法: the scale and the bounds with which a company reads its risk values, kept in versions.

mod ops;
pub mod pages;
pub mod queries;
mod rules;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText};

use crate::ipa::rules::{Bands, Scale};

pub(crate) use ops::begin;
pub use ops::change_method;
pub use rules::{MethodInput, judge};

/// Which importance numbers are counted (domain.md §1.2 and the variant taught by Tokyo since fiscal 2023).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "risk_scale")]
pub enum ScaleChoice {
    /// 0–2.
    #[choice(
        code = "zero_to_two",
        ja = "重要度 0〜2（リスク値 0〜6）",
        en = "Importance 0–2 (risk 0–6)",
        meaning_ja = "IPAのリスク分析シートと同じ数え方です。重要度0の資産は、リスク値も0になります。",
        meaning_en = "As in IPA's risk sheet. An asset of importance 0 always has risk 0."
    )]
    ZeroToTwo,
    /// 1–3.
    #[choice(
        code = "one_to_three",
        ja = "重要度 1〜3（リスク値 1〜9）",
        en = "Importance 1–3 (risk 1–9)",
        meaning_ja = "東京都の講座で2023年度から使われる数え方です。重要度が低い資産にも1以上の値が付きます。",
        meaning_en = "As taught by the Tokyo courses since fiscal 2023. Even unimportant assets get at least 1."
    )]
    OneToThree,
}

impl ScaleChoice {
    /// The scale of the rules.
    pub fn scale(self) -> Scale {
        match self {
            ScaleChoice::ZeroToTwo => Scale::ZeroToTwo,
            ScaleChoice::OneToThree => Scale::OneToThree,
        }
    }
}

/// One version of the method. The highest number is in force; older ones stay for results that were made with them.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "risk_method",
    area = "risk",
    ja = "評価方法の版",
    en = "Method version",
    intro_ja = "いつ、どの数え方でリスクを評価していたかの記録です。変更は「評価方法」の画面で行います。",
    intro_en = "When and by which numbers risks were judged. Change it on the page “Method”.",
    label = "name",
    sort = "-number",
    icon = "history",
    managed
)]
pub struct RiskMethod {
    /// 版の名前.
    #[field(ja = "版", en = "Version", list, read_only)]
    pub name: String,
    /// 版の番号, from 1.
    #[field(ja = "番号", en = "Number", read_only)]
    pub number: Option<i64>,
    /// 数え方.
    #[field(ja = "数え方", en = "Scale", list, required)]
    pub scale: Option<ScaleChoice>,
    /// 「中」の始まり.
    #[field(ja = "「中」の始まり", en = "Middle from", list, required)]
    pub middle_from: Option<i64>,
    /// 「大」の始まり.
    #[field(ja = "「大」の始まり", en = "Large from", list, required)]
    pub large_from: Option<i64>,
    /// 適用日.
    #[field(ja = "適用日", en = "In force from", list)]
    pub from_date: Option<Date>,
    /// 変更の理由.
    #[field(ja = "変更の理由", en = "Reason", list)]
    pub reason: LongText,
}

/// The method in force, ready for the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Method {
    /// Version number; 0 is the built-in method of a company that never chose.
    pub number: i64,
    /// Scale and bounds.
    pub bands: Bands,
}

impl Method {
    /// The bounds in words: `大：4以上、中：1〜3、小：0`.
    pub fn rule(&self, lang: Lang) -> String {
        let (lowest, middle, large) = (self.bands.scale().lowest(), self.bands.middle_from(), self.bands.large_from());
        let range = |from: u8, below: u8| {
            let last = below.saturating_sub(1);
            if from == last { from.to_string() } else { format!("{from}{}{last}", lang.pick("〜", "–")) }
        };
        let mut parts = vec![
            match lang {
                Lang::Ja => format!("大：{large}以上"),
                Lang::En => format!("Large: {large} and above"),
            },
            format!("{}{}", lang.pick("中：", "Middle: "), range(middle, large)),
        ];
        // A company that counts from the lowest value has no small risks.
        if middle > lowest {
            parts.push(format!("{}{}", lang.pick("小：", "Small: "), range(lowest, middle)));
        }
        parts.join(lang.pick("、", ", "))
    }

    /// The scale's name.
    pub fn scale_words(&self) -> Words {
        let scale = self.bands.scale();
        Words::new(scale.label_ja(), scale.label_en())
    }
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    RiskMethod::def()
}
