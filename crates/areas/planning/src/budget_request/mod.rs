//! 予算申請書: what is asked for and why, in the words of those who decide (S2-D6-18, S3-18), sent through the approval engine.

mod approval;
mod document;
mod draft;
mod hooks;
pub mod ops;
pub mod pages;
pub mod queries;
mod rules;

use jiff::civil::Date;
use mamori_kernel::yen::Yen;
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, Ref, Refs};

use crate::budget_item::BudgetItem;
use crate::neighbours::Person;

pub use approval::{KIND, approvable};
pub use document::{Source, document};

/// 状態.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "budget_request_state")]
pub enum State {
    /// May be changed.
    #[choice(code = "draft", ja = "作成中", en = "Draft", tone = "neutral", alias = "下書き")]
    Draft,
    /// Before the approval engine.
    #[choice(code = "waiting", ja = "承認待ち", en = "Waits for approval", tone = "info")]
    Waiting,
    /// Returned: mend it and ask again.
    #[choice(code = "returned", ja = "差戻し", en = "Returned", tone = "warning")]
    Returned,
    /// Granted.
    #[choice(code = "approved", ja = "承認済み", en = "Approved", tone = "success")]
    Approved,
    /// Not granted.
    #[choice(code = "rejected", ja = "却下", en = "Rejected", tone = "danger")]
    Rejected,
}

impl State {
    /// A person may still change it.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, State::Draft | State::Returned)
    }
}

/// One request.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "budget_request",
    area = "planning",
    ja = "予算申請書",
    en = "Budget request",
    intro_ja = "経営層に予算を頼む文書です。「予算」の画面で作ると、その年度の項目と数字から下書きができます。自分の言葉に直してから、承認を依頼します。",
    intro_en = "Asks the management for money. Made on the budget page, it is drafted from the year's items and numbers. Put it into your own words, then ask for approval.",
    label = "title",
    owner = "author",
    sort = "-fiscal_year",
    icon = "document",
    keys = "title,fiscal_year",
    groups = "what:申請の内容:What is asked for; proposal:提言:Proposal; views:三つの視点:Three viewpoints; result:結果:Result"
)]
pub struct BudgetRequest {
    /// 件名.
    #[field(ja = "件名", en = "Title", list, required, search, group = "what")]
    pub title: String,
    /// 年度.
    #[field(ja = "年度", en = "Fiscal year", list, required, group = "what")]
    pub fiscal_year: Option<i64>,
    /// What it asks for.
    #[field(ja = "予算項目", en = "Budget items", required, group = "what")]
    pub items: Refs<BudgetItem>,
    /// 申請額, the sum of the items.
    #[field(ja = "申請額", en = "Amount", list, read_only, group = "what")]
    pub amount: Option<Yen>,
    /// 申請者.
    #[field(ja = "申請者", en = "Author", list, group = "what")]
    pub author: Ref<Person>,
    /// いつまでに必要か: content, time and cost are what the meeting decides on (S2-D6-12).
    #[field(
        ja = "実施の時期",
        en = "When",
        group = "what",
        max = 200,
        help_ja = "例：2027年4月から",
        help_en = "Such as: from April 2027"
    )]
    pub wanted_by: String,
    /// What changed and which measures are lacking (S3-18).
    #[field(ja = "何が変わり、何が足りないか", en = "What changed and what is lacking", group = "proposal")]
    pub change_text: LongText,
    /// The idea of the new measures (S3-18).
    #[field(ja = "新しい対策の考え方", en = "The idea of the new measures", group = "proposal")]
    pub concept_text: LongText,
    /// Own priorities and actions (S3-18).
    #[field(ja = "当社の優先順位と進め方", en = "Our priorities and actions", group = "proposal")]
    pub priority_text: LongText,
    /// 他社との比較 (S2-D6-18).
    #[field(
        ja = "他社との比較",
        en = "Compared with others",
        group = "views",
        help_ja = "同業や同じ規模の会社が何をしているか。取引先や組合、公的な調査から分かることを書き足します。",
        help_en = "What companies of the same trade or size do; add what customers, associations and surveys tell."
    )]
    pub peers_text: LongText,
    /// 現在の脅威状況 (S2-D6-18).
    #[field(ja = "現在の脅威の状況", en = "Threats today", group = "views")]
    pub threats_text: LongText,
    /// 企業アピール (S2-D6-18).
    #[field(ja = "会社の強みになること", en = "What it says about us", group = "views")]
    pub appeal_text: LongText,
    /// Expected effect (S2-D6-18).
    #[field(ja = "期待する効果", en = "Expected effect", group = "views")]
    pub effect_text: LongText,
    /// 状態.
    #[field(ja = "状態", en = "State", list, read_only, group = "result", default = "draft")]
    pub state: Option<State>,
    /// 決定日.
    #[field(ja = "決定日", en = "Decided on", read_only, group = "result")]
    pub decided_on: Option<Date>,
    /// Running number of the company, for the document's number.
    #[field(ja = "番号", en = "Number", read_only, group = "result")]
    pub number: Option<i64>,
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    BudgetRequest::def().with_hooks(hooks::RequestHooks)
}
