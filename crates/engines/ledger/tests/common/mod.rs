//! The house in which the engine's stories play: two companies on every database at hand, and people with a role.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use mamori_kernel::access::Role;
use mamori_kernel::lang::Lang;
use mamori_ledger::web::{App, AppParts, Clock};
use mamori_ledger::{Area, Registry};
use mamori_store::secrets::Vault;
use mamori_store::{Actor, Db, DbConfig, Origin, args, migrate};

pub struct House {
    pub app: App,
    _dir: tempfile::TempDir,
}

pub fn now() -> jiff::Timestamp {
    "2026-11-20T03:00:00Z".parse().unwrap()
}

impl House {
    /// One house on SQLite and, with `TEST_DATABASE_URL`, one on PostgreSQL in a schema of its own.
    pub async fn of(area: fn() -> Area) -> Vec<House> {
        let mut urls = vec![None];
        if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
            let schema = format!("house_{}", mamori_kernel::id::new().replace('-', ""));
            let dir = tempfile::tempdir().unwrap();
            let admin = Db::open(&DbConfig { url: Some(url.clone()), ..DbConfig::folder(dir.path()) }).await.unwrap();
            admin.system().await.unwrap().script(&format!("create schema {schema}")).await.unwrap();
            urls.push(Some(format!("{url}?options=-csearch_path%3D{schema}")));
        }
        let mut houses = Vec::new();
        for url in urls {
            let dir = tempfile::tempdir().unwrap();
            let db = Db::open(&DbConfig { url, ..DbConfig::folder(dir.path()) }).await.unwrap();
            let (registry, routes) = Registry::build(vec![area()]).unwrap();
            migrate::run(&db, &registry.migrations, now()).await.unwrap();
            let sql = "insert into company (id, code, name, created_at) values ($1, $1, $1, $2)";
            for code in ["a", "b"] {
                db.system().await.unwrap().exec(sql, args![code, now()]).await.unwrap();
            }
            let vault = Vault::open(dir.path()).unwrap();
            let (_, routes) = routes.into_parts();
            let (clock, base_url) = (Clock::Fixed(now()), String::new());
            let app = App::new(AppParts { db, registry, vault, clock, base_url, secure_cookies: false, routes });
            houses.push(House { app, _dir: dir });
        }
        houses
    }

    pub fn actor(&self, company: &str, role: Role) -> Arc<Actor> {
        let mut actor = Actor::program(company, "森 幸子", Origin::Cli, Lang::Ja);
        actor.policy = self.app.registry.policy.clone();
        actor.roles = vec![role];
        Arc::new(actor)
    }
}
