//! One node of a tree: an aim of the attacker, or a means to the aim above it.

use mamori_kernel::yen::Yen;
use mamori_ledger::{Choice, Ledger, LongText, Ref, Refs};

use super::AttackTree;
use crate::neighbours::{Department, Scenario, Stride, Treatment};

/// What a node is for the node above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "attack_node_kind")]
pub enum NodeKind {
    /// The unwanted event at the top.
    #[choice(code = "goal", ja = "目的", en = "Goal")]
    Goal,
    /// A way to reach what stands above.
    #[choice(code = "means", ja = "手段", en = "Means")]
    Means,
}

/// How the nodes below bring a node about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Choice)]
#[choice(set = "attack_gate")]
pub enum Gate {
    /// Any one is enough.
    #[default]
    #[choice(
        code = "or",
        ja = "どれか一つ（OR）",
        en = "Any one (OR)",
        meaning_ja = "下のどれか一つができれば成り立つ",
        meaning_en = "One of those below is enough"
    )]
    Or,
    /// All are needed.
    #[choice(
        code = "and",
        ja = "すべて（AND）",
        en = "All (AND)",
        meaning_ja = "下のすべてがそろって初めて成り立つ",
        meaning_en = "All of those below are needed"
    )]
    And,
}

/// One node.
#[derive(Clone, Debug, Default, PartialEq, Ledger)]
#[ledger(
    code = "attack_node",
    area = "threats",
    ja = "アタックツリーの項目",
    en = "Attack tree node",
    intro_ja = "アタックツリーの項目です。ツリーの画面で追加・変更します。",
    intro_en = "The nodes of attack trees. They are added and changed in the tree's editor.",
    label = "title",
    department = "department",
    sort = "title",
    icon = "target",
    managed
)]
pub struct AttackNode {
    /// 項目.
    #[field(ja = "項目", en = "Node", required, search, list, max = 200)]
    pub title: String,
    /// ツリー.
    #[field(ja = "ツリー", en = "Tree", read_only, list)]
    pub tree: Ref<AttackTree>,
    /// 上の項目.
    #[field(ja = "上の項目", en = "Above", read_only, list)]
    pub parent: Ref<AttackNode>,
    /// 順番.
    #[field(ja = "順番", en = "Order", read_only, hidden)]
    pub position: Option<i64>,
    /// 種類.
    #[field(ja = "種類", en = "Kind", read_only)]
    pub kind: Option<NodeKind>,
    /// 下の項目の組み合わせ.
    #[field(ja = "下の項目との関係", en = "Gate", list, default = "or")]
    pub gate: Option<Gate>,
    /// STRIDE.
    #[field(ja = "STRIDE", en = "STRIDE")]
    pub stride: Option<Stride>,
    /// What the attacker has to spend, whole yen; counts for leaves.
    #[field(ja = "攻撃する側の手間（円）", en = "Attacker's effort (yen)", list)]
    pub cost: Option<Yen>,
    /// Percent, 0–100; counts for leaves.
    #[field(ja = "成功する見込み（%）", en = "Likelihood (%)", list)]
    pub likelihood: Option<i64>,
    /// 断ち切る対策.
    #[field(ja = "断ち切る対策", en = "Measures that block it")]
    pub measures: Refs<Treatment>,
    /// メモ.
    #[field(ja = "メモ", en = "Note", search)]
    pub note: LongText,
    /// リスク.
    #[field(ja = "登録したリスク", en = "Registered risk", read_only)]
    pub scenario: Ref<Scenario>,
    /// The tree's department, for who may see it.
    #[field(ja = "管理部署", en = "Department", read_only)]
    pub department: Ref<Department>,
}
