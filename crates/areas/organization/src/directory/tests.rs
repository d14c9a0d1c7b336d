//! The directory's answers about a small company, on every database at hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use jiff::civil::Date;
use mamori_approval::{Directory as _, Member, Source};
use mamori_kernel::access::Role;
use mamori_kernel::lang::Lang;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Registry, Values};
use mamori_store::{Actor, Origin, Tx, args};

use super::OrganizationDirectory;
use crate::account::harness::World;

async fn row(registry: &Registry, tx: &mut Tx, ledger: &str, values: Values) -> String {
    let shape = Shape::load(registry.ledger(ledger).unwrap(), tx).await.unwrap();
    ops::create(registry, tx, &shape, values, None, Gate::Program).await.unwrap().meta.id
}

fn names(members: &[Member]) -> Vec<&str> {
    members.iter().map(|member| member.name.as_str()).collect()
}

#[tokio::test]
async fn it_knows_who_holds_what_today() {
    let today: Date = "2026-11-20".parse().unwrap();
    for world in World::each_new().await {
        let sato = world.sato().await;
        let company = sato.actor.company_id.clone();
        let actor = Arc::new(Actor::program(&company, "test", Origin::Cli, Lang::Ja));
        let registry = &world.app.registry;
        let mut tx = world.app.db.tx(actor, world.now).await.unwrap();
        let head = row(registry, &mut tx, "person", Values::default().with("name", "高橋").with("email", "t@example.jp")).await;
        let boss = row(registry, &mut tx, "person", Values::default().with("name", "社長").with("left_on", today)).await;
        let top =
            row(registry, &mut tx, "department", Values::default().with("name", "本社").with("manager", boss.as_str())).await;
        let sales = Values::default().with("name", "営業部").with("parent", top.as_str()).with("manager", head.as_str());
        let sales = row(registry, &mut tx, "department", sales).await;
        crate::role::seed(&mut tx, registry).await.unwrap();
        let user = mamori_kernel::id::new();
        let directory = OrganizationDirectory;
        let audit = directory.role_id(&mut Source::Tx(&mut tx), "audit").await.unwrap().unwrap();
        let appoint = |from: &'static str, until: &'static str| {
            Values::default()
                .with("role", audit.as_str())
                .with("person", head.as_str())
                .with("deputy", boss.as_str())
                .with("phase", "peace")
                .with("starts", from.parse::<Date>().unwrap())
                .with("ends", until.parse::<Date>().unwrap())
        };
        row(registry, &mut tx, "role_assignment", appoint("2025-04-01", "2026-03-31")).await;
        row(registry, &mut tx, "role_assignment", appoint("2026-04-01", "2027-03-31")).await;
        tx.commit().await.unwrap();
        let mut system = world.app.db.system().await.unwrap();
        let account = "insert into user_account (id, login, name, lang, created_at) values ($1, 'takahashi', '高橋', 'en', '2026-04-01T00:00:00.000Z')";
        system.exec(account, args![&user]).await.unwrap();
        let membership = "insert into membership (user_id, company_id, roles, person_id, created_at) values ($1, $2, '[\"manager\",\"executive\"]', $3, '2026-04-01T00:00:00.000Z')";
        system.exec(membership, args![&user, &company, &head]).await.unwrap();
        drop(system);

        let mut view = world.app.db.view(sato.actor.clone()).await.unwrap();
        let db = &mut Source::View(&mut view);
        let holders = directory.role_holders(db, &audit, today).await.unwrap();
        assert_eq!(holders.len(), 1, "the term that is over does not count");
        assert_eq!((holders[0].member.name.as_str(), holders[0].deputy.as_ref().unwrap().name.as_str()), ("高橋", "社長"));
        assert_eq!(directory.role_holders(db, &audit, "2030-01-01".parse().unwrap()).await.unwrap(), []);
        assert_eq!(names(&directory.managers(db, &sales).await.unwrap()), ["高橋", "社長"], "the nearest head first");
        assert_eq!(names(&directory.account_holders(db, Role::Executive).await.unwrap()), ["高橋"]);
        assert!(directory.role_name(db, &audit).await.unwrap().contains("監査"));

        let takahashi = directory.member(db, &head, "").await.unwrap().unwrap();
        assert_eq!(
            (takahashi.user_id.as_str(), takahashi.email.as_str(), takahashi.lang),
            (user.as_str(), "t@example.jp", Lang::En)
        );
        assert_eq!(directory.member(db, "", &user).await.unwrap().unwrap(), takahashi, "the same, by account");
        let gone = directory.member(db, &boss, "").await.unwrap().unwrap();
        assert_eq!((gone.left_on, gone.user_id.as_str()), (Some(today), ""), "no account");
        let by_account = directory.member(db, "", &sato.actor.user_id).await.unwrap().unwrap();
        assert!(by_account.same(&Member::of(&sato.actor)));
        assert!(directory.member(db, "", "").await.unwrap().is_none());
        drop(view);

        let mut system = world.app.db.system().await.unwrap();
        system
            .exec("update membership set ended_at = '2026-11-01T00:00:00.000Z' where user_id = $1", args![&user])
            .await
            .unwrap();
        drop(system);
        let mut view = world.app.db.view(sato.actor.clone()).await.unwrap();
        let db = &mut Source::View(&mut view);
        assert_eq!(directory.member(db, &head, "").await.unwrap().unwrap().user_id, "", "a closed membership is no account here");
        assert!(directory.account_holders(db, Role::Executive).await.unwrap().is_empty());
    }
}
