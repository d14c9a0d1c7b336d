//! The composition: how the program is put together from its areas. `compose/areas.rs` is the only file that names them.

mod areas;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{App, AppParts, Clock, RouteInfo};
use mamori_ledger::{LedgerDef, Registry, ops};
use mamori_store::secrets::Vault;
use mamori_store::{Actor, Db, DbConfig, Origin, company_ids, migrate};

pub use areas::{
    NewCompany, NewMember, ReportFormat, ReportKind, add_company, add_user, areas, authenticate, clean_up, companies,
    first_visit, issue_token, reset_password, risk_report, unlock, users,
};

/// The registry of all areas and the pages of everything; installs the sentences.
///
/// # Errors
/// [`Error::Internal`] when the declarations contradict each other: a fault of the program.
pub fn registry() -> Result<(Registry, Router<App>, Vec<RouteInfo>)> {
    let (registry, routes) = Registry::build(areas()).map_err(Error::Internal)?;
    i18n::install(&registry.texts).map_err(Error::Internal)?;
    let (router, table) = routes.into_parts();
    Ok((registry, router, table))
}

/// How the program is reached and where its data lies.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Database and data folder.
    pub db: DbConfig,
    /// Where the time comes from.
    pub clock: Clock,
    /// Public address, for links in mails and for the browser's checks: `https://mamori.example.jp`.
    pub base_url: String,
}

/// The program, ready for work.
pub struct Opened {
    /// The state.
    pub app: App,
    /// The pages, without the layers around them.
    pub router: Router<App>,
    /// Migrations that were new.
    pub migrated: usize,
}

/// Opens the database, brings it to this program's state and puts everything together.
///
/// # Errors
/// [`Error::Internal`] with the reason when the folder or the server cannot be opened or a migration fails.
pub async fn open(settings: &Settings) -> Result<Opened> {
    let (registry, router, routes) = registry()?;
    let db = Db::open(&settings.db).await?;
    let migrated = migrate::run(&db, &registry.migrations, settings.clock.now()).await?.len();
    let vault = Vault::open(db.data_dir())?;
    let app = App::new(AppParts {
        db,
        registry,
        vault,
        clock: settings.clock.clone(),
        base_url: settings.base_url.clone(),
        secure_cookies: settings.base_url.starts_with("https://"),
        routes,
    });
    Ok(Opened { app, router, migrated })
}

/// Rows put into the search index within one transaction.
const REINDEX_CHUNK: usize = 1000;

/// Builds the search index of every company and ledger anew, as a restore needs it.
///
/// # Errors
/// Database faults.
pub async fn reindex(db: &Db, registry: &Registry, now: jiff::Timestamp) -> Result<()> {
    for company in company_ids(db).await? {
        for def in registry.ledgers() {
            reindex_ledger(db, registry, &company, def, now).await?;
        }
    }
    Ok(())
}

async fn reindex_ledger(db: &Db, registry: &Registry, company: &str, def: &Arc<LedgerDef>, now: jiff::Timestamp) -> Result<()> {
    let actor = Arc::new(Actor::program(company, "mamori", Origin::Job("reindex".to_owned()), Lang::Ja));
    let mut view = db.view(actor.clone()).await?;
    let shape = Shape::load(def, &mut view).await?;
    let records = query::all(registry, &mut view, &shape, &ListQuery::default(), Action::View).await?;
    drop(view);
    for chunk in records.chunks(REINDEX_CHUNK) {
        let mut tx = db.tx(actor.clone(), now).await?;
        tx.technical();
        for record in chunk {
            ops::index(registry, &mut tx, &shape, record, true).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Installs the sentences of all areas, for unit tests.
#[cfg(test)]
pub(crate) fn install_texts_for_tests() {
    if let Err(error) = registry() {
        panic!("{error}");
    }
}
