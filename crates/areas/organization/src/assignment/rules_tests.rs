//! Organisations that are right and wrong, judged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use jiff::civil::{Date, date};

use super::AssignmentPhase;
use super::rules::*;
use crate::role::{Phase, catalogue};

const TODAY: Date = date(2026, 11, 20);

/// The standard roles; their code is their id.
fn standard() -> Vec<RoleFact> {
    let structure = catalogue::structure().unwrap();
    let above = |chart: &std::collections::BTreeMap<String, String>, code: &str| chart.get(code).cloned().unwrap_or_default();
    catalogue::roles()
        .unwrap()
        .iter()
        .map(|role| RoleFact {
            id: role.code.clone(),
            code: role.code.clone(),
            name: role.name.ja.to_string(),
            main: role.kind == "main",
            small_set: role.small_set,
            peace: role.in_peace,
            emergency: role.in_emergency,
            above_peace: above(&structure.peace, &role.code),
            above_emergency: above(&structure.emergency, &role.code),
            independent_of: role.independent_of.clone(),
        })
        .collect()
}

fn holds(person: &str, role: &str) -> Held {
    Held {
        id: format!("{role}/{person}"),
        summary: format!("{role} – {person}"),
        role_id: role.to_owned(),
        person_id: person.to_owned(),
        person: person.to_owned(),
        deputy: "代行".to_owned(),
        ..Held::default()
    }
}

/// A well-run company of 48 in peace.
fn good() -> Vec<Held> {
    vec![
        holds("社長", "executive"),
        holds("高梨", "strategy"),
        holds("真野", "education"),
        holds("浅香", "audit"),
        holds("常務", "incident_lead"),
        holds("宇佐見", "system"),
        holds("真野", "liaison"),
    ]
}

#[test]
fn a_filled_chart_is_silent() {
    assert_eq!(judge(&standard(), &good(), Phase::Peace, 48, TODAY), []);
}

#[test]
fn an_empty_main_role_is_named_and_a_supporting_one_is_not() {
    let held: Vec<Held> = good().into_iter().filter(|held| held.role_id != "system").collect();
    let found = judge(&standard(), &held, Phase::Peace, 48, TODAY);
    assert_eq!(
        found,
        [Warning::RoleEmpty {
            role: "セキュリティシステム担当".to_owned(), role_id: "system".to_owned(), first: true
        }]
    );
}

#[test]
fn the_emergency_chart_has_its_own_vacancies() {
    let found = judge(&standard(), &good(), Phase::Emergency, 48, TODAY);
    let empty: Vec<&str> = found
        .iter()
        .filter_map(|one| if let Warning::RoleEmpty { role_id, .. } = one { Some(role_id.as_str()) } else { None })
        .collect();
    assert_eq!(empty, ["site_lead", "responder"]);
}

#[test]
fn from_the_hundred_and_first_person_somebody_must_audit() {
    let held: Vec<Held> = good().into_iter().filter(|held| held.role_id != "audit").collect();
    let at = |headcount| judge(&standard(), &held, Phase::Peace, headcount, TODAY);
    assert!(matches!(at(100).as_slice(), [Warning::RoleEmpty { role_id, .. }] if role_id == "audit"));
    assert_eq!(at(101), [Warning::AuditHeadMissing { headcount: 101, role_id: "audit".to_owned() }]);
}

#[test]
fn an_auditor_does_not_audit_the_own_work() {
    let mut held = good();
    held[3] = holds("宇佐見", "audit");
    let found = judge(&standard(), &held, Phase::Peace, 48, TODAY);
    assert!(
        matches!(found.as_slice(), [Warning::NotIndependent { person, examined, .. }] if person == "宇佐見" && examined == &["セキュリティシステム担当"]),
        "{found:?}"
    );
}

#[test]
fn who_supervises_does_not_do_the_work_but_an_owner_manager_may() {
    let mut held = good();
    held[2] = holds("高梨", "education");
    held[5] = holds("高梨", "system");
    let found = judge(&standard(), &held, Phase::Peace, 48, TODAY);
    assert!(
        matches!(found.as_slice(), [Warning::SupervisesSelf { person, roles, .. }] if person == "高梨" && roles.len() == 2),
        "{found:?}"
    );
    let mut small = good();
    small[1] = holds("社長", "strategy");
    assert_eq!(judge(&standard(), &small, Phase::Peace, 8, TODAY), []);
}

#[test]
fn one_person_with_everything_and_one_with_too_much() {
    let all: Vec<Held> = ["executive", "strategy", "education"].map(|role| holds("森", role)).to_vec();
    let found = judge(&standard(), &all, Phase::Peace, 10, TODAY);
    assert!(found.contains(&Warning::HoldsEverything { person: "森".to_owned(), roles: 3 }));
    let mut many = good();
    for role in ["legal", "privacy_lead", "analyst"] {
        many.push(holds("常務", role));
    }
    let found = judge(&standard(), &many, Phase::Peace, 48, TODAY);
    assert!(
        matches!(found.as_slice(), [Warning::HoldsMany { person, roles }] if person == "常務" && roles.len() == 4),
        "{found:?}"
    );
}

#[test]
fn two_people_of_one_name_are_two_people() {
    let mut held = good();
    for (at, role) in ["legal", "privacy_lead", "analyst"].into_iter().enumerate() {
        held.push(Held { person: "佐藤".to_owned(), ..holds(&format!("佐藤{at}"), role) });
    }
    assert_eq!(judge(&standard(), &held, Phase::Peace, 48, TODAY), []);
}

#[test]
fn a_commander_needs_a_deputy_but_two_responders_have_each_other() {
    let alone = |person, role| Held { deputy: String::new(), ..holds(person, role) };
    let mut held = good();
    held.extend([alone("製造部長", "site_lead"), alone("瀬良", "responder"), alone("宇佐見", "responder")]);
    let found = judge(&standard(), &held, Phase::Emergency, 48, TODAY);
    let missing: Vec<&str> = found
        .iter()
        .filter_map(|one| if let Warning::DeputyMissing { person, .. } = one { Some(person.as_str()) } else { None })
        .collect();
    assert_eq!(missing, ["製造部長"]);
}

#[test]
fn an_appointment_counts_only_in_its_phase_and_its_term() {
    let peace = Held { phase: Some(AssignmentPhase::Peace), ends: Some(TODAY), ..holds("森", "system") };
    assert!(peace.counts_in(Phase::Peace) && !peace.counts_in(Phase::Emergency));
    assert!(peace.in_force(TODAY) && !peace.in_force(TODAY.tomorrow().unwrap()));
    assert!(!Held { left_on: Some(date(2026, 11, 19)), ..holds("森", "system") }.in_force(TODAY));
}

#[test]
fn a_term_that_is_over_warns_until_somebody_follows() {
    let over = Held { ends: Some(date(2026, 10, 31)), ..holds("三日月", "threat_information") };
    assert!(matches!(terms(std::slice::from_ref(&over), TODAY).as_slice(), [Warning::TermOver { .. }]));
    let next = Held { starts: Some(date(2026, 11, 1)), ..holds("宇佐見", "threat_information") };
    assert_eq!(terms(&[over, next], TODAY), []);
}

#[test]
fn a_term_is_announced_thirty_days_before_its_end() {
    let until = |ends| terms(&[Held { ends: Some(ends), ..holds("浅香", "audit") }], TODAY);
    assert!(matches!(until(date(2026, 12, 20)).as_slice(), [Warning::TermEnding { .. }]));
    assert_eq!(until(date(2026, 12, 21)), []);
}

#[test]
fn a_year_from_the_first_of_april_ends_on_the_last_of_march() {
    assert_eq!(term_end(date(2026, 4, 1), Some(12)), Some(date(2027, 3, 31)));
    assert_eq!(term_end(date(2024, 2, 29), Some(12)), Some(date(2025, 2, 27)));
    assert_eq!(term_end(date(2026, 4, 1), None), None);
    assert_eq!(term_end(date(9999, 12, 1), Some(12)), None);
    assert_eq!(phase_of_role(false, true), AssignmentPhase::Emergency);
}
