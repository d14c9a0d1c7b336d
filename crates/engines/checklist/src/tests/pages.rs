//! The pages answer in both languages; saving works with and without scripts.

use axum::http::{Request, StatusCode};
use mamori_kernel::access::Role;
use mamori_kernel::lang::Lang;

use super::house::{House, typed};

#[tokio::test]
async fn every_page_answers_empty_and_filled() {
    for house in House::each().await {
        for lang in Lang::ALL {
            assert!(house.get("/check_area", lang).await.contains("/check_area/check/new?catalogue=test.checks"));
            house.get("/check_area/check", lang).await;
            house.get("/check_area/check/new?catalogue=test.checks", lang).await;
        }
        let check = house.check().await;
        let at = |tail: &str| format!("/check_area/check/{check}{tail}");
        for lang in Lang::ALL {
            for tail in ["", "/answer", "/result", "/renew", "/edit", "/answer?show=unknown"] {
                house.get(&at(tail), lang).await;
            }
        }
        house
            .answer(house.officer().await, &check, vec![typed("lock", "no"), typed("guard", "unknown"), typed("PR.AC-1", "2")])
            .await
            .unwrap();
        for lang in Lang::ALL {
            for tail in ["", "/answer", "/result", "/result?print=1", "/renew", "/answer?show=open", "/answer?show=findings"] {
                house.get(&at(tail), lang).await;
            }
        }
        let answers = house.get(&at("/answer"), Lang::Ja).await;
        assert!(answers.contains("id=\"i-PR.AC-1\"") && answers.contains("name=\"t.PR.AC-1\"") && answers.contains("扉に鍵を"));
        assert!(answers.contains("やることにする"), "a finding is offered");
        let open = house.get(&at("/answer?show=open"), Lang::Ja).await;
        assert!(!open.contains("id=\"i-lock\"") && open.contains("id=\"i-count\""));
        let result = house.get(&at("/result"), Lang::Ja).await;
        assert!(result.contains("足りないところ") && result.contains("確かめること"));
    }
}

#[tokio::test]
async fn one_answer_saved_by_script_brings_its_line_and_the_figures() {
    for house in House::each().await {
        let check = house.check().await;
        let address = format!("/check_area/check/{check}/item/lock");
        let request =
            Request::post(&address).header("hx-request-type", "partial").body("a.lock=no&v.lock=0&n.lock=".into()).unwrap();
        let (status, body, _) = house.ask(request, house.officer().await, Lang::Ja).await;
        assert_eq!(status, StatusCode::OK);
        assert!(body.contains("name=\"v.lock\" value=\"1\"") && body.contains("hx-swap-oob") && body.contains("1 / 7"), "{body}");
        assert!(!body.contains("<textarea"), "what is being typed elsewhere is not replaced");
        // Another person with the old page: the reason, and the answer that stands.
        let request = Request::post(&address).header("hx-request-type", "partial").body("a.lock=yes&v.lock=0".into()).unwrap();
        let (status, body, _) = house.ask(request, house.who("木村", Role::Employee).await, Lang::Ja).await;
        assert_eq!(status, StatusCode::OK);
        assert!(body.contains("先に坂本さん") && body.contains("できていない"), "{body}");
    }
}

#[tokio::test]
async fn without_scripts_all_is_saved_together_and_nothing_typed_is_lost() {
    for house in House::each().await {
        let check = house.check().await;
        let address = format!("/check_area/check/{check}/answer");
        let (status, _, to) = house.post(&address, "a.lock=yes&v.lock=0&a.count=7&v.count=0&v.guard=0").await;
        assert_eq!((status, to), (StatusCode::SEE_OTHER, address.clone()));
        let (status, body, _) = house.post(&address, "a.count=abc&v.count=1&n.count=memo&a.guard=no&v.guard=0").await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(body.contains("value=\"abc\"") && body.contains("memo") && body.contains("数として読めません"), "{body}");
        assert_eq!(house.find("check", &check).await.get("findings").as_int(), Some(1), "the other one was saved");
    }
}

#[tokio::test]
async fn buttons_move_the_check_and_lead_on() {
    for house in House::each().await {
        let check = house.check().await;
        let at = |tail: &str| format!("/check_area/check/{check}/{tail}");
        let (status, _, to) = house.post(&at("item/lock/make/todo"), "a.lock=no&v.lock=0").await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert!(to.starts_with("/test/todo/"), "the answer beside the button is saved first");
        let (status, _, to) = house.post(&at("item/plan/file"), "v.plan=0").await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert!(to.starts_with("/check_area/check_answer/"));
        let (_, _, again) = house.post(&at("item/plan/file"), "v.plan=1").await;
        assert_eq!(again, to, "one row for one answer");
        assert_eq!(house.post(&at("do/finish"), "").await.0, StatusCode::CONFLICT);
        assert_eq!(house.post(&at("do/dance"), "").await.0, StatusCode::NOT_FOUND);
        let (status, _, to) = house.post(&at("renew"), "").await;
        assert_eq!((status, to.ends_with("/answer?show=open")), (StatusCode::SEE_OTHER, true));
        let (status, _, to) = house.post(&at("again"), "").await;
        assert_eq!((status, to.ends_with("/answer")), (StatusCode::SEE_OTHER, true));
    }
}
