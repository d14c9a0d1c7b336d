//! Use cases: a forgotten password, by mail. The answer is the same whether there is such an account or not.

use jiff::{SignedDuration, Timestamp};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::i18n;
use mamori_store::{Db, mail};
use serde_json::json;

use super::rules::{later, normal_login};
use super::{Account, MustChange, attempts, ops, queries};
use crate::session::ops::self_actor;
use crate::session::{new_token, queries as sessions, token_hash};

/// How long a link in a mail works.
pub const RESET_TIME: SignedDuration = SignedDuration::from_hours(1);
/// Requests per hour from one address.
const PER_ADDRESS: i64 = 20;
/// Requests per hour for one name: nobody's mailbox is to be flooded.
const PER_NAME: i64 = 3;

/// Mails a link to the account of a login name or mail address, if there is one with a mail address.
///
/// # Errors
/// [`Error::TooMany`] for an address that asks very often; database faults.
pub async fn request(db: &Db, typed: &str, base_url: &str, address: &str, now: Timestamp) -> Result<()> {
    let typed = normal_login(typed);
    let mut system = db.system().await?;
    let (count, until) = sessions::hit(&mut system, &format!("reset-address:{address}"), RESET_TIME, now).await?;
    if count > PER_ADDRESS {
        return Err(Error::TooMany(u64::try_from(until.duration_since(now).as_secs()).unwrap_or(1)));
    }
    let (asked, _) = sessions::hit(&mut system, &format!("reset-name:{}", token_hash(&typed)), RESET_TIME, now).await?;
    let found = queries::for_reset(&mut system, &typed).await?;
    drop(system);
    if asked > PER_NAME {
        return Ok(());
    }
    for (user_id, email, lang) in found {
        let Some(account) = queries::by_id(&mut db.system_view().await?, &user_id).await? else { continue };
        let actor = self_actor(db, &account, address).await?;
        if actor.company_id.is_empty() {
            // Mails belong to a company; an account between companies asks its administrator.
            continue;
        }
        let token = new_token()?;
        let link = format!("{}/password/reset?token={token}", base_url.trim_end_matches('/'));
        let body = i18n::ta(
            lang,
            "account-mail-reset",
            &[("name", account.name.clone().into()), ("login", account.login.clone().into()), ("link", link.into())],
        );
        let mut tx = db.tx(actor, now).await?;
        queries::insert_reset(&mut tx, &user_id, &token_hash(&token), later(now, RESET_TIME)).await?;
        mail::queue(&mut tx, &email, &i18n::t(lang, "account-mail-reset-subject"), &body).await?;
        ops::note(&mut tx, "ask-reset", &user_id, &account.name, json!({})).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The account that a link still opens.
///
/// # Errors
/// Database faults.
pub async fn find(db: &Db, token: &str, now: Timestamp) -> Result<Option<Account>> {
    queries::open_reset(&mut db.system_view().await?, &token_hash(token), now).await
}

/// Sets a new password by a link. Lifts a lock, ends all sessions, uses up all links of the account. The second factor stays.
///
/// # Errors
/// [`Error::Refused`] for a link that is used or too old; [`Error::Invalid`] on `password` or `again`.
pub async fn redeem(db: &Db, token: &str, new: &str, again: &str, address: &str, now: Timestamp) -> Result<()> {
    let account = find(db, token, now).await?.ok_or_else(used_up)?;
    let hash = attempts::judge_new_password(&account, new, again).await?;
    let actor = self_actor(db, &account, address).await?;
    let mut tx = db.tx(actor, now).await?;
    if !queries::use_reset(&mut tx, &token_hash(token), &account.id).await? {
        return Err(used_up());
    }
    queries::set_password(&mut tx, &account.id, &hash, MustChange::No).await?;
    sessions::end_all(&mut tx, &account.id, "").await?;
    ops::note(&mut tx, "password", &account.id, &account.name, json!({})).await?;
    tx.commit().await
}

fn used_up() -> Error {
    Error::refused(
        "このリンクはすでに使われたか、期限(1時間)を過ぎています。もう一度、再設定のメールを送ってください。",
        "This link was used already or is older than one hour. Please ask for another mail.",
    )
}
