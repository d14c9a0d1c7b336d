//! The pages over HTTP: the first visit, every page in both languages, forms that are refused, guards.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use mamori_kernel::access::Role;
use mamori_ledger::Registry;
use mamori_ledger::web::{Form, Page, RouteInfo};
use tower::ServiceExt as _;

use super::harness::{SATO, World, door, new_user};
use super::ops;
use crate::session::ops as sessions;

/// A browser with its cookie.
struct Browser {
    router: Router,
    cookie: String,
}

fn site(world: &World) -> (Router, Vec<RouteInfo>) {
    let (_, routes) = Registry::build(vec![crate::area()]).unwrap();
    let (router, table) = routes.into_parts();
    let router = router.layer(from_fn_with_state(world.app.clone(), crate::session::authenticate)).with_state(world.app.clone());
    (router, table)
}

impl Browser {
    fn new(world: &World) -> Browser {
        Browser { router: site(world).0, cookie: String::new() }
    }

    async fn send(&mut self, request: Request) -> Response {
        let response = self.router.clone().oneshot(request).await.unwrap();
        for set in response.headers().get_all("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            if pair.starts_with("mamori_session=") {
                self.cookie = pair.to_owned();
            }
        }
        response
    }

    async fn get(&mut self, path: &str, lang: &str) -> Response {
        let cookie = format!("lang={lang}; {}", self.cookie);
        self.send(Request::builder().uri(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body = Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()).encode();
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("cookie", format!("lang=ja; {}", self.cookie))
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }
}

fn page(response: &Response) -> &Page {
    response.extensions().get::<Page>().expect("a page")
}

fn to(response: &Response) -> &str {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap()
}

const COMPANY: [(&str, &str); 5] = [
    ("name", "山田精密工業株式会社"),
    ("industry", "manufacturing"),
    ("headcount", "４８名"),
    ("fiscal_start_month", "4"),
    ("lang", "ja"),
];

#[tokio::test]
async fn the_three_screens_of_the_first_visit() {
    for world in World::each_empty().await {
        let mut browser = Browser::new(&world);
        assert!(page(&browser.get("/setup", "ja").await).body.as_str().contains("年度が始まる月"));
        let refused = browser
            .post("/setup", &[("name", "山田"), ("headcount", "0"), ("fiscal_start_month", "4"), ("industry", "manufacturing")])
            .await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page(&refused).body.as_str().contains("value=\"山田\""), "what was typed stays");
        let second = browser.post("/setup", &COMPANY).await;
        assert!(page(&second).body.as_str().contains("name=\"headcount\" value=\"４８名\""));

        let mut all = COMPANY.to_vec();
        all.extend([("admin_name", "佐藤 恵"), ("admin_login", "root"), ("admin_password", SATO), ("admin_again", SATO)]);
        let refused = browser.post("/setup/administrator", &all).await;
        let body = page(&refused).body.as_str().to_owned();
        assert!(body.contains("href=\"#f-admin_login\"") && !body.contains(SATO), "passwords are never put back");
        all[6] = ("admin_login", "sato");
        let done = browser.post("/setup/administrator", &all).await;
        assert_eq!(to(&done), "/setup/first");
        assert!(page(&browser.get("/setup/first", "ja").await).body.as_str().contains("/assets/information_asset/import"));
        assert_eq!(to(&browser.get("/setup", "ja").await), "/");
        let again = browser.post("/setup/administrator", &all).await;
        assert_eq!(again.status(), StatusCode::CONFLICT, "a page with the reason");
    }
}

#[tokio::test]
async fn every_page_speaks_both_languages() {
    for world in World::each_new().await {
        let mut browser = Browser::new(&world);
        browser.cookie = format!(
            "mamori_session={}",
            sessions::sign_in(&world.app.db, "sato", SATO, &door("x"), None, world.now).await.unwrap().token
        );
        let id = world.sato().await.actor.user_id.clone();
        let mine = [
            "/account",
            "/login",
            "/setup",
            "/password",
            "/company",
            "/organization/account",
            "/organization/company",
            "/organization/permissions",
        ];
        let (_, table) = site(&world);
        let mut shown = 0;
        for route in table.iter().filter(|route| route.method == "GET" && mine.iter().any(|start| route.path.starts_with(start)))
        {
            for lang in ["ja", "en"] {
                let response = browser.get(&route.path.replace("{id}", &id), lang).await;
                if response.status() == StatusCode::SEE_OTHER {
                    continue;
                }
                let page = page(&response);
                let all = format!("{} {} {} {}", page.title, page.lead, page.actions, page.body);
                assert!(!all.contains('⟦'), "{} {lang}: a sentence is missing", route.path);
                assert!(!page.title.is_empty());
                shown += 1;
            }
        }
        assert!(shown >= 30, "{shown}");
    }
}

#[tokio::test]
async fn signing_in_over_http() {
    for world in World::each_new().await {
        let mut browser = Browser::new(&world);
        let refused = browser.post("/login", &[("login", "sato"), ("password", "wrong"), ("next", "/account")]).await;
        assert_eq!(refused.status(), StatusCode::CONFLICT);
        assert!(page(&refused).body.as_str().contains("name=\"next\" value=\"/account\""));
        assert_eq!(to(&browser.post("/login", &[("login", "sato"), ("password", SATO), ("next", "//evil.example")]).await), "/");
        assert_eq!(browser.get("/account", "ja").await.status(), StatusCode::OK);
        assert_eq!(to(&browser.post("/logout", &[]).await), "/login");
        assert_eq!(browser.get("/account", "ja").await.status(), StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn an_administrator_adds_tanaka_who_then_sees_only_his_own() {
    for world in World::each_new().await {
        let mut sato = Browser::new(&world);
        sato.post("/login", &[("login", "sato"), ("password", SATO)]).await;
        let made = sato
            .post(
                "/organization/account/new",
                &[("name", "田中 一郎"), ("login", "tanaka"), ("roles", "employee"), ("lang", "ja")],
            )
            .await;
        let body = page(&made).body.as_str().to_owned();
        let password = body.split("<code>").nth(1).unwrap().split("</code>").next().unwrap();

        let mut tanaka = Browser::new(&world);
        let step = tanaka.post("/login", &[("login", "tanaka"), ("password", password), ("next", "/account")]).await;
        assert_eq!(to(&step), "/login/password?next=%2Faccount");
        let done =
            tanaka.post("/login/password", &[("password", "kumo-hana-1"), ("again", "kumo-hana-1"), ("next", "/account")]).await;
        assert_eq!(to(&done), "/account");
        for (path, status) in [
            ("/account", StatusCode::OK),
            ("/organization/company", StatusCode::OK),
            ("/organization/account", StatusCode::FORBIDDEN),
            ("/organization/permissions", StatusCode::FORBIDDEN),
            ("/organization/company/edit", StatusCode::FORBIDDEN),
            ("/company/new", StatusCode::FORBIDDEN),
        ] {
            assert_eq!(tanaka.get(path, "ja").await.status(), status, "{path}");
        }
    }
}

#[tokio::test]
async fn two_editors_of_the_company_see_both_versions() {
    for world in World::each_new().await {
        let mut browser = Browser::new(&world);
        browser.post("/login", &[("login", "sato"), ("password", SATO)]).await;
        let mut first = COMPANY.to_vec();
        first.push(("version", "1"));
        assert_eq!(to(&browser.post("/organization/company/edit", &first).await), "/organization/company");
        first[0] = ("name", "山田精密");
        let clash = browser.post("/organization/company/edit", &first).await;
        assert_eq!(clash.status(), StatusCode::CONFLICT);
        let body = page(&clash).body.as_str();
        assert!(
            body.contains("山田精密工業株式会社")
                && body.contains("value=\"山田精密\"")
                && body.contains("name=\"version\" value=\"2\"")
        );
    }
}

#[tokio::test]
async fn an_auditor_reads_the_accounts_and_changes_none() {
    for world in World::each_new().await {
        let actor = world.sato().await.actor;
        let id = ops::create_user(&world.app.db, actor, new_user("kimura", &[Role::Auditor]), world.now).await.unwrap();
        let mut browser = Browser::new(&world);
        browser.post("/login", &[("login", "kimura"), ("password", "kumo-hana-1")]).await;
        assert_eq!(browser.get("/organization/account", "ja").await.status(), StatusCode::OK);
        let refused = browser.post(&format!("/organization/account/{id}/disable"), &[]).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    }
}
