//! Mail: the queue is sent beside the requests; the administrator sets and tries the company's mail server on a page.
//!
//! Without a mail server nothing is lost: what a mail says also stands in the inbox on the home page.

mod pages;
pub(crate) mod queue;
mod settings;
#[cfg(test)]
mod tests;

use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use mamori_kernel::access::{Action, Role, Scope, allow};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_ledger::Area;
use mamori_ledger::web::{Access, Routes};

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

    /// Sends one mail; the fault is in the server's own words.
    async fn send(&self, recipient: &str, subject: &str, body: &str) -> std::result::Result<(), String> {
        let to: Mailbox = recipient.parse().map_err(|_| "the recipient is not a mail address".to_owned())?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(body.to_owned())
            .map_err(|error| error.to_string())?;
        self.transport.send(message).await.map(|_| ()).map_err(|error| error.to_string())
    }
}

/// The page with the company's mail server.
pub fn area() -> Area {
    let edit = Access::Can("mail", Action::Edit);
    Area::new("mail", Words::new("設定", "Settings"))
        .nav(Words::new("メール", "Mail"), pages::HERE, "mail", "mail")
        .routes(
            Routes::default()
                .get(pages::HERE, Access::Can("mail", Action::View), pages::show)
                .post(pages::HERE, edit, pages::save)
                .post("/mail/test", edit, pages::test)
                .post("/mail/remove", edit, pages::remove),
        )
        .permissions(vec![
            allow(&[Role::Admin], "mail", &Action::ALL, Scope::All),
            allow(&[Role::Officer], "mail", &[Action::View], Scope::All),
        ])
        .texts("mail", include_str!("mail/ja.ftl"), include_str!("mail/en.ftl"))
}
