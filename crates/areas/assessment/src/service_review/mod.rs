//! サービス導入審査: why a new service or system is needed, what its check says, who signs, what follows (S2-D2-02, S2-D2-13, S2-D5-25,
//! S2-D6-19, S2-D7-25).

pub mod approval;
mod follow;
mod hooks;
mod panel;
pub mod queries;
pub mod rules;
pub mod today;

use jiff::civil::Date;
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, Ref, ViewDef};

use crate::neighbours::{Check, Department, InformationAsset, Person, Storage};

/// 結論.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "review_verdict")]
pub enum Verdict {
    /// Everything is met.
    #[choice(
        code = "fits",
        ja = "利用する",
        en = "Use it",
        tone = "success",
        meaning_ja = "すべて満たしています。資産台帳に登録し、利用の決まりを知らせます。",
        meaning_en = "Everything is met. It is entered in the ledger and the rules of use are told."
    )]
    Fits,
    /// Under conditions.
    #[choice(
        code = "accept_with_measure",
        ja = "条件を付けて利用する",
        en = "Use it under conditions",
        tone = "warning",
        meaning_ja = "足りない所があります。補う対策と期限を「利用の条件」に書きます。",
        meaning_en = "Something is missing. What makes up for it, and by when, is written as conditions."
    )]
    WithConditions,
    /// Not at all.
    #[choice(
        code = "give_up",
        ja = "利用しない",
        en = "Do not use it",
        tone = "danger",
        meaning_ja = "理由を残し、別の方法を探します。",
        meaning_en = "The reason is kept and another way is looked for."
    )]
    GiveUp,
}

/// 状態.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq, Default)]
#[choice(set = "review_state")]
pub enum State {
    /// Being prepared.
    #[default]
    #[choice(code = "draft", ja = "準備中", en = "Being prepared", tone = "neutral")]
    Draft,
    /// Signatures are missing.
    #[choice(code = "waiting", ja = "署名待ち", en = "Waiting for signatures", tone = "accent")]
    Waiting,
    /// Sent back.
    #[choice(code = "returned", ja = "差戻し", en = "Returned", tone = "warning")]
    Returned,
    /// May be used.
    #[choice(code = "approved", ja = "利用可", en = "May be used", tone = "success")]
    Approved,
    /// Will not be used.
    #[choice(code = "refused", ja = "利用しない", en = "Not used", tone = "danger")]
    Refused,
}

impl State {
    /// Nothing may be changed.
    pub fn is_settled(self) -> bool {
        !matches!(self, State::Draft | State::Returned)
    }
}

/// A review.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "service_review",
    area = "assessment",
    ja = "サービス導入審査",
    en = "New service review",
    label = "title",
    sub_label = "provider",
    department = "department",
    owner = "applicant",
    sort = "title",
    icon = "cloud",
    groups = "request:何を使いたいか:What is wanted; purpose:目的:Purpose; information:扱う情報:Information; conclusion:結論:Conclusion",
    intro_ja = "新しいサービスやシステムを使い始める前に、目的、10問の点検、条件、二人の署名を順に進めます。承認されると、資産・リスク・対応が台帳に入ります。",
    intro_en = "Before a new service or system is used: purpose, ten questions, conditions, two signatures. Once approved, asset, risks and treatments are entered."
)]
pub struct ServiceReview {
    /// 製品・サービス.
    #[field(
        ja = "製品・サービス",
        en = "Product or service",
        list,
        search,
        required,
        group = "request",
        max = 200,
        help_ja = "例：オンライン商談システム",
        help_en = "Such as: an online meeting service"
    )]
    pub title: String,
    /// 提供する会社.
    #[field(ja = "提供する会社", en = "Provider", list, search, group = "request", max = 200)]
    pub provider: String,
    /// 使う部署.
    #[field(
        ja = "使う部署",
        en = "Department",
        list,
        required,
        group = "request",
        help_ja = "この部署の長が、業務の責任者として署名します。",
        help_en = "Its head signs for the business."
    )]
    pub department: Ref<Department>,
    /// 申請する人.
    #[field(
        ja = "申請する人",
        en = "Applicant",
        list,
        required,
        group = "request",
        help_ja = "点検の10問に答える人です。",
        help_en = "Answers the ten questions."
    )]
    pub applicant: Ref<Person>,
    /// 使い始めたい日.
    #[field(ja = "使い始めたい日", en = "Wanted from", list, group = "request")]
    pub starts: Option<Date>,
    /// 費用.
    #[field(ja = "1年の費用", en = "Cost a year", group = "request")]
    pub cost: Option<Yen>,
    /// 何のために.
    #[field(
        ja = "何のために使いますか",
        en = "What for?",
        required,
        search,
        group = "purpose",
        help_ja = "目的から考えると、別の方法や要らない機能に気づけます。",
        help_en = "Starting from the purpose shows other ways and functions not needed."
    )]
    pub purpose: LongText,
    /// だれの役に立つか.
    #[field(ja = "だれの役に立ちますか", en = "For whose benefit?", required, group = "purpose")]
    pub benefit: LongText,
    /// 問1.
    #[field(
        ja = "今後、会社をどうしたいですか",
        en = "What shall become of the company?",
        group = "purpose",
        help_ja = "例：働く場所を選べる会社にしたい",
        help_en = "Such as: people choose where they work"
    )]
    pub future: LongText,
    /// 問2.
    #[field(
        ja = "そのために何をしますか",
        en = "What is done for it?",
        group = "purpose",
        help_ja = "例：在宅で仕事ができる環境を作る",
        help_en = "Such as: make work from home possible"
    )]
    pub needed: LongText,
    /// 問3.
    #[field(
        ja = "具体的に何を実現しますか",
        en = "What exactly shall work?",
        group = "purpose",
        help_ja = "例：持ち出せる端末と、安全につながる回線",
        help_en = "Such as: a portable device and a safe line"
    )]
    pub concrete: LongText,
    /// 問4.
    #[field(
        ja = "ITを使わずにできませんか",
        en = "Can it be done without IT?",
        group = "purpose",
        help_ja = "IT以外の方法と比べて、ITにする理由を書きます。",
        help_en = "Compare with other ways and say why IT."
    )]
    pub digital: LongText,
    /// 扱う情報.
    #[field(
        ja = "どんな情報を入れますか",
        en = "Which information?",
        required,
        search,
        group = "information",
        help_ja = "入れる情報と、入れない情報を書きます。",
        help_en = "What goes in, and what does not."
    )]
    pub information: LongText,
    /// 個人情報.
    #[field(ja = "個人情報を含む", en = "Personal data", list, group = "information")]
    pub personal: bool,
    /// 保存先.
    #[field(ja = "情報の保存先", en = "Stored in", group = "information", default = "external_server")]
    pub storage: Option<Storage>,
    /// 使う人.
    #[field(ja = "使う人の範囲", en = "Users", group = "information", max = 200)]
    pub users: String,
    /// The ten questions.
    #[field(ja = "点検", en = "Check", read_only, group = "conclusion")]
    pub sheet: Ref<Check>,
    /// 結論.
    #[field(ja = "結論", en = "Conclusion", list, group = "conclusion")]
    pub verdict: Option<Verdict>,
    /// 理由.
    #[field(
        ja = "結論の理由",
        en = "Why",
        search,
        group = "conclusion",
        help_ja = "利用しないときは必ず書きます。",
        help_en = "Needed when it is not used."
    )]
    pub reason: LongText,
    /// 状態.
    #[field(ja = "状態", en = "State", list, read_only, group = "conclusion", default = "draft")]
    pub state: Option<State>,
    /// 決まった日.
    #[field(ja = "決まった日", en = "Decided on", list, read_only, group = "conclusion")]
    pub decided_on: Option<Date>,
    /// 最後に署名した人.
    #[field(ja = "最後に署名した人", en = "Last signature", read_only, group = "conclusion")]
    pub decided_by: String,
    /// The asset that was entered.
    #[field(ja = "登録した情報資産", en = "Asset entered", read_only, group = "conclusion")]
    pub asset: Ref<InformationAsset>,
}

/// The ledger.
pub(crate) fn ledger() -> LedgerDef {
    let columns = vec!["title", "department", "applicant", "starts", "verdict", "state"];
    ServiceReview::def().with_hooks(hooks::ReviewHooks).with_view(ViewDef {
        code: "open",
        words: Words::new("審査中", "Under review"),
        columns,
        query: "f.state=draft&f.state=waiting&f.state=returned&sort=starts",
    })
}
