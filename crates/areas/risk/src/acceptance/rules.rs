//! Who may accept, for how long, and when the decision must be looked at again.

use jiff::civil::Date;
use mamori_kernel::error::FieldError;
use mamori_kernel::lang::Words;

/// The facts that are judged before a save.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The proposing user's row in the people ledger; empty when he has none.
    pub proposer: String,
    /// Who accepts.
    pub accepted_by: String,
    /// When.
    pub accepted_on: Option<Date>,
    /// Until when.
    pub review_on: Option<Date>,
    /// The asset has a risk value now.
    pub has_value: bool,
}

/// The last day on which an acceptance of `day` may be reviewed: a year later.
pub fn latest_review(day: Date) -> Date {
    day.saturating_add(jiff::Span::new().years(1))
}

/// Judges an acceptance: somebody else than the proposer decides (T22), the review is within a year (S2-D6-10), and there is a value to accept.
pub fn judge(facts: &Facts, today: Date) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut reject = |field: &str, ja: &'static str, en: &'static str| {
        errors.push(FieldError { field: field.to_owned(), message: Words::new(ja, en) });
    };
    if !facts.has_value {
        reject(
            "asset",
            "この情報資産にはまだリスク値がありません。機密性・完全性・可用性、保存先、対策状況チェックを入力してから受け入れてください。",
            "This asset has no risk value yet. Fill in its values, its storage place and the measure check first.",
        );
    }
    if !facts.proposer.is_empty() && facts.proposer == facts.accepted_by {
        reject(
            "accepted_by",
            "提案した本人は、受容を決める人になれません。別の責任者を選んでください。",
            "The person who proposes it cannot decide on it. Please choose somebody else who is responsible.",
        );
    }
    if facts.accepted_on.is_some_and(|day| day > today) {
        reject("accepted_on", "決めた日に先の日付は使えません。", "The day of the decision cannot be in the future.");
    }
    if let (Some(accepted), Some(review)) = (facts.accepted_on, facts.review_on) {
        if review <= accepted {
            reject("review_on", "見直す日は、決めた日より後にしてください。", "The review must be after the decision.");
        } else if review > latest_review(accepted) {
            reject(
                "review_on",
                "見直す日は、決めた日から1年以内にしてください。",
                "The review must be within a year of the decision.",
            );
        }
    }
    errors
}

/// Why a valid acceptance must be looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reconsider {
    /// The review date has come.
    ReviewDue,
    /// The risk is larger than what was accepted.
    Risen,
    /// The method has changed, so the two values cannot be compared.
    MethodChanged,
}

/// Judges a valid acceptance on a day. `accepted` and `now` are risk values with the method version they were made with.
pub fn reconsider(
    review_on: Option<Date>,
    accepted: (Option<i64>, i64),
    now: (Option<i64>, i64),
    today: Date,
) -> Option<Reconsider> {
    if accepted.1 != now.1 {
        return Some(Reconsider::MethodChanged);
    }
    if now.0.unwrap_or_default() > accepted.0.unwrap_or_default() {
        return Some(Reconsider::Risen);
    }
    review_on.is_none_or(|day| day <= today).then_some(Reconsider::ReviewDue)
}
