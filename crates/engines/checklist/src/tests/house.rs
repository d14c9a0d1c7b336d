//! A made-up company with an area that carries the engine.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use mamori_kernel::access::{Action, Role, Scope, allow};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::{i18n, id};
use mamori_ledger::hooks::Hooked;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{App, AppParts, Clock, Identity, Membership, Page};
use mamori_ledger::{Area, Ledger, Record, Registry, Values, query};
use mamori_store::secrets::Vault;
use mamori_store::{Actor, Db, DbConfig, Origin, Reader as _, Tx, View, args, migrate};
use tower::ServiceExt as _;

use crate::check::ops::{Saved, Typed};
use crate::contract::{Checks, Finding, Found, Made};

pub const NOW: &str = "2026-11-20T03:00:00Z";

/// Three groups, the second below the first; every kind of answer.
pub const FIRST: &str = include_str!("first.toml");
/// The next version: one item reworded, one renamed, one gone, one new, one with another scale.
pub const SECOND: &str = include_str!("second.toml");

#[derive(Clone, Debug, Default, Ledger)]
#[ledger(code = "person", area = "test", ja = "人", en = "Person", label = "name", owner = "id")]
pub struct Person {
    #[field(ja = "氏名", en = "Name", required)]
    pub name: String,
}

#[derive(Clone, Debug, Default, Ledger)]
#[ledger(code = "department", area = "test", ja = "部署", en = "Department", label = "name", department = "id")]
pub struct Department {
    #[field(ja = "部署名", en = "Name", required)]
    pub name: String,
}

/// What becomes of findings here.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(code = "todo", area = "test", ja = "やること", en = "To do", label = "name")]
pub struct Todo {
    #[field(ja = "名前", en = "Name", required)]
    pub name: String,
    #[field(ja = "元", en = "Key")]
    pub key: String,
}

pub struct Todos;

impl Finding for Todos {
    fn code(&self) -> &'static str {
        "todo"
    }
    fn label(&self) -> Words {
        Words::new("やることにする", "Put on the list")
    }
    fn needs(&self) -> (&'static str, Action) {
        ("todo", Action::Create)
    }
    fn made<'a>(&'a self, view: &'a mut View, path: &'a str) -> Hooked<'a, Vec<Made>> {
        Box::pin(async move {
            let rows = view.rows("select id, name, key from todo where company_id = $1", args![]).await?;
            let made = rows.iter().filter_map(|row| {
                let key = row.text("key").unwrap();
                let item = key.strip_prefix(&format!("{path}#i-"))?.to_owned();
                Some(Made { item, label: row.text("name").unwrap(), href: format!("/test/todo/{}", row.text("id").unwrap()) })
            });
            Ok(made.collect())
        })
    }
    fn take<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry, found: &'a Found) -> Hooked<'a, String> {
        Box::pin(async move {
            let known = tx.first("select id from todo where company_id = $1 and key = $2", args![&found.path]).await?;
            if let Some(row) = known {
                return Ok(format!("/test/todo/{}", row.text("id")?));
            }
            let shape = Shape::plain(registry.ledger("todo").unwrap());
            let values =
                Values::default().with("name", format!("{}: {}", found.name, found.answer)).with("key", found.path.as_str());
            let row = ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
            Ok(format!("/test/todo/{}", row.meta.id))
        })
    }
}

const TABLES: &str = "create table person ({ledger}, name text not null default '');
create table department ({ledger}, name text not null default '');
create table todo ({ledger}, name text not null default '', key text not null default '');";

pub fn areas() -> Vec<Area> {
    let test = Area::new("test", Words::new("試験", "Test"))
        .migration("baseline", TABLES)
        .ledger(Person::def())
        .ledger(Department::def())
        .ledger(Todo::def());
    let rules = ["check", "check_answer", "todo", "person", "department"]
        .into_iter()
        .flat_map(|resource| {
            vec![
                allow(&[Role::Officer], resource, &Action::ALL, Scope::All),
                allow(&[Role::Executive], resource, &[Action::View, Action::Approve], Scope::All),
                allow(&[Role::Employee], resource, &[Action::View, Action::Edit], Scope::Own),
            ]
        })
        .collect();
    let other = FIRST.replace("test.checks", "test.other");
    let checks = Checks::new().catalogue(FIRST).catalogue(SECOND).catalogue(&other).finding(Todos);
    assert_eq!(checks.faults(), []);
    vec![test, crate::attach(Area::new("check_area", Words::new("点検", "Checks")), checks).permissions(rules)]
}

pub struct House {
    pub db: Db,
    pub registry: Registry,
    pub company: String,
    pub folder: tempfile::TempDir,
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
        let house = House { db, registry, company, folder };
        for name in ["坂本", "灯野", "木村"] {
            house.add("person", Values::default().with("name", name)).await;
        }
        house
    }

    pub async fn person(&self, name: &str) -> String {
        let mut view = self.db.view(Arc::new(Actor::program(&self.company, "test", Origin::Cli, Lang::Ja))).await.unwrap();
        view.first("select id from person where company_id = $1 and name = $2", args![name])
            .await
            .unwrap()
            .unwrap()
            .get("id")
            .unwrap()
    }

    pub async fn who(&self, name: &str, role: Role) -> Arc<Actor> {
        let mut actor = Actor::program(&self.company, name, Origin::Cli, Lang::Ja);
        actor.user_id = format!("u-{name}");
        actor.person_id = Some(self.person(name).await);
        actor.roles = vec![role];
        actor.policy = self.registry.policy.clone();
        Arc::new(actor)
    }

    /// 坂本, who does nearly everything here.
    pub async fn officer(&self) -> Arc<Actor> {
        self.who("坂本", Role::Officer).await
    }

    pub async fn tx(&self, actor: Arc<Actor>) -> Tx {
        self.db.tx(actor, NOW.parse().unwrap()).await.unwrap()
    }

    pub async fn add(&self, ledger: &str, values: Values) -> Record {
        let mut tx = self.tx(Arc::new(Actor::program(&self.company, "test", Origin::Cli, Lang::Ja))).await;
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await.unwrap();
        let record = ops::create(&self.registry, &mut tx, &shape, values, None, Gate::Program).await.unwrap();
        tx.commit().await.unwrap();
        record
    }

    pub async fn change(&self, ledger: &str, id: &str, values: Values) -> Result<Record> {
        let mut tx = self.tx(self.officer().await).await;
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await?;
        let record = ops::update(&self.registry, &mut tx, &shape, id, None, values, Gate::Person).await?;
        tx.commit().await?;
        Ok(record)
    }

    pub async fn find(&self, ledger: &str, id: &str) -> Record {
        let mut view = self.db.view(self.officer().await).await.unwrap();
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut view).await.unwrap();
        query::find(&mut view, &shape, id, Action::View).await.unwrap()
    }

    /// A check begun with the first version; 木村 answers it.
    pub async fn check(&self) -> String {
        let values = Values::default()
            .with("title", "勤怠の点検")
            .with("catalogue", "test.checks")
            .with("edition", "1.0.0")
            .with("scope", "勤怠")
            .with("owner", self.person("木村").await);
        self.add("check", values).await.meta.id
    }

    pub async fn answer(&self, actor: Arc<Actor>, check: &str, typed: Vec<Typed>) -> Result<Saved> {
        let mut tx = self.tx(actor).await;
        let saved = crate::check::ops::answer(&mut tx, &self.registry, crate::installed()?, check, typed).await?;
        tx.commit().await?;
        Ok(saved)
    }

    pub async fn act(&self, actor: Arc<Actor>, check: &str, deed: crate::check::rules::Deed) -> Result<crate::check::State> {
        let mut tx = self.tx(actor).await;
        let state = crate::check::ops::act(&mut tx, &self.registry, crate::installed()?, check, deed).await?;
        tx.commit().await?;
        Ok(state)
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

    pub async fn ask(&self, mut request: Request<Body>, actor: Arc<Actor>, lang: Lang) -> (StatusCode, String, String) {
        let (_, routes) = Registry::build(areas()).unwrap();
        request.extensions_mut().insert(Identity {
            actor,
            login: "sakamoto".to_owned(),
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

    pub async fn get(&self, address: &str, lang: Lang) -> String {
        let (status, body, _) = self.ask(Request::get(address).body(Body::empty()).unwrap(), self.officer().await, lang).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        assert!(!body.contains('⟦'), "{address}: {}", &body[body.find('⟦').unwrap()..][..60]);
        body
    }

    pub async fn post(&self, address: &str, body: &str) -> (StatusCode, String, String) {
        let request = Request::post(address).body(Body::from(body.to_owned())).unwrap();
        self.ask(request, self.officer().await, Lang::Ja).await
    }
}

pub fn typed(item: &str, answer: &str) -> Typed {
    Typed { item: item.to_owned(), answer: answer.to_owned(), ..Typed::default() }
}

/// The words of a refusal.
pub fn refusal<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Refused(words) | Error::Forbidden(words)) => words.ja.into_owned(),
        other => panic!("{other:?}"),
    }
}
