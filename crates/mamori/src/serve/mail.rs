//! Sending the mail queue. Without a mail server nothing is lost: what a mail says also stands in the inbox on the home page.

use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_ledger::web::App;
use mamori_store::{Arg, Engine, System, args, dialect};

/// After so many failures a mail is given up.
const MAX_ATTEMPTS: i64 = 8;

/// A mail that could not be sent for so long is not sent any more: a reminder or link of last week confuses.
const EXPIRE_HOURS: i64 = 72;

/// A sender that vanished in the middle gives its mail back after this time.
const STALE_MINUTES: i64 = 10;

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

    async fn send(&self, recipient: &str, subject: &str, body: String) -> std::result::Result<(), String> {
        let to: Mailbox = recipient.parse().map_err(|_| "the recipient is not a mail address".to_owned())?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(body)
            .map_err(|error| error.to_string())?;
        self.transport.send(message).await.map(|_| ()).map_err(|error| error.to_string())
    }
}

/// The company's own server out of its settings (`mail.smtp_url`, sealed, and `mail.from`), if it has one.
async fn of_company(app: &App, company_id: &str) -> Result<Option<MailServer>> {
    let mut system = app.db.system_view().await?;
    let rows = system
        .rows("select key, value from setting where company_id = $1 and key in ('mail.smtp_url', 'mail.from')", args![company_id])
        .await?;
    let (mut url, mut from) = (String::new(), String::new());
    for row in &rows {
        match row.text("key")?.as_str() {
            "mail.smtp_url" => url = row.text("value")?,
            _ => from = row.text("value")?,
        }
    }
    if url.is_empty() || from.is_empty() {
        return Ok(None);
    }
    MailServer::new(&app.vault.open_text(&url)?, &from).map(Some)
}

/// Sends one due mail; `false` when there is none that could be sent.
///
/// # Errors
/// Faults of the queue; a failing server is noted in the mail's row and tried again after 1, 4, 9 … minutes.
pub(super) async fn send_one(app: &App, installation: Option<&MailServer>, now: jiff::Timestamp) -> Result<bool> {
    let mut system = app.db.system().await?;
    let lock = match system.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => " for update skip locked",
    };
    // Without a server of the installation only companies with their own can send; the mails of the others wait in peace.
    let whose = match installation {
        Some(_) => "",
        None => " and company_id in (select company_id from setting where key = 'mail.smtp_url' and value <> '')",
    };
    let again = now.checked_add(jiff::SignedDuration::from_mins(STALE_MINUTES)).unwrap_or(now);
    let sql = format!(
        "update mail set state = 'sending', attempts = attempts + 1, run_at = $2 where id = \
         (select id from mail where state in ('waiting', 'sending') and run_at <= $1{whose} order by run_at, id limit 1{lock}) \
         returning id, company_id, recipient, subject, body, attempts"
    );
    let Some(row) = system.first(&sql, args![now, again]).await? else { return Ok(false) };
    drop(system);
    let (id, attempts): (String, i64) = (row.get("id")?, row.get("attempts")?);
    let own = of_company(app, &row.text("company_id")?).await;
    let sent = match (own, installation) {
        (Ok(Some(server)), _) => server.send(&row.text("recipient")?, &row.text("subject")?, row.text("body")?).await,
        (Ok(None), Some(server)) => server.send(&row.text("recipient")?, &row.text("subject")?, row.text("body")?).await,
        (Ok(None), None) => Err("no mail server is set".to_owned()),
        (Err(error), _) => Err(error.to_string()),
    };
    note(app, &id, attempts, sent, now).await?;
    Ok(true)
}

async fn note(app: &App, id: &str, attempts: i64, sent: std::result::Result<(), String>, now: jiff::Timestamp) -> Result<()> {
    let mut system = app.db.system().await?;
    match sent {
        Ok(()) => system.exec("update mail set state = 'sent', error = '', sent_at = $2 where id = $1", args![id, now]).await?,
        Err(error) => {
            tracing::warn!(mail = %id, attempts, error, "a mail could not be sent");
            let state = if attempts >= MAX_ATTEMPTS { "failed" } else { "waiting" };
            let pause = jiff::SignedDuration::from_mins(attempts.saturating_mul(attempts));
            let run_at = now.checked_add(pause).unwrap_or(now);
            system
                .exec("update mail set state = $2, error = $3, run_at = $4 where id = $1", args![id, state, error, run_at])
                .await?
        }
    };
    Ok(())
}

/// Gives up mails that waited too long.
pub(super) async fn expire(system: &mut System, now: jiff::Timestamp) -> Result<()> {
    let before = now.checked_sub(jiff::SignedDuration::from_hours(EXPIRE_HOURS)).unwrap_or(now);
    let before = Arg::from(dialect::instant(before));
    system.exec("update mail set state = 'expired' where state = 'waiting' and created_at < $1", vec![before]).await?;
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
