//! 測定値: what a metric was on a day, once a day (S2-D6-16, S2-D6-17).

mod hooks;
mod queries;

use jiff::civil::Date;
use mamori_ledger::{Ledger, LedgerDef, LongText, Ref};

use crate::metric::Metric;
use crate::neighbours::{Department, Person};

/// One measurement.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "measurement",
    area = "planning",
    ja = "測定値",
    en = "Measurement",
    intro_ja = "指標ごとに、日付と値を記録します。表計算ソフトの一覧からも取り込めます。",
    intro_en = "Day and value for each metric. Lists from a workbook can be imported.",
    label = "name",
    department = "department",
    owner = "owner",
    sort = "-measured_on",
    icon = "chart",
    keys = "metric,measured_on"
)]
pub struct Measurement {
    /// Metric and day, for lists and history.
    #[field(ja = "名称", en = "Name", read_only, search)]
    pub name: String,
    /// 指標.
    #[field(ja = "指標", en = "Metric", list, required)]
    pub metric: Ref<Metric>,
    /// The metric's department and who measures, for who may see and change it.
    #[field(ja = "部署", en = "Department", read_only)]
    pub department: Ref<Department>,
    /// Who measures.
    #[field(ja = "測る人", en = "Who measures", read_only)]
    pub owner: Ref<Person>,
    /// 測定日: the last day of the period.
    #[field(
        ja = "測定日",
        en = "Measured on",
        list,
        required,
        help_ja = "数えた期間の最後の日",
        help_en = "The last day of the period counted"
    )]
    pub measured_on: Option<Date>,
    /// 値.
    #[field(ja = "値", en = "Value", list, required)]
    pub value: Option<f64>,
    /// メモ.
    #[field(ja = "メモ", en = "Note", list, search, help_ja = "値が動いた理由など", help_en = "Such as why the value moved")]
    pub note: LongText,
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    Measurement::def().with_hooks(hooks::MeasurementHooks)
}
