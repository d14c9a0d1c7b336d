//! Signing in: the rules of S2-D7-06 as a person meets them, sessions, and the first visit to an empty installation.

use jiff::SignedDuration;
use mamori_kernel::access::Role;
use mamori_kernel::lang::Lang;
use mamori_organization::account::{MustChange, NewUser, ops};

use crate::harness::{Client, OFFICER, TestApp, on_both};

const PASSWORD: &str = "朝の珈琲を窓辺で飲む";
const LONG_PASSWORD: &str = "kumo-to-hana-no-michi";

async fn account(app: &TestApp, login: &str, roles: &[Role], password: &str, must_change: MustChange) {
    let new = NewUser {
        login: login.to_owned(),
        name: "試験 花".to_owned(),
        email: String::new(),
        password: password.to_owned(),
        must_change,
        lang: Lang::Ja,
        roles: roles.to_vec(),
        person_id: None,
        installation_admin: false,
    };
    ops::create_user(&app.app.db, app.actor("aoba"), new, app.now()).await.unwrap();
}

async fn try_in(client: &Client, login: &str, password: &str) -> u16 {
    client.post("/login", &[("login", login), ("password", password), ("next", "/organization/department")]).await.status
}

on_both! {
    async fn a_general_account_is_locked_for_an_hour_by_five_failures(app) {
        account(app, "hana", &[Role::Employee], PASSWORD, MustChange::No).await;
        let client = app.visitor();
        for _ in 0..4 {
            assert_ne!(try_in(&client, "hana", "wrong wrong wrong").await, 303);
        }
        assert_eq!(try_in(&client, "hana", PASSWORD).await, 303, "four failures do not lock");
        client.get("/help").await.is(200);
        let client = app.visitor();
        for _ in 0..5 {
            try_in(&client, "hana", "wrong wrong wrong").await;
        }
        assert_ne!(try_in(&client, "hana", PASSWORD).await, 303, "the right password does not open a locked account");
        app.later(SignedDuration::from_mins(59));
        assert_ne!(try_in(&app.visitor(), "hana", PASSWORD).await, 303);
        app.later(SignedDuration::from_mins(2));
        assert_eq!(try_in(&app.visitor(), "hana", PASSWORD).await, 303, "the lock is over after an hour");
    }

    async fn an_administrator_is_locked_for_six_hours_by_three_failures(app) {
        account(app, "kanri.hana", &[Role::Admin], LONG_PASSWORD, MustChange::No).await;
        for _ in 0..3 {
            try_in(&app.visitor(), "kanri.hana", "wrong wrong wrong").await;
        }
        assert_ne!(try_in(&app.visitor(), "kanri.hana", LONG_PASSWORD).await, 303);
        app.later(SignedDuration::from_mins(359));
        assert_ne!(try_in(&app.visitor(), "kanri.hana", LONG_PASSWORD).await, 303);
        app.later(SignedDuration::from_mins(2));
        assert_eq!(try_in(&app.visitor(), "kanri.hana", LONG_PASSWORD).await, 303);
    }

    async fn a_wrong_name_looks_like_a_wrong_password(app) {
        account(app, "hana", &[Role::Employee], PASSWORD, MustChange::No).await;
        let sentence = |words: String| words.replace("hana", "").replace("nobody", "");
        let known = app.visitor().post("/login", &[("login", "hana"), ("password", "wrong wrong wrong")]).await;
        let unknown = app.visitor().post("/login", &[("login", "nobody"), ("password", "wrong wrong wrong")]).await;
        assert_eq!(known.status, unknown.status);
        assert_eq!(sentence(known.words()), sentence(unknown.words()));
    }

    async fn a_one_time_password_must_be_replaced(app) {
        account(app, "hana", &[Role::Employee], PASSWORD, MustChange::OneTime).await;
        let client = app.visitor();
        let first = client.post("/login", &[("login", "hana"), ("password", PASSWORD)]).await.is(303);
        assert!(first.location().starts_with("/login/password"), "{}", first.location());
        // Half way in is not in.
        assert!(client.get("/").await.is(303).location().starts_with("/login"));
        client.post("/login/password", &[("password", "short"), ("again", "short")]).await.is(422);
        client.post("/login/password", &[("password", "夜の紅茶を縁側で飲む"), ("again", "夜の紅茶を縁側で飲む")]).await.is(303);
        client.get("/").await.is(200);
        assert_ne!(try_in(&app.visitor(), "hana", PASSWORD).await, 303, "the one-time password is spent");
    }

    async fn a_session_ends_by_rest_by_age_and_by_leaving(app) {
        account(app, "hana", &[Role::Employee], PASSWORD, MustChange::No).await;
        let client = app.visitor();
        assert_eq!(try_in(&client, "hana", PASSWORD).await, 303);
        let token = client.has_cookie("mamori_session").unwrap();
        client.get("/help").await.is(200);
        client.post("/logout", &[]).await.is(303);
        client.cookie("mamori_session", &token);
        assert_eq!(client.get("/help").await.status, 303, "a token is worth nothing after signing out");
        let again = app.visitor();
        assert_eq!(try_in(&again, "hana", PASSWORD).await, 303);
        let token = again.has_cookie("mamori_session").unwrap();
        app.later(SignedDuration::from_hours(13));
        let later = app.visitor();
        later.cookie("mamori_session", &token);
        assert_eq!(later.get("/help").await.status, 303, "thirteen idle hours end a session");
    }

    async fn after_signing_in_one_never_leaves_the_program(app) {
        account(app, "hana", &[Role::Officer], PASSWORD, MustChange::No).await;
        for next in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"] {
            let answer = app.visitor().post("/login", &[("login", "hana"), ("password", PASSWORD), ("next", next)]).await.is(303);
            assert_eq!(answer.location(), "/", "{next}");
        }
        let asked = app.visitor().get("/organization/department?q=1").await.is(303).location();
        assert_eq!(asked, "/login?next=%2Forganization%2Fdepartment%3Fq%3D1");
    }

    async fn own_sessions_are_listed_and_ended(app) {
        account(app, "hana", &[Role::Employee], PASSWORD, MustChange::No).await;
        let (here, there) = (app.visitor(), app.visitor());
        assert_eq!(try_in(&here, "hana", PASSWORD).await, 303);
        assert_eq!(try_in(&there, "hana", PASSWORD).await, 303);
        here.get("/account/sessions").await.is(200);
        here.post("/account/sessions/end-others", &[]).await.is(303);
        here.get("/help").await.is(200);
        assert_eq!(there.get("/help").await.status, 303);
    }

    async fn the_set_up_cannot_be_repeated(app) {
        let visitor = app.visitor();
        visitor.get("/setup").await.is(303);
        let again = visitor.post("/setup/administrator", &[("name", "乗っ取り社"), ("industry", "other"), ("headcount", "1"), ("fiscal_start_month", "4"), ("lang", "ja"), ("admin_name", "x"), ("admin_login", "intruder"), ("admin_password", LONG_PASSWORD), ("admin_again", LONG_PASSWORD)]).await;
        assert!(again.status >= 400 || again.location() == "/", "{} {}", again.status, again.location());
        assert_eq!(app.number("select count(*) as n from user_account where login = 'intruder'").await, 0);
        assert_eq!(app.number("select count(*) as n from company").await, 2);
    }

    async fn each_step_of_the_program_is_told_to_the_right_people(app) {
        let mori = app.person(OFFICER).await;
        mori.get("/").await.is(200);
        for path in ["/account", "/account/password", "/account/sessions", "/help", "/search?q=x", "/company"] {
            let status = mori.get(path).await.status;
            assert!(status == 200 || status == 303, "{path} answered {status}");
        }
    }
}
