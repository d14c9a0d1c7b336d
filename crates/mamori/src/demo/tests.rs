#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use mamori_kernel::access::{Action, Role};
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::Clock;
use mamori_ledger::{Record, Value};
use mamori_store::{Db, DbConfig, LogEntry, Reader as _, View, args};

use super::*;
use crate::compose::{self, Settings};

const NOW: &str = "2026-11-20T03:00:00Z";

struct Demo {
    app: App,
    accounts: DemoAccounts,
    _folder: tempfile::TempDir,
}

async fn demo(seed: u64) -> Demo {
    play_on(seed, None).await
}

/// The sample company on SQLite and, where `TEST_DATABASE_URL` names a server, on PostgreSQL in a schema of its own.
async fn on_both() -> Vec<Demo> {
    let mut all = vec![demo(1).await];
    if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
        let schema = format!("demo_{}", mamori_kernel::id::new().replace('-', ""));
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&DbConfig { url: Some(server.clone()), ..DbConfig::folder(folder.path()) }).await.unwrap();
        db.system().await.unwrap().script(&format!("create schema {schema}")).await.unwrap();
        db.close().await;
        all.push(play_on(1, Some(format!("{server}?options=-c%20search_path%3D{schema}"))).await);
    }
    all
}

async fn play_on(seed: u64, url: Option<String>) -> Demo {
    let folder = tempfile::tempdir().unwrap();
    let now: Timestamp = NOW.parse().unwrap();
    let db = DbConfig { url, ..DbConfig::folder(folder.path()) };
    let settings = Settings { db, clock: Clock::Fixed(now), base_url: "http://mamori.test".to_owned() };
    let app = compose::open(&settings).await.unwrap().app;
    let accounts = fill(&app, seed, now).await.unwrap_or_else(|error| panic!("{error}"));
    Demo { app, accounts, _folder: folder }
}

impl Demo {
    async fn view(&self, company: &str) -> View {
        let companies = company::ops::all(&self.app.db).await.unwrap();
        let (id, _, _) = companies.iter().find(|(_, code, _)| code == company).unwrap();
        let mut actor = Actor::program(id, "test", Origin::Cli, Lang::Ja);
        actor.roles = vec![Role::Admin, Role::Officer];
        self.app.db.view(Arc::new(actor)).await.unwrap()
    }

    async fn rows(&self, company: &str, ledger: &str, retired: bool) -> Vec<Record> {
        let mut view = self.view(company).await;
        let def = self.app.registry.ledger(ledger).unwrap();
        let shape = Shape::load(def, &mut view).await.unwrap();
        let query = ListQuery { retired, ..ListQuery::default() };
        query::all(&self.app.registry, &mut view, &shape, &query, Action::View).await.unwrap()
    }
}

fn count(rows: &[Record], field: &str, value: &str) -> usize {
    rows.iter().filter(|row| row.get(field).stored() == value).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_of_the_sample_company() {
    let began = std::time::Instant::now();
    println!("{}", demo(1).await.accounts.table(Lang::Ja));
    println!("filled in {:?}", began.elapsed());
    for demo in on_both().await {
        one_year(&demo).await;
    }
}

async fn one_year(demo: &Demo) {
    for verified in mamori_store::verify_all(&demo.app.db).await.unwrap() {
        assert_eq!(verified.broken, None);
        assert!(verified.entries > 15, "{verified:?}");
    }

    let people = demo.rows(COMPANY, "person", true).await;
    assert_eq!(people.len(), 51);
    assert_eq!(people.iter().filter(|person| person.get("left_on").is_empty()).count(), 48);
    assert!(
        people
            .iter()
            .filter(|person| !person.get("left_on").is_empty())
            .all(|person| !person.get("accounts_removed_on").is_empty())
    );
    let departments = demo.rows(COMPANY, "department", false).await;
    assert_eq!(departments.len(), 11);
    assert!(departments.iter().all(|department| !department.get("manager").is_empty()), "somebody heads every department");

    let all = demo.rows(COMPANY, "information_asset", true).await;
    let assets: Vec<Record> = all.iter().filter(|asset| !asset.is_retired()).cloned().collect();
    assert_eq!((all.len(), assets.len()), (81, 78), "80 of the catalogue and the service that was reviewed");
    let bands = ["high", "middle", "low", ""].map(|band| count(&assets, "risk_band", band));
    assert_eq!(bands, [33, 43, 0, 2], "大, 中, 小, and two that nobody has rated yet (chat, generative AI)");

    let treatments = demo.rows(COMPANY, "treatment", false).await;
    let today = mamori_kernel::time::today(NOW.parse().unwrap());
    let overdue = treatments
        .iter()
        .filter(|row| ["planned", "doing"].contains(&row.get("state").as_str()) && row.get("due").as_date().unwrap() < today)
        .count();
    assert_eq!((treatments.len(), count(&treatments, "state", "done"), overdue), (22, 8, 4));

    let stocktakes = demo.rows(COMPANY, "stocktake", false).await;
    assert_eq!((count(&stocktakes, "state", "closed"), count(&stocktakes, "state", "open")), (1, 1));
    let closed = stocktakes.iter().find(|row| row.get("state").as_str() == "closed").unwrap();
    let items = demo.rows(COMPANY, "stocktake_item", false).await;
    let (first, second): (Vec<Record>, Vec<Record>) =
        items.into_iter().partition(|item| item.get("stocktake").as_str() == closed.meta.id);
    assert_eq!(
        (first.len(), count(&first, "state", "waiting")),
        (67, 3),
        "three rows were never answered, as the closing note says"
    );
    assert!(count(&second, "state", "waiting") > 20 && count(&second, "state", "confirmed") > 20);

    assert_eq!(demo.rows(COMPANY, "acceptance", false).await.len(), 6);
    assert_eq!(demo.rows(COMPANY, "role_assignment", false).await.len(), 11);
    assert_eq!(demo.rows(COMPANY, "key_person", false).await.len(), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_lives_with_its_risks() {
    for demo in on_both().await {
        lives_with_its_risks(&demo).await;
    }
}

async fn lives_with_its_risks(demo: &Demo) {
    let risks = demo.rows(COMPANY, "scenario", false).await;
    assert_eq!(risks.len(), 28);
    let states = ["open", "treating", "accepted", "closed"].map(|state| count(&risks, "state", state));
    assert_eq!(states, [10, 14, 3, 1]);
    let sources =
        ["suggested", "own", "stride", "attack_tree", "case", "check", "review"].map(|from| count(&risks, "source", from));
    assert_eq!(sources, [4, 19, 1, 1, 1, 1, 1]);
    assert_eq!(["above", "unknown"].map(|standing| count(&risks, "standing", standing)), [4, 1]);
    assert!(risks.iter().all(|risk| !risk.get("owner").is_empty() && !risk.get("department").is_empty()));
    assert!(risks.iter().filter(|risk| !risk.get("ale").is_empty() || !risk.get("ale_p95").is_empty()).count() >= 5);
    let numbers: std::collections::BTreeSet<Option<i64>> = risks.iter().map(|risk| risk.get("number").as_int()).collect();
    assert_eq!(numbers.len(), risks.len());
    // They moved: some got smaller than they were found, some got larger.
    let mut view = demo.view(COMPANY).await;
    let told =
        "select scenario, current_value from scenario_history where company_id = $1 and current_value is not null order by id";
    let mut values: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for row in view.rows(told, args![]).await.unwrap() {
        values.entry(row.text("scenario").unwrap()).or_default().push(row.get("current_value").unwrap());
    }
    assert!(values.values().any(|all| all.last() > all.first()) && values.values().any(|all| all.last() < all.first()));

    let acceptances = demo.rows(COMPANY, "acceptance", false).await;
    let came_back: Vec<&str> = acceptances.iter().map(|row| row.get("comeback").as_str()).filter(|why| !why.is_empty()).collect();
    assert_eq!((count(&acceptances, "state", "valid"), came_back.len()), (4, 2));
    assert!(came_back.contains(&"too_often"), "{came_back:?}");
    for row in acceptances {
        assert!(
            !row.get("accepted_by").is_empty() && row.get("accepted_by") != row.get("proposer"),
            "{}",
            row.get("name").as_str()
        );
    }
    let rounds = "select count(*) as n from approval where company_id = $1 and round = 2 and state = 'approved'";
    assert_eq!(view.count(rounds, args![]).await.unwrap(), 1, "the flood went back once");

    let treatments = demo.rows(COMPANY, "treatment", false).await;
    let linked = |row: &&Record| !row.get("risks").is_empty() && !row.get("factor").is_empty();
    assert_eq!(treatments.iter().filter(linked).count(), 19);
    assert_eq!(treatments.iter().filter(|row| !row.get("compensates").is_empty()).count(), 1);
    for (ledger, rows) in [("insurance", 1), ("customer_demand", 2), ("approach", 2), ("risk_appetite", 1)] {
        assert_eq!(demo.rows(COMPANY, ledger, false).await.len(), rows, "{ledger}");
    }
    assert_eq!(count(&demo.rows(COMPANY, "customer_demand", false).await, "state", "closed"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_thinks_of_attacks_and_money() {
    for demo in on_both().await {
        thinks_of_attacks_and_money(&demo).await;
    }
}

async fn thinks_of_attacks_and_money(demo: &Demo) {
    assert_eq!(demo.rows(COMPANY, "stride_verdict", false).await.len(), 9, "of nineteen: half done");
    let nodes = demo.rows(COMPANY, "attack_node", false).await;
    assert_eq!((nodes.len(), nodes.iter().filter(|node| !node.get("cost").is_empty()).count()), (12, 7));
    let cases = demo.rows(COMPANY, "case_study", false).await;
    assert!(cases.iter().all(|case| !case.get("scenario").is_empty() && case.get("treatments").as_list().len() == 2));

    let requests = demo.rows(COMPANY, "budget_request", false).await;
    assert_eq!((requests.len(), count(&requests, "state", "approved")), (1, 1));
    let items = demo.rows(COMPANY, "budget_item", false).await;
    let of = |year: &str| items.iter().filter(|item| item.get("fiscal_year").stored() == year).cloned().collect::<Vec<_>>();
    assert_eq!(count(&of("2025"), "state", "spent"), of("2025").len(), "last year is settled");
    assert!(count(&of("2026"), "state", "approved") >= 8 && count(&of("2026"), "state", "spent") == 3);
    assert_eq!(count(&of("2027"), "state", "planned"), of("2027").len());
    assert!(of("2027").len() >= 5);
    assert_eq!((demo.rows(COMPANY, "metric", false).await.len(), demo.rows(COMPANY, "measurement", false).await.len()), (2, 14));

    let checks = demo.rows(COMPANY, "check", false).await;
    assert_eq!((checks.len(), count(&checks, "state", "reviewed")), (2, 2));
    let reviews = demo.rows(COMPANY, "service_review", false).await;
    assert!(reviews.len() == 1 && reviews.iter().all(|review| review.get("state").as_str() == "approved"));
}

#[tokio::test(flavor = "multi_thread")]
async fn its_history_is_told_by_the_people_who_made_it() {
    let demo = demo(1).await;
    let mut view = demo.view(COMPANY).await;
    let rows = view.rows("select * from change_log where company_id = $1 order by seq", args![]).await.unwrap();
    let log: Vec<LogEntry> = rows.iter().map(|row| LogEntry::read(row).unwrap()).collect();
    assert!(log.len() > 500, "{}", log.len());
    assert!(log.windows(2).all(|pair| pair[0].at <= pair[1].at), "the log runs forward in time");
    assert!(log.iter().all(|entry| entry.at.as_str() < NOW));
    for name in ["灯田 宗一郎", "高梨 千晴", "瀬良 浩二", "尾花 陽太"] {
        assert!(log.iter().any(|entry| entry.actor == name), "{name} did something");
    }
    // A value that changed: both values, who, and when.
    let asset =
        demo.rows(COMPANY, "information_asset", false).await.into_iter().find(|row| row.get("code").as_str() == "A-046").unwrap();
    assert_eq!(asset.get("availability"), &Value::Text("2".to_owned()));
    let change = log
        .iter()
        .find(|entry| entry.row_id == asset.meta.id && entry.action == "update" && entry.diff.contains("availability"))
        .unwrap();
    assert_eq!(change.actor, "門脇 修平");
    assert!(change.diff.contains(r#""availability":["1","2"]"#), "{}", change.diff);
    assert!(asset.meta.created_at.starts_with("2025-10"), "{}", asset.meta.created_at);
    assert_eq!(log.iter().filter(|entry| entry.action == "issue").count(), 1, "the report that was told to the president");
    // Nothing of the past is sent today.
    let mails = view.count("select count(*) as n from mail where company_id = $1 and state = 'waiting'", args![]).await.unwrap();
    assert_eq!(mails, 0);
    let unread = "select count(*) as n from notice where company_id = $1 and read_at = ''";
    assert_eq!(view.count(unread, args![]).await.unwrap(), 0, "what came months ago was read");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wall_stands_between_the_two_companies() {
    let demo = demo(3).await;
    let first = demo.rows(COMPANY, "information_asset", true).await;
    let second = demo.rows("asanagi", "information_asset", true).await;
    assert_eq!(second.len(), 5);
    assert!(second.iter().all(|asset| first.iter().all(|other| other.meta.id != asset.meta.id)));
    assert!(second.iter().all(|asset| !asset.get("threat_level").is_empty()));
    assert_eq!(demo.rows("asanagi", "person", true).await.len(), 5);
    let companies = |login: &str| demo.accounts.login(login).unwrap().company.clone();
    assert!(companies("tsutsui").contains('・') && !companies("takanashi").contains('・'));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_seed_changes_details_only_and_always_the_same_way() {
    let (a, b, c) = (demo(7).await, demo(7).await, demo(8).await);
    assert_eq!(a.accounts, b.accounts);
    assert_ne!(a.accounts, c.accounts);
    // Ids are new in every database, so fields that point to rows are left out, and what is drawn by a row's id.
    async fn told(demo: &Demo, ledger: &str, without: &[&str]) -> Vec<Vec<String>> {
        let rows = demo.rows(COMPANY, ledger, true).await;
        let def = demo.app.registry.ledger(ledger).unwrap();
        let points = |code: &str| def.fields.iter().any(|field| field.code == code && field.target.is_some());
        let shown = |row: &Record| {
            let fields = row.values.0.iter().filter(|(code, _)| !points(code) && !without.contains(&code.as_ref()));
            fields.map(|(code, value)| format!("{code}={}", value.stored())).collect()
        };
        let mut all: Vec<Vec<String>> = rows.iter().map(shown).collect();
        all.sort();
        all
    }
    assert_eq!(told(&a, "person", &[]).await, told(&b, "person", &[]).await);
    assert_ne!(told(&a, "person", &[]).await, told(&c, "person", &[]).await, "telephone numbers");
    assert_eq!(told(&a, "person", &["phone"]).await, told(&c, "person", &["phone"]).await);
    let drawn = ["ale_mean", "ale_p95", "source_key"];
    let ledgers = ["scenario", "treatment", "acceptance", "attack_node", "budget_item", "measurement", "customer_demand"];
    for ledger in ledgers {
        let rows = told(&a, ledger, &drawn).await;
        assert!(!rows.is_empty() && rows == told(&b, ledger, &drawn).await && rows == told(&c, ledger, &drawn).await, "{ledger}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_a_used_folder_nor_a_used_database_is_filled() {
    let demo = demo(1).await;
    let again = fill(&demo.app, 1, NOW.parse().unwrap()).await;
    assert!(matches!(again, Err(Error::Refused(_))), "{again:?}");
    let folder = tempfile::tempdir().unwrap();
    assert!(refuse_unless_empty(folder.path()).is_ok());
    assert!(refuse_unless_empty(&folder.path().join("new")).is_ok());
    std::fs::write(folder.path().join("report.txt"), "mine").unwrap();
    let Err(Error::Refused(words)) = refuse_unless_empty(folder.path()) else { panic!("filled") };
    assert!(words.en.contains("not empty") && words.ja.contains("空ではありません"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_can_be_played_on_any_day_of_the_year() {
    // The New Year, a leap day, the long holidays of May: working days move, the rules must still hold.
    for day in ["2027-01-01T00:10:00Z", "2028-02-29T14:59:00Z", "2027-05-05T03:00:00Z"] {
        let folder = tempfile::tempdir().unwrap();
        let now: Timestamp = day.parse().unwrap();
        let settings =
            Settings { db: DbConfig::folder(folder.path()), clock: Clock::Fixed(now), base_url: "http://mamori.test".to_owned() };
        let app = compose::open(&settings).await.unwrap().app;
        fill(&app, 1, now).await.unwrap_or_else(|error| panic!("{day}: {error}"));
    }
}
