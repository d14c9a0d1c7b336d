//! 役割: the roles of the security programme with their missions and the skills they need (S2-D1-09, S2-D1-10). The catalogue is a
//! start; the company changes it as it likes.

pub mod catalogue;
mod hooks;
pub mod ops;
pub mod pages;
pub mod queries;

use mamori_ledger::{Choice, Flags, Ledger, LedgerDef, LongText, Ref, Refs};

pub(crate) use ops::Catalogue;
pub use ops::seed;

/// The code of the role that examines the others (S2-D8-04).
pub const AUDIT: &str = "audit";
/// The code of the role at the top.
pub const EXECUTIVE: &str = "executive";

/// 平時 and 有事: on which organisation chart a role stands (S2-D1-08).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "role_phase")]
pub enum Phase {
    /// Every day.
    #[choice(code = "peace", ja = "平時", en = "Peace", alias = "通常時;普段")]
    Peace,
    /// While an incident lasts.
    #[choice(code = "emergency", ja = "有事", en = "Emergency", tone = "danger", alias = "緊急時;事故時;非常時")]
    Emergency,
}

/// How much a company needs the role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "role_kind")]
pub enum RoleKind {
    /// Somebody must hold it.
    #[choice(
        code = "main",
        ja = "主な役割",
        en = "Main",
        meaning_ja = "だれかが必ず担います。空席のときは体制図で知らせます。",
        meaning_en = "Somebody must hold it; the chart warns when it is vacant."
    )]
    Main,
    /// Helps; often bought from outside.
    #[choice(
        code = "supporting",
        ja = "支援する役割",
        en = "Supporting",
        meaning_ja = "必要に応じて置きます。社外に頼むこともできます。",
        meaning_en = "Held where needed; may be bought from outside."
    )]
    Supporting,
    /// The company's own addition.
    #[choice(
        code = "additional",
        ja = "追加の役割",
        en = "Additional",
        meaning_ja = "会社の事情に合わせて加える役割です。",
        meaning_en = "Added because this company needs it."
    )]
    Additional,
}

/// A role of the programme.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "security_role",
    area = "organization",
    ja = "セキュリティの役割",
    en = "Security role",
    label = "name",
    sub_label = "code",
    sort = "position",
    icon = "shield",
    keys = "code; name",
    groups = "chart:体制図:Chart; separation:分ける必要と任期:Separation and term",
    intro_ja = "情報セキュリティを進めるための役割です。標準の役割を取り込んでから、自社に合わせて直してください。小さな会社では一人がいくつも担ってかまいません。",
    intro_en = "The roles that run information security. Take in the standard roles first and adapt them. In a small company one person may hold several."
)]
pub struct SecurityRole {
    /// Code; the program knows the standard ones by it.
    #[field(ja = "役割コード", en = "Code", required, unique, search, max = 40, alias = "コード")]
    pub code: String,
    /// Name.
    #[field(ja = "役割名", en = "Name", required, search, list, max = 100, alias = "役割;担当")]
    pub name: String,
    /// How much it is needed.
    #[field(ja = "種類", en = "Kind", list, default = "additional")]
    pub kind: Option<RoleKind>,
    /// What it is for, in a sentence.
    #[field(ja = "目的", en = "Purpose", search, alias = "概要")]
    pub purpose: LongText,
    /// ミッション, one a line.
    #[field(
        ja = "ミッション",
        en = "Missions",
        search,
        alias = "任務;職務",
        help_ja = "1行に1つずつ書きます。",
        help_en = "One a line."
    )]
    pub missions: LongText,
    /// Skills, one a line.
    #[field(
        ja = "必要なスキル",
        en = "Skills needed",
        search,
        alias = "スキル",
        help_ja = "1行に1つずつ書きます。",
        help_en = "One a line."
    )]
    pub skills: LongText,
    /// On which charts it stands.
    #[field(ja = "活動する時", en = "Active in", list, group = "chart", alias = "平時・有事;時期")]
    pub phase: Flags<Phase>,
    /// What is above it in peace.
    #[field(
        ja = "体制図での上位（平時）",
        en = "Reports to (peace)",
        group = "chart",
        help_ja = "この役割が報告する相手の役割です。空欄なら体制図の最上段に置かれます。",
        help_en = "The role this one reports to. Empty puts it at the top of the chart."
    )]
    pub above_peace: Ref<SecurityRole>,
    /// What is above it in an emergency.
    #[field(ja = "体制図での上位（有事）", en = "Reports to (emergency)", group = "chart")]
    pub above_emergency: Ref<SecurityRole>,
    /// Must not examine the own work.
    #[field(
        ja = "独立が必要",
        en = "Needs independence",
        group = "separation",
        help_ja = "自分の仕事を自分で点検しないよう、ほかの役割と人を分けます。",
        help_en = "Held by somebody else than the roles it examines: nobody checks the own work."
    )]
    pub independent: bool,
    /// The roles whose work it examines.
    #[field(ja = "点検する相手の役割", en = "Examines", group = "separation")]
    pub independent_of: Refs<SecurityRole>,
    /// Belongs to the five with which a small company starts (S2-D8-04).
    #[field(
        ja = "最初に決める役割",
        en = "Fill first",
        list,
        group = "chart",
        help_ja = "小さな会社でも最初に担当を決めたい役割です。",
        help_en = "A role that even a small company fills first."
    )]
    pub small_set: bool,
    /// Suits プラスセキュリティ人材 (S2-D1-24).
    #[field(
        ja = "プラスセキュリティ向き",
        en = "Suits plus-security people",
        group = "separation",
        help_ja = "本業のかたわら担いやすい役割です。",
        help_en = "Can be held beside another line of work."
    )]
    pub plus_security: bool,
    /// Usual term in months; empty means none (S0-11).
    #[field(
        ja = "任期（月）",
        en = "Term (months)",
        group = "separation",
        alias = "任期",
        help_ja = "任命のとき、終わりの日がこの月数で自動的に入ります。任期がなければ空欄にします。",
        help_en = "An appointment ends after this many months unless another day is given. Empty means no term."
    )]
    pub term_months: Option<i64>,
    /// Place in lists.
    #[field(ja = "並び順", en = "Order", alias = "表示順")]
    pub position: Option<i64>,
    /// Free text.
    #[field(ja = "備考", en = "Note", search, alias = "メモ")]
    pub note: LongText,
}

/// The ledger with its rules.
pub(crate) fn ledger() -> LedgerDef {
    <SecurityRole as Ledger>::def().with_hooks(hooks::RoleHooks)
}
