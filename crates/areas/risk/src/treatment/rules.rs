//! What makes a treatment complete.

use jiff::civil::Date;
use mamori_kernel::error::FieldError;
use mamori_kernel::lang::Words;

use super::{Policy, State};

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
}

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
