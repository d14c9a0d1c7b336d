//! 回答: the answer to one item of a check, with what shows it.

pub mod queries;

use jiff::civil::Date;
use mamori_ledger::{Ledger, LedgerDef, LongText, Ref};

use crate::check::Check;
use crate::shape::pointing;

/// An answer. Made when something is entered, so that an untouched check has none.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "check_answer",
    area = "checklist",
    ja = "点検の回答",
    en = "Answer of a check",
    label = "question",
    department = "department",
    owner = "owner",
    sort = "sheet",
    icon = "list",
    managed,
    intro_ja = "それぞれの質問への回答です。回答は点検の画面から入力します。ここでは証拠のファイルとコメントを付けられます。",
    intro_en = "The answers to the questions. They are entered on the page of the check; here files and comments are added."
)]
pub struct CheckAnswer {
    /// Short name of the item when it was answered.
    #[field(ja = "質問", en = "Question", list, search, max = 400)]
    pub question: String,
    /// The check.
    #[field(ja = "点検", en = "Check", list, required)]
    pub sheet: Ref<Check>,
    /// Code of the item.
    #[field(ja = "記号", en = "Code", required, max = 60)]
    pub item: String,
    /// Code of the option, or what was typed.
    #[field(ja = "回答（記号）", en = "Answer (code)", list, max = 2000)]
    pub answer: LongText,
    /// Level today, for tiers.
    #[field(ja = "現在", en = "As is", list)]
    pub as_is: Option<i64>,
    /// Level to be reached.
    #[field(ja = "目標", en = "To be", list)]
    pub to_be: Option<i64>,
    /// Remark.
    #[field(ja = "メモ", en = "Note", list, search, max = 4000)]
    pub note: LongText,
    /// Where it can be seen.
    #[field(ja = "証拠", en = "Evidence", search, max = 4000)]
    pub evidence: LongText,
    /// Row of who answered in the people ledger.
    #[field(ja = "回答した人（社員）", en = "Answered by (person)", hidden)]
    pub assessor: String,
    /// Who answered.
    #[field(ja = "回答した人", en = "Answered by", list)]
    pub assessor_name: String,
    /// The day.
    #[field(ja = "回答日", en = "Answered on", list)]
    pub answered_on: Option<Date>,
    /// Who reviewed it.
    #[field(ja = "確認した人", en = "Reviewed by")]
    pub reviewed_by: String,
    /// Department of the check, for who may see it.
    #[field(ja = "部署", en = "Department", hidden)]
    pub department: String,
    /// Who answers for the check, for who may see it.
    #[field(ja = "答える人", en = "Owner", hidden)]
    pub owner: String,
}

/// The ledger.
pub(crate) fn ledger(area: &'static str) -> LedgerDef {
    let mut def = pointing(<CheckAnswer as Ledger>::def(), "department", &["department"]);
    def = pointing(def, "person", &["owner", "assessor"]);
    def.area = area;
    def
}
