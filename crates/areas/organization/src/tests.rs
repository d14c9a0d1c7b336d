//! A small company enters its organisation, on SQLite and – where `TEST_DATABASE_URL` names a server – on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Lang;
use mamori_kernel::{i18n, id};
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{App, AppParts, Clock, Identity, Membership, Page};
use mamori_ledger::{Record, Registry, Values};
use mamori_store::secrets::Vault;
use mamori_store::{Actor, Db, DbConfig, Origin, Tx, args, migrate};
use tower::ServiceExt as _;

use crate::assignment::rules::Warning;
use crate::role::Phase;
use crate::{chart, contact, department, person, role};

struct House {
    db: Db,
    registry: Registry,
    actor: Arc<Actor>,
    folder: tempfile::TempDir,
}

const NOW: &str = "2026-11-20T03:00:00Z";

impl House {
    /// A fresh house on every database at hand.
    async fn each() -> Vec<House> {
        let mut all = vec![House::new(None).await];
        if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
            // A schema of its own for every test.
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
        let (registry, _) = Registry::build(vec![crate::area()]).unwrap();
        i18n::install(&registry.texts).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&DbConfig { url, ..DbConfig::folder(folder.path()) }).await.unwrap();
        migrate::run(&db, &registry.migrations, NOW.parse().unwrap()).await.unwrap();
        let company = id::new();
        let mut system = db.system().await.unwrap();
        let insert = "insert into company (id, code, name, headcount, lang, created_at) values ($1, 'hinose', '灯ノ瀬精工', 120, 'ja', $2)";
        system.exec(insert, args![&company, NOW]).await.unwrap();
        drop(system);
        let actor = Arc::new(Actor::program(&company, "test", Origin::Cli, Lang::Ja));
        House { db, registry, actor, folder }
    }

    fn app(&self) -> App {
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

    /// Asks for a page as the program itself; the body before the layout.
    async fn page(&self, address: &str) -> String {
        let (_, routes) = Registry::build(vec![crate::area()]).unwrap();
        let identity = Identity {
            actor: self.actor.clone(),
            login: "takanashi".to_owned(),
            session_id: String::new(),
            company: Some(Membership {
                id: self.actor.company_id.clone(),
                code: "hinose".to_owned(),
                name: "灯ノ瀬精工".to_owned(),
            }),
            companies: Vec::new(),
            installation_admin: false,
            lang: Lang::Ja,
            fiscal_start_month: 4,
        };
        let mut request = Request::get(address).body(Body::empty()).unwrap();
        request.extensions_mut().insert(identity);
        let response = routes.into_parts().0.with_state(self.app()).oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200, "{address}");
        response.extensions().get::<Page>().unwrap().body.as_str().to_owned()
    }

    async fn tx(&self) -> Tx {
        self.db.tx(self.actor.clone(), NOW.parse().unwrap()).await.unwrap()
    }

    async fn create(&self, ledger: &str, values: Values) -> Result<Record> {
        let mut tx = self.tx().await;
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await?;
        let record = ops::create(&self.registry, &mut tx, &shape, values, None, Gate::Person).await?;
        tx.commit().await?;
        Ok(record)
    }

    async fn update(&self, ledger: &str, row: &Record, values: Values) -> Result<Record> {
        let mut tx = self.tx().await;
        let shape = Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await?;
        let record = ops::update(&self.registry, &mut tx, &shape, &row.meta.id, None, values, Gate::Person).await?;
        tx.commit().await?;
        Ok(record)
    }

    async fn department(&self, name: &str, parent: &str) -> Record {
        self.create("department", Values::default().with("name", name).with("parent", parent)).await.unwrap()
    }

    async fn person(&self, number: &str, name: &str, department: &str) -> Record {
        let values = Values::default().with("number", number).with("name", name).with("department", department);
        self.create("person", values).await.unwrap()
    }

    async fn seed_roles(&self) -> usize {
        let mut tx = self.tx().await;
        let added = role::seed(&mut tx, &self.registry).await.unwrap();
        if added > 0 {
            tx.commit().await.unwrap();
        }
        added
    }

    async fn role_id(&self, code: &str) -> String {
        let mut view = self.db.view(self.actor.clone()).await.unwrap();
        role::queries::ids_by_code(&mut view).await.unwrap()[code].clone()
    }
}

fn rejected(outcome: Result<Record>) -> String {
    match outcome {
        Err(Error::Invalid(errors)) => errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>().join(","),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn departments_form_a_tree_and_never_a_circle() {
    for house in House::each().await {
        let division = house.department("製造部", "").await;
        let section = house.department("加工課", &division.meta.id).await;
        let group = house.department("第一係", &section.meta.id).await;
        assert_eq!(group.get("position").as_int(), Some(3));
        let turned = house.update("department", &division, Values::default().with("parent", group.meta.id.as_str())).await;
        assert_eq!(rejected(turned), "parent");

        house.person("0012", "真壁 茂", &section.meta.id).await;
        let mut view = house.db.view(house.actor.clone()).await.unwrap();
        let below = department::queries::subtree(&mut view, &section.meta.id).await.unwrap();
        assert_eq!(below, [section.meta.id.clone(), group.meta.id]);
        assert_eq!(department::queries::find(&mut view, "加工課").await.unwrap(), Some(section.meta.id.clone()));
        let nodes = department::queries::nodes(&mut view, "2026-11-20".parse().unwrap()).await.unwrap();
        assert_eq!(nodes.iter().map(|node| node.people).collect::<Vec<_>>(), [0, 1, 0]);
        let card = person::queries::by_number(&mut view, "0012").await.unwrap().unwrap();
        assert_eq!((card.name.as_str(), card.department.as_str()), ("真壁 茂", "加工課"));
    }
}

#[tokio::test]
async fn nobody_leaves_before_joining() {
    for house in House::each().await {
        let date = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
        let values =
            Values::default().with("name", "森").with("joined_on", date("2026-04-01")).with("left_on", date("2026-03-31"));
        assert_eq!(rejected(house.create("person", values).await), "left_on");
    }
}

#[tokio::test]
async fn the_standard_roles_come_once_with_their_relations() {
    for house in House::each().await {
        assert_eq!(house.seed_roles().await, 16);
        assert_eq!(house.seed_roles().await, 0);
        let mut view = house.db.view(house.actor.clone()).await.unwrap();
        let roles = role::queries::facts(&mut view).await.unwrap();
        let audit = roles.iter().find(|role| role.code == "audit").unwrap();
        assert_eq!(audit.independent_of.len(), 4);
        let site = roles.iter().find(|role| role.code == "site_lead").unwrap();
        let lead = roles.iter().find(|role| role.code == "incident_lead").unwrap();
        assert_eq!(site.above_emergency, lead.id);

        let above = Values::default().with("above_emergency", site.id.as_str());
        let shape = Shape::load(house.registry.ledger("security_role").unwrap(), &mut view).await.unwrap();
        let row = mamori_ledger::query::find(&mut view, &shape, &lead.id, mamori_kernel::access::Action::View).await.unwrap();
        drop(view);
        assert_eq!(rejected(house.update("security_role", &row, above).await), "above_emergency");
    }
}

#[tokio::test]
async fn an_appointment_is_completed_from_its_role_and_follows_a_new_name() {
    for house in House::each().await {
        house.seed_roles().await;
        let person = house.person("1404", "三日月 怜", "").await;
        let role = house.role_id("threat_information").await;
        let values = Values::default().with("role", role.as_str()).with("person", person.meta.id.as_str());
        let made = house.create("role_assignment", values.clone()).await.unwrap();
        assert_eq!(made.get("starts").stored(), "2026-11-20");
        assert_eq!(made.get("ends").stored(), "2027-11-19");
        assert_eq!(made.get("phase").as_str(), "both");
        assert_eq!(made.get("summary").as_str(), "情報収集担当(脅威情報) – 三日月 怜");
        assert_eq!(rejected(house.create("role_assignment", values.with("deputy", person.meta.id.as_str())).await), "deputy");

        house.update("person", &person, Values::default().with("name", "宇佐見 怜")).await.unwrap();
        let mut view = house.db.view(house.actor.clone()).await.unwrap();
        let organisation = chart::load(&mut view, "2026-11-20".parse().unwrap()).await.unwrap();
        assert_eq!(organisation.held[0].summary, "情報収集担当(脅威情報) – 宇佐見 怜");
        assert_eq!(organisation.headcount, 120);
        let warnings = organisation.warnings(Phase::Peace);
        assert!(warnings.iter().any(|one| matches!(one, Warning::AuditHeadMissing { headcount: 120, .. })));
        assert!(crate::assignment::warning::text(Lang::Ja, &warnings[0]).contains("120人"));
        let later = chart::load(&mut view, "2027-12-01".parse().unwrap()).await.unwrap();
        assert!(later.warnings(Phase::Peace).iter().any(|one| matches!(one, Warning::TermOver { .. })));
    }
}

#[tokio::test]
async fn the_standard_contacts_come_once() {
    for house in House::each().await {
        let mut tx = house.tx().await;
        let added = contact::seed(&mut tx, &house.registry).await.unwrap();
        assert_eq!(added, contact::catalogue::contacts().unwrap().len());
        assert_eq!(contact::seed(&mut tx, &house.registry).await.unwrap(), 0);
        tx.commit().await.unwrap();
        let mut view = house.db.view(house.actor.clone()).await.unwrap();
        let lines = contact::queries::lines(&mut view).await.unwrap();
        assert!(lines[0].duty, "those we must tell come first");
    }
}

#[tokio::test]
async fn today_names_leavers_ended_terms_and_unchecked_contacts() {
    for house in House::each().await {
        house.seed_roles().await;
        let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
        let values = Values::default().with("name", "岸辺 隼人").with("left_on", day("2026-11-19"));
        let leaver = house.create("person", values.clone()).await.unwrap();
        house.create("person", values.with("name", "樋渡 昭夫").with("accounts_removed_on", day("2026-11-20"))).await.unwrap();
        let role = house.role_id("liaison").await;
        let held = Values::default().with("role", role.as_str()).with("person", leaver.meta.id.as_str());
        house.create("role_assignment", held).await.unwrap();
        for (name, checked) in [("保守会社", "2026-11-01"), ("弁護士", "2026-05-01")] {
            let values = Values::default().with("organisation", name).with("kind", "other").with("checked_on", day(checked));
            house.create("contact", values).await.unwrap();
        }
        let app = house.app();
        let mut view = house.db.view(house.actor.clone()).await.unwrap();
        let mut found = Vec::new();
        for source in &house.registry.today {
            found.extend(source.items(&mut view, &app.services(), day("2026-11-20")).await.unwrap());
        }
        let kinds: Vec<_> = found.iter().map(|item| (item.kind, item.due.unwrap().to_string())).collect();
        let due = |kind, on: &str| (kind, on.to_owned());
        assert_eq!(kinds, [due("person", "2026-11-20"), due("role_assignment", "2026-11-20"), due("contact", "2026-10-28")]);
        assert!(found[0].title.contains("岸辺 隼人"));
    }
}

#[tokio::test]
async fn charts_and_the_contact_network_show_who_is_who() {
    for house in House::each().await {
        assert!(house.page("/organization/chart").await.contains("/organization/security_role/seed"));
        assert!(house.page("/organization/network").await.contains("/organization/contact/seed"));
        assert!(house.page("/organization/department/tree").await.contains("/organization/department/new"));
        house.seed_roles().await;
        let office = house.department("管理部", "").await;
        let manager = house.person("1101", "高梨 千晴", &office.meta.id).await;
        house.update("department", &office, Values::default().with("manager", manager.meta.id.as_str())).await.unwrap();
        let role = house.role_id("site_lead").await;
        let held = Values::default().with("role", role.as_str()).with("person", manager.meta.id.as_str());
        house.create("role_assignment", held).await.unwrap();

        let chart = house.page("/organization/chart?phase=emergency").await;
        assert!(chart.contains("高梨 千晴") && chart.contains("未任命") && chart.contains("代行者がいません"));
        assert!(!house.page("/organization/chart").await.contains("高梨 千晴"), "the role is held in an emergency only");
        let network = house.page("/organization/network").await;
        assert!(network.contains("電話番号がわからない人が1人います") && network.contains("気づいた人"));
        assert!(house.page("/organization/department/tree").await.contains("高梨 千晴"));
        assert!(![chart, network].iter().any(|page| page.contains('⟦')), "a sentence is missing");
    }
}

#[test]
fn every_warning_has_words_in_both_languages() {
    let keys =
        |text: &str| text.lines().filter_map(|line| line.split_once(" = ").map(|(key, _)| key.to_owned())).collect::<Vec<_>>();
    for source in crate::area().texts {
        assert_eq!(keys(source.ja), keys(source.en), "{}", source.name);
    }
}

#[test]
fn the_schema_and_the_declarations_agree() {
    let sql = include_str!("../migrations/0001_baseline.sql");
    for def in crate::area().ledgers {
        let start = sql.find(&format!("create table {} (", def.table)).unwrap();
        let body = &sql[start..start + sql[start..].find(");").unwrap()];
        for field in &def.fields {
            let line = format!("\n  {} {}", field.code, field.kind.column_type());
            assert!(body.contains(&line), "{}.{}", def.table, field.code);
        }
    }
}
