//! The API as programs meet it: tokens, scopes, errors as data.

use serde_json::json;

use crate::harness::{AUDITOR, EMPLOYEE, MANAGER, OFFICER, on_both};

on_both! {
    async fn a_token_opens_only_what_its_owner_may(app) {
        app.visitor().get("/api/v1/department").await.is(401);
        let mut forged = app.visitor();
        forged.bearer = Some("forged".to_owned());
        forged.get("/api/v1/department").await.is(401);
        let reader = app.program(OFFICER, "read").await;
        reader.get("/api/v1/department").await.is(200);
        reader.json("POST", "/api/v1/department", &json!({"name": "x"})).await.is(403);
        let auditor = app.program(AUDITOR, "write").await;
        auditor.get("/api/v1/department").await.is(200);
        auditor.json("POST", "/api/v1/department", &json!({"name": "x"})).await.is(403);
        // A token opens the API, never a page.
        reader.get("/organization/department").await.is(303);
    }

    async fn scope_of_department_holds_in_the_api(app) {
        let values = |name: &'static str, department: &str| mamori_ledger::Values::default().with("name", name).with("department", department).with("classification", "2").with("storage", "paper");
        app.put("aoba", "information_asset", values("給与台帳", &app.rows["人事部"])).await;
        app.put("aoba", "information_asset", values("金型図面", &app.rows["製造部"])).await;
        let manager = app.program(MANAGER, "read").await;
        let listed = manager.get("/api/v1/information_asset").await.is(200).json();
        assert_eq!((&listed["total"], &listed["items"][0]["name"]), (&json!(1), &json!("給与台帳")));
        let employee = app.program(EMPLOYEE, "read").await;
        let none = employee.get("/api/v1/information_asset").await;
        assert!(none.status == 403 || none.json()["total"] == 0);
    }

    async fn errors_are_data_with_a_sentence(app) {
        let program = app.program(OFFICER, "write").await;
        let wrong = program.json("POST", "/api/v1/department", &json!({"name": ""})).await.is(422).json();
        assert_eq!(wrong["error"]["code"], "invalid");
        assert!(wrong["error"]["message"].as_str().unwrap().len() > 5);
        assert!(wrong["error"]["fields"].to_string().contains("name"), "{wrong}");
        let broken = program.send("POST", "/api/v1/department", "application/json", "{\"name\": ").await;
        assert!((400..500).contains(&broken.status) && broken.json()["error"]["message"].is_string());
        assert_eq!(program.get("/api/v1/nothing").await.is(404).json()["error"]["code"], "not-found");
        assert_eq!(program.get("/api/v1/department/1").await.is(404).json()["error"]["code"], "not-found");
    }

    async fn paging_sorting_and_searching(app) {
        let program = app.program(OFFICER, "read").await;
        let names = |answer: serde_json::Value| -> Vec<String> {
            answer["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
        };
        let all = names(program.get("/api/v1/department?sort=name&limit=100").await.is(200).json());
        assert_eq!(all.len(), 5);
        let back = names(program.get("/api/v1/department?sort=-name&limit=100").await.is(200).json());
        assert_eq!(all.iter().rev().collect::<Vec<_>>(), back.iter().collect::<Vec<_>>());
        let second = program.get("/api/v1/department?sort=name&limit=2&offset=2").await.is(200).json();
        assert_eq!((&second["total"], &second["limit"], &second["offset"]), (&json!(5), &json!(2), &json!(2)));
        assert_eq!(names(second), all[2..4]);
        assert_eq!(names(program.get(&format!("/api/v1/department?q={}", crate::trial::encode("課"))).await.is(200).json()).len(), 2);
    }
}
