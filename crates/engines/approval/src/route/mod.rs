//! 承認ルート: who decides on what, from which amount on. The company's own data; a request keeps the steps it was started with.

mod hooks;
mod ops;
pub mod queries;
pub mod rules;

use mamori_kernel::access::Role;
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;
use mamori_ledger::{Choice, Flags, Ledger, LedgerDef, LongText, Ref};

use crate::contract::Approvals;
use crate::shape::{choosing, pointing_to_many};

pub use ops::ensure;
pub(crate) use ops::{Defaults, who};

/// What a step does (`spec` of Japanese offices: 審査, 合議, 承認, 後閲).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "approval_step_kind")]
pub enum StepKind {
    /// Checks the content before it is decided.
    #[choice(
        code = "review",
        ja = "審査",
        en = "Review",
        alias = "確認;レビュー",
        meaning_ja = "内容を確かめます。だれか一人が通せば次へ進みます。",
        meaning_en = "Checks the content; one person passes it on."
    )]
    Review,
    /// All named must agree.
    #[choice(
        code = "consent",
        ja = "合議",
        en = "Joint consent",
        alias = "合意",
        meaning_ja = "挙げた役割・人の全員が同意すると次へ進みます。",
        meaning_en = "Everybody named must agree."
    )]
    Consent,
    /// Decides.
    #[choice(
        code = "approve",
        ja = "承認",
        en = "Approval",
        alias = "決裁",
        meaning_ja = "決める段です。だれか一人が承認すれば次へ進みます。",
        meaning_en = "Decides; one person is enough."
    )]
    Approve,
    /// Reads it after the decision; holds nothing up.
    #[choice(
        code = "after",
        ja = "後閲",
        en = "Read afterwards",
        alias = "回覧;事後確認",
        meaning_ja = "決まったあとに目を通します。承認を待たせません。",
        meaning_en = "Reads it after the decision and holds nothing up."
    )]
    After,
}

impl StepKind {
    /// True when the request waits for it.
    pub fn blocks(self) -> bool {
        self != StepKind::After
    }

    /// True when this step makes the request approved, so a route needs one.
    pub fn decides(self) -> bool {
        matches!(self, StepKind::Approve | StepKind::Consent)
    }

    /// Name as a person reads it.
    pub fn words(self) -> Words {
        StepKind::set().find(self.code()).map(|choice| choice.words.clone()).unwrap_or_default()
    }
}

/// Roles of accounts that may stand in a route.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "approval_account_role")]
pub enum AccountRole {
    /// 経営層・CISO.
    #[choice(code = "executive", ja = "経営層・CISO", en = "Executive / CISO", alias = "経営層;CISO;経営者")]
    Executive,
    /// セキュリティ担当.
    #[choice(code = "officer", ja = "セキュリティ担当", en = "Security officer")]
    Officer,
    /// 監査担当.
    #[choice(code = "auditor", ja = "監査担当", en = "Auditor")]
    Auditor,
    /// システム管理者.
    #[choice(code = "admin", ja = "システム管理者", en = "Administrator")]
    Admin,
}

impl AccountRole {
    /// The role of the permission table.
    pub fn role(self) -> Role {
        match self {
            AccountRole::Executive => Role::Executive,
            AccountRole::Officer => Role::Officer,
            AccountRole::Auditor => Role::Auditor,
            AccountRole::Admin => Role::Admin,
        }
    }
}

/// A route: for one kind of thing, from one amount on, up to where the next route of that kind begins. So amounts have no gaps.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "approval_route",
    area = "approval",
    ja = "承認ルート",
    en = "Approval route",
    label = "name",
    sort = "kind",
    icon = "link",
    keys = "kind,from_amount; name",
    intro_ja = "何を、いくらから、だれが承認するかを決めます。同じ種類に金額の違うルートをいくつでも置けます。次のルートの金額の手前までが範囲になるので、すき間はできません。直しても、進行中の依頼は始めたときのルートのまま進みます。",
    intro_en = "Decide who approves what, and from which amount on. A kind may have several routes; each reaches up to where the next begins, so there are no gaps. Requests under way keep the route they were started with."
)]
pub struct Route {
    /// Name.
    #[field(ja = "名称", en = "Name", required, search, list, max = 100, alias = "ルート名")]
    pub name: String,
    /// Kind of thing, as the areas name them.
    #[field(ja = "対象", en = "For", required, list, alias = "種類")]
    pub kind: String,
    /// From this amount on; empty counts as 0.
    #[field(
        ja = "この金額から",
        en = "From this amount",
        list,
        alias = "金額;下限額",
        help_ja = "空欄は0円からです。一番低いルートは、それより小さい金額にも使います。",
        help_en = "Empty means 0 yen. The lowest route also serves smaller amounts."
    )]
    pub from_amount: Option<Yen>,
    /// Days after which a request without decision expires.
    #[field(
        ja = "期限切れまでの日数",
        en = "Expires after (days)",
        default = "60",
        help_ja = "この日数で決まらない依頼は期限切れになり、依頼した人に知らせます。空欄なら期限はありません。",
        help_en = "A request that is not decided after this many days expires and its proposer is told. Empty means never."
    )]
    pub expires_after: Option<i64>,
    /// Free text.
    #[field(ja = "備考", en = "Note", search, alias = "メモ")]
    pub note: LongText,
}

/// A step of a route. Steps with the same number run side by side.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "approval_route_step",
    area = "approval",
    ja = "承認ルートの段",
    en = "Step of a route",
    label = "summary",
    sort = "position",
    icon = "list",
    keys = "route,position,kind",
    groups = "who:だれが:Who",
    intro_ja = "承認ルートの段です。番号の小さい順に進み、同じ番号の段は同時に進みます。",
    intro_en = "The steps of the routes. They run in the order of their numbers; the same number means side by side."
)]
pub struct RouteStep {
    /// Written by the program.
    #[field(ja = "段", en = "Step", search, computed)]
    pub summary: String,
    /// The route.
    #[field(ja = "承認ルート", en = "Route", required, list)]
    pub route: Ref<Route>,
    /// Place in the order, from 1; worked out when it is not given.
    #[field(
        ja = "順番",
        en = "Order",
        list,
        alias = "番号;順序",
        help_ja = "空欄なら最後に加えます。",
        help_en = "Empty adds it at the end."
    )]
    pub position: Option<i64>,
    /// What it does.
    #[field(ja = "種類", en = "Kind", required, list, default = "approve")]
    pub kind: Option<StepKind>,
    /// The head of the department that the thing belongs to.
    #[field(
        ja = "部門の責任者",
        en = "Department head",
        list,
        group = "who",
        help_ja = "対象が属する部門の責任者。依頼した本人なら、その上の部門の責任者になります。",
        help_en = "Head of the department it belongs to; when that is the proposer, the head of the department above."
    )]
    pub manager: bool,
    /// Roles of the security programme.
    #[field(ja = "セキュリティの役割", en = "Security roles", list, group = "who", alias = "役割")]
    pub roles: String,
    /// Roles of accounts.
    #[field(ja = "利用者の役割", en = "Account roles", list, group = "who")]
    pub accounts: Flags<AccountRole>,
    /// Named people.
    #[field(ja = "名指しの人", en = "Named people", list, group = "who", alias = "担当者;承認者")]
    pub people: String,
    /// Working days until it is due.
    #[field(
        ja = "営業日数",
        en = "Working days",
        list,
        default = "5",
        alias = "期限日数;日数",
        help_ja = "回ってきてから、この営業日数のうちに決めてもらいます。",
        help_en = "Working days within which this step should be decided."
    )]
    pub days: Option<i64>,
}

/// The ledger of routes.
pub(crate) fn ledger(approvals: &Approvals) -> LedgerDef {
    let kinds = approvals.route_kinds().into_iter().map(|kind| (kind.code, kind.words)).collect();
    choosing(<Route as Ledger>::def(), "kind", "approval_route_kind", kinds).with_hooks(hooks::RouteHooks)
}

/// The ledger of their steps.
pub(crate) fn step_ledger() -> LedgerDef {
    let def = pointing_to_many(<RouteStep as Ledger>::def(), "security_role", "roles");
    pointing_to_many(def, "person", "people").with_hooks(hooks::StepHooks)
}
