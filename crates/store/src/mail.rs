//! The mail queue. A mail is a row first; sending is a job's business, so that nothing waits for a mail server.
//!
//! `waiting` → `sending` → `sent`, or back to `waiting` when the server was away ([`put_off`]), or `failed` ([`mark_failed`]);
//! what waited too long becomes `expired`. Every change after the queueing is the program's and goes through all companies.

use mamori_kernel::error::Result;
use mamori_kernel::id;

use crate::args;
use crate::db::{Db, Engine};
use crate::tx::Tx;

/// A sender that vanished in the middle gives its mail back after this time.
const STALE_MINUTES: i64 = 10;

/// Puts a mail into the queue within the transaction that caused it.
///
/// # Errors
/// As [`Tx::exec`].
pub async fn queue(tx: &mut Tx, recipient: &str, subject: &str, body: &str) -> Result<()> {
    let now = tx.now();
    tx.exec_quietly(
        "insert into mail (id, company_id, recipient, subject, body, state, created_at, run_at) values ($2, $1, $3, $4, $5, 'waiting', $6, $6)",
        args![id::new(), recipient, subject, body, now],
    )
    .await?;
    Ok(())
}

/// A mail to be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueMail {
    /// Row id.
    pub id: String,
    /// Whose mail it is.
    pub company_id: String,
    /// Address.
    pub recipient: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// Attempts, this one included.
    pub attempts: i64,
}

/// Whose mails can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Senders {
    /// Everybody's: the installation has a mail server.
    All,
    /// Only those of companies with a server of their own; the mails of the others wait in peace.
    WithOwnServer,
}

/// Takes the mail that is due longest, for one sender: no other gets it before it is noted as sent or put off, or ten minutes went by.
///
/// # Errors
/// As [`crate::System::exec`].
pub async fn claim_due(db: &Db, senders: Senders, now: jiff::Timestamp) -> Result<Option<DueMail>> {
    let mut system = db.system().await?;
    let lock = match system.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => " for update skip locked",
    };
    let whose = match senders {
        Senders::All => "",
        Senders::WithOwnServer => {
            " and company_id in (select company_id from setting where key = 'mail.smtp_url' and value <> '')"
        }
    };
    let again = now.checked_add(jiff::SignedDuration::from_mins(STALE_MINUTES)).unwrap_or(now);
    let sql = format!(
        "update mail set state = 'sending', attempts = attempts + 1, run_at = $2 where id = \
         (select id from mail where state in ('waiting', 'sending') and run_at <= $1{whose} order by run_at, id limit 1{lock}) \
         returning id, company_id, recipient, subject, body, attempts"
    );
    let Some(row) = system.first(&sql, args![now, again]).await? else { return Ok(None) };
    Ok(Some(DueMail {
        id: row.get("id")?,
        company_id: row.get("company_id")?,
        recipient: row.get("recipient")?,
        subject: row.get("subject")?,
        body: row.get("body")?,
        attempts: row.get("attempts")?,
    }))
}

/// A company's own mail server, as it stands in the settings `mail.smtp_url` and `mail.from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnServer {
    /// The URL, sealed ([`crate::secrets::Vault`]) as it may hold a password.
    pub sealed_url: String,
    /// The address that its mails come from.
    pub from: String,
}

/// The company's own mail server; `None` when it is not set or only half.
///
/// # Errors
/// As [`crate::System::rows`].
pub async fn own_server(db: &Db, company_id: &str) -> Result<Option<OwnServer>> {
    let mut system = db.system_view().await?;
    let rows = system
        .rows("select key, value from setting where company_id = $1 and key in ('mail.smtp_url', 'mail.from')", args![company_id])
        .await?;
    let (mut sealed_url, mut from) = (String::new(), String::new());
    for row in &rows {
        match row.text("key")?.as_str() {
            "mail.smtp_url" => sealed_url = row.text("value")?,
            _ => from = row.text("value")?,
        }
    }
    Ok((!sealed_url.is_empty() && !from.is_empty()).then_some(OwnServer { sealed_url, from }))
}

/// The mail went out.
///
/// # Errors
/// As [`crate::System::exec`].
pub async fn mark_sent(db: &Db, mail_id: &str, now: jiff::Timestamp) -> Result<()> {
    let mut system = db.system().await?;
    system.exec("update mail set state = 'sent', error = '', sent_at = $2 where id = $1", args![mail_id, now]).await?;
    Ok(())
}

/// The mail could not be sent and is tried again at `run_at`.
///
/// # Errors
/// As [`crate::System::exec`].
pub async fn put_off(db: &Db, mail_id: &str, error: &str, run_at: jiff::Timestamp) -> Result<()> {
    let mut system = db.system().await?;
    system
        .exec("update mail set state = 'waiting', error = $2, run_at = $3 where id = $1", args![mail_id, error, run_at])
        .await?;
    Ok(())
}

/// The mail could not be sent and is given up.
///
/// # Errors
/// As [`crate::System::exec`].
pub async fn mark_failed(db: &Db, mail_id: &str, error: &str) -> Result<()> {
    let mut system = db.system().await?;
    system.exec("update mail set state = 'failed', error = $2 where id = $1", args![mail_id, error]).await?;
    Ok(())
}

/// Gives up mails that were queued before an instant and still wait; returns how many.
///
/// # Errors
/// As [`crate::System::exec`].
pub async fn expire(db: &Db, queued_before: jiff::Timestamp) -> Result<u64> {
    let mut system = db.system().await?;
    system.exec("update mail set state = 'expired' where state = 'waiting' and created_at < $1", args![queued_before]).await
}

/// Removes mails that were queued before an instant and are over, sent or not; returns how many.
///
/// # Errors
/// As [`crate::System::exec`].
pub async fn forget_settled(db: &Db, queued_before: jiff::Timestamp) -> Result<u64> {
    let mut system = db.system().await?;
    system.exec("delete from mail where state in ('sent', 'failed', 'expired') and created_at < $1", args![queued_before]).await
}
