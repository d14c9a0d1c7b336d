//! Every page of the area answers, in both languages, before and after there is something to show.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use mamori_kernel::access::Role;
use mamori_kernel::lang::Lang;
use mamori_ledger::Registry;
use mamori_ledger::web::{Identity, Membership, Page};
use mamori_store::Actor;
use tower::ServiceExt as _;

use super::house::{House, areas};

impl House {
    pub async fn ask(&self, request: Request<Body>, actor: std::sync::Arc<Actor>, lang: Lang) -> (StatusCode, String) {
        let (_, routes) = Registry::build(areas()).unwrap();
        let identity = Identity {
            actor,
            login: "sakamoto".to_owned(),
            session_id: String::new(),
            company: Some(Membership { id: self.company.clone(), code: "hinose".to_owned(), name: "灯ノ瀬精工".to_owned() }),
            companies: Vec::new(),
            installation_admin: false,
            lang,
            fiscal_start_month: 4,
        };
        let mut request = request;
        request.extensions_mut().insert(identity);
        let response = routes.into_parts().0.with_state(self.app()).oneshot(request).await.unwrap();
        let body = response.extensions().get::<Page>().map(|page| format!("{} {} {}", page.title, page.lead, page.body.as_str()));
        (response.status(), body.unwrap_or_default())
    }

    pub async fn get(&self, address: &str, lang: Lang) -> String {
        let (status, body) = self.ask(Request::get(address).body(Body::empty()).unwrap(), self.officer(), lang).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        if let Ok(folder) = std::env::var("MAMORI_PAGES_OUT") {
            let name = format!("{folder}/{}-{}.html", address.trim_matches('/').replace(['/', '?', '='], "_"), lang.code());
            std::fs::write(name, &body).unwrap();
        }
        assert!(!body.contains('⟦'), "{address}: {}", &body[body.find('⟦').unwrap()..][..60]);
        body
    }

    pub async fn post(&self, address: &str, body: &str) -> StatusCode {
        let request = Request::post(address).body(Body::from(body.to_owned())).unwrap();
        self.ask(request, self.officer(), Lang::Ja).await.0
    }
}

const PAGES: [&str; 16] = [
    "/risk/appetite",
    "/risk/insurance",
    "/risk/customer_demand",
    "/risk/treatment?view=owned",
    "/risk/acceptance?view=again",
    "/risk/acceptance/new",
    "/risk/customer_demand/new",
    "/risk",
    "/risk?show=untreated",
    "/risk/check",
    "/risk/method",
    "/risk/report",
    "/risk/treatment",
    "/risk/acceptance",
    "/risk/threat_level",
    "/risk/risk_method",
];

#[tokio::test]
async fn pages_answer_empty_and_filled() {
    for house in House::each().await {
        for lang in Lang::ALL {
            for page in PAGES {
                house.get(page, lang).await;
            }
        }
        assert_eq!(house.post("/risk/start", "").await, StatusCode::SEE_OTHER);
        assert_eq!(house.post("/risk/check/access_control", "all=partial").await, StatusCode::SEE_OTHER);
        let ids = house.samples().await;
        for lang in Lang::ALL {
            for page in PAGES {
                house.get(page, lang).await;
            }
            let asset = house.get(&format!("/risk/asset/{}", ids[0]), lang).await;
            assert!(asset.contains("2 × 2") && asset.contains("/risk/treatment/new?asset="), "{asset}");
            house.get(&format!("/risk/treatment/new?asset={}&measure=mfa_cloud", ids[7]), lang).await;
            house.get(&format!("/risk/acceptance/new?asset={}", ids[7]), lang).await;
            house.get(&format!("/assets/information_asset/{}", ids[0]), lang).await;
        }
        let overview = house.get("/risk", Lang::Ja).await;
        assert!(overview.contains("/assets/information_asset?f.importance=2&amp;f.likelihood=2"), "a cell opens its list");
    }
}

#[tokio::test]
async fn the_method_page_keeps_what_was_typed_and_says_what_is_wrong() {
    for house in House::each().await {
        house.seed().await;
        let body = "scale=zero_to_two&middle_from=5&large_from=4&reason=x";
        let request = Request::post("/risk/method").body(Body::from(body)).unwrap();
        let (status, page) = house.ask(request, house.officer(), Lang::Ja).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("という区切りは使えません") && page.contains("value=\"5\""));
        assert_eq!(
            house.post("/risk/method", "scale=zero_to_two&middle_from=2&large_from=4&reason=x").await,
            StatusCode::SEE_OTHER
        );
    }
}

#[tokio::test]
async fn a_draft_is_downloaded_and_an_issue_needs_the_right() {
    for house in House::each().await {
        house.seed().await;
        house.samples().await;
        let draft = Request::get("/risk/report/asset-risk.pdf?lang=en").body(Body::empty()).unwrap();
        assert_eq!(house.ask(draft, house.officer(), Lang::Ja).await.0, StatusCode::OK);
        assert_eq!(house.post("/risk/report/asset-risk.pdf", "kind=new&approver=%E7%81%AF%E9%87%8E").await, StatusCode::OK);
        let issue = Request::post("/risk/report/asset-risk.pdf").body(Body::from("kind=new")).unwrap();
        let employee = house.actor(Role::Employee, "木村", &house.kimura, &[]);
        assert_eq!(house.ask(issue, employee, Lang::Ja).await.0, StatusCode::FORBIDDEN);
        let sheet = Request::get("/risk/report/asset-risk.xlsx").body(Body::empty()).unwrap();
        assert_eq!(house.ask(sheet, house.officer(), Lang::Ja).await.0, StatusCode::OK);
    }
}

#[tokio::test]
async fn every_report_has_a_page_its_files_and_a_number() {
    for house in House::each().await {
        for lang in Lang::ALL {
            let list = house.get("/risk/report", lang).await;
            for kind in crate::report::Kind::ALL {
                let home = format!("/risk/report/{}", kind.code());
                assert!(list.contains(&format!("href=\"{home}\"")), "{home}");
                house.get(&home, lang).await;
                for format in kind.formats() {
                    let address = format!("{home}.{}", format.ending());
                    assert!(list.contains(&address), "{address}");
                    let draft = Request::get(&address).body(Body::empty()).unwrap();
                    assert_eq!(house.ask(draft, house.officer(), lang).await.0, StatusCode::OK, "{address}");
                }
            }
        }
        let issue = "/risk/report/risk-assessment.pdf";
        assert_eq!(house.post(issue, "kind=new&format=docx").await, StatusCode::OK);
        assert_eq!(house.post(issue, "kind=revision&format=xlsx").await, StatusCode::OK);
        let page = house.get("/risk/report", Lang::Ja).await;
        assert!(page.contains("HS-RA-2026-001 / 2.0"), "{page}");
        for who in [house.actor(Role::Employee, "木村", &house.kimura, &[]), house.actor(Role::Auditor, "監査", "", &[])] {
            let request = Request::post(issue).body(Body::from("kind=new")).unwrap();
            assert_eq!(house.ask(request, who, Lang::Ja).await.0, StatusCode::FORBIDDEN);
        }
        let none = Request::get("/risk/report/asset-risk.docx").body(Body::empty()).unwrap();
        assert_eq!(house.ask(none, house.officer(), Lang::Ja).await.0, StatusCode::NOT_FOUND);
    }
}
