//! Which route an amount takes, and what a route and a step must have.

use mamori_kernel::error::FieldError;
use mamori_kernel::lang::Words;

/// Longest time for one step, in working days: longer ones are forgotten, not decided.
pub const MOST_DAYS: i64 = 120;

/// The place of the route for an amount among lower bounds in yen: the highest bound not above it. An amount below every bound, or none
/// at all, takes the lowest route, so that nothing is ever approved by nobody. `None` only without any route.
pub fn pick(bounds: &[i64], amount: Option<i64>) -> Option<usize> {
    let lowest = bounds.iter().enumerate().min_by_key(|(_, bound)| **bound)?.0;
    let amount = amount.unwrap_or(i64::MIN);
    let fitting = bounds.iter().enumerate().filter(|(_, bound)| **bound <= amount).max_by_key(|(_, bound)| **bound);
    Some(fitting.map_or(lowest, |(place, _)| place))
}

/// Up to where each route reaches (not included), in the order given; `None` reaches without end.
pub fn ends(bounds: &[i64]) -> Vec<Option<i64>> {
    bounds.iter().map(|own| bounds.iter().filter(|other| *other > own).min().copied()).collect()
}

/// What is wrong with a route's amount, given the bounds of the other routes of its kind.
pub fn judge_bound(own: i64, others: &[i64]) -> Option<FieldError> {
    let message = if own < 0 {
        Words::new("金額は0円以上で入力してください。", "The amount must be 0 yen or more.")
    } else if others.contains(&own) {
        Words::new(
            "同じ対象に、同じ金額から始まるルートがすでにあります。金額を変えるか、そのルートを直してください。",
            "Another route of this kind begins at the same amount. Please choose another amount or change that route.",
        )
    } else {
        return None;
    };
    Some(FieldError { field: "from_amount".to_owned(), message })
}

/// What is wrong with a step: `named` counts who it names, `days` are the working days.
pub fn judge_step(named: usize, days: Option<i64>, position: i64) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: Words| errors.push(FieldError { field: field.to_owned(), message });
    if named == 0 {
        wrong(
            "roles",
            Words::new(
                "だれが決める段かを選んでください。部門の責任者、役割、人のうち、少なくとも一つが必要です。",
                "Please say who decides: the department head, a role or a person; at least one of them.",
            ),
        );
    }
    if days.is_some_and(|days| !(0..=MOST_DAYS).contains(&days)) {
        wrong("days", Words::new("営業日数は0から120までで入力してください。", "Working days must be between 0 and 120."));
    }
    if !(1..=99).contains(&position) {
        wrong("position", Words::new("順番は1から99までで入力してください。", "The order must be between 1 and 99."));
    }
    errors
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_amount_takes_the_route_that_begins_below_it() {
        // 200万円 is the threshold of S2-D6-09; ALE 150万円 stays below it.
        let bounds = [0, 2_000_000];
        assert_eq!(pick(&bounds, Some(1_500_000)), Some(0));
        assert_eq!(pick(&bounds, Some(1_999_999)), Some(0));
        assert_eq!(pick(&bounds, Some(2_000_000)), Some(1), "the bound itself belongs to the higher route");
        assert_eq!(pick(&bounds, None), Some(0));
        assert_eq!(pick(&[2_000_000], Some(1)), Some(0), "nothing is approved by nobody");
        assert_eq!(pick(&[], Some(1)), None);
        assert_eq!(ends(&[2_000_000, 0]), [None, Some(2_000_000)]);
    }

    #[test]
    fn a_step_names_somebody_and_a_bound_is_there_once() {
        assert_eq!(judge_step(0, Some(500), 0).len(), 3);
        assert!(judge_step(1, None, 1).is_empty());
        assert!(judge_bound(-1, &[]).is_some());
        assert!(judge_bound(100, &[0, 100]).is_some());
        assert!(judge_bound(100, &[0]).is_none());
    }

    proptest! {
        /// Every amount from the lowest bound on lies in exactly one route: no gap, no overlap.
        #[test]
        fn amounts_have_no_gaps(set in prop::collection::btree_set(0_i64..1_000_000, 1..8), over in 0_i64..2_000_000) {
            let bounds: Vec<i64> = set.into_iter().rev().collect();
            let amount = bounds.iter().min().unwrap().saturating_add(over);
            let ends = ends(&bounds);
            let holding: Vec<usize> = (0..bounds.len())
                .filter(|place| bounds[*place] <= amount && ends[*place].is_none_or(|end| amount < end))
                .collect();
            prop_assert_eq!(holding, vec![pick(&bounds, Some(amount)).unwrap()]);
        }
    }
}
