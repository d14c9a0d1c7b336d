//! リスク対応: what is done about a risk, by whom, until when, at what cost (S2-D6-01..05).

mod hooks;
pub mod queries;
pub mod rules;
#[cfg(test)]
mod tests;
mod today;

use jiff::civil::Date;
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, Ref, Refs, ViewDef};

use crate::neighbours::{Department, InformationAsset, Person};

pub use today::TreatmentToday;

/// 対応方針 (S2-D6-01).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "treatment_policy")]
pub enum Policy {
    /// 回避.
    #[choice(
        code = "avoid",
        ja = "回避",
        en = "Avoid",
        tone = "danger",
        meaning_ja = "リスクのもとになる持ち方・やり方をやめる。",
        meaning_en = "Stop the way of holding or working that makes the risk."
    )]
    Avoid,
    /// 低減.
    #[choice(
        code = "reduce",
        ja = "低減",
        en = "Reduce",
        tone = "warning",
        meaning_ja = "対策をして、起きる回数か、起きたときの被害を減らす。",
        meaning_en = "Use measures to make it rarer or smaller."
    )]
    Reduce,
    /// 転嫁.
    #[choice(
        code = "transfer",
        ja = "転嫁",
        en = "Transfer",
        tone = "info",
        meaning_ja = "保険や専門の会社に、損失や作業の負担を移す。責任は自社に残る。",
        meaning_en = "Move loss or work to insurance or a specialist; the responsibility stays.",
        alias = "移転;共有"
    )]
    Transfer,
    /// 受容.
    #[choice(
        code = "accept",
        ja = "受容",
        en = "Accept",
        tone = "neutral",
        meaning_ja = "知った上で受け入れる。「リスク受容」の台帳に、決めた人と理由を残す。",
        meaning_en = "Live with it knowingly. Who decided and why is kept in the ledger of acceptances.",
        alias = "保有"
    )]
    Accept,
}

/// 対策の種類 (S2-D3-14).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "measure_family")]
pub enum Family {
    /// 組織的.
    #[choice(
        code = "organizational",
        ja = "組織的",
        en = "Organisational",
        meaning_ja = "体制、規程、点検、委託先の管理",
        meaning_en = "Roles, rules, checks, suppliers"
    )]
    Organizational,
    /// 人的.
    #[choice(
        code = "human",
        ja = "人的",
        en = "Human",
        meaning_ja = "教育、訓練、誓約",
        meaning_en = "Training, drills, pledges"
    )]
    Human,
    /// 物理的.
    #[choice(
        code = "physical",
        ja = "物理的",
        en = "Physical",
        meaning_ja = "鍵、区画、置き場所、廃棄",
        meaning_en = "Keys, areas, places, disposal"
    )]
    Physical,
    /// 技術的.
    #[choice(
        code = "technical",
        ja = "技術的",
        en = "Technical",
        meaning_ja = "設定、機器、ソフトウェア",
        meaning_en = "Settings, devices, software"
    )]
    Technical,
}

/// 状態.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "treatment_state")]
pub enum State {
    /// Decided, not begun.
    #[choice(code = "planned", ja = "予定", en = "Planned", tone = "info", alias = "未着手")]
    Planned,
    /// Under way.
    #[choice(code = "doing", ja = "実施中", en = "Under way", tone = "warning", alias = "in_progress;対応中")]
    Doing,
    /// Done.
    #[choice(code = "done", ja = "完了", en = "Done", tone = "success", alias = "実施済み;済")]
    Done,
    /// Given up.
    #[choice(code = "cancelled", ja = "取りやめ", en = "Cancelled", tone = "neutral", alias = "中止")]
    Cancelled,
}

impl State {
    /// Somebody still has to do something.
    pub fn is_open(self) -> bool {
        matches!(self, State::Planned | State::Doing)
    }
}

/// One treatment.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "treatment",
    area = "risk",
    ja = "リスク対応",
    en = "Risk treatment",
    intro_ja = "リスクに対して何をするかを、担当者・期限・費用とともに決めます。リスクの画面から「対応を追加」を押すと、資産と方針が入った状態で始められます。",
    intro_en = "What is done about a risk: by whom, until when, at what cost. Start from a risk with “Add a treatment” to have asset and policy filled in.",
    label = "title",
    department = "department",
    owner = "owner",
    sort = "due",
    icon = "target",
    keys = "title,asset; title",
    groups = "what:何をするか:What is done; plan:計画:Plan; result:結果:Result"
)]
pub struct Treatment {
    /// 対応の名前.
    #[field(ja = "対応", en = "Treatment", list, required, search, group = "what")]
    pub title: String,
    /// The asset whose risk led to it.
    #[field(
        ja = "対象の情報資産",
        en = "Asset",
        list,
        group = "what",
        help_ja = "全社の対応なら空欄のままにします。",
        help_en = "Leave empty for the whole company."
    )]
    pub asset: Ref<InformationAsset>,
    /// Further assets that it guards.
    #[field(ja = "ほかに守られる情報資産", en = "Further assets", group = "what")]
    pub also: Refs<InformationAsset>,
    /// The asset's department, for who may see and change it.
    #[field(ja = "管理部署", en = "Department", list, read_only, group = "what")]
    pub department: Ref<Department>,
    /// 対応方針.
    #[field(ja = "対応方針", en = "Policy", list, required, group = "what", default = "reduce")]
    pub policy: Option<Policy>,
    /// 対策の内容.
    #[field(
        ja = "対策の内容",
        en = "Measure",
        required,
        search,
        group = "what",
        help_ja = "誰が読んでも同じことができるように書きます。",
        help_en = "So that anybody who reads it would do the same."
    )]
    pub measure: LongText,
    /// 対策の種類.
    #[field(ja = "対策の種類", en = "Kind", group = "what")]
    pub kind: Option<Family>,
    /// 担当者.
    #[field(ja = "担当者", en = "Owner", list, required, group = "plan")]
    pub owner: Ref<Person>,
    /// 開始日.
    #[field(ja = "開始日", en = "Starts", group = "plan")]
    pub starts: Option<Date>,
    /// 期限.
    #[field(ja = "期限", en = "Due", list, required, group = "plan")]
    pub due: Option<Date>,
    /// 費用, whole yen.
    #[field(
        ja = "費用",
        en = "Cost",
        list,
        group = "plan",
        help_ja = "買う物と頼む仕事の合計。社内の作業時間は含めません。",
        help_en = "What is bought and ordered; own working time not included."
    )]
    pub cost: Option<Yen>,
    /// 状態.
    #[field(ja = "状態", en = "State", list, required, group = "result", default = "planned")]
    pub state: Option<State>,
    /// 完了日.
    #[field(ja = "完了日", en = "Done on", group = "result")]
    pub done_on: Option<Date>,
    /// 効果.
    #[field(
        ja = "効果・結果のメモ",
        en = "Effect",
        group = "result",
        help_ja = "何が減ったか、残ったリスクは何か。",
        help_en = "What became less, which risk remains."
    )]
    pub effect: LongText,
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    let columns = vec!["title", "asset", "policy", "owner", "due", "cost", "state"];
    Treatment::def()
        .with_hooks(hooks::TreatmentHooks)
        .with_view(ViewDef {
            code: "open",
            words: Words::new("進行中", "Open"),
            columns: columns.clone(),
            query: "f.state=planned&f.state=doing&sort=due",
        })
        .with_view(ViewDef { code: "done", words: Words::new("完了", "Done"), columns, query: "f.state=done&sort=-done_on" })
}
