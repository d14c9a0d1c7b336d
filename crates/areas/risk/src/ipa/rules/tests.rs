//! Worked examples of the seeds (T2, T3) and properties. The input space is so small that every property is checked on
//! all of it instead of on random samples.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use super::*;

fn grade(n: i64) -> Grade {
    Grade::try_from(n).unwrap()
}

fn inputs(c: i64, i: i64, a: i64, threat: i64, weakness: i64) -> Inputs {
    Inputs {
        confidentiality: Some(grade(c)),
        integrity: Some(grade(i)),
        availability: Some(grade(a)),
        threat: Some(ThreatLevel::try_from(threat).unwrap()),
        weakness: Some(WeaknessLevel::try_from(weakness).unwrap()),
    }
}

fn complete(bands: Bands, inputs: &Inputs) -> Assessment {
    assess(bands, SuggestionBounds::default(), inputs).complete().unwrap().clone()
}

/// Every combination of grade, threat and weakness.
fn everything() -> Vec<(Grade, ThreatLevel, WeaknessLevel)> {
    let mut all = Vec::new();
    for g in Grade::ALL {
        for t in ThreatLevel::ALL {
            for w in WeaknessLevel::ALL {
                all.push((*g, *t, *w));
            }
        }
    }
    all
}

#[test]
fn importance_is_the_highest_of_the_three_t2() {
    assert_eq!(importance(grade(2), grade(2), grade(2)), grade(2));
    assert_eq!(importance(grade(0), grade(1), grade(1)), grade(1));
}

#[test]
fn the_eight_sample_rows_come_out_as_printed_t3() {
    // C, I, A, threat, weakness → 重要度, 被害発生可能性, リスク値, label (seeds.md §5.3)
    let rows = [
        ("社員名簿 事務所PC", inputs(2, 0, 0, 3, 2), 2, 2, 4, "大"),
        ("社員名簿 書類", inputs(2, 2, 2, 2, 2), 2, 1, 2, "中"),
        ("健康診断の結果 書類", inputs(2, 2, 1, 2, 2), 2, 1, 2, "中"),
        ("給与システムデータ 事務所PC", inputs(2, 2, 1, 3, 2), 2, 2, 4, "大"),
        ("当社宛請求書 書類", inputs(1, 1, 1, 2, 2), 1, 1, 1, "中"),
        ("発行済請求書控 書類", inputs(1, 1, 1, 2, 2), 1, 1, 1, "中"),
        ("電子メールデータ 事務所PC", inputs(2, 2, 2, 3, 2), 2, 2, 4, "大"),
        ("電子メールデータ 社外サーバー", inputs(2, 2, 2, 3, 2), 2, 2, 4, "大"),
    ];
    for (name, given, importance, likelihood, value, label) in rows {
        let result = complete(Bands::default(), &given);
        assert_eq!(result.importance.number(), importance, "{name}");
        assert_eq!(result.likelihood.number(), likelihood, "{name}");
        assert_eq!(result.value.number(), value, "{name}");
        assert_eq!(result.band.label_ja(), label, "{name}");
    }
}

#[test]
fn the_conversion_table_has_its_nine_cells() {
    let printed = [(3, 3, 3), (3, 2, 2), (3, 1, 1), (2, 3, 2), (2, 2, 1), (2, 1, 1), (1, 3, 1), (1, 2, 1), (1, 1, 1)];
    for (threat, weakness, expected) in printed {
        let result = likelihood(ThreatLevel::try_from(threat).unwrap(), WeaknessLevel::try_from(weakness).unwrap());
        assert_eq!(result.number(), expected, "threat {threat}, weakness {weakness}");
    }
}

#[test]
fn both_scales_span_their_range() {
    for (scale, lowest, highest) in [(Scale::ZeroToTwo, 0, 6), (Scale::OneToThree, 1, 9)] {
        let values: Vec<u8> = everything().iter().map(|(g, t, w)| risk_value(scale, *g, likelihood(*t, *w)).number()).collect();
        assert_eq!((values.iter().min(), values.iter().max()), (Some(&lowest), Some(&highest)));
        assert_eq!((scale.lowest(), scale.highest()), (lowest, highest));
    }
}

#[test]
fn a_worse_input_never_lowers_importance_likelihood_value_or_band() {
    for scale in Scale::ALL {
        let bands = Bands::default_for(*scale);
        for (g1, t1, w1) in everything() {
            for (g2, t2, w2) in everything() {
                if g1 <= g2 && t1 <= t2 && w1 <= w2 {
                    assert!(importance(g1, g1, Grade::Low) <= importance(g2, g1, Grade::Low));
                    assert!(likelihood(t1, w1) <= likelihood(t2, w2));
                    let (v1, v2) = (risk_value(*scale, g1, likelihood(t1, w1)), risk_value(*scale, g2, likelihood(t2, w2)));
                    assert!(v1 <= v2 && bands.band(v1) <= bands.band(v2));
                }
            }
        }
    }
}

#[test]
fn importance_does_not_depend_on_the_order_of_the_three() {
    for c in Grade::ALL {
        for i in Grade::ALL {
            for a in Grade::ALL {
                let result = importance(*c, *i, *a);
                assert_eq!(result, importance(*a, *c, *i));
                assert!(result >= *c && result >= *i && result >= *a);
                assert!(result == *c || result == *i || result == *a);
            }
        }
    }
}

#[test]
fn bands_divide_every_value_once_and_follow_the_company() {
    let band = |bands: Bands, g: i64, l: Likelihood| bands.band(risk_value(bands.scale(), grade(g), l));
    let usual = Bands::default();
    assert_eq!(band(usual, 0, Likelihood::High), Band::Small);
    assert_eq!(band(usual, 1, Likelihood::High), Band::Middle);
    assert_eq!(band(usual, 2, Likelihood::Medium), Band::Large);
    let strict = Bands::new(Scale::ZeroToTwo, 1, 2).unwrap();
    assert_eq!(band(strict, 2, Likelihood::Low), Band::Large);
    let nine = Bands::default_for(Scale::OneToThree);
    assert_eq!(band(nine, 1, Likelihood::Low), Band::Small);
    assert_eq!(band(nine, 1, Likelihood::Medium), Band::Middle);
    assert_eq!(band(nine, 2, Likelihood::Medium), Band::Large);
    assert_eq!(usual.rule_ja(), "大 ≥ 4 > 中 ≥ 1 > 小");
}

#[test]
fn impossible_bounds_are_refused_with_the_allowed_range() {
    for (scale, middle, large) in
        [(Scale::ZeroToTwo, 4, 4), (Scale::ZeroToTwo, 5, 2), (Scale::ZeroToTwo, 1, 7), (Scale::OneToThree, 0, 6)]
    {
        let error = Bands::new(scale, middle, large).unwrap_err();
        assert!(error.message_ja().contains(&scale.highest().to_string()));
        assert!(error.to_string().contains(&scale.highest().to_string()));
    }
    for scale in Scale::ALL {
        let default = Bands::default_for(*scale);
        assert_eq!(Bands::new(*scale, default.middle_from(), default.large_from()), Ok(default));
    }
}

#[test]
fn a_number_off_the_scale_says_what_is_allowed() {
    let error = Grade::try_from(3).unwrap_err();
    assert_eq!(error.message_ja(), "評価値に「3」は使えません。0〜2の整数で入力してください。");
    assert!(ThreatLevel::try_from(0).is_err() && WeaknessLevel::try_from(4).is_err() && Likelihood::try_from(-1).is_err());
    for (g, t, w) in everything() {
        assert_eq!(Grade::try_from(i64::from(g.number())), Ok(g));
        assert_eq!(ThreatLevel::try_from(i64::from(t.number())), Ok(t));
        assert_eq!(WeaknessLevel::try_from(i64::from(w.number())), Ok(w));
    }
}

#[test]
fn the_reckoning_shows_formula_inputs_and_source_of_every_step() {
    let result = complete(Bands::default(), &inputs(2, 0, 0, 3, 2));
    let shown: Vec<(&str, &str, &str)> =
        result.reckoning.steps.iter().map(|s| (s.label_ja, s.expression.as_str(), s.value.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("重要度", "max(C 2, I 0, A 0)", "2"),
            ("脅威の起こりやすさ", "T = 3", "3"),
            ("弱点の大きさ", "W = 2", "2"),
            ("被害発生可能性", "(T 3, W 2) → 2", "2"),
            ("リスク値", "2 × 2", "4"),
            ("大・中・小", "4 ≥ 4", "4"),
        ]
    );
    for step in &result.reckoning.steps {
        assert!(
            !step.source.is_empty() && !step.label_en.is_empty() && !step.meaning_ja.is_empty() && !step.meaning_en.is_empty()
        );
    }
    let nine = complete(Bands::default_for(Scale::OneToThree), &inputs(2, 0, 0, 3, 2));
    assert_eq!(nine.reckoning.steps[0].expression, "max(C 3, I 1, A 1)");
    assert_eq!(nine.value.number(), 6);
}

#[test]
fn an_unfinished_row_gets_no_value_but_a_list_of_what_is_missing() {
    let half = Inputs { availability: None, weakness: None, ..inputs(2, 2, 2, 3, 3) };
    let Outcome::Incomplete { missing, importance, reckoning } = assess(Bands::default(), SuggestionBounds::default(), &half)
    else {
        panic!("an unfinished row must not get a value");
    };
    assert_eq!(missing, [Missing::Availability, Missing::Weakness]);
    assert_eq!(importance, None);
    assert_eq!(reckoning.steps.len(), 1);
    let empty = assess(Bands::default(), SuggestionBounds::default(), &Inputs::default());
    assert!(empty.complete().is_none() && empty.reckoning().steps.is_empty());
}

#[test]
fn treatments_follow_importance_and_frequency() {
    let of = |c: i64, threat: i64, weakness: i64| complete(Bands::default(), &inputs(c, 0, 0, threat, weakness)).suggestion;
    assert_eq!(of(2, 3, 3).treatment, Treatment::Avoid);
    assert_eq!(of(1, 3, 3).treatment, Treatment::Reduce);
    assert_eq!(of(2, 1, 1).treatment, Treatment::Transfer);
    assert_eq!(of(1, 1, 1).treatment, Treatment::Accept);
    assert_eq!(of(0, 3, 3).treatment, Treatment::Accept, "a risk of 0 asks for no work");
    assert!(!of(2, 3, 3).assumed && !of(1, 3, 3).assumed && of(2, 1, 1).assumed && of(1, 1, 1).assumed);
}

#[test]
fn the_heat_map_counts_every_asset_once_with_the_worst_at_the_top_right() {
    let assets =
        [(grade(2), Likelihood::High), (grade(2), Likelihood::High), (grade(0), Likelihood::Low), (grade(1), Likelihood::Medium)];
    let map = heat_map(Bands::default(), assets);
    assert_eq!(map.rows.len(), 3);
    assert!(map.rows.iter().all(|row| row.len() == 3));
    let worst = map.rows[0][2];
    assert_eq!((worst.value.number(), worst.band, worst.count), (6, Band::Large, 2));
    assert_eq!(map.rows[2][0].count, 1);
    assert_eq!(map.rows.iter().flatten().map(|cell| cell.count).sum::<usize>(), assets.len());
    assert_eq!((map.count_in(Band::Large), map.count_in(Band::Middle), map.count_in(Band::Small)), (2, 1, 1));
}

#[test]
fn codes_come_back() {
    for answer in Answer::ALL {
        assert_eq!(Answer::from_code(answer.code()), Some(*answer));
    }
    for treatment in Treatment::ALL {
        assert_eq!(Treatment::from_code(treatment.code()), Some(*treatment));
    }
    assert_eq!(Answer::from_code("maybe"), None);
}
