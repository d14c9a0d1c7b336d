//! Stories on a real database: an installation, its administrator Sato, and the people he lets in.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use jiff::Timestamp;
use mamori_kernel::access::Role;
use mamori_kernel::error::Error;
use mamori_kernel::lang::Lang;
use mamori_store::{Actor, args, verify_all};

use super::harness::{SATO, World, door, new_user, profile, refused, wrong_fields};
use super::ops::{self, Deed, MemberEdit};
use super::{NewUser, mine, queries, reset, totp, two_factor};
use crate::session::ops as sessions;
use crate::session::rules::Stage;

fn edit(roles: &[Role]) -> MemberEdit {
    MemberEdit {
        name: "田中 一郎".into(),
        email: "tanaka@example.co.jp".into(),
        lang: Lang::Ja,
        roles: roles.to_vec(),
        person_id: None,
    }
}

async fn count(world: &World, sql: &str) -> i64 {
    world.app.db.system_view().await.unwrap().first(sql, args![]).await.unwrap().unwrap().get("n").unwrap()
}

#[tokio::test]
async fn every_field_of_a_new_account_is_judged_at_once() {
    for world in World::each_new().await {
        let actor = world.sato().await.actor;
        let bad = NewUser {
            name: " ".into(),
            login: "admin".into(),
            email: "x".into(),
            password: "short".into(),
            roles: vec![],
            ..new_user("x", &[])
        };
        assert_eq!(
            wrong_fields(ops::create_user(&world.app.db, actor.clone(), bad, world.now).await),
            ["name", "login", "email", "roles", "password"]
        );
        let both = new_user("suzuki", &[Role::Auditor, Role::Officer]);
        assert_eq!(wrong_fields(ops::create_user(&world.app.db, actor.clone(), both, world.now).await), ["roles"]);
        let short_for_admin = new_user("suzuki", &[Role::Admin]);
        assert_eq!(wrong_fields(ops::create_user(&world.app.db, actor.clone(), short_for_admin, world.now).await), ["password"]);
        world.tanaka().await;
        assert_eq!(
            wrong_fields(ops::create_user(&world.app.db, actor, new_user("TANAKA", &[Role::Employee]), world.now).await),
            ["login"]
        );
    }
}

#[tokio::test]
async fn five_failures_lock_tanaka_for_an_hour_and_sato_unlocks_him() {
    for world in World::each_new().await {
        let id = world.tanaka().await;
        let db = &world.app.db;
        for _ in 0..5 {
            refused(sessions::sign_in(db, "tanaka", "wrong-password", &door("x"), None, world.now).await);
        }
        let told = refused(sessions::sign_in(db, "tanaka", "kumo-hana-1", &door("x"), None, world.now).await);
        assert!(told.contains("一時的に使えません"), "{told}");
        assert_eq!(count(&world, "select count(*) as n from change_log where action = 'lock'").await, 1);
        refused(sessions::sign_in(db, "tanaka", "kumo-hana-1", &door("x"), None, world.later(3599)).await);
        assert!(sessions::sign_in(db, "tanaka", "kumo-hana-1", &door("x"), None, world.later(3600)).await.is_ok());
        for _ in 0..5 {
            refused(sessions::sign_in(db, "tanaka", "wrong-password", &door("x"), None, world.now).await);
        }
        ops::act_on_member(db, world.sato().await.actor, &id, Deed::Unlock, false, world.now).await.unwrap();
        assert!(sessions::sign_in(db, "tanaka", "kumo-hana-1", &door("x"), None, world.now).await.is_ok());
    }
}

#[tokio::test]
async fn a_name_that_does_not_exist_answers_like_one_that_does() {
    for world in World::each_new().await {
        world.tanaka().await;
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for _ in 0..7 {
            known.push(refused(sessions::sign_in(&world.app.db, "tanaka", "wrong-password", &door("x"), None, world.now).await));
            unknown
                .push(refused(sessions::sign_in(&world.app.db, "nobody", "wrong-password", &door("x"), None, world.now).await));
        }
        assert_eq!(known, unknown);
    }
}

#[tokio::test]
async fn attempts_sent_all_at_once_do_not_outrun_the_lock() {
    for world in World::each_new().await {
        world.tanaka().await;
        let tries = (0..20).map(|_| {
            let db = world.app.db.clone();
            let now = world.now;
            tokio::spawn(async move { sessions::sign_in(&db, "tanaka", "wrong-password", &door("x"), None, now).await })
        });
        let mut locked = 0;
        for one in tries.collect::<Vec<_>>() {
            match one.await.unwrap() {
                Err(Error::Refused(words)) if words.get(Lang::Ja).contains("一時的") => locked += 1,
                Err(_) => {}
                Ok(_) => panic!("let in"),
            }
        }
        assert!(locked >= 15, "at most five passwords were looked at, {locked} were not");
    }
}

#[tokio::test]
async fn a_one_time_password_demands_a_new_one_and_expires() {
    for world in World::each_new().await {
        let id = world.tanaka().await;
        let db = &world.app.db;
        let plain = ops::reset_to_one_time(db, world.sato().await.actor, &id, false, world.now).await.unwrap();
        refused(sessions::sign_in(db, "tanaka", "kumo-hana-1", &door("x"), None, world.now).await);
        let step = sessions::sign_in(db, "tanaka", &plain, &door("x"), None, world.now).await.unwrap();
        assert_eq!(step.stage, Stage::NeedsPassword);
        assert!(world.identity(&step.token).await.is_none(), "not in yet");
        let same = sessions::set_demanded_password(db, &step.token, &plain, &plain, &door("x"), world.now).await;
        assert_eq!(wrong_fields(same), ["password"]);
        let done = sessions::set_demanded_password(db, &step.token, "midori-yama-9", "midori-yama-9", &door("x"), world.now)
            .await
            .unwrap();
        assert!(world.identity(&done.token).await.is_some());
        assert!(world.identity(&step.token).await.is_none(), "the token changed");

        let plain = ops::reset_to_one_time(db, world.sato().await.actor, &id, false, world.now).await.unwrap();
        assert!(world.identity(&done.token).await.is_none(), "a reset ends all sessions");
        refused(sessions::sign_in(db, "tanaka", &plain, &door("x"), None, world.later(8 * 24 * 3600)).await);
    }
}

#[tokio::test]
async fn a_company_keeps_an_administrator_and_nobody_disables_himself() {
    for world in World::each_new().await {
        let sato = world.sato().await;
        let id = sato.actor.user_id.clone();
        let db = &world.app.db;
        assert!(
            refused(ops::change_member(db, sato.actor.clone(), &id, edit(&[Role::Officer]), true, world.now).await)
                .contains("いなくなる")
        );
        assert!(
            refused(ops::act_on_member(db, sato.actor.clone(), &id, Deed::Disable, true, world.now).await).contains("自分自身")
        );
    }
}

#[tokio::test]
async fn becoming_an_administrator_demands_a_stronger_password() {
    for world in World::each_new().await {
        let id = world.tanaka().await;
        let tanaka = world.sign_in("tanaka", "kumo-hana-1").await;
        ops::change_member(&world.app.db, world.sato().await.actor, &id, edit(&[Role::Admin]), true, world.now).await.unwrap();
        assert!(
            !queries::by_id(&mut world.app.db.system_view().await.unwrap(), &id)
                .await
                .unwrap()
                .unwrap()
                .roles_anywhere
                .is_empty()
        );
        let step = sessions::sign_in(&world.app.db, "tanaka", "kumo-hana-1", &door("x"), None, world.now).await.unwrap();
        assert_eq!(step.stage, Stage::NeedsPassword);
        let short =
            sessions::set_demanded_password(&world.app.db, &step.token, "umi-no-iro1", "umi-no-iro1", &door("x"), world.now)
                .await;
        assert_eq!(wrong_fields(short), ["password"]);
        drop(tanaka);
    }
}

#[tokio::test]
async fn an_administrator_of_one_company_does_not_reach_into_another() {
    for world in World::each_new().await {
        let sato = world.sato().await;
        let tanaka = world.tanaka().await;
        let db = &world.app.db;
        let other = crate::company::create_company(db, &sato.actor, "suzuki", &profile(), world.now).await.unwrap();
        let mut there = Actor::clone(&sato.actor);
        there.company_id = other;
        let there = Arc::new(there);
        // Tanaka is no member of the other company: he does not exist there.
        let unseen = ops::act_on_member(db, there.clone(), &tanaka, Deed::Disable, true, world.now).await;
        assert_eq!(unseen, Err(Error::NotFound));
        ops::add_member(db, there.clone(), "tanaka", &[Role::Manager], None, world.now).await.unwrap();
        // Now he is in both: a company's own administrator may end the membership, not take the account.
        refused(ops::reset_to_one_time(db, there.clone(), &tanaka, false, world.now).await);
        refused(ops::act_on_member(db, there.clone(), &tanaka, Deed::Disable, false, world.now).await);
        ops::act_on_member(db, there, &tanaka, Deed::Remove, false, world.now).await.unwrap();
        // And nobody but himself and his like takes the account of the installation's administrator.
        refused(ops::reset_to_one_time(db, sato.actor.clone(), &sato.actor.user_id, false, world.now).await);
        assert!(verify_all(db).await.unwrap().iter().all(|chain| chain.broken.is_none()));
    }
}

#[tokio::test]
async fn my_mail_address_needs_my_password_and_my_new_password_ends_other_sessions() {
    for world in World::each_new().await {
        world.tanaka().await;
        let (here, there) = (world.sign_in("tanaka", "kumo-hana-1").await, world.sign_in("tanaka", "kumo-hana-1").await);
        let db = &world.app.db;
        let mut wanted =
            mine::Profile {
                name: "田中 一郎".into(), email: "new@example.co.jp".into(), lang: Lang::En, current: String::new()
            };
        assert_eq!(wrong_fields(mine::change_profile(db, &here, &wanted, "", world.now).await), ["current"]);
        wanted.current = "kumo-hana-1".into();
        mine::change_profile(db, &here, &wanted, "", world.now).await.unwrap();
        assert_eq!(
            wrong_fields(mine::change_password(db, &here, "wrong", "midori-yama-9", "midori-yama-9", "", world.now).await),
            ["current"]
        );
        assert_eq!(
            wrong_fields(mine::change_password(db, &here, "kumo-hana-1", "midori-yama-9", "x", "", world.now).await),
            ["again"]
        );
        mine::change_password(db, &here, "kumo-hana-1", "midori-yama-9", "midori-yama-9", "", world.now).await.unwrap();
        let left =
            crate::session::queries::own(&mut db.system_view().await.unwrap(), &here.actor.user_id, world.now).await.unwrap();
        assert_eq!(left.iter().map(|session| &session.id).collect::<Vec<_>>(), [&here.session_id]);
        assert_ne!(here.session_id, there.session_id);
    }
}

#[tokio::test]
async fn the_second_factor_from_beginning_to_end() {
    for world in World::each_new().await {
        let sato = world.sato().await;
        let (app, db) = (&world.app, &world.app.db);
        assert_eq!(wrong_fields(two_factor::begin(app, &sato, "wrong", "", world.now).await), ["current"]);
        two_factor::begin(app, &sato, SATO, "", world.now).await.unwrap();
        let two_factor::State::Waiting(secret, login) = two_factor::state(app, &sato).await.unwrap() else {
            panic!("not waiting")
        };
        assert_eq!(login, "sato");
        assert_eq!(wrong_fields(two_factor::confirm(app, &sato, "000000x", world.now).await), ["code"]);
        let codes = two_factor::confirm(app, &sato, &code_at(&secret, world.now), world.now).await.unwrap();
        assert_eq!(codes.len(), totp::RECOVERY_CODES);

        let step = sessions::sign_in(db, "sato", SATO, &door("x"), None, world.now).await.unwrap();
        assert_eq!(step.stage, Stage::NeedsCode);
        assert!(world.identity(&step.token).await.is_none());
        refused(sessions::confirm_code(app, &step.token, &code_at(&secret, world.now), &door("x"), world.now).await.map(|_| ()));
        let next = world.later(30);
        let done = sessions::confirm_code(app, &step.token, &code_at(&secret, next), &door("x"), next).await.unwrap();
        assert_eq!(done.stage, Stage::Strong);
        let step = sessions::sign_in(db, "sato", SATO, &door("x"), None, world.now).await.unwrap();
        assert!(sessions::confirm_code(app, &step.token, &codes[0], &door("x"), world.now).await.is_ok());
        let step = sessions::sign_in(db, "sato", SATO, &door("x"), None, world.now).await.unwrap();
        refused(sessions::confirm_code(app, &step.token, &codes[0], &door("x"), world.now).await);
        let raw = world
            .app
            .db
            .system_view()
            .await
            .unwrap()
            .first("select totp_secret from user_account", args![])
            .await
            .unwrap()
            .unwrap();
        assert!(!raw.text("totp_secret").unwrap().contains(&secret), "sealed at rest");
        two_factor::switch_off(app, &sato, SATO, "", world.now).await.unwrap();
        assert!(sessions::sign_in(db, "sato", SATO, &door("x"), None, world.now).await.unwrap().stage.is_in());
    }
}

fn code_at(secret: &str, now: Timestamp) -> String {
    totp::code_at(secret, now).unwrap()
}

#[tokio::test]
async fn a_forgotten_password_comes_back_by_mail_once() {
    for world in World::each_new().await {
        world.tanaka().await;
        let db = &world.app.db;
        reset::request(db, "nobody@example.co.jp", "http://x", "192.0.2.7", world.now).await.unwrap();
        assert_eq!(count(&world, "select count(*) as n from mail").await, 0);
        reset::request(db, "TANAKA@example.co.jp", "http://x/", "192.0.2.7", world.now).await.unwrap();
        let mail = db.system_view().await.unwrap().first("select recipient, body from mail", args![]).await.unwrap().unwrap();
        assert_eq!(mail.text("recipient").unwrap(), "tanaka@example.co.jp");
        let body = mail.text("body").unwrap();
        let token = body.split("http://x/password/reset?token=").nth(1).unwrap().split_whitespace().next().unwrap();
        assert!(reset::find(db, token, world.later(3601)).await.unwrap().is_none(), "an hour later");
        assert_eq!(wrong_fields(reset::redeem(db, token, "short", "short", "", world.now).await), ["password"]);
        reset::redeem(db, token, "midori-yama-9", "midori-yama-9", "", world.now).await.unwrap();
        refused(reset::redeem(db, token, "aoi-sora-to-9", "aoi-sora-to-9", "", world.now).await);
        world.sign_in("tanaka", "midori-yama-9").await;
        for _ in 0..5 {
            reset::request(db, "tanaka", "http://x", "192.0.2.8", world.now).await.unwrap();
        }
        assert_eq!(count(&world, "select count(*) as n from mail").await, 4, "three an hour by that name besides the first");
    }
}

#[tokio::test]
async fn no_secret_reaches_the_change_log() {
    for world in World::each_new().await {
        let id = world.tanaka().await;
        let plain = ops::reset_to_one_time(&world.app.db, world.sato().await.actor, &id, false, world.now).await.unwrap();
        let rows = world.app.db.system_view().await.unwrap().rows("select label, diff from change_log", args![]).await.unwrap();
        let all: String = rows.iter().map(|row| row.text("label").unwrap() + &row.text("diff").unwrap()).collect();
        for secret in [SATO, "kumo-hana-1", plain.as_str(), "argon2"] {
            assert!(!all.contains(secret));
        }
    }
}

#[tokio::test]
async fn one_time_passwords_are_strong_and_readable() {
    let one = ops::one_time_password().unwrap();
    assert_eq!(one.len(), 19);
    assert!(!one.contains(['0', 'O', '1', 'l', 'I']));
    assert!(super::rules::check_password(&one, "tanaka", super::rules::Class::Privileged).is_ok());
    assert_ne!(one, ops::one_time_password().unwrap());
}
