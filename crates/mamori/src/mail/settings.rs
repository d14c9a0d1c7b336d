//! The company's mail server as a person types it, and as it is kept: one sealed URL and the sender.

use std::sync::Arc;

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::Words;
use mamori_ledger::web::{App, Form};
use mamori_store::{Actor, Change, mail};
use serde_json::json;
use url::{Host, Url};

use super::MailServer;

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protection {
    /// TLS from the first byte (port 465; RFC 8314).
    Tls,
    /// STARTTLS, required (port 587).
    StartTls,
    /// None; only to a server on the same machine.
    None,
}

impl Protection {
    pub(super) const ALL: [Protection; 3] = [Protection::Tls, Protection::StartTls, Protection::None];

    pub(super) fn code(self) -> &'static str {
        match self {
            Protection::Tls => "tls",
            Protection::StartTls => "starttls",
            Protection::None => "none",
        }
    }

    fn parse(code: &str) -> Option<Protection> {
        Protection::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    pub host: String,
    pub port: String,
    pub protection: String,
    pub user: String,
    pub password: String,
    pub from: String,
}

impl Typed {
    pub(super) fn read(form: &Form) -> Typed {
        let get = |name: &str| form.get(name).trim().to_owned();
        Typed {
            host: get("host"),
            port: get("port"),
            protection: get("protection"),
            user: get("user"),
            // Spaces may belong to a password.
            password: form.get("password").to_owned(),
            from: get("from"),
        }
    }

    /// As it stands in the settings; the password stays where it is.
    fn of(url: &str, from: &str) -> Option<Typed> {
        let url = Url::parse(url).ok()?;
        let protection = match (url.scheme(), url.query()) {
            ("smtps", _) => Protection::Tls,
            (_, Some("tls=required")) => Protection::StartTls,
            _ => Protection::None,
        };
        Some(Typed {
            host: url.host_str().unwrap_or_default().to_owned(),
            port: url.port().map(|port| port.to_string()).unwrap_or_default(),
            protection: protection.code().to_owned(),
            user: percent_encoding::percent_decode_str(url.username()).decode_utf8_lossy().into_owned(),
            password: percent_encoding::percent_decode_str(url.password().unwrap_or_default()).decode_utf8_lossy().into_owned(),
            from: from.to_owned(),
        })
    }

    /// The URL for the transport. An empty password beside an unchanged server and user keeps the stored one.
    fn url(&self, stored: Option<&Typed>) -> Result<String> {
        let mut errors = Vec::new();
        let mut reject = |field: &str, ja: &'static str, en: &'static str| {
            errors.push(FieldError { field: field.to_owned(), message: Words::new(ja, en) });
        };
        let host = Host::parse(&self.host).ok().filter(|_| !self.host.is_empty());
        if host.is_none() {
            reject(
                "host",
                "メールサーバーの名前を「mail.example.jp」のように入力してください。",
                "Enter the name of the mail server, such as mail.example.jp.",
            );
        }
        let port = self.port.parse::<u16>().ok().filter(|port| *port > 0);
        if port.is_none() {
            reject(
                "port",
                "ポート番号は1〜65535の整数にしてください。多くの場合、465か587です。",
                "The port is a whole number from 1 to 65535; usually 465 or 587.",
            );
        }
        let protection = Protection::parse(&self.protection);
        match (protection, &host) {
            (None, _) => reject("protection", "通信の保護を選んでください。", "Choose how the connection is protected."),
            (Some(Protection::None), Some(host)) if !is_here(host) => reject(
                "protection",
                "暗号化なしは、同じ機械の中のサーバー（localhost）にだけ使えます。",
                "Without encryption only a server on this very machine (localhost) can be used.",
            ),
            _ => {}
        }
        let keeps = stored.is_some_and(|stored| stored.host == self.host && stored.user == self.user);
        let password = match stored {
            Some(stored) if self.password.is_empty() && keeps => &stored.password,
            _ => &self.password,
        };
        if !self.user.is_empty() && password.is_empty() {
            reject("password", "パスワードを入力してください。", "Enter the password.");
        }
        if self.from.parse::<lettre::message::Mailbox>().is_err() {
            reject(
                "from",
                "差出人は「mamori <mamori@example.jp>」か「mamori@example.jp」の形で入力してください。",
                "Enter the sender as “mamori <mamori@example.jp>” or “mamori@example.jp”.",
            );
        }
        let (Some(host), Some(port), Some(protection), true) = (host, port, protection, errors.is_empty()) else {
            return Err(Error::Invalid(errors));
        };
        let (scheme, tail) = match protection {
            Protection::Tls => ("smtps", ""),
            Protection::StartTls => ("smtp", "?tls=required"),
            Protection::None => ("smtp", ""),
        };
        let encode = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let who = if self.user.is_empty() { String::new() } else { format!("{}:{}@", encode(&self.user), encode(password)) };
        Ok(format!("{scheme}://{who}{host}:{port}{tail}"))
    }
}

fn is_here(host: &Host<String>) -> bool {
    match host {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// What is set, without showing the password.
///
/// # Errors
/// Database faults; a secret that this installation's key does not open.
pub(super) async fn current(app: &App, company_id: &str) -> Result<Option<Typed>> {
    let Some(own) = mail::own_server(&app.db, company_id).await? else { return Ok(None) };
    Ok(Typed::of(&app.vault.open_text(&own.sealed_url)?, &own.from))
}

fn permitted(actor: &Actor) -> Result<()> {
    if actor.can("mail", Action::Edit) {
        return Ok(());
    }
    Err(Error::Forbidden(Words::new(
        "メールの設定を変更できるのは、システム管理者だけです。",
        "Only an administrator may change the mail settings.",
    )))
}

/// Keeps the server for the actor's company.
///
/// # Errors
/// [`Error::Invalid`] with every field that does not fit; [`Error::Forbidden`]; database faults.
pub(super) async fn save(app: &App, actor: Arc<Actor>, typed: &Typed) -> Result<()> {
    permitted(&actor)?;
    let stored = current(app, &actor.company_id).await.unwrap_or_default();
    let url = typed.url(stored.as_ref())?;
    // Whatever the transport cannot use is refused now, not at the first mail.
    MailServer::new(&url, &typed.from)?;
    let sealed = app.vault.seal(&url)?;
    let name = format!("{}:{}", typed.host, typed.port);
    let mut tx = app.db.tx(actor, app.clock.now()).await?;
    mail::keep_own_server(&mut tx, &sealed, &typed.from).await?;
    let diff = json!({ "host": [null, typed.host], "protection": [null, typed.protection], "user": [null, typed.user], "from": [null, typed.from] });
    tx.log(Change::new("mail-server", "mail", "", &name, diff)).await?;
    tx.commit().await
}

/// Takes the server away; mails then go through the installation's server, or wait in the inbox of the home page.
///
/// # Errors
/// [`Error::Forbidden`]; database faults.
pub(super) async fn remove(app: &App, actor: Arc<Actor>) -> Result<()> {
    permitted(&actor)?;
    let mut tx = app.db.tx(actor, app.clock.now()).await?;
    mail::forget_own_server(&mut tx).await?;
    tx.log(Change::new("mail-server-removed", "mail", "", "", json!({}))).await?;
    tx.commit().await
}
