//! A company with measures, on every database at hand.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use mamori_kernel::access::{Action, Role};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Lang;
use mamori_kernel::{i18n, id};
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{App, AppParts, Clock, Failure, Identity, Membership, Page};
use mamori_ledger::{Record, Registry, Values, query};
use mamori_store::secrets::Vault;
use mamori_store::{Actor, Db, DbConfig, Origin, Tx, View, args, migrate};
use tower::ServiceExt as _;

pub const NOW: &str = "2026-11-20T03:00:00Z";

pub struct House {
    pub db: Db,
    pub registry: Registry,
    pub company: String,
    pub sales: String,
    pub sakamoto: String,
    pub hino: String,
    pub kimura: String,
    folder: tempfile::TempDir,
}

pub fn now() -> jiff::Timestamp {
    NOW.parse().unwrap()
}

pub fn areas() -> Vec<mamori_ledger::Area> {
    let approvals = mamori_approval::Approvals::new(mamori_organization::directory::OrganizationDirectory)
        .kind(mamori_risk::acceptance::approvable())
        .kind(crate::budget_request::approvable());
    vec![
        mamori_organization::area(),
        mamori_approval::area(approvals),
        mamori_risk::attach(mamori_assets::area()),
        mamori_risk::area(),
        crate::area(),
    ]
}

/// The first message of a refused save.
pub fn message<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Invalid(fields)) => fields[0].message.ja.clone().into_owned(),
        Err(other) => other.words().ja.into_owned(),
        Ok(made) => panic!("not refused: {made:?}"),
    }
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
        let blank = String::new;
        let mut house =
            House { db, registry, company, sales: blank(), sakamoto: blank(), hino: blank(), kimura: blank(), folder };
        house.sales = house.add("department", Values::default().with("name", "営業部")).await.meta.id;
        let person = |name: &'static str| Values::default().with("name", name);
        house.sakamoto = house.add("person", person("坂本")).await.meta.id;
        house.hino = house.add("person", person("灯野")).await.meta.id;
        house.kimura = house.add("person", person("木村").with("department", house.sales.as_str())).await.meta.id;
        for (person, role) in [(&house.sakamoto, "officer"), (&house.hino, "executive"), (&house.kimura, "manager")] {
            let mut system = house.db.system().await.unwrap();
            let user = format!("u-{person}");
            let insert = "insert into user_account (id, login, name, email, created_at) values ($1, $1, $1, $2, $3)";
            system.exec(insert, args![&user, format!("{role}@example.jp"), NOW]).await.unwrap();
            let insert = "insert into membership (user_id, company_id, roles, person_id, created_at) values ($1, $2, $3, $4, $5)";
            system.exec(insert, args![&user, &house.company, format!("[\"{role}\"]"), person, NOW]).await.unwrap();
        }
        house
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

    pub fn executive(&self) -> Arc<Actor> {
        self.actor(Role::Executive, "灯野", &self.hino, &[])
    }

    pub fn manager(&self) -> Arc<Actor> {
        self.actor(Role::Manager, "木村", &self.kimura, &[&self.sales])
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

    pub async fn find(&self, ledger: &str, id: &str) -> Record {
        let mut view = self.view(self.officer()).await;
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut view).await.unwrap();
        query::find(&mut view, &shape, id, Action::View).await.unwrap()
    }

    /// A measure: 600,000 once, 240,000 a year for three years from fiscal 2026.
    pub async fn measure(&self, title: &str) -> String {
        let values = Values::default()
            .with("title", title)
            .with("policy", "reduce")
            .with("measure", "全員の設定を済ませる")
            .with("kind", "technical")
            .with("owner", self.kimura.as_str())
            .with("starts", jiff::civil::date(2026, 12, 1))
            .with("due", jiff::civil::date(2027, 2, 26))
            .with("state", "planned")
            .with("cost", 600_000)
            .with("yearly_cost", 240_000)
            .with("years", 3)
            .with("ale_before", 2_786_000)
            .with("ale_after", 400_000)
            .with("free_alternative", "クラウドに付いている認証アプリを使う");
        self.add("treatment", values).await.meta.id
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

    /// Asks as the program does; gives the status, where it leads, and the page's text or the file.
    pub async fn ask(&self, request: Request<Body>, actor: Arc<Actor>, lang: Lang) -> (StatusCode, String, Vec<u8>) {
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
        let status = response.status();
        let to = response.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        if let Some(failure) = response.extensions().get::<Failure>() {
            return (status, to, failure.0.words().ja.into_owned().into_bytes());
        }
        if let Some(page) = response.extensions().get::<Page>() {
            let text = format!("{} {} {} {}", page.title, page.lead, page.actions.as_str(), page.body.as_str());
            return (status, to, text.into_bytes());
        }
        let file = to_bytes(response.into_body(), 100_000_000).await.unwrap().to_vec();
        (status, to, file)
    }

    pub async fn get(&self, address: &str, lang: Lang) -> String {
        let request = Request::get(address).body(Body::empty()).unwrap();
        let (status, _, body) = self.ask(request, self.officer(), lang).await;
        let body = String::from_utf8(body).unwrap();
        assert_eq!(status, StatusCode::OK, "{address}: {body}");
        if let Ok(folder) = std::env::var("MAMORI_PAGES_OUT") {
            let name = format!("{folder}/{}-{}.html", address.trim_matches('/').replace(['/', '?', '='], "_"), lang.code());
            std::fs::write(name, &body).unwrap();
        }
        assert!(!body.contains('⟦'), "{address}: {}", &body[body.find('⟦').unwrap()..].chars().take(60).collect::<String>());
        body
    }

    pub async fn file(&self, address: &str, lang: Lang) -> Vec<u8> {
        let request = Request::get(address).body(Body::empty()).unwrap();
        let (status, _, body) = self.ask(request, self.officer(), lang).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        body
    }

    pub async fn post(&self, address: &str, body: &str, actor: Arc<Actor>) -> (StatusCode, String) {
        let request = Request::post(address).body(Body::from(body.to_owned())).unwrap();
        let (status, to, _) = self.ask(request, actor, Lang::Ja).await;
        (status, to)
    }
}
