#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
use mamori_kernel::error::Error;
use mamori_kernel::lang::Words;
use proptest::prelude::*;

use super::*;
use crate::ipa::rules::Treatment;

const TEXTBOOK: Inputs = Inputs { asset_value: 2, threat: 2, weakness: 2, likelihood: 3 };

fn seventeen() -> (Scale, Threshold) {
    let scale = Scale::textbook();
    let limit = Threshold::new(&scale, 17).unwrap();
    (scale, limit)
}

fn levels(values: &[i64]) -> Vec<Level> {
    values
        .iter()
        .map(|value| Level { value: *value, name: Words::owned(format!("段階{value}"), ""), means: Words::default() })
        .collect()
}

fn messages(error: Error) -> Vec<(String, String)> {
    match error {
        Error::Invalid(fields) => {
            assert!(fields.iter().all(|field| !field.message.ja.is_empty()));
            fields.into_iter().map(|field| (field.field, field.message.en.into_owned())).collect()
        }
        other => panic!("{other}"),
    }
}

#[test]
fn t1_24_is_above_17_and_8_is_below() {
    let (scale, limit) = seventeen();
    let before = assess(&scale, limit, TEXTBOOK).unwrap();
    assert_eq!((before.value, before.verdict), (24, Verdict::NotAcceptable));
    assert_eq!(before.reckoning.steps[4].expression.ja, "2 × 2 × 2 × 3");
    assert_eq!(before.reckoning.steps[5].expression.en, "24 > 17");
    assert_eq!(before.suggestion.treatment, Treatment::Avoid);
    let after = assess(&scale, limit, TEXTBOOK.with(Factor::Likelihood, 1)).unwrap();
    assert_eq!((after.value, after.verdict, after.suggestion.treatment), (8, Verdict::Acceptable, Treatment::Accept));
}

#[test]
fn a_factor_of_zero_makes_the_risk_zero() {
    let (scale, limit) = seventeen();
    assert_eq!(assess(&scale, limit, TEXTBOOK.with(Factor::AssetValue, 0)).unwrap().value, 0);
    let with_zero = Scale::new([levels(&[0, 1, 2]), levels(&[1, 2]), levels(&[1, 2]), levels(&[0, 1, 2, 3])]).unwrap();
    let limit = Threshold::new(&with_zero, 17).unwrap();
    assert_eq!(assess(&with_zero, limit, TEXTBOOK.with(Factor::Likelihood, 0)).unwrap().value, 0);
}

#[test]
fn the_textbook_scale_goes_from_0_to_24_and_is_valid() {
    let scale = Scale::textbook();
    assert_eq!((scale.lowest(), scale.highest()), (0, 24));
    let stored = serde_json::to_string(&scale).unwrap();
    assert_eq!(serde_json::from_str::<Scale>(&stored).unwrap(), scale);
    let broken = stored.replace("\"value\":3", "\"value\":5");
    assert!(serde_json::from_str::<Scale>(&broken).unwrap_err().to_string().contains("lacks 3"));
}

#[test]
fn a_scale_that_cannot_work_says_where_and_why() {
    let with = |threat: Vec<Level>| Scale::new([levels(&[0, 1, 2]), threat, levels(&[1, 2]), levels(&[3, 1, 2])]);
    assert!(with(levels(&[1])).is_ok(), "one level switches a factor off; order does not matter");
    for (threat, says) in [
        (levels(&[]), "no level"),
        (levels(&[1, 3]), "lacks 2"),
        (levels(&[1, 2, 2]), "2 twice"),
        (levels(&[-1, 0]), "cannot have a level -1"),
        (levels(&[8, 9, 10]), "cannot have a level 10"),
        (levels(&[i64::MIN, i64::MAX]), "cannot have a level"),
        (levels(&[0]), "every risk would be 0"),
    ] {
        let found = messages(with(threat).unwrap_err());
        assert!(found.len() == 1 && found[0].0 == "threat" && found[0].1.contains(says), "{found:?}");
    }
    let mut same = levels(&[1, 2]);
    same[1].name = same[0].name.clone();
    assert!(messages(with(same.clone()).unwrap_err())[0].1.contains("段階1"));
    same[1].name = Words::new(" ", "");
    assert!(messages(with(same).unwrap_err())[0].1.contains("no name"));
    let all = Scale::new([vec![], vec![], vec![], vec![]]).unwrap_err();
    assert_eq!(messages(all).len(), 4);
}

#[test]
fn a_level_in_use_cannot_disappear() {
    let scale = Scale::textbook();
    let smaller = Scale::new([levels(&[0, 1, 2]), levels(&[1, 2]), levels(&[1, 2]), levels(&[1, 2])]).unwrap();
    let used =
        |count| [Used { factor: Factor::Likelihood, value: 3, count }, Used { factor: Factor::Threat, value: 2, count: 40 }];
    match scale.change_to(smaller.clone(), &used(12)).unwrap_err() {
        Error::InUse(words) => {
            assert!(words.ja.contains("発生可能性の「3 高い」(12件)") && !words.ja.contains("40"), "{}", words.ja)
        }
        other => panic!("{other}"),
    }
    assert_eq!(scale.change_to(smaller.clone(), &used(0)).unwrap(), smaller);
}

#[test]
fn limits_and_levels_off_the_scale_are_refused() {
    let (scale, limit) = seventeen();
    for wrong in [-1, 24, 25] {
        assert!(messages(Threshold::new(&scale, wrong).unwrap_err())[0].1.contains("0 to 23"));
    }
    let wrong = Inputs { asset_value: 3, threat: 0, weakness: i64::MAX, likelihood: 3 };
    let found = messages(assess(&scale, limit, wrong).unwrap_err());
    assert_eq!(found.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["asset_value", "threat", "weakness"]);
}

#[test]
fn a_lower_limit_brings_accepted_risks_back() {
    let (scale, _) = seventeen();
    let accepted = [("A", 8), ("B", 12), ("C", 16)];
    let stricter = Threshold::new(&scale, 11).unwrap();
    let back: Vec<&str> = no_longer_acceptable(stricter, accepted).collect();
    assert_eq!(back, ["B", "C"]);
}

#[test]
fn the_ways_below_the_line_are_the_smallest_that_are_enough() {
    let (scale, limit) = seventeen();
    let ways = ways_down(&scale, limit, TEXTBOOK);
    assert_eq!(
        ways,
        [WayDown { factor: Factor::Weakness, to: 1, value: 12 }, WayDown { factor: Factor::Likelihood, to: 2, value: 16 },]
    );
    assert!(ways_down(&scale, limit, TEXTBOOK.with(Factor::Threat, 1)).is_empty());
    assert!(Factor::ALL.iter().all(|factor| !factor.influence().is_empty()));
}

proptest! {
    #[test]
    fn lowering_a_factor_never_raises_the_risk(a in 0_i64..=2, t in 1_i64..=2, w in 1_i64..=2, l in 1_i64..=3, limit in 0_i64..24) {
        let scale = Scale::textbook();
        let limit = Threshold::new(&scale, limit).unwrap();
        let inputs = Inputs { asset_value: a, threat: t, weakness: w, likelihood: l };
        let found = assess(&scale, limit, inputs).unwrap();
        prop_assert!((scale.lowest()..=scale.highest()).contains(&found.value));
        for factor in Factor::ALL {
            for level in scale.levels(factor).iter().filter(|level| level.value < inputs.get(factor)) {
                prop_assert!(assess(&scale, limit, inputs.with(factor, level.value)).unwrap().value <= found.value);
            }
        }
        for way in ways_down(&scale, limit, inputs) {
            prop_assert_eq!(limit.judge(way.value), Verdict::Acceptable);
        }
    }
}
