//! Sending the mail queue. Without a mail server nothing is lost: what a mail says also stands in the inbox on the home page.

use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_ledger::web::App;
use mamori_store::Db;
use mamori_store::mail::{self, DueMail, Senders};

/// After so many failures a mail is given up.
const MAX_ATTEMPTS: i64 = 8;

/// A mail that could not be sent for so long is not sent any more: a reminder or link of last week confuses.
const EXPIRE_HOURS: i64 = 72;

/// A mail server and the address that mails come from.
#[derive(Clone)]
pub struct MailServer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for MailServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address of the server may hold its password.
        write!(f, "MailServer(from {})", self.from)
    }
}

impl MailServer {
    /// From `smtps://user:password@host:465` (or `smtp://host:587?tls=required`) and a sender such as `mamori <mamori@example.jp>`.
    ///
    /// # Errors
    /// [`Error::Refused`] naming the part that cannot be read.
    pub fn new(url: &str, from: &str) -> Result<MailServer> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| {
                Error::Refused(Words::new(
                    "メールサーバーの指定を読み取れません。smtps://利用者:パスワード@ホスト:465 の形で指定してください。",
                    "The mail server cannot be read. Please give it as smtps://user:password@host:465.",
                ))
            })?
            .timeout(Some(std::time::Duration::from_secs(20)))
            .build();
        let from = from.parse().map_err(|_| {
            Error::Refused(Words::owned(
                format!("差出人「{from}」はメールアドレスとして読み取れません。"),
                format!("The sender “{from}” is not a mail address."),
            ))
        })?;
        Ok(MailServer { transport, from })
    }

    async fn send(&self, due: &DueMail) -> std::result::Result<(), String> {
        let to: Mailbox = due.recipient.parse().map_err(|_| "the recipient is not a mail address".to_owned())?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&due.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(due.body.clone())
            .map_err(|error| error.to_string())?;
        self.transport.send(message).await.map(|_| ()).map_err(|error| error.to_string())
    }
}

/// The company's own server out of its settings, if it has one.
async fn of_company(app: &App, company_id: &str) -> Result<Option<MailServer>> {
    match mail::own_server(&app.db, company_id).await? {
        Some(own) => MailServer::new(&app.vault.open_text(&own.sealed_url)?, &own.from).map(Some),
        None => Ok(None),
    }
}

/// Sends one due mail; `false` when there is none that could be sent.
///
/// # Errors
/// Faults of the queue; a failing server is noted in the mail's row and tried again after 1, 4, 9 … minutes.
pub(super) async fn send_one(app: &App, installation: Option<&MailServer>, now: jiff::Timestamp) -> Result<bool> {
    let senders = if installation.is_some() { Senders::All } else { Senders::WithOwnServer };
    let Some(due) = mail::claim_due(&app.db, senders, now).await? else { return Ok(false) };
    let own = of_company(app, &due.company_id).await;
    let sent = match (own, installation) {
        (Ok(Some(server)), _) => server.send(&due).await,
        (Ok(None), Some(server)) => server.send(&due).await,
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
pub(super) async fn expire(db: &Db, now: jiff::Timestamp) -> Result<()> {
    let before = now.checked_sub(jiff::SignedDuration::from_hours(EXPIRE_HOURS)).unwrap_or(now);
    let given_up = mail::expire(db, before).await?;
    if given_up > 0 {
        tracing::warn!(given_up, "mails waited too long and are not sent any more");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_server_or_sender_is_named() {
        assert!(MailServer::new("smtps://u:p@mail.example.jp:465", "mamori <mamori@example.jp>").is_ok());
        assert!(
            matches!(MailServer::new("https://mail.example.jp", "a@example.jp"), Err(Error::Refused(words)) if words.en.contains("smtps://"))
        );
        assert!(
            matches!(MailServer::new("smtp://localhost", "nobody"), Err(Error::Refused(words)) if words.ja.contains("nobody"))
        );
    }
}
