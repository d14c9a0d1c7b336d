//! What makes an amount of the budget complete.

use jiff::civil::Date;
use mamori_kernel::error::FieldError;
use mamori_kernel::lang::Words;

use super::State;
use crate::neighbours::money::Payment;
use crate::neighbours::quantity::LARGEST;

/// The facts that are judged.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    pub year: Option<i64>,
    pub payment: Option<Payment>,
    pub amount: Option<i64>,
    pub spent: Option<i64>,
    pub spent_on: Option<Date>,
    /// As stored before; `None` for a new one.
    pub state: Option<State>,
    /// The amount, year or class differs from what is stored.
    pub reworked: bool,
}

/// Judges an amount; an empty list means that it may be saved.
pub(super) fn judge(facts: &Facts, today: Date) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut reject = |field: &str, message: Words| errors.push(FieldError { field: field.to_owned(), message });
    if facts.year.is_some_and(|year| !(2000..=2100).contains(&year)) {
        reject(
            "fiscal_year",
            Words::new("年度は西暦4桁（2000〜2100）で入力してください。", "Enter the fiscal year as four digits, 2000 to 2100."),
        );
    }
    for (field, amount) in [("amount", facts.amount), ("spent", facts.spent)] {
        if amount.is_some_and(|amount| !(0..=LARGEST.0).contains(&amount)) {
            reject(field, Words::new("金額は0円以上、1,000兆円以下で入力してください。", "Enter ¥0 to ¥1,000,000,000,000,000."));
        }
    }
    if facts.payment == Some(Payment::Free) && facts.amount.is_some_and(|amount| amount > 0) {
        reject(
            "payment",
            Words::new(
                "「無償」なのに予定額があります。有償に変えるか、予定額を0円にしてください。",
                "It is “free” but has an amount. Make it paid, or set the amount to ¥0.",
            ),
        );
    }
    if facts.reworked && matches!(facts.state, Some(State::Requested | State::Approved | State::Spent)) {
        reject(
            "amount",
            Words::new(
                "申請した後の予算項目は、年度・区分・予定額を変えられません。申請を取り下げるか、追加の項目を登録してください。",
                "Year, class and amount of an item that was requested stay. Withdraw the request, or add another item.",
            ),
        );
    }
    match (facts.spent, facts.spent_on) {
        (None | Some(0), Some(_)) => reject(
            "spent",
            Words::new(
                "支出日があります。支出額も入力してください。",
                "There is a day of spending. Please give the amount as well.",
            ),
        ),
        (_, Some(day)) if day > today => {
            reject("spent_on", Words::new("支出日に先の日付は使えません。", "The day of spending cannot be in the future."));
        }
        _ => {}
    }
    errors
}

/// The state after a save: spending is the last step, taking it back leads to where the money stood.
pub(super) fn state(now: State, spent: Option<i64>, approved: Option<i64>) -> State {
    match (now, spent.unwrap_or_default() > 0) {
        (_, true) => State::Spent,
        (State::Spent, false) if approved.is_some() => State::Approved,
        (State::Spent, false) => State::Planned,
        (other, false) => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use jiff::civil::date;

    fn wrong(facts: Facts) -> Vec<String> {
        judge(&facts, date(2026, 11, 20)).into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn impossible_amounts_are_named() {
        let fine = Facts { year: Some(2026), payment: Some(Payment::Paid), amount: Some(100), ..Facts::default() };
        assert!(wrong(fine).is_empty());
        assert_eq!(wrong(Facts { year: Some(26), ..fine }), ["fiscal_year"]);
        assert_eq!(wrong(Facts { amount: Some(-1), spent: Some(-1), ..fine }), ["amount", "spent"]);
        assert_eq!(wrong(Facts { payment: Some(Payment::Free), ..fine }), ["payment"]);
        assert_eq!(wrong(Facts { spent_on: Some(date(2026, 11, 1)), ..fine }), ["spent"]);
        assert_eq!(wrong(Facts { spent: Some(1), spent_on: Some(date(2026, 11, 21)), ..fine }), ["spent_on"]);
    }

    #[test]
    fn what_was_requested_keeps_its_amount() {
        let facts = |state| Facts { state: Some(state), reworked: true, amount: Some(1), ..Facts::default() };
        assert!(wrong(facts(State::Planned)).is_empty());
        for state in [State::Requested, State::Approved, State::Spent] {
            assert_eq!(wrong(facts(state)), ["amount"]);
        }
    }

    #[test]
    fn spending_moves_the_state_and_back() {
        assert_eq!(state(State::Approved, Some(10), Some(10)), State::Spent);
        assert_eq!(state(State::Spent, None, Some(10)), State::Approved);
        assert_eq!(state(State::Spent, Some(0), None), State::Planned);
        assert_eq!(state(State::Requested, None, None), State::Requested);
    }
}
