//! Who may do what with risks.

use mamori_kernel::access::{Action, Role, Rule, Scope, allow};

const READ: &[Action] = &[Action::View, Action::Export];
const VIEW: &[Action] = &[Action::View];

/// The rules of this area. `risk` is the overview, `risk_report` the report; the others are ledgers.
pub(crate) fn rules() -> Vec<Rule> {
    const ALL: [&str; 7] = ["risk", "threat_level", "weakness_check", "risk_method", "treatment", "acceptance", "risk_report"];
    let mut rules = Vec::new();
    for resource in ALL {
        rules.push(allow(&[Role::Officer], resource, &Action::ALL, Scope::All));
        rules.push(allow(&[Role::Auditor], resource, READ, Scope::All));
        rules.push(allow(&[Role::Executive], resource, READ, Scope::All));
        rules.push(allow(&[Role::Admin], resource, VIEW, Scope::All));
    }
    // The management decides: it approves treatments and records acceptances itself (S2-D6-10).
    rules.push(allow(&[Role::Executive], "treatment", &[Action::Approve], Scope::All));
    rules.push(allow(&[Role::Executive], "acceptance", &[Action::Create, Action::Edit, Action::Approve], Scope::All));
    rules.push(allow(&[Role::Executive], "risk_report", &[Action::Create, Action::Approve], Scope::All));
    // A department sees its own risks and works on its own treatments; the sheets concern everybody who asks for a reason.
    for resource in ["risk", "threat_level", "weakness_check", "risk_method"] {
        rules.push(allow(&[Role::Manager], resource, VIEW, Scope::All));
    }
    rules.push(allow(
        &[Role::Manager],
        "treatment",
        &[Action::View, Action::Create, Action::Edit, Action::Export],
        Scope::Department,
    ));
    rules.push(allow(&[Role::Manager], "acceptance", VIEW, Scope::Department));
    // Whoever has a treatment to do sees it and reports that it is done.
    rules.push(allow(&[Role::Manager, Role::Employee], "treatment", &[Action::View, Action::Edit], Scope::Own));
    rules
}
