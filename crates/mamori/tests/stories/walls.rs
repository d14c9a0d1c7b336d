//! The walls between companies and departments, tried on every ledger there is.

use std::collections::BTreeMap;

use mamori_ledger::{FieldDef, Kind, LedgerDef, Value, Values, ops, shape::Shape};
use mamori_store::args;

use crate::harness::{CONSULTANT, EMPLOYEE, MANAGER, OFFICER, OTHER_OFFICER, TestApp, on_both};

/// Rows of a company by ledger, made on the program's own account with whatever each field demands.
pub async fn one_of_each(app: &TestApp, company: &str) -> BTreeMap<&'static str, String> {
    let mut made = BTreeMap::new();
    let registry = &app.app.registry;
    // With the method's two sheets filled in, assets have a risk and acceptances something to accept.
    let mut tx = app.app.db.tx(app.actor(company), app.now()).await.unwrap();
    mamori_risk::seed(&mut tx, registry).await.unwrap();
    tx.commit().await.unwrap();
    app.app.db.system().await.unwrap().exec("update weakness_check set answer = 'partial'", args![]).await.unwrap();
    for def in registry.ledgers() {
        let mut view = app.app.db.view(app.actor(company)).await.unwrap();
        let sql = format!("select id from {} where company_id = $1 order by id desc limit 1", def.table);
        if let Some(row) = mamori_store::Reader::first(&mut view, &sql, args![]).await.unwrap() {
            made.insert(def.code, row.get("id").unwrap());
        }
    }
    let mut waiting: Vec<_> = app.app.registry.ledgers().cloned().collect();
    // What is pointed to comes first; the few that point to each other do so without need.
    waiting.retain(|def| !made.contains_key(def.code) || def.code == "department");
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut later = Vec::new();
        for def in waiting {
            let ready = def
                .fields
                .iter()
                // An acceptance is of a risk or of an asset: it needs one of the two, and neither field alone is required.
                .filter(|field| field.required || (def.code == "acceptance" && field.code == "asset"))
                .filter_map(|field| field.target)
                .all(|target| made.contains_key(target));
            if ready {
                let id = make(app, company, &def, &made).await;
                made.insert(def.code, id);
            } else {
                later.push(def);
            }
        }
        assert!(later.len() < before, "these ledgers require each other: {later:?}");
        waiting = later;
    }
    made
}

fn first_choice(field: &FieldDef) -> Value {
    let code = field.choices.as_ref().and_then(|set| set.choices.first()).map(|choice| choice.code.to_string()).unwrap();
    if field.kind == Kind::Choice { Value::Text(code) } else { Value::List(vec![code]) }
}

async fn make(app: &TestApp, company: &str, def: &std::sync::Arc<LedgerDef>, made: &BTreeMap<&'static str, String>) -> String {
    let mut values = Values::default();
    for field in def.fields.iter().filter(|field| !field.computed) {
        let value = match field.kind {
            Kind::Text | Kind::Long => Value::Text(format!("壁の{}", field.code)),
            Kind::Ref => made.get(field.target.unwrap_or_default()).cloned().map_or(Value::Null, Value::Text),
            Kind::Refs => made.get(field.target.unwrap_or_default()).cloned().map_or(Value::Null, |id| Value::List(vec![id])),
            // Values that make a risk.
            Kind::Choice if field.editable() && def.code == "information_asset" => first_choice(field),
            // A default fits the other defaults.
            _ if !field.required || !field.default.is_empty() => continue,
            Kind::Email => Value::Text("mori@example.jp".to_owned()),
            Kind::Url => Value::Text("https://example.jp/".to_owned()),
            // A count, or a year.
            Kind::Int => Value::Int(2026),
            Kind::Yen => Value::Int(1),
            Kind::Decimal => Value::Real(1.0),
            Kind::Bool => Value::Bool(true),
            Kind::Date => Value::Date(mamori_kernel::time::today(app.now())),
            Kind::Choice | Kind::Flags => first_choice(field),
        };
        values.set(field.code.clone(), value);
    }
    let registry = &app.app.registry;
    // Rules of the noun may refuse a made-up row; then the row is written without what they look at, field by field.
    for attempt in 0..6 {
        let mut tx = app.app.db.tx(app.actor(company), app.now()).await.unwrap();
        let shape = Shape::load(def, &mut tx).await.unwrap();
        match ops::create(registry, &mut tx, &shape, values.clone(), None, ops::Gate::Program).await {
            Ok(record) => {
                tx.commit().await.unwrap();
                return record.meta.id;
            }
            Err(mamori_kernel::error::Error::Invalid(errors)) if attempt < 5 => {
                tx.rollback().await.unwrap();
                for error in errors {
                    let field = def.field(&error.field).unwrap_or_else(|| panic!("{}: {error:?}", def.code));
                    if field.required {
                        panic!("{}.{}: {}", def.code, field.code, error.message.en);
                    }
                    values.set(field.code.clone(), Value::Null);
                }
            }
            Err(error) => panic!("{}: {error}", def.code),
        }
    }
    unreachable!()
}

/// Everything that a company has, as text: changes when anything of it changes.
pub async fn picture(app: &TestApp, company: &str) -> String {
    let mut view = app.app.db.view(app.actor(company)).await.unwrap();
    let mut picture = String::new();
    for def in app.app.registry.ledgers() {
        let sql = format!("select id, version, updated_at, retired_at from {} where company_id = $1 order by id", def.table);
        for row in mamori_store::Reader::rows(&mut view, &sql, args![]).await.unwrap() {
            picture.push_str(&format!(
                "{} {} {} {}\n",
                def.code,
                row.text("id").unwrap(),
                row.get::<i64>("version").unwrap(),
                row.text("retired_at").unwrap()
            ));
        }
    }
    for table in ["comment", "attachment", "saved_view", "extra_field", "choice_label", "change_log", "import_batch", "setting"] {
        let sql = format!("select count(*) as n from {table} where company_id = $1");
        picture.push_str(&format!("{table} {}\n", mamori_store::Reader::count(&mut view, &sql, args![]).await.unwrap()));
    }
    picture
}

on_both! {
    async fn another_company_sees_nothing_and_changes_nothing(app) {
        let rows = one_of_each(app, "aoba").await;
        let before = picture(app, "aoba").await;
        let ito = app.person(OTHER_OFFICER).await;
        let program = app.program(OTHER_OFFICER, "write").await;
        for def in app.app.registry.ledgers().cloned().collect::<Vec<_>>() {
            let id = &rows[def.code];
            let (path, one) = (def.path(), format!("{}/{id}", def.path()));
            for page in [one.clone(), format!("{one}/edit")] {
                let status = ito.get(&page).await.status;
                assert!(matches!(status, 403 | 404), "GET {page} answered {status}");
            }
            ito.get(&path).await.hides(id);
            for (page, form) in [
                (format!("{one}/edit"), vec![("version", "1"), (def.label, "乗っ取り")]),
                (format!("{one}/retire"), vec![]),
                (format!("{one}/restore"), vec![]),
                (format!("{one}/comments"), vec![("text", "見えています")]),
                (format!("{path}/bulk"), vec![("ids", id.as_str()), ("id", id.as_str()), ("do", "retire"), ("action", "retire")]),
            ] {
                let status = ito.post(&page, &form).await.status;
                assert!(status < 500, "POST {page} answered {status}");
            }
            let status = ito.upload(&format!("{one}/files"), &[], "a.txt", b"text").await.status;
            assert!(matches!(status, 403..=405), "files of {one} answered {status}");
            let api = format!("/api/v1/{}/{id}", def.code);
            let status = program.get(&api).await.status;
            assert!(matches!(status, 403 | 404), "GET {api} answered {status}");
            let listed = program.get(&format!("/api/v1/{}?limit=1000", def.code)).await;
            assert!(!listed.text().contains(id), "{api} is listed for another company");
            let status = program.json("PATCH", &api, &serde_json::json!({ "version": 1, def.label: "乗っ取り" })).await.status;
            // 422: a field that is never typed is refused before any row is looked for.
            assert!(matches!(status, 403..=405 | 422), "PATCH {api} answered {status}");
        }
        assert_eq!(picture(app, "aoba").await, before, "something of the other company was changed");
    }

    async fn a_reference_cannot_reach_into_another_company(app) {
        let foreign = app.rows["人事部"].clone();
        let program = app.program(OTHER_OFFICER, "write").await;
        let made = program.json("POST", "/api/v1/department", &serde_json::json!({ "name": "支店", "parent": foreign })).await;
        assert_eq!(made.status, 422, "{}", made.text());
        let ito = app.person(OTHER_OFFICER).await;
        ito.post("/organization/department/new", &[("name", "支店"), ("parent", &foreign)]).await.is(422);
    }

    async fn a_consultant_enters_both_but_sees_one_at_a_time(app) {
        let yamamoto = app.person(CONSULTANT).await;
        yamamoto.get("/organization/department").await.is(200).says("採用課");
        yamamoto.post("/company", &[("company", "wakaba"), ("return_to", "/")]).await.is(303);
        yamamoto.get("/organization/department").await.is(200).hides("採用課");
        let one = format!("/organization/department/{}", app.rows["採用課"]);
        yamamoto.get(&one).await.is(404);
        // Nobody enters a company that is not his.
        let ito = app.person(OTHER_OFFICER).await;
        let refused = ito.post("/company", &[("company", "aoba"), ("return_to", "/")]).await;
        assert!(refused.status >= 400 || ito.get("/organization/department").await.text().matches("採用課").count() == 0);
        ito.get("/organization/department").await.is(200).hides("採用課");
    }

    async fn a_manager_works_on_the_own_department_and_those_below_it(app) {
        let asset = |name: &'static str, department: &str, level: &'static str| {
            Values::default().with("name", name).with("department", department).with("classification", level).with("storage", "office_pc")
        };
        let (hr, recruiting, factory) = (app.rows["人事部"].clone(), app.rows["採用課"].clone(), app.rows["製造部"].clone());
        let own = app.put("aoba", "information_asset", asset("給与台帳", &hr, "3")).await;
        let below = app.put("aoba", "information_asset", asset("応募書類", &recruiting, "3")).await;
        let secret = app.put("aoba", "information_asset", asset("金型図面", &factory, "2")).await;
        let open = app.put("aoba", "information_asset", asset("作業標準", &factory, "1")).await;
        let path = |id: &str| format!("/assets/information_asset/{id}");
        let sato = app.person(MANAGER).await;
        let list = sato.get("/assets/information_asset?limit=100").await.is(200);
        list.says("給与台帳").says("応募書類").says("作業標準").hides("金型図面");
        for (id, view, edit) in [(&own, 200, 200), (&below, 200, 200), (&open, 200, 404), (&secret, 404, 404)] {
            assert_eq!(sato.get(&path(id)).await.status, view, "view {id}");
            assert_eq!(sato.get(&format!("{}/edit", path(id))).await.status, edit, "edit {id}");
            let saved = sato.post(&format!("{}/edit", path(id)), &[("version", "1"), ("note", "見直し済み")]).await.status;
            assert_eq!(saved == 303, edit == 200, "save {id} answered {saved}");
        }
        // Nor can a row be moved out of, or made outside of, the own department.
        let moved = sato.post(&format!("{}/edit", path(&own)), &[("version", "2"), ("department", &factory)]).await.status;
        assert_ne!(moved, 303, "the row was moved to another department");
        let made = sato.post("/assets/information_asset/new", &[("name", "製造の資産"), ("department", &factory), ("storage", "office_pc")]).await.status;
        assert_ne!(made, 303, "a row was made in another department");
        // Nor do the links of a row that may be seen name one that may not.
        let department = format!("/organization/department/{factory}");
        sato.get(&department).await.is(200).says("作業標準").hides("金型図面");
        // Search knows the same walls.
        for (words, seen) in [("給与台帳", true), ("金型図面", false)] {
            let found = sato.get(&format!("/search?q={}", crate::trial::encode(words))).await.is(200);
            assert_eq!(found.text().contains("/assets/information_asset/0"), seen, "{words}: {}", found.words());
        }
        let suzuki = app.person(EMPLOYEE).await;
        let found = suzuki.get(&format!("/search?q={}", crate::trial::encode("金型図面"))).await.is(200);
        assert!(!found.text().contains(&path(&secret)));
        let mori = app.person(OFFICER).await;
        mori.get(&path(&secret)).await.is(200);
    }
}
