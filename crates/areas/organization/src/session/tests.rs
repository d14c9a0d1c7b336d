//! Stories on a real database: sessions begin, move and end; who is behind a request.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use mamori_kernel::access::Role;
use mamori_kernel::error::Error;
use mamori_store::args;

use super::{ops, queries, token_hash};
use crate::account::harness::{SATO, World, door, new_user, profile};

#[tokio::test]
async fn the_database_does_not_know_the_token_and_unknown_tokens_are_nobody() {
    for world in World::each_new().await {
        let done = ops::sign_in(&world.app.db, "ｓａｔｏ", SATO, &door("Edge / Windows"), None, world.now).await.unwrap();
        let identity = world.identity(&done.token).await.unwrap();
        assert_eq!(identity.login, "sato");
        assert!(identity.installation_admin && identity.actor.is(Role::Admin));
        assert_eq!(identity.company.as_ref().unwrap().code, "main");
        assert!(world.identity("").await.is_none() && world.identity(&token_hash(&done.token)).await.is_none());
        let rows = world.app.db.system_view().await.unwrap().rows("select token_hash from session", args![]).await.unwrap();
        assert!(rows.iter().all(|row| row.text("token_hash").unwrap() != done.token));
    }
}

#[tokio::test]
async fn signing_in_again_and_signing_out_end_the_session() {
    for world in World::each_new().await {
        let db = &world.app.db;
        let first = ops::sign_in(db, "sato", SATO, &door("a"), None, world.now).await.unwrap();
        let second = ops::sign_in(db, "sato", SATO, &door("a"), Some(&token_hash(&first.token)), world.now).await.unwrap();
        assert!(world.identity(&first.token).await.is_none());
        let identity = world.identity(&second.token).await.unwrap();
        ops::sign_out(db, identity.actor, &second.token, world.now).await.unwrap();
        assert!(world.identity(&second.token).await.is_none());
    }
}

#[tokio::test]
async fn idle_and_absolute_limits() {
    for world in World::each_new().await {
        let done = ops::sign_in(&world.app.db, "sato", SATO, &door("a"), None, world.now).await.unwrap();
        let hash = token_hash(&done.token);
        let mut system = world.app.db.system().await.unwrap();
        let hour = 3600;
        assert!(queries::behind_session(&mut system, &hash, world.later(12 * hour - 1)).await.unwrap().is_some());
        assert!(queries::behind_session(&mut system, &hash, world.later(12 * hour)).await.unwrap().is_none(), "idle");
        let id = queries::behind_session(&mut system, &hash, world.now).await.unwrap().unwrap().session_id;
        for half_day in 1..=15 {
            queries::seen(&mut system, &id, world.later(half_day * 11 * hour)).await.unwrap();
        }
        assert!(queries::behind_session(&mut system, &hash, world.later(168 * hour - 1)).await.unwrap().is_some());
        assert!(queries::behind_session(&mut system, &hash, world.later(168 * hour)).await.unwrap().is_none(), "seven days");
    }
}

#[tokio::test]
async fn a_consultant_moves_between_companies_and_not_elsewhere() {
    for world in World::each_new().await {
        let db = &world.app.db;
        let done = ops::sign_in(db, "sato", SATO, &door("a"), None, world.now).await.unwrap();
        let sato = world.identity(&done.token).await.unwrap();
        crate::company::create_company(db, &sato.actor, "suzuki", &profile(), world.now).await.unwrap();
        let tanaka = world.tanaka().await;
        let sato = world.identity(&done.token).await.unwrap();
        assert_eq!(sato.companies.len(), 2);
        let token = ops::enter_company(db, &sato, "suzuki", world.now).await.unwrap();
        assert!(world.identity(&done.token).await.is_none(), "the token changed");
        let there = world.identity(&token).await.unwrap();
        assert_eq!(there.company.as_ref().unwrap().code, "suzuki");
        assert_eq!(there.session_id, sato.session_id);

        let own = world.sign_in("tanaka", "kumo-hana-1").await;
        assert_eq!(own.actor.user_id, tanaka);
        assert!(matches!(ops::enter_company(db, &own, "suzuki", world.now).await, Err(Error::Forbidden(_))));
        // Signing in again leads to where one worked last.
        let again = ops::sign_in(db, "sato", SATO, &door("a"), None, world.later(60)).await.unwrap();
        assert_eq!(world.identity(&again.token).await.unwrap().company.unwrap().code, "main");
    }
}

#[tokio::test]
async fn the_department_and_everything_below_it_belong_to_a_person() {
    for world in World::each_new().await {
        let sato = world.sato().await;
        let company = &sato.actor.company_id;
        let mut system = world.app.db.system().await.unwrap();
        for (id, parent) in [("d-works", None), ("d-cutting", Some("d-works")), ("d-night", Some("d-cutting")), ("d-sales", None)]
        {
            system
                .exec(
                    "insert into department (id, company_id, created_at, updated_at, name, parent) values ($1, $2, '', '', $1, $3)",
                    args![id, company, parent],
                )
                .await
                .unwrap();
        }
        system
            .exec(
                "insert into person (id, company_id, created_at, updated_at, name, department) values ('p-tanaka', $1, '', '', '田中 一郎', 'd-works')",
                args![company],
            )
            .await
            .unwrap();
        drop(system);
        let mut new = new_user("tanaka", &[Role::Manager]);
        new.person_id = Some("p-tanaka".into());
        crate::account::ops::create_user(&world.app.db, sato.actor, new, world.now).await.unwrap();
        let tanaka = world.sign_in("tanaka", "kumo-hana-1").await;
        assert_eq!(tanaka.actor.person_id.as_deref(), Some("p-tanaka"));
        let mut departments = tanaka.actor.department_ids.clone();
        departments.sort();
        assert_eq!(departments, ["d-cutting", "d-night", "d-works"]);
    }
}

#[tokio::test]
async fn own_sessions_can_be_ended_and_others_not() {
    for world in World::each_new().await {
        world.tanaka().await;
        let (sato, tanaka) = (world.sato().await, world.sign_in("tanaka", "kumo-hana-1").await);
        let db = &world.app.db;
        assert_eq!(ops::end_own(db, &tanaka, Some(&sato.session_id), world.now).await, Err(Error::NotFound));
        let other = world.sign_in("tanaka", "kumo-hana-1").await;
        ops::end_own(db, &tanaka, Some(&other.session_id), world.now).await.unwrap();
        assert_eq!(ops::end_own(db, &tanaka, Some(&other.session_id), world.now).await, Err(Error::NotFound));
        assert_eq!(queries::own(&mut db.system_view().await.unwrap(), &tanaka.actor.user_id, world.now).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_new_browser_is_told_by_mail_and_a_known_one_is_not() {
    for world in World::each_new().await {
        let db = &world.app.db;
        let mails = async || {
            let row = db.system_view().await.unwrap().first("select count(*) as n from mail", args![]).await.unwrap().unwrap();
            row.get::<i64>("n").unwrap()
        };
        ops::sign_in(db, "sato", SATO, &door("Edge / Windows"), None, world.now).await.unwrap();
        assert_eq!(mails().await, 0, "the browser of the set-up");
        ops::sign_in(db, "sato", SATO, &door("Safari / iPhone"), None, world.now).await.unwrap();
        assert_eq!(mails().await, 1);
        ops::sign_in(db, "sato", SATO, &door("Safari / iPhone"), None, world.now).await.unwrap();
        assert_eq!(mails().await, 1);
        let row = db.system_view().await.unwrap().first("select body from mail", args![]).await.unwrap().unwrap();
        assert!(row.text("body").unwrap().contains("Safari / iPhone"));
    }
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once() {
    for world in World::each_new().await {
        let id = world.tanaka().await;
        let db = &world.app.db;
        let done = ops::sign_in(db, "tanaka", "kumo-hana-1", &door("a"), None, world.now).await.unwrap();
        let sato = world.sato().await;
        crate::account::ops::act_on_member(db, sato.actor, &id, crate::account::ops::Deed::Disable, false, world.now)
            .await
            .unwrap();
        assert!(world.identity(&done.token).await.is_none());
        assert!(ops::sign_in(db, "tanaka", "kumo-hana-1", &door("a"), None, world.now).await.is_err());
    }
}

#[tokio::test]
async fn an_address_with_very_many_attempts_waits() {
    for world in World::each_new().await {
        let mut system = world.app.db.system().await.unwrap();
        for _ in 0..super::rules::ATTEMPTS_PER_ADDRESS {
            queries::hit(&mut system, "address:192.0.2.7", super::rules::THROTTLE_WINDOW, world.now).await.unwrap();
        }
        drop(system);
        assert!(matches!(ops::sign_in(&world.app.db, "sato", SATO, &door("a"), None, world.now).await, Err(Error::TooMany(900))));
        assert!(ops::sign_in(&world.app.db, "sato", SATO, &door("a"), None, world.later(900)).await.is_ok(), "after the window");
        assert!(super::clean_up(&world.app.db, world.later(100 * 24 * 3600)).await.unwrap() > 0);
        assert!(!crate::setup::needed(&world.app.db).await.unwrap());
    }
}
