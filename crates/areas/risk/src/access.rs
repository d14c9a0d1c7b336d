//! Who may do what with risks.

use mamori_kernel::access::{Action, Role, Rule, Scope, allow};

const READ: &[Action] = &[Action::View, Action::Export];
const VIEW: &[Action] = &[Action::View];
const WORK: &[Action] = &[Action::View, Action::Create, Action::Edit, Action::Export];

/// The rules of this area. `risk` is the overview, `risk_report` the report; the others are ledgers.
pub(crate) fn rules() -> Vec<Rule> {
    const ALL: [&str; 8] =
        ["risk", "threat_level", "weakness_check", "risk_method", "treatment", "acceptance", "risk_report", "risk_appetite"];
    let mut rules = Vec::new();
    for resource in ALL {
        rules.push(allow(&[Role::Officer], resource, &Action::ALL, Scope::All));
        rules.push(allow(&[Role::Auditor], resource, READ, Scope::All));
        rules.push(allow(&[Role::Executive], resource, READ, Scope::All));
        rules.push(allow(&[Role::Admin], resource, VIEW, Scope::All));
    }
    // The management decides: it approves treatments and acceptances, and may propose one itself (S2-D6-10).
    rules.push(allow(&[Role::Executive], "treatment", &[Action::Approve], Scope::All));
    rules.push(allow(&[Role::Executive], "acceptance", &[Action::Create, Action::Edit, Action::Approve], Scope::All));
    rules.push(allow(&[Role::Executive], "risk_report", &[Action::Create, Action::Approve], Scope::All));
    // A department sees its own risks and works on its own treatments; the sheets concern everybody who asks for a reason.
    for resource in ["risk", "threat_level", "weakness_check", "risk_method", "risk_appetite"] {
        rules.push(allow(&[Role::Manager], resource, VIEW, Scope::All));
    }
    rules.push(allow(
        &[Role::Manager],
        "treatment",
        &[Action::View, Action::Create, Action::Edit, Action::Export],
        Scope::Department,
    ));
    // A department proposes to accept its own risks; the approval decides (S2-D6-10).
    rules.push(allow(&[Role::Manager], "acceptance", &[Action::View, Action::Create, Action::Edit], Scope::Department));
    // Whoever has a treatment to do sees it and reports that it is done.
    rules.push(allow(&[Role::Manager, Role::Employee], "treatment", &[Action::View, Action::Edit], Scope::Own));
    rules.extend(register());
    rules.extend(others());
    rules
}

/// The risk register with its threats, weaknesses, scale and approaches.
fn register() -> Vec<Rule> {
    let mut rules = Vec::new();
    for resource in ["scenario", "threat", "weakness", "risk_scale", "approach"] {
        rules.push(allow(&[Role::Officer], resource, &Action::ALL, Scope::All));
        rules.push(allow(&[Role::Auditor, Role::Executive], resource, READ, Scope::All));
        rules.push(allow(&[Role::Admin], resource, VIEW, Scope::All));
    }
    // What could happen, what is weak and how it is counted is no secret to those who judge; the risks themselves are the department's.
    for resource in ["threat", "weakness", "risk_scale", "approach"] {
        rules.push(allow(&[Role::Manager], resource, VIEW, Scope::All));
    }
    // Whoever answers for a risk reads what it is made of.
    for resource in ["threat", "weakness"] {
        rules.push(allow(&[Role::Employee], resource, VIEW, Scope::All));
    }
    rules.push(allow(&[Role::Manager], "scenario", WORK, Scope::Department));
    rules.push(allow(&[Role::Manager, Role::Employee], "scenario", VIEW, Scope::Own));
    rules
}

/// Transfers and customers' demands.
fn others() -> Vec<Rule> {
    let mut rules = Vec::new();
    for resource in ["insurance", "customer_demand"] {
        rules.push(allow(&[Role::Officer], resource, &Action::ALL, Scope::All));
        rules.push(allow(&[Role::Auditor, Role::Executive], resource, READ, Scope::All));
    }
    rules.push(allow(&[Role::Manager], "customer_demand", WORK, Scope::Department));
    // Whoever answers a customer, or looks after a policy, sees it and keeps it up to date.
    for resource in ["insurance", "customer_demand"] {
        rules.push(allow(&[Role::Manager, Role::Employee], resource, &[Action::View, Action::Edit], Scope::Own));
    }
    rules
}
