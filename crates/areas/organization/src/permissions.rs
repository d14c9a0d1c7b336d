//! Who may do what with the ledgers of this area. Charts and the contact network follow the ledgers they are drawn from.

use mamori_kernel::access::Action::{Approve, Create, Edit, Export, View};
use mamori_kernel::access::{Action, Role, Rule, Scope, allow};

/// Those who keep the organisation up to date.
const KEEPERS: &[Role] = &[Role::Admin, Role::Officer];
/// Everybody: an organisation that is hidden from its people cannot be reached by them.
const ALL: &[Role] = &Role::ALL;

/// The area's rules.
pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = vec![
        // Accounts need people and departments, so administrators keep them as well.
        allow(KEEPERS, "department", &Action::ALL, Scope::All),
        allow(KEEPERS, "person", &Action::ALL, Scope::All),
        allow(&[Role::Officer], "security_role", &Action::ALL, Scope::All),
        allow(&[Role::Officer], "role_assignment", &Action::ALL, Scope::All),
        allow(&[Role::Officer], "contact", &Action::ALL, Scope::All),
        allow(&[Role::Executive], "role_assignment", &[Approve], Scope::All),
        // 社員番号, 雇用区分 and the like are not for everybody.
        allow(&[Role::Executive, Role::Auditor], "person", &[View], Scope::All),
        allow(&[Role::Manager], "person", &[View, Create, Edit, Export], Scope::Department),
        allow(&[Role::Manager, Role::Employee], "person", &[View], Scope::Own),
    ];
    for ledger in ["department", "security_role", "role_assignment", "contact"] {
        rules.push(allow(ALL, ledger, &[View], Scope::All));
    }
    for ledger in ["department", "person", "security_role", "role_assignment", "contact"] {
        rules.push(allow(&[Role::Auditor], ledger, &[Export], Scope::All));
    }
    rules
}
