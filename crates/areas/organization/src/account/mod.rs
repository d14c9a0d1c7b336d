//! アカウント: who may sign in, with which password and second factor, and as what in which company (S2-D7-06).
//!
//! An account belongs to the installation; a *membership* ties it to a company with roles and, if wanted, to a row of the people
//! ledger. A company's administrator changes the membership freely but touches the account itself (name, password, lock) only
//! while it belongs to no other company; otherwise the administrator of the installation does.

pub(crate) mod admin_form;
mod admin_pages;
pub(crate) mod attempts;
#[cfg(test)]
pub(crate) mod harness;
pub mod mine;
mod mine_pages;
pub mod ops;
#[cfg(test)]
mod page_tests;
pub mod password;
pub mod queries;
pub mod reset;
mod reset_pages;
pub mod rules;
#[cfg(test)]
mod tests;
pub mod totp;
pub mod two_factor;
mod two_factor_pages;

pub(crate) use mine_pages::mine_tabs;

use jiff::Timestamp;
use mamori_kernel::access::{Action, Role, Rule, Scope, allow};
use mamori_kernel::lang::Lang;
use mamori_ledger::web::Routes;

use rules::{Attempts, Class};

/// Whether the next sign-in demands a new password, and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum MustChange {
    /// It does not.
    #[default]
    No,
    /// The password was handed out by an administrator: one use, [`rules::ONE_TIME_PASSWORD_DAYS`] days.
    OneTime,
    /// The account became privileged and its password may be too short for that.
    Stricter,
}

impl MustChange {
    /// Reads the column.
    pub fn from_column(value: i64) -> MustChange {
        match value {
            0 => MustChange::No,
            2 => MustChange::Stricter,
            _ => MustChange::OneTime,
        }
    }

    /// The value of the column.
    pub fn column(self) -> i64 {
        match self {
            MustChange::No => 0,
            MustChange::OneTime => 1,
            MustChange::Stricter => 2,
        }
    }
}

/// An account with everything that signing in needs. Deliberately without `Debug`: it holds hashes and sealed secrets.
pub struct Account {
    /// Row id.
    pub id: String,
    /// Login name in its normal form.
    pub login: String,
    /// Name shown in history.
    pub name: String,
    /// Mail address, or empty.
    pub email: String,
    /// PHC string, or empty.
    pub password_hash: String,
    /// When the password was set.
    pub password_changed_at: Option<Timestamp>,
    /// The next sign-in demands a new one.
    pub must_change: MustChange,
    /// Sealed secret of the second factor, or empty.
    pub totp_secret: String,
    /// The second factor is in force.
    pub totp_on: bool,
    /// Step of the last used code.
    pub totp_last_step: i64,
    /// Hashed recovery codes that remain.
    pub recovery_codes: Vec<String>,
    /// Failures and lock.
    pub attempts: Attempts,
    /// Preferred language.
    pub lang: Lang,
    /// Administrator of the whole installation.
    pub installation_admin: bool,
    /// Shut by an administrator.
    pub disabled: bool,
    /// Last sign-in.
    pub last_login_at: Option<Timestamp>,
    /// The roles of all memberships together; they decide about the password rules.
    pub roles_anywhere: Vec<Role>,
}

impl Account {
    /// Which password rules apply, by all memberships together.
    pub fn class(&self) -> Class {
        Class::of(&self.roles_anywhere, self.installation_admin)
    }
}

/// An account as the administrators of a company see it.
#[derive(Clone, Debug)]
pub struct Member {
    /// The account's id.
    pub id: String,
    /// Login name.
    pub login: String,
    /// Name.
    pub name: String,
    /// Mail address, or empty.
    pub email: String,
    /// Preferred language.
    pub lang: Lang,
    /// Roles in this company.
    pub roles: Vec<Role>,
    /// Row of the people ledger.
    pub person_id: Option<String>,
    /// Administrator of the whole installation.
    pub installation_admin: bool,
    /// Shut.
    pub disabled: bool,
    /// The next sign-in demands a new password.
    pub must_change: MustChange,
    /// Failures and lock.
    pub attempts: Attempts,
    /// The second factor is in force.
    pub totp_on: bool,
    /// Last sign-in.
    pub last_login_at: Option<Timestamp>,
    /// Belongs to another company as well.
    pub elsewhere: bool,
}

/// An account to be created. Deliberately without `Debug`: it holds a password.
#[derive(Clone)]
pub struct NewUser {
    /// Login name; put into its normal form.
    pub login: String,
    /// Name.
    pub name: String,
    /// Mail address, or empty.
    pub email: String,
    /// Password as typed.
    pub password: String,
    /// Demand a new password at the first sign-in.
    pub must_change: MustChange,
    /// Preferred language.
    pub lang: Lang,
    /// Roles in the company.
    pub roles: Vec<Role>,
    /// Row of the people ledger.
    pub person_id: Option<String>,
    /// Administrator of the whole installation.
    pub installation_admin: bool,
}

/// Who may see and change accounts.
pub fn permissions() -> Vec<Rule> {
    vec![
        allow(&[Role::Admin], "account", &Action::ALL, Scope::All),
        allow(&[Role::Officer, Role::Auditor], "account", &[Action::View], Scope::All),
    ]
}

/// The pages.
pub fn routes() -> Routes {
    Routes::default()
        .merge(admin_pages::routes())
        .merge(mine_pages::routes())
        .merge(reset_pages::routes())
        .merge(two_factor_pages::routes())
}
