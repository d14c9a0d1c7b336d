//! リスク受容: living with a risk knowingly – who decided, why, until when (S2-D6-08, S2-D6-10).
//!
//! A row begins as a draft; only a decision of the approval engine puts it in force ([`approvable`]), and [`ops::reconsider`] takes it out
//! again when what was accepted is no longer what there is. Nothing else writes its state: neither a form nor an import nor the interface.
//! A decision from before this program is noted in `earlier_by` and `earlier_on` and confirmed once like any other.

mod approval;
mod hooks;
mod job;
pub mod ops;
pub mod pages;
pub(crate) mod panel;
pub mod queries;
pub mod rules;
#[cfg(test)]
mod tests;
mod today;

use jiff::civil::Date;
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, Ref, ViewDef};

use crate::neighbours::{Department, InformationAsset, Person};
use crate::scenario::Scenario;

pub use approval::{KIND, approvable};
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

/// 状態. Written by decisions and by the program only.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "acceptance_state")]
pub enum State {
    /// Not yet proposed.
    #[choice(code = "draft", ja = "起案中", en = "Draft", tone = "neutral")]
    Draft,
    /// Before those who decide.
    #[choice(code = "waiting", ja = "承認待ち", en = "Waiting", tone = "info")]
    Waiting,
    /// Sent back to be mended.
    #[choice(code = "returned", ja = "差戻し", en = "Returned", tone = "warning")]
    Returned,
    /// Turned down.
    #[choice(code = "rejected", ja = "却下", en = "Rejected", tone = "neutral")]
    Rejected,
    /// In force.
    #[choice(code = "valid", ja = "有効", en = "In force", tone = "success")]
    Valid,
    /// Came back: what was accepted has changed.
    #[choice(code = "reopened", ja = "要再判断", en = "To decide again", tone = "danger")]
    Reopened,
    /// Came back: past its review date.
    #[choice(code = "expired", ja = "期限切れ", en = "Expired", tone = "danger")]
    Expired,
    /// Taken back, or replaced by a newer one.
    #[choice(code = "withdrawn", ja = "取り下げ", en = "Withdrawn", tone = "neutral")]
    Withdrawn,
}

impl State {
    /// Its content may be edited and it may be proposed.
    pub fn is_open(self) -> bool {
        matches!(self, State::Draft | State::Returned | State::Rejected | State::Reopened | State::Expired)
    }
}

/// 戻った理由: why an acceptance no longer holds.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "acceptance_comeback")]
pub enum Comeback {
    /// The risk is larger than what was accepted.
    #[choice(code = "risen", ja = "リスクが大きくなった", en = "The risk has risen", tone = "danger")]
    Risen,
    /// It happened more often than what was accepted.
    #[choice(code = "too_often", ja = "回数の上限を超えた", en = "It happened too often", tone = "danger")]
    TooOften,
    /// The method has changed, so the two values cannot be compared.
    #[choice(code = "method_changed", ja = "評価方法が変わった", en = "The method has changed", tone = "warning")]
    MethodChanged,
    /// The company accepts less than before.
    #[choice(code = "appetite_changed", ja = "受容基準が変わった", en = "The appetite has changed", tone = "warning")]
    AppetiteChanged,
    /// The review date has passed.
    #[choice(code = "review_due", ja = "見直す日を過ぎた", en = "The review date has passed", tone = "warning")]
    ReviewDue,
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
    intro_ja = "残ったリスクを受け入れる判断の記録です。起案して承認を依頼し、承認されると有効になります。リスクが変わったときや見直す日を過ぎたときは、自動で再判断に戻ります。",
    intro_en = "Decisions to live with what remains of a risk. Draft one and ask for approval: it holds once it is approved, and comes back by itself when the risk changes or its review date passes.",
    label = "name",
    department = "department",
    sort = "review_on",
    icon = "flag",
    keys = "scenario,review_on; asset,review_on",
    groups = "what:何を受け入れるか:What is accepted; why:なぜ、どこまで:Why and up to where; who:誰が決めたか:Who decided; before:導入前の決定:Decided before"
)]
pub struct Acceptance {
    /// Name of the risk or the asset.
    #[field(ja = "名称", en = "Name", list, read_only, search, group = "what")]
    pub name: String,
    /// リスク (scenario).
    #[field(
        ja = "リスク",
        en = "Risk",
        group = "what",
        help_ja = "リスク登録簿のリスクか、情報資産の、どちらか一方を選びます。",
        help_en = "Choose either a risk of the register or an information asset."
    )]
    pub scenario: Ref<Scenario>,
    /// 情報資産.
    #[field(ja = "情報資産", en = "Asset", group = "what")]
    pub asset: Ref<InformationAsset>,
    /// Department of the risk or the asset.
    #[field(ja = "管理部署", en = "Department", list, read_only, group = "what")]
    pub department: Ref<Department>,
    /// Value of the four-factor scale that is accepted.
    #[field(ja = "受け入れるリスク値（4要素）", en = "Risk value accepted (four factors)", list, read_only, group = "what")]
    pub residual_value: Option<i64>,
    /// Expected loss a year that is accepted.
    #[field(ja = "受け入れる年間予想損失額", en = "Yearly loss accepted", list, read_only, group = "what")]
    pub ale: Option<Yen>,
    /// リスク値 of the asset at that time.
    #[field(ja = "受け入れたときのリスク値", en = "Risk value accepted", list, read_only, group = "what")]
    pub risk_value: Option<i64>,
    /// 大・中・小 at that time.
    #[field(ja = "そのときの大きさ", en = "Band accepted", read_only, group = "what")]
    pub risk_band: Option<AcceptedBand>,
    /// Version of the method or of the scale with which the value was made; 0 is the built-in one.
    #[field(ja = "評価方法の版", en = "Method version", read_only, group = "what")]
    pub method: Option<i64>,
    /// Version of the appetite against which it was judged; 0 is the built-in one.
    #[field(ja = "受容基準の版", en = "Appetite version", read_only, group = "what")]
    pub appetite: Option<i64>,
    /// Above the appetite when it was accepted: the management decided so.
    #[field(ja = "受容基準を超える", en = "Above the appetite", list, read_only, group = "what")]
    pub above: bool,
    /// 理由の種類.
    #[field(ja = "理由の種類", en = "Class", list, required, group = "why")]
    pub class: Option<Class>,
    /// 理由.
    #[field(
        ja = "理由",
        en = "Reason",
        required,
        search,
        group = "why",
        help_ja = "後から読む人が「なるほど」と思えるように書きます。",
        help_en = "So that somebody who reads it later agrees."
    )]
    pub reason: LongText,
    /// 条件.
    #[field(
        ja = "守る条件",
        en = "Conditions",
        search,
        group = "why",
        help_ja = "例：インターネットにつながない、印刷しない",
        help_en = "Such as: never connected to the internet, never printed."
    )]
    pub conditions: LongText,
    /// Times a fiscal year up to which it stays accepted.
    #[field(
        ja = "年に何回まで受け入れるか",
        en = "Accepted up to so many times a year",
        group = "why",
        help_ja = "リスクの「今年度に起きた回数」がこれを超えると、自動で再判断に戻ります。リスク登録簿のリスクだけに使います。",
        help_en = "When the risk’s “happened this year” exceeds this, it comes back by itself. For risks of the register only."
    )]
    pub limit_count: Option<i64>,
    /// 見直す日.
    #[field(
        ja = "見直す日",
        en = "Review on",
        list,
        group = "why",
        help_ja = "1年以内の日にします。空けておくと1年後になります。",
        help_en = "Within a year; left empty, it is a year later."
    )]
    pub review_on: Option<Date>,
    /// The user who proposed it.
    #[field(ja = "提案者", en = "Proposed by", read_only, group = "who")]
    pub proposed_by: String,
    /// The proposer's row in the people ledger.
    #[field(ja = "提案者（社員）", en = "Proposer", read_only, hidden, group = "who")]
    pub proposer: Ref<Person>,
    /// 受容を決めた人: who approved it last.
    #[field(ja = "受容を決めた人", en = "Accepted by", list, read_only, group = "who")]
    pub accepted_by: Ref<Person>,
    /// The approving account's name.
    #[field(ja = "承認した人の名前", en = "Approved by", read_only, group = "who")]
    pub decided_by: String,
    /// 決めた日.
    #[field(ja = "決めた日", en = "Accepted on", read_only, group = "who")]
    pub accepted_on: Option<Date>,
    /// 状態.
    #[field(ja = "状態", en = "State", list, read_only, group = "who", default = "draft")]
    pub state: Option<State>,
    /// Why it came back.
    #[field(ja = "戻った理由", en = "Why it came back", list, read_only, group = "who")]
    pub comeback: Option<Comeback>,
    /// When it came back.
    #[field(ja = "戻った日", en = "Came back on", read_only, group = "who")]
    pub comeback_on: Option<Date>,
    /// Who decided before this program was used.
    #[field(
        ja = "導入前に決めた人",
        en = "Decided before by",
        group = "before",
        help_ja = "紙や表で決めていた受容を移すときだけ入力します。承認する人が確かめるための情報で、有効になるのは承認されたときです。",
        help_en = "Only for decisions taken on paper before. It informs whoever approves; the acceptance holds once it is approved."
    )]
    pub earlier_by: Ref<Person>,
    /// When it was decided before this program was used.
    #[field(ja = "導入前に決めた日", en = "Decided before on", group = "before")]
    pub earlier_on: Option<Date>,
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    let columns = vec!["name", "residual_value", "ale", "risk_value", "class", "accepted_by", "review_on", "state"];
    Acceptance::def()
        .with_hooks(hooks::AcceptanceHooks)
        .with_view(ViewDef {
            code: "valid",
            words: Words::new("有効", "In force"),
            columns: columns.clone(),
            query: "f.state=valid&sort=review_on",
        })
        .with_view(ViewDef {
            code: "again",
            words: Words::new("要再判断", "To decide again"),
            columns: vec!["name", "residual_value", "ale", "risk_value", "comeback", "comeback_on", "accepted_by", "state"],
            query: "f.state=reopened&f.state=expired&sort=-comeback_on",
        })
        .with_view(ViewDef {
            code: "waiting",
            words: Words::new("承認待ち", "Waiting"),
            columns,
            query: "f.state=draft&f.state=waiting&f.state=returned&sort=review_on",
        })
}
