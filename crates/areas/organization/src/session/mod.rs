//! セッション: signing in and out, the sessions of a user, and who is behind a request.
//!
//! A session is a row; the browser holds 32 random bytes of which the database knows only the SHA-256. The token changes at
//! sign-in, at each step of it, and when the company changes, so a token learnt earlier is worth nothing later.

mod authenticate;
pub(crate) mod ops;
mod own_pages;
pub(crate) mod pages;
pub(crate) mod queries;
pub mod rules;
#[cfg(test)]
mod tests;

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use mamori_kernel::error::Result;
use mamori_ledger::web::Routes;
use mamori_store::{files, secrets};

pub use authenticate::authenticate;
pub use ops::clean_up;

use rules::Stage;

/// From where somebody signs in.
#[derive(Clone, Debug, Default)]
pub struct Door {
    /// The caller's address.
    pub address: String,
    /// Browser and system, see [`rules::device_name`].
    pub agent: String,
}

/// The outcome of a step of signing in.
pub struct SignIn {
    /// The new token for the cookie.
    pub token: String,
    /// How far it has come.
    pub stage: Stage,
}

/// A sign-in that waits for its next step.
pub(crate) struct Pending {
    pub user_id: String,
    pub stage: Stage,
}

/// A session as its owner sees it.
#[derive(Clone, Debug)]
pub struct OwnSession {
    /// Row id.
    pub id: String,
    /// Signed in at.
    pub created_at: Option<Timestamp>,
    /// Last used at (to the minute).
    pub seen_at: Option<Timestamp>,
    /// Address at sign-in.
    pub address: String,
    /// Browser and system.
    pub agent: String,
    /// Confirmed by a second factor.
    pub strong: bool,
}

/// A fresh secret of 256 bits in the form that cookies, links and headers carry.
///
/// # Errors
/// `Error::Internal` when the system has no random bytes.
pub fn new_token() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(secrets::random::<32>()?))
}

/// What the database keeps of a token. Looking it up by its hash tells nothing about the token by timing.
pub fn token_hash(token: &str) -> String {
    files::sha256(token.as_bytes())
}

/// The session token that a browser sent.
pub(crate) fn token_of(headers: &HeaderMap, secure: bool) -> Option<String> {
    let name = rules::cookie_name(secure);
    headers
        .get_all("cookie")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| value.to_owned())
}

/// From where a request comes.
pub(crate) fn door(address: &str, headers: &HeaderMap) -> Door {
    let agent = headers.get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
    Door { address: address.to_owned(), agent: rules::device_name(agent) }
}

/// The pages.
pub fn routes() -> Routes {
    Routes::default().merge(pages::routes()).merge(own_pages::routes())
}

#[cfg(test)]
pub(crate) use authenticate::identify_request as identify_for_tests;
