//! リスク分析のやり方: which approach is taken for which part of the company, and why (S2-D5-20; techniques after S2-D6-11).

mod choices;
mod hooks;

use jiff::civil::Date;
use mamori_ledger::{Flags, Ledger, LedgerDef, LongText, Ref};

use crate::neighbours::{Department, Person};

pub use choices::{ApproachKind, Technique};

/// One decision.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "approach",
    area = "risk",
    ja = "リスク分析のやり方",
    en = "Approach to risk analysis",
    intro_ja = "どの範囲を、どれくらい細かく分析するかの記録です。全社はざっと、個人情報や止められない業務は詳しく、というように範囲ごとに決めると無理がありません。",
    intro_en = "How thoroughly each part of the company is analysed. Deciding by scope keeps it feasible: roughly for everything, in detail for personal data and work that must not stop.",
    label = "scope",
    department = "department",
    sort = "scope",
    icon = "book",
    keys = "scope"
)]
pub struct Approach {
    /// 対象範囲.
    #[field(
        ja = "対象範囲",
        en = "Scope",
        list,
        required,
        unique,
        search,
        help_ja = "例：全社に共通の部分、顧客の個人情報、受発注システム",
        help_en = "Such as: what is common to all, customers' personal data, the ordering system."
    )]
    pub scope: String,
    /// 部署.
    #[field(ja = "部署", en = "Department", list)]
    pub department: Ref<Department>,
    /// やり方.
    #[field(ja = "やり方", en = "Approach", list, required)]
    pub approach: Option<ApproachKind>,
    /// 使う技法.
    #[field(
        ja = "使う技法",
        en = "Techniques",
        help_ja = "リスクを見つけ、考えるために使う技法（ISO 31010にあるもの）です。",
        help_en = "Techniques used to find and weigh risks (from ISO 31010)."
    )]
    pub technique: Flags<Technique>,
    /// 理由.
    #[field(ja = "このやり方にした理由", en = "Reason", list, required, search)]
    pub reason: LongText,
    /// 決めた日.
    #[field(ja = "決めた日", en = "Decided on", help_ja = "空けておくと今日になります。", help_en = "Left empty, it is today.")]
    pub decided_on: Option<Date>,
    /// 決めた人.
    #[field(ja = "決めた人", en = "Decided by", list)]
    pub decided_by: Ref<Person>,
    /// 見直す日.
    #[field(
        ja = "見直す日",
        en = "Review on",
        list,
        help_ja = "空けておくと1年後になります。",
        help_en = "Left empty, it is a year later."
    )]
    pub review_on: Option<Date>,
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    Approach::def().with_hooks(hooks::ApproachHooks)
}
