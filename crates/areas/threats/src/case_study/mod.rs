//! 事例検討: what happened to another company – could it happen here, why did it, what prevents it, what would we do (S2-D10-26).

mod hooks;
pub mod ops;
mod pages;
mod panel;
pub mod rules;

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_ledger::web::{Access, Routes};
use mamori_ledger::{Area, Choice, Ledger, LongText, Ref, Refs};

use crate::neighbours::{Department, InformationAsset, Person, Scenario, Treatment};

/// Could it happen here?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "case_possible")]
pub enum Possible {
    /// Yes.
    #[choice(
        code = "yes",
        ja = "起こりうる",
        en = "Yes",
        tone = "danger",
        meaning_ja = "同じことが自社でも起きる",
        meaning_en = "The same can happen to us"
    )]
    Yes,
    /// In part.
    #[choice(
        code = "partly",
        ja = "一部は起こりうる",
        en = "In part",
        tone = "warning",
        meaning_ja = "同じ形ではないが、似たことは起きる",
        meaning_en = "Not in the same way, but something like it"
    )]
    Partly,
    /// No.
    #[choice(
        code = "no",
        ja = "起こらない",
        en = "No",
        tone = "success",
        meaning_ja = "起こらないと言える理由がある",
        meaning_en = "There is a reason why it cannot"
    )]
    No,
}

/// One case.
#[derive(Clone, Debug, Default, PartialEq, Ledger)]
#[ledger(
    code = "case_study",
    area = "threats",
    ja = "他社の事例",
    en = "Case from elsewhere",
    intro_ja = "他社で起きた事故を、自社に置き換えて考えます。概要、自社での起こりやすさ、原因、防ぎ方、起きたときの動きの順に書くと、リスクと対策になります。",
    intro_en = "Take an accident of another company and put yourselves in its place: what happened, could it happen here, why, what prevents it, what would we do. Risks and measures come out of it.",
    label = "title",
    sub_label = "whose",
    department = "department",
    owner = "owner",
    sort = "-happened_on",
    icon = "book",
    keys = "title,happened_on; title",
    groups = "what:1 概要:1 What happened; here:2 自社で起こるか:2 Could it happen here; why:3 原因:3 Causes; prevent:4 防止策:4 Prevention; respond:5 起きたときの対応:5 Our response"
)]
pub struct CaseStudy {
    /// 事例.
    #[field(ja = "事例", en = "Case", required, search, list, group = "what", max = 200)]
    pub title: String,
    /// どんな会社か.
    #[field(
        ja = "どんな会社か",
        en = "What company",
        search,
        list,
        group = "what",
        max = 100,
        help_ja = "公表された事例のほかは、名前を伏せて書きます。例：部品メーカー、80名",
        help_en = "Without a name unless it was published. For example: parts maker, 80 people"
    )]
    pub whose: String,
    /// 起きた日.
    #[field(ja = "起きた日", en = "Happened on", list, group = "what")]
    pub happened_on: Option<Date>,
    /// 出典.
    #[field(
        ja = "出典",
        en = "Source",
        group = "what",
        max = 200,
        help_ja = "新聞、公表文、勉強会など",
        help_en = "Newspaper, announcement, meeting …"
    )]
    pub source_name: String,
    /// 出典のアドレス.
    #[field(ja = "出典のアドレス", en = "Address of the source", group = "what", kind = "url")]
    pub source_url: String,
    /// 概要.
    #[field(
        ja = "概要",
        en = "What happened",
        search,
        group = "what",
        help_ja = "いつ、何が、どのくらい。被害と、止まった期間。",
        help_en = "When, what, how much: the damage, and how long things stood still."
    )]
    pub summary: LongText,
    /// 自社で起こるか.
    #[field(ja = "自社で起こるか", en = "Could it happen here", list, group = "here")]
    pub possible: Option<Possible>,
    /// 理由.
    #[field(ja = "そう考える理由", en = "Why we think so", group = "here")]
    pub why: LongText,
    /// 関わる情報資産.
    #[field(ja = "自社の関わる情報資産", en = "Our assets concerned", group = "here")]
    pub assets: Refs<InformationAsset>,
    /// 組織の原因.
    #[field(
        ja = "組織の原因",
        en = "Cause: organisation",
        group = "why",
        help_ja = "体制、規程、点検、委託先",
        help_en = "Roles, rules, checks, suppliers"
    )]
    pub cause_organizational: LongText,
    /// 人の原因.
    #[field(
        ja = "人の原因",
        en = "Cause: people",
        group = "why",
        help_ja = "知らなかった、慣れ、思い込み",
        help_en = "Not knowing, habit, assumptions"
    )]
    pub cause_human: LongText,
    /// 物理の原因.
    #[field(
        ja = "物理の原因",
        en = "Cause: physical",
        group = "why",
        help_ja = "鍵、置き場所、持ち出し、設備",
        help_en = "Keys, places, carrying out, equipment"
    )]
    pub cause_physical: LongText,
    /// 技術の原因.
    #[field(
        ja = "技術の原因",
        en = "Cause: technical",
        group = "why",
        help_ja = "設定、更新、権限、記録",
        help_en = "Settings, updates, rights, logs"
    )]
    pub cause_technical: LongText,
    /// 組織で防ぐ.
    #[field(ja = "組織で防ぐ", en = "Prevention: organisation", group = "prevent")]
    pub prevent_organizational: LongText,
    /// 人で防ぐ.
    #[field(ja = "人で防ぐ", en = "Prevention: people", group = "prevent")]
    pub prevent_human: LongText,
    /// 物理で防ぐ.
    #[field(ja = "物理で防ぐ", en = "Prevention: physical", group = "prevent")]
    pub prevent_physical: LongText,
    /// 技術で防ぐ.
    #[field(ja = "技術で防ぐ", en = "Prevention: technical", group = "prevent")]
    pub prevent_technical: LongText,
    /// 起きたときの対応.
    #[field(
        ja = "起きたときの対応",
        en = "Our response",
        search,
        group = "respond",
        help_ja = "最初に誰が何をするか、誰に知らせるか、何を止めるか",
        help_en = "Who does what first, who is told, what is stopped"
    )]
    pub response: LongText,
    /// 管理部署.
    #[field(ja = "管理部署", en = "Department", list, group = "respond")]
    pub department: Ref<Department>,
    /// 担当者.
    #[field(ja = "担当者", en = "Owner", list, group = "respond")]
    pub owner: Ref<Person>,
    /// 期限.
    #[field(ja = "対策の期限", en = "Measures due", list, group = "respond")]
    pub due: Option<Date>,
    /// リスク.
    #[field(ja = "登録したリスク", en = "Registered risk", read_only, group = "respond")]
    pub scenario: Ref<Scenario>,
    /// 対応.
    #[field(ja = "作った対応", en = "Treatments made", read_only, group = "respond")]
    pub treatments: Refs<Treatment>,
}

fn routes() -> Routes {
    let edit = Access::Can(CaseStudy::CODE, Action::Edit);
    Routes::default().post("/threats/case_study/{id}/risk", edit, pages::register).post(
        "/threats/case_study/{id}/treatment/{family}",
        edit,
        pages::treat,
    )
}

/// What this noun adds to the area.
pub(crate) fn add(area: Area) -> Area {
    area.ledger(CaseStudy::def().with_hooks(hooks::CaseHooks)).routes(routes()).texts(
        "threats/case_study",
        include_str!("ja.ftl"),
        include_str!("en.ftl"),
    )
}
