use axum::http::StatusCode;
use mamori_kernel::access::Role;
use mamori_ledger::Values;

use super::house::House;

async fn sheet(house: &House) -> (String, String, String) {
    let values = Values::default()
        .with("name", "受注システム")
        .with("kind", "system")
        .with("assets", mamori_ledger::Value::List(vec![house.roster.clone()]))
        .with("department", house.personnel.as_str());
    let id = house.add("stride_model", values).await.meta.id;
    for (name, kind) in [("%E5%8F%97%E6%B3%A8%E7%94%BB%E9%9D%A2", "process"), ("%E9%A1%A7%E5%AE%A2DB", "store")] {
        let answer = house.post(&format!("/threats/stride_model/{id}/element"), &format!("name={name}&kind={kind}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    let parts = house.rows("stride_element").await;
    let of = |name: &str| parts.iter().find(|row| row.get("name").as_str() == name).unwrap().meta.id.clone();
    (id, of("受注画面"), of("顧客DB"))
}

#[tokio::test]
async fn a_sheet_is_judged_cell_by_cell_and_a_weak_point_becomes_a_risk() {
    for house in House::each().await {
        let empty = house.add("stride_model", Values::default().with("name", "空").with("kind", "flow")).await.meta.id;
        assert!(house.get(&format!("/threats/stride_model/{empty}/sheet")).await.contains("対象を部品に分けます"));
        let (id, screen, store) = sheet(&house).await;
        let page = house.get(&format!("/threats/stride_model/{id}/sheet")).await;
        assert!(page.contains("0 / 9 (0%)"), "six letters for a process, three for a store: {page}");
        let judge = |part: &str, letter: &str, verdict: &str, version: i64| {
            format!("element={part}&letter={letter}&verdict={verdict}&note=%E5%85%B1%E6%9C%89ID&version={version}&then=next")
        };
        let address = format!("/threats/stride_model/{id}/verdict");
        let answer = house.post(&address, &judge(&screen, "S", "weak", 0)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert!(answer.to.contains(&format!("element={screen}&letter=T")), "on to the next: {}", answer.to);
        let late = house.post(&address, &judge(&screen, "S", "fine", 0)).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "somebody else judged it meanwhile");
        assert!(late.body.contains("あなたの入力：共有ID") && late.body.contains("ほかの人が先に"));
        assert_eq!(
            house.post(&address, &judge(&screen, "S", "weak", 1)).await.status,
            StatusCode::SEE_OTHER,
            "the same again is nothing"
        );
        assert_eq!(house.post(&address, &judge(&screen, "S", "dreadful", 1)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            house.post(&address, &judge(&store, "E", "unknown", 0)).await.status,
            StatusCode::SEE_OTHER,
            "a cell beside the point"
        );
        let page = house.get(&format!("/threats/stride_model/{id}/sheet?element={screen}&letter=S")).await;
        assert!(
            page.contains("2 / 10 (20%)") && page.contains("共有ID") && page.contains("ほかの人や機器のふりをして"),
            "{page}"
        );
        for _ in 0..2 {
            let answer = house
                .post(&format!("/threats/stride_model/{id}/risk"), &format!("element={screen}&letter=S&threat=phishing"))
                .await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        }
        let risks = house.rows("scenario").await;
        assert_eq!(risks.len(), 1);
        assert_eq!(
            (risks[0].get("title").as_str(), risks[0].get("source").as_str()),
            ("受注システムの「受注画面」でのなりすまし", "stride")
        );
        assert!(!risks[0].get("threat").is_empty(), "the company's row of the threat");
        let back = house.get(risks[0].get("source_key").as_str()).await;
        assert!(back.contains(&format!("/risk/scenario/{}", risks[0].meta.id)));
        let straight = house.swap(&format!("/threats/stride_model/{id}/risk"), &format!("element={store}&letter=T")).await;
        assert_eq!(straight.status, StatusCode::OK, "{}", straight.body);
        let cell = house.rows("stride_verdict").await.into_iter().find(|row| row.get("letter").as_str() == "T").unwrap();
        assert_eq!(cell.get("verdict").as_str(), "weak", "what is registered without a verdict is weak");
        assert!(house.get(&format!("/threats/stride_model/{id}")).await.contains("弱いところ"));
    }
}

#[tokio::test]
async fn parts_are_renamed_moved_taken_off_and_put_back_with_their_verdicts() {
    for house in House::each().await {
        let (id, screen, store) = sheet(&house).await;
        let at = |part: &str| format!("/threats/stride_model/{id}/element/{part}");
        let twin = house.post(&format!("/threats/stride_model/{id}/element"), "name=%E9%A1%A7%E5%AE%A2DB&kind=flow").await;
        assert_eq!(twin.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twin.body.contains("はもうあります"));
        let nameless = house.post(&format!("/threats/stride_model/{id}/element"), "name=&kind=flow").await;
        assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(house.post(&at(&store), "do=up").await.status, StatusCode::SEE_OTHER);
        let page = house.get(&format!("/threats/stride_model/{id}/sheet")).await;
        assert!(page.find("顧客DB").unwrap() < page.find("受注画面").unwrap());
        assert_eq!(house.post(&at(&store), "do=up").await.status, StatusCode::SEE_OTHER, "further up there is nothing");
        house
            .post(
                &format!("/threats/stride_model/{id}/verdict"),
                &format!("element={screen}&letter=S&verdict=weak&note=&version=0"),
            )
            .await;
        house.post(&at(&screen), "do=save&name=%E7%AA%93%E5%8F%A3&kind=external").await;
        assert_eq!(house.rows("stride_verdict").await[0].get("name").as_str(), "窓口 × S なりすまし");
        assert_eq!(house.post(&at(&screen), "do=retire").await.status, StatusCode::SEE_OTHER);
        assert!(!house.get(&format!("/threats/stride_model/{id}/sheet")).await.contains("窓口"));
        // The undo of a message is a form without fields.
        assert_eq!(house.post(&at(&screen), "").await.status, StatusCode::SEE_OTHER);
        let page = house.get(&format!("/threats/stride_model/{id}/sheet")).await;
        assert!(page.contains("窓口") && page.contains("弱いところ"));
        let other = house.add("stride_model", Values::default().with("name", "別").with("kind", "flow")).await.meta.id;
        assert_eq!(
            house.post(&format!("/threats/stride_model/{other}/element/{screen}"), "do=retire").await.status,
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn a_sheet_follows_its_department_and_goes_as_a_whole() {
    for house in House::each().await {
        let (id, screen, _) = sheet(&house).await;
        let judge = format!("element={screen}&letter=S&verdict=weak&note=&version=0");
        let answer = house.post_as(&format!("/threats/stride_model/{id}/verdict"), &judge, house.manager()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        house.change("stride_model", &id, Values::default().with("department", house.sales.as_str())).await;
        assert_eq!(
            house.get_as(&format!("/threats/stride_model/{id}/sheet"), house.manager()).await.status,
            StatusCode::NOT_FOUND
        );
        let row = house.rows("stride_verdict").await[0].meta.id.clone();
        assert_eq!(house.get_as(&format!("/threats/stride_verdict/{row}"), house.manager()).await.status, StatusCode::NOT_FOUND);
        let employee = house.actor(Role::Employee, "林", "", &[&house.sales]);
        assert_eq!(house.get_as(&format!("/threats/stride_model/{id}/sheet"), employee).await.status, StatusCode::FORBIDDEN);
        let version = house.find("stride_model", &id).await.meta.version;
        let gone = house.post(&format!("/threats/stride_model/{id}/retire"), &format!("version={version}")).await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.body);
        assert!(house.rows("stride_element").await.is_empty() && house.rows("stride_verdict").await.is_empty());
        house.post(&format!("/threats/stride_model/{id}/restore"), "").await;
        assert_eq!((house.rows("stride_element").await.len(), house.rows("stride_verdict").await.len()), (2, 1));
    }
}
