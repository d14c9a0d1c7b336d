//! Opening the data for a command, and finding the company that is meant.

use std::sync::Arc;

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_ledger::LedgerDef;
use mamori_ledger::web::{App, Clock};
use mamori_store::{Actor, DbConfig, Origin, SQLITE_FILE};

use super::Place;
use crate::compose::{self, Settings};

impl Place {
    /// Database and folder.
    pub(crate) fn config(&self) -> DbConfig {
        DbConfig { url: self.database.clone().filter(|url| !url.is_empty()), ..DbConfig::folder(&self.data) }
    }

    /// What the program needs to open it.
    pub(crate) fn settings(&self) -> Settings {
        Settings { db: self.config(), clock: Clock::System, base_url: String::new() }
    }

    /// Opens data that exists: a mistyped folder must not become an empty installation.
    ///
    /// # Errors
    /// [`Error::Refused`] when there is none.
    pub(crate) async fn open(&self) -> Result<App> {
        let settings = self.settings();
        if settings.db.url.is_none() && !self.data.join(SQLITE_FILE).exists() {
            return Err(Error::Refused(Words::owned(
                format!("{} にはmamoriのデータがありません。--data でフォルダーを指定してください。", self.data.display()),
                format!("There is no data of mamori in {}. Please name the folder with --data.", self.data.display()),
            )));
        }
        Ok(compose::open(&settings).await?.app)
    }
}

/// The code that set-up gives to the first company of an installation.
const FIRST_COMPANY: &str = "main";

/// The company of a code; without a code the only one there is, or the one with which the installation began.
///
/// # Errors
/// [`Error::Invalid`] naming the codes to choose from.
pub(crate) async fn company(app: &App, code: Option<&str>) -> Result<String> {
    let all = compose::companies(&app.db).await?;
    let found = match (code, all.as_slice()) {
        (Some(code), all) => all.iter().find(|(_, known, _)| known == code),
        (None, [only]) => Some(only),
        (None, all) => {
            let first = all.iter().find(|(_, known, _)| known == FIRST_COMPANY);
            if first.is_some() {
                // Never in silence: whoever has several companies sees which one was meant.
                eprintln!("mamori: --company {FIRST_COMPANY}");
            }
            first
        }
    };
    if let Some((id, _, _)) = found {
        return Ok(id.clone());
    }
    let codes: Vec<&str> = all.iter().map(|(_, code, _)| code.as_str()).collect();
    let codes = if codes.is_empty() { "–".to_owned() } else { codes.join(", ") };
    Err(Error::field(
        "company",
        Words::owned(
            format!("--company で会社コードを指定してください。登録されている会社: {codes}"),
            format!("Please name the company with --company. Companies: {codes}"),
        ),
    ))
}

/// The program itself at work in a company, from the command line.
pub(crate) fn actor(company_id: &str, lang: Lang) -> Arc<Actor> {
    Arc::new(Actor::program(company_id, "mamori", Origin::Cli, lang))
}

/// The ledger of a code.
///
/// # Errors
/// [`Error::Invalid`] naming the ledgers to choose from.
pub(crate) fn ledger(app: &App, code: &str) -> Result<Arc<LedgerDef>> {
    app.registry.ledger(code).cloned().ok_or_else(|| {
        let codes: Vec<&str> = app.registry.ledgers().map(|def| def.code).collect();
        Error::field(
            "ledger",
            Words::owned(
                format!("「{code}」という台帳はありません。使える台帳: {}", codes.join(", ")),
                format!("There is no ledger called “{code}”. Ledgers: {}", codes.join(", ")),
            ),
        )
    })
}
