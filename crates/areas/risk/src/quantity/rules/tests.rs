#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
use mamori_kernel::error::Error;
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::yen::Yen;
use proptest::prelude::*;

use super::*;

fn share(text: &str) -> Share {
    Share::parse(text).unwrap()
}

fn aro(text: &str) -> Occurrence {
    Occurrence::parse(text).unwrap()
}

fn message(error: Error) -> String {
    match error {
        Error::Invalid(fields) => {
            assert!(!fields[0].message.ja.is_empty() && !fields[0].message.en.is_empty());
            format!("{}: {}", fields[0].field, fields[0].message.en)
        }
        other => panic!("{other}"),
    }
}

/// S2-D5-23: the cost lines of the textbook's company.
fn textbook_lines() -> Vec<CostLine> {
    let line = |name: &'static str, basis, man: i64| CostLine { name: Words::new(name, name), basis, unit_cost: Yen(man) };
    vec![
        line("対策組織の人件費", Basis::Fixed(1), 5_000_000),
        line("損害賠償", Basis::PerPerson(share("0.1%")), 18_000),
        line("弁護士・裁判", Basis::Fixed(1), 300_000),
        line("見舞品と送料", Basis::PerPerson(share("100%")), 700),
        line("謝罪訪問", Basis::Fixed(10), 110_000),
        line("謝罪広告", Basis::Fixed(0), 0),
        line("公開ページ", Basis::Fixed(2), 50_000),
        line("コールセンター", Basis::Fixed(1), 5_000_000),
        line("窓口の人員", Basis::Fixed(1), 2_000_000),
    ]
}

#[test]
fn t4_the_itemised_incident_costs_2786_man_and_278_6_man_a_year() {
    let hit = share("40%").fraction().of_persons(50_000);
    assert_eq!(hit, 20_000);
    let cost = incident_cost(&textbook_lines(), hit).unwrap();
    let man: Vec<i64> = cost.lines.iter().map(|amount| amount.0 / 10_000).collect();
    assert_eq!(man, [500, 36, 30, 1_400, 110, 0, 10, 500, 200]);
    assert_eq!(cost.total.value, Yen(27_860_000));
    assert_eq!(cost.total.reckoning.steps[1].expression.ja, "20,000人 × 0.1% = 20人 × 18,000円");
    let annual = annual_loss(&LossInput::Itemised(cost.total), aro("1/10")).unwrap();
    assert_eq!((annual.annual, annual.annual.in_man()), (Yen(2_786_000), "278.6万円".to_owned()));
    assert_eq!(annual.reckoning.steps.len(), 11);
}

#[test]
fn t5_the_exercise_gives_600_000_yen_both_ways() {
    let by_value = LossInput::Value { asset_value: Yen(1_000 * 30_000), exposure: share("10%") };
    let annual = annual_loss(&by_value, aro("5年に1回")).unwrap();
    assert_eq!((annual.single, annual.annual, annual.occurrence.to_string()), (Yen(3_000_000), Yen(600_000), "1/5".to_owned()));
    let last = annual.reckoning.steps.last().unwrap();
    assert_eq!((last.expression.ja.as_ref(), last.value.ja.as_ref()), ("SLE 3,000,000円 × ARO 1/5(5年に1回)", "600,000円"));
    let by_persons = LossInput::Persons { persons: 1_000, exposure: share("10%"), per_person: Yen(30_000) };
    assert_eq!(annual_loss(&by_persons, aro("0.2")).unwrap().annual, Yen(600_000));
}

#[test]
fn t6_1_5_million_a_year_is_below_the_limit_of_2_million() {
    let input = LossInput::Persons { persons: 50_000, exposure: share("1%"), per_person: Yen(30_000) };
    let annual = annual_loss(&input, aro("1/10")).unwrap();
    assert_eq!((annual.single, annual.annual), (Yen(15_000_000), Yen(1_500_000)));
    let (verdict, reckoning) = judge(&annual, Yen(2_000_000)).unwrap();
    assert_eq!(verdict, Verdict::Acceptable);
    assert_eq!(reckoning.steps.last().unwrap().expression.en, "¥1,500,000 ≤ ¥2,000,000");
    assert_eq!(judge(&annual, Yen(1_500_000)).unwrap().0, Verdict::Acceptable);
    assert_eq!(judge(&annual, Yen(1_499_999)).unwrap().0, Verdict::NotAcceptable);
    assert!(message(judge(&annual, Yen(0)).unwrap_err()).starts_with("threshold"));
}

#[test]
fn t7_the_published_amount_is_taken_as_published() {
    let input = LossInput::Persons { persons: 1_000, exposure: share("100%"), per_person: Yen(28_308) };
    assert_eq!(single_loss(&input).unwrap().value, Yen(28_308_000));
    assert_eq!(Yen((31_646 + 23_601 + 29_768) / 3), Yen(28_338), "the plain mean is another number");
}

#[test]
fn fractions_are_read_as_people_write_them() {
    for (text, shown) in
        [("40%", "40%"), ("４０％", "40%"), ("0.4", "40%"), ("2/5", "40%"), ("0.1 %", "0.1%"), ("1/3", "1/3"), ("1", "100%")]
    {
        assert_eq!(share(text).to_string(), shown, "{text}");
    }
    for (text, shown, words) in [
        ("1/10", "1/10", "10年に1回"),
        ("0.2", "1/5", "5年に1回"),
        ("10年に3回", "3/10", "10年に3回"),
        ("年2回", "2", "年2回"),
        ("年に 12 回", "12", "年12回"),
        ("１０年に１度", "1/10", "10年に1回"),
        ("1/1", "1", "年1回"),
        ("1/0.5", "2", "年2回"),
    ] {
        let read = aro(text);
        assert_eq!((read.to_string().as_str(), read.words().ja.as_ref()), (shown, words), "{text}");
    }
}

#[test]
fn what_has_no_meaning_is_refused_with_the_way_out() {
    for text in
        ["1/0", "0/10", "0", "-1/10", "1/-10", "", "たまに", "0年に1回", "10年に0回", "1e5", "NaN", "9999999999/1", "1/10/2"]
    {
        let said = message(Occurrence::parse(text).unwrap_err());
        assert!(said.starts_with("occurrence: ") && said.contains("1/10"), "{said}");
    }
    assert!(Occurrence::new(1, 0).is_err() && Occurrence::new(0, 1).is_err());
    for text in ["0%", "101%", "1.01", "-5%", "40", "%", "1/0", "半分"] {
        assert!(message(Share::parse(text).unwrap_err()).contains("40%"), "{text}");
    }
    assert!(Share::new(3, 2).is_err());
    let value = |yen| single_loss(&LossInput::Value { asset_value: Yen(yen), exposure: share("1%") });
    for yen in [0, -1, i64::MIN, i64::MAX, LARGEST.0 + 1] {
        assert!(message(value(yen).unwrap_err()).starts_with("asset_value"), "{yen}");
    }
    assert_eq!(value(LARGEST.0).unwrap().value, Yen(10_000_000_000_000));
    let persons = |persons, yen| single_loss(&LossInput::Persons { persons, exposure: share("100%"), per_person: Yen(yen) });
    assert!(message(persons(0, 1).unwrap_err()).starts_with("persons"));
    assert!(message(persons(1, 0).unwrap_err()).starts_with("per_person"));
    assert!(message(persons(u64::MAX, 28_308).unwrap_err()).contains("digits"));
    let negative = [CostLine { name: Words::new("広告", "Notice"), basis: Basis::Fixed(1), unit_cost: Yen(-1) }];
    assert!(message(incident_cost(&negative, 1).unwrap_err()).contains("Notice"));
    let huge = [CostLine { name: Words::new("広告", "Notice"), basis: Basis::Fixed(u32::MAX), unit_cost: Yen(i64::MAX) }];
    assert!(message(incident_cost(&huge, 1).unwrap_err()).contains("digits"));
    assert!(annual_loss(&LossInput::Itemised(incident_cost(&[], 5).unwrap().total), aro("1")).is_err());
}

#[test]
fn rounding_happens_once_and_half_goes_up() {
    let input = |yen| LossInput::Value { asset_value: Yen(yen), exposure: share("1/2") };
    assert_eq!(single_loss(&input(3)).unwrap().value, Yen(2));
    let annual = annual_loss(&input(3), aro("1/3")).unwrap();
    assert_eq!((annual.single, annual.annual), (Yen(2), Yen(1)));
    assert_eq!(share("10%").fraction().of_persons(1), 1);
}

#[test]
fn a_measure_pays_for_itself() {
    let plan = Investment { before: Yen(2_786_000), after: Yen(786_000), initial: Yen(2_500_000), yearly: vec![Yen(500_000); 5] };
    let found = invest(&plan).unwrap();
    assert_eq!((found.yearly_saving, found.total_saving, found.total_cost), (Yen(2_000_000), Yen(10_000_000), Yen(5_000_000)));
    assert_eq!((found.net, found.permille, found.pays_back_in), (Yen(5_000_000), Some(1_000), Some(2)));
    assert_eq!(found.years[0], YearOfReturn { year: 1, cost: Yen(3_000_000), cumulative: Yen(-1_000_000) });
    assert_eq!(found.years[4].cumulative, found.net);
    assert_eq!(found.reckoning.steps[3].value.ja, "100.0%");
    let useless = invest(&Investment { after: Yen(3_000_000), ..plan.clone() }).unwrap();
    assert_eq!((useless.pays_back_in, useless.permille), (None, Some(-1_214)));
    let free = invest(&Investment { initial: Yen::ZERO, yearly: vec![Yen::ZERO], ..plan.clone() }).unwrap();
    assert_eq!((free.permille, free.pays_back_in), (None, Some(1)));
    for wrong in [
        Investment { yearly: vec![], ..plan.clone() },
        Investment { yearly: vec![Yen::ZERO; 31], ..plan.clone() },
        Investment { yearly: vec![Yen(1), Yen(-1)], ..plan.clone() },
        Investment { initial: Yen(-1), ..plan.clone() },
        Investment { before: Yen(i64::MIN), ..plan.clone() },
        Investment { yearly: vec![LARGEST; 2], ..plan },
    ] {
        message(invest(&wrong).unwrap_err());
    }
}

#[test]
fn a_price_far_above_the_loss_suggests_avoiding() {
    let of = |cost| worth(Yen(cost), Yen(2_786_000));
    assert_eq!(of(2_785_999), Worth::Good);
    assert_eq!((of(2_786_000), of(5_572_000)), (Worth::Weigh, Worth::Weigh));
    assert_eq!(of(5_572_001), Worth::ConsiderAvoiding);
}

fn textbook_range(view: View) -> Simulation {
    Simulation {
        frequency: Range::of_occurrences(aro("1/20"), aro("1/10"), aro("1/3")).unwrap(),
        loss: Range::of_yen(Yen(5_000_000), Yen(27_860_000), Yen(80_000_000)).unwrap(),
        view,
        trials: 10_000,
        seed: 20_261_120,
    }
}

#[test]
fn the_same_seed_gives_the_same_numbers_on_every_machine() {
    let found = simulate(&textbook_range(View::Expectation)).unwrap();
    let figures = |found: &Distribution| [found.mean, found.median, found.p95, found.least, found.most].map(|yen| yen.0);
    assert_eq!(figures(&found), GOLDEN_EXPECTATION);
    assert_eq!(simulate(&textbook_range(View::Expectation)).unwrap(), found);
    let other = simulate(&Simulation { seed: 1, ..textbook_range(View::Expectation) }).unwrap();
    assert_ne!(figures(&other), figures(&found));
    let year = simulate(&textbook_range(View::Year)).unwrap();
    assert_eq!(figures(&year), GOLDEN_YEAR);
    // Both views have the same mean in the long run; a rare risk costs nothing in most years.
    assert!((found.mean.0 - year.mean.0).abs() < found.mean.0 / 20);
    assert_eq!(year.median, Yen::ZERO);
}

const GOLDEN_EXPECTATION: [i64; 5] = [4_225_164, 3_714_954, 8_927_251, 356_686, 16_872_605];
const GOLDEN_YEAR: [i64; 5] = [4_401_770, 0, 37_465_619, 0, 146_709_429];

#[test]
fn the_mean_of_the_tries_is_the_product_of_the_means() {
    let simulation = textbook_range(View::Expectation);
    let found = simulate(&simulation).unwrap();
    let expected = simulation.frequency.mean() * simulation.loss.mean();
    assert!((found.mean.0 as f64 / expected - 1.0).abs() < 0.02);
    assert_eq!(found.bins.iter().map(|bin| bin.count).sum::<u32>(), 10_000);
    assert_eq!(found.exceedance[0].1, 10_000);
    assert!(found.exceedance.is_sorted_by(|a, b| a.0 < b.0 && a.1 >= b.1));
    assert!(found.bins.len() <= 21, "{}", found.bins.len());
    assert_eq!(found.at_or_above(Yen(found.p95.0 + 1)), 500);
    assert!(found.reckoning.steps.last().unwrap().value.ja.as_ref() == found.p95.format(Lang::Ja));
}

#[test]
fn a_simulation_that_cannot_be_is_refused() {
    let good = textbook_range(View::Year);
    assert!(message(simulate(&Simulation { trials: 0, ..good }).unwrap_err()).starts_with("trials"));
    let often = Range::of_occurrences(aro("1"), aro("300"), aro("400")).unwrap();
    assert!(message(simulate(&Simulation { frequency: often, ..good }).unwrap_err()).starts_with("occurrence"));
    assert!(Range::of_occurrences(aro("1"), aro("1/2"), aro("3")).is_err());
    for (a, b, c) in [(0, 0, 0), (2, 1, 3), (-1, 0, 1), (1, 3, 2), (0, 1, i64::MAX)] {
        message(Range::of_yen(Yen(a), Yen(b), Yen(c)).unwrap_err());
    }
    let fixed = Simulation {
        loss: Range::of_yen(Yen(5), Yen(5), Yen(5)).unwrap(),
        frequency: Range::of_occurrences(aro("2"), aro("2"), aro("2")).unwrap(),
        view: View::Expectation,
        ..good
    };
    let found = simulate(&fixed).unwrap();
    assert_eq!((found.mean, found.median, found.p95, found.bins.len()), (Yen(10), Yen(10), Yen(10), 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn annual_loss_lies_between_its_bounds(value in 1_i64..=1_000_000_000_000, percent in 1_u64..=100, years in 1_u64..=1_000) {
        let input = LossInput::Value { asset_value: Yen(value), exposure: Share::new(percent, 100).unwrap() };
        let found = annual_loss(&input, Occurrence::new(1, years).unwrap()).unwrap();
        prop_assert!(found.annual <= found.single && found.single <= Yen(value));
        let exact = value as f64 * percent as f64 / 100.0 / years as f64;
        prop_assert!((found.annual.0 as f64 - exact).abs() <= 1.0 + exact * 1e-12);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
        let _ = Share::parse(&text);
        let _ = Occurrence::parse(&text);
    }

    #[test]
    fn what_is_shown_can_be_typed_again(above in 1_u64..10_000, below in 1_u64..10_000) {
        let occurrence = Occurrence::new(above, below).unwrap();
        prop_assert_eq!(Occurrence::parse(&occurrence.to_string()).unwrap(), occurrence);
        prop_assert_eq!(Occurrence::parse(&occurrence.words().ja).unwrap(), occurrence);
        let part = Share::new(above.min(below), below).unwrap();
        prop_assert_eq!(Share::parse(&part.to_string()).unwrap(), part);
    }

    #[test]
    fn tries_stay_inside_the_estimates(low in 0_i64..1_000_000, middle in 0_i64..1_000_000, high in 1_i64..1_000_000, seed in any::<u64>()) {
        let loss = Range::of_yen(Yen(low), Yen(low + middle), Yen(low + middle + high)).unwrap();
        let once = Occurrence::new(1, 1).unwrap();
        let simulation = Simulation { frequency: Range::of_occurrences(once, once, once).unwrap(), loss, view: View::Expectation, trials: 200, seed };
        let found = simulate(&simulation).unwrap();
        prop_assert!(Yen(low) <= found.least && found.least <= found.median && found.median <= found.p95);
        prop_assert!(found.p95 <= found.most && found.most <= Yen(low + middle + high));
        prop_assert_eq!(found.bins.iter().map(|bin| bin.count).sum::<u32>(), 200);
    }
}
