//! 予算項目: one amount of one fiscal year and class, planned, granted, spent (S2-D6-12, S2-D6-13).

mod hooks;
mod rules;

use jiff::civil::Date;
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, Ref, ViewDef};

use crate::neighbours::money::{Class, Payment};
use crate::neighbours::{Department, Person, Treatment};

/// 状態. Moves with the request and with what was spent; never typed.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "budget_item_state")]
pub enum State {
    /// Not asked for yet.
    #[choice(code = "planned", ja = "予定", en = "Planned", tone = "neutral")]
    Planned,
    /// In a request that waits for approval.
    #[choice(code = "requested", ja = "申請中", en = "Requested", tone = "info")]
    Requested,
    /// Granted.
    #[choice(code = "approved", ja = "承認済み", en = "Approved", tone = "success", alias = "承認")]
    Approved,
    /// Paid.
    #[choice(code = "spent", ja = "支出済み", en = "Spent", tone = "accent")]
    Spent,
}

/// スポット: why money is needed outside of the yearly budget (S2-D6-13).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "budget_spot")]
pub enum Spot {
    /// インシデント対応費.
    #[choice(code = "incident", ja = "事故の対応", en = "Handling an incident", tone = "danger")]
    Incident,
    /// 根絶対策費.
    #[choice(code = "eradicate", ja = "原因を根絶する対策", en = "Removing a cause for good", tone = "warning")]
    Eradicate,
    /// 新たな脅威.
    #[choice(code = "new_threat", ja = "新たな脅威への対策", en = "A new threat", tone = "warning")]
    NewThreat,
}

/// One amount.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "budget_item",
    area = "planning",
    ja = "予算項目",
    en = "Budget item",
    intro_ja = "対策にかかるお金を、年度と三つの区分（事前・運用・事後）で記録します。「予算」の画面で対策から取り込むと、二重に数えません。",
    intro_en = "What measures cost, by fiscal year and class (before, operation, after). Taken over from the measures on the budget page, nothing counts twice.",
    label = "title",
    sub_label = "class",
    department = "department",
    owner = "owner",
    sort = "-fiscal_year",
    icon = "list",
    keys = "title,fiscal_year,class",
    groups = "what:内容:What; money:金額:Money; result:承認と支出:Approval and spending"
)]
pub struct BudgetItem {
    /// 件名.
    #[field(ja = "件名", en = "Item", list, required, search, group = "what")]
    pub title: String,
    /// 年度, by the calendar year in which it begins.
    #[field(
        ja = "年度",
        en = "Fiscal year",
        list,
        required,
        group = "what",
        help_ja = "年度が始まる年を西暦で入力します（2026年度なら 2026）。",
        help_en = "The calendar year in which it begins."
    )]
    pub fiscal_year: Option<i64>,
    /// 費用の区分.
    #[field(ja = "費用の区分", en = "Class", list, required, group = "what", default = "before", alias = "区分")]
    pub class: Option<Class>,
    /// The measure it pays for.
    #[field(ja = "対策", en = "Measure", list, group = "what")]
    pub treatment: Ref<Treatment>,
    /// 担当部署.
    #[field(ja = "担当部署", en = "Department", group = "what")]
    pub department: Ref<Department>,
    /// 担当者.
    #[field(ja = "担当者", en = "Owner", group = "what")]
    pub owner: Ref<Person>,
    /// 無償・有償.
    #[field(ja = "無償・有償", en = "Free or paid", required, group = "money", default = "paid")]
    pub payment: Option<Payment>,
    /// スポット; empty within the yearly budget.
    #[field(
        ja = "スポットの理由",
        en = "Reason for spot money",
        group = "money",
        help_ja = "年度の予算の外で急に必要になったお金だけ選びます。",
        help_en = "Only for money that is needed suddenly, outside of the yearly budget."
    )]
    pub spot: Option<Spot>,
    /// 予定額, whole yen.
    #[field(ja = "予定額", en = "Planned amount", list, required, group = "money", alias = "金額;予算額")]
    pub amount: Option<Yen>,
    /// The free way that was thought of (S2-D6-13).
    #[field(
        ja = "検討した無償の方法",
        en = "Free alternative considered",
        group = "money",
        help_ja = "例：標準の機能で代える、社内の人が講師をする、社内で点検する。使えないなら、その理由。",
        help_en = "Such as a built-in function, a teacher from inside, a check of our own; or why it does not do."
    )]
    pub alternative: LongText,
    /// 備考.
    #[field(ja = "備考", en = "Note", search, group = "money")]
    pub note: LongText,
    /// 状態.
    #[field(ja = "状態", en = "State", list, read_only, group = "result", default = "planned")]
    pub state: Option<State>,
    /// 承認額: the amount that was granted.
    #[field(ja = "承認額", en = "Granted", read_only, group = "result")]
    pub approved: Option<Yen>,
    /// 支出額.
    #[field(ja = "支出額", en = "Spent", list, group = "result", alias = "実績;実績額")]
    pub spent: Option<Yen>,
    /// 支出日.
    #[field(ja = "支出日", en = "Spent on", group = "result")]
    pub spent_on: Option<Date>,
    /// What it was taken over from; one amount for each measure, year and class.
    #[field(ja = "取込み元", en = "Taken from", hidden, read_only)]
    pub source_key: String,
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    let columns = vec!["title", "fiscal_year", "class", "amount", "approved", "spent", "state"];
    BudgetItem::def()
        .with_hooks(hooks::ItemHooks)
        .with_view(ViewDef {
            code: "open",
            words: Words::new("未申請", "Not requested"),
            columns: columns.clone(),
            query: "f.state=planned&sort=-fiscal_year",
        })
        .with_view(ViewDef {
            code: "spot",
            words: Words::new("スポット", "Spot money"),
            columns,
            query: "f.spot=incident&f.spot=eradicate&f.spot=new_threat&sort=-fiscal_year",
        })
}
