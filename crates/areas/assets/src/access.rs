//! Who may do what with assets and stocktakes.

use mamori_kernel::access::Action::{Create, Edit, Export, Retire, View};
use mamori_kernel::access::Scope::{All, Department, Own};
use mamori_kernel::access::{Action, Role, Rule, allow, allow_up_to};
use mamori_ledger::Ledger as _;

use crate::information_asset::InformationAsset;
use crate::key_person::KeyPerson;
use crate::stocktake::{Stocktake, StocktakeItem};

const OFFICER: &[Role] = &[Role::Officer];
const READERS: &[Role] = &[Role::Executive, Role::Admin];
const AUDITOR: &[Role] = &[Role::Auditor];
const MANAGER: &[Role] = &[Role::Manager];
const STAFF: &[Role] = &[Role::Manager, Role::Employee];

/// The area's lines of the table of permissions.
///
/// An owner may take his own row out of use because "it is gone" is one of the three answers of a stocktake; it is logged and can be undone.
pub(crate) fn permissions() -> Vec<Rule> {
    let mut rules = Vec::new();
    for code in [InformationAsset::CODE, KeyPerson::CODE, Stocktake::CODE, StocktakeItem::CODE] {
        rules.push(allow(OFFICER, code, &Action::ALL, All));
        rules.push(allow(READERS, code, &[View], All));
        rules.push(allow(AUDITOR, code, &[View, Export], All));
    }
    rules.push(allow(MANAGER, InformationAsset::CODE, &[View, Create, Edit, Retire], Department));
    rules.push(allow_up_to(MANAGER, InformationAsset::CODE, &[View], All, 1));
    rules.push(allow(STAFF, InformationAsset::CODE, &[View, Retire], Own));
    rules.push(allow(MANAGER, KeyPerson::CODE, &[View, Create, Edit], Department));
    rules.push(allow(STAFF, Stocktake::CODE, &[View], All));
    rules.push(allow(MANAGER, StocktakeItem::CODE, &[View, Edit], Department));
    rules.push(allow(STAFF, StocktakeItem::CODE, &[View, Edit], Own));
    rules
}
