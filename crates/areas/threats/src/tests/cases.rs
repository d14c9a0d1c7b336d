use axum::http::StatusCode;
use mamori_kernel::access::Role;
use mamori_ledger::Values;

use super::house::House;

#[tokio::test]
async fn a_case_becomes_a_risk_and_treatments() {
    for house in House::each().await {
        let values = Values::default()
            .with("title", "退職者が名簿を持ち出した")
            .with("summary", "退職の前日に3,000件を私物のUSBへ")
            .with("department", house.personnel.as_str());
        let id = house.add("case_study", values).await.meta.id;
        let page = house.get(&format!("/threats/case_study/{id}")).await;
        assert!(page.contains("同じことが自社で起こるかを考えます") && page.contains("/edit#f-possible"), "{page}");
        let risk = format!("/threats/case_study/{id}/risk");
        let early = house.post(&risk, "").await;
        assert_eq!(early.status, StatusCode::CONFLICT, "not before somebody said that it could happen");
        let more = Values::default()
            .with("possible", "yes")
            .with("why", "USBを制限していない")
            .with("cause_technical", "制限がない")
            .with("prevent_technical", "USBを使えなくする\n例外は申請制")
            .with("response", "権限を止め、社長に知らせる");
        house.change("case_study", &id, more).await;
        assert!(house.get(&format!("/threats/case_study/{id}")).await.contains("5つの段階をすべて検討しました"));
        assert_eq!(house.post(&risk, "").await.to, format!("/threats/case_study/{id}"));
        let made = house.rows("scenario").await;
        assert_eq!((made.len(), made[0].get("source").as_str()), (1, "case"));
        assert!(house.post(&risk, "").await.to.contains(&made[0].meta.id), "twice is once");
        let treat = format!("/threats/case_study/{id}/treatment/technical");
        let refused = house.post(&treat, "").await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("担当者と期限"), "{}", refused.body);
        let who = Values::default().with("owner", house.kimura.as_str()).with("due", jiff::civil::date(2026, 12, 25));
        house.change("case_study", &id, who).await;
        for _ in 0..2 {
            assert_eq!(house.post(&treat, "").await.status, StatusCode::SEE_OTHER);
        }
        let treatments = house.rows("treatment").await;
        assert_eq!(treatments.len(), 1, "one for each kind");
        assert_eq!(
            (treatments[0].get("kind").as_str(), treatments[0].get("title").as_str()),
            ("technical", "USBを使えなくする（技術的）")
        );
        assert_eq!(treatments[0].get("risks").as_list(), [made[0].meta.id.clone()]);
        assert_eq!(house.post(&format!("/threats/case_study/{id}/treatment/human"), "").await.status, StatusCode::CONFLICT);
        assert_eq!(house.post(&format!("/threats/case_study/{id}/treatment/magic"), "").await.status, StatusCode::NOT_FOUND);
        let page = house.get(&format!("/threats/case_study/{id}")).await;
        assert!(
            page.contains(&format!("/risk/treatment/{}", treatments[0].meta.id))
                && page.contains(&format!("/risk/scenario/{}", made[0].meta.id))
        );
    }
}

#[tokio::test]
async fn a_card_becomes_a_risk_once() {
    for house in House::each().await {
        for page in [
            "/threats/cards",
            "/threats/cards/print",
            "/threats/cards/ransomware",
            "/threats/stride_model",
            "/threats/attack_tree",
            "/threats/case_study/new",
        ] {
            house.get(page).await;
        }
        assert_eq!(house.get_as("/threats/cards/dragons", house.officer()).await.status, StatusCode::NOT_FOUND);
        let mut seen = Vec::new();
        for _ in 0..2 {
            let answer = house.post("/threats/cards/ransomware/risk", "story=%E5%85%B1%E6%9C%89").await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
            seen.push(answer.to);
        }
        assert_eq!(seen[0], seen[1]);
        let risks = house.rows("scenario").await;
        assert_eq!(risks.len(), 1);
        assert!(risks[0].get("story").as_str().ends_with("共有") && !risks[0].get("threat").is_empty());
        assert!(house.get("/threats/cards/ransomware").await.contains("登録済みです"));
        let employee = house.actor(Role::Employee, "林", "", &[]);
        assert_eq!(house.get_as("/threats/cards", employee).await.status, StatusCode::FORBIDDEN);
        let executive = house.actor(Role::Executive, "灯野", "", &[]);
        assert_eq!(house.get_as("/threats/cards/ransomware", executive).await.status, StatusCode::OK);
    }
}
