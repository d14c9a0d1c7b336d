//! 取引先からの要求: what a customer demands of our security before he works with us, and how it was closed (S2-D6-03: a customer, too,
//! can avoid a risk – us).

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
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, Ref, Refs, ViewDef};

use crate::neighbours::{Department, Person};
use crate::scenario::Scenario;

pub use today::DemandToday;

/// 要求の種類.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "demand_kind")]
pub enum Kind {
    /// 調査票.
    #[choice(code = "questionnaire", ja = "調査票・チェックシート", en = "Questionnaire")]
    Questionnaire,
    /// 契約条項.
    #[choice(code = "contract", ja = "契約の条件", en = "Contract clause")]
    Contract,
    /// 改善要求.
    #[choice(code = "improvement", ja = "改善の要求", en = "Improvement")]
    Improvement,
    /// 認証.
    #[choice(code = "certificate", ja = "認証・証明の提出", en = "Certificate")]
    Certificate,
    /// 監査.
    #[choice(code = "audit", ja = "立入り・監査", en = "Audit")]
    Audit,
}

/// 状態.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "demand_state")]
pub enum State {
    /// Not begun.
    #[choice(code = "received", ja = "受付", en = "Received", tone = "info", alias = "未着手")]
    Received,
    /// Under way.
    #[choice(code = "working", ja = "対応中", en = "Under way", tone = "warning")]
    Working,
    /// Answered; the customer has not said yes.
    #[choice(code = "answered", ja = "回答済み", en = "Answered", tone = "accent")]
    Answered,
    /// The customer agreed.
    #[choice(code = "closed", ja = "了承", en = "Agreed", tone = "success", alias = "完了;クローズ")]
    Closed,
    /// We declined, or the order was lost.
    #[choice(code = "declined", ja = "見送り", en = "Declined", tone = "neutral")]
    Declined,
}

impl State {
    /// Somebody still has to do something.
    pub fn is_open(self) -> bool {
        matches!(self, State::Received | State::Working | State::Answered)
    }
}

/// One demand.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "customer_demand",
    area = "risk",
    ja = "取引先からの要求",
    en = "Customer demand",
    intro_ja = "取引先から求められたセキュリティの条件と、その答えの記録です。応えられないと、取引先は当社を「回避」することがあります。期限と担当者を決め、了承されるまで追いかけます。",
    intro_en = "What customers demand of our security, and our answers. A demand that is not met makes the customer avoid us. Each has a date and an owner until the customer agrees.",
    label = "title",
    department = "department",
    owner = "owner",
    sort = "due",
    icon = "flag",
    keys = "customer,title",
    groups = "what:要求:Demand; answer:答え:Answer"
)]
pub struct CustomerDemand {
    /// 件名.
    #[field(ja = "件名", en = "Title", list, required, search, group = "what")]
    pub title: String,
    /// 取引先.
    #[field(ja = "取引先", en = "Customer", list, required, search, group = "what", alias = "顧客;会社名")]
    pub customer: String,
    /// 要求の種類.
    #[field(ja = "要求の種類", en = "Kind", list, group = "what")]
    pub kind: Option<Kind>,
    /// 要求の内容.
    #[field(ja = "要求の内容", en = "Demand", required, search, group = "what")]
    pub demand: LongText,
    /// 年間の取引額 at stake.
    #[field(
        ja = "かかっている取引額（年）",
        en = "Yearly sales at stake",
        group = "what",
        help_ja = "応えられなかったときに失うかもしれない売上です。",
        help_en = "Sales that could be lost if it is not met."
    )]
    pub at_stake: Option<Yen>,
    /// 受け付けた日.
    #[field(
        ja = "受け付けた日",
        en = "Received on",
        group = "what",
        help_ja = "空けておくと今日になります。",
        help_en = "Left empty, it is today."
    )]
    pub received_on: Option<Date>,
    /// 関係するリスク.
    #[field(ja = "関係するリスク", en = "Risks", group = "what")]
    pub risks: Refs<Scenario>,
    /// 期限.
    #[field(ja = "期限", en = "Due", list, required, group = "answer")]
    pub due: Option<Date>,
    /// 部署.
    #[field(ja = "担当部署", en = "Department", group = "answer")]
    pub department: Ref<Department>,
    /// 担当者.
    #[field(ja = "担当者", en = "Owner", list, required, group = "answer")]
    pub owner: Ref<Person>,
    /// 状態.
    #[field(ja = "状態", en = "State", list, required, default = "received", group = "answer")]
    pub state: Option<State>,
    /// 回答.
    #[field(ja = "回答・対応の内容", en = "Answer", search, group = "answer")]
    pub answer: LongText,
    /// 終わった日.
    #[field(
        ja = "終わった日",
        en = "Closed on",
        group = "answer",
        help_ja = "了承や見送りにしたとき、空けておくと今日になります。",
        help_en = "When it is agreed or declined; left empty, it is today."
    )]
    pub closed_on: Option<Date>,
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    let columns = vec!["title", "customer", "kind", "due", "owner", "state"];
    let view = |code, words, query| ViewDef { code, words, columns: columns.clone(), query };
    CustomerDemand::def()
        .with_hooks(hooks::DemandHooks)
        .with_view(view("open", Words::new("未完了", "Open"), "f.state=received&f.state=working&f.state=answered&sort=due"))
        .with_view(view("closed", Words::new("終わったもの", "Closed"), "f.state=closed&f.state=declined&sort=-closed_on"))
}
