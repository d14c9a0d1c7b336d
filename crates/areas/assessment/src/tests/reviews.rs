//! 川口 wants to use an online meeting service.

use axum::http::StatusCode;
use mamori_approval::request::State;
use mamori_approval::request::rules::Verdict;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Lang;
use mamori_ledger::Values;
use mamori_store::args;

use super::house::House;
use crate::catalogues::{NEW_SERVICE, checks};

fn refusal<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Refused(words) | Error::Forbidden(words)) => words.ja.into_owned(),
        other => panic!("{other:?}"),
    }
}

async fn review(house: &House) -> String {
    let values = Values::default()
        .with("title", "オンライン商談システム")
        .with("provider", "架空会議株式会社")
        .with("department", house.sales.as_str())
        .with("applicant", house.person("川口").await)
        .with("purpose", "遠方のお客様と商談するため")
        .with("benefit", "営業部とお客様")
        .with("information", "商談の画面と、お客様の氏名")
        .with("personal", true)
        .with("storage", "external_server");
    house.add_as("川口", "service_review", values).await.unwrap().meta.id
}

/// Answers all ten questions; those named get another answer than yes.
async fn answer(house: &House, review: &str, others: &[(&str, &str)]) -> String {
    let check = house.find("service_review", review).await.get("sheet").as_str().to_owned();
    let items = checks().newest(NEW_SERVICE).unwrap().items.clone();
    let body: Vec<String> = items
        .iter()
        .map(|item| {
            let answer = others.iter().find(|(code, _)| *code == item.code).map_or("yes", |(_, answer)| answer);
            format!("a.{0}={answer}&v.{0}=0", item.code)
        })
        .collect();
    let (status, _) = house.post("川口", &format!("/assessment/check/{check}/answer"), &body.join("&")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    check
}

async fn condition(house: &House, review: &str) -> String {
    let values = Values::default()
        .with("title", "操作記録を毎月確かめる")
        .with("review", review)
        .with("item", "logs_and_rights")
        .with("measure", "月初に管理画面から記録を取り出し、知らない操作がないか見る")
        .with("owner", house.person("木村").await)
        .with("due", "2026-12-31".parse::<jiff::civil::Date>().unwrap());
    house.add_as("川口", "review_condition", values).await.unwrap().meta.id
}

#[tokio::test]
async fn from_purpose_to_both_signatures_and_what_follows() {
    for house in House::each().await {
        let id = review(&house).await;
        let page = format!("/assessment/service_review/{id}");
        assert!(house.get("川口", &page, Lang::Ja).await.contains("残り10問"));
        let check = answer(&house, &id, &[("logs_and_rights", "partly"), ("support_identity", "unknown")]).await;
        assert!(refusal(house.propose("川口", &id).await).contains("結論を選んで"));
        assert!(house.get("川口", &page, Lang::Ja).await.contains("「条件を付けて利用する」が合います"));
        let verdict = async |code: &'static str| {
            house.change_as("川口", "service_review", &id, Values::default().with("verdict", code)).await
        };
        verdict("fits").await.unwrap();
        assert!(refusal(house.propose("川口", &id).await).contains("満たしていない質問が2件"));
        verdict("accept_with_measure").await.unwrap();
        assert!(refusal(house.propose("川口", &id).await).contains("条件を、一つ以上"));
        let condition = condition(&house, &id).await;
        for lang in Lang::ALL {
            house.get("川口", &page, lang).await;
            house.get("坂本", &format!("/assessment/review_condition/new?review={id}&item=support_identity"), lang).await;
        }
        let approval = house.propose("川口", &id).await.unwrap();
        assert_eq!(house.find("service_review", &id).await.get("state").as_str(), "waiting");
        let late = house.change_as("川口", "service_review", &id, Values::default().with("purpose", "別の目的")).await;
        assert!(matches!(late, Err(Error::Invalid(_))), "signed things do not change");
        let late = house.change_as("川口", "review_condition", &condition, Values::default().with("measure", "しない")).await;
        assert!(matches!(late, Err(Error::Invalid(_))));
        // The officer's turn comes after the head of the department.
        assert!(house.decide("坂本", &approval, Verdict::Approve).await.is_err());
        assert_eq!(house.decide("木村", &approval, Verdict::Approve).await.unwrap(), State::InReview);
        assert_eq!(house.count("information_asset").await, 0, "nothing follows before both have signed");
        assert_eq!(house.decide("坂本", &approval, Verdict::Approve).await.unwrap(), State::Approved);
        let row = house.find("service_review", &id).await;
        assert_eq!((row.get("state").as_str(), row.get("decided_by").as_str()), ("approved", "坂本"));
        let asset = house.find("information_asset", row.get("asset").as_str()).await;
        assert_eq!((asset.get("name").as_str(), asset.get("storage").as_str()), ("オンライン商談システム", "external_server"));
        assert!(asset.get("pi_personal").is_yes());
        let mut view = house.db.view(house.who("坂本").await).await.unwrap();
        let text = "select id, title, source, source_key, assets from scenario where company_id = $1 order by source_key";
        let risks = view.rows(text, args![]).await.unwrap();
        assert_eq!(risks.len(), 2);
        for risk in &risks {
            assert_eq!(risk.text("source").unwrap(), "review");
            assert!(risk.text("source_key").unwrap().starts_with(&format!("/assessment/check/{check}/answer#i-")));
            assert!(risk.text("assets").unwrap().contains(&asset.meta.id));
        }
        assert_eq!(risks[0].text("title").unwrap(), "オンライン商談システム：取得するログと権限");
        drop(view);
        let treatment = house.find("review_condition", &condition).await.get("treatment").as_str().to_owned();
        let treatment = house.find("treatment", &treatment).await;
        assert_eq!(treatment.get("title").as_str(), "操作記録を毎月確かめる");
        assert_eq!(treatment.get("asset").as_str(), asset.meta.id);
        assert_eq!(treatment.get("risks").as_list(), [risks[0].text("id").unwrap()]);
        for lang in Lang::ALL {
            assert!(house.get("坂本", &page, lang).await.contains(&treatment.meta.id));
        }
    }
}

#[tokio::test]
async fn an_answer_changed_after_the_first_signature_makes_it_void() {
    for house in House::each().await {
        let id = review(&house).await;
        let check = answer(&house, &id, &[]).await;
        house.change_as("川口", "service_review", &id, Values::default().with("verdict", "fits")).await.unwrap();
        let approval = house.propose("川口", &id).await.unwrap();
        house.decide("木村", &approval, Verdict::Approve).await.unwrap();
        let (status, _) =
            house.post("川口", &format!("/assessment/check/{check}/item/version_up"), "a.version_up=no&v.version_up=1").await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert!(house.decide("坂本", &approval, Verdict::Approve).await.is_err());
        assert_eq!(house.count("information_asset").await, 0);
        assert_eq!(house.decide("坂本", &approval, Verdict::Return).await.unwrap(), State::Returned);
        assert_eq!(house.find("service_review", &id).await.get("state").as_str(), "returned");
    }
}

#[tokio::test]
async fn giving_up_keeps_the_reason_and_enters_nothing() {
    for house in House::each().await {
        let id = review(&house).await;
        let values = Values::default().with("verdict", "give_up");
        house.change_as("川口", "service_review", &id, values).await.unwrap();
        assert!(refusal(house.propose("川口", &id).await).contains("理由を書いて"));
        let values = Values::default().with("reason", mamori_ledger::Value::from("データの場所を教えてもらえない"));
        house.change_as("川口", "service_review", &id, values).await.unwrap();
        let approval = house.propose("川口", &id).await.unwrap();
        house.decide("木村", &approval, Verdict::Approve).await.unwrap();
        house.decide("坂本", &approval, Verdict::Approve).await.unwrap();
        assert_eq!(house.find("service_review", &id).await.get("state").as_str(), "refused");
        assert_eq!((house.count("information_asset").await, house.count("scenario").await), (0, 0));
        // Its check belongs to it and does not go alone.
        let check = house.find("service_review", &id).await.get("sheet").as_str().to_owned();
        let (status, _) = house.post("坂本", &format!("/assessment/check/{check}/retire"), "version=1").await;
        assert_eq!(status, StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn an_employee_sees_only_the_own_requests() {
    for house in House::each().await {
        let values = Values::default()
            .with("title", "名刺管理サービス")
            .with("department", house.sales.as_str())
            .with("applicant", house.person("木村").await)
            .with("purpose", "名刺を探すため")
            .with("benefit", "営業部")
            .with("information", "取引先の氏名");
        let id = house.add_as("木村", "service_review", values).await.unwrap().meta.id;
        let address = format!("/assessment/service_review/{id}");
        let request = axum::http::Request::get(&address).body(axum::body::Body::empty()).unwrap();
        assert_eq!(house.ask("川口", request, Lang::Ja).await.0, StatusCode::NOT_FOUND);
        house.get("灯野", &address, Lang::Ja).await;
        assert!(
            refusal(house.propose("坂本", &id).await.map(|_| ())).contains("点検の残り"),
            "an officer may help, once it is complete"
        );
    }
}
