//! 承認の依頼: one request for one row of any ledger, round by round, with every step and who decided it.

pub mod job;
mod message;
pub mod ops;
pub mod pages;
pub mod panel;
pub mod queries;
mod resolve;
pub mod rules;
pub mod stamp;
pub mod today;

use jiff::civil::Date;
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, Ref, ViewDef};
use serde::{Deserialize, Serialize};

use crate::contract::Approvals;
use crate::route::{Route, StepKind};
use crate::shape::{choosing, pointing};

/// 状態 of a request. Before it is proposed (起案中) there is none.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "approval_state")]
pub enum State {
    /// Under way.
    #[choice(code = "in_review", ja = "承認待ち", en = "Waiting", tone = "accent")]
    InReview,
    /// 承認済み.
    #[choice(code = "approved", ja = "承認済み", en = "Approved", tone = "success")]
    Approved,
    /// 差戻し: the proposer's turn.
    #[choice(code = "returned", ja = "差戻し", en = "Returned", tone = "warning")]
    Returned,
    /// 却下.
    #[choice(code = "rejected", ja = "却下", en = "Rejected", tone = "danger")]
    Rejected,
    /// 取下げ.
    #[choice(code = "withdrawn", ja = "取下げ", en = "Withdrawn", tone = "neutral")]
    Withdrawn,
    /// 期限切れ.
    #[choice(code = "expired", ja = "期限切れ", en = "Expired", tone = "danger")]
    Expired,
}

/// 状態 of one seat of a step.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "approval_step_state")]
pub enum StepState {
    /// Not yet its turn.
    #[choice(code = "ahead", ja = "これから", en = "Ahead", tone = "neutral")]
    Ahead,
    /// Somebody has to decide.
    #[choice(code = "waiting", ja = "判断待ち", en = "Waiting", tone = "accent")]
    Waiting,
    /// Passed.
    #[choice(code = "done", ja = "済み", en = "Done", tone = "success")]
    Done,
    /// Sent back here.
    #[choice(code = "returned", ja = "差戻し", en = "Returned", tone = "warning")]
    Returned,
    /// Turned down here.
    #[choice(code = "rejected", ja = "却下", en = "Rejected", tone = "danger")]
    Rejected,
    /// The request ended before.
    #[choice(code = "closed", ja = "対象外", en = "Not needed", tone = "neutral")]
    Closed,
}

/// A request.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "approval",
    area = "approval",
    ja = "承認の依頼",
    en = "Approval request",
    label = "title",
    sub_label = "proposer_name",
    owner = "proposed_by",
    sort = "-proposed_at",
    icon = "check-circle",
    managed,
    intro_ja = "承認の依頼の記録です。依頼は、承認してほしいもの（リスク受容や規程など）の画面から出します。",
    intro_en = "The record of all requests. A request is made from the page of what is to be approved, such as a risk acceptance or a policy."
)]
pub struct Approval {
    /// What is to be approved, in one line.
    #[field(ja = "件名", en = "Title", required, search, list, max = 400)]
    pub title: String,
    /// Kind, as the areas name them.
    #[field(ja = "種類", en = "Kind", required, list)]
    pub kind: String,
    /// Ledger of the row.
    #[field(ja = "台帳", en = "Ledger", required, hidden)]
    pub ledger: String,
    /// The row.
    #[field(ja = "行", en = "Row", required, hidden)]
    pub row_id: String,
    /// Where the row is shown.
    #[field(ja = "リンク", en = "Link", hidden)]
    pub link: String,
    /// Amount that decided the route.
    #[field(ja = "金額", en = "Amount", list)]
    pub amount: Option<Yen>,
    /// Where it stands.
    #[field(ja = "状態", en = "State", list)]
    pub state: Option<State>,
    /// Row of the proposer in the people ledger.
    #[field(ja = "依頼した人（社員）", en = "Proposer (person)", hidden)]
    pub proposed_by: String,
    /// Account of the proposer.
    #[field(ja = "依頼した人（アカウント）", en = "Proposer (account)", hidden)]
    pub proposer_user: String,
    /// Name of the proposer at that time.
    #[field(ja = "依頼した人", en = "Proposed by", search, list)]
    pub proposer_name: String,
    /// Instant of the latest proposal (RFC 3339 UTC).
    #[field(ja = "依頼日時", en = "Proposed at", hidden)]
    pub proposed_at: String,
    /// Why.
    #[field(ja = "理由", en = "Reason", search, max = 2000)]
    pub reason: LongText,
    /// Department of the subject.
    #[field(ja = "部門", en = "Department", hidden)]
    pub department: String,
    /// What was to be approved, frozen (JSON).
    #[field(ja = "内容", en = "Content", hidden, max = 200000)]
    pub facts: LongText,
    /// The route.
    #[field(ja = "承認ルート", en = "Route")]
    pub route: Ref<Route>,
    /// Its name when the request was made.
    #[field(ja = "ルート名（依頼時）", en = "Route name then", hidden)]
    pub route_name: String,
    /// Its version when the request was made.
    #[field(ja = "ルートの版", en = "Route version")]
    pub route_version: Option<i64>,
    /// Grows with every proposal after a return.
    #[field(ja = "回", en = "Round")]
    pub round: Option<i64>,
    /// Last day to decide.
    #[field(ja = "期限切れになる日", en = "Expires on", list)]
    pub expires_on: Option<Date>,
    /// Instant of the end.
    #[field(ja = "決定日時", en = "Decided at", hidden)]
    pub decided_at: String,
    /// Who ended it.
    #[field(ja = "決めた人", en = "Decided by", list)]
    pub decided_name: String,
    /// The last comment.
    #[field(ja = "決定のコメント", en = "Comment", max = 2000)]
    pub outcome: LongText,
}

/// A seat of a step: one decision that the request needs. A 合議 has a seat for each role and person, other steps one.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "approval_step",
    area = "approval",
    ja = "承認の段",
    en = "Approval step",
    label = "label",
    sort = "approval",
    icon = "list",
    managed,
    intro_ja = "それぞれの依頼の段と、だれがいつ判断したかの記録です。",
    intro_en = "The steps of the requests, with who decided and when."
)]
pub struct ApprovalStep {
    /// Who is asked.
    #[field(ja = "だれが", en = "Who", search, list, max = 400)]
    pub label: String,
    /// The request.
    #[field(ja = "依頼", en = "Request", required, list)]
    pub approval: Ref<Approval>,
    /// Round of the request.
    #[field(ja = "回", en = "Round", list)]
    pub round: Option<i64>,
    /// Place in the order.
    #[field(ja = "順番", en = "Order", list)]
    pub position: Option<i64>,
    /// What it does.
    #[field(ja = "種類", en = "Kind", list)]
    pub kind: Option<StepKind>,
    /// Where it stands.
    #[field(ja = "状態", en = "State", list)]
    pub state: Option<StepState>,
    /// By when.
    #[field(ja = "期限", en = "Due", list)]
    pub due: Option<Date>,
    /// Working days given.
    #[field(ja = "営業日数", en = "Working days", hidden)]
    pub days: Option<i64>,
    /// Row of the decider in the people ledger.
    #[field(ja = "判断した人（社員）", en = "Decided by (person)", hidden)]
    pub decided_by: String,
    /// Account of the decider.
    #[field(ja = "判断した人（アカウント）", en = "Decided by (account)", hidden)]
    pub decided_user: String,
    /// Name of the decider.
    #[field(ja = "判断した人", en = "Decided by", list)]
    pub decided_name: String,
    /// For whom a deputy decided.
    #[field(ja = "だれの代理か", en = "On behalf of", list)]
    pub on_behalf: String,
    /// Comment.
    #[field(ja = "コメント", en = "Comment", max = 2000)]
    pub comment: LongText,
    /// Instant of the decision.
    #[field(ja = "判断日時", en = "Decided at", hidden)]
    pub decided_at: String,
    /// Day of the last reminder.
    #[field(ja = "催促した日", en = "Reminded on", hidden)]
    pub reminded_on: Option<Date>,
    /// Whom the route names (JSON).
    #[field(ja = "指定", en = "Named", hidden, max = 20000)]
    pub spec: LongText,
    /// Who may decide, frozen when the request was made (JSON).
    #[field(ja = "判断できる人", en = "Deciders", hidden, max = 100000)]
    pub deciders: LongText,
}

/// Whom a seat names: the route's words, kept so that the next holder of a role can be found when the first has left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spec {
    /// For people.
    pub label: Words,
    /// The head of [`Spec::department`] decides.
    pub manager: bool,
    /// Department of the subject.
    pub department: String,
    /// Ids of roles.
    pub roles: Vec<String>,
    /// Codes of account roles.
    pub accounts: Vec<String>,
    /// Ids of people.
    pub people: Vec<String>,
}

/// Somebody who may decide, as he was when the request was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// Row in the people ledger.
    pub person: String,
    /// Account.
    pub user: String,
    /// Name.
    pub name: String,
    /// The deputy that the appointment named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<Box<Frozen>>,
}

/// The ledger of requests.
pub(crate) fn ledger(approvals: &Approvals) -> LedgerDef {
    let kinds = approvals.kinds().iter().map(|kind| (kind.kind(), kind.words())).collect();
    let def = choosing(<Approval as Ledger>::def(), "kind", "approval_kind", kinds);
    pointing(def, "person", &["proposed_by"]).with_hooks(pages::LedgerHooks).with_view(ViewDef {
        code: "open",
        words: Words::new("承認待ち", "Waiting"),
        columns: vec!["title", "kind", "amount", "proposer_name", "expires_on"],
        query: "f.state=in_review",
    })
}

/// The ledger of their steps.
pub(crate) fn step_ledger() -> LedgerDef {
    pointing(<ApprovalStep as Ledger>::def(), "person", &["decided_by"])
}
