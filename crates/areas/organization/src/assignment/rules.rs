//! What is true of appointments and what is wrong with an organisation. Pure; the day is a parameter.
//!
//! Sources: two charts, no empty role S2-D1-08/-09; supervisor ≠ worker S2-D1-09; more than 100 people need somebody who audits
//! S2-D8-04 and T22; a term with a reminder S0-11.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::AssignmentPhase;
use crate::role::{AUDIT, EXECUTIVE, Phase};

/// Above this number of people somebody must audit (S2-D8-04).
pub const AUDIT_HEADCOUNT: i64 = 100;
/// One person with more roles than these is a risk for the company and for the person.
pub const MANY_ROLES: usize = 3;
/// Days before the end of a term from which it is shown as work.
pub const TERM_NOTICE_DAYS: i64 = 30;

/// A role, as far as judging needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleFact {
    /// Row id.
    pub id: String,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Somebody must hold it.
    pub main: bool,
    /// One of the five to fill first.
    pub small_set: bool,
    /// Stands on the chart of 平時.
    pub peace: bool,
    /// Stands on the chart of 有事.
    pub emergency: bool,
    /// Id of the role above in 平時; empty at the top.
    pub above_peace: String,
    /// Id of the role above in 有事.
    pub above_emergency: String,
    /// Ids of the roles whose work it examines.
    pub independent_of: Vec<String>,
}

impl RoleFact {
    /// Stands on the chart of a phase.
    pub fn stands_in(&self, phase: Phase) -> bool {
        match phase {
            Phase::Peace => self.peace,
            Phase::Emergency => self.emergency,
        }
    }

    /// Id of the role above on the chart of a phase.
    pub fn above(&self, phase: Phase) -> &str {
        match phase {
            Phase::Peace => &self.above_peace,
            Phase::Emergency => &self.above_emergency,
        }
    }
}

/// An appointment, as far as judging needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Row id.
    pub id: String,
    /// Role and person in one line.
    pub summary: String,
    /// Row id of the role.
    pub role_id: String,
    /// Row id of the person.
    pub person_id: String,
    /// Name of the person.
    pub person: String,
    /// Telephone number of the person.
    pub phone: String,
    /// Last day of the person, if known.
    pub left_on: Option<Date>,
    /// Name of the deputy; empty if none.
    pub deputy: String,
    /// Telephone number of the deputy.
    pub deputy_phone: String,
    /// When; `None` counts as both.
    pub phase: Option<AssignmentPhase>,
    /// First day.
    pub starts: Option<Date>,
    /// Last day; `None` is open.
    pub ends: Option<Date>,
}

impl Held {
    /// In force on a day: the term runs and the person is still here.
    pub fn in_force(&self, today: Date) -> bool {
        self.starts.is_none_or(|starts| starts <= today)
            && self.ends.is_none_or(|ends| ends >= today)
            && self.left_on.is_none_or(|left| left >= today)
    }

    /// Counts on the chart of a phase.
    pub fn counts_in(&self, phase: Phase) -> bool {
        match self.phase {
            None | Some(AssignmentPhase::Both) => true,
            Some(AssignmentPhase::Peace) => phase == Phase::Peace,
            Some(AssignmentPhase::Emergency) => phase == Phase::Emergency,
        }
    }
}

/// The last day of a term of some months: a year from 1 April ends on 31 March (S0-11). `None` without a term.
pub fn term_end(starts: Date, term_months: Option<i64>) -> Option<Date> {
    let months = term_months.filter(|months| (1..=1200).contains(months))?;
    starts.checked_add(Span::new().months(months)).ok()?.checked_sub(1.day()).ok()
}

/// The phase of an appointment when none is given: that of its role.
pub fn phase_of_role(peace: bool, emergency: bool) -> AssignmentPhase {
    match (peace, emergency) {
        (true, false) => AssignmentPhase::Peace,
        (false, true) => AssignmentPhase::Emergency,
        _ => AssignmentPhase::Both,
    }
}

/// What stands out in an organisation. Names, not ids: it is read by people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Nobody audits although there are more than [`AUDIT_HEADCOUNT`] people.
    AuditHeadMissing {
        /// People in the company.
        headcount: i64,
        /// Row id of the audit role; empty when the ledger has none.
        role_id: String,
    },
    /// A main role that nobody holds.
    RoleEmpty {
        /// The role.
        role: String,
        /// Its row id.
        role_id: String,
        /// One of the five to fill first.
        first: bool,
    },
    /// One person holds every role that is held at all.
    HoldsEverything {
        /// The person.
        person: String,
        /// How many roles.
        roles: usize,
    },
    /// One person holds more than [`MANY_ROLES`] roles.
    HoldsMany {
        /// The person.
        person: String,
        /// The roles.
        roles: Vec<String>,
    },
    /// The person who examines also does the work that is examined.
    NotIndependent {
        /// The person.
        person: String,
        /// The examining role.
        role: String,
        /// The roles it examines that the same person holds.
        examined: Vec<String>,
    },
    /// The person reports to himself.
    SupervisesSelf {
        /// The person.
        person: String,
        /// The supervising role.
        above: String,
        /// The supervised roles that the same person holds.
        roles: Vec<String>,
    },
    /// A main role of the emergency chart without a deputy.
    DeputyMissing {
        /// The role.
        role: String,
        /// The person.
        person: String,
        /// Row id of the appointment.
        id: String,
    },
    /// The term is over and nobody follows.
    TermOver {
        /// Role and person.
        summary: String,
        /// Row id of the appointment.
        id: String,
        /// Last day.
        ends: Date,
    },
    /// The term ends within [`TERM_NOTICE_DAYS`] and nobody follows yet.
    TermEnding {
        /// Role and person.
        summary: String,
        /// Row id of the appointment.
        id: String,
        /// Last day.
        ends: Date,
    },
    /// The person has left but still holds the role.
    HolderLeft {
        /// Role and person.
        summary: String,
        /// Row id of the appointment.
        id: String,
    },
}

/// Judges the organisation of one phase.
pub fn judge(roles: &[RoleFact], held: &[Held], phase: Phase, headcount: i64, today: Date) -> Vec<Warning> {
    let standing: Vec<&RoleFact> = roles.iter().filter(|role| role.stands_in(phase)).collect();
    let active: Vec<&Held> = held.iter().filter(|held| held.counts_in(phase) && held.in_force(today)).collect();
    let mut warnings = empty(&standing, roles, &active, phase, headcount);
    warnings.extend(people(&standing, &active, phase));
    if phase == Phase::Emergency {
        warnings.extend(deputies(&standing, &active));
    }
    warnings.extend(terms(held, today));
    warnings
}

fn empty(standing: &[&RoleFact], roles: &[RoleFact], active: &[&Held], phase: Phase, headcount: i64) -> Vec<Warning> {
    let is_held = |role: &RoleFact| active.iter().any(|held| held.role_id == role.id);
    let mut warnings = Vec::new();
    let audit = roles.iter().find(|role| role.code == AUDIT);
    let must_audit = phase == Phase::Peace && headcount > AUDIT_HEADCOUNT && !audit.is_some_and(is_held);
    if must_audit {
        warnings.push(Warning::AuditHeadMissing { headcount, role_id: audit.map_or_else(String::new, |role| role.id.clone()) });
    }
    for role in standing.iter().filter(|role| role.main && !is_held(role)) {
        if must_audit && role.code == AUDIT {
            continue;
        }
        warnings.push(Warning::RoleEmpty { role: role.name.clone(), role_id: role.id.clone(), first: role.small_set });
    }
    warnings
}

fn people(standing: &[&RoleFact], active: &[&Held], phase: Phase) -> Vec<Warning> {
    let mut by_person: BTreeMap<(&str, &str), BTreeSet<usize>> = BTreeMap::new();
    let mut filled = BTreeSet::new();
    for held in active {
        if let Some(at) = standing.iter().position(|role| role.id == held.role_id) {
            by_person.entry((&held.person, &held.person_id)).or_default().insert(at);
            filled.insert(at);
        }
    }
    let mut warnings = Vec::new();
    for ((person, _), mine) in &by_person {
        let person = (*person).to_owned();
        let mine: Vec<&RoleFact> = mine.iter().filter_map(|at| standing.get(*at).copied()).collect();
        if mine.len() >= MANY_ROLES && mine.len() == filled.len() {
            warnings.push(Warning::HoldsEverything { person: person.clone(), roles: mine.len() });
        } else if mine.len() > MANY_ROLES {
            warnings.push(Warning::HoldsMany { person: person.clone(), roles: names(&mine) });
        }
        for role in &mine {
            let examined: Vec<&RoleFact> = mine.iter().copied().filter(|other| role.independent_of.contains(&other.id)).collect();
            if !examined.is_empty() {
                warnings.push(Warning::NotIndependent {
                    person: person.clone(),
                    role: role.name.clone(),
                    examined: names(&examined),
                });
            }
            // At the top of a small company one person may well do the work as well (経営者兼務, S2-D8-04).
            let below: Vec<&RoleFact> =
                mine.iter().copied().filter(|other| other.id != role.id && other.above(phase) == role.id).collect();
            if role.code != EXECUTIVE && !below.is_empty() {
                warnings.push(Warning::SupervisesSelf { person: person.clone(), above: role.name.clone(), roles: names(&below) });
            }
        }
    }
    warnings
}

fn names(roles: &[&RoleFact]) -> Vec<String> {
    roles.iter().map(|role| role.name.clone()).collect()
}

fn deputies(standing: &[&RoleFact], active: &[&Held]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for role in standing.iter().filter(|role| role.main) {
        let holders: Vec<&&Held> = active.iter().filter(|held| held.role_id == role.id).collect();
        // Two people in one role stand in for each other.
        if let [only] = holders.as_slice()
            && only.deputy.is_empty()
        {
            warnings.push(Warning::DeputyMissing { role: role.name.clone(), person: only.person.clone(), id: only.id.clone() });
        }
    }
    warnings
}

/// Terms that are over or about to end without a successor, and holders who have left.
pub fn terms(held: &[Held], today: Date) -> Vec<Warning> {
    let horizon = today.saturating_add(Span::new().days(TERM_NOTICE_DAYS));
    let mut warnings = Vec::new();
    for one in held {
        let (summary, id) = (one.summary.clone(), one.id.clone());
        let followed = |from: Date| {
            held.iter().any(|other| {
                other.id != one.id
                    && other.role_id == one.role_id
                    && other.left_on.is_none_or(|left| left > from)
                    && other.ends.is_none_or(|ends| ends > from)
            })
        };
        match one.ends {
            Some(ends) if ends < today && !followed(ends) => warnings.push(Warning::TermOver { summary, id, ends }),
            Some(ends) if ends < today => {}
            _ if one.left_on.is_some_and(|left| left < today) => warnings.push(Warning::HolderLeft { summary, id }),
            Some(ends) if ends <= horizon && !followed(ends) => warnings.push(Warning::TermEnding { summary, id, ends }),
            _ => {}
        }
    }
    warnings
}
