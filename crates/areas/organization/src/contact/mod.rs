//! 連絡先: bodies and people outside and inside whom one calls, asks or must tell (S2-D1-16, S2-D10-06).

pub mod catalogue;
mod hooks;
pub mod ops;
pub mod pages;
pub mod queries;
pub mod rules;
mod today;

use jiff::civil::Date;
use mamori_kernel::lang::Words;
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, ViewDef};

pub use ops::seed;
pub(crate) use today::Unchecked;

/// What kind of body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "contact_kind")]
pub enum ContactKind {
    /// 社内: legal, public relations, IT.
    #[choice(code = "internal", ja = "社内", en = "Inside the company")]
    Internal,
    /// 監督官庁.
    #[choice(code = "regulator", ja = "監督官庁", en = "Authority", alias = "官公庁;所管官庁;行政機関")]
    Regulator,
    /// 警察.
    #[choice(code = "police", ja = "警察", en = "Police")]
    Police,
    /// 専門機関: JPCERT/CC, IPA and the like.
    #[choice(code = "expert", ja = "専門機関", en = "Expert body", alias = "相談窓口;公的機関")]
    Expert,
    /// 取引先.
    #[choice(code = "customer", ja = "取引先", en = "Business partner", alias = "顧客;得意先;発注元")]
    Customer,
    /// 委託先.
    #[choice(code = "supplier", ja = "委託先", en = "Supplier", alias = "ベンダー;保守会社;外注先")]
    Supplier,
    /// 保険.
    #[choice(code = "insurance", ja = "保険", en = "Insurance", alias = "保険会社")]
    Insurance,
    /// 法律.
    #[choice(code = "legal", ja = "法律", en = "Legal", alias = "弁護士;法律事務所")]
    Legal,
    /// その他.
    #[choice(code = "other", ja = "その他", en = "Other")]
    Other,
}

/// A contact.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "contact",
    area = "organization",
    ja = "連絡先",
    en = "Contact",
    label = "organisation",
    sub_label = "phone",
    sort = "kind",
    icon = "bell",
    keys = "code; organisation,person; organisation",
    groups = "reach:連絡の方法:How to reach; check:確認:Check",
    intro_ja = "困ったとき、届け出るときの連絡先です。事故が起きてから探さなくて済むよう、番号がつながるかを半年に一度確かめてください。",
    intro_en = "Whom to ask and whom to tell. Check twice a year that the numbers still work, so that nobody has to search during an incident."
)]
pub struct Contact {
    /// Code of the standard list; the company may leave it empty.
    #[field(ja = "コード", en = "Code", unique, max = 40)]
    pub code: String,
    /// The body.
    #[field(
        ja = "機関・会社名",
        en = "Organisation",
        required,
        search,
        list,
        max = 200,
        alias = "組織名;名称;会社名;連絡先名;機関名;連絡先"
    )]
    pub organisation: String,
    /// Its kind.
    #[field(ja = "区分", en = "Kind", required, list, default = "other", alias = "種別;分類")]
    pub kind: Option<ContactKind>,
    /// What one calls it for.
    #[field(ja = "どんなとき", en = "When to call", search, list, alias = "目的;用途;内容")]
    pub purpose: LongText,
    /// What to have at hand.
    #[field(ja = "用意するもの", en = "Have at hand", alias = "準備;必要な情報")]
    pub prepare: LongText,
    /// We must tell it by law or contract.
    #[field(
        ja = "届出・報告の義務",
        en = "Must be told",
        list,
        alias = "義務",
        help_ja = "法令や契約で、知らせることが義務になっている相手です。",
        help_en = "The law or a contract obliges us to tell it."
    )]
    pub duty: bool,
    /// Their department.
    #[field(ja = "相手の部署", en = "Their department", search, group = "reach", alias = "部署;部署名;部門")]
    pub department: String,
    /// Their person.
    #[field(ja = "相手の担当者", en = "Their person", search, group = "reach", alias = "担当者;氏名;担当")]
    pub person: String,
    /// Telephone number.
    #[field(ja = "電話番号", en = "Phone", search, list, group = "reach", max = 60, alias = "電話;TEL;連絡先電話")]
    pub phone: String,
    /// E-mail address.
    #[field(ja = "メールアドレス", en = "E-mail", kind = "email", group = "reach", alias = "メール;E-mail;Email")]
    pub email: String,
    /// Web page or form.
    #[field(ja = "Webページ・フォーム", en = "Web page", kind = "url", group = "reach", alias = "URL;ホームページ;HP")]
    pub url: String,
    /// When somebody answers.
    #[field(ja = "受付時間", en = "Hours", group = "reach", max = 100, alias = "対応時間;営業時間")]
    pub hours: String,
    /// When the entry was last compared with its source.
    #[field(
        ja = "最後に確かめた日",
        en = "Checked on",
        list,
        group = "check",
        alias = "確認日;更新日",
        help_ja = "番号やページが正しいことを確かめた日です。180日を過ぎると「今日」に出ます。",
        help_en = "When number and page were last found right. After 180 days it appears under “today”."
    )]
    pub checked_on: Option<Date>,
    /// Free text.
    #[field(ja = "備考", en = "Note", search, group = "check", alias = "メモ")]
    pub note: LongText,
}

/// The ledger with its rules and ready-made views.
pub(crate) fn ledger() -> LedgerDef {
    let columns = vec!["organisation", "kind", "purpose", "phone", "hours", "checked_on"];
    <Contact as Ledger>::def()
        .with_hooks(hooks::ContactHooks)
        .with_view(ViewDef {
            code: "duty",
            words: Words::new("届出・報告の義務", "Must be told"),
            columns: columns.clone(),
            query: "f.duty=1",
        })
        .with_view(ViewDef {
            code: "own",
            words: Words::new("委託先・保険・法律", "Suppliers, insurance, legal"),
            columns,
            query: "f.kind=supplier&f.kind=insurance&f.kind=legal&f.kind=customer",
        })
}
