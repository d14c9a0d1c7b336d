//! Who may do what with checks and reviews.

use mamori_kernel::access::Action::{Approve, Create, Edit, Export, View};
use mamori_kernel::access::{Action, Role, Rule, Scope, allow};

/// The rules of this area.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = Vec::new();
    for resource in ["check", "check_answer", "service_review", "review_condition"] {
        rules.push(allow(&[Role::Officer], resource, &Action::ALL, Scope::All));
        rules.push(allow(&[Role::Auditor], resource, &[View, Export], Scope::All));
        rules.push(allow(&[Role::Executive], resource, &[View, Export], Scope::All));
        rules.push(allow(&[Role::Admin], resource, &[View], Scope::All));
        rules.push(allow(&[Role::Manager], resource, &[View, Create, Edit, Export], Scope::Department));
    }
    // Those above may look at the answers of others and pass them.
    rules.push(allow(&[Role::Executive], "check", &[Approve], Scope::All));
    // Whoever is asked answers; whoever needs a service asks for it.
    for resource in ["check", "check_answer"] {
        rules.push(allow(&[Role::Manager, Role::Employee], resource, &[View, Edit], Scope::Own));
    }
    rules.push(allow(&[Role::Manager, Role::Employee], "service_review", &[View, Create, Edit], Scope::Own));
    rules.push(allow(&[Role::Manager, Role::Employee], "review_condition", &[View, Create, Edit], Scope::Own));
    rules
}
