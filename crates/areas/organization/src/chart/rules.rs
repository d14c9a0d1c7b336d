//! From roles and appointments to the boxes of a chart and the calls of a network. Pure.

use jiff::civil::Date;

use crate::assignment::rules::{Held, RoleFact};
use crate::role::Phase;
use crate::rules::tree_order;

/// A box of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat<'a> {
    /// Steps below the top.
    pub depth: usize,
    /// The role.
    pub role: &'a RoleFact,
    /// The role above on this chart, if any.
    pub above: Option<&'a RoleFact>,
    /// Who holds it; empty when nobody does.
    pub holders: Vec<&'a Held>,
}

/// The seats of a phase in tree order. Main roles always have a seat, so that a vacancy is seen; the others only when somebody holds
/// them, because a small company needs few of them.
pub fn seats<'a>(roles: &'a [RoleFact], held: &'a [Held], phase: Phase, today: Date) -> Vec<Seat<'a>> {
    let holders = |role: &RoleFact| -> Vec<&'a Held> {
        held.iter().filter(|held| held.role_id == role.id && held.counts_in(phase) && held.in_force(today)).collect()
    };
    let shown: Vec<&'a RoleFact> =
        roles.iter().filter(|role| role.stands_in(phase) && (role.main || !holders(role).is_empty())).collect();
    let find = |id: &str| shown.iter().copied().find(|role| role.id == id);
    let pairs: Vec<(String, String)> = shown.iter().map(|role| (role.id.clone(), nearest(roles, role, phase, &find))).collect();
    tree_order(&pairs)
        .into_iter()
        .filter_map(|(depth, id)| {
            let role = find(&id)?;
            let above = pairs.iter().find(|(own, _)| *own == id).and_then(|(_, above)| find(above));
            Some(Seat { depth, role, above, holders: holders(role) })
        })
        .collect()
}

/// The nearest role above that has a seat: what reports to an unused role reports to the next one up.
fn nearest<'a>(roles: &[RoleFact], role: &RoleFact, phase: Phase, find: &impl Fn(&str) -> Option<&'a RoleFact>) -> String {
    let mut above = role.above(phase);
    // No chain is longer than the list of roles; a circle ends here.
    for _ in 0..roles.len() {
        if above.is_empty() || find(above).is_some() {
            break;
        }
        above = roles.iter().find(|other| other.id == above).map_or("", |other| other.above(phase));
    }
    above.to_owned()
}

/// A person to be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callee {
    /// Name.
    pub name: String,
    /// Telephone number; empty when the ledger has none.
    pub phone: String,
}

/// A call of the network: somebody tells the holders of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Steps below the top.
    pub depth: usize,
    /// Role and names of those who call; empty at the top.
    pub caller: String,
    /// Role that is called.
    pub role: String,
    /// Its row id.
    pub role_id: String,
    /// Those who are called; empty when the role is vacant.
    pub people: Vec<Callee>,
    /// Called when those cannot be reached.
    pub deputies: Vec<Callee>,
}

/// Who calls whom in an emergency, from the top down (S2-D1-16).
pub fn calls(roles: &[RoleFact], held: &[Held], today: Date) -> Vec<Call> {
    let seats = seats(roles, held, Phase::Emergency, today);
    let names = |role_id: &str| -> String {
        let seat = seats.iter().find(|seat| seat.role.id == role_id);
        seat.map(|seat| seat.holders.iter().map(|held| held.person.as_str()).collect::<Vec<_>>().join(" / ")).unwrap_or_default()
    };
    seats
        .iter()
        .map(|seat| Call {
            depth: seat.depth,
            caller: seat.above.map_or_else(String::new, |above| {
                let names = names(&above.id);
                if names.is_empty() { above.name.clone() } else { format!("{} {names}", above.name) }
            }),
            role: seat.role.name.clone(),
            role_id: seat.role.id.clone(),
            people: seat.holders.iter().map(|held| Callee { name: held.person.clone(), phone: held.phone.clone() }).collect(),
            deputies: seat
                .holders
                .iter()
                .filter(|held| !held.deputy.is_empty())
                .map(|held| Callee { name: held.deputy.clone(), phone: held.deputy_phone.clone() })
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 20);

    fn role(code: &str, above: &str, main: bool) -> RoleFact {
        RoleFact {
            id: code.to_owned(),
            code: code.to_owned(),
            name: code.to_owned(),
            main,
            peace: true,
            emergency: true,
            above_peace: above.to_owned(),
            above_emergency: above.to_owned(),
            ..RoleFact::default()
        }
    }

    fn held(role: &str, person: &str, phone: &str) -> Held {
        Held {
            id: format!("{role}/{person}"),
            role_id: role.to_owned(),
            person_id: person.to_owned(),
            person: person.to_owned(),
            phone: phone.to_owned(),
            ..Held::default()
        }
    }

    #[test]
    fn vacant_main_roles_have_a_seat_and_unused_ones_are_skipped() {
        let roles =
            [role("CISO", "", true), role("連絡", "CISO", true), role("収集", "分析", false), role("分析", "連絡", false)];
        let people = [held("収集", "三日月", "")];
        let seats = seats(&roles, &people, Phase::Peace, TODAY);
        let shown: Vec<_> = seats.iter().map(|seat| (seat.depth, seat.role.code.as_str(), seat.holders.len())).collect();
        assert_eq!(shown, [(0, "CISO", 0), (1, "連絡", 0), (2, "収集", 1)]);
        assert_eq!(seats[2].above.unwrap().code, "連絡");
    }

    #[test]
    fn roles_that_report_in_a_circle_are_still_shown() {
        let roles = [role("a", "b", true), role("b", "a", true)];
        assert_eq!(seats(&roles, &[], Phase::Peace, TODAY).len(), 2);
    }

    #[test]
    fn the_network_says_who_calls_whom_and_who_stands_in() {
        let roles = [role("CISO", "", true), role("責任者", "CISO", true)];
        let mut people = [held("CISO", "社長", "090-0000-0001"), held("責任者", "森", "")];
        people[1].deputy = "真野".to_owned();
        people[1].deputy_phone = "090-0000-0003".to_owned();
        let calls = calls(&roles, &people, TODAY);
        assert_eq!(calls[0].caller, "");
        assert_eq!(calls[1].caller, "CISO 社長");
        assert_eq!(calls[1].people, [Callee { name: "森".to_owned(), phone: String::new() }]);
        assert_eq!(calls[1].deputies, [Callee { name: "真野".to_owned(), phone: "090-0000-0003".to_owned() }]);
    }
}
