//! Sending the mail queue. Without a mail server nothing is lost: what a mail says also stands in the inbox on the home page.

use mamori_kernel::error::Result;
use mamori_ledger::web::App;
use mamori_store::Db;
use mamori_store::mail::{self, DueMail, Senders};

use super::MailServer;

/// After so many failures a mail is given up.
const MAX_ATTEMPTS: i64 = 8;

/// A mail that could not be sent for so long is not sent any more: a reminder or link of last week confuses.
const EXPIRE_HOURS: i64 = 72;

/// The company's own server out of its settings, if it has one.
pub(super) async fn of_company(app: &App, company_id: &str) -> Result<Option<MailServer>> {
    match mail::own_server(&app.db, company_id).await? {
        Some(own) => MailServer::new(&app.vault.open_text(&own.sealed_url)?, &own.from).map(Some),
        None => Ok(None),
    }
}

/// Sends one due mail; `false` when there is none that could be sent.
///
/// # Errors
/// Faults of the queue; a failing server is noted in the mail's row and tried again after 1, 4, 9 … minutes.
pub(crate) async fn send_one(app: &App, installation: Option<&MailServer>, now: jiff::Timestamp) -> Result<bool> {
    let senders = if installation.is_some() { Senders::All } else { Senders::WithOwnServer };
    let Some(due) = mail::claim_due(&app.db, senders, now).await? else { return Ok(false) };
    let own = of_company(app, &due.company_id).await;
    let sent = match (own, installation) {
        (Ok(Some(server)), _) => server.send(&due.recipient, &due.subject, &due.body).await,
        (Ok(None), Some(server)) => server.send(&due.recipient, &due.subject, &due.body).await,
        (Ok(None), None) => Err("no mail server is set".to_owned()),
        (Err(error), _) => Err(error.to_string()),
    };
    note(app, &due, sent, now).await?;
    Ok(true)
}

async fn note(app: &App, due: &DueMail, sent: std::result::Result<(), String>, now: jiff::Timestamp) -> Result<()> {
    let Err(error) = sent else { return mail::mark_sent(&app.db, &due.id, now).await };
    tracing::warn!(mail = %due.id, attempts = due.attempts, error, "a mail could not be sent");
    if due.attempts >= MAX_ATTEMPTS {
        return mail::mark_failed(&app.db, &due.id, &error).await;
    }
    let pause = jiff::SignedDuration::from_mins(due.attempts.saturating_mul(due.attempts));
    mail::put_off(&app.db, &due.id, &error, now.checked_add(pause).unwrap_or(now)).await
}

/// Gives up mails that waited too long.
pub(crate) async fn expire(db: &Db, now: jiff::Timestamp) -> Result<()> {
    let before = now.checked_sub(jiff::SignedDuration::from_hours(EXPIRE_HOURS)).unwrap_or(now);
    let given_up = mail::expire(db, before).await?;
    if given_up > 0 {
        tracing::warn!(given_up, "mails waited too long and are not sent any more");
    }
    Ok(())
}
