//! A system is checked; what is missing becomes a risk.

use axum::http::StatusCode;
use mamori_kernel::lang::Lang;
use mamori_ledger::Values;
use mamori_store::{Reader as _, args};

use super::house::House;

#[tokio::test]
async fn an_answer_becomes_a_risk_once_and_is_shown_where_it_was_given() {
    for house in House::each().await {
        let asset = Values::default()
            .with("name", "勤怠システム")
            .with("storage", "external_server")
            .with("department", house.sales.as_str());
        let asset = house.add("information_asset", asset).await.meta.id;
        let check = Values::default()
            .with("title", "勤怠システムの点検")
            .with("catalogue", "assessment.system_check")
            .with("asset", asset.as_str())
            .with("department", house.sales.as_str());
        let check = house.add_as("坂本", "check", check).await.unwrap().meta.id;
        let at = |tail: &str| format!("/assessment/check/{check}/{tail}");
        let (status, _) =
            house.post("坂本", &at("item/brute_force"), "a.brute_force=no&v.brute_force=0&n.brute_force=何度でも試せる").await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let page = house.get("坂本", &at("answer"), Lang::Ja).await;
        assert!(page.contains("リスクに登録") && page.contains("item/brute_force/make/risk"));
        let (status, risk) = house.post("坂本", &at("item/brute_force/make/risk"), "").await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (_, again) = house.post("坂本", &at("item/brute_force/make/risk"), "").await;
        assert_eq!(again, risk);
        assert_eq!(house.count("scenario").await, 1);
        let row = house.find("scenario", risk.rsplit('/').next().unwrap()).await;
        assert_eq!(row.get("title").as_str(), "勤怠システムの点検：ブルートフォース攻撃");
        assert!(row.get("story").as_str().contains("何度でも試せる"));
        assert_eq!((row.get("source").as_str(), row.get("assets").as_list()), ("check", &[asset.clone()][..]));
        assert_eq!(row.get("department").as_str(), house.sales);
        for tail in ["answer", "result"] {
            for lang in Lang::ALL {
                assert!(house.get("坂本", &at(tail), lang).await.contains(&risk), "{tail} shows the risk");
            }
        }
        // 川口 may not enter risks, and is not asked to answer this check.
        assert_eq!(house.post("川口", &at("item/brute_force/make/risk"), "").await.0, StatusCode::FORBIDDEN);
        let linked = house.get("坂本", &format!("/assets/information_asset/{asset}"), Lang::Ja).await;
        assert!(linked.contains(&check), "the asset shows its check");
    }
}

#[tokio::test]
async fn the_first_page_offers_the_checklists_that_stand_by_themselves() {
    for house in House::each().await {
        let page = house.get("坂本", "/assessment", Lang::Ja).await;
        assert_eq!(page.matches("/assessment/check/new?catalogue=").count(), 3, "the ten questions come with a review");
        assert!(page.contains("17問"));
        house.get("木村", "/assessment", Lang::En).await;
        house.get("坂本", "/assessment/check/new?catalogue=assessment.people", Lang::Ja).await;
        let mut view = house.db.view(house.who("坂本").await).await.unwrap();
        assert!(view.first("select id from check_sheet where company_id = $1", args![]).await.unwrap().is_none());
    }
}
