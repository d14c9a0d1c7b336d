//! 情報資産: the ledger of information, one row per kind of information that is handled in one way at one place (S2-D4-02..05).

mod choices;
mod history;
mod hooks;
pub mod ops;
mod panels;
pub mod queries;
pub mod rules;
#[cfg(test)]
mod tests;
mod views;

use std::sync::OnceLock;

use jiff::civil::Date;
use mamori_kernel::reckoning::Reckoning;
use mamori_ledger::{Area, Flags, Ledger, LongText, Ref};
use mamori_organization::department::Department;
use mamori_organization::person::Person;

pub use choices::{
    Availability, Classification, Confidentiality, Integrity, Media, PersonalKind, Quality, RiskBand, Stage, Storage, UserGroup,
};

/// One row of the information-asset ledger. The same paper and file are two rows: they meet different dangers (S2-D3-04).
#[derive(Clone, Debug, Default, PartialEq, Ledger)]
#[ledger(
    code = "information_asset",
    area = "assets",
    ja = "情報資産",
    en = "Information asset",
    intro_ja = "会社が持つ情報を、置き場所ごとに1行ずつ書き出します。守る順番を決める土台です。まず個人情報から始め、迷ったら書いておくと早く終わります。",
    intro_en = "List the information of the company, one row for each place where it lies. It is the ground for deciding what to protect first. Start with personal data; in doubt, write it down.",
    label = "name",
    sub_label = "place",
    department = "department",
    owner = "owner",
    classification = "classification",
    sort = "code",
    icon = "folder",
    keys = "code; business,name,department,storage; name,department,storage; business,name,media,place; department,name,media,place",
    groups = "what:何を:What; where:どこに:Where; who:誰が:Who; personal:個人情報:Personal information; value:価値:Value; life:一生:Life cycle; risk:リスク:Risk",
    compute = rules::complete,
    reckon = rules::reckon
)]
pub struct InformationAsset {
    /// 資産番号, kept as written; given by the program when left empty.
    #[field(
        ja = "資産番号",
        en = "Asset no.",
        help_ja = "空けておくと自動で付きます。",
        help_en = "Left empty, it is given automatically.",
        group = "what",
        alias = "管理番号;資産管理番号;台帳番号;asset number;code",
        unique,
        search,
        list,
        max = 60
    )]
    pub code: String,
    /// 業務分類.
    #[field(
        ja = "業務分類",
        en = "Business",
        help_ja = "人事、経理、営業など、どの仕事の情報か",
        help_en = "Which work it belongs to: personnel, accounting, sales …",
        group = "what",
        alias = "業務;資産分類;分類;business category",
        search,
        list,
        max = 100
    )]
    pub business: String,
    /// 情報資産名称.
    #[field(
        ja = "情報資産名称",
        en = "Name",
        help_ja = "扱い方が同じものは「見積書一式」のように1行にまとめます。",
        help_en = "What is handled alike goes into one row, such as “quotations”.",
        group = "what",
        alias = "資産名;情報資産名;情報資産;名称;asset name",
        required,
        search,
        list,
        max = 200
    )]
    pub name: String,
    /// 備考.
    #[field(ja = "備考", en = "Note", group = "what", alias = "説明;内容;remarks", search, max = 1000)]
    pub note: String,
    /// Where it came from.
    #[field(
        ja = "入手先",
        en = "Source",
        help_ja = "誰から、どうやって受け取ったか。自社で作ったものは空欄",
        help_en = "From whom and how it came; empty when we made it",
        group = "what",
        alias = "取得元;提供元",
        max = 300
    )]
    pub source: String,
    /// Keywords.
    #[field(
        ja = "タグ",
        en = "Tags",
        help_ja = "読点で区切ります。",
        help_en = "Separated by commas.",
        group = "what",
        alias = "キーワード;keywords",
        search,
        max = 300
    )]
    pub tags: String,
    /// 媒体・保存先.
    #[field(
        ja = "媒体・保存先",
        en = "Stored in",
        help_ja = "同じ情報が紙とPCの両方にあるときは、2行に分けます。",
        help_en = "The same information on paper and on a PC is two rows.",
        group = "where",
        alias = "保存先;媒体;保存媒体;storage",
        list
    )]
    pub storage: Option<Storage>,
    /// 媒体分類; follows from `storage` where that is given.
    #[field(
        ja = "媒体分類",
        en = "Medium",
        help_ja = "媒体・保存先を選ぶと自動で決まります。",
        help_en = "Follows from “Stored in”.",
        group = "where",
        alias = "媒体の種類;medium type"
    )]
    pub media: Option<Media>,
    /// 保管場所 in words: cabinet, folder, service.
    #[field(
        ja = "保管場所",
        en = "Place",
        help_ja = "キャビネット、フォルダー、サービスの名前など",
        help_en = "Cabinet, folder, name of the service",
        group = "where",
        alias = "場所;保管先;location",
        search,
        max = 300
    )]
    pub place: String,
    /// Where else a copy lies (S2-D4-24).
    #[field(
        ja = "写し・バックアップの場所",
        en = "Copies and backups",
        help_ja = "ほかにも同じ情報がある場所。ないと確かめたら「なし」と書きます。",
        help_en = "Where else the same information lies. Write “none” once you have checked.",
        group = "where",
        alias = "複製;バックアップ;バックアップ先;複製・バックアップの保管場所;copies",
        max = 1000
    )]
    pub copies: LongText,
    /// True while no second copy is known.
    #[field(
        ja = "1か所のみ",
        en = "One place only",
        help_ja = "写しの場所が確かめられていない情報",
        help_en = "No copy elsewhere is known",
        group = "where",
        computed
    )]
    pub single_copy: bool,
    /// 管理部署.
    #[field(
        ja = "管理部署",
        en = "Department",
        group = "who",
        alias = "保有部門;管理部門;所管部署;担当部署;department in charge",
        create_missing,
        list
    )]
    pub department: Ref<Department>,
    /// 資産管理者.
    #[field(
        ja = "資産管理者",
        en = "Owner",
        help_ja = "扱いを決め、棚卸で確かめる人",
        help_en = "Who decides on the handling and confirms the row at a stocktake",
        group = "who",
        alias = "リスク所有者;管理責任者;資産管理責任者;asset owner;risk owner"
    )]
    pub owner: Ref<Person>,
    /// 利用者範囲 in words.
    #[field(
        ja = "利用者範囲",
        en = "Users",
        help_ja = "営業部、総務課の2名、個人 など",
        help_en = "Sales department, two persons of general affairs …",
        group = "who",
        alias = "利用範囲;許容範囲;利用者;user range",
        search,
        max = 300
    )]
    pub users: String,
    /// Groups among the users that need their own care (S2-D4-12).
    #[field(ja = "利用者の区分", en = "User groups", group = "who", alias = "利用者区分")]
    pub user_groups: Flags<UserGroup>,
    /// 管理区分.
    #[field(
        ja = "管理区分",
        en = "Classification",
        help_ja = "台帳のこの行を見られる人の範囲も、この区分で決まります。",
        help_en = "It also decides who may see this row.",
        group = "who",
        alias = "情報管理区分;機密区分;秘密区分;格付;classification level",
        list
    )]
    pub classification: Option<Classification>,
    /// 個人情報.
    #[field(
        ja = "個人情報",
        en = "Personal",
        help_ja = "生きている個人を見分けられる情報",
        help_en = "Identifies a living person",
        group = "personal",
        alias = "personal information"
    )]
    pub pi_personal: bool,
    /// 要配慮個人情報.
    #[field(
        ja = "要配慮個人情報",
        en = "Special-care",
        help_ja = "病歴、健康診断の結果など。1人分の漏えいでも報告が要ります。",
        help_en = "Medical history and the like. A leak of one person must already be reported.",
        group = "personal",
        alias = "special care"
    )]
    pub pi_sensitive: bool,
    /// 特定個人情報.
    #[field(
        ja = "特定個人情報",
        en = "My Number",
        help_ja = "マイナンバーを含む情報",
        help_en = "Contains an Individual Number",
        group = "personal",
        alias = "マイナンバー;specific personal information"
    )]
    pub pi_number: bool,
    /// Other classes (S2-D4-17).
    #[field(ja = "個人情報の区分", en = "Further classes", group = "personal", alias = "個人情報区分")]
    pub pi_kinds: Flags<PersonalKind>,
    /// How many persons.
    #[field(
        ja = "個人情報の件数",
        en = "Persons",
        help_ja = "何人分か。およその数でかまいません。",
        help_en = "Of how many persons; a rough number will do.",
        group = "personal",
        alias = "件数;人数;number of persons"
    )]
    pub pi_count: Option<i64>,
    /// 機密性.
    #[field(
        ja = "機密性",
        en = "Confidentiality",
        help_ja = "見せてはいけない人に知られたら、どれくらい困りますか。",
        help_en = "How bad is it if the wrong people learn it?",
        group = "value",
        alias = "C"
    )]
    pub confidentiality: Option<Confidentiality>,
    /// 完全性.
    #[field(
        ja = "完全性",
        en = "Integrity",
        help_ja = "間違った内容に変わっていたら、どれくらい困りますか。",
        help_en = "How bad is it if it is wrong or altered?",
        group = "value",
        alias = "I"
    )]
    pub integrity: Option<Integrity>,
    /// 可用性.
    #[field(
        ja = "可用性",
        en = "Availability",
        help_ja = "使いたいときに使えなかったら、どれくらい困りますか。",
        help_en = "How bad is it if it is missing when needed?",
        group = "value",
        alias = "A"
    )]
    pub availability: Option<Availability>,
    /// 重要度 0–2 = max (S2-D4-03).
    #[field(
        ja = "重要度",
        en = "Importance",
        help_ja = "3つの値のうち最も高いもの",
        help_en = "The highest of the three",
        group = "value",
        computed,
        list
    )]
    pub importance: Option<i64>,
    /// Further properties that matter (S2-D3-02).
    #[field(ja = "ほかに必要な性質", en = "Further qualities", group = "value", alias = "その他の特性")]
    pub attributes: Flags<Quality>,
    /// Stage of its life (S2-D4-07).
    #[field(ja = "ライフサイクル", en = "Life-cycle stage", group = "life", default = "keeping", alias = "段階;stage")]
    pub stage: Option<Stage>,
    /// 保存期限: `5年`, `永久`, `2027年3月31日まで`, or words.
    #[field(
        ja = "保存期限",
        en = "Retention",
        help_ja = "5年、6か月、永久、2027/3/31まで、契約終了後5年 のように書きます。",
        help_en = "For example 5年, 6か月, 永久, 2027-03-31, or in words.",
        group = "life",
        alias = "保存期間;保管期間;保管期限;retention period",
        max = 100
    )]
    pub retention: String,
    /// 登録日.
    #[field(
        ja = "登録日",
        en = "Registered on",
        help_ja = "空けておくと今日になります。",
        help_en = "Left empty, it is today.",
        group = "life",
        alias = "登録年月日;作成日;date of registration"
    )]
    pub registered_on: Option<Date>,
    /// The next review (S2-D4-09).
    #[field(
        ja = "次の見直し日",
        en = "Next review",
        help_ja = "空けておくと1年後になります。",
        help_en = "Left empty, it is a year from now.",
        group = "life",
        alias = "見直し日;見直し期限;review date"
    )]
    pub review_on: Option<Date>,
    /// 脅威の発生頻度 1–3; written by the risk area.
    #[field(ja = "脅威の発生頻度", en = "Threat level", group = "risk", read_only)]
    pub threat_level: Option<i64>,
    /// 脆弱性 1–3; written by the risk area.
    #[field(ja = "脆弱性", en = "Weakness level", group = "risk", read_only)]
    pub weakness_level: Option<i64>,
    /// 被害発生可能性 1–3; written by the risk area.
    #[field(ja = "被害発生可能性", en = "Likelihood", group = "risk", read_only)]
    pub likelihood: Option<i64>,
    /// リスク値 0–6 (or 1–9); written by the risk area.
    #[field(ja = "リスク値", en = "Risk value", group = "risk", read_only, list)]
    pub risk_value: Option<i64>,
    /// Its label; written by the risk area.
    #[field(ja = "リスクの大きさ", en = "Risk", group = "risk", read_only, list)]
    pub risk_band: Option<RiskBand>,
}

/// The right-hand columns of the IPA sheet, which the risk area writes with [`mamori_ledger::ops::Gate::Program`].
pub const RISK_FIELDS: [&str; 5] = ["threat_level", "weakness_level", "likelihood", "risk_value", "risk_band"];

type RiskReckoning = fn(&InformationAsset, &str) -> Option<Reckoning>;
static RISK_RECKONING: OnceLock<RiskReckoning> = OnceLock::new();

/// Lets the risk area, which stands above this one, explain the values of [`RISK_FIELDS`]. The first explanation given stays.
pub fn explain_risk_with(explain: fn(&InformationAsset, &str) -> Option<Reckoning>) {
    let _ = RISK_RECKONING.set(explain);
}

pub(crate) fn risk_reckoning(asset: &InformationAsset, field: &str) -> Option<Reckoning> {
    RISK_RECKONING.get().and_then(|explain| explain(asset, field))
}

/// What this noun adds to the area.
pub(crate) fn add(area: Area) -> Area {
    let def = views::views()
        .into_iter()
        .fold(InformationAsset::def().with_hooks(hooks::AssetHooks), mamori_ledger::LedgerDef::with_view);
    area.ledger(def).texts("assets/information_asset", include_str!("ja.ftl"), include_str!("en.ftl"))
}
