//! 対策状況チェック: what is done against the threats, question by question – the second of the two small sheets (S2-D4-06).

mod ops;
pub mod pages;
pub mod queries;

use jiff::civil::Date;
use mamori_kernel::i18n;
use mamori_kernel::time;
use mamori_ledger::area::Registry;
use mamori_ledger::hooks::{Button, Hooked, Hooks, Saving};
use mamori_ledger::{Choice, Ledger, LedgerDef, LongText, Record, Ref};
use mamori_store::{Tx, View};

use crate::ipa::rules::Answer;
use crate::neighbours::Person;

pub use ops::answer;
pub(crate) use ops::seed;

/// 対策の種類: the eleven kinds of the sheet (domain.md §1.2).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "measure_kind")]
pub enum MeasureKind {
    /// 1.
    #[choice(code = "organization", ja = "組織的対策", en = "Organisation")]
    Organization,
    /// 2.
    #[choice(code = "people", ja = "人的対策", en = "People")]
    People,
    /// 3.
    #[choice(code = "asset_management", ja = "情報資産管理", en = "Information assets")]
    AssetManagement,
    /// 4.
    #[choice(code = "access_control", ja = "アクセス制御・認証", en = "Access control")]
    AccessControl,
    /// 5.
    #[choice(code = "physical", ja = "物理的対策", en = "Physical security")]
    Physical,
    /// 6.
    #[choice(code = "device_use", ja = "IT機器利用", en = "Use of devices")]
    DeviceUse,
    /// 7.
    #[choice(code = "it_operation", ja = "IT基盤運用管理", en = "IT operation")]
    ItOperation,
    /// 8.
    #[choice(code = "development", ja = "システム開発・保守", en = "Development and maintenance")]
    Development,
    /// 9.
    #[choice(code = "supplier", ja = "委託管理", en = "Suppliers")]
    Supplier,
    /// 10.
    #[choice(code = "incident", ja = "インシデント対応・事業継続", en = "Incidents and continuity")]
    Incident,
    /// 11.
    #[choice(code = "my_number", ja = "個人番号・特定個人情報", en = "My Number")]
    MyNumber,
}

/// 実施状況.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "measure_answer")]
pub enum AnswerChoice {
    /// Done.
    #[choice(
        code = "implemented",
        ja = "実施している",
        en = "Implemented",
        tone = "success",
        meaning_ja = "必要なところすべてで続けている。",
        meaning_en = "Done and kept up wherever it is needed.",
        alias = "1;1:必要な対策をすべて実施している;必要な対策をすべて実施している;実施"
    )]
    Implemented,
    /// Partly done.
    #[choice(
        code = "partial",
        ja = "一部実施している",
        en = "Partly implemented",
        tone = "warning",
        meaning_ja = "しているが、人や場所によって抜けがある。",
        meaning_en = "Done, with gaps by person or place.",
        alias = "2;2:部分的に対策を実施している;部分的に対策を実施している;一部実施"
    )]
    Partial,
    /// Not done.
    #[choice(
        code = "not_implemented",
        ja = "実施していない",
        en = "Not implemented",
        tone = "danger",
        meaning_ja = "していない。",
        meaning_en = "Not done.",
        alias = "3;3:対策を実施していない;対策を実施していない;未実施"
    )]
    NotImplemented,
    /// Not known.
    #[choice(
        code = "unknown",
        ja = "わからない",
        en = "Not known",
        tone = "caution",
        meaning_ja = "調べるまでは、していないものとして扱う。",
        meaning_en = "Counts as not done until somebody finds out."
    )]
    Unknown,
    /// Not applicable.
    #[choice(
        code = "not_applicable",
        ja = "該当しない",
        en = "Does not concern us",
        meaning_ja = "自社にその機器や業務がない。計算から外す。",
        meaning_en = "We have no such equipment or work. Left out of the calculation."
    )]
    NotApplicable,
}

impl AnswerChoice {
    /// The answer of the rules.
    pub fn answer(self) -> Answer {
        match self {
            AnswerChoice::Implemented => Answer::Implemented,
            AnswerChoice::Partial => Answer::Partial,
            AnswerChoice::NotImplemented => Answer::NotImplemented,
            AnswerChoice::Unknown => Answer::Unknown,
            AnswerChoice::NotApplicable => Answer::NotApplicable,
        }
    }
}

/// One row a question. A company may change the wording, add and retire questions.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "weakness_check",
    area = "risk",
    ja = "対策状況チェック",
    en = "Measure check",
    intro_ja = "対策の種類ごとの質問です。答えは「脆弱性」の値になり、すべての資産のリスク値に反映されます。",
    intro_en = "Questions by kind of measure. The answers give the weakness levels and so change the risk of every asset.",
    label = "question",
    owner = "owner",
    sort = "position",
    icon = "check-circle",
    keys = "code; kind,question"
)]
pub struct WeaknessCheck {
    /// 順番.
    #[field(ja = "順番", en = "Order")]
    pub position: Option<i64>,
    /// 質問の記号.
    #[field(ja = "記号", en = "Code", max = 60)]
    pub code: String,
    /// 対策の種類.
    #[field(ja = "対策の種類", en = "Kind of measure", list, required, alias = "情報セキュリティ対策の種類")]
    pub kind: Option<MeasureKind>,
    /// 質問.
    #[field(ja = "質問", en = "Question", list, required, search, alias = "情報セキュリティ診断項目;診断項目")]
    pub question: String,
    /// 実施状況.
    #[field(ja = "実施状況", en = "Answer", list)]
    pub answer: Option<AnswerChoice>,
    /// メモ.
    #[field(
        ja = "メモ",
        en = "Note",
        search,
        help_ja = "どこで抜けているか、誰に聞けばわかるかなど。",
        help_en = "Where the gaps are, who would know."
    )]
    pub note: LongText,
    /// 担当者.
    #[field(ja = "担当者", en = "Owner", list)]
    pub owner: Ref<Person>,
    /// 回答日.
    #[field(ja = "回答日", en = "Answered on", read_only)]
    pub answered_on: Option<Date>,
}

/// Dates an answer and recalculates the assets.
pub struct CheckHooks;

impl Hooks for CheckHooks {
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async move {
            if saving.changed("answer") {
                let day = (!saving.new.get("answer").is_empty()).then(|| time::today(saving.tx.now()));
                saving.new.values.set("answered_on", day.map_or(mamori_ledger::Value::Null, mamori_ledger::Value::Date));
            }
            Ok(())
        })
    }

    fn after_save<'a>(
        &'a self,
        tx: &'a mut Tx,
        registry: &'a Registry,
        old: Option<&'a Record>,
        new: &'a Record,
    ) -> Hooked<'a, ()> {
        Box::pin(async move {
            let counts = old.is_none_or(|old| {
                old.get("answer") != new.get("answer")
                    || old.get("kind") != new.get("kind")
                    || old.is_retired() != new.is_retired()
            });
            if counts { crate::assessment::sheet_changed(tx, registry).await } else { Ok(()) }
        })
    }

    fn list_buttons(&self, view: &View) -> Vec<Button> {
        let label = i18n::t(view.actor().lang, "weakness-check-open");
        vec![Button { label, href: "/risk/check".to_owned(), primary: true }]
    }
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    WeaknessCheck::def().with_hooks(CheckHooks)
}
