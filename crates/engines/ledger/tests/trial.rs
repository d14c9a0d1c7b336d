//! A ledger of eight fields: one struct, one migration, one line in `area()`. What it gets for that is tried here at the level of
//! the engine; `crates/mamori/tests` tries the same over HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::sync::Arc;

use common::{House, now};
use mamori_kernel::access::{Action, Role, Scope, allow, allow_up_to};
use mamori_kernel::error::Error;
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::yen::Yen;
use mamori_ledger::export::Format;
use mamori_ledger::import;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::record::{Value, Values};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::decode_form;
use mamori_ledger::{Area, Choice, Ledger, LongText, Ref};
use mamori_store::{Actor, args, verify_all};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Choice)]
#[choice(set = "key_state")]
enum KeyState {
    #[choice(code = "kept", ja = "保管中", en = "Kept", tone = "success")]
    Kept,
    #[choice(code = "lent", ja = "貸出中", en = "Lent", alias = "貸し出し", tone = "warning")]
    Lent,
}

#[derive(Ledger)]
#[ledger(code = "room", area = "trial", ja = "部屋", en = "Room", label = "name", keys = "name")]
struct Room {
    #[field(ja = "部屋名", en = "Room", required, search, list)]
    name: String,
}

/// 鍵の台帳: the worked example of CONTRIBUTING.md.
#[derive(Ledger)]
#[ledger(
    code = "door_key", area = "trial", table = "door_key", ja = "鍵", en = "Key", label = "name", keys = "number",
    owner = "", classification = "level", compute = DoorKey::compute
)]
struct DoorKey {
    #[field(ja = "鍵番号", en = "Number", required, unique, search, list)]
    number: String,
    #[field(ja = "名称", en = "Name", required, search, list, alias = "鍵の名前")]
    name: String,
    #[field(ja = "部屋", en = "Room", list, create_missing)]
    room: Ref<Room>,
    #[field(ja = "状態", en = "State", list, default = "kept")]
    state: Option<KeyState>,
    #[field(ja = "作成日", en = "Made on", list)]
    made_on: Option<jiff::civil::Date>,
    #[field(ja = "費用", en = "Cost")]
    cost: Option<Yen>,
    #[field(ja = "備考", en = "Note", search)]
    note: LongText,
    #[field(ja = "区分", en = "Level", computed)]
    level: Option<i64>,
}

impl DoorKey {
    fn compute(&mut self) {
        self.level = Some(if self.cost.is_some_and(|yen| yen.0 > 10_000) { 2 } else { 0 });
    }
}

fn area() -> Area {
    Area::new("trial", Words::new("試し", "Trial"))
        .ledger(Room::def())
        .ledger(DoorKey::def())
        .migration(
            "trial",
            "create table room ({ledger}, name text not null default '');
             create table door_key ({ledger}, number text not null default '', name text not null default '', room text references room(id),
               state text not null default '', made_on text not null default '', cost bigint, note text not null default '', level bigint);
             create index door_key_number on door_key (company_id, number);",
        )
        .permissions(vec![
            allow(&[Role::Officer], "door_key", &Action::ALL, Scope::All),
            allow(&[Role::Officer, Role::Admin], "room", &Action::ALL, Scope::All),
            allow_up_to(&[Role::Employee], "door_key", &[Action::View], Scope::All, 1),
        ])
}

impl House {
    async fn make(&self, actor: &Arc<Actor>, values: Values) -> Result<mamori_ledger::Record, Error> {
        let mut tx = self.app.db.tx(actor.clone(), now()).await?;
        let shape = Shape::load(self.app.registry.ledger("door_key").unwrap(), &mut tx).await?;
        let record = ops::create(&self.app.registry, &mut tx, &shape, values, None, Gate::Person).await?;
        tx.commit().await?;
        Ok(record)
    }

    async fn list(&self, actor: &Arc<Actor>, query: &str) -> Result<query::Listed, Error> {
        let mut view = self.app.db.view(actor.clone()).await?;
        let shape = Shape::load(self.app.registry.ledger("door_key").unwrap(), &mut view).await?;
        let query = ListQuery::read(&decode_form(query.as_bytes()), &shape);
        query::list(&self.app.registry, &mut view, &shape, &query, Action::View).await
    }

    async fn import(&self, actor: &Arc<Actor>, bytes: &[u8], name: &str) -> import::Outcome {
        import::run(&self.app, actor.clone(), self.app.registry.ledger("door_key").unwrap(), bytes, name, false).await.unwrap()
    }

    async fn export(&self, actor: &Arc<Actor>, format: Format) -> Vec<u8> {
        let mut view = self.app.db.view(actor.clone()).await.unwrap();
        let shape = Shape::load(self.app.registry.ledger("door_key").unwrap(), &mut view).await.unwrap();
        mamori_ledger::export::file(&self.app.registry, &mut view, &shape, &ListQuery::default(), format, Lang::Ja).await.unwrap()
    }
}

fn key(number: &str, name: &str) -> Values {
    Values::default().with("number", number).with("name", name)
}

#[tokio::test]
async fn rows_are_made_listed_found_and_kept_apart() {
    for house in House::of(area).await {
        let officer = house.actor("a", Role::Officer);
        let first = house.make(&officer, key("007", "正面玄関の鍵")).await.unwrap();
        assert_eq!(first.get("state").as_str(), "kept", "the default");
        assert_eq!(first.get("level"), &Value::Int(0), "computed");
        house.make(&officer, key("008", "倉庫の鍵").with("cost", 20_000)).await.unwrap();
        let again = house.make(&officer, key("007", "別の鍵")).await.unwrap_err();
        let Error::Invalid(fields) = again else { panic!("{again}") };
        assert!(fields[0].message.ja.contains("「正面玄関の鍵」ですでに使われています"), "{:?}", fields);
        let missing = house.make(&officer, Values::default()).await.unwrap_err();
        assert!(matches!(missing, Error::Invalid(fields) if fields.len() == 2));

        assert_eq!(house.list(&officer, "").await.unwrap().total, 2);
        assert_eq!(house.list(&officer, "q=倉庫").await.unwrap().records[0].get("number").as_str(), "008");
        assert_eq!(house.list(&officer, "f.state=lent").await.unwrap().total, 0);
        assert_eq!(house.list(&officer, "from.cost=1&sort=-cost").await.unwrap().total, 1);
        assert_eq!(house.list(&officer, "f.room=none").await.unwrap().total, 2);
        assert_eq!(house.list(&officer, "sort=-number&limit=1").await.unwrap().records[0].get("number").as_str(), "008");
        assert_eq!(house.list(&house.actor("b", Role::Officer), "").await.unwrap().total, 0, "the other company");
        assert_eq!(house.list(&house.actor("a", Role::Employee), "").await.unwrap().total, 1, "level 2 is hidden from employees");
        assert!(
            matches!(house.list(&house.actor("a", Role::Auditor), "").await, Err(Error::NotFound)),
            "no rule speaks of auditors"
        );
        assert!(house.make(&house.actor("a", Role::Employee), key("9", "x")).await.is_err());
        assert_eq!(verify_all(&house.app.db).await.unwrap()[0].broken, None);
    }
}

#[tokio::test]
async fn the_second_of_two_editors_is_told() {
    for house in House::of(area).await {
        let officer = house.actor("a", Role::Officer);
        let row = house.make(&officer, key("1", "鍵")).await.unwrap();
        let save = async |version: i64, name: &str| {
            let mut tx = house.app.db.tx(officer.clone(), now()).await.unwrap();
            let shape = Shape::load(house.app.registry.ledger("door_key").unwrap(), &mut tx).await.unwrap();
            let values = Values::default().with("name", name);
            let done = ops::update(&house.app.registry, &mut tx, &shape, &row.meta.id, Some(version), values, Gate::Person).await;
            if done.is_ok() {
                tx.commit().await.unwrap();
            }
            done
        };
        assert_eq!(save(1, "玄関").await.unwrap().meta.version, 2);
        assert!(matches!(save(1, "裏口").await, Err(Error::Conflict { current: 2 })));
        assert_eq!(house.list(&officer, "").await.unwrap().records[0].get("name").as_str(), "玄関");
    }
}

#[tokio::test]
async fn what_is_used_elsewhere_is_not_taken_away() {
    for house in House::of(area).await {
        let officer = house.actor("a", Role::Officer);
        let registry = &house.app.registry;
        let mut tx = house.app.db.tx(officer.clone(), now()).await.unwrap();
        let rooms = Shape::load(registry.ledger("room").unwrap(), &mut tx).await.unwrap();
        let room =
            ops::create(registry, &mut tx, &rooms, Values::default().with("name", "倉庫"), None, Gate::Person).await.unwrap();
        tx.commit().await.unwrap();
        let row = house.make(&officer, key("1", "倉庫の鍵").with("room", room.meta.id.as_str())).await.unwrap();
        let mut tx = house.app.db.tx(officer.clone(), now()).await.unwrap();
        let refused = ops::retire(registry, &mut tx, &rooms, &room.meta.id, None).await.unwrap_err();
        assert!(refused.words().ja.contains("鍵「倉庫の鍵」"), "{}", refused.words().ja);
        tx.rollback().await.unwrap();
        let keys = Shape::plain(registry.ledger("door_key").unwrap());
        let mut tx = house.app.db.tx(officer.clone(), now()).await.unwrap();
        ops::retire(registry, &mut tx, &keys, &row.meta.id, Some(1)).await.unwrap();
        ops::retire(registry, &mut tx, &rooms, &room.meta.id, None).await.unwrap();
        ops::restore(registry, &mut tx, &rooms, &room.meta.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(house.list(&officer, "q=倉庫").await.unwrap().total, 0, "retired rows are not found");
        assert_eq!(house.list(&officer, "retired=1").await.unwrap().total, 1);
    }
}

#[tokio::test]
async fn export_comes_back_unchanged_in_every_format() {
    for house in House::of(area).await {
        let officer = house.actor("a", Role::Officer);
        house
            .make(&officer, key("0012", "①番・髙﨑さんの〜鍵").with("cost", 1_200).with("note", "二行\n\"引用\""))
            .await
            .unwrap();
        house
            .make(&officer, key("=1+1", "+式に見える名前").with("made_on", "2026-11-20".parse::<jiff::civil::Date>().unwrap()))
            .await
            .unwrap();
        for (format, name) in [(Format::Xlsx, "k.xlsx"), (Format::CsvUtf8, "k.csv"), (Format::CsvCp932, "k.csv")] {
            let bytes = house.export(&officer, format).await;
            let outcome = house.import(&officer, &bytes, name).await;
            assert_eq!(
                outcome.summary.to_string(),
                "created=0 changed=0 unchanged=2 wrong=0",
                "{format:?} {:?}",
                outcome.problems
            );
        }
    }
}

#[tokio::test]
async fn an_import_makes_changes_and_names_what_is_wrong() {
    for house in House::of(area).await {
        let officer = house.actor("a", Role::Officer);
        let file = "鍵番号,鍵の名前,部屋,状態,作成日,費用,知らない列\n\
                    001,玄関,本社,保管中,令和8年4月1日,\"１，２００円\",x\n\
                    002,裏口,本社,貸し出し,2026/4/2,,\n\n";
        let outcome = house.import(&officer, file.as_bytes(), "鍵.csv").await;
        assert_eq!(outcome.summary.to_string(), "created=2 changed=0 unchanged=0 wrong=0", "{:?}", outcome.problems);
        let rows = house.list(&officer, "sort=number").await.unwrap().records;
        assert_eq!(rows[0].get("made_on"), &Value::Date("2026-04-01".parse().unwrap()));
        assert_eq!(rows[0].get("cost"), &Value::Int(1200));
        assert_eq!(rows[0].get("room"), rows[1].get("room"), "one room was made for both");
        assert_eq!(house.import(&officer, file.as_bytes(), "鍵.csv").await.summary.unchanged, 2);

        let changed = file.replace("裏口", "通用口");
        assert_eq!(
            house.import(&officer, changed.as_bytes(), "鍵.csv").await.summary.to_string(),
            "created=0 changed=1 unchanged=1 wrong=0"
        );

        let wrong = "鍵番号,名称,状態,作成日\n003,金庫,なくした,2026-02-30\n003,金庫2,,\n";
        let outcome = house.import(&officer, wrong.as_bytes(), "鍵.csv").await;
        assert_eq!(outcome.summary.wrong, 2);
        let lines: Vec<String> = outcome.problems.iter().map(|problem| problem.line(Lang::Ja)).collect();
        assert!(
            lines[0].starts_with("2行目 C列：状態「なくした」は選べる値ではありません。次のどれかにしてください：保管中、貸出中"),
            "{lines:?}"
        );
        assert!(lines[1].starts_with("2行目 D列：作成日「2026-02-30」は日付として読めません"), "{lines:?}");
        assert!(lines[2].starts_with("3行目：2行目と同じ行です"), "{lines:?}");
        assert_eq!(house.list(&officer, "").await.unwrap().total, 2, "nothing of a wrong file was written");
    }
}

#[tokio::test]
async fn a_companys_own_field_is_everywhere() {
    for house in House::of(area).await {
        let officer = house.actor("a", Role::Officer);
        let mut tx = house.app.db.tx(officer.clone(), now()).await.unwrap();
        tx.technical();
        tx.exec(
            "insert into extra_field (id, company_id, ledger, key, ja, en, kind, created_at) values ('f', $1, 'door_key', 'x1', '型番', 'Model', 'text', '')",
            args![],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        house.make(&officer, key("1", "鍵").with("x1", "MIWA-U9")).await.unwrap();
        assert_eq!(house.list(&officer, "q=MIWA").await.unwrap().total, 1, "search");
        assert_eq!(house.list(&officer, "f.x1=MIWA-U9&sort=-x1").await.unwrap().total, 1, "filter and order");
        let outcome = house.import(&officer, "鍵番号,名称,型番\n1,鍵,GOAL-V18\n".as_bytes(), "k.csv").await;
        assert_eq!(outcome.summary.changed, 1);
        let bytes = house.export(&officer, Format::CsvUtf8).await;
        assert!(String::from_utf8(bytes).unwrap().contains("GOAL-V18"), "export");
        for (company, described) in [("a", "型番"), ("b", "")] {
            let mut view = house.app.db.view(house.actor(company, Role::Officer)).await.unwrap();
            let document = mamori_ledger::api::openapi(&house.app.registry, &mut view, Lang::Ja).await.unwrap();
            let field = &document["components"]["schemas"]["door_key"]["properties"]["x1"];
            assert_eq!(field["description"].as_str().unwrap_or_default(), described, "the document of company {company}");
        }
        assert_eq!(
            house.list(&house.actor("b", Role::Officer), "f.x1=GOAL-V18").await.unwrap().total,
            0,
            "the other company has no such field"
        );
    }
}

#[tokio::test]
async fn a_file_with_headings_of_its_own_is_asked_about_instead_of_refused() {
    let house = House::of(area).await.remove(0);
    let shape = Shape::plain(house.app.registry.ledger("door_key").unwrap());
    let file = "総務の一覧,,\nNo.,何の鍵か,しまう所\n001,玄関,1階\n002,裏口,2階\n";
    let workbook = import::read(file.as_bytes(), "総務.csv").unwrap();
    assert_eq!(import::guess(&shape, &workbook), None);
    let asked = import::unguessed(&shape, &workbook).unwrap();
    assert!(asked.columns.is_empty());
    assert_eq!(asked.first_row, 2, "the row that is as wide as the table, not its title");
    assert_eq!(asked.headings.values().map(String::as_str).collect::<Vec<_>>(), ["No.", "何の鍵か", "しまう所"]);
    let offered: Vec<usize> = import::heading_rows(&workbook.sheets[0]).into_iter().map(|(row, _)| row).collect();
    assert_eq!(offered, [0, 1, 2, 3]);

    let workbook = import::read("台帳,,\n鍵番号,しまう所,名称\n001,1階,玄関\n".as_bytes(), "k.csv").unwrap();
    let chosen = import::with_heading(&shape, &workbook, 0, Some(1)).unwrap();
    assert_eq!(chosen.columns.into_iter().collect::<Vec<_>>(), [(0, "number".to_owned()), (2, "name".to_owned())]);
    assert_eq!(chosen.unknown.into_values().collect::<Vec<_>>(), ["しまう所"]);
    assert_eq!(import::with_heading(&shape, &workbook, 0, Some(9)), None);
    assert_eq!(import::with_heading(&shape, &workbook, 3, None), None);
}

#[tokio::test]
async fn a_refusal_to_retire_names_only_what_the_reader_may_see() {
    for house in House::of(area).await {
        let officer = house.actor("a", Role::Officer);
        let room = {
            let mut tx = house.app.db.tx(officer.clone(), now()).await.unwrap();
            let shape = Shape::load(house.app.registry.ledger("room").unwrap(), &mut tx).await.unwrap();
            let values = Values::default().with("name", "金庫室");
            let room = ops::create(&house.app.registry, &mut tx, &shape, values, None, Gate::Person).await.unwrap();
            tx.commit().await.unwrap();
            room.meta.id
        };
        house.make(&officer, key("1", "秘密の鍵").with("room", room.as_str())).await.unwrap();
        let refusal = async |actor: Arc<Actor>| {
            let mut tx = house.app.db.tx(actor, now()).await.unwrap();
            let shape = Shape::load(house.app.registry.ledger("room").unwrap(), &mut tx).await.unwrap();
            match ops::retire(&house.app.registry, &mut tx, &shape, &room, None).await {
                Err(Error::InUse(words)) => words.ja.into_owned(),
                other => panic!("{other:?}"),
            }
        };
        assert!(refusal(officer).await.contains("鍵「秘密の鍵」"));
        let told = refusal(house.actor("a", Role::Admin)).await;
        assert!(!told.contains("秘密") && told.ends_with("：1件"), "{told}");
    }
}
