//! A company with a department, three people and an asset, on every database at hand, asked over HTTP.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use mamori_kernel::access::Role;
use mamori_kernel::lang::Lang;
use mamori_kernel::{i18n, id};
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{App, AppParts, Clock, Failure, Identity, Membership, Page};
use mamori_ledger::{Record, Registry, Values, query};
use mamori_store::secrets::Vault;
use mamori_store::{Actor, Db, DbConfig, Origin, args, migrate};
use tower::ServiceExt as _;

pub const NOW: &str = "2026-11-20T03:00:00Z";

pub struct House {
    pub db: Db,
    pub registry: Registry,
    pub company: String,
    pub personnel: String,
    pub sales: String,
    pub sakamoto: String,
    pub kimura: String,
    pub roster: String,
    folder: tempfile::TempDir,
}

/// An answer: status, place to go, text of the page or the file, message of a failure.
pub struct Answer {
    pub status: StatusCode,
    pub to: String,
    pub body: String,
}

pub fn now() -> jiff::Timestamp {
    NOW.parse().unwrap()
}

pub fn areas() -> Vec<mamori_ledger::Area> {
    let approvals = mamori_approval::Approvals::new(mamori_organization::directory::OrganizationDirectory)
        .kind(mamori_risk::acceptance::approvable());
    vec![
        mamori_organization::area(),
        mamori_approval::area(approvals),
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
        migrate::run(&db, &registry.migrations, now()).await.unwrap();
        let company = id::new();
        let insert = "insert into company (id, code, name, doc_prefix, created_at) values ($1, 'hinose', '灯ノ瀬精工', 'HS', $2)";
        db.system().await.unwrap().exec(insert, args![&company, NOW]).await.unwrap();
        let none = String::new;
        let mut house = House {
            db,
            registry,
            company,
            personnel: none(),
            sales: none(),
            sakamoto: none(),
            kimura: none(),
            roster: none(),
            folder,
        };
        let mut tx = house.db.tx(house.officer(), now()).await.unwrap();
        mamori_risk::seed(&mut tx, &house.registry).await.unwrap();
        tx.commit().await.unwrap();
        let named = |name: &'static str| Values::default().with("name", name);
        house.personnel = house.add("department", named("人事部")).await.meta.id;
        house.sales = house.add("department", named("営業部")).await.meta.id;
        house.sakamoto = house.add("person", named("坂本")).await.meta.id;
        house.kimura = house.add("person", named("木村").with("department", house.personnel.as_str())).await.meta.id;
        let roster =
            named("社員名簿").with("business", "人事").with("storage", "office_pc").with("department", house.personnel.as_str());
        house.roster = house.add("information_asset", roster).await.meta.id;
        house
    }

    fn app(&self) -> App {
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

    pub async fn add(&self, ledger: &str, values: Values) -> Record {
        let mut tx = self.db.tx(self.officer(), now()).await.unwrap();
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await.unwrap();
        let record = ops::create(&self.registry, &mut tx, &shape, values, None, Gate::Program).await.unwrap();
        tx.commit().await.unwrap();
        record
    }

    pub async fn change(&self, ledger: &str, id: &str, values: Values) {
        let mut tx = self.db.tx(self.officer(), now()).await.unwrap();
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await.unwrap();
        ops::update(&self.registry, &mut tx, &shape, id, None, values, Gate::Program).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// All rows in use of a ledger, as the officer sees them.
    pub async fn rows(&self, ledger: &str) -> Vec<Record> {
        let mut view = self.db.view(self.officer()).await.unwrap();
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut view).await.unwrap();
        let all = query::ListQuery { limit: 1000, ..query::ListQuery::default() };
        query::list(&self.registry, &mut view, &shape, &all, mamori_kernel::access::Action::View).await.unwrap().records
    }

    pub async fn find(&self, ledger: &str, id: &str) -> Record {
        self.rows(ledger).await.into_iter().find(|row| row.meta.id == id).unwrap()
    }

    pub async fn ask(&self, request: Request<Body>, actor: Arc<Actor>, lang: Lang) -> Answer {
        let (_, routes) = Registry::build(areas()).unwrap();
        let identity = Identity {
            actor,
            login: "sakamoto".to_owned(),
            session_id: String::new(),
            company: Some(Membership { id: self.company.clone(), code: "hinose".to_owned(), name: "灯ノ瀬精工".to_owned() }),
            companies: Vec::new(),
            installation_admin: false,
            lang,
            fiscal_start_month: 4,
        };
        let mut request = request;
        request.extensions_mut().insert(identity);
        let response = routes.into_parts().0.with_state(self.app()).oneshot(request).await.unwrap();
        let page = response.extensions().get::<Page>().map(|page| format!("{} {} {}", page.title, page.lead, page.body.as_str()));
        let failure = response.extensions().get::<Failure>().map(|failure| failure.0.words().ja.to_string());
        let to = response.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 4 << 20).await.unwrap();
        let body = page.or(failure).unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned());
        assert!(
            !body.contains('⟦'),
            "a sentence is missing: {}",
            &body[body.find('⟦').unwrap()..].chars().take(60).collect::<String>()
        );
        Answer { status, to, body }
    }

    /// A page in both languages; gives the Japanese one.
    pub async fn get(&self, address: &str) -> String {
        let mut shown = String::new();
        for lang in [Lang::En, Lang::Ja] {
            let answer = self.ask(Request::get(address).body(Body::empty()).unwrap(), self.officer(), lang).await;
            assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
            shown = answer.body;
        }
        shown
    }

    pub async fn get_as(&self, address: &str, actor: Arc<Actor>) -> Answer {
        self.ask(Request::get(address).body(Body::empty()).unwrap(), actor, Lang::Ja).await
    }

    pub async fn post_as(&self, address: &str, body: &str, actor: Arc<Actor>) -> Answer {
        self.ask(Request::post(address).body(Body::from(body.to_owned())).unwrap(), actor, Lang::Ja).await
    }

    pub async fn post(&self, address: &str, body: &str) -> Answer {
        self.post_as(address, body, self.officer()).await
    }

    /// As htmx sends it.
    pub async fn swap(&self, address: &str, body: &str) -> Answer {
        let request = Request::post(address).header("hx-request", "true").header("hx-request-type", "partial");
        self.ask(request.body(Body::from(body.to_owned())).unwrap(), self.officer(), Lang::Ja).await
    }
}
