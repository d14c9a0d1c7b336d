#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
use std::collections::BTreeSet;

use super::*;
use crate::catalog;
use crate::quantity::rules::{LossInput, Occurrence, annual_loss, incident_cost};

fn read() -> RiskCatalog {
    files::read().unwrap()
}

/// Fails on a code that is used twice.
fn unique<'a>(codes: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    for code in codes {
        assert!(seen.insert(code), "{code} twice");
    }
    seen
}

#[test]
fn the_files_have_what_the_textbook_has() {
    let found = read();
    assert_eq!((found.threat_groups.len(), found.stride.len(), found.weakness_kinds.len()), (5, 6, 4));
    assert_eq!(found.mobile.len(), 3);
    assert_eq!((found.methods.len(), found.techniques.len(), found.approaches.len(), found.csf_loop.len()), (5, 13, 4, 4));
    assert!(found.threats.len() >= 40 && found.weaknesses.len() >= 35 && found.cards.len() >= 10);
    assert!(!found.top_note.is_empty() && !found.approach_advice.is_empty());
}

#[test]
fn threats_refer_to_what_exists() {
    let found = read();
    let groups = unique(found.threat_groups.iter().map(|group| group.code.as_str()));
    let letters = unique(found.stride.iter().map(|element| element.letter.as_str()));
    unique(found.threats.iter().map(|threat| threat.code.as_str()));
    for threat in &found.threats {
        assert!(groups.contains(threat.group.as_str()), "{}", threat.code);
        assert!(threat.stride.iter().all(|letter| letters.contains(letter.as_str())), "{}", threat.code);
        assert!(
            !threat.aspect.is_empty() && threat.aspect.iter().all(|aspect| "CIA".contains(aspect.as_str())),
            "{}",
            threat.code
        );
        assert!(
            !threat.places.is_empty() && threat.places.iter().all(|place| catalog::get().place(place).is_some()),
            "{}",
            threat.code
        );
    }
    for place in &catalog::get().places {
        assert!(found.threats_at(&place.code).count() >= 5, "{}", place.code);
    }
    assert_eq!(found.threats_at("mobile").count(), found.threats_at("mobile_device").count());
    let known = |codes: &[String]| codes.iter().all(|code| found.threat(code).is_some());
    let measured = |codes: &[String]| codes.iter().all(|code| catalog::get().measure(code).is_some());
    unique(found.cards.iter().map(|card| card.code.as_str()));
    for card in &found.cards {
        assert!(known(&card.threats) && measured(&card.measures) && !card.measures.is_empty(), "{}", card.code);
        assert!(!card.signs.is_empty() && !card.everybody.is_empty(), "{}", card.code);
    }
    for item in found.cloud.iter().chain(&found.mobile) {
        assert!(known(&item.threats) && measured(&item.measures) && !item.remedies.is_empty(), "{}", item.code);
    }
}

#[test]
fn weaknesses_refer_to_what_exists() {
    let found = read();
    let kinds = unique(found.weakness_kinds.iter().map(|kind| kind.code.as_str()));
    unique(found.weaknesses.iter().map(|weakness| weakness.code.as_str()));
    for weakness in &found.weaknesses {
        assert!(kinds.contains(weakness.kind.as_str()) && !weakness.measure_kinds.is_empty(), "{}", weakness.code);
        assert!(weakness.measure_kinds.iter().all(|kind| catalog::get().kind(kind).is_some()), "{}", weakness.code);
    }
    for kind in kinds {
        assert!(found.weaknesses.iter().filter(|weakness| weakness.kind == kind).count() >= 8, "{kind}");
    }
    assert!(found.weaknesses_of("people").any(|weakness| weakness.code == "tired_or_hurried"));
}

#[test]
fn yearly_lists_are_whole_and_their_previous_places_agree() {
    let found = read();
    assert_eq!(found.top.iter().map(|list| list.year).collect::<Vec<_>>(), [2026, 2025, 2024, 2022, 2020]);
    for list in &found.top {
        assert!(list.confirmed && list.published.starts_with(&list.year.to_string()));
        assert_eq!(list.items.iter().map(|item| item.rank).collect::<Vec<_>>(), (1..=10).collect::<Vec<u8>>(), "{}", list.year);
        let previous: Vec<u8> = list.items.iter().flat_map(|item| item.previous.iter().copied()).collect();
        assert_eq!(previous.iter().collect::<BTreeSet<_>>().len(), previous.len(), "{}: a place twice", list.year);
        for item in &list.items {
            assert!(!item.threats.is_empty() && item.threats.iter().all(|code| found.threat(code).is_some()), "{}", item.name.en);
            let fits = match item.state {
                Earlier::Ranked => !item.previous.is_empty() && item.previous.iter().all(|place| (1..=10).contains(place)),
                Earlier::Outside => item.previous.iter().all(|place| *place > 10),
                Earlier::Back | Earlier::New => item.previous.is_empty(),
            };
            assert!(fits, "{} {}", list.year, item.name.en);
        }
        if let Some(before) = found.top.iter().find(|other| other.year == list.year - 1) {
            for item in list.items.iter().filter(|item| item.previous.len() == 1) {
                let then = before.items.iter().find(|other| other.rank == item.previous[0]).unwrap();
                assert!(item.threats.iter().any(|code| then.threats.contains(code)), "{} {}", list.year, item.name.en);
            }
        }
    }
    assert_eq!((found.rank_of("ransomware"), found.rank_of("ai_input")), (Some((2026, 1)), Some((2026, 3))));
    assert_eq!((found.rank_of("loss"), found.rank_of("flood")), (Some((2025, 10)), None));
}

#[test]
fn t4_the_cost_items_give_the_published_sum() {
    let found = read();
    let example = &found.cost_example;
    let lines: Vec<CostLine> = found.cost_items.iter().map(|item| item.line().unwrap()).collect();
    let hit = Share::parse(&example.exposure).unwrap().fraction().of_persons(example.persons);
    let total = incident_cost(&lines, hit).unwrap().total;
    assert_eq!((hit, total.value, example.total), (20_000, Yen(27_860_000), Yen(27_860_000)));
    let annual = annual_loss(&LossInput::Itemised(total), Occurrence::parse(&example.occurrence).unwrap()).unwrap();
    assert_eq!((annual.annual, example.annual), (Yen(2_786_000), Yen(2_786_000)));
    unique(found.cost_items.iter().map(|item| item.code.as_str()));
    assert!(found.unit_costs.iter().all(|cost| Yen::ZERO < cost.low && cost.low <= cost.high));
}

#[test]
fn t7_the_published_mean_is_stored_and_not_computed() {
    let found = read();
    let years: Vec<i64> = found.per_person.iter().filter(|entry| !entry.default).map(|entry| entry.amount.0).collect();
    let published = found.per_person.iter().find(|entry| entry.default).unwrap().amount.0;
    assert_eq!((years.iter().sum::<i64>() * 10 / 3, published), (283_383, 28_308));
}

#[test]
fn lookalikes_use_reserved_names_only_and_really_differ() {
    let found = read();
    for entry in &found.lookalikes {
        assert_ne!(entry.seen, entry.real);
        assert!(entry.example.contains(&entry.seen) && entry.example.ends_with(".example"), "{}", entry.example);
    }
    for topic in &found.people {
        unique(topic.checks.iter().map(|check| check.code.as_str()));
        assert!(topic.checks.iter().all(|check| !check.ja.is_empty() && !check.en.is_empty()));
    }
}
