//! From the rules to a table that a person can read. Pure.

use std::collections::BTreeMap;

use mamori_kernel::access::{Action, CLASSIFICATION_MAX, Policy, Role, Scope};

/// The resources that the rules name, each once, in the order of the rules; `*` is left to the caller's list.
pub fn named_resources(policy: &Policy) -> Vec<&'static str> {
    let mut seen = Vec::new();
    for rule in &policy.rules {
        if rule.resource != "*" && !seen.contains(&rule.resource) {
            seen.push(rule.resource);
        }
    }
    seen
}

/// How far a role reaches: the scope and the highest classification.
pub type Extent = (Scope, i64);

/// What one role may do with one resource: actions grouped by how far they reach, the widest first. Empty: nothing.
pub fn cell(policy: &Policy, role: Role, resource: &str) -> Vec<(Vec<Extent>, Vec<Action>)> {
    let mut groups: BTreeMap<Vec<Extent>, Vec<Action>> = BTreeMap::new();
    for action in Action::ALL {
        let reach = policy.reach(&[role], resource, action);
        if !reach.is_none() {
            groups.entry(reach.grants).or_default().push(action);
        }
    }
    groups.into_iter().rev().collect()
}

/// True when a grant reaches every classification.
pub fn is_unlimited(ceiling: i64) -> bool {
    ceiling >= CLASSIFICATION_MAX
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use mamori_kernel::access::{allow, allow_up_to, deny};

    #[test]
    fn a_cell_says_what_the_judge_says() {
        let policy = Policy {
            rules: vec![
                allow(&[Role::Manager], "asset", &[Action::View, Action::Edit], Scope::Department),
                allow_up_to(&[Role::Manager], "asset", &[Action::View], Scope::All, 1),
                allow(&[Role::Auditor], "*", &[Action::View, Action::Edit], Scope::All),
                deny(&[Role::Auditor], "*", &[Action::Edit]),
            ],
        };
        assert_eq!(named_resources(&policy), ["asset"]);
        let manager = cell(&policy, Role::Manager, "asset");
        assert_eq!(manager.len(), 2);
        assert!(manager.iter().any(|(extent, actions)| *extent == [(Scope::Department, 3)] && *actions == [Action::Edit]));
        assert!(
            manager
                .iter()
                .any(|(extent, actions)| *extent == [(Scope::All, 1), (Scope::Department, 3)] && *actions == [Action::View])
        );
        assert_eq!(cell(&policy, Role::Auditor, "asset"), [(vec![(Scope::All, 3)], vec![Action::View])]);
        assert!(cell(&policy, Role::Employee, "asset").is_empty());
    }
}
