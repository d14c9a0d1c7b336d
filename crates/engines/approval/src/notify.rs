//! Telling somebody outside of a request: what an approval once allowed holds no longer.

use mamori_kernel::error::Result;
use mamori_store::{Tx, mail};

use crate::directory::Member;
use crate::request::queries;

/// Tells one person on his page and, where an address is known, by mail. `path` is where to look; `base_url` is empty where the caller
/// has none, and the mail then names no address.
///
/// # Errors
/// Database faults.
pub async fn notify(tx: &mut Tx, to: &Member, title: &str, body: &str, path: &str, base_url: &str) -> Result<()> {
    if !to.user_id.is_empty() {
        queries::notice(tx, &to.user_id, title, body, path).await?;
    }
    if !to.email.is_empty() {
        let link = if base_url.is_empty() { String::new() } else { format!("\n\n{}{path}", base_url.trim_end_matches('/')) };
        mail::queue(tx, &to.email, title, &format!("{body}{link}\n")).await?;
    }
    Ok(())
}
