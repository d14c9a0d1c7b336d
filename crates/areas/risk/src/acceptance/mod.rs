//! リスク受容: living with a risk knowingly – who decided, why, until when (S2-D6-08, S2-D6-10).

mod hooks;
mod job;
pub mod queries;
pub mod rules;
#[cfg(test)]
mod tests;
mod today;

use jiff::civil::Date;
use mamori_kernel::lang::Words;
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, Ref, ViewDef};

use crate::neighbours::{Department, InformationAsset, Person};

pub use job::ExpiryJob;
pub use today::AcceptanceToday;

/// 受容の理由の種類 (S2-D6-10).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "acceptance_class")]
pub enum Class {
    /// Low impact.
    #[choice(
        code = "low_impact",
        ja = "影響度が低い",
        en = "Low impact",
        meaning_ja = "起きた回数を数え、増えたら対応の計画に入れる。",
        meaning_en = "Count occurrences and plan a treatment when they grow."
    )]
    LowImpact,
    /// Rare.
    #[choice(
        code = "rare",
        ja = "発生頻度が低い",
        en = "Rare",
        meaning_ja = "起きたときの被害が大きいなら、保険などの転嫁も考える。",
        meaning_en = "If the loss would be big, think of insurance as well."
    )]
    Rare,
    /// Too hard or too costly.
    #[choice(
        code = "too_costly",
        ja = "対策が困難・高額",
        en = "Too hard or costly",
        meaning_ja = "見直しのたびに、低減・転嫁・回避ができないか考え直す。",
        meaning_en = "At each review ask again whether it can be reduced, transferred or avoided."
    )]
    TooCostly,
}

/// 状態.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "acceptance_state")]
pub enum State {
    /// In force.
    #[choice(code = "valid", ja = "有効", en = "In force", tone = "success")]
    Valid,
    /// Past its review date.
    #[choice(code = "expired", ja = "期限切れ", en = "Expired", tone = "danger")]
    Expired,
    /// Taken back.
    #[choice(code = "withdrawn", ja = "取り下げ", en = "Withdrawn", tone = "neutral")]
    Withdrawn,
}

/// The band at the time of the decision.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "accepted_band")]
pub enum AcceptedBand {
    /// 大.
    #[choice(code = "high", ja = "大", en = "Large", tone = "danger")]
    High,
    /// 中.
    #[choice(code = "middle", ja = "中", en = "Middle", tone = "warning")]
    Middle,
    /// 小.
    #[choice(code = "low", ja = "小", en = "Small", tone = "success")]
    Low,
}

/// One acceptance.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "acceptance",
    area = "risk",
    ja = "リスク受容",
    en = "Risk acceptance",
    intro_ja = "残ったリスクを受け入れる判断の記録です。受け入れても事故が起きないわけではないので、見直す日を必ず決めます。提案した本人は承認できません。",
    intro_en = "Decisions to live with what remains of a risk. Accepting does not mean that nothing will happen, so every one has a date of review. Nobody accepts what he proposed himself.",
    label = "name",
    department = "department",
    sort = "review_on",
    icon = "flag",
    keys = "asset,accepted_on",
    groups = "what:何を受け入れるか:What is accepted; who:誰が、なぜ:Who and why; until:いつまで:Until when"
)]
pub struct Acceptance {
    /// The asset's name when it was accepted.
    #[field(ja = "名称", en = "Name", list, read_only, search, group = "what")]
    pub name: String,
    /// 情報資産.
    #[field(ja = "情報資産", en = "Asset", required, group = "what")]
    pub asset: Ref<InformationAsset>,
    /// The asset's department.
    #[field(ja = "管理部署", en = "Department", list, read_only, group = "what")]
    pub department: Ref<Department>,
    /// リスク値 at that time.
    #[field(ja = "受け入れたときのリスク値", en = "Risk value accepted", list, read_only, group = "what")]
    pub risk_value: Option<i64>,
    /// 大・中・小 at that time.
    #[field(ja = "そのときの大きさ", en = "Band accepted", list, read_only, group = "what")]
    pub risk_band: Option<AcceptedBand>,
    /// Version of the method with which the value was made; 0 is the built-in one.
    #[field(ja = "評価方法の版", en = "Method version", read_only, group = "what")]
    pub method: Option<i64>,
    /// 理由の種類.
    #[field(ja = "理由の種類", en = "Class", list, required, group = "who")]
    pub class: Option<Class>,
    /// 理由.
    #[field(
        ja = "理由",
        en = "Reason",
        required,
        search,
        group = "who",
        help_ja = "後から読む人が「なるほど」と思えるように書きます。",
        help_en = "So that somebody who reads it later agrees."
    )]
    pub reason: LongText,
    /// 条件.
    #[field(
        ja = "守る条件",
        en = "Conditions",
        search,
        group = "who",
        help_ja = "例：インターネットにつながない、印刷しない",
        help_en = "Such as: never connected to the internet, never printed."
    )]
    pub conditions: LongText,
    /// The user who proposed it.
    #[field(ja = "提案者", en = "Proposed by", read_only, group = "who")]
    pub proposed_by: String,
    /// The proposer's row in the people ledger.
    #[field(ja = "提案者（社員）", en = "Proposer", read_only, hidden, group = "who")]
    pub proposer: Ref<Person>,
    /// 受容を決めた人.
    #[field(
        ja = "受容を決めた人",
        en = "Accepted by",
        list,
        required,
        group = "who",
        help_ja = "提案した本人以外の、責任を負える人を選びます。",
        help_en = "Somebody who can answer for it, not the one who proposes it."
    )]
    pub accepted_by: Ref<Person>,
    /// 決めた日.
    #[field(
        ja = "決めた日",
        en = "Accepted on",
        group = "until",
        help_ja = "空けておくと今日になります。",
        help_en = "Left empty, it is today."
    )]
    pub accepted_on: Option<Date>,
    /// 見直す日.
    #[field(
        ja = "見直す日",
        en = "Review on",
        list,
        group = "until",
        help_ja = "決めた日から1年以内の日にします。空けておくと1年後になります。",
        help_en = "Within a year of the decision; left empty, it is a year later."
    )]
    pub review_on: Option<Date>,
    /// 状態.
    #[field(ja = "状態", en = "State", list, required, group = "until", default = "valid")]
    pub state: Option<State>,
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    let columns = vec!["name", "department", "risk_value", "risk_band", "class", "accepted_by", "review_on", "state"];
    Acceptance::def().with_hooks(hooks::AcceptanceHooks).with_view(ViewDef {
        code: "valid",
        words: Words::new("有効", "In force"),
        columns,
        query: "f.state=valid&sort=review_on",
    })
}
