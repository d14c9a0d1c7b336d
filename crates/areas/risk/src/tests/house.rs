//! A company with the eight sample rows (seeds §5.3), on every database at hand.

use std::sync::Arc;

use mamori_kernel::access::Role;
use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_kernel::{i18n, id};
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::query;
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{App, AppParts, Clock};
use mamori_ledger::{Record, Registry, Values};
use mamori_store::secrets::Vault;
use mamori_store::{Actor, Db, DbConfig, Origin, Tx, View, args, migrate};

pub const NOW: &str = "2026-11-20T03:00:00Z";

pub struct House {
    pub db: Db,
    pub registry: Registry,
    pub company: String,
    pub personnel: String,
    pub sakamoto: String,
    pub hino: String,
    pub kimura: String,
    pub folder: tempfile::TempDir,
}

pub fn now() -> jiff::Timestamp {
    NOW.parse().unwrap()
}

pub fn areas() -> Vec<mamori_ledger::Area> {
    let approvals = mamori_approval::Approvals::new(mamori_organization::directory::OrganizationDirectory);
    let approvals = mamori_approval::area(approvals.kind(crate::acceptance::approvable()));
    vec![mamori_organization::area(), approvals, crate::attach(mamori_assets::area()), crate::area()]
}

impl House {
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
        let (registry, _) = Registry::build(areas()).unwrap();
        i18n::install(&registry.texts).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&DbConfig { url, ..DbConfig::folder(folder.path()) }).await.unwrap();
        migrate::run(&db, &registry.migrations, now()).await.unwrap();
        let company = id::new();
        let insert = "insert into company (id, code, name, doc_prefix, created_at) values ($1, 'hinose', '灯ノ瀬精工', 'HS', $2)";
        db.system().await.unwrap().exec(insert, args![&company, NOW]).await.unwrap();
        let mut house = House {
            db,
            registry,
            company,
            personnel: String::new(),
            sakamoto: String::new(),
            hino: String::new(),
            kimura: String::new(),
            folder,
        };
        house.personnel = house.add("department", Values::default().with("name", "人事部")).await.meta.id;
        let person = |name: &'static str| Values::default().with("name", name);
        house.sakamoto = house.add("person", person("坂本")).await.meta.id;
        house.hino = house.add("person", person("灯野")).await.meta.id;
        house.kimura = house.add("person", person("木村").with("department", house.personnel.as_str())).await.meta.id;
        for (person, role) in [(&house.sakamoto, "officer"), (&house.hino, "executive"), (&house.kimura, "manager")] {
            house.account(person, role).await;
        }
        house
    }

    /// Gives somebody an account with a role.
    pub async fn account(&self, person: &str, role: &str) {
        let mut system = self.db.system().await.unwrap();
        let user = format!("u-{person}");
        let insert = "insert into user_account (id, login, name, email, created_at) values ($1, $1, $1, $2, $3)";
        system.exec(insert, args![&user, format!("{role}@example.jp"), NOW]).await.unwrap();
        let insert = "insert into membership (user_id, company_id, roles, person_id, created_at) values ($1, $2, $3, $4, $5)";
        system.exec(insert, args![&user, &self.company, format!("[\"{role}\"]"), person, NOW]).await.unwrap();
    }

    pub fn app(&self) -> App {
        App::new(AppParts {
            db: self.db.clone(),
            registry: self.registry.clone(),
            vault: Vault::open(self.folder.path()).unwrap(),
            clock: Clock::Fixed(now()),
            base_url: String::new(),
            secure_cookies: false,
            routes: Vec::new(),
        })
    }

    pub fn actor(&self, role: Role, name: &str, person: &str, departments: &[&str]) -> Arc<Actor> {
        let mut actor = Actor::program(&self.company, name, Origin::Cli, Lang::Ja);
        actor.roles = vec![role];
        actor.person_id = (!person.is_empty()).then(|| person.to_owned());
        actor.user_id = if person.is_empty() { String::new() } else { format!("u-{person}") };
        actor.department_ids = departments.iter().map(|id| (*id).to_owned()).collect();
        actor.policy = self.registry.policy.clone();
        Arc::new(actor)
    }

    pub fn officer(&self) -> Arc<Actor> {
        self.actor(Role::Officer, "坂本", &self.sakamoto, &[])
    }

    pub fn manager(&self) -> Arc<Actor> {
        self.actor(Role::Manager, "木村", &self.kimura, &[&self.personnel])
    }

    pub fn executive(&self) -> Arc<Actor> {
        self.actor(Role::Executive, "灯野", &self.hino, &[])
    }

    pub async fn tx(&self) -> Tx {
        self.db.tx(self.officer(), now()).await.unwrap()
    }

    pub async fn view(&self, actor: Arc<Actor>) -> View {
        self.db.view(actor).await.unwrap()
    }

    pub async fn add(&self, ledger: &str, values: Values) -> Record {
        self.add_as(self.officer(), ledger, values, Gate::Program).await.unwrap()
    }

    pub async fn add_as(&self, actor: Arc<Actor>, ledger: &str, values: Values, gate: Gate) -> Result<Record> {
        let mut tx = self.db.tx(actor, now()).await?;
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await?;
        let record = ops::create(&self.registry, &mut tx, &shape, values, None, gate).await?;
        tx.commit().await?;
        Ok(record)
    }

    pub async fn change(&self, ledger: &str, id: &str, values: Values) -> Result<Record> {
        let mut tx = self.tx().await;
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await?;
        let record = ops::update(&self.registry, &mut tx, &shape, id, None, values, Gate::Person).await?;
        tx.commit().await?;
        Ok(record)
    }

    pub async fn seed(&self) -> usize {
        let mut tx = self.tx().await;
        let made = crate::seed(&mut tx, &self.registry).await.unwrap();
        if made > 0 {
            tx.commit().await.unwrap();
        } else {
            tx.rollback().await.unwrap();
        }
        made
    }

    /// Gives every question the same answer.
    pub async fn answer_all(&self, code: &str) {
        let mut tx = self.tx().await;
        let asked = crate::weakness_check::queries::questions(&mut tx).await.unwrap();
        let answers: Vec<_> = asked.into_iter().map(|asked| (asked.id, code.to_owned())).collect();
        crate::weakness_check::answer(&mut tx, &self.registry, &answers).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The eight rows, in order.
    pub async fn samples(&self) -> Vec<String> {
        let mut ids = Vec::new();
        for (business, name, note, storage, c, i, a) in [
            ("人事", "社員名簿", "社員基本情報", "office_pc", 2, 0, 0),
            ("人事", "社員名簿", "社員基本情報", "paper", 2, 2, 2),
            ("人事", "健康診断の結果", "雇入時・定期健康診断", "paper", 2, 2, 1),
            ("経理", "給与システムデータ", "源泉徴収票", "office_pc", 2, 2, 1),
            ("経理", "当社宛請求書", "過去3年分", "paper", 1, 1, 1),
            ("経理", "発行済請求書控", "過去3年分", "paper", 1, 1, 1),
            ("共通", "電子メールデータ", "最高値で評価", "office_pc", 2, 2, 2),
            ("共通", "電子メールデータ", "Gmailに転送", "external_server", 2, 2, 2),
        ] {
            let values = Values::default()
                .with("business", business)
                .with("name", name)
                .with("note", note)
                .with("storage", storage)
                .with("department", self.personnel.as_str())
                .with("pi_personal", business == "人事")
                .with("confidentiality", c.to_string())
                .with("integrity", i.to_string())
                .with("availability", a.to_string())
                .with("retention", if name.starts_with("給与") { "7年" } else { "" });
            ids.push(self.add("information_asset", values).await.meta.id);
        }
        ids
    }

    pub async fn find(&self, ledger: &str, id: &str) -> Record {
        let mut view = self.view(self.officer()).await;
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut view).await.unwrap();
        query::find(&mut view, &shape, id, mamori_kernel::access::Action::View).await.unwrap()
    }

    pub async fn values(&self, ids: &[String]) -> Vec<Option<i64>> {
        let mut all = Vec::new();
        for id in ids {
            all.push(self.find("information_asset", id).await.get("risk_value").as_int());
        }
        all
    }
}
