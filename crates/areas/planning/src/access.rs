//! Who may do what with money and effect.

use mamori_kernel::access::{Action, Role, Rule, Scope, allow};

const READ: &[Action] = &[Action::View, Action::Export];
const WORK: &[Action] = &[Action::View, Action::Create, Action::Edit, Action::Export];

/// The rules of this area; `effect` is the overview of all metrics.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = Vec::new();
    for resource in ["budget_item", "budget_request", "metric", "measurement", "effect"] {
        rules.push(allow(&[Role::Officer], resource, &Action::ALL, Scope::All));
        rules.push(allow(&[Role::Executive, Role::Auditor], resource, READ, Scope::All));
        rules.push(allow(&[Role::Admin], resource, &[Action::View], Scope::All));
    }
    rules.push(allow(&[Role::Executive], "budget_request", &[Action::Approve], Scope::All));
    // A department sees what is planned for it and measures what it does.
    rules.push(allow(&[Role::Manager], "budget_item", READ, Scope::Department));
    rules.push(allow(&[Role::Manager], "effect", &[Action::View], Scope::All));
    for resource in ["metric", "measurement"] {
        rules.push(allow(&[Role::Manager], resource, WORK, Scope::Department));
    }
    // Whoever counts sees the metric and writes down the count.
    rules.push(allow(&[Role::Manager, Role::Employee], "metric", &[Action::View], Scope::Own));
    rules.push(allow(&[Role::Manager, Role::Employee], "measurement", &[Action::View, Action::Create, Action::Edit], Scope::Own));
    rules
}
