//! Use cases: sign in (password, code, new password), sign out, end sessions, enter a company.

use std::sync::Arc;

use jiff::Timestamp;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::i18n;
use mamori_kernel::lang::Words;
use mamori_kernel::time;
use mamori_ledger::web::{App, Identity};
use mamori_store::{Actor, Change, Db, Origin, mail};
use serde_json::json;

use super::rules::{ATTEMPTS_PER_ADDRESS, Stage, THROTTLE_WINDOW};
use super::{Door, SignIn, new_token, queries, token_hash};
use crate::account::rules::{Class, normal_login, normal_password, one_time_password_expired};
use crate::account::{Account, MustChange, attempts, ops as account_ops, password, queries as accounts, totp};

/// What a wrong name, a wrong password and a shut account all answer, so that nobody can find out which names exist.
fn wrong() -> Error {
    Error::refused(
        "ログイン名またはパスワードが違います。大文字と小文字、かな入力になっていないかを確かめて、もう一度入力してください。",
        "The login name or the password is wrong. Please check capital letters and the input mode, and try again.",
    )
}

/// What a locked name answers, whether there is such an account or not.
fn locked() -> Error {
    Error::refused(
        "失敗が続いたため、このログイン名は一時的に使えません(一般の利用者は1時間、管理者は6時間)。お急ぎの場合は、システム管理者に解除を依頼してください。",
        "After several failures this login name is locked for a while (1 hour; administrators 6 hours). If it is urgent, please ask your administrator to unlock it.",
    )
}

fn wrong_code() -> Error {
    Error::refused(
        "確認コードが違うか、すでに使われています。認証アプリに表示されている最新の6桁を入力してください。スマートフォンの時刻がずれていないかも確かめてください。",
        "The code is wrong or was used already. Please enter the six digits your authenticator shows now, and check the clock of your phone.",
    )
}

/// What a sign-in answers whose time has run out.
pub(crate) fn too_late() -> Error {
    Error::refused(
        "時間がたったため、ログインの手続きを終了しました。もう一度、ログイン名とパスワードから始めてください。",
        "The sign-in took too long and was given up. Please start again with login name and password.",
    )
}

/// First step: name and password. Counts the attempt before it looks, so that attempts sent all at once cannot outrun the lock.
///
/// # Errors
/// [`Error::Refused`] for a wrong pair or a locked name (alike for names that do not exist), [`Error::TooMany`] for an address
/// with very many attempts.
pub async fn sign_in(db: &Db, login: &str, typed: &str, door: &Door, replaced: Option<&str>, now: Timestamp) -> Result<SignIn> {
    let address_key = format!("address:{}", door.address);
    let mut system = db.system().await?;
    let (count, until) = queries::hit(&mut system, &address_key, THROTTLE_WINDOW, now).await?;
    if count > ATTEMPTS_PER_ADDRESS {
        return Err(Error::TooMany(u64::try_from(until.duration_since(now).as_secs()).unwrap_or(1)));
    }
    let login = normal_login(login);
    let found = accounts::by_login(&mut system, &login).await?;
    let Some(known) = found else {
        // The same lock as for a general account, kept by name: an outsider cannot tell the difference.
        let key = format!("nobody:{}", token_hash(&login));
        let (failures, _) = queries::hit(&mut system, &key, Class::General.lock_time(), now).await?;
        drop(system);
        password::matches("", &normal_password(typed)).await?;
        return Err(if failures > Class::General.failures_allowed() { locked() } else { wrong() });
    };
    drop(system);

    let Some(account) = attempts::reserve_attempt(db, &known.id, now).await? else {
        password::matches("", &normal_password(typed)).await?;
        return Err(locked());
    };
    let right = password::matches(&account.password_hash, &normal_password(typed)).await?;
    let expired = account.must_change == MustChange::OneTime
        && account.password_changed_at.is_some_and(|since| one_time_password_expired(since, now));
    if !right || account.disabled || expired {
        attempts::log_lock(db, &account, &door.address, now).await?;
        return Err(wrong());
    }
    attempts::take_back_attempt(db, &account.id).await?;
    queries::unhit(&mut db.system().await?, &address_key).await?;
    let stage = Stage::next(account.totp_on, false, account.must_change != MustChange::No);
    open(db, &account, stage, door, replaced, now).await
}

/// Second step: the code of the authenticator, or a recovery code.
///
/// # Errors
/// [`Error::Refused`] for a wrong or used code, a locked account, or a sign-in that took too long.
pub async fn confirm_code(app: &App, token: &str, code: &str, door: &Door, now: Timestamp) -> Result<SignIn> {
    let hash = token_hash(token);
    let pending = queries::pending(&mut app.db.system_view().await?, &hash, now).await?;
    let pending = pending.filter(|pending| pending.stage == Stage::NeedsCode).ok_or_else(too_late)?;
    let Some(account) = attempts::reserve_attempt(&app.db, &pending.user_id, now).await? else { return Err(locked()) };
    if account.disabled || !check_code(app, &account, code, now).await? {
        attempts::log_lock(&app.db, &account, &door.address, now).await?;
        return Err(wrong_code());
    }
    attempts::take_back_attempt(&app.db, &account.id).await?;
    let stage = Stage::next(true, true, account.must_change != MustChange::No);
    open(&app.db, &account, stage, door, Some(&hash), now).await
}

/// True when the code is right; uses it up.
///
/// # Errors
/// Database faults; a secret that cannot be opened.
pub(crate) async fn check_code(app: &App, account: &Account, code: &str, now: Timestamp) -> Result<bool> {
    let secret = app.vault.open_text(&account.totp_secret)?;
    if let Some(step) = totp::verify(&secret, code, now, account.totp_last_step)? {
        return accounts::use_step(&mut app.db.system().await?, &account.id, step).await;
    }
    match totp::use_recovery_code(&account.recovery_codes, code) {
        Some(rest) => {
            accounts::swap_recovery_codes(&mut app.db.system().await?, &account.id, &account.recovery_codes, &rest).await
        }
        None => Ok(false),
    }
}

/// Last step where it is demanded: a new password of one's own.
///
/// # Errors
/// [`Error::Invalid`] when the password does not fit; [`Error::Refused`] for a sign-in that took too long.
pub async fn set_demanded_password(
    db: &Db,
    token: &str,
    typed: &str,
    again: &str,
    door: &Door,
    now: Timestamp,
) -> Result<SignIn> {
    let hash = token_hash(token);
    let pending = queries::pending(&mut db.system_view().await?, &hash, now).await?;
    let pending = pending
        .filter(|pending| matches!(pending.stage, Stage::NeedsPassword | Stage::NeedsPasswordStrong))
        .ok_or_else(too_late)?;
    let account = accounts::by_id(&mut db.system_view().await?, &pending.user_id).await?.ok_or_else(too_late)?;
    if account.disabled {
        return Err(too_late());
    }
    let new = attempts::judge_new_password(&account, typed, again).await?;
    let actor = self_actor(db, &account, &door.address).await?;
    let mut tx = db.tx(actor, now).await?;
    accounts::set_password(&mut tx, &account.id, &new, MustChange::No).await?;
    queries::end_all(&mut tx, &account.id, "").await?;
    account_ops::note(&mut tx, "password", &account.id, &account.name, json!({})).await?;
    tx.commit().await?;
    let stage = if pending.stage == Stage::NeedsPasswordStrong { Stage::Strong } else { Stage::Open };
    open(db, &account, stage, door, Some(&hash), now).await
}

/// The actor for what a person does to his own account before he is in: in the company where he worked last.
pub(crate) async fn self_actor(db: &Db, account: &Account, address: &str) -> Result<Arc<Actor>> {
    let mut system = db.system_view().await?;
    let companies = accounts::companies_of(&mut system, &account.id).await?;
    let last = queries::last_company(&mut system, &account.id).await?;
    let company = companies.iter().find(|company| Some(&company.0) == last.as_ref()).or_else(|| companies.first());
    Ok(Arc::new(Actor {
        company_id: company.map(|company| company.0.clone()).unwrap_or_default(),
        user_id: account.id.clone(),
        name: account.name.clone(),
        roles: Vec::new(),
        person_id: None,
        department_ids: Vec::new(),
        lang: account.lang,
        origin: Origin::Web(address.to_owned()),
        policy: Arc::default(),
        read_only: false,
    }))
}

/// Opens a session of a stage with a fresh token and ends the one it replaces. A completed sign-in is logged; an unknown browser
/// is told to the user by mail.
///
/// # Errors
/// Database faults.
pub(crate) async fn open(
    db: &Db,
    account: &Account,
    stage: Stage,
    door: &Door,
    replaced: Option<&str>,
    now: Timestamp,
) -> Result<SignIn> {
    let token = new_token()?;
    let actor = self_actor(db, account, &door.address).await?;
    let company = actor.company_id.clone();
    let unknown = stage.is_in()
        && account.last_login_at.is_some()
        && !queries::knows_device(&mut db.system_view().await?, &account.id, &door.agent, now).await?;
    let mut tx = db.tx(actor, now).await?;
    if let Some(old) = replaced {
        queries::end_token(&mut tx, old).await?;
    }
    queries::insert(&mut tx, &token_hash(&token), &account.id, stage, door).await?;
    if stage.is_in() {
        queries::signed_in(&mut tx, &account.id).await?;
        account_ops::note(&mut tx, "sign-in", &account.id, &account.name, json!({ "device": [null, &door.agent] })).await?;
        if unknown && !account.email.is_empty() && !company.is_empty() {
            let (subject, body) = new_device_mail(account, door, now);
            mail::queue(&mut tx, &account.email, &subject, &body).await?;
        }
    } else {
        tx.technical();
    }
    tx.commit().await?;
    Ok(SignIn { token, stage })
}

fn new_device_mail(account: &Account, door: &Door, now: Timestamp) -> (String, String) {
    let lang = account.lang;
    let at = time::timestamp(lang, &now, &time::zone());
    let body = i18n::ta(
        lang,
        "session-mail-new-device",
        &[
            ("name", account.name.clone().into()),
            ("at", at.into()),
            ("device", door.agent.clone().into()),
            ("address", door.address.clone().into()),
        ],
    );
    (i18n::t(lang, "session-mail-new-device-subject"), body)
}

/// Ends the session at hand.
///
/// # Errors
/// Database faults.
pub async fn sign_out(db: &Db, actor: Arc<Actor>, token: &str, now: Timestamp) -> Result<()> {
    let (user_id, name) = (actor.user_id.clone(), actor.name.clone());
    let mut tx = db.tx(actor, now).await?;
    queries::end_token(&mut tx, &token_hash(token)).await?;
    account_ops::note(&mut tx, "sign-out", &user_id, &name, json!({})).await?;
    tx.commit().await
}

/// Ends one of one's own sessions, or with `None` all but the one at hand.
///
/// # Errors
/// [`Error::NotFound`] for a session that is over or not one's own.
pub async fn end_own(db: &Db, identity: &Identity, which: Option<&str>, now: Timestamp) -> Result<()> {
    let actor = identity.actor.clone();
    let (user_id, name) = (actor.user_id.clone(), actor.name.clone());
    let mut tx = db.tx(actor, now).await?;
    match which {
        Some(id) if !queries::end_one(&mut tx, &user_id, id).await? => return Err(Error::NotFound),
        Some(_) => {}
        None => {
            queries::end_all(&mut tx, &user_id, &identity.session_id).await?;
        }
    }
    account_ops::note(&mut tx, "end-session", &user_id, &name, json!({})).await?;
    tx.commit().await
}

/// Enters another company of the user's; gives the new token. Logged there, so that a company sees when its consultant comes.
///
/// # Errors
/// [`Error::Forbidden`] when the user is no member of it.
pub async fn enter_company(db: &Db, identity: &Identity, wanted: &str, now: Timestamp) -> Result<String> {
    let company = identity.companies.iter().find(|company| company.id == wanted || company.code == wanted).ok_or_else(|| {
        Error::Forbidden(Words::new(
            "この会社に入る権限がありません。必要な場合は、その会社のシステム管理者に依頼してください。",
            "You may not enter this company. If you need to, please ask its administrator.",
        ))
    })?;
    let mut actor = Actor::clone(&identity.actor);
    actor.company_id = company.id.clone();
    let (user_id, name) = (actor.user_id.clone(), actor.name.clone());
    let token = new_token()?;
    let mut tx = db.tx(Arc::new(actor), now).await?;
    if !queries::rotate(&mut tx, &identity.session_id, &user_id, &token_hash(&token)).await? {
        return Err(Error::SignInRequired);
    }
    tx.log(Change::new("enter", "account", &user_id, &name, json!({}))).await?;
    tx.commit().await?;
    Ok(token)
}

/// Removes counters, sessions and reset requests that nobody needs any more. For a daily job; returns how many rows went.
///
/// # Errors
/// Database faults.
pub async fn clean_up(db: &Db, now: Timestamp) -> Result<u64> {
    queries::clean_up(&mut db.system().await?, now).await
}
