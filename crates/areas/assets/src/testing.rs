//! A company with two departments and four people, for the tests of this area.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use mamori_kernel::access::Role;
use mamori_kernel::lang::Lang;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::{Ledger as _, Record, Registry, Values};
use mamori_organization::company::{Profile, create_company};
use mamori_organization::department::Department;
use mamori_organization::person::Person;
use mamori_store::{Actor, Db, DbConfig, Origin, Tx, View, migrate};

use crate::information_asset::InformationAsset;
use crate::information_asset::queries::shape;

/// The company and its people.
pub struct Company {
    pub db: Db,
    pub registry: Registry,
    pub id: String,
    /// 営業部, whose head is 高橋.
    pub sales: String,
    /// 総務部.
    pub office: String,
    /// Head of sales, has mail.
    pub takahashi: String,
    /// Works in sales.
    pub ito: String,
    _dir: tempfile::TempDir,
}

pub fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

/// 2026-11-20 in Japan.
pub fn today() -> jiff::Timestamp {
    at("2026-11-20T01:00:00Z")
}

fn profile() -> Profile {
    Profile {
        name: "試験精機".to_owned(),
        name_kana: String::new(),
        industry: "manufacturing".to_owned(),
        headcount: 30,
        fiscal_start_month: 4,
        lang: Lang::Ja,
        doc_prefix: String::new(),
    }
}

impl Company {
    pub async fn new() -> Company {
        let (registry, _) = Registry::build(vec![mamori_organization::area(), crate::area()]).unwrap();
        mamori_kernel::i18n::install(&registry.texts).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open(&DbConfig::folder(dir.path())).await.unwrap();
        migrate::run(&db, &registry.migrations, today()).await.unwrap();
        let creator = Actor::program("", "mamori", Origin::Cli, Lang::Ja);
        let id = create_company(&db, &creator, "test", &profile(), at("2026-04-01T00:00:00Z")).await.unwrap();
        let mut company = Company {
            db,
            registry,
            id,
            sales: String::new(),
            office: String::new(),
            takahashi: String::new(),
            ito: String::new(),
            _dir: dir,
        };
        company.people().await;
        company
    }

    async fn people(&mut self) {
        let mut tx = self.tx(self.officer()).await;
        let department = |name: &'static str| Values::default().with("name", name);
        self.sales = self.row(&mut tx, Department::CODE, department("営業部")).await.meta.id;
        self.office = self.row(&mut tx, Department::CODE, department("総務部")).await.meta.id;
        let person = |name: &'static str, mail: &'static str| Values::default().with("name", name).with("email", mail);
        let takahashi = person("高橋", "takahashi@example.jp").with("department", self.sales.as_str());
        self.takahashi = self.row(&mut tx, Person::CODE, takahashi).await.meta.id;
        self.ito = self.row(&mut tx, Person::CODE, person("伊藤", "").with("department", self.sales.as_str())).await.meta.id;
        let departments = shape(&self.registry, &mut tx, Department::CODE).await.unwrap();
        let head = Values::default().with("manager", self.takahashi.as_str());
        ops::update(&self.registry, &mut tx, &departments, &self.sales, None, head, Gate::Program).await.unwrap();
        tx.commit().await.unwrap();
    }

    fn actor(&self, name: &str, role: Role, person: Option<&String>, department: Option<&String>) -> Arc<Actor> {
        let mut actor = Actor::program(&self.id, name, Origin::Cli, Lang::Ja);
        actor.roles = vec![role];
        actor.person_id = person.cloned();
        actor.department_ids = department.cloned().into_iter().collect();
        actor.policy = self.registry.policy.clone();
        Arc::new(actor)
    }

    pub fn officer(&self) -> Arc<Actor> {
        self.actor("佐藤", Role::Officer, None, None)
    }

    pub fn manager(&self) -> Arc<Actor> {
        self.actor("高橋", Role::Manager, Some(&self.takahashi), Some(&self.sales))
    }

    pub fn employee(&self) -> Arc<Actor> {
        self.actor("伊藤", Role::Employee, Some(&self.ito), Some(&self.sales))
    }

    pub async fn tx(&self, actor: Arc<Actor>) -> Tx {
        self.db.tx(actor, today()).await.unwrap()
    }

    pub async fn tx_on(&self, actor: Arc<Actor>, now: &str) -> Tx {
        self.db.tx(actor, at(now)).await.unwrap()
    }

    pub async fn view(&self, actor: Arc<Actor>) -> View {
        self.db.view(actor).await.unwrap()
    }

    pub async fn row(&self, tx: &mut Tx, ledger: &str, values: Values) -> Record {
        let shape = shape(&self.registry, tx, ledger).await.unwrap();
        ops::create(&self.registry, tx, &shape, values, None, Gate::Program).await.unwrap()
    }

    /// Adds an asset of a department and commits.
    pub async fn asset(&self, name: &str, department: &str, owner: &str) -> Record {
        let mut tx = self.tx(self.officer()).await;
        let values =
            Values::default().with("name", name).with("department", department).with("owner", owner).with("storage", "office_pc");
        let record = self.row(&mut tx, InformationAsset::CODE, values).await;
        tx.commit().await.unwrap();
        record
    }
}
