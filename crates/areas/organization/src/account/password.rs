//! Hashing of passwords: argon2id with the parameters of the OWASP cheat sheet (19 MiB, 2 passes, 1 lane), never on the threads
//! that serve requests and never more than two at once, so that a storm of sign-ins cannot take all memory.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use mamori_kernel::error::{Error, Result};
use tokio::sync::Semaphore;

/// How many hashes are computed at the same time.
static GATE: Semaphore = Semaphore::const_new(2);

/// A hash of nothing in particular, so that an unknown name costs as much work as a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| Error::Internal(format!("argon2: {error}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &str) -> Result<String> {
    let made: PasswordHash =
        hasher()?.hash_password(password.as_bytes()).map_err(|error| Error::Internal(format!("argon2: {error}")))?;
    Ok(made.to_string())
}

fn matches_now(stored: &str, password: &str) -> bool {
    let known = if stored.is_empty() { NOBODY.as_str() } else { stored };
    let Ok(parsed) = PasswordHash::new(known) else { return false };
    let fits = hasher().is_ok_and(|hasher| hasher.verify_password(password.as_bytes(), &parsed).is_ok());
    fits && !stored.is_empty()
}

async fn behind_the_gate<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let permit = GATE.acquire().await.map_err(|_| Error::Unavailable)?;
    tokio::task::spawn_blocking(move || {
        // Held by the work, not by the request: a visitor who goes away does not open the gate early.
        let _permit = permit;
        work()
    })
    .await
    .map_err(|error| Error::Internal(error.to_string()))
}

/// Hashes a password in its normal form, with a fresh salt, as a PHC string.
///
/// # Errors
/// [`Error::Internal`] when the system has no random bytes or memory.
pub async fn hash(password: &str) -> Result<String> {
    let password = password.to_owned();
    behind_the_gate(move || hash_now(&password)).await?
}

/// True when the password belongs to the stored hash. An empty hash (no such account, or one without a password) never matches
/// but takes the same time.
///
/// # Errors
/// [`Error::Internal`] when the work could not be done.
pub async fn matches(stored: &str, password: &str) -> Result<bool> {
    let (stored, password) = (stored.to_owned(), password.to_owned());
    behind_the_gate(move || matches_now(&stored, &password)).await
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let hash = super::hash("kumo-hana-1").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, super::hash("kumo-hana-1").await.unwrap(), "a fresh salt each time");
        assert!(super::matches(&hash, "kumo-hana-1").await.unwrap());
        assert!(!super::matches(&hash, "kumo-hana-2").await.unwrap());
        assert!(!super::matches("", "nobody has this password").await.unwrap());
        assert!(!super::matches("rubbish", "x").await.unwrap());
    }
}
