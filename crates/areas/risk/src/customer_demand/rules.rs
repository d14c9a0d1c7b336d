//! What makes a demand complete.

use jiff::civil::Date;
use mamori_kernel::error::FieldError;
use mamori_kernel::lang::Words;

use super::State;

/// The facts that are judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// 状態.
    pub state: Option<State>,
    /// Received.
    pub received_on: Option<Date>,
    /// Due.
    pub due: Option<Date>,
    /// Closed.
    pub closed_on: Option<Date>,
    /// An answer is written.
    pub answered: bool,
    /// Sales at stake, in yen.
    pub at_stake: Option<i64>,
}

/// Judges a demand: what is answered or over says how, and days follow each other.
pub fn judge(facts: &Facts, today: Date) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut reject = |field: &str, ja: &'static str, en: &'static str| {
        errors.push(FieldError { field: field.to_owned(), message: Words::new(ja, en) });
    };
    if facts.received_on.is_some_and(|day| day > today) {
        reject("received_on", "受け付けた日に先の日付は使えません。", "The day of receipt cannot be in the future.");
    }
    if let (Some(received), Some(due)) = (facts.received_on, facts.due)
        && due < received
    {
        reject("due", "期限は受け付けた日以降の日にしてください。", "The due date must not be before the receipt.");
    }
    if facts.at_stake.is_some_and(|yen| yen < 0) {
        reject("at_stake", "金額は0円以上で入力してください。", "The amount cannot be negative.");
    }
    let over = facts.state.is_some_and(|state| !state.is_open());
    if !facts.answered && (over || facts.state == Some(State::Answered)) {
        reject(
            "answer",
            "何と答えたか（見送ったときはその理由）を書いてください。次に同じ要求が来たときに使えます。",
            "Please write what was answered, or why it was declined: the next such demand can use it.",
        );
    }
    match facts.closed_on {
        Some(_) if !over => reject(
            "closed_on",
            "終わった日があるのに、状態が「了承」か「見送り」になっていません。状態を直すか、日付を消してください。",
            "There is a day on which it was closed, but the state is still open. Change the state or remove the day.",
        ),
        Some(day) if day > today => {
            reject("closed_on", "終わった日に先の日付は使えません。", "The day of closing cannot be in the future.")
        }
        Some(day) if facts.received_on.is_some_and(|received| day < received) => {
            reject("closed_on", "終わった日は受け付けた日以降の日にしてください。", "It cannot be closed before it was received.")
        }
        _ => {}
    }
    errors
}
