//! リスク: a scenario – asset(s) × threat × weakness – with its numbers by several methods. All scenarios together are the risk register
//! (S2-D5-21..24, S2-D6-01..10).

mod choices;
mod hooks;
pub mod judge;
pub mod ops;
mod panel;
pub mod queries;
pub mod revaluation;
pub mod rules;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;
use mamori_ledger::{Ledger, LedgerDef, LongText, Ref, Refs, ViewDef};

use crate::matrix::rules::{Frequency, Impact};
use crate::neighbours::{Department, InformationAsset, Person};
use crate::threat::Threat;
use crate::treatment::Policy;
use crate::weakness::Weakness;

pub use choices::{MatrixClass, Source, Standing, State};

/// One risk.
#[derive(Ledger, Clone, Debug, Default)]
#[ledger(
    code = "scenario",
    area = "risk",
    ja = "リスク",
    en = "Risk",
    intro_ja = "会社のリスク登録簿です。「どの情報に、何が起きて、どうなるか」を一件ずつ書き、大きさを数字で比べます。何から書けばよいか迷ったら「リスクの候補」から始めます。",
    intro_en = "The company's risk register: what could happen to which information, and how big it would be. Not sure where to begin? Start from the suggestions.",
    label = "title",
    department = "department",
    owner = "owner",
    sort = "-current_value",
    icon = "shield",
    keys = "number; title",
    groups = "what:どんなリスクか:What it is; decide:どうするか:What is done; now:大きさ（今）:How big it is now; stages:対策前・目標・対策後:Before, target, after; matrix:マトリックス:Matrix; money:金額（ALE）:Money (ALE); range:金額の幅:Range of the loss; record:記録:Record"
)]
pub struct Scenario {
    /// 番号, given by the program.
    #[field(ja = "番号", en = "No.", list, read_only, group = "what")]
    pub number: Option<i64>,
    /// リスク in one line.
    #[field(
        ja = "リスク",
        en = "Risk",
        list,
        required,
        search,
        group = "what",
        help_ja = "「何が、どうなって、どうなる」を一行で書きます。例：見積書を別の会社に誤送信して取引を失う",
        help_en = "What happens to what, with which result, in one line."
    )]
    pub title: String,
    /// 筋書き.
    #[field(
        ja = "起こり方",
        en = "How it would happen",
        search,
        group = "what",
        help_ja = "誰が、どのように、何を引き起こすか。後から読む人が思い浮かべられるように書きます。",
        help_en = "Who does what and what follows, so that a later reader can picture it."
    )]
    pub story: LongText,
    /// 情報資産.
    #[field(ja = "情報資産", en = "Assets", group = "what")]
    pub assets: Refs<InformationAsset>,
    /// 部署.
    #[field(
        ja = "部署",
        en = "Department",
        list,
        group = "what",
        help_ja = "空けておくと、最初の情報資産の管理部署になります。",
        help_en = "Left empty, the department of the first asset."
    )]
    pub department: Ref<Department>,
    /// 責任者.
    #[field(
        ja = "リスクの責任者",
        en = "Risk owner",
        list,
        group = "what",
        help_ja = "対応を決めて進める人です。",
        help_en = "Who decides on it and drives it."
    )]
    pub owner: Ref<Person>,
    /// 脅威.
    #[field(ja = "脅威", en = "Threat", group = "what")]
    pub threat: Ref<Threat>,
    /// 弱点.
    #[field(ja = "弱点", en = "Weakness", group = "what")]
    pub weakness: Ref<Weakness>,
    /// 状態.
    #[field(ja = "状態", en = "State", list, required, default = "open", group = "decide")]
    pub state: Option<State>,
    /// 方針 (S2-D6-01).
    #[field(ja = "対応方針", en = "Policy", group = "decide")]
    pub policy: Option<Policy>,
    /// 見つけた日.
    #[field(
        ja = "見つけた日",
        en = "Found on",
        group = "decide",
        help_ja = "空けておくと今日になります。",
        help_en = "Left empty, it is today."
    )]
    pub found_on: Option<Date>,
    /// 見直す日.
    #[field(
        ja = "見直す日",
        en = "Review on",
        group = "decide",
        help_ja = "空けておくと1年後になります。",
        help_en = "Left empty, it is a year later."
    )]
    pub review_on: Option<Date>,
    /// きっかけ.
    #[field(ja = "きっかけ", en = "Came from", read_only, default = "own", group = "decide")]
    pub source: Option<Source>,
    /// Identity of what it came from.
    #[field(ja = "きっかけの記号", en = "Source key", hidden, read_only, group = "decide")]
    pub source_key: String,
    /// 資産価値 now.
    #[field(
        ja = "資産価値",
        en = "Asset value",
        group = "now",
        help_ja = "四つの因子の段階と意味は「尺度」の画面で決めます。標準は0〜2です。",
        help_en = "The page “Scale” holds the levels; the standard is 0 to 2."
    )]
    pub asset_value: Option<i64>,
    /// 脅威 now.
    #[field(ja = "脅威の値", en = "Threat", group = "now", help_ja = "標準は1〜2です。", help_en = "The standard is 1 or 2.")]
    pub threat_level: Option<i64>,
    /// 脆弱性 now.
    #[field(
        ja = "脆弱性の値",
        en = "Weakness level",
        group = "now",
        help_ja = "標準は1〜2です。",
        help_en = "The standard is 1 or 2."
    )]
    pub weakness_level: Option<i64>,
    /// 発生可能性 now.
    #[field(
        ja = "発生可能性",
        en = "Likelihood",
        group = "now",
        help_ja = "標準は1〜3です。",
        help_en = "The standard is 1 to 3."
    )]
    pub likelihood: Option<i64>,
    /// 資産価値 × 脅威 × 脆弱性 × 発生可能性.
    #[field(ja = "現在のリスク値", en = "Current value", list, computed, group = "now")]
    pub current_value: Option<i64>,
    /// 脆弱性 without measures.
    #[field(
        ja = "対策がない場合の脆弱性",
        en = "Weakness without measures",
        group = "stages",
        help_ja = "今ある対策がなかったら、という値です。",
        help_en = "As if today's measures did not exist."
    )]
    pub weakness_before: Option<i64>,
    /// 発生可能性 without measures.
    #[field(ja = "対策がない場合の発生可能性", en = "Likelihood without measures", group = "stages")]
    pub likelihood_before: Option<i64>,
    /// 固有.
    #[field(ja = "固有リスク値", en = "Inherent value", computed, group = "stages")]
    pub inherent_value: Option<i64>,
    /// 脆弱性 aimed at.
    #[field(ja = "目標の脆弱性", en = "Weakness aimed at", group = "stages")]
    pub weakness_target: Option<i64>,
    /// 発生可能性 aimed at.
    #[field(ja = "目標の発生可能性", en = "Likelihood aimed at", group = "stages")]
    pub likelihood_target: Option<i64>,
    /// 目標.
    #[field(ja = "目標のリスク値", en = "Target value", computed, group = "stages")]
    pub target_value: Option<i64>,
    /// 脆弱性 re-assessed.
    #[field(
        ja = "対策後の脆弱性",
        en = "Weakness after measures",
        group = "stages",
        help_ja = "対策が終わってから、評価し直した値です。",
        help_en = "Judged again when the measures are done."
    )]
    pub weakness_after: Option<i64>,
    /// 発生可能性 re-assessed.
    #[field(ja = "対策後の発生可能性", en = "Likelihood after measures", group = "stages")]
    pub likelihood_after: Option<i64>,
    /// 残留.
    #[field(ja = "残留リスク値", en = "Residual value", list, computed, group = "stages")]
    pub residual_value: Option<i64>,
    /// 基準に対して.
    #[field(ja = "受容基準", en = "Against the limit", list, computed, group = "stages")]
    pub standing: Option<Standing>,
    /// 影響 of the matrix.
    #[field(ja = "影響", en = "Impact", group = "matrix")]
    pub impact: Option<Impact>,
    /// 発生確率 of the matrix.
    #[field(ja = "発生確率", en = "Frequency", group = "matrix")]
    pub frequency: Option<Frequency>,
    /// 大中小 of the cell.
    #[field(ja = "マトリックスの大きさ", en = "Band of the matrix", computed, group = "matrix")]
    pub matrix_class: Option<MatrixClass>,
    /// AV.
    #[field(
        ja = "失われる価値（円）",
        en = "Value at stake (yen)",
        group = "money",
        help_ja = "情報や設備を失ったときの価値（AV）です。",
        help_en = "Asset value (AV) of what is lost."
    )]
    pub loss_value: Option<Yen>,
    /// EF in per cent.
    #[field(
        ja = "被害の割合（%）",
        en = "Share hit (%)",
        group = "money",
        help_ja = "価値や人数のうち、1回で被害を受ける割合（EF）です。空けておくと100%です。",
        help_en = "Share of value or persons that one case hits (EF); left empty, 100%."
    )]
    pub exposure: Option<i64>,
    /// Persons in the asset.
    #[field(ja = "個人情報の人数", en = "Persons", group = "money")]
    pub persons: Option<i64>,
    /// Yen for each.
    #[field(ja = "1人あたりの金額（円）", en = "Yen per person", group = "money")]
    pub per_person: Option<Yen>,
    /// Itemised costs.
    #[field(
        ja = "その他の費用の合計（円）",
        en = "Other costs (yen)",
        group = "money",
        help_ja = "対応の人件費、弁護士、お詫び、コールセンターなど、内訳を合計した金額です。",
        help_en = "Sum of an itemised list: staff, lawyers, letters, call centre."
    )]
    pub other_loss: Option<Yen>,
    /// The itemised list behind it, as it was typed.
    #[field(ja = "費用の内訳", en = "Cost table", hidden, max = 20000, group = "money")]
    pub cost_lines: LongText,
    /// ARO.
    #[field(
        ja = "発生の回数（年）",
        en = "Cases a year",
        max = 40,
        group = "money",
        help_ja = "「1/5」は5年に1回、「0.2」も同じ、「3」は年3回です（ARO）。",
        help_en = "“1/5” is once in five years, as is “0.2”; “3” is three times a year (ARO)."
    )]
    pub occurrences: String,
    /// SLE.
    #[field(ja = "1回の損失（SLE）", en = "Loss of one case (SLE)", computed, group = "money")]
    pub sle: Option<Yen>,
    /// ALE.
    #[field(ja = "年間予想損失額（ALE）", en = "Yearly loss (ALE)", list, computed, group = "money")]
    pub ale: Option<Yen>,
    /// Least loss.
    #[field(
        ja = "1回の損失・最も小さい場合",
        en = "One case, least",
        group = "range",
        help_ja = "三つの金額と「発生の回数」を入れると、1万回の試行でばらつきを調べます。",
        help_en = "With three amounts and the cases a year, ten thousand tries show the spread."
    )]
    pub loss_least: Option<Yen>,
    /// Likely loss.
    #[field(ja = "1回の損失・ありそうな場合", en = "One case, likely", group = "range")]
    pub loss_likely: Option<Yen>,
    /// Largest loss.
    #[field(ja = "1回の損失・最も大きい場合", en = "One case, most", group = "range")]
    pub loss_most: Option<Yen>,
    /// Mean of the simulation.
    #[field(ja = "年間損失の平均（試行）", en = "Mean yearly loss (simulated)", computed, group = "range")]
    pub ale_mean: Option<Yen>,
    /// 95 % figure.
    #[field(
        ja = "年間予想損失額の95%値（試行）",
        en = "95% figure of the expected yearly loss (simulated)",
        computed,
        group = "range"
    )]
    pub ale_p95: Option<Yen>,
    /// Highest IPA value of its assets.
    #[field(ja = "IPA方式のリスク値", en = "IPA risk value", computed, group = "record")]
    pub ipa_value: Option<i64>,
    /// Version of the scale used.
    #[field(ja = "尺度の版", en = "Scale version", read_only, group = "record")]
    pub method: Option<i64>,
    /// Accepted while it happens at most so often a year.
    #[field(ja = "受容の上限回数（年度）", en = "Accepted cases a year", read_only, group = "record")]
    pub limit_count: Option<i64>,
    /// Times in this fiscal year.
    #[field(ja = "今年度に起きた回数", en = "Times this fiscal year", group = "record")]
    pub happened: Option<i64>,
}

/// The ledger.
pub fn ledger() -> LedgerDef {
    let view = |code, words, columns: &[&'static str], query| ViewDef { code, words, columns: columns.to_vec(), query };
    let usual = ["number", "title", "department", "owner", "state", "current_value", "residual_value", "standing", "review_on"];
    Scenario::def()
        .with_hooks(hooks::ScenarioHooks)
        .with_view(view(
            "above",
            Words::new("基準を超えるもの", "Above the limit"),
            &usual,
            "f.standing=above&f.state=open&f.state=treating&sort=-current_value",
        ))
        .with_view(view(
            "values",
            Words::new("対策前・今・目標・対策後", "Before, now, target, after"),
            &["number", "title", "inherent_value", "current_value", "target_value", "residual_value", "standing", "state"],
            "sort=-inherent_value",
        ))
        .with_view(view(
            "money",
            Words::new("金額で見る", "In money"),
            &["number", "title", "sle", "occurrences", "ale", "ale_mean", "ale_p95", "state"],
            "sort=-ale",
        ))
        .with_view(view(
            "methods",
            Words::new("評価方法を並べる", "Methods side by side"),
            &["number", "title", "ipa_value", "current_value", "matrix_class", "ale", "ale_p95"],
            "sort=-current_value",
        ))
        .with_view(view(
            "review",
            Words::new("見直しの順", "By review date"),
            &usual,
            "f.state=open&f.state=treating&f.state=accepted&sort=review_on",
        ))
}
