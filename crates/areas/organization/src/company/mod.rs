//! 会社: the profile of a company, the choice among one's companies, a further company in the installation.

pub mod ops;
pub(crate) mod pages;
pub(crate) mod queries;
pub mod rules;
#[cfg(test)]
mod tests;

use mamori_kernel::access::{Action, Role, Rule, Scope, allow};
use mamori_kernel::lang::Lang;
use mamori_ledger::web::Routes;

pub use ops::create_company;

/// What the programme needs to know of a company from the first day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Name, as on documents.
    pub name: String,
    /// Reading of the name, or empty.
    pub name_kana: String,
    /// Code of [`rules::INDUSTRIES`].
    pub industry: String,
    /// Number of people, part-timers included.
    pub headcount: i64,
    /// First month of the fiscal year (年度), 1–12.
    pub fiscal_start_month: i64,
    /// Language of documents and mails.
    pub lang: Lang,
    /// Start of document numbers (文書番号), or empty.
    pub doc_prefix: String,
}

/// A company as stored.
#[derive(Clone, Debug)]
pub struct Company {
    /// Row id.
    pub id: String,
    /// Short code, on the command line.
    pub code: String,
    /// Version, for the optimistic lock.
    pub version: i64,
    /// The rest.
    pub profile: Profile,
}

/// Who may see and change the profile.
pub fn permissions() -> Vec<Rule> {
    vec![
        allow(&Role::ALL, "company", &[Action::View], Scope::All),
        allow(&[Role::Admin, Role::Officer], "company", &[Action::Edit, Action::Manage], Scope::All),
    ]
}

/// The pages.
pub fn routes() -> Routes {
    pages::routes()
}
