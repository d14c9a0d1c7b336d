//! APIトークン: keys with which other programs read or write the ledgers in the name of their owner, in one company.

pub mod ops;
mod pages;
pub(crate) mod queries;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use mamori_ledger::web::Routes;

pub use ops::issue;

/// What a token may do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenScope {
    /// Read and export.
    Read,
    /// Everything its owner may do.
    Write,
}

impl TokenScope {
    /// The stable code: `read` or `write`.
    pub fn code(self) -> &'static str {
        match self {
            TokenScope::Read => "read",
            TokenScope::Write => "write",
        }
    }

    /// The scope of a code.
    pub fn parse(code: &str) -> Option<TokenScope> {
        [TokenScope::Read, TokenScope::Write].into_iter().find(|scope| scope.code() == code)
    }
}

/// A token as its owner sees it; the token itself is shown once and never again.
#[derive(Clone, Debug)]
pub struct ApiToken {
    /// Row id.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scope: TokenScope,
    /// Made at.
    pub created_at: Option<Timestamp>,
    /// Void from this instant; `None` for never.
    pub expires_at: Option<Timestamp>,
    /// Last used at (to the minute).
    pub last_used_at: Option<Timestamp>,
}

/// The pages.
pub fn routes() -> Routes {
    pages::routes()
}
