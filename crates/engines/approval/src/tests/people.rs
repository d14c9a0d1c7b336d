//! The floor above the engine, made up: people, roles, a thing to approve.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use jiff::civil::Date;
use mamori_kernel::access::{Action, Role, Scope, allow};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::yen::Yen;
use mamori_ledger::hooks::{Hooked, Hooks, Panel};
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Area, Ledger, Record, Registry, Values};
use mamori_store::{Reader as _, Row, Tx, View, args};

use crate::contract::{Approvable, Approvals, Decision, Fact, Outcome, Plan, PlanStep, RouteKind, Subject};
use crate::directory::{Directory, Holder, Member, Source};
use crate::route::StepKind;

#[derive(Clone, Debug, Default, Ledger)]
#[ledger(code = "person", area = "test", ja = "人", en = "Person", label = "name", owner = "id")]
pub struct Person {
    #[field(ja = "氏名", en = "Name", required)]
    pub name: String,
    #[field(ja = "部署", en = "Heads")]
    pub heads: String,
    #[field(ja = "退職日", en = "Left on")]
    pub left_on: Option<Date>,
    #[field(ja = "利用者の役割", en = "Account role")]
    pub account: String,
}

#[derive(Clone, Debug, Default, Ledger)]
#[ledger(code = "security_role", area = "test", ja = "役割", en = "Role", label = "name")]
pub struct SecurityRole {
    #[field(ja = "役割名", en = "Name", required)]
    pub name: String,
}

/// Who holds a role.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(code = "holding", area = "test", ja = "任命", en = "Appointment", label = "role")]
pub struct Holding {
    #[field(ja = "役割", en = "Role", required)]
    pub role: String,
    #[field(ja = "担当者", en = "Holder", required)]
    pub person: String,
    #[field(ja = "代行者", en = "Deputy")]
    pub deputy: String,
}

/// Something to buy.
#[derive(Clone, Debug, Default, Ledger)]
#[ledger(code = "purchase", area = "test", ja = "購入", en = "Purchase", label = "name")]
pub struct Purchase {
    #[field(ja = "品名", en = "Name", required)]
    pub name: String,
    #[field(ja = "金額", en = "Amount")]
    pub amount: Option<Yen>,
    #[field(ja = "状態", en = "State")]
    pub state: String,
}

struct PurchaseHooks;

impl Hooks for PurchaseHooks {
    fn panels<'a>(&'a self, view: &'a mut View, registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(async move { Ok(vec![crate::panel(view, registry, "purchase", &record.meta.id).await?]) })
    }
}

const TABLES: &str = "create table person ({ledger}, name text not null default '', heads text not null default '', left_on text not null default '', account text not null default '');
create table security_role ({ledger}, name text not null default '');
create table holding ({ledger}, role text not null default '', person text not null default '', deputy text not null default '');
create table purchase ({ledger}, name text not null default '', amount bigint, state text not null default '');";

pub fn area() -> Area {
    let everybody: &[Role] = &Role::ALL;
    Area::new("test", Words::new("試験", "Test"))
        .migration("baseline", TABLES)
        .ledger(Person::def())
        .ledger(SecurityRole::def())
        .ledger(Holding::def())
        .ledger(Purchase::def().with_hooks(PurchaseHooks))
        .permissions(vec![
            allow(&[Role::Officer, Role::Executive], "person", &[Action::View], Scope::All),
            allow(everybody, "purchase", &[Action::View, Action::Create, Action::Edit], Scope::All),
        ])
}

/// Reads the made-up tables. The account of a person is `u-NAME`, unless the column says `none`.
pub struct Fake;

const PERSON: &str = "select id, name, left_on, account from person where company_id = $1";

fn member(row: &Row) -> Result<Member> {
    let (name, account) = (row.text("name")?, row.text("account")?);
    Ok(Member {
        person_id: row.get("id")?,
        user_id: if account == "none" { String::new() } else { format!("u-{name}") },
        email: format!("{name}@example.jp"),
        lang: Lang::Ja,
        left_on: row.text("left_on")?.parse().ok(),
        disabled: account == "disabled",
        name,
    })
}

impl Directory for Fake {
    fn role_holders<'a>(&'a self, db: &'a mut Source<'_>, role_id: &'a str, _: Date) -> Hooked<'a, Vec<Holder>> {
        Box::pin(async move {
            let rows = db
                .rows("select person, deputy from holding where company_id = $1 and role = $2 order by id", args![role_id])
                .await?;
            let mut found = Vec::new();
            for row in &rows {
                let member = self.member(db, &row.text("person")?, "").await?.unwrap();
                found.push(Holder { member, deputy: self.member(db, &row.text("deputy")?, "").await? });
            }
            Ok(found)
        })
    }
    fn role_name<'a>(&'a self, db: &'a mut Source<'_>, role_id: &'a str) -> Hooked<'a, String> {
        Box::pin(async move {
            let row = db.first("select name from security_role where company_id = $1 and id = $2", args![role_id]).await?;
            row.map_or_else(|| Ok(String::new()), |row| row.text("name"))
        })
    }
    fn role_id<'a>(&'a self, db: &'a mut Source<'_>, code: &'a str) -> Hooked<'a, Option<String>> {
        Box::pin(async move {
            let row = db.first("select id from security_role where company_id = $1 and name = $2", args![code]).await?;
            row.map(|row| row.get("id")).transpose()
        })
    }
    fn account_holders<'a>(&'a self, db: &'a mut Source<'_>, role: Role) -> Hooked<'a, Vec<Member>> {
        Box::pin(async move {
            let rows = db.rows(&format!("{PERSON} and account = $2 order by id"), args![role.code()]).await?;
            rows.iter().map(member).collect()
        })
    }
    fn managers<'a>(&'a self, db: &'a mut Source<'_>, department_id: &'a str) -> Hooked<'a, Vec<Member>> {
        Box::pin(async move {
            let rows = db.rows(&format!("{PERSON} and heads = $2 order by id"), args![department_id]).await?;
            rows.iter().map(member).collect()
        })
    }
    fn member<'a>(&'a self, db: &'a mut Source<'_>, person_id: &'a str, user_id: &'a str) -> Hooked<'a, Option<Member>> {
        Box::pin(async move {
            let (column, value) =
                if person_id.is_empty() { ("name", user_id.trim_start_matches("u-")) } else { ("id", person_id) };
            let row = db.first(&format!("{PERSON} and {column} = $2"), args![value]).await?;
            row.as_ref().map(member).transpose()
        })
    }
}

/// Purchases: below 2,000,000 yen the head of sales reviews and the CISO approves; from there on CISO and finance must both agree, the
/// board approves, and the auditor reads it afterwards.
pub struct Purchases;

impl Approvable for Purchases {
    fn kind(&self) -> &'static str {
        "purchase"
    }
    fn words(&self) -> Words {
        Words::new("購入", "Purchase")
    }
    fn ledger(&self) -> &'static str {
        "purchase"
    }
    fn routes(&self) -> Vec<RouteKind> {
        let step = |kind, roles, accounts, manager| PlanStep { kind, roles, accounts, manager, days: 3 };
        let small = vec![step(StepKind::Review, &[], &[], true), step(StepKind::Approve, &["ciso"], &[], false)];
        let large = vec![
            step(StepKind::Consent, &["ciso", "finance"], &[], false),
            step(StepKind::After, &["audit"], &[], false),
            step(StepKind::Approve, &[], &[Role::Executive], false),
        ];
        vec![RouteKind {
            code: "purchase",
            words: self.words(),
            plans: vec![
                Plan { name: Words::new("少額", "Small"), from: Yen(0), steps: small },
                Plan { name: Words::new("高額", "Large"), from: Yen(2_000_000), steps: large },
            ],
        }]
    }
    fn describe<'a>(&'a self, db: &'a mut Source<'_>, _: &'a Registry, row_id: &'a str) -> Hooked<'a, Subject> {
        Box::pin(async move {
            let row = db.first("select name, amount from purchase where company_id = $1 and id = $2", args![row_id]).await?;
            let row = row.ok_or(Error::NotFound)?;
            let amount = row.get::<Option<i64>>("amount")?.map(Yen);
            Ok(Subject {
                title: row.text("name")?,
                amount,
                link: format!("/test/purchase/{row_id}"),
                department: "営業部".to_owned(),
                facts: vec![Fact { label: Words::new("品名", "Name"), value: Words::owned(row.text("name")?, "") }],
                ..Subject::default()
            })
        })
    }
    fn decided<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry, row_id: &'a str, decision: &'a Decision) -> Hooked<'a, ()> {
        Box::pin(async move {
            let shape = Shape::plain(registry.ledger("purchase").unwrap());
            let state = match decision.outcome {
                Outcome::Approved => "bought",
                Outcome::Returned => "returned",
                _ => "dropped",
            };
            ops::update(registry, tx, &shape, row_id, None, Values::default().with("state", state), Gate::Program)
                .await
                .map(|_| ())
        })
    }
}

pub fn approvals() -> Approvals {
    Approvals::new(Fake).kind(Purchases)
}
