//! アタックツリー: from the worst case down to the steps by which it could be brought about, with the cheapest and the likeliest way
//! (S2-D5-04, S2-D5-05; the worst case of S2-D3-20 is the root).

mod drawing;
mod editor;
mod hooks;
mod layout;
mod node;
pub mod ops;
mod outline;
mod pages;
mod panel;
pub mod queries;
pub mod rules;
mod summary;

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_ledger::web::{Access, Routes};
use mamori_ledger::{Area, Choice, Ledger, LongText, Ref, Refs, ViewDef};

use crate::neighbours::{Department, InformationAsset, Person};

pub use node::{AttackNode, Gate, NodeKind};

/// How far a tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "attack_tree_state")]
pub enum State {
    /// Being drawn.
    #[choice(code = "draft", ja = "作成中", en = "Being drawn", tone = "info")]
    Draft,
    /// Discussed; its ways became risks.
    #[choice(code = "done", ja = "検討済み", en = "Discussed", tone = "success", alias = "完了")]
    Done,
    /// No longer true.
    #[choice(code = "old", ja = "古い", en = "Out of date", tone = "neutral", alias = "廃止")]
    Old,
}

/// One tree.
#[derive(Clone, Debug, Default, PartialEq, Ledger)]
#[ledger(
    code = "attack_tree",
    area = "threats",
    ja = "アタックツリー",
    en = "Attack tree",
    intro_ja = "会社にとって最悪の事態を一つ決め、どうすればそれが起きるかを、攻撃する側に立って枝分かれで書き出します。いちばん安い道と起こりやすい道がわかり、どこを守れば断ち切れるかが見えます。",
    intro_en = "Choose one worst case and write down, from the attacker's side, how it could be brought about. The cheapest and the likeliest way show up, and with them the places where a measure cuts it off.",
    label = "title",
    sub_label = "goal",
    department = "department",
    owner = "owner",
    sort = "title",
    icon = "target",
    keys = "title",
    groups = "worst:最悪の事態:Worst case; what:対象と担当:Subject and owner; state:状態:State"
)]
pub struct AttackTree {
    /// 最悪の事態 (S2-D3-20).
    #[field(
        ja = "最悪の事態",
        en = "Worst case",
        search,
        group = "worst",
        help_ja = "起こりうることのうち、いちばん困るのは何ですか。誰が（お客様、社員、取引先、会社）、何に困りますか。遠慮せずに書きます。",
        help_en = "What is the worst that could happen, and to whom: customers, staff, partners, the company? Do not hold back."
    )]
    pub worst_case: LongText,
    /// 頂点, the unwanted event.
    #[field(
        ja = "起きてほしくないこと（頂点）",
        en = "Unwanted event (top)",
        required,
        search,
        list,
        group = "worst",
        max = 200,
        help_ja = "最悪の事態を一つの出来事にして書きます。例：顧客名簿が社外に出る、鍵付きキャビネットが使えなくなる",
        help_en = "The worst case as one event. For example: the customer list leaves the company; the locked cabinet cannot be used"
    )]
    pub goal: String,
    /// 名称.
    #[field(
        ja = "ツリーの名称",
        en = "Name of the tree",
        search,
        list,
        group = "what",
        max = 100,
        help_ja = "空けておくと、頂点と同じになります。",
        help_en = "Left empty, it is the same as the top."
    )]
    pub title: String,
    /// 関わる情報資産.
    #[field(ja = "関わる情報資産", en = "Information assets", group = "what")]
    pub assets: Refs<InformationAsset>,
    /// 管理部署.
    #[field(ja = "管理部署", en = "Department", list, group = "what")]
    pub department: Ref<Department>,
    /// 担当者.
    #[field(ja = "担当者", en = "Owner", list, group = "what")]
    pub owner: Ref<Person>,
    /// 状態.
    #[field(ja = "状態", en = "State", required, list, group = "state", default = "draft")]
    pub state: Option<State>,
    /// 次に見直す日.
    #[field(ja = "次に見直す日", en = "Review on", list, group = "state")]
    pub review_on: Option<Date>,
}

fn routes() -> Routes {
    let see = Access::Can(AttackTree::CODE, Action::View);
    let edit = Access::Can(AttackTree::CODE, Action::Edit);
    Routes::default()
        .get("/threats/attack_tree/{id}/editor", see, pages::show)
        .get("/threats/attack_tree/{id}/tree.svg", Access::Can(AttackTree::CODE, Action::Export), pages::picture)
        .post("/threats/attack_tree/{id}/act", edit, pages::act)
        .post("/threats/attack_tree/{id}/node", edit, pages::save)
        .post("/threats/attack_tree/{id}/risk", edit, pages::register)
        .post("/threats/attack_tree/{id}/undo/{at}", edit, pages::undo)
}

/// What this noun adds to the area.
pub(crate) fn add(area: Area) -> Area {
    let current = ViewDef {
        code: "current",
        words: mamori_kernel::lang::Words::new("使っているもの", "In use"),
        columns: vec!["title", "goal", "department", "owner", "state", "review_on"],
        query: "f.state=draft&f.state=done",
    };
    area.ledger(AttackTree::def().with_hooks(hooks::TreeHooks).with_view(current))
        .ledger(AttackNode::def().with_hooks(hooks::NodeHooks))
        .routes(routes())
        .texts("threats/attack_tree", include_str!("ja.ftl"), include_str!("en.ftl"))
}
