//! 灯ノ瀬精工: 坂本 is the security officer, 木村 heads sales, 川口 works there, 灯野 is the president.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use mamori_approval::request::ops::{self as requests, At};
use mamori_approval::request::rules::Verdict;
use mamori_approval::request::{State, StepState, queries};
use mamori_approval::{Approvals, Desk};
use mamori_kernel::access::{Action, Role};
use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_kernel::{i18n, id};
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{App, AppParts, Clock, Identity, Membership, Page};
use mamori_ledger::{Area, Record, Registry, Values, query};
use mamori_organization::directory::OrganizationDirectory;
use mamori_store::secrets::Vault;
use mamori_store::{Actor, Db, DbConfig, Origin, Reader as _, Tx, args, migrate};
use tower::ServiceExt as _;

pub const NOW: &str = "2026-11-20T03:00:00Z";

pub struct House {
    pub db: Db,
    pub registry: Registry,
    pub company: String,
    pub sales: String,
    pub folder: tempfile::TempDir,
}

fn approvals() -> Approvals {
    Approvals::new(OrganizationDirectory).kind(crate::approvable())
}

pub fn areas() -> Vec<Area> {
    vec![
        mamori_organization::area(),
        mamori_approval::area(approvals()),
        mamori_risk::attach(mamori_assets::area()),
        mamori_risk::area(),
        crate::area(),
    ]
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
        migrate::run(&db, &registry.migrations, NOW.parse().unwrap()).await.unwrap();
        let company = id::new();
        let insert = "insert into company (id, code, name, doc_prefix, created_at) values ($1, 'hinose', '灯ノ瀬精工', 'HS', $2)";
        db.system().await.unwrap().exec(insert, args![&company, NOW]).await.unwrap();
        let mut house = House { db, registry, company, sales: String::new(), folder };
        house.sales = house.add("department", Values::default().with("name", "営業部")).await.meta.id;
        for (name, role) in [("坂本", "officer"), ("木村", "manager"), ("川口", "employee"), ("灯野", "executive")] {
            let person = Values::default().with("name", name).with("department", house.sales.as_str());
            let person = house.add("person", person).await.meta.id;
            house.account(&person, role).await;
        }
        let kimura = house.person("木村").await;
        house.change_as_program("department", &house.sales, Values::default().with("manager", kimura)).await;
        house
    }

    async fn account(&self, person: &str, role: &str) {
        let mut system = self.db.system().await.unwrap();
        let user = format!("u-{person}");
        let insert = "insert into user_account (id, login, name, email, created_at) values ($1, $1, $1, $2, $3)";
        system.exec(insert, args![&user, format!("{role}@example.jp"), NOW]).await.unwrap();
        let insert = "insert into membership (user_id, company_id, roles, person_id, created_at) values ($1, $2, $3, $4, $5)";
        system.exec(insert, args![&user, &self.company, format!("[\"{role}\"]"), person, NOW]).await.unwrap();
    }

    fn program(&self) -> Arc<Actor> {
        Arc::new(Actor::program(&self.company, "test", Origin::Cli, Lang::Ja))
    }

    pub async fn person(&self, name: &str) -> String {
        let mut view = self.db.view(self.program()).await.unwrap();
        let row = view.first("select id from person where company_id = $1 and name = $2", args![name]).await.unwrap();
        row.unwrap().get("id").unwrap()
    }

    pub async fn who(&self, name: &str) -> Arc<Actor> {
        let person = self.person(name).await;
        let mut actor = Actor::program(&self.company, name, Origin::Cli, Lang::Ja);
        actor.user_id = format!("u-{person}");
        actor.person_id = Some(person);
        actor.department_ids = vec![self.sales.clone()];
        actor.roles = vec![match name {
            "坂本" => Role::Officer,
            "木村" => Role::Manager,
            "灯野" => Role::Executive,
            _ => Role::Employee,
        }];
        actor.policy = self.registry.policy.clone();
        Arc::new(actor)
    }

    pub async fn tx(&self, name: &str) -> Tx {
        self.db.tx(self.who(name).await, NOW.parse().unwrap()).await.unwrap()
    }

    pub async fn add(&self, ledger: &str, values: Values) -> Record {
        let mut tx = self.db.tx(self.program(), NOW.parse().unwrap()).await.unwrap();
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await.unwrap();
        let record = ops::create(&self.registry, &mut tx, &shape, values, None, Gate::Program).await.unwrap();
        tx.commit().await.unwrap();
        record
    }

    async fn change_as_program(&self, ledger: &str, id: &str, values: Values) {
        let mut tx = self.db.tx(self.program(), NOW.parse().unwrap()).await.unwrap();
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await.unwrap();
        ops::consequence(&self.registry, &mut tx, &shape, id, values).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn add_as(&self, name: &str, ledger: &str, values: Values) -> Result<Record> {
        let mut tx = self.tx(name).await;
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await?;
        let record = ops::create(&self.registry, &mut tx, &shape, values, None, Gate::Person).await?;
        tx.commit().await?;
        Ok(record)
    }

    pub async fn change_as(&self, name: &str, ledger: &str, id: &str, values: Values) -> Result<Record> {
        let mut tx = self.tx(name).await;
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await?;
        let record = ops::update(&self.registry, &mut tx, &shape, id, None, values, Gate::Person).await?;
        tx.commit().await?;
        Ok(record)
    }

    pub async fn find(&self, ledger: &str, id: &str) -> Record {
        let mut view = self.db.view(self.who("坂本").await).await.unwrap();
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut view).await.unwrap();
        query::find(&mut view, &shape, id, Action::View).await.unwrap()
    }

    pub async fn count(&self, table: &str) -> i64 {
        let mut view = self.db.view(self.program()).await.unwrap();
        let text = format!("select count(*) as n from {table} where company_id = $1 and retired_at = ''");
        view.first(&text, args![]).await.unwrap().unwrap().get("n").unwrap()
    }

    pub fn app(&self) -> App {
        App::new(AppParts {
            db: self.db.clone(),
            registry: self.registry.clone(),
            vault: Vault::open(self.folder.path()).unwrap(),
            clock: Clock::Fixed(NOW.parse().unwrap()),
            base_url: String::new(),
            secure_cookies: false,
            routes: Vec::new(),
        })
    }

    pub async fn ask(&self, name: &str, mut request: Request<Body>, lang: Lang) -> (StatusCode, String, String) {
        let (_, routes) = Registry::build(areas()).unwrap();
        request.extensions_mut().insert(Identity {
            actor: self.who(name).await,
            login: name.to_owned(),
            session_id: String::new(),
            company: Some(Membership { id: self.company.clone(), code: "hinose".to_owned(), name: "灯ノ瀬精工".to_owned() }),
            companies: Vec::new(),
            installation_admin: false,
            lang,
            fiscal_start_month: 4,
        });
        let response = routes.into_parts().0.with_state(self.app()).oneshot(request).await.unwrap();
        let page = response.extensions().get::<Page>();
        let body = page.map(|page| format!("{} {} {} {}", page.title, page.lead, page.actions.as_str(), page.body.as_str()));
        let to = response.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        (response.status(), body.unwrap_or_default(), to)
    }

    pub async fn get(&self, name: &str, address: &str, lang: Lang) -> String {
        let (status, body, _) = self.ask(name, Request::get(address).body(Body::empty()).unwrap(), lang).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        assert!(!body.contains('⟦'), "{address}: {}", &body[body.find('⟦').unwrap()..][..60]);
        body
    }

    pub async fn post(&self, name: &str, address: &str, body: &str) -> (StatusCode, String) {
        let request = Request::post(address).body(Body::from(body.to_owned())).unwrap();
        let (status, _, to) = self.ask(name, request, Lang::Ja).await;
        (status, to)
    }

    pub async fn propose(&self, name: &str, review: &str) -> Result<String> {
        let approvals = approvals();
        let desk = Desk { approvals: &approvals, registry: &self.registry, base_url: "http://mamori.test" };
        let mut tx = self.tx(name).await;
        let id = requests::propose(&desk, &mut tx, crate::service_review::approval::KIND, review, "商談で使います").await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn decide(&self, name: &str, approval: &str, verdict: Verdict) -> Result<State> {
        let approvals = approvals();
        let desk = Desk { approvals: &approvals, registry: &self.registry, base_url: "http://mamori.test" };
        let mut view = self.db.view(self.program()).await.unwrap();
        let case = queries::find(&mut view, approval).await?.unwrap();
        let seats = queries::seats(&mut view, approval).await?;
        drop(view);
        let position = seats.iter().find(|seat| seat.state == StepState::Waiting).map_or(0, |seat| seat.position);
        let mut tx = self.tx(name).await;
        let at = At { round: case.round, position };
        let state = requests::decide(&desk, &mut tx, approval, at, verdict, "確かめました").await?;
        tx.commit().await?;
        Ok(state)
    }
}
