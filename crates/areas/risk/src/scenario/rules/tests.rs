#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
use super::*;

fn textbook() -> Levels {
    Levels {
        asset_value: Some(2),
        threat: Some(2),
        now: Stage { weakness: Some(2), likelihood: Some(3) },
        after: Stage { weakness: None, likelihood: Some(1) },
        ..Levels::default()
    }
}

#[test]
fn t1_twenty_four_is_above_and_eight_is_not() {
    let before = Levels { after: Stage::default(), ..textbook() };
    assert_eq!(before.values(), Values { current: Some(24), ..Values::default() });
    assert_eq!(standing(Appetite::default(), before.values(), None), Standing::Above);
    // Likelihood from 3 to 1: what the stage leaves open is taken from now.
    assert_eq!(textbook().values().residual, Some(8));
    assert_eq!(standing(Appetite::default(), textbook().values(), None), Standing::Acceptable);
    assert_eq!(standing(Appetite::default(), textbook().values(), Some(2_000_001)), Standing::Above, "money counts as well");
    assert_eq!(standing(Appetite::default(), Values::default(), None), Standing::Unknown);
}

#[test]
fn a_factor_that_is_missing_gives_no_value_and_zero_gives_zero() {
    let mut levels = textbook();
    levels.threat = None;
    assert_eq!(levels.values(), Values::default());
    levels = textbook();
    levels.asset_value = Some(0);
    assert_eq!(levels.values().current, Some(0));
}

#[test]
fn t5_and_t6_in_money() {
    let t5 = Money {
        persons: Some(1_000),
        exposure: Some(10),
        per_person: Some(30_000),
        occurrences: "1/5".into(),
        ..Money::default()
    };
    let loss = money(&t5).unwrap();
    assert_eq!((loss.single.unwrap().value, loss.annual.unwrap().annual), (Yen(3_000_000), Yen(600_000)));
    let t6 = Money { persons: Some(50_000), exposure: Some(1), occurrences: "10年に1回".into(), ..t5 };
    assert_eq!(money(&t6).unwrap().annual.unwrap().annual, Yen(1_500_000));
}

#[test]
fn parts_are_added_and_the_steps_say_so() {
    let all = Money { value: Some(1_000_000), exposure: Some(50), other: Some(300_000), ..Money::default() };
    let single = money(&all).unwrap().single.unwrap();
    assert_eq!((single.value, single.reckoning.steps.len()), (Yen(800_000), 3));
}

#[test]
fn bad_numbers_name_their_fields() {
    let fields = |money_: Money| -> Vec<String> { money(&money_).unwrap_err().into_iter().map(|error| error.field).collect() };
    assert_eq!(fields(Money { occurrences: "1/0".into(), ..Money::default() }), ["occurrences"]);
    assert_eq!(fields(Money { value: Some(0), ..Money::default() }), ["loss_value"]);
    assert_eq!(fields(Money { other: Some(-1), ..Money::default() }), ["other_loss"]);
    assert_eq!(fields(Money { exposure: Some(101), value: Some(1), ..Money::default() }), ["exposure"]);
    assert_eq!(fields(Money { persons: Some(3), ..Money::default() }), ["per_person"]);
    assert_eq!(fields(Money { range: [Some(5), Some(3), Some(9)], occurrences: "1".into(), ..Money::default() }), ["loss_least"]);
    assert_eq!(fields(Money { range: [Some(5), None, Some(9)], ..Money::default() }), ["loss_likely", "occurrences"]);
}

#[test]
fn the_same_row_always_shows_the_same_spread() {
    let entered = Money { range: [Some(0), Some(500_000), Some(4_000_000)], occurrences: "1/2".into(), ..Money::default() };
    let input = money(&entered).unwrap().simulation.unwrap();
    let (one, two) = (spread(input, "a").unwrap(), spread(input, "a").unwrap());
    assert_eq!((one.mean, one.p95), (two.mean, two.p95));
    // PERT mean (0 + 4 × 50万 + 400万) / 6 = 100万 a case, every second year.
    assert!((one.mean.0 - 500_000).abs() < 10_000, "{}", one.mean);
    assert!(one.p95 > one.mean);
}
