//! Use cases: the counting of attempts, the proof of a password, the judgement of a new one.

use std::sync::Arc;

use jiff::Timestamp;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_store::{Actor, Db, Origin};
use serde_json::json;

use super::ops::note;
use super::rules::{check_password, normal_password};
use super::{Account, password, queries};

/// Counts an attempt as failed in advance. Gives the account with the new count, or `None` while it is locked.
///
/// # Errors
/// [`Error::TooMany`] when very many attempts arrive at the same moment; database faults.
pub(crate) async fn reserve_attempt(db: &Db, user_id: &str, now: Timestamp) -> Result<Option<Account>> {
    for _ in 0..8 {
        let mut system = db.system().await?;
        let Some(mut account) = queries::by_id(&mut system, user_id).await? else { return Ok(None) };
        if account.attempts.is_locked(now) {
            return Ok(None);
        }
        let next = account.attempts.after_failure(account.class(), now);
        if queries::swap_attempts(&mut system, user_id, account.attempts, next).await? {
            account.attempts = next;
            return Ok(Some(account));
        }
    }
    Err(Error::TooMany(1))
}

/// Takes back an attempt that succeeded.
///
/// # Errors
/// Database faults.
pub(crate) async fn take_back_attempt(db: &Db, user_id: &str) -> Result<()> {
    for _ in 0..8 {
        let mut system = db.system().await?;
        let Some(account) = queries::by_id(&mut system, user_id).await? else { return Ok(()) };
        if queries::swap_attempts(&mut system, user_id, account.attempts, account.attempts.taken_back()).await? {
            return Ok(());
        }
    }
    Ok(())
}

/// Logs in every company of an account that a failure has just locked it.
///
/// # Errors
/// Database faults.
pub(crate) async fn log_lock(db: &Db, account: &Account, address: &str, now: Timestamp) -> Result<()> {
    let Some(until) = account.attempts.locked_until else { return Ok(()) };
    let companies = queries::companies_of(&mut db.system_view().await?, &account.id).await?;
    for (company_id, _, _) in companies {
        let actor = Actor::program(&company_id, "mamori", Origin::Web(address.to_owned()), account.lang);
        let mut tx = db.tx(Arc::new(actor), now).await?;
        let diff = json!({ "locked_until": [null, mamori_store::dialect::instant(until)] });
        note(&mut tx, "lock", &account.id, &account.name, diff).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Asks for the current password again before something delicate. Failures count towards the lock as at sign-in.
///
/// # Errors
/// [`Error::Invalid`] on `field` for a wrong password; [`Error::Refused`] while the account is locked.
pub(crate) async fn prove_password(
    db: &Db,
    user_id: &str,
    typed: &str,
    field: &str,
    address: &str,
    now: Timestamp,
) -> Result<Account> {
    let Some(account) = reserve_attempt(db, user_id, now).await? else {
        return Err(Error::refused(
            "パスワードの間違いが続いたため、しばらく操作できません。時間をおいて、もう一度お試しください。",
            "After several wrong passwords this is locked for a while. Please try again later.",
        ));
    };
    if !password::matches(&account.password_hash, &normal_password(typed)).await? {
        log_lock(db, &account, address, now).await?;
        return Err(Error::field(field, Words::new("現在のパスワードが違います。", "The current password is wrong.")));
    }
    take_back_attempt(db, user_id).await?;
    Ok(account)
}

/// Judges a new password typed twice against the account's class and the old one; gives its hash.
///
/// # Errors
/// [`Error::Invalid`] on `password` or `again`.
pub(crate) async fn judge_new_password(account: &Account, typed: &str, again: &str) -> Result<String> {
    let new = normal_password(typed);
    check_password(&new, &account.login, account.class()).map_err(|words| Error::field("password", words))?;
    if normal_password(again) != new {
        return Err(Error::field(
            "again",
            Words::new(
                "2回の入力が一致しません。同じパスワードを入力してください。",
                "The two entries differ. Please enter the same password twice.",
            ),
        ));
    }
    if password::matches(&account.password_hash, &new).await? {
        return Err(Error::field(
            "password",
            Words::new("これまでと違うパスワードにしてください。", "Please choose a password that differs from the present one."),
        ));
    }
    password::hash(&new).await
}
