//! リスク対応: what is done about a risk, by whom, until when, at what cost (S2-D6-01..05).

mod choices;
mod hooks;
pub mod ops;
pub mod pages;
mod panel;
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
use crate::scenario::Scenario;

pub use choices::{Approach, CostClass, Factor, Line, Spread};
pub(crate) use panel::OnScenario;
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
    intro_ja = "リスクに対して何をするかを、担当者・期限・費用とともに決めます。一つのリスクに対策をいくつでも付けられます。リスクの画面から「対策を追加」を押すと、リスクと方針が入った状態で始められます。",
    intro_en = "What is done about a risk: by whom, until when, at what cost. A risk may have several measures. Start from a risk with “Add a measure” to have risk and policy filled in.",
    label = "title",
    department = "department",
    owner = "owner",
    sort = "due",
    icon = "target",
    keys = "title,asset; title",
    groups = "what:何をするか:What is done; means:どう効くか:How it works; plan:計画:Plan; money:費用と効果:Cost and effect; compensate:補完策:Compensating measure; result:結果:Result"
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
    /// リスク that it treats.
    #[field(
        ja = "対象のリスク",
        en = "Risks",
        group = "what",
        help_ja = "リスク登録簿のリスク。一つの対策で、いくつものリスクに効くことがあります。",
        help_en = "Risks of the register; one measure may serve several."
    )]
    pub risks: Refs<Scenario>,
    /// The department of the asset or of the first risk, for who may see and change it.
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
    #[field(
        ja = "対策の種類",
        en = "Kind",
        list,
        group = "means",
        help_ja = "人の注意だけに頼る対策は続きません。技術や物の対策と組み合わせます。",
        help_en = "What relies on people alone does not last; combine it with something technical or physical."
    )]
    pub kind: Option<Family>,
    /// 下げる因子.
    #[field(ja = "下げる因子", en = "Factor it lowers", group = "means")]
    pub factor: Option<Factor>,
    /// 下げた後の値.
    #[field(
        ja = "下げた後の値",
        en = "Lowers it to",
        group = "means",
        help_ja = "対策が終わったときに見込む段階です。再評価のときに最初から入ります。",
        help_en = "The level expected when it is done; offered at the re-assessment."
    )]
    pub lowers_to: Option<i64>,
    /// 低減のしかた.
    #[field(ja = "低減のしかた", en = "Way", group = "means")]
    pub approach: Option<Approach>,
    /// 分離・集中.
    #[field(ja = "分離・集中", en = "Spread", group = "means")]
    pub spread: Option<Spread>,
    /// 入口・内部・出口.
    #[field(ja = "入口・内部・出口", en = "Line", group = "means")]
    pub line: Option<Line>,
    /// 機能は持っているが未使用 (S2-D6-14).
    #[field(
        ja = "持っているのに使っていない機能",
        en = "Owned but switched off",
        group = "means",
        help_ja = "今使っているサービスや機器に付いている機能（二段階認証、ログイン通知、ログの保存など）を使い始める対策です。",
        help_en = "Switches on what today's services already have: two-step sign-in, alerts, saved logs."
    )]
    pub already_owned: bool,
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
    /// 費用の区分.
    #[field(ja = "費用の区分", en = "Class of cost", group = "money")]
    pub cost_class: Option<CostClass>,
    /// Each year, whole yen.
    #[field(ja = "毎年の費用", en = "Yearly cost", group = "money")]
    pub yearly_cost: Option<Yen>,
    /// For so many years.
    #[field(ja = "使う年数", en = "Years of use", group = "money")]
    pub years: Option<i64>,
    /// What could be had for nothing (S2-D6-13).
    #[field(
        ja = "無料でできる代わりの方法",
        en = "Free alternative",
        group = "money",
        help_ja = "例：OSに付いている暗号化、無料の訓練教材",
        help_en = "Such as the encryption of the operating system, or free training material."
    )]
    pub free_alternative: String,
    /// ALE without it.
    #[field(ja = "対策前の年間予想損失額", en = "Yearly loss without it", group = "money")]
    pub ale_before: Option<Yen>,
    /// ALE with it.
    #[field(ja = "対策後の年間予想損失額", en = "Yearly loss with it", group = "money")]
    pub ale_after: Option<Yen>,
    /// The technical measure that cannot be had (S0-09).
    #[field(
        ja = "補う対策",
        en = "Compensates",
        group = "compensate",
        help_ja = "本来必要な技術的対策ができないとき、その対策を選びます。この対策がその代わりになります。",
        help_en = "When a technical measure cannot be had, choose it here: this one stands in for it."
    )]
    pub compensates: Ref<Treatment>,
    /// Why it cannot be had.
    #[field(ja = "できない理由", en = "Why it cannot be had", group = "compensate")]
    pub why_not: LongText,
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
    let columns = ["title", "asset", "policy", "owner", "due", "cost", "state"];
    let view = |code, words, columns: &[&'static str], query| ViewDef { code, words, columns: columns.to_vec(), query };
    Treatment::def()
        .with_hooks(hooks::TreatmentHooks)
        .with_view(view("open", Words::new("進行中", "Open"), &columns, "f.state=planned&f.state=doing&sort=due"))
        .with_view(view("done", Words::new("完了", "Done"), &columns, "f.state=done&sort=-done_on"))
        .with_view(view(
            "owned",
            Words::new("持っているのに使っていない機能", "Owned but switched off"),
            &["title", "measure", "owner", "due", "cost", "state"],
            "f.already_owned=1&f.state=planned&f.state=doing&sort=due",
        ))
        .with_view(view(
            "people",
            Words::new("人だけに頼る対策", "Relying on people"),
            &["title", "kind", "risks", "owner", "due", "state"],
            "f.kind=human&f.kind=organizational&f.state=planned&f.state=doing&f.state=done&sort=due",
        ))
        .with_view(view(
            "means",
            Words::new("効き方で見る", "By how it works"),
            &["title", "kind", "factor", "lowers_to", "approach", "line", "state"],
            "sort=factor",
        ))
}
