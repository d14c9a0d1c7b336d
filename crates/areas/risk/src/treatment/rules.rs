//! What makes a treatment complete.

use jiff::civil::Date;
use mamori_kernel::error::FieldError;
use mamori_kernel::lang::Words;

use super::{Factor, Family, Policy, State};
use crate::appetite::Appetite;
use crate::four_factor::rules::{Inputs, Scale, Threshold, assess};
use crate::ipa::rules::Suggestion;
use crate::matrix::rules::{Frequency, Impact, Matrix};

/// The facts that are judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// 対応方針.
    pub policy: Option<Policy>,
    /// 状態.
    pub state: Option<State>,
    /// 開始日.
    pub starts: Option<Date>,
    /// 期限.
    pub due: Option<Date>,
    /// 完了日.
    pub done_on: Option<Date>,
    /// 費用 in yen.
    pub cost: Option<i64>,
    /// 毎年の費用 in yen.
    pub yearly_cost: Option<i64>,
    /// 使う年数.
    pub years: Option<i64>,
    /// ALE before and after in yen.
    pub ale: (Option<i64>, Option<i64>),
    /// 下げる因子.
    pub factor: Option<Factor>,
    /// 下げた後の値.
    pub lowers_to: Option<i64>,
    /// It stands in for another measure.
    pub compensates: bool,
    /// Why the other cannot be had is given.
    pub says_why_not: bool,
}

/// Most years of use that are counted.
const MOST_YEARS: i64 = 50;

/// Judges a treatment; an empty list means that it may be saved.
///
/// A done treatment has its day, which is not in the future; it is due on or after its start; costs are not negative; and 受容 is not a
/// treatment of this ledger: it needs who and why, which the ledger of acceptances asks for (S2-D6-10).
pub fn judge(facts: &Facts, today: Date) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut reject = |field: &str, ja: &'static str, en: &'static str| {
        errors.push(FieldError { field: field.to_owned(), message: Words::new(ja, en) });
    };
    if facts.policy == Some(Policy::Accept) {
        reject(
            "policy",
            "受容は「リスク受容」の台帳に登録してください。決めた人、理由、見直す日を残すためです。",
            "Please register an acceptance in the ledger “Risk acceptance”: it keeps who decided, why, and when to look again.",
        );
    }
    if let (Some(starts), Some(due)) = (facts.starts, facts.due)
        && due < starts
    {
        reject("due", "期限は開始日以降の日にしてください。", "The due date must not be before the start.");
    }
    if facts.cost.is_some_and(|cost| cost < 0) {
        reject("cost", "費用は0円以上で入力してください。", "The cost cannot be negative.");
    }
    if facts.yearly_cost.is_some_and(|cost| cost < 0) {
        reject("yearly_cost", "毎年の費用は0円以上で入力してください。", "The yearly cost cannot be negative.");
    }
    if facts.years.is_some_and(|years| !(1..=MOST_YEARS).contains(&years)) {
        reject("years", "使う年数は1から50までで入力してください。", "The years of use must be 1 to 50.");
    }
    for (field, loss) in [("ale_before", facts.ale.0), ("ale_after", facts.ale.1)] {
        if loss.is_some_and(|loss| loss < 0) {
            reject(field, "年間予想損失額は0円以上で入力してください。", "The yearly loss cannot be negative.");
        }
    }
    if facts.lowers_to.is_some() && facts.factor.is_none() {
        reject("factor", "どの因子を下げるのかを選んでください。", "Please choose which factor it lowers.");
    }
    if facts.compensates && !facts.says_why_not {
        reject(
            "why_not",
            "本来の対策がなぜできないのかを書いてください。後から、できるようになったかを確かめるためです。",
            "Please say why the technical measure cannot be had, so that somebody can check later whether it can.",
        );
    }
    match (facts.state, facts.done_on) {
        (Some(State::Done), None) => {
            reject("done_on", "完了にするときは、完了日を入力してください。", "Please give the day on which it was done.")
        }
        (_, Some(day)) if day > today => {
            reject("done_on", "完了日に先の日付は使えません。", "The day on which it was done cannot be in the future.")
        }
        (Some(state), Some(_)) if state != State::Done => reject(
            "done_on",
            "完了日があるのに、状態が「完了」になっていません。状態を直すか、完了日を消してください。",
            "There is a day on which it was done, but the state is not “Done”. Change the state or remove the day.",
        ),
        _ => {}
    }
    errors
}

/// Which policy to think of first, by importance × frequency (S2-D6-02): from the four factors, else from the cell of the matrix; `None`
/// while neither is judged.
pub fn suggestion(
    scale: &Scale,
    appetite: Appetite,
    inputs: Option<Inputs>,
    cell: Option<(Impact, Frequency)>,
) -> Option<Suggestion> {
    // A limit that the scale cannot reach still judges: everything lies on one side of it.
    let limit = appetite.score.clamp(scale.lowest(), scale.highest().saturating_sub(1));
    let by_factors = inputs.and_then(|inputs| {
        let threshold = Threshold::new(scale, limit).ok()?;
        assess(scale, threshold, inputs).ok().map(|assessment| assessment.suggestion)
    });
    by_factors.or_else(|| cell.map(|(impact, frequency)| Matrix::default().assess(impact, frequency).suggestion))
}

/// The measures of a risk rely on people alone: there is at least one, and none is technical or physical (S2-D6-15). A measure without a
/// kind is not judged.
pub fn people_only(kinds: &[Option<Family>]) -> bool {
    let told: Vec<Family> = kinds.iter().copied().flatten().collect();
    !told.is_empty() && told.iter().all(|kind| matches!(kind, Family::Human | Family::Organizational))
}

/// What a measure lowers and whether it is done.
pub type Lowering = (Option<Factor>, Option<i64>, bool);

/// The lowest level to which the done measures of a risk bring a factor; `None` when none says so.
pub fn lowered(measures: &[Lowering], factor: Factor) -> Option<i64> {
    measures.iter().filter(|(which, _, done)| *done && *which == Some(factor)).filter_map(|(_, to, _)| *to).min()
}
