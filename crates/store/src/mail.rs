//! The mail queue. A mail is a row first; sending is a job's business, so that nothing waits for a mail server.
//!
//! `waiting` → `sending` → `sent`, or back to `waiting` when the server was away ([`put_off`]), or `failed` ([`mark_failed`]);
//! what waited too long becomes `expired`. Every change after the queueing is the program's and goes through all companies.

use mamori_kernel::error::Result;
use mamori_kernel::id;

use crate::args;
use crate::db::{Db, Engine};
use crate::tx::Tx;
use crate::view::Reader;

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

/// Keeps the company's own mail server; the caller seals the URL and logs the change.
///
/// # Errors
/// As [`Tx::exec`].
pub async fn keep_own_server(tx: &mut Tx, sealed_url: &str, from: &str) -> Result<()> {
    let now = tx.now();
    for (key, value) in [("mail.smtp_url", sealed_url), ("mail.from", from)] {
        let sql = "insert into setting (company_id, key, value, updated_at) values ($1, $2, $3, $4) \
                   on conflict (company_id, key) do update set value = excluded.value, updated_at = excluded.updated_at";
        tx.exec(sql, args![key, value, now]).await?;
    }
    Ok(())
}

/// Takes the company's own mail server away; the caller logs it.
///
/// # Errors
/// As [`Tx::exec`].
pub async fn forget_own_server(tx: &mut Tx) -> Result<()> {
    tx.exec("delete from setting where company_id = $1 and key in ('mail.smtp_url', 'mail.from')", args![]).await?;
    Ok(())
}

/// What became of a company's mails of the last weeks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not sent yet.
    pub waiting: i64,
    /// Given up.
    pub failed: i64,
    /// What a server answered last to a mail that did not go out; empty when there is none.
    pub last_error: String,
}

/// Counts a company's mails.
///
/// # Errors
/// As [`crate::View::rows`].
pub async fn counts(db: &mut impl Reader) -> Result<Counts> {
    let mut counts = Counts::default();
    for row in db.rows("select state, count(*) as n from mail where company_id = $1 group by state", args![]).await? {
        match row.text("state")?.as_str() {
            "waiting" => counts.waiting = row.get("n")?,
            "failed" | "expired" => counts.failed += row.get::<i64>("n")?,
            _ => {}
        }
    }
    let sql = "select error from mail where company_id = $1 and error <> '' order by run_at desc, id desc limit 1";
    counts.last_error = db.first(sql, args![]).await?.map(|row| row.text("error")).transpose()?.unwrap_or_default();
    Ok(counts)
}

/// The mail address of the reader's own account; empty when it has none.
///
/// # Errors
/// As [`crate::View::rows`].
pub async fn address_of(db: &mut impl Reader) -> Result<String> {
    let user = db.actor().user_id.clone();
    let sql = "select u.email from user_account u join membership m on m.user_id = u.id where m.company_id = $1 and u.id = $2";
    Ok(db.first(sql, args![user]).await?.map(|row| row.text("email")).transpose()?.unwrap_or_default())
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
