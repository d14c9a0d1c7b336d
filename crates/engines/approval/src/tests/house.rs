//! The company of the stories.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use mamori_kernel::access::{Action, Role};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Lang;
use mamori_kernel::{i18n, id};
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::Routes;
use mamori_ledger::{Record, Registry, Values, query};
use mamori_store::{Actor, Db, DbConfig, Origin, Reader as _, Tx, View, args, migrate};

use super::people;
use crate::contract::{Approvals, Desk};
use crate::request::ops::At;
use crate::request::queries::{Case, Seat};
use crate::request::rules::Verdict;
use crate::request::{State, ops as requests, queries};

/// Friday.
pub const NOW: &str = "2026-11-20T03:00:00Z";

pub struct House {
    pub db: Db,
    pub registry: Registry,
    pub approvals: Approvals,
    pub company: String,
    _folder: tempfile::TempDir,
}

pub fn built() -> (Registry, Routes) {
    Registry::build(vec![people::area(), crate::area(people::approvals())]).unwrap()
}

/// The words of a refusal.
pub fn refusal<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Refused(words)) => words.ja.into_owned(),
        other => panic!("not refused: {other:?}"),
    }
}

impl House {
    /// A house on every database at hand.
    pub async fn each() -> Vec<House> {
        let mut all = vec![House::new(None).await];
        if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
            let schema = format!("t{}", id::new().replace('-', ""));
            let folder = tempfile::tempdir().unwrap();
            let db = Db::open(&DbConfig { url: Some(server.clone()), ..DbConfig::folder(folder.path()) }).await.unwrap();
            db.system().await.unwrap().script(&format!("create schema {schema}")).await.unwrap();
            db.close().await;
            let joint = if server.contains('?') { '&' } else { '?' };
            all.push(House::new(Some(format!("{server}{joint}options=-c%20search_path%3D{schema}"))).await);
        }
        all
    }

    async fn new(url: Option<String>) -> House {
        let (registry, _) = built();
        i18n::install(&registry.texts).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&DbConfig { url, ..DbConfig::folder(folder.path()) }).await.unwrap();
        migrate::run(&db, &registry.migrations, NOW.parse().unwrap()).await.unwrap();
        let company = id::new();
        let mut system = db.system().await.unwrap();
        let insert = "insert into company (id, code, name, lang, created_at) values ($1, 'hinose', '灯ノ瀬精工', 'ja', $2)";
        system.exec(insert, args![&company, NOW]).await.unwrap();
        drop(system);
        let house = House { db, registry, approvals: people::approvals(), company, _folder: folder };
        for (name, heads, account) in [
            ("佐藤", "", "officer"),
            ("高橋", "営業部", ""),
            ("社長", "", ""),
            ("専務", "", ""),
            ("経理", "", ""),
            ("監査", "", "auditor"),
            ("会長", "", "executive"),
        ] {
            house.row("person", Values::default().with("name", name).with("heads", heads).with("account", account)).await;
        }
        for (role, person, deputy) in [("ciso", "社長", "専務"), ("finance", "経理", ""), ("audit", "監査", "")] {
            let role = house.row("security_role", Values::default().with("name", role)).await;
            house.hold(&role.meta.id, person, deputy).await;
        }
        house
    }

    pub async fn hold(&self, role: &str, person: &str, deputy: &str) {
        let (person, deputy) =
            (self.person(person).await, if deputy.is_empty() { String::new() } else { self.person(deputy).await });
        self.row("holding", Values::default().with("role", role).with("person", person).with("deputy", deputy)).await;
    }

    pub fn program(&self) -> Arc<Actor> {
        Arc::new(Actor::program(&self.company, "test", Origin::Cli, Lang::Ja))
    }

    /// Somebody signed in, with a role of the permission table.
    pub async fn who(&self, name: &str, role: Role) -> Arc<Actor> {
        let mut actor = Actor::program(&self.company, name, Origin::Web(String::new()), Lang::Ja);
        actor.user_id = format!("u-{name}");
        actor.person_id = Some(self.person(name).await);
        actor.roles = vec![role];
        actor.policy = self.registry.policy.clone();
        Arc::new(actor)
    }

    pub async fn person(&self, name: &str) -> String {
        let mut view = self.db.view(self.program()).await.unwrap();
        view.first("select id from person where company_id = $1 and name = $2", args![name])
            .await
            .unwrap()
            .unwrap()
            .get("id")
            .unwrap()
    }

    pub async fn view(&self) -> View {
        self.db.view(self.program()).await.unwrap()
    }

    pub fn desk(&self) -> Desk<'_> {
        Desk { approvals: &self.approvals, registry: &self.registry, base_url: "http://mamori.test" }
    }

    pub async fn row(&self, ledger: &str, values: Values) -> Record {
        let mut tx = self.db.tx(self.program(), NOW.parse().unwrap()).await.unwrap();
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await.unwrap();
        let record = ops::create(&self.registry, &mut tx, &shape, values, None, Gate::Program).await.unwrap();
        tx.commit().await.unwrap();
        record
    }

    pub async fn change(&self, ledger: &str, id: &str, values: Values) -> Result<Record> {
        let mut tx = self.db.tx(self.program(), NOW.parse().unwrap()).await.unwrap();
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await.unwrap();
        let record = ops::update(&self.registry, &mut tx, &shape, id, None, values, Gate::Program).await?;
        tx.commit().await?;
        Ok(record)
    }

    /// Somebody's last day was yesterday.
    pub async fn leaves(&self, name: &str) {
        let id = self.person(name).await;
        let day: jiff::civil::Date = "2026-11-19".parse().unwrap();
        self.change("person", &id, Values::default().with("left_on", day)).await.unwrap();
    }

    pub async fn purchase(&self, name: &str, amount: i64) -> String {
        self.row("purchase", Values::default().with("name", name).with("amount", amount)).await.meta.id
    }

    pub async fn state_of(&self, purchase: &str) -> String {
        let mut view = self.view().await;
        let shape = Shape::plain(self.registry.ledger("purchase").unwrap());
        query::find(&mut view, &shape, purchase, Action::View).await.unwrap().get("state").as_str().to_owned()
    }

    pub async fn tx(&self, name: &str, role: Role, now: &str) -> Tx {
        self.db.tx(self.who(name, role).await, now.parse().unwrap()).await.unwrap()
    }

    pub async fn propose(&self, name: &str, purchase: &str) -> Result<String> {
        let mut tx = self.tx(name, Role::Employee, NOW).await;
        let id = requests::propose(&self.desk(), &mut tx, "purchase", purchase, "更新の時期です").await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Decides on what stands on the page now.
    pub async fn decide(&self, name: &str, approval: &str, verdict: Verdict, comment: &str) -> Result<State> {
        self.decide_on(name, approval, verdict, comment, NOW).await
    }

    pub async fn decide_on(&self, name: &str, approval: &str, verdict: Verdict, comment: &str, now: &str) -> Result<State> {
        let at = self.at(approval).await;
        self.decide_at(name, approval, at, verdict, comment, now).await
    }

    pub async fn decide_at(
        &self,
        name: &str,
        approval: &str,
        at: At,
        verdict: Verdict,
        comment: &str,
        now: &str,
    ) -> Result<State> {
        let mut tx = self.tx(name, Role::Employee, now).await;
        let state = requests::decide(&self.desk(), &mut tx, approval, at, verdict, comment).await?;
        tx.commit().await?;
        Ok(state)
    }

    /// The place that a page shows now.
    pub async fn at(&self, approval: &str) -> At {
        let (case, seats) = self.case(approval).await;
        let position = seats.iter().find(|seat| seat.state == crate::request::StepState::Waiting).map_or(0, |seat| seat.position);
        At { round: case.round, position }
    }

    /// A request with the seats of its current round.
    pub async fn case(&self, approval: &str) -> (Case, Vec<Seat>) {
        let mut view = self.view().await;
        let case = queries::find(&mut view, approval).await.unwrap().unwrap();
        let seats =
            queries::seats(&mut view, approval).await.unwrap().into_iter().filter(|seat| seat.round == case.round).collect();
        (case, seats)
    }

    /// Subjects of the mails to somebody so far.
    pub async fn mails(&self, name: &str) -> Vec<String> {
        let mut view = self.view().await;
        let rows = view
            .rows(
                "select subject from mail where company_id = $1 and recipient = $2 order by id",
                args![format!("{name}@example.jp")],
            )
            .await
            .unwrap();
        rows.iter().map(|row| row.text("subject").unwrap()).collect()
    }
}
