//! The answer to one of the six questions for one part.

use mamori_ledger::{Choice, Ledger, LongText, Ref};
use mamori_ui::tone::Tone;

use super::{StrideElement, StrideModel};
use crate::neighbours::{Department, Scenario, Stride};

/// The verdict (S2-D5-03: good and weak points).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "stride_verdict")]
pub enum Verdict {
    /// Cannot happen here.
    #[choice(
        code = "not_applicable",
        ja = "起こらない",
        en = "Cannot happen",
        tone = "neutral",
        meaning_ja = "この部品では起こりようがない",
        meaning_en = "It cannot happen to this part"
    )]
    NotApplicable,
    /// Good.
    #[choice(
        code = "fine",
        ja = "守れている",
        en = "Guarded",
        tone = "success",
        meaning_ja = "起こりうるが、対策がある（何があるかをメモに）",
        meaning_en = "It could happen, and we guard against it (say how in the note)"
    )]
    Fine,
    /// Weak.
    #[choice(
        code = "weak",
        ja = "弱い",
        en = "Weak",
        tone = "danger",
        meaning_ja = "対策がない、または足りない。リスクに登録する",
        meaning_en = "No measure or not enough: register a risk"
    )]
    Weak,
    /// Not known.
    #[choice(
        code = "unknown",
        ja = "わからない",
        en = "Not known",
        tone = "warning",
        meaning_ja = "調べないと言えない（誰に聞くかをメモに）",
        meaning_en = "Somebody has to find out (say whom to ask in the note)"
    )]
    Unknown,
}

impl Verdict {
    /// Its colour.
    pub fn tone(self) -> Tone {
        match self {
            Verdict::NotApplicable => Tone::Neutral,
            Verdict::Fine => Tone::Success,
            Verdict::Weak => Tone::Danger,
            Verdict::Unknown => Tone::Warning,
        }
    }

    /// Its sign in the grid: never the colour alone.
    pub fn sign(self) -> &'static str {
        match self {
            Verdict::NotApplicable => "－",
            Verdict::Fine => "○",
            Verdict::Weak => "×",
            Verdict::Unknown => "？",
        }
    }
}

/// One cell of the sheet.
#[derive(Clone, Debug, Default, PartialEq, Ledger)]
#[ledger(
    code = "stride_verdict",
    area = "threats",
    ja = "STRIDEの判定",
    en = "STRIDE verdict",
    intro_ja = "STRIDE分析の判定です。部品と問いの組ごとに1行あります。ワークシートの画面で入力します。",
    intro_en = "The verdicts of STRIDE analyses, one row for each part and question. They are entered on the sheet.",
    label = "name",
    department = "department",
    sort = "name",
    icon = "grid",
    managed
)]
pub struct StrideVerdict {
    /// Part and letter, for lists.
    #[field(ja = "部品と問い", en = "Part and question", read_only, search, list, max = 200)]
    pub name: String,
    /// 対象.
    #[field(ja = "対象", en = "Subject", read_only, list)]
    pub model: Ref<StrideModel>,
    /// 部品.
    #[field(ja = "部品", en = "Part", read_only)]
    pub element: Ref<StrideElement>,
    /// 問い.
    #[field(ja = "問い", en = "Question", read_only, list)]
    pub letter: Option<Stride>,
    /// 判定.
    #[field(ja = "判定", en = "Verdict", list)]
    pub verdict: Option<Verdict>,
    /// メモ.
    #[field(ja = "メモ", en = "Note", search, list)]
    pub note: LongText,
    /// リスク.
    #[field(ja = "登録したリスク", en = "Registered risk", read_only)]
    pub scenario: Ref<Scenario>,
    /// The subject's department, for who may see it.
    #[field(ja = "管理部署", en = "Department", read_only)]
    pub department: Ref<Department>,
}
