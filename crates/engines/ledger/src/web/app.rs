//! What every handler and job shares.

use std::sync::Arc;

use mamori_schedule::Services;
use mamori_store::Db;
use mamori_store::secrets::Vault;

use crate::area::Registry;

/// Where the time comes from. The one edge at which the program looks at a clock; tests fix it.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A fixed instant, for tests and reproducible documents.
    Fixed(jiff::Timestamp),
}

impl Clock {
    /// The instant.
    pub fn now(&self) -> jiff::Timestamp {
        match self {
            #[expect(clippy::disallowed_methods, reason = "the edge where time enters the program")]
            Clock::System => jiff::Timestamp::now(),
            Clock::Fixed(at) => *at,
        }
    }
}

/// The parts of [`App`].
pub struct AppParts {
    /// The database.
    pub db: Db,
    /// All areas.
    pub registry: Registry,
    /// Secrets at rest.
    pub vault: Vault,
    /// The clock.
    pub clock: Clock,
    /// The public address, for links in mails: `http://127.0.0.1:7780`.
    pub base_url: String,
    /// Cookies are marked `Secure` (the program is reached over https).
    pub secure_cookies: bool,
    /// Every route with its access, for the permission page and the enumerating test.
    pub routes: Vec<crate::web::RouteInfo>,
}

/// The program's state. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<AppParts>);

impl App {
    /// Wraps the parts.
    pub fn new(parts: AppParts) -> App {
        App(Arc::new(parts))
    }

    /// For jobs and "today" sources.
    pub fn services(&self) -> Services {
        Services(Arc::new(self.clone()))
    }

    /// Finds the program's state behind [`Services`].
    pub fn of(services: &Services) -> Option<&App> {
        services.0.downcast_ref()
    }
}

impl std::ops::Deref for App {
    type Target = AppParts;
    fn deref(&self) -> &AppParts {
        &self.0
    }
}
