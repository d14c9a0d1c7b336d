//! The words of a scenario: where it came from, how far it is, how it stands.

use mamori_ledger::Choice;

/// Where a scenario came from.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(set = "scenario_source")]
pub enum Source {
    /// Accepted from the suggestions.
    #[choice(code = "suggested", ja = "候補から", en = "Suggestion")]
    Suggested,
    /// Thought of by a person.
    #[default]
    #[choice(code = "own", ja = "自社で発案", en = "Own idea")]
    Own,
    /// From a STRIDE worksheet.
    #[choice(code = "stride", ja = "STRIDE分析", en = "STRIDE worksheet")]
    Stride,
    /// From an attack tree.
    #[choice(code = "attack_tree", ja = "アタックツリー", en = "Attack tree")]
    AttackTree,
    /// From a check.
    #[choice(code = "check", ja = "点検", en = "Check")]
    Check,
    /// From the review of a new service or system.
    #[choice(code = "review", ja = "新サービスの審査", en = "Review of something new")]
    Review,
    /// From another company's accident.
    #[choice(code = "case", ja = "他社の事例", en = "Another company's case")]
    Case,
    /// From an incident of our own.
    #[choice(code = "incident", ja = "自社の事故・ヒヤリハット", en = "Own incident or near miss")]
    Incident,
}

/// How far it is.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "scenario_state")]
pub enum State {
    /// 検討中.
    #[choice(
        code = "open",
        ja = "検討中",
        en = "Open",
        tone = "info",
        meaning_ja = "どう対応するかがまだ決まっていない。",
        meaning_en = "What to do about it is not decided yet."
    )]
    Open,
    /// 対応中.
    #[choice(
        code = "treating",
        ja = "対応中",
        en = "Being treated",
        tone = "warning",
        alias = "対策中",
        meaning_ja = "対策を決めて進めている。",
        meaning_en = "Measures are decided and under way."
    )]
    Treating,
    /// 受容中.
    #[choice(
        code = "accepted",
        ja = "受容中",
        en = "Accepted",
        tone = "success",
        meaning_ja = "承認を得て、期限まで受け入れている。承認の手続きで付く。",
        meaning_en = "Accepted until a date, with an approval; set by the approval."
    )]
    Accepted,
    /// 終了.
    #[choice(
        code = "closed",
        ja = "終了",
        en = "Closed",
        tone = "neutral",
        meaning_ja = "情報や仕事がなくなり、もう起こらない。",
        meaning_en = "The information or work is gone; it can no longer happen."
    )]
    Closed,
}

/// Against the appetite.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "scenario_standing")]
pub enum Standing {
    /// 基準を超える.
    #[choice(code = "above", ja = "基準を超える", en = "Above the limit", tone = "danger")]
    Above,
    /// 基準以内.
    #[choice(code = "acceptable", ja = "基準以内", en = "Within the limit", tone = "success")]
    Acceptable,
    /// 未評価.
    #[choice(code = "unknown", ja = "未評価", en = "Not judged", tone = "neutral")]
    Unknown,
}

/// Band of the matrix's cell.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(set = "scenario_matrix_class")]
pub enum MatrixClass {
    /// 大.
    #[choice(code = "high", ja = "大", en = "Large", tone = "danger", meaning_ja = "順位1〜3", meaning_en = "Places 1 to 3")]
    High,
    /// 中.
    #[choice(code = "middle", ja = "中", en = "Middle", tone = "warning", meaning_ja = "順位4〜6", meaning_en = "Places 4 to 6")]
    Middle,
    /// 小.
    #[choice(code = "low", ja = "小", en = "Small", tone = "success", meaning_ja = "順位7〜9", meaning_en = "Places 7 to 9")]
    Low,
}
