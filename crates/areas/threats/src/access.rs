//! Who may do what with the analyses: the officer everything, a manager his department's, the management and the auditor read.

use mamori_kernel::access::Action::{Create, Edit, Export, Retire, View};
use mamori_kernel::access::Scope::{All, Department};
use mamori_kernel::access::{Action, Role, Rule, allow};
use mamori_ledger::Ledger as _;

use crate::attack_tree::{AttackNode, AttackTree};
use crate::card;
use crate::case_study::CaseStudy;
use crate::stride::{StrideElement, StrideModel, StrideVerdict};

/// The area's lines of the table of permissions. Employees have none: the sheets say where the company is weak.
pub(crate) fn permissions() -> Vec<Rule> {
    let mut rules = Vec::new();
    for code in [StrideModel::CODE, StrideElement::CODE, StrideVerdict::CODE, AttackTree::CODE, AttackNode::CODE, CaseStudy::CODE]
    {
        rules.push(allow(&[Role::Officer], code, &Action::ALL, All));
        rules.push(allow(&[Role::Executive, Role::Auditor], code, &[View, Export], All));
        rules.push(allow(&[Role::Admin], code, &[View], All));
        rules.push(allow(&[Role::Manager], code, &[View, Create, Edit, Retire, Export], Department));
    }
    rules.push(allow(&[Role::Officer], card::RESOURCE, &Action::ALL, All));
    rules.push(allow(&[Role::Executive, Role::Auditor, Role::Admin, Role::Manager], card::RESOURCE, &[View], All));
    rules
}
