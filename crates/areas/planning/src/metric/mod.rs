//! 効果の指標: what is counted to see whether a measure changes anything, chosen when the measure is planned (S2-D6-16).

mod hooks;
pub mod pages;
pub(crate) mod panel;
pub mod queries;
pub mod rules;
mod show;
pub(crate) mod today;

use jiff::civil::Date;
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, Ref};

use crate::neighbours::effect::Direction;
use crate::neighbours::{Department, Person, Treatment};

/// 測る間隔.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "metric_cadence")]
pub enum Cadence {
    /// Every month.
    #[choice(code = "monthly", ja = "毎月", en = "Every month", alias = "月次")]
    Monthly,
    /// Every three months.
    #[choice(code = "quarterly", ja = "3か月ごと", en = "Every three months", alias = "四半期")]
    Quarterly,
}

impl Cadence {
    /// Months between two measurements.
    #[must_use]
    pub fn months(self) -> i32 {
        match self {
            Cadence::Monthly => 1,
            Cadence::Quarterly => 3,
        }
    }
}

/// One metric.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "metric",
    area = "planning",
    ja = "効果の指標",
    en = "Metric",
    intro_ja = "対策が効いたかを数字で確かめます。対策を決めるときに指標を選び、始める前の値を残しておくのがこつです。",
    intro_en = "Shows in numbers whether a measure works. Choose the metric while planning, and write down the value from before.",
    label = "name",
    department = "department",
    owner = "owner",
    sort = "name",
    icon = "target",
    keys = "name,treatment; name",
    groups = "what:何を数えるか:What is counted; how:測り方:How; before:対策の前:Before the measure"
)]
pub struct Metric {
    /// 指標.
    #[field(
        ja = "指標",
        en = "Metric",
        list,
        required,
        search,
        group = "what",
        help_ja = "例：ヒヤリハットの件数",
        help_en = "Such as near misses"
    )]
    pub name: String,
    /// 対策.
    #[field(ja = "対策", en = "Measure", list, required, group = "what")]
    pub treatment: Ref<Treatment>,
    /// The measure's department, for who may see and change it.
    #[field(ja = "部署", en = "Department", read_only, group = "what")]
    pub department: Ref<Department>,
    /// 単位.
    #[field(
        ja = "単位",
        en = "Unit",
        list,
        group = "what",
        max = 20,
        help_ja = "件、回、台、% など",
        help_en = "cases, times, %"
    )]
    pub unit: String,
    /// 良くなる向き.
    #[field(ja = "良くなる向き", en = "Better is", required, group = "what", default = "down")]
    pub direction: Option<Direction>,
    /// 目標.
    #[field(ja = "目標", en = "Target", list, group = "what")]
    pub target: Option<f64>,
    /// 担当者.
    #[field(ja = "測る人", en = "Who measures", list, required, group = "how")]
    pub owner: Ref<Person>,
    /// 測り方.
    #[field(
        ja = "測り方",
        en = "How it is measured",
        group = "how",
        help_ja = "どの記録や画面を、どの期間で数えるか。だれが測っても同じ数になるように書きます。",
        help_en = "Which record or screen, over which period: so that anybody would get the same number."
    )]
    pub how: LongText,
    /// 測る間隔.
    #[field(ja = "測る間隔", en = "How often", list, required, group = "how", default = "monthly")]
    pub cadence: Option<Cadence>,
    /// Nothing is due after it.
    #[field(ja = "測り終える日", en = "Measured until", group = "how")]
    pub ends_on: Option<Date>,
    /// The value before the measure.
    #[field(
        ja = "対策前の値",
        en = "Value before",
        group = "before",
        help_ja = "1期間（1か月または3か月）あたりの値。これがないと効果を比べられません。",
        help_en = "For one period. Without it there is nothing to compare with."
    )]
    pub before_value: Option<f64>,
    /// The day from which the measure held; empty takes the day on which it was done.
    #[field(
        ja = "対策を始めた日",
        en = "Measure held from",
        group = "before",
        help_ja = "空欄なら、対策の完了日を使います。",
        help_en = "Empty takes the day on which the measure was done."
    )]
    pub begun_on: Option<Date>,
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    Metric::def().with_hooks(hooks::MetricHooks)
}
