//! 権限表: the whole table of permissions as a page: role × resource × action × scope, and every address with who may use it. It
//! is printed from the rules that judge, so it cannot differ from what happens.

mod pages;
pub mod rules;

use mamori_kernel::access::{Action, Role, Rule, Scope, allow};
use mamori_ledger::web::Routes;

/// Who may read the table.
pub fn permissions() -> Vec<Rule> {
    vec![allow(&[Role::Admin, Role::Officer, Role::Executive, Role::Auditor], "permission_table", &[Action::View], Scope::All)]
}

/// The page.
pub fn routes() -> Routes {
    pages::routes()
}
