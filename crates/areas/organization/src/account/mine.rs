//! Use cases on one's own account: name, mail address, language, password.

use jiff::Timestamp;
use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::Lang;
use mamori_ledger::web::Identity;
use mamori_store::Db;
use serde_json::json;

use super::rules::{check_email, check_name};
use super::{MustChange, attempts, ops, queries};
use crate::session::queries as sessions;

/// What a person may change about himself.
#[derive(Clone, Default)]
pub struct Profile {
    /// Name.
    pub name: String,
    /// Mail address, or empty.
    pub email: String,
    /// Preferred language.
    pub lang: Lang,
    /// The current password; needed only for a new mail address, because that is where passwords are reset.
    pub current: String,
}

/// Changes one's own profile.
///
/// # Errors
/// [`Error::Invalid`] for fields, also for a wrong current password.
pub async fn change_profile(db: &Db, identity: &Identity, profile: &Profile, address: &str, now: Timestamp) -> Result<()> {
    let user_id = &identity.actor.user_id;
    let mut wrong = Vec::new();
    if let Err(message) = check_name(&profile.name) {
        wrong.push(FieldError { field: "name".to_owned(), message });
    }
    if let Err(message) = check_email(profile.email.trim()) {
        wrong.push(FieldError { field: "email".to_owned(), message });
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let mut old = queries::by_id(&mut db.system_view().await?, user_id).await?.ok_or(Error::NotFound)?;
    if old.email != profile.email.trim() {
        old = attempts::prove_password(db, user_id, &profile.current, "current", address, now).await?;
    }
    let mut tx = db.tx(identity.actor.clone(), now).await?;
    queries::set_profile(&mut tx, user_id, &profile.name, &profile.email, profile.lang).await?;
    let diff = json!({
        "name": [&old.name, profile.name.trim()], "email": [&old.email, profile.email.trim()], "lang": [old.lang.code(), profile.lang.code()],
    });
    ops::note(&mut tx, "update", user_id, profile.name.trim(), ops::changed_only(diff)).await?;
    tx.commit().await
}

/// Sets a new password of one's own; ends all other sessions.
///
/// # Errors
/// [`Error::Invalid`] on `current`, `password` or `again`.
pub async fn change_password(
    db: &Db,
    identity: &Identity,
    current: &str,
    new: &str,
    again: &str,
    address: &str,
    now: Timestamp,
) -> Result<()> {
    let user_id = &identity.actor.user_id;
    let account = attempts::prove_password(db, user_id, current, "current", address, now).await?;
    let hash = attempts::judge_new_password(&account, new, again).await?;
    let mut tx = db.tx(identity.actor.clone(), now).await?;
    queries::set_password(&mut tx, user_id, &hash, MustChange::No).await?;
    sessions::end_all(&mut tx, user_id, &identity.session_id).await?;
    ops::note(&mut tx, "password", user_id, &account.name, json!({})).await?;
    tx.commit().await
}
