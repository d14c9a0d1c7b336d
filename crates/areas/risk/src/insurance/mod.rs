//! リスク転嫁: insurance, outsourcing and contracts that carry a loss or a work for us – what they cover, what not, until when
//! (S2-D2-09, S2-D6-07).

mod hooks;
pub(crate) mod panel;
pub mod queries;
pub mod rules;
#[cfg(test)]
mod tests;
mod today;

use jiff::civil::Date;
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;
use mamori_ledger::{Choice, Flags, Ledger, LedgerDef, LongText, Ref, Refs, ViewDef};

use crate::neighbours::Person;
use crate::scenario::Scenario;

pub use today::InsuranceToday;

/// 転嫁のしかた.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "transfer_kind")]
pub enum Kind {
    /// 保険.
    #[choice(
        code = "insurance",
        ja = "保険",
        en = "Insurance",
        alias = "サイバー保険",
        meaning_ja = "起きたときの費用を保険会社が払う。",
        meaning_en = "An insurer pays the cost of a case."
    )]
    Insurance,
    /// 外部委託.
    #[choice(
        code = "outsourcing",
        ja = "外部委託",
        en = "Outsourcing",
        alias = "クラウド;委託",
        meaning_ja = "専門の会社が作業や管理を引き受ける。責任は自社に残る。",
        meaning_en = "A specialist does the work; the responsibility stays."
    )]
    Outsourcing,
    /// 契約.
    #[choice(
        code = "contract",
        ja = "契約による分担",
        en = "Contract",
        meaning_ja = "損害の負担を契約で決めておく。",
        meaning_en = "A contract says who carries the damage."
    )]
    Contract,
}

/// 補償の種類: the five of S2-D6-07, and what else a policy names.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "insurance_cover")]
pub enum Cover {
    /// 事故原因調査.
    #[choice(code = "investigation", ja = "事故原因の調査", en = "Investigation")]
    Investigation,
    /// コールセンター.
    #[choice(code = "call_centre", ja = "コールセンター", en = "Call centre")]
    CallCentre,
    /// 見舞金.
    #[choice(code = "consolation", ja = "見舞金・見舞品", en = "Consolation payments")]
    Consolation,
    /// 法律相談.
    #[choice(code = "legal", ja = "法律相談", en = "Legal advice")]
    Legal,
    /// 再発防止.
    #[choice(code = "prevention", ja = "再発防止", en = "Prevention of a repeat")]
    Prevention,
    /// 損害賠償.
    #[choice(code = "damages", ja = "損害賠償", en = "Damages")]
    Damages,
    /// 休業損失.
    #[choice(code = "interruption", ja = "休業の損失", en = "Business interruption")]
    Interruption,
    /// 復旧費用.
    #[choice(code = "recovery", ja = "データや機器の復旧", en = "Recovery of data and devices")]
    Recovery,
}

/// One policy or contract.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "insurance",
    area = "risk",
    ja = "リスク転嫁（保険・委託）",
    en = "Risk transfer",
    intro_ja = "保険や外部委託、契約で、損失や作業の負担を移した記録です。何が補償されないかを書き、年に一度、内容がいまの仕事に合っているかを見直します。責任そのものは会社に残ります。",
    intro_en = "Insurance, outsourcing and contracts that carry a loss or a work. Note what is not covered, and review once a year whether it still fits. The responsibility stays with the company.",
    label = "name",
    owner = "owner",
    sort = "ends",
    icon = "shield",
    keys = "number; name,provider",
    groups = "what:内容:What it is; cover:補償:Cover; until:期間と見直し:Period and review"
)]
pub struct Insurance {
    /// 名称.
    #[field(ja = "名称", en = "Name", list, required, search, group = "what", alias = "保険名;契約名")]
    pub name: String,
    /// 転嫁のしかた.
    #[field(ja = "転嫁のしかた", en = "Kind", list, required, default = "insurance", group = "what")]
    pub kind: Option<Kind>,
    /// 引受先.
    #[field(ja = "引受先", en = "Provider", list, required, search, group = "what", alias = "保険会社;委託先")]
    pub provider: String,
    /// 証券番号・契約番号.
    #[field(ja = "証券番号・契約番号", en = "Policy number", search, group = "what")]
    pub number: String,
    /// リスク that it carries.
    #[field(ja = "対象のリスク", en = "Risks", group = "what")]
    pub risks: Refs<Scenario>,
    /// 補償の種類.
    #[field(ja = "補償の種類", en = "Covers", list, group = "cover")]
    pub covers: Flags<Cover>,
    /// 補償の内容.
    #[field(ja = "補償の内容", en = "What is covered", search, group = "cover", alias = "補償内容")]
    pub covers_note: LongText,
    /// 補償されないこと.
    #[field(
        ja = "補償されないこと",
        en = "What is not covered",
        search,
        group = "cover",
        help_ja = "例：委託先の過失、身代金、事故前からの故障",
        help_en = "Such as a supplier’s fault, ransom, faults from before."
    )]
    pub not_covered: LongText,
    /// 補償の上限.
    #[field(ja = "補償の上限", en = "Limit", list, group = "cover")]
    pub limit_yen: Option<Yen>,
    /// 自己負担.
    #[field(ja = "自己負担額", en = "Own share", group = "cover", alias = "免責金額")]
    pub own_share: Option<Yen>,
    /// 保険料 a year.
    #[field(ja = "年間の保険料・費用", en = "Premium a year", list, group = "cover", alias = "保険料")]
    pub premium: Option<Yen>,
    /// 開始日.
    #[field(ja = "開始日", en = "Starts", group = "until")]
    pub starts: Option<Date>,
    /// 終了日.
    #[field(ja = "終了日", en = "Ends", list, group = "until", alias = "更新日;満期日")]
    pub ends: Option<Date>,
    /// 見直す日.
    #[field(
        ja = "見直す日",
        en = "Review on",
        list,
        group = "until",
        help_ja = "空けておくと、1年後か、終了日の1か月前の、早い方になります。",
        help_en = "Left empty: a year from now, or a month before it ends, whichever is earlier."
    )]
    pub review_on: Option<Date>,
    /// 担当者.
    #[field(ja = "担当者", en = "Owner", list, group = "until")]
    pub owner: Ref<Person>,
    /// 事故のときの連絡先.
    #[field(ja = "事故のときの連絡先", en = "Whom to call", search, group = "until")]
    pub contact: String,
    /// 備考.
    #[field(ja = "備考", en = "Note", search, group = "until")]
    pub note: LongText,
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    Insurance::def().with_hooks(hooks::InsuranceHooks).with_view(ViewDef {
        code: "review",
        words: Words::new("見直しの順", "By review date"),
        columns: vec!["name", "kind", "provider", "review_on", "ends", "owner"],
        query: "sort=review_on",
    })
}
