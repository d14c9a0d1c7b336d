//! The program as the stories meet it: everything but the socket, on SQLite in a folder of its own or on PostgreSQL in a schema of its
//! own, at a fixed instant, with people who have names.

mod cast;
mod client;
mod places;

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use mamori::{compose, serve};
use mamori_kernel::access::Role;
use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_ledger::web::{App, AppParts, Clock, RouteInfo};
use mamori_ledger::{Area, Registry, Values, ops, shape};
use mamori_store::secrets::Vault;
use mamori_store::{Actor, Db, DbConfig, Engine, Origin, args, migrate};

#[allow(unused_imports, reason = "the whole cast, also those no story calls yet")]
pub use cast::{ADMIN, AUDITOR, CONSULTANT, EMPLOYEE, EXECUTIVE, Given, MANAGER, OFFICER, OTHER_OFFICER};
pub use client::{Answer, Client};
pub use places::fill;

/// Monday morning in Japan: every story happens then, unless it lets time pass.
pub const NOW: &str = "2026-11-16T00:30:00Z";

/// A story about the program.
pub type Story = for<'a> fn(&'a mut TestApp) -> Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Two tests out of one story: it must be true on both databases.
///
/// On PostgreSQL it runs where `TEST_DATABASE_URL` names a server (`scripts/with-postgres.sh`), and says so where it does not.
macro_rules! on_both {
    (areas = $areas:path; $($(#[$meta:meta])* async fn $name:ident($app:ident) $body:block)*) => { $(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            $(#[$meta])*
            fn story<'a>($app: &'a mut crate::harness::TestApp) -> std::pin::Pin<Box<dyn std::future::Future<Output = ()> + 'a>> {
                Box::pin(async move { $body })
            }

            #[test]
            fn sqlite() {
                crate::harness::tell(mamori_store::Engine::Sqlite, $areas, story);
            }

            #[test]
            fn postgres() {
                crate::harness::tell(mamori_store::Engine::Postgres, $areas, story);
            }
        }
    )* };
    ($($(#[$meta:meta])* async fn $name:ident($app:ident) $body:block)*) => {
        crate::harness::on_both! { areas = Vec::new; $($(#[$meta])* async fn $name($app) $body)* }
    };
}
pub(crate) use on_both;

/// Runs a story on one database, with areas of its own behind the program's.
pub fn tell(engine: Engine, more: fn() -> Vec<Area>, story: Story) {
    // Internal faults go to the log; a failing test shows them.
    let _ = tracing_subscriber::fmt().with_env_filter("warn").with_test_writer().without_time().try_init();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let Some(mut app) = TestApp::start(engine, more()).await else {
            println!("skipped: TEST_DATABASE_URL names no PostgreSQL (scripts/with-postgres.sh starts one)");
            return;
        };
        story(&mut app).await;
        app.finish().await;
    });
}

/// A running program with two companies and eight people.
pub struct TestApp {
    /// The program's state.
    pub app: App,
    /// Ids of the two companies by code: `aoba`, `wakaba`.
    pub companies: BTreeMap<&'static str, String>,
    /// Ids of rows that every story finds: departments by name, people by name.
    pub rows: BTreeMap<String, String>,
    /// Migrations as they were run.
    pub steps: Vec<migrate::Step>,
    router: Router<App>,
    engine: Engine,
    schema: String,
    folder: tempfile::TempDir,
}

impl TestApp {
    async fn start(engine: Engine, more: Vec<Area>) -> Option<TestApp> {
        let folder = tempfile::tempdir().unwrap();
        let mut config = DbConfig::folder(folder.path());
        let mut schema = String::new();
        if engine == Engine::Postgres {
            let server = std::env::var("TEST_DATABASE_URL").ok()?;
            schema = format!("t{}", mamori_kernel::id::new().replace('-', ""));
            let db = Db::open(&DbConfig { url: Some(server.clone()), ..config.clone() }).await.unwrap();
            db.system().await.unwrap().script(&format!("create schema {schema}")).await.unwrap();
            db.close().await;
            config.url = Some(format!("{server}?options=-csearch_path%3D{schema}"));
            config.readers = 2;
        }
        let mut areas = compose::areas();
        areas.extend(more);
        let (registry, routes) = Registry::build(areas).unwrap();
        i18n::install(&registry.texts).unwrap();
        let (router, routes) = routes.into_parts();
        let steps = registry.migrations.clone();
        let now: jiff::Timestamp = NOW.parse().unwrap();
        let db = Db::open(&config).await.unwrap();
        migrate::run(&db, &steps, now).await.unwrap();
        let vault = Vault::open(db.data_dir()).unwrap();
        let app = App::new(AppParts {
            db,
            registry,
            vault,
            clock: Clock::Fixed(now),
            base_url: "http://mamori.test".to_owned(),
            secure_cookies: false,
            routes,
        });
        let mut started =
            TestApp { app, companies: BTreeMap::new(), rows: BTreeMap::new(), steps, router, engine, schema, folder };
        cast::introduce(&mut started).await;
        Some(started)
    }

    /// Everybody goes home: no job may be left in the queue, and the history of both companies is whole.
    async fn finish(self) {
        let mut system = self.app.db.system().await.unwrap();
        let left = system.rows("select kind, error from job where state in ('waiting', 'running')", args![]).await.unwrap();
        let left: Vec<String> =
            left.iter().map(|row| format!("{} {}", row.text("kind").unwrap(), row.text("error").unwrap())).collect();
        assert!(left.is_empty(), "jobs are left in the queue: {left:?}; let the story call app.work()");
        drop(system);
        for verified in mamori_store::verify_all(&self.app.db).await.unwrap() {
            assert!(verified.broken.is_none(), "the history of {} is broken: {verified:?}", verified.company_id);
        }
        let mut system = self.app.db.system().await.unwrap();
        if !self.schema.is_empty() {
            system.script(&format!("drop schema {} cascade", self.schema)).await.unwrap();
        }
        drop(system);
        self.app.db.close().await;
    }

    /// The instant of the story.
    pub fn now(&self) -> jiff::Timestamp {
        self.app.clock.now()
    }

    /// Which database the story runs on.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The data folder.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Lets time pass: what follows happens later.
    pub fn later(&mut self, by: jiff::SignedDuration) {
        let app = &self.app;
        self.app = App::new(AppParts {
            db: app.db.clone(),
            registry: app.registry.clone(),
            vault: Vault::open(app.db.data_dir()).unwrap(),
            clock: Clock::Fixed(app.clock.now().checked_add(by).unwrap()),
            base_url: app.base_url.clone(),
            secure_cookies: app.secure_cookies,
            routes: app.routes.clone(),
        });
    }

    /// Every route of the program.
    pub fn routes(&self) -> &[RouteInfo] {
        &self.app.routes
    }

    /// Runs the jobs that are due.
    pub async fn work(&self) -> usize {
        let kinds = &self.app.registry.jobs;
        mamori_schedule::run_due(&self.app.db, &self.app.services(), kinds, self.now()).await.unwrap()
    }

    /// A browser that nobody has signed in with.
    pub fn visitor(&self) -> Client {
        Client::new(serve::build(&self.app, self.router.clone()).unwrap())
    }

    /// The browser of a person of the cast, signed in.
    pub async fn person(&self, name: &str) -> Client {
        let client = self.visitor();
        client.cookie("mamori_session", &cast::session(self, name).await);
        client
    }

    /// A program with an API token of a person; `scope` is `read` or `write`.
    pub async fn program(&self, name: &str, scope: &str) -> Client {
        let mut client = self.visitor();
        client.bearer = Some(cast::token(self, name, scope).await);
        client
    }

    /// The program itself at work in a company.
    pub fn actor(&self, company: &str) -> Arc<Actor> {
        Arc::new(Actor::program(&self.companies[company], "test", Origin::Cli, Lang::Ja))
    }

    /// Somebody of a company with these roles and, perhaps, a department.
    pub fn actor_with(&self, company: &str, roles: &[Role], departments: &[&str]) -> Arc<Actor> {
        let mut actor = Actor::clone(&self.actor(company));
        actor.roles = roles.to_vec();
        actor.policy = self.app.registry.policy.clone();
        actor.department_ids = departments.iter().map(|name| self.rows[*name].clone()).collect();
        Arc::new(actor)
    }

    /// Puts a row into a ledger of a company, on the program's own account; gives its id.
    pub async fn put(&self, company: &str, ledger: &str, values: Values) -> String {
        let registry = &self.app.registry;
        let def = registry.ledger(ledger).unwrap();
        let mut tx = self.app.db.tx(self.actor(company), self.now()).await.unwrap();
        let shape = shape::Shape::load(def, &mut tx).await.unwrap();
        let record = ops::create(registry, &mut tx, &shape, values, None, ops::Gate::Program).await;
        let record = record.unwrap_or_else(|error| panic!("{ledger}: {error}"));
        tx.commit().await.unwrap();
        record.meta.id
    }

    /// One number of the database, asked behind the program's back.
    pub async fn number(&self, sql: &str) -> i64 {
        let mut system = self.app.db.system().await.unwrap();
        system.first(sql, args![]).await.unwrap().unwrap().get("n").unwrap()
    }
}
