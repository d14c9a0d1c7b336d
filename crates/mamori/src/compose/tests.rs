#![allow(clippy::unwrap_used, clippy::expect_used)]
use std::sync::Arc;

use mamori_kernel::lang::Lang;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::record::{Value, Values};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::Clock;
use mamori_store::{Actor, Db, DbConfig, Origin, backup};

use super::*;

fn settings(folder: &std::path::Path) -> Settings {
    Settings {
        db: DbConfig::folder(folder),
        clock: Clock::Fixed("2026-11-20T00:00:00Z".parse().unwrap()),
        base_url: "http://mamori.test".to_owned(),
    }
}

async fn found(db: &Db, registry: &Registry, company: &str, words: &str) -> usize {
    let actor = Arc::new(Actor::program(company, "test", Origin::Cli, Lang::Ja));
    let mut view = db.view(actor).await.unwrap();
    let shape = Shape::load(registry.ledger("department").unwrap(), &mut view).await.unwrap();
    let asked = ListQuery { words: words.to_owned(), limit: 20, ..ListQuery::default() };
    query::list(registry, &mut view, &shape, &asked, Action::View).await.unwrap().records.len()
}

#[tokio::test]
async fn after_a_restore_everything_is_found_again() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = open(&settings(from.path())).await.unwrap().app;
    let new = NewCompany {
        code: "main".into(),
        name: "守山精機".into(),
        industry: "manufacturing".into(),
        headcount: 48,
        fiscal_start_month: 4,
        lang: Lang::Ja,
    };
    add_company(&app, new, None).await.unwrap();
    let company = companies(&app.db).await.unwrap().pop().unwrap().0;
    let actor = Arc::new(Actor::program(&company, "test", Origin::Cli, Lang::Ja));
    let mut tx = app.db.tx(actor, app.clock.now()).await.unwrap();
    let shape = Shape::load(app.registry.ledger("department").unwrap(), &mut tx).await.unwrap();
    let mut values = Values::default();
    values.set("name", Value::from("品質保証部"));
    ops::create(&app.registry, &mut tx, &shape, values, None, Gate::Program).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(found(&app.db, &app.registry, &company, "品質").await, 1);

    let file = from.path().join("one.mamori");
    backup::backup(&app.db, &file, None, app.clock.now()).await.unwrap();
    let steps = app.registry.migrations.clone();
    let target = DbConfig::folder(to.path());
    let back = backup::restore(&file, &target, None, &steps, app.clock.now(), async |db: &Db| {
        reindex(db, &app.registry, app.clock.now()).await
    });
    let back = back.await.unwrap();
    assert_eq!(found(&back.db, &app.registry, &company, "品質").await, 1);
    assert_eq!(found(&back.db, &app.registry, &company, "営業").await, 0);
}

#[tokio::test]
async fn the_whole_program_answers_behind_its_layers() {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt as _;

    let folder = tempfile::tempdir().unwrap();
    let opened = open(&settings(folder.path())).await.unwrap();
    let whole = crate::serve::build(&opened.app, opened.router).unwrap();
    let ask = |method: &str, path: &str, headers: &[(&str, &str)]| {
        let mut request =
            Request::builder().method(method).uri(path).header("host", "mamori.test").header("accept-language", "en");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        whole.clone().oneshot(request.body(Body::empty()).unwrap())
    };
    // Nobody is there yet: every page leads to the set-up.
    let first = ask("GET", "/assets/information_asset", &[]).await.unwrap();
    assert_eq!((first.status().as_u16(), first.headers().get("location").unwrap().to_str().unwrap()), (303, "/setup"));
    let policy = first.headers().get("content-security-policy").unwrap().to_str().unwrap();
    assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
    // Programs are told in JSON, also by the outer layers.
    let api = ask("GET", "/api/v1/person", &[]).await.unwrap();
    assert_eq!(api.status(), 401);
    assert!(crate::layout::body_text(api).await.unwrap().starts_with("{\"error\":{\"code\":\"sign-in-required\""));
    let forged = ask("POST", "/preferences/theme", &[("origin", "https://evil.example")]).await.unwrap();
    assert_eq!(forged.status(), 403);
    assert!(crate::layout::body_text(forged).await.unwrap().contains("came from another site"));
    let own = ask("POST", "/preferences/theme", &[("origin", "http://mamori.test")]).await.unwrap();
    assert_eq!(own.status(), 303);
    let style = ask("GET", &mamori_ui::assets::asset_url("app.css"), &[]).await.unwrap();
    assert_eq!(style.headers().get("cache-control").unwrap(), "public, max-age=31536000, immutable");
}
