//! The house in which the stories play: an installation on every database at hand, and helpers to read outcomes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use jiff::{SignedDuration, Timestamp};
use mamori_kernel::access::Role;
use mamori_kernel::error::Error;
use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_ledger::Registry;
use mamori_ledger::web::{App, AppParts, Clock, Identity};
use mamori_store::secrets::Vault;
use mamori_store::{Db, DbConfig, migrate};

use super::{MustChange, NewUser, ops};
use crate::company::Profile;
use crate::session::{Door, ops as sessions};
use crate::setup::ops::{Administrator, set_up};

/// Sato's password in all stories.
pub(crate) const SATO: &str = "asagao-no-tsuru-7";

/// A set-up installation in a folder of its own.
pub(crate) struct World {
    pub app: App,
    pub now: Timestamp,
    _dir: tempfile::TempDir,
}

pub(crate) fn profile() -> Profile {
    Profile {
        name: "山田精密工業株式会社".into(),
        name_kana: String::new(),
        industry: "manufacturing".into(),
        headcount: 48,
        fiscal_start_month: 4,
        lang: Lang::Ja,
        doc_prefix: String::new(),
    }
}

pub(crate) fn sato() -> Administrator {
    Administrator {
        name: "佐藤 恵".into(),
        login: "Sato".into(),
        email: "sato@example.co.jp".into(),
        password: SATO.into(),
        again: SATO.into(),
    }
}

pub(crate) fn door(agent: &str) -> Door {
    Door { address: "192.0.2.7".into(), agent: agent.into() }
}

impl World {
    async fn open(url: Option<String>) -> World {
        let dir = tempfile::tempdir().unwrap();
        let now: Timestamp = "2026-04-01T00:00:00Z".parse().unwrap();
        let db = Db::open(&DbConfig { url, ..DbConfig::folder(dir.path()) }).await.unwrap();
        let (registry, routes) = Registry::build(vec![crate::area()]).unwrap();
        migrate::run(&db, &registry.migrations, now).await.unwrap();
        i18n::install(&registry.texts).unwrap();
        let parts = AppParts {
            db,
            registry,
            vault: Vault::open(dir.path()).unwrap(),
            clock: Clock::Fixed(now),
            base_url: "http://127.0.0.1:7780".into(),
            secure_cookies: false,
            routes: routes.into_parts().1,
        };
        World { app: App::new(parts), now, _dir: dir }
    }

    /// An empty installation on SQLite and, where `TEST_DATABASE_URL` names a server, one on PostgreSQL in a schema of its own.
    pub async fn each_empty() -> Vec<World> {
        let mut all = vec![World::open(None).await];
        if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
            let schema = format!("t{}", mamori_kernel::id::new().replace('-', ""));
            let dir = tempfile::tempdir().unwrap();
            let db = Db::open(&DbConfig { url: Some(server.clone()), ..DbConfig::folder(dir.path()) }).await.unwrap();
            db.system().await.unwrap().script(&format!("create schema {schema}")).await.unwrap();
            db.close().await;
            let joint = if server.contains('?') { '&' } else { '?' };
            all.push(World::open(Some(format!("{server}{joint}options=-c%20search_path%3D{schema}"))).await);
        }
        all
    }

    /// Installations that Sato has set up.
    pub async fn each_new() -> Vec<World> {
        let all = World::each_empty().await;
        for world in &all {
            set_up(&world.app.db, &profile(), sato(), &door("Edge / Windows"), world.now).await.unwrap();
        }
        all
    }

    pub fn later(&self, seconds: i64) -> Timestamp {
        self.now.checked_add(SignedDuration::from_secs(seconds)).unwrap()
    }

    /// Who is behind a token.
    pub async fn identity(&self, token: &str) -> Option<Identity> {
        let cookie = format!("lang=ja; mamori_session={token}");
        let request =
            axum::extract::Request::builder().uri("/").header("cookie", cookie).body(axum::body::Body::empty()).unwrap();
        crate::session::identify_for_tests(&self.app, &request).await.unwrap()
    }

    /// Signs in and gives the identity.
    pub async fn sign_in(&self, login: &str, password: &str) -> Identity {
        let done = sessions::sign_in(&self.app.db, login, password, &door("Edge / Windows"), None, self.now).await.unwrap();
        assert!(done.stage.is_in());
        self.identity(&done.token).await.unwrap()
    }

    pub async fn sato(&self) -> Identity {
        self.sign_in("sato", SATO).await
    }

    /// A general account made by Sato: Tanaka, whose own password is `kumo-hana-1`.
    pub async fn tanaka(&self) -> String {
        let actor = self.sato().await.actor;
        ops::create_user(&self.app.db, actor, new_user("tanaka", &[Role::Employee]), self.now).await.unwrap()
    }
}

pub(crate) fn new_user(login: &str, roles: &[Role]) -> NewUser {
    NewUser {
        login: login.into(),
        name: "田中 一郎".into(),
        email: format!("{login}@example.co.jp"),
        password: "kumo-hana-1".into(),
        must_change: MustChange::No,
        lang: Lang::Ja,
        roles: roles.to_vec(),
        person_id: None,
        installation_admin: false,
    }
}

pub(crate) fn refused<T>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::Refused(words)) => words.get(Lang::Ja).to_owned(),
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("not refused"),
    }
}

pub(crate) fn wrong_fields<T>(outcome: Result<T, Error>) -> Vec<String> {
    match outcome {
        Err(Error::Invalid(fields)) => fields.into_iter().map(|field| field.field).collect(),
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("accepted"),
    }
}
