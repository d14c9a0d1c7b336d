//! 部署: the departments of the company as a tree. Ledgers name the department that holds a row, and permissions reach as far as a
//! person's department and everything below it.

mod hooks;
pub mod pages;
pub mod queries;

use mamori_ledger::{Ledger, LedgerDef, LongText, Ref};

use crate::person::Person;

/// A department.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "department",
    area = "organization",
    ja = "部署",
    en = "Department",
    label = "name",
    sub_label = "code",
    department = "id",
    owner = "manager",
    sort = "position",
    icon = "building",
    keys = "code; name",
    intro_ja = "会社の部署です。情報資産の持ち主や、見える範囲は部署で決まります。上下の関係を実際の組織に合わせて登録してください。",
    intro_en = "The departments of the company. They own information assets and decide how far people see. Enter them in the order of the real organisation."
)]
pub struct Department {
    /// Short code of the company.
    #[field(ja = "部署コード", en = "Code", unique, search, list, max = 40, alias = "コード;部門コード;所属コード")]
    pub code: String,
    /// Name.
    #[field(ja = "部署名", en = "Name", required, search, list, max = 100, alias = "部署;部門;部門名;所属;所属名;名称")]
    pub name: String,
    /// The department above; empty at the top.
    #[field(
        ja = "上位の部署",
        en = "Part of",
        list,
        create_missing,
        alias = "親部署;上位部署;上位部門",
        help_ja = "課であれば、属する部を選びます。最上位なら空欄のままにします。",
        help_en = "For a section, the division it belongs to. Leave empty at the top."
    )]
    pub parent: Ref<Department>,
    /// Who answers for it.
    #[field(
        ja = "部署の責任者",
        en = "Head",
        list,
        alias = "責任者;部門長;部署長;所属長",
        help_ja = "棚卸の依頼や緊急の連絡は、この人に届きます。",
        help_en = "Stocktakes and emergency calls go to this person."
    )]
    pub manager: Ref<Person>,
    /// Place among its siblings, small first.
    #[field(
        ja = "並び順",
        en = "Order",
        alias = "表示順;順番",
        help_ja = "小さい数から並びます。空欄なら最後に加わります。",
        help_en = "Small numbers first. Empty means last."
    )]
    pub position: Option<i64>,
    /// Free text.
    #[field(ja = "備考", en = "Note", search, alias = "メモ")]
    pub note: LongText,
}

/// The ledger with its rules.
pub(crate) fn ledger() -> LedgerDef {
    <Department as Ledger>::def().with_hooks(hooks::DepartmentHooks)
}
