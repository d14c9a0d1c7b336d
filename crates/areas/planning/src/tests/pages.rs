//! Every page answers, in both languages, before and after there is something to show; buttons need their right.

use axum::http::StatusCode;
use mamori_kernel::lang::Lang;
use mamori_ledger::Values;

use super::house::House;

const PAGES: [&str; 8] = [
    "/planning/budget",
    "/planning/budget?year=2027",
    "/planning/budget?year=hundred",
    "/planning/effect",
    "/planning/budget_item",
    "/planning/budget_request",
    "/planning/metric",
    "/planning/measurement",
];

#[tokio::test]
async fn pages_answer_empty_and_filled() {
    for house in House::each().await {
        for lang in Lang::ALL {
            for page in PAGES {
                house.get(page, lang).await;
            }
        }
        let measure = house.measure("多要素認証").await;
        let free = Values::default()
            .with("title", "ログイン通知を有効にする")
            .with("policy", "reduce")
            .with("measure", "設定する")
            .with("owner", house.sakamoto.as_str())
            .with("due", jiff::civil::date(2026, 12, 25))
            .with("state", "planned")
            .with("already_owned", true);
        house.add("treatment", free).await;
        let (status, to) = house.post("/planning/budget/take", "year=2026", house.officer()).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/planning/budget?year=2026"));
        let (status, _) = house.post("/planning/budget/carry", "year=2027", house.officer()).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (status, request) = house.post("/planning/budget/request", "year=2026", house.officer()).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        for lang in Lang::ALL {
            for page in PAGES {
                house.get(page, lang).await;
            }
            house.get(&request, lang).await;
            house.get(&format!("/planning/budget_item/new?treatment={measure}&fiscal_year=2026"), lang).await;
            house.get(&format!("/planning/metric/new?treatment={measure}&name=x&unit=y&direction=up"), lang).await;
            let page = house.get(&format!("/risk/treatment/{measure}"), lang).await;
            assert!(page.contains("/planning/metric/new?treatment=") && page.contains("/planning/budget_item/"), "{page}");
        }
        let budget = house.get("/planning/budget?year=2026", Lang::Ja).await;
        for words in [
            "840,000円",
            "事後対策費用の予定がありません",
            "2,386,000円",
            "ログイン通知を有効にする",
            "今のサービスに付いている機能",
        ] {
            assert!(budget.contains(words), "{words}");
        }
    }
}

#[tokio::test]
async fn a_manager_looks_and_does_not_plan_for_others() {
    for house in House::each().await {
        for address in ["/planning/budget/take", "/planning/budget/carry", "/planning/budget/request"] {
            assert_eq!(house.post(address, "year=2026", house.manager()).await.0, StatusCode::FORBIDDEN, "{address}");
        }
        house.measure("多要素認証").await;
        house.take_over().await;
        let id = house.begin(2026).await.unwrap();
        let address = format!("/planning/budget_request/{id}/draft");
        assert_eq!(house.post(&address, "version=1", house.executive()).await.0, StatusCode::FORBIDDEN);
        assert_eq!(house.post(&address, "version=99", house.officer()).await.0, StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn a_risk_shows_what_its_measures_cost() {
    for house in House::each().await {
        let risk = house
            .add("scenario", Values::default().with("title", "名簿の漏えい").with("found_on", jiff::civil::date(2026, 11, 1)))
            .await;
        let address = format!("/risk/scenario/{}", risk.meta.id);
        assert!(!house.get(&address, Lang::Ja).await.contains("全期間で"));
        let measure = house.measure("多要素認証").await;
        let risks = mamori_ledger::Value::List(vec![risk.meta.id.clone()]);
        house.change("treatment", &measure, Values::default().with("risks", risks)).await.unwrap();
        for (lang, words) in [(Lang::Ja, "対策1件に、全期間で1,320,000円"), (Lang::En, "cost ¥1,320,000 over all years")]
        {
            let page = house.get(&address, lang).await;
            assert!(page.contains(words), "{page}");
        }
    }
}
