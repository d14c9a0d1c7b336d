//! Stories on a real database: tokens open the API and nothing else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use axum::body::Body;
use axum::extract::Request;
use jiff::civil::date;
use mamori_kernel::error::Error;
use mamori_ledger::web::Identity;

use super::{TokenScope, issue, ops, queries};
use crate::account::harness::{World, wrong_fields};

async fn behind(world: &World, token: &str, path: &str) -> Option<Identity> {
    let request = Request::builder().uri(path).header("authorization", format!("Bearer {token}")).body(Body::empty()).unwrap();
    crate::session::identify_for_tests(&world.app, &request).await.unwrap()
}

#[tokio::test]
async fn a_token_opens_the_api_with_its_scope_until_it_is_revoked() {
    for world in World::each_new().await {
        let sato = world.sato().await;
        let db = &world.app.db;
        let read = ops::create(db, sato.actor.clone(), "在庫システム", TokenScope::Read, None, world.now).await.unwrap();
        let write = ops::create(db, sato.actor.clone(), "連携", TokenScope::Write, None, world.now).await.unwrap();
        assert!(read.starts_with("mamori_"));
        let reader = behind(&world, &read, "/api/v1/person").await.unwrap();
        assert!(reader.actor.read_only && !reader.installation_admin);
        assert!(db.tx(reader.actor, world.now).await.is_err(), "reading only");
        assert!(!behind(&world, &write, "/api/v1/person").await.unwrap().actor.read_only);
        assert!(behind(&world, &write, "/account/tokens").await.is_none(), "no page");
        let own = queries::own(&mut db.view(sato.actor.clone()).await.unwrap(), &sato.actor.user_id).await.unwrap();
        assert_eq!(own.len(), 2);
        for token in own {
            ops::revoke(db, sato.actor.clone(), &token.id, world.now).await.unwrap();
            assert_eq!(ops::revoke(db, sato.actor.clone(), &token.id, world.now).await, Err(Error::NotFound));
        }
        assert!(behind(&world, &read, "/api/v1/person").await.is_none());
    }
}

#[tokio::test]
async fn a_token_works_on_its_last_day() {
    for world in World::each_new().await {
        let sato = world.sato().await;
        let db = &world.app.db;
        let past = ops::create(db, sato.actor.clone(), "", TokenScope::Read, Some(date(2026, 3, 31)), world.now).await;
        assert_eq!(wrong_fields(past), ["name", "expires"]);
        let token = ops::create(db, sato.actor, "今日だけ", TokenScope::Read, Some(date(2026, 4, 1)), world.now).await.unwrap();
        let hash = crate::session::token_hash(&token);
        let mut system = db.system_view().await.unwrap();
        let last: jiff::Timestamp = "2026-04-01T14:59:59Z".parse().unwrap();
        let after: jiff::Timestamp = "2026-04-01T15:00:00Z".parse().unwrap();
        assert!(crate::session::queries::behind_token(&mut system, &hash, last).await.unwrap().is_some());
        assert!(crate::session::queries::behind_token(&mut system, &hash, after).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn the_command_line_issues_tokens() {
    for world in World::each_new().await {
        let db = &world.app.db;
        let token = issue(db, "sato", None, TokenScope::Write, world.now).await.unwrap();
        assert_eq!(behind(&world, &token, "/api/v1/person").await.unwrap().login, "sato");
        assert_eq!(wrong_fields(issue(db, "nobody", None, TokenScope::Read, world.now).await), ["login"]);
        assert_eq!(wrong_fields(issue(db, "sato", Some("other"), TokenScope::Read, world.now).await), ["company"]);
    }
}
