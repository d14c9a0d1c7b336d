//! The pages, in both languages, as the people of the stories see them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use mamori_kernel::access::Role;
use mamori_kernel::lang::Lang;
use mamori_ledger::web::{App, AppParts, Clock, Failure, Identity, Membership, Page};
use mamori_store::secrets::Vault;
use tower::ServiceExt as _;

use super::house::{House, NOW, built};
use crate::request::rules::Verdict;

async fn ask(house: &House, who: (&str, Role), lang: &str, method: &str, path: &str, form: &str) -> Response {
    let (registry, routes) = built();
    let (router, table) = routes.into_parts();
    let app = App::new(AppParts {
        db: house.db.clone(),
        registry,
        vault: Vault::open(house.db.data_dir()).unwrap(),
        clock: Clock::Fixed(NOW.parse().unwrap()),
        base_url: "http://mamori.test".to_owned(),
        secure_cookies: false,
        routes: table,
    });
    let membership = Membership { id: house.company.clone(), code: "hinose".to_owned(), name: "灯ノ瀬精工".to_owned() };
    let identity = Identity {
        actor: house.who(who.0, who.1).await,
        login: who.0.to_owned(),
        session_id: "s".to_owned(),
        company: Some(membership.clone()),
        companies: vec![membership],
        installation_admin: false,
        lang: Lang::Ja,
        fiscal_start_month: 4,
    };
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::COOKIE, format!("lang={lang}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .unwrap();
    request.extensions_mut().insert(identity);
    router.with_state(app).oneshot(request).await.unwrap()
}

async fn page(house: &House, who: (&str, Role), lang: &str, path: &str) -> String {
    let response = ask(house, who, lang, "GET", path, "").await;
    assert_eq!(response.status(), StatusCode::OK, "{path}: {:?}", response.extensions().get::<Failure>());
    let page = response.extensions().get::<Page>().unwrap();
    let text = format!("{}\n{}\n{}\n{}\n{}", page.title, page.lead, page.actions, page.body, page.aside);
    let lacking: String = text.split('⟦').skip(1).take(1).collect();
    assert!(lacking.is_empty(), "{path} ({lang}) lacks {}", lacking.chars().take(60).collect::<String>());
    text
}

const SATO: (&str, Role) = ("佐藤", Role::Officer);
const HEAD: (&str, Role) = ("高橋", Role::Employee);
const BOSS: (&str, Role) = ("社長", Role::Employee);

#[tokio::test]
async fn a_request_from_button_to_seal() {
    for house in House::each().await {
        let nas = house.purchase("<NAS>", 150_000).await;
        for lang in ["ja", "en"] {
            for tab in ["", "?tab=mine", "?tab=decided"] {
                page(&house, HEAD, lang, &format!("/approval{tab}")).await;
            }
            for ledger in ["approval", "approval_step", "approval_route", "approval_route_step", "deputy"] {
                page(&house, SATO, lang, &format!("/approval/{ledger}")).await;
            }
            page(&house, SATO, lang, "/approval/approval_route_step/new").await;
            page(&house, HEAD, lang, "/approval/deputy/new").await;
        }
        let subject = format!("/test/purchase/{nas}");
        assert!(page(&house, SATO, "ja", &subject).await.contains("承認を依頼する"));
        let sent = ask(&house, SATO, "ja", "POST", &format!("/approval/propose/purchase/{nas}"), "reason=故障したため").await;
        assert_eq!(sent.status(), StatusCode::SEE_OTHER, "{:?}", sent.extensions().get::<Failure>());
        let request = sent.headers()[header::LOCATION].to_str().unwrap().to_owned();
        for lang in ["ja", "en"] {
            page(&house, SATO, lang, &request).await;
            page(&house, SATO, lang, &subject).await;
            assert!(page(&house, HEAD, lang, &request).await.contains("value=\"approve\""));
            let tray = page(&house, HEAD, lang, "/approval").await;
            assert!(tray.contains("value=\"return\"") && tray.contains("故障したため") && !tray.contains("<NAS>"));
        }
        assert!(!page(&house, SATO, "ja", &request).await.contains("value=\"approve\""), "no buttons on the own request");
        let stranger = ask(&house, ("経理", Role::Employee), "ja", "GET", &request, "").await;
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND, "need to know");

        let decide = format!("{request}/decide");
        let silent = ask(&house, HEAD, "ja", "POST", &decide, "verdict=return&round=1&position=1&comment=").await;
        assert_eq!(silent.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(silent.extensions().get::<Page>().unwrap().body.as_str().contains("何を直せばよいか"));
        assert_eq!(ask(&house, HEAD, "ja", "POST", &decide, "verdict=buy").await.status(), StatusCode::CONFLICT);
        let done = ask(&house, HEAD, "ja", "POST", &decide, "verdict=return&round=1&position=1&comment=見積を").await;
        assert_eq!(done.status(), StatusCode::SEE_OTHER);
        for lang in ["ja", "en"] {
            assert!(page(&house, SATO, lang, &request).await.contains("見積を"));
            page(&house, SATO, lang, &subject).await;
        }
        house.propose("佐藤", &nas).await.unwrap();
        let id = request.rsplit('/').next().unwrap();
        house.decide("高橋", id, Verdict::Approve, "").await.unwrap();
        let done = ask(&house, BOSS, "ja", "POST", &decide, "verdict=approve&round=2&position=2&comment=").await;
        assert_eq!(done.status(), StatusCode::SEE_OTHER);
        for lang in ["ja", "en"] {
            assert!(page(&house, SATO, lang, &subject).await.contains("26.11.20"), "the seal");
            page(&house, BOSS, lang, "/approval?tab=decided").await;
            page(&house, SATO, lang, "/approval?tab=mine").await;
            page(&house, SATO, lang, &format!("/approval/approval/{id}")).await;
        }
        let mut view = house.view().await;
        let route = crate::route::queries::of_kind(&mut view, "purchase").await.unwrap()[0].id.clone();
        drop(view);
        for lang in ["ja", "en"] {
            page(&house, SATO, lang, &format!("/approval/approval_route/{route}")).await;
        }
    }
}

#[tokio::test]
async fn a_stuck_request_asks_the_officer_for_a_name() {
    for house in House::each().await {
        let id = house.propose("経理", &house.purchase("NAS", 1).await).await.unwrap();
        house.leaves("高橋").await;
        let request = format!("/approval/request/{id}");
        for lang in ["ja", "en"] {
            assert!(page(&house, SATO, lang, &request).await.contains("/reassign"));
            assert!(page(&house, SATO, lang, "/approval").await.contains(&request));
        }
        let (_, seats) = house.case(&id).await;
        let form = format!("seat={}&person={}&comment=x", seats[0].id, house.person("会長").await);
        let refused = ask(&house, HEAD, "ja", "POST", &format!("{request}/reassign"), &form).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        let done = ask(&house, SATO, "ja", "POST", &format!("{request}/reassign"), &form).await;
        assert_eq!(done.status(), StatusCode::SEE_OTHER, "{:?}", done.extensions().get::<Failure>());
        assert!(page(&house, ("会長", Role::Executive), "ja", "/approval").await.contains("value=\"approve\""));
    }
}
