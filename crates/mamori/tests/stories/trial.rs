//! The promise of CONTRIBUTING.md: a ledger with eight fields is one struct, one migration and one line in `area()`, and gets list,
//! form, import, export, API, history, search and permission for it. This is that ledger.

use mamori_kernel::access::{Action, Role, Scope, allow};
use mamori_kernel::lang::Words;
use mamori_kernel::yen::Yen;
use mamori_ledger::{Area, Choice, Ledger, LongText, Ref};
use mamori_organization::department::Department;
use serde_json::json;

use crate::harness::{AUDITOR, EMPLOYEE, OFFICER, OTHER_OFFICER, fill, on_both};

/// How a machine stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
#[choice(set = "trial_state")]
pub enum State {
    /// In use.
    #[choice(code = "used", ja = "使用中", en = "In use")]
    Used,
    /// Kept as a spare.
    #[choice(code = "spare", ja = "予備", en = "Spare", alias = "予備機")]
    Spare,
}

/// 工作機械: a ledger that no area has.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(
    code = "trial_machine",
    area = "trial",
    ja = "工作機械",
    en = "Machine",
    label = "name",
    department = "department",
    keys = "code"
)]
pub struct Machine {
    /// Number on the plate.
    #[field(ja = "管理番号", en = "Code", required, unique, search, list)]
    pub code: String,
    /// Name.
    #[field(ja = "機械名", en = "Name", required, search, list)]
    pub name: String,
    /// Where it stands.
    #[field(ja = "設置部署", en = "Department", list)]
    pub department: Ref<Department>,
    /// How it stands.
    #[field(ja = "状態", en = "State", list)]
    pub state: Option<State>,
    /// Price.
    #[field(ja = "取得価額", en = "Price")]
    pub price: Option<Yen>,
    /// Day of purchase.
    #[field(ja = "購入日", en = "Bought on", list)]
    pub bought_on: Option<jiff::civil::Date>,
    /// Hangs on the network.
    #[field(ja = "ネットワーク接続", en = "Networked")]
    pub networked: bool,
    /// Free text.
    #[field(ja = "備考", en = "Note", search)]
    pub note: LongText,
}

const MIGRATION: &str = "create table trial_machine (
  {ledger}, code text not null default '', name text not null default '', department text references department(id),
  state text not null default '', price bigint, bought_on text not null default '', networked bigint not null default 0,
  note text not null default '');
create index trial_machine_list on trial_machine (company_id, retired_at, name);";

/// The one line is `.ledger(Machine::def())`; the rest is what every area has.
pub fn areas() -> Vec<Area> {
    vec![
        Area::new("trial", Words::new("試用", "Trial"))
            .migration("baseline", MIGRATION)
            .permissions(vec![
                allow(&[Role::Officer], "trial_machine", &Action::ALL, Scope::All),
                allow(&[Role::Auditor], "trial_machine", &[Action::View, Action::Export], Scope::All),
            ])
            .ledger(Machine::def()),
    ]
}

const LIST: &str = "/trial/trial_machine";

const FILE: &str = "管理番号,機械名,設置部署,状態,取得価額,購入日,ネットワーク接続,備考\r\n\
007,旋盤①,製造部,予備機,\"１，２００万円\",令和3年4月1日,有,\"髙い機械。\n二行目\"\r\n\
008,マシニングセンタ,製造部,使用中,35000000,2022/10/3,,\r\n";

on_both! {
    areas = areas;

    async fn form_list_history_and_search(app) {
        let mori = app.person(OFFICER).await;
        mori.get(LIST).await.is(200).says("工作機械");
        mori.get(&format!("{LIST}/new")).await.is(200).says("設置部署").says("予備");
        let department = app.rows["製造部"].clone();
        let fields = [("code", "001"), ("name", "フライス盤"), ("department", department.as_str()), ("state", "used"), ("price", "1200000"), ("bought_on", "2024-02-29"), ("networked", "1"), ("note", "北側の壁")];
        let made = mori.post(&format!("{LIST}/new"), &fields).await.is(303);
        let row = made.location();
        mori.get(&row).await.is(200).says("フライス盤").says("製造部").says("使用中").says("1,200,000").says("北側の壁");
        // Wrong values come back with the form and a reason.
        let twice = mori.post(&format!("{LIST}/new"), &[("code", "001"), ("name", "")]).await.is(422);
        twice.says("管理番号").says("機械名");
        let day = mori.post(&format!("{LIST}/new"), &[("code", "002"), ("name", "x"), ("bought_on", "2026-02-30")]).await;
        day.is(422).says("2026-02-30");
        // A change is seen in the history with the value before and after.
        mori.post(&format!("{row}/edit"), &[("version", "1"), ("name", "フライス盤２号")]).await.is(303);
        mori.get(&row).await.is(200).says("フライス盤２号").says("森 幸子").tells("変更前 フライス盤 → 変更後");
        // Found by half-width kana, by katakana for hiragana, by one character.
        for words in ["ﾌﾗｲｽ", "ふらいす", "壁"] {
            mori.get(&format!("{LIST}?q={}", encode(words))).await.is(200).says("フライス盤２号");
            mori.get(&format!("/search?q={}", encode(words))).await.is(200).says(&row);
        }
        mori.get(&format!("{LIST}?q={}", encode("溶接機"))).await.is(200).hides("フライス盤２号");
        // Out of use, and back.
        mori.post(&format!("{row}/retire"), &[("version", "2")]).await.is(303);
        mori.get(LIST).await.is(200).hides("フライス盤２号</a>");
        mori.post(&format!("{row}/restore"), &[]).await.is(303);
        mori.get(LIST).await.is(200).says("フライス盤２号");
    }

    async fn import_and_export_without_loss(app) {
        let mori = app.person(OFFICER).await;
        mori.get(&format!("{LIST}/import")).await.is(200);
        let preview = mori.upload(&format!("{LIST}/import"), &[], "機械.csv", FILE.as_bytes()).await.is(303).location();
        mori.get(&preview).await.is(200).says("旋盤①").says("マシニングセンタ");
        assert_eq!(app.number("select count(*) as n from trial_machine").await, 0, "nothing is written by looking");
        mori.post(&format!("{preview}/accept"), &[]).await.is(303);
        assert_eq!(app.number("select count(*) as n from trial_machine where code = '007' and price = 12000000 and bought_on = '2021-04-01' and networked = 1 and state = 'spare'").await, 1);
        // The same file again changes nothing.
        let again = mori.upload(&format!("{LIST}/import"), &[], "機械.csv", FILE.as_bytes()).await.is(303).location();
        mori.get(&again).await.is(200);
        mori.post(&format!("{again}/accept"), &[]).await;
        assert_eq!(app.number("select max(version) as n from trial_machine").await, 1);
        assert_eq!(app.number("select count(*) as n from trial_machine").await, 2);
        for (format, name) in [("xlsx", "out.xlsx"), ("csv", "out.csv"), ("csv&encoding=cp932", "out.csv")] {
            let file = mori.get(&format!("{LIST}/export?format={format}")).await.is(200).body;
            assert!(file.len() > 100);
            // What was exported comes in again unchanged.
            let back = mori.upload(&format!("{LIST}/import"), &[], name, &file).await.is(303).location();
            mori.get(&back).await.is(200);
            mori.post(&format!("{back}/accept"), &[]).await;
            assert_eq!(app.number("select max(version) as n from trial_machine").await, 1, "{format}");
            assert_eq!(app.number("select count(*) as n from trial_machine").await, 2, "{format}");
        }
    }

    async fn api(app) {
        let program = app.program(OFFICER, "write").await;
        let made = program.json("POST", "/api/v1/trial_machine", &json!({"code": "100", "name": "プレス", "price": 5_000_000, "bought_on": "2020-05-01", "networked": true, "state": "used"})).await;
        let row = made.is(201).json();
        let one = format!("/api/v1/trial_machine/{}", row["id"].as_str().unwrap());
        assert_eq!(row["price"], 5_000_000);
        let changed = program.json("PATCH", &one, &json!({"version": 1, "note": "移設予定"})).await.is(200).json();
        assert_eq!((&changed["version"], &changed["note"]), (&json!(2), &json!("移設予定")));
        program.json("PATCH", &one, &json!({"version": 1, "note": "古い"})).await.is(409);
        let listed = program.get("/api/v1/trial_machine?q=%E3%83%97%E3%83%AC%E3%82%B9&limit=5").await.is(200).json();
        assert_eq!((&listed["total"], &listed["items"][0]["code"]), (&json!(1), &json!("100")));
        // A typing mistake must not look like success.
        let wrong = program.json("POST", "/api/v1/trial_machine", &json!({"code": "101", "naem": "x", "state": "lost"})).await.is(422);
        let said = wrong.json().to_string();
        assert!(said.contains("naem") && said.contains("state"), "{said}");
        let document = program.get("/api/v1/openapi.json").await.is(200).json();
        assert!(document["paths"].as_object().unwrap().contains_key("/api/v1/trial_machine"), "{document}");
    }

    async fn permission(app) {
        let row = app.put("aoba", "trial_machine", mamori_ledger::Values::default().with("code", "1").with("name", "旋盤")).await;
        let one = fill(&format!("{LIST}/{{id}}"), &[&row]);
        let takahashi = app.person(AUDITOR).await;
        takahashi.get(&one).await.is(200);
        takahashi.get(&format!("{LIST}/export?format=csv")).await.is(200);
        takahashi.get(&format!("{one}/edit")).await.is(403);
        takahashi.post(&format!("{one}/edit"), &[("version", "1"), ("name", "x")]).await.is(403);
        takahashi.post(&format!("{one}/retire"), &[]).await.is(403);
        let suzuki = app.person(EMPLOYEE).await;
        suzuki.get(LIST).await.is(403);
        suzuki.get(&format!("/search?q={}", encode("旋盤"))).await.is(200).hides(&one);
        let ito = app.person(OTHER_OFFICER).await;
        ito.get(&one).await.is(404);
        ito.get(LIST).await.is(200).hides("旋盤");
        ito.post(&format!("{one}/edit"), &[("version", "1"), ("name", "x")]).await.is(404);
        app.visitor().get(LIST).await.is(303).says("");
    }
}

/// Percent-encoding for an address.
pub fn encode(text: &str) -> String {
    mamori_ledger::web::Form(vec![("q".to_owned(), text.to_owned())]).encode().trim_start_matches("q=").to_owned()
}
