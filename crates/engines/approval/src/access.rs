//! Who may do what. Deciding itself is not in this table: whom a step names, decides; the pages ask the step, not the role.

use mamori_kernel::access::Action::{Approve, Create, Edit, Export, Manage, Retire, View};
use mamori_kernel::access::{Action, Role, Rule, Scope, allow};

const ALL: &[Role] = &Role::ALL;

/// The area's rules.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = vec![
        // Manage: names somebody for a step at which nobody can decide any more.
        allow(&[Role::Officer], "approval", &[View, Export, Manage], Scope::All),
        allow(&[Role::Executive], "approval", &[View, Export, Approve], Scope::All),
        allow(&[Role::Admin], "approval", &[View], Scope::All),
        // Everybody sees the own requests; the page of a request also opens for those who decide on it.
        allow(&[Role::Manager, Role::Employee], "approval", &[View], Scope::Own),
        allow(&[Role::Officer, Role::Executive], "approval_step", &[View, Export], Scope::All),
        // Everybody names the own deputy; an officer also for somebody who is ill.
        allow(ALL, "deputy", &[View, Create, Edit, Retire], Scope::Own),
        allow(&[Role::Officer], "deputy", &Action::ALL, Scope::All),
        allow(&[Role::Executive, Role::Admin], "deputy", &[View], Scope::All),
    ];
    for resource in ["approval_route", "approval_route_step"] {
        rules.push(allow(&[Role::Officer], resource, &Action::ALL, Scope::All));
        // Who decides on what is no secret.
        rules.push(allow(ALL, resource, &[View], Scope::All));
    }
    for resource in ["approval", "approval_step", "approval_route", "approval_route_step", "deputy"] {
        rules.push(allow(&[Role::Auditor], resource, &[View, Export], Scope::All));
    }
    rules
}
