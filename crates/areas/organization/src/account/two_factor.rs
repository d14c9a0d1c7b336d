//! Use cases: switch the second factor on (secret → first code → recovery codes), make new recovery codes, switch it off.

use jiff::Timestamp;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_ledger::web::{App, Identity};
use serde_json::json;

use super::{Account, attempts, ops, queries, totp};
use crate::session::{queries as sessions, rules::Stage};

/// Where enrolment stands.
pub enum State {
    /// Not in force, nothing begun.
    Off,
    /// A secret waits for its first code; holds the secret in base32 and the login name.
    Waiting(String, String),
    /// In force; holds how many recovery codes remain.
    On(usize),
}

async fn account(app: &App, identity: &Identity) -> Result<Account> {
    queries::by_id(&mut app.db.system_view().await?, &identity.actor.user_id).await?.ok_or(Error::NotFound)
}

/// Where one's own enrolment stands.
///
/// # Errors
/// Database faults; a secret that cannot be opened.
pub async fn state(app: &App, identity: &Identity) -> Result<State> {
    let account = account(app, identity).await?;
    if account.totp_on {
        return Ok(State::On(account.recovery_codes.len()));
    }
    if account.totp_secret.is_empty() {
        return Ok(State::Off);
    }
    Ok(State::Waiting(app.vault.open_text(&account.totp_secret)?, account.login))
}

fn already_on() -> Error {
    Error::refused("2段階認証はすでに有効です。", "The second factor is already on.")
}

/// Makes a secret. The password is asked for, so that an unattended screen is not enough to lock its owner out.
///
/// # Errors
/// [`Error::Invalid`] on `current`; [`Error::Refused`] when it is on already.
pub async fn begin(app: &App, identity: &Identity, current: &str, address: &str, now: Timestamp) -> Result<()> {
    let account = attempts::prove_password(&app.db, &identity.actor.user_id, current, "current", address, now).await?;
    if account.totp_on {
        return Err(already_on());
    }
    let sealed = app.vault.seal(&totp::new_secret()?)?;
    let mut tx = app.db.tx(identity.actor.clone(), now).await?;
    queries::set_totp_secret(&mut tx, &account.id, &sealed).await?;
    // Nothing is in force yet; the log tells of the confirmation.
    tx.technical();
    tx.commit().await
}

/// Puts the second factor into force with the first code; gives the recovery codes, which are shown this once. All other sessions
/// end; the one at hand counts as strong.
///
/// # Errors
/// [`Error::Invalid`] on `code`; [`Error::Refused`] when nothing was begun.
pub async fn confirm(app: &App, identity: &Identity, code: &str, now: Timestamp) -> Result<Vec<String>> {
    let account = account(app, identity).await?;
    if account.totp_on {
        return Err(already_on());
    }
    if account.totp_secret.is_empty() {
        return Err(Error::refused("先にQRコードを表示してください。", "Please show the QR code first."));
    }
    let secret = app.vault.open_text(&account.totp_secret)?;
    let step = totp::verify(&secret, code, now, account.totp_last_step)?.ok_or_else(|| {
        Error::field(
            "code",
            Words::new(
                "確認コードが違います。アプリに表示されている最新の6桁を入力してください。スマートフォンの時刻も確かめてください。",
                "The code is wrong. Please enter the six digits your app shows now, and check the clock of your phone.",
            ),
        )
    })?;
    let codes = totp::new_recovery_codes()?;
    let hashes: Vec<String> = codes.iter().map(|code| totp::recovery_hash(code)).collect();
    let mut tx = app.db.tx(identity.actor.clone(), now).await?;
    queries::confirm_totp(&mut tx, &account.id, step, &hashes).await?;
    sessions::end_all(&mut tx, &account.id, &identity.session_id).await?;
    sessions::set_stage(&mut tx, &identity.session_id, &account.id, Stage::Strong).await?;
    ops::note(&mut tx, "second-factor-on", &account.id, &account.name, json!({})).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Makes ten new recovery codes; the old ones are void. They are shown this once.
///
/// # Errors
/// [`Error::Invalid`] on `current`; [`Error::Refused`] when the second factor is off.
pub async fn renew_recovery_codes(
    app: &App,
    identity: &Identity,
    current: &str,
    address: &str,
    now: Timestamp,
) -> Result<Vec<String>> {
    let account = attempts::prove_password(&app.db, &identity.actor.user_id, current, "current", address, now).await?;
    if !account.totp_on {
        return Err(Error::refused("2段階認証が有効ではありません。", "The second factor is not on."));
    }
    let codes = totp::new_recovery_codes()?;
    let hashes: Vec<String> = codes.iter().map(|code| totp::recovery_hash(code)).collect();
    let mut tx = app.db.tx(identity.actor.clone(), now).await?;
    queries::set_recovery_codes(&mut tx, &account.id, &hashes).await?;
    ops::note(&mut tx, "recovery-codes", &account.id, &account.name, json!({})).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Switches the second factor off, or gives up an enrolment that waits.
///
/// # Errors
/// [`Error::Invalid`] on `current`.
pub async fn switch_off(app: &App, identity: &Identity, current: &str, address: &str, now: Timestamp) -> Result<()> {
    let account = attempts::prove_password(&app.db, &identity.actor.user_id, current, "current", address, now).await?;
    let mut tx = app.db.tx(identity.actor.clone(), now).await?;
    queries::set_totp_secret(&mut tx, &account.id, "").await?;
    sessions::end_all(&mut tx, &account.id, &identity.session_id).await?;
    sessions::set_stage(&mut tx, &identity.session_id, &account.id, Stage::Open).await?;
    ops::note(&mut tx, "second-factor-off", &account.id, &account.name, json!({})).await?;
    tx.commit().await
}
