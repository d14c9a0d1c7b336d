//! Stories on a real database: the first visit.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use mamori_kernel::access::Role;
use mamori_store::verify_all;

use super::needed;
use super::ops::{Administrator, set_up};
use crate::account::harness::{World, door, profile, refused, sato, wrong_fields};
use crate::company::Profile;

#[tokio::test]
async fn the_first_visitor_sets_up_and_is_in() {
    for world in World::each_empty().await {
        let db = &world.app.db;
        assert!(needed(db).await.unwrap());
        let done = set_up(db, &profile(), sato(), &door("Edge / Windows"), world.now).await.unwrap();
        assert!(!needed(db).await.unwrap());
        let identity = world.identity(&done.token).await.unwrap();
        assert_eq!(identity.actor.roles, [Role::Admin, Role::Officer]);
        assert_eq!(identity.fiscal_start_month, 4);
        let chains = verify_all(db).await.unwrap();
        assert_eq!(chains.len(), 1);
        assert!(chains[0].broken.is_none() && chains[0].entries == 3, "company, account, sign-in");
        refused(set_up(db, &profile(), sato(), &door("x"), world.now).await);
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_is_written() {
    for world in World::each_empty().await {
        let db = &world.app.db;
        let no_company = Profile { name: String::new(), ..profile() };
        assert_eq!(wrong_fields(set_up(db, &no_company, sato(), &door("x"), world.now).await), ["name"]);
        let weak = Administrator { login: "root".into(), password: "kumo-hana-1".into(), again: "kumo-hana-1".into(), ..sato() };
        assert_eq!(wrong_fields(set_up(db, &profile(), weak, &door("x"), world.now).await), ["login", "password"]);
        let differs = Administrator { again: "something else".into(), ..sato() };
        assert_eq!(wrong_fields(set_up(db, &profile(), differs, &door("x"), world.now).await), ["again"]);
        assert!(needed(db).await.unwrap());
        assert!(crate::company::ops::all(db).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn two_visitors_who_finish_together_make_one_company() {
    for world in World::each_empty().await {
        let both = [1, 2].map(|n| {
            let db = world.app.db.clone();
            let now = world.now;
            let admin = Administrator { login: format!("sato-{n}"), ..sato() };
            tokio::spawn(async move { set_up(&db, &profile(), admin, &door("x"), now).await.is_ok() })
        });
        let mut through = 0;
        for one in both {
            through += i32::from(one.await.unwrap());
        }
        assert_eq!(through, 1);
        assert_eq!(crate::company::ops::all(&world.app.db).await.unwrap().len(), 1);
    }
}
