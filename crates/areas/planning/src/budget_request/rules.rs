//! What may be changed when, and what may be asked for.

use mamori_approval::Outcome;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;

use super::State;
use crate::budget::rules::Item;
use crate::budget_item::State as ItemState;

/// The state after a decision.
pub(super) fn after(outcome: Outcome) -> State {
    match outcome {
        Outcome::Approved => State::Approved,
        Outcome::Returned => State::Returned,
        Outcome::Rejected => State::Rejected,
        // Nobody judged it: the author may change it and ask again.
        Outcome::Withdrawn | Outcome::Expired => State::Draft,
    }
}

/// Refuses what cannot be asked for: a request that is under way or decided, without items, or with items of another request.
pub(super) fn may_propose(state: State, wanted: usize, items: &[Item]) -> Result<()> {
    if !state.is_open() {
        return Err(Error::refused(
            "この申請書は、いまは承認を依頼できません。状態を確かめてください。",
            "Approval cannot be asked for in the present state of this request.",
        ));
    }
    if wanted == 0 {
        return Err(Error::refused(
            "予算項目がありません。申請する項目を選んでから依頼してください。",
            "There are no budget items. Choose what to ask for first.",
        ));
    }
    if items.len() < wanted {
        return Err(Error::refused(
            "使用をやめた予算項目が含まれています。申請書を編集して外してください。",
            "It names items that were taken out of use. Edit the request and leave them out.",
        ));
    }
    if let Some(item) = items.iter().find(|item| item.state != ItemState::Planned) {
        return Err(Error::Refused(Words::owned(
            format!(
                "予算項目「{}」は、ほかの申請で申請中か、すでに承認・支出済みです。申請書を編集して外してください。",
                item.title
            ),
            format!("“{}” is in another request, granted or spent already. Edit the request and leave it out.", item.title),
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::neighbours::money::{Class, Payment};
    use mamori_kernel::yen::Yen;

    fn item(state: ItemState) -> Item {
        Item {
            id: "a".into(),
            title: "多要素認証".into(),
            year: 2026,
            class: Class::Before,
            payment: Payment::Paid,
            spot: false,
            amount: Yen(1),
            approved: Yen::ZERO,
            spent: Yen::ZERO,
            state,
            treatment: String::new(),
        }
    }

    #[test]
    fn only_a_whole_open_request_with_free_items_may_be_proposed() {
        let fine = [item(ItemState::Planned)];
        assert!(may_propose(State::Draft, 1, &fine).is_ok() && may_propose(State::Returned, 1, &fine).is_ok());
        assert!(may_propose(State::Approved, 1, &fine).is_err());
        assert!(may_propose(State::Draft, 0, &[]).is_err());
        assert!(may_propose(State::Draft, 2, &fine).is_err());
        let words = may_propose(State::Draft, 1, &[item(ItemState::Approved)]).unwrap_err().words();
        assert!(words.ja.contains("多要素認証"));
    }

    #[test]
    fn a_request_nobody_judged_is_a_draft_again() {
        assert_eq!(after(Outcome::Expired), State::Draft);
        assert_eq!(after(Outcome::Withdrawn), State::Draft);
        assert_eq!(after(Outcome::Returned), State::Returned);
    }
}
