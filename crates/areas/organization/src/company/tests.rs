//! Stories on a real database: companies side by side.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use mamori_kernel::error::Error;

use super::{Profile, ops, queries};
use crate::account::harness::{World, profile, wrong_fields};

#[tokio::test]
async fn two_people_who_edit_the_profile_do_not_overwrite_each_other() {
    for world in World::each_new().await {
        let sato = world.sato().await;
        let db = &world.app.db;
        let stored = queries::get(&mut db.view(sato.actor.clone()).await.unwrap()).await.unwrap();
        assert_eq!(stored.profile, profile());
        let grown = Profile { headcount: 50, ..profile() };
        ops::change_profile(db, sato.actor.clone(), &grown, stored.version, world.now).await.unwrap();
        let clash = ops::change_profile(db, sato.actor.clone(), &profile(), stored.version, world.now).await;
        assert_eq!(clash, Err(Error::Conflict { current: 2 }));
        assert_eq!(queries::get(&mut db.view(sato.actor).await.unwrap()).await.unwrap().profile.headcount, 50);
    }
}

#[tokio::test]
async fn a_further_company_needs_its_own_code() {
    for world in World::each_new().await {
        let sato = world.sato().await;
        let db = &world.app.db;
        assert_eq!(wrong_fields(ops::create_company(db, &sato.actor, "main", &profile(), world.now).await), ["code"]);
        assert_eq!(wrong_fields(ops::create_company(db, &sato.actor, "Main!", &profile(), world.now).await), ["code"]);
        ops::create_company(db, &sato.actor, "suzuki", &profile(), world.now).await.unwrap();
        let codes: Vec<String> = ops::all(db).await.unwrap().into_iter().map(|(_, code, _)| code).collect();
        assert_eq!(codes, ["main", "suzuki"]);
    }
}
