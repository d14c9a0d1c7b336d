//! 点検: one catalogue, asked about something, on a day, by somebody.

mod hooks;
pub mod next;
pub mod ops;
pub mod queries;
pub mod rules;
pub mod today;

use jiff::civil::Date;
use mamori_kernel::lang::Words;
use mamori_ledger::{Choice, FieldDef, Flags, Kind, Ledger, LedgerDef, LongText, Ref, ViewDef};

use crate::contract::Checks;
use crate::shape::{choosing, pointing};

/// 状態.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "check_state")]
pub enum State {
    /// Nothing answered yet.
    #[choice(code = "draft", ja = "これから", en = "Not begun", tone = "neutral")]
    Draft,
    /// Under way.
    #[choice(code = "open", ja = "回答中", en = "Being answered", tone = "accent")]
    Open,
    /// The one who answers is done.
    #[choice(code = "answered", ja = "確認待ち", en = "To be reviewed", tone = "warning")]
    Answered,
    /// Somebody else has looked at it.
    #[choice(code = "reviewed", ja = "確認済み", en = "Reviewed", tone = "success")]
    Reviewed,
    /// Nothing more to do.
    #[choice(code = "closed", ja = "終了", en = "Closed", tone = "neutral")]
    Closed,
}

impl State {
    /// Answers may be changed.
    pub fn takes_answers(self) -> bool {
        matches!(self, State::Draft | State::Open)
    }
}

/// 方法: how the answers were found.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "check_method")]
pub enum Method {
    /// By those concerned.
    #[choice(code = "self", ja = "自己点検", en = "Self-check")]
    OneSelf,
    /// By asking.
    #[choice(code = "interview", ja = "聞き取り", en = "Interview")]
    Interview,
    /// By reading documents.
    #[choice(code = "document", ja = "書類の確認", en = "Documents")]
    Document,
    /// By looking.
    #[choice(code = "site", ja = "現地・画面の確認", en = "Seen on the spot")]
    Site,
}

/// A check.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "check",
    table = "check_sheet",
    area = "checklist",
    ja = "点検",
    en = "Check",
    label = "title",
    sub_label = "scope",
    department = "department",
    owner = "owner",
    sort = "-held_on",
    icon = "check-circle",
    groups = "what:何を点検するか:What is checked; who:だれが、いつ:Who and when; result:結果:Result",
    intro_ja = "決まった質問に答えて、できている所と足りない所を見つけます。途中で止めても、答えた分は残ります。",
    intro_en = "Answer set questions and find what is in place and what is missing. You can stop at any time; answers stay."
)]
pub struct Check {
    /// 名前.
    #[field(
        ja = "点検の名前",
        en = "Name",
        list,
        search,
        required,
        group = "what",
        max = 200,
        help_ja = "例：勤怠システムの点検",
        help_en = "Such as: check of the attendance system"
    )]
    pub title: String,
    /// Id of the catalogue.
    #[field(ja = "使う点検表", en = "Checklist", list, required, group = "what")]
    pub catalogue: String,
    /// Version of the catalogue, for ever.
    #[field(ja = "点検表の版", en = "Version of the checklist", read_only, group = "what")]
    pub edition: String,
    /// 範囲.
    #[field(
        ja = "範囲",
        en = "Scope",
        list,
        search,
        group = "what",
        max = 300,
        help_ja = "場所・システム・人など。前回と同じ書き方にすると、前回と比べられます。",
        help_en = "Places, systems, people. Written as last time, it can be compared with last time."
    )]
    pub scope: String,
    /// Department.
    #[field(ja = "部署", en = "Department", list, group = "who")]
    pub department: String,
    /// Who answers.
    #[field(ja = "答える人", en = "Answered by", list, group = "who")]
    pub owner: String,
    /// Who else was asked.
    #[field(
        ja = "話を聞いた人",
        en = "People asked",
        search,
        group = "who",
        max = 500,
        help_ja = "社外の人は会社名と名前",
        help_en = "For outsiders, company and name"
    )]
    pub respondents: String,
    /// 方法.
    #[field(ja = "方法", en = "Method", group = "who")]
    pub method: Flags<Method>,
    /// 点検日.
    #[field(
        ja = "点検日",
        en = "Date",
        list,
        group = "who",
        help_ja = "空けておくと今日になります。",
        help_en = "Left empty, it is today."
    )]
    pub held_on: Option<Date>,
    /// 期限.
    #[field(ja = "回答の期限", en = "Due", list, group = "who")]
    pub due: Option<Date>,
    /// 状態.
    #[field(ja = "状態", en = "State", list, read_only, group = "result", default = "draft")]
    pub state: Option<State>,
    /// Answered, in per cent.
    #[field(ja = "回答率（%）", en = "Answered (%)", list, read_only, group = "result")]
    pub progress: Option<i64>,
    /// Score, in per cent.
    #[field(ja = "達成率（%）", en = "Score (%)", list, read_only, group = "result")]
    pub score: Option<i64>,
    /// Answers "not known".
    #[field(ja = "わからない", en = "Not known", read_only, group = "result")]
    pub not_known: Option<i64>,
    /// Answers that show something to mend.
    #[field(ja = "直すところ", en = "To mend", list, read_only, group = "result")]
    pub findings: Option<i64>,
    /// 所見.
    #[field(ja = "所見", en = "Remarks", search, group = "result")]
    pub remark: LongText,
    /// Who finished answering.
    #[field(ja = "回答を終えた人（社員）", en = "Finished by (person)", hidden)]
    pub answered_by: String,
    /// Name of who finished answering.
    #[field(ja = "回答を終えた人", en = "Finished by", read_only, group = "result")]
    pub answered_name: String,
    /// The day.
    #[field(ja = "回答を終えた日", en = "Finished on", read_only, group = "result")]
    pub answered_on: Option<Date>,
    /// Who reviewed it.
    #[field(ja = "確認した人", en = "Reviewed by", read_only, group = "result")]
    pub reviewed_name: String,
    /// The day.
    #[field(ja = "確認した日", en = "Reviewed on", read_only, group = "result")]
    pub reviewed_on: Option<Date>,
    /// The check before this one.
    #[field(ja = "前回の点検", en = "The check before", read_only, group = "what")]
    pub continues: Ref<Check>,
    /// Address of the row whose process made this check; empty for checks of their own.
    #[field(ja = "元の手続き", en = "Made for", hidden)]
    pub made_for: String,
}

/// The ledger, as the areas shape it.
pub(crate) fn ledger(checks: &Checks, area: &'static str) -> LedgerDef {
    let words = checks.all().into_iter().map(|catalogue| (catalogue.id.clone(), catalogue.name.clone())).collect();
    let mut def = choosing(<Check as Ledger>::def(), "catalogue", "check_catalogue", words);
    def = pointing(def, "department", &["department"]);
    def = pointing(def, "person", &["owner", "answered_by"]);
    def.area = area;
    let at = def.fields.iter().position(|field| field.code == "scope").map_or(def.fields.len(), |at| at + 1);
    for (n, subject) in checks.subjects().iter().enumerate() {
        let mut field = FieldDef::new(subject.code, subject.words.clone(), Kind::Ref);
        field.target = Some(subject.ledger);
        field.group = "what".into();
        def.fields.insert(at + n, field);
    }
    let columns = vec!["title", "catalogue", "scope", "owner", "due", "state", "progress", "score", "findings"];
    def.with_hooks(hooks::CheckHooks)
        .with_view(ViewDef {
            code: "open",
            words: Words::new("回答中", "Open"),
            columns: columns.clone(),
            query: "f.state=draft&f.state=open&sort=due",
        })
        .with_view(ViewDef {
            code: "review",
            words: Words::new("確認待ち", "To be reviewed"),
            columns,
            query: "f.state=answered&sort=held_on",
        })
}
