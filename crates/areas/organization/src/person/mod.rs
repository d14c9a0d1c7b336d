//! 人: everybody who works for the company, whatever the contract. Owners, deputies, contacts and accounts name a row of this ledger.

mod hooks;
pub mod queries;
pub mod rules;
mod today;

use jiff::civil::Date;
use mamori_kernel::lang::Words;
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, Ref, ViewDef};

use crate::department::Department;

pub(crate) use today::Leavers;

/// 雇用区分: under which contract somebody works. Rules of information security bind all of them (S2-D8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "employment")]
pub enum Employment {
    /// 役員.
    #[choice(code = "executive", ja = "役員", en = "Executive", alias = "取締役;監査役;経営者")]
    Executive,
    /// 正社員.
    #[choice(code = "regular", ja = "正社員", en = "Regular employee", alias = "社員;正職員;職員;正規")]
    Regular,
    /// 契約社員・嘱託.
    #[choice(code = "contract", ja = "契約社員", en = "Contract employee", alias = "嘱託;契約;有期契約;嘱託社員")]
    Contract,
    /// パート・アルバイト.
    #[choice(
        code = "part_time",
        ja = "パート・アルバイト",
        en = "Part-time",
        alias = "パート;アルバイト;パートタイマー;バイト;短時間"
    )]
    PartTime,
    /// 派遣: employed by an agency.
    #[choice(code = "agency", ja = "派遣", en = "Agency worker", alias = "派遣社員;派遣労働者")]
    Agency,
    /// 委託: works here under a contract of another firm.
    #[choice(code = "contractor", ja = "委託", en = "Contractor", alias = "業務委託;請負;常駐;委託先")]
    Contractor,
}

/// A person.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "person",
    area = "organization",
    ja = "人",
    en = "Person",
    label = "name",
    sub_label = "number",
    department = "department",
    owner = "id",
    sort = "kana",
    icon = "people",
    keys = "number; name,department",
    groups = "contact:連絡先:Contact; service:在籍:Service; security:セキュリティ:Security",
    intro_ja = "会社で働く人の名簿です。パート・アルバイト、派遣、委託の人も登録してください。資産の管理者や緊急の連絡先を、ここから名前で選べるようになります。",
    intro_en = "Everybody who works for the company, part-timers, agency workers and contractors included. Owners of assets and emergency contacts are chosen from here."
)]
pub struct Person {
    /// 社員番号, as text: leading zeros are part of it.
    #[field(
        ja = "社員番号",
        en = "Number",
        unique,
        search,
        list,
        max = 40,
        alias = "社員コード;職員番号;従業員番号;社員No;個人番号（社内）"
    )]
    pub number: String,
    /// 氏名.
    #[field(ja = "氏名", en = "Name", required, search, list, max = 100, alias = "名前;社員名;従業員名;姓名")]
    pub name: String,
    /// ふりがな; the order of the list.
    #[field(
        ja = "ふりがな",
        en = "Reading",
        search,
        list,
        max = 100,
        alias = "フリガナ;かな;カナ;氏名カナ;よみ;読み",
        help_ja = "名簿はこの順に並びます。",
        help_en = "The list is sorted by this reading in kana."
    )]
    pub kana: String,
    /// 所属.
    #[field(ja = "所属", en = "Department", list, create_missing, alias = "部署;所属部署;部門;課;配属先")]
    pub department: Ref<Department>,
    /// 役職.
    #[field(ja = "役職", en = "Title", search, list, max = 100, alias = "職位;肩書;肩書き")]
    pub title: String,
    /// 雇用区分.
    #[field(ja = "雇用区分", en = "Employment", list, alias = "雇用形態;区分;社員区分;契約形態")]
    pub employment: Option<Employment>,
    /// E-mail address at work.
    #[field(ja = "メールアドレス", en = "E-mail", kind = "email", group = "contact", search, alias = "メール;E-mail;Email;mail")]
    pub email: String,
    /// Number at which the person is reached in an emergency.
    #[field(
        ja = "電話番号",
        en = "Phone",
        group = "contact",
        max = 60,
        alias = "電話;携帯;携帯電話;連絡先;緊急連絡先;TEL",
        help_ja = "緊急のときにつながる番号です。役割に就いた人の番号は連絡網に載ります。",
        help_en = "Where the person is reached in an emergency. Numbers of people with a role appear in the contact network."
    )]
    pub phone: String,
    /// First day.
    #[field(ja = "入社日", en = "Joined on", group = "service", alias = "入社年月日;採用日;契約開始日;着任日")]
    pub joined_on: Option<Date>,
    /// Last day; empty while in service.
    #[field(
        ja = "退職日",
        en = "Left on",
        group = "service",
        alias = "退職年月日;退社日;離職日;契約終了日;最終出社日",
        help_ja = "最後の在籍日です。翌日までにアカウントを消す予定が「今日」に出ます。",
        help_en = "The last day in service. Removing the accounts by the day after appears under “today”."
    )]
    pub left_on: Option<Date>,
    /// When the accounts were removed (S2-D4-11: by the day after they became unnecessary).
    #[field(
        ja = "アカウント削除日",
        en = "Accounts removed on",
        group = "service",
        alias = "アカウント停止日;ID削除日",
        help_ja = "退職した人の、すべてのアカウントと入館証を止めた日です。",
        help_en = "The day on which all accounts and entry cards of a leaver were disabled."
    )]
    pub accounts_removed_on: Option<Date>,
    /// プラスセキュリティ人材 (S2-D1-24): security belongs to the work although it is not the job.
    #[field(
        ja = "プラスセキュリティ",
        en = "Plus-security",
        group = "security",
        alias = "プラスセキュリティ人材",
        help_ja = "本業のかたわら、その仕事に必要なセキュリティの知識を身に付けている(付けてほしい)人に印を付けます。",
        help_en = "Mark those who know (or should learn) the security that their own line of work needs."
    )]
    pub plus_security: bool,
    /// Where that person uses it.
    #[field(
        ja = "プラスセキュリティの内容",
        en = "Plus-security: for what",
        group = "security",
        max = 300,
        help_ja = "例：契約書のひな形に機密保持の条項を入れる、工場設備のつなぎ方を確かめる",
        help_en = "Example: puts confidentiality into contract templates, checks how plant equipment is connected"
    )]
    pub plus_security_note: String,
    /// Skills and certificates.
    #[field(ja = "スキル・資格", en = "Skills", group = "security", search, alias = "資格;保有資格;スキル")]
    pub skills: LongText,
    /// Free text.
    #[field(ja = "備考", en = "Note", search, alias = "メモ")]
    pub note: LongText,
}

/// The ledger with its rules and ready-made views.
pub(crate) fn ledger() -> LedgerDef {
    <Person as Ledger>::def()
        .with_hooks(hooks::PersonHooks)
        .with_view(ViewDef {
            code: "in_service",
            words: Words::new("在籍者", "In service"),
            columns: vec!["number", "name", "kana", "department", "title", "employment"],
            query: "f.left_on=none",
        })
        .with_view(ViewDef {
            code: "left",
            words: Words::new("退職者", "Left"),
            columns: vec!["number", "name", "department", "left_on", "accounts_removed_on"],
            query: "from.left_on=1900-01-01&sort=-left_on",
        })
        .with_view(ViewDef {
            code: "plus_security",
            words: Words::new("プラスセキュリティ", "Plus-security"),
            columns: vec!["name", "department", "title", "plus_security_note", "skills"],
            query: "f.plus_security=1",
        })
}
