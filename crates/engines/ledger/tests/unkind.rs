//! What an unkind visitor tries on any ledger: ids of other rows, rows out of use, the same file twice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use common::{House, now};
use mamori_kernel::access::{Action, Role, Scope, allow};
use mamori_kernel::error::Error;
use mamori_kernel::lang::Words;
use mamori_ledger::import;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::record::{Record, Values};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Area, Ledger, Ref};

#[derive(Ledger)]
#[ledger(code = "shelf", area = "trial", ja = "棚", en = "Shelf", label = "name", keys = "name")]
struct Shelf {
    #[field(ja = "棚名", en = "Shelf name", required, list)]
    name: String,
}

#[derive(Ledger)]
#[ledger(code = "binder", area = "trial", ja = "綴り", en = "Binder", label = "name", keys = "code; name,shelf,kind")]
struct Binder {
    #[field(ja = "番号", en = "Code", list)]
    code: String,
    #[field(ja = "綴り名", en = "Binder name", required, list)]
    name: String,
    #[field(ja = "棚", en = "Shelf", list)]
    shelf: Ref<Shelf>,
    #[field(ja = "種類", en = "Kind", list)]
    kind: String,
}

fn area() -> Area {
    Area::new("trial", Words::new("試し", "Trial"))
        .ledger(Shelf::def())
        .ledger(Binder::def())
        .migration(
            "trial",
            "create table shelf ({ledger}, name text not null default '');
             create table binder ({ledger}, code text not null default '', name text not null default '', shelf text references shelf(id),
               kind text not null default '');",
        )
        .permissions(vec![
            allow(&[Role::Officer], "shelf", &Action::ALL, Scope::All),
            allow(&[Role::Officer], "binder", &Action::ALL, Scope::All),
        ])
}

impl House {
    async fn make(&self, company: &str, ledger: &str, values: Values, row_id: Option<&str>) -> Result<Record, Error> {
        let mut tx = self.app.db.tx(self.actor(company, Role::Officer), now()).await?;
        let shape = Shape::load(self.app.registry.ledger(ledger).unwrap(), &mut tx).await?;
        let row_id = row_id.map(str::to_owned);
        let record = ops::create(&self.app.registry, &mut tx, &shape, values, row_id, Gate::Person).await?;
        tx.commit().await?;
        Ok(record)
    }

    async fn change(&self, ledger: &str, row: &Record, values: Values) -> Result<Record, Error> {
        let mut tx = self.app.db.tx(self.actor("a", Role::Officer), now()).await?;
        let shape = Shape::load(self.app.registry.ledger(ledger).unwrap(), &mut tx).await?;
        let version = Some(row.meta.version);
        let record = ops::update(&self.app.registry, &mut tx, &shape, &row.meta.id, version, values, Gate::Person).await?;
        tx.commit().await?;
        Ok(record)
    }

    async fn retire(&self, ledger: &str, row: &Record) -> Record {
        let mut tx = self.app.db.tx(self.actor("a", Role::Officer), now()).await.unwrap();
        let shape = Shape::load(self.app.registry.ledger(ledger).unwrap(), &mut tx).await.unwrap();
        let record = ops::retire(&self.app.registry, &mut tx, &shape, &row.meta.id, None).await.unwrap();
        tx.commit().await.unwrap();
        record
    }

    async fn import(&self, csv: &str) -> String {
        let def = self.app.registry.ledger("binder").unwrap();
        let outcome = import::run(&self.app, self.actor("a", Role::Officer), def, csv.as_bytes(), "b.csv", false).await.unwrap();
        outcome.summary.to_string()
    }
}

#[tokio::test]
async fn an_id_belongs_to_one_row_for_ever() {
    for house in House::of(area).await {
        let name = |name: &'static str| Values::default().with("name", name);
        let shelf = house.make("a", "shelf", name("東"), None).await.unwrap();
        let id = Some(shelf.meta.id.as_str());
        // The same form once more gives back what was saved.
        assert_eq!(house.make("a", "shelf", name("東"), id).await.unwrap().meta.id, shelf.meta.id);
        // A row of another ledger with this id would inherit its files, comments and history.
        assert!(matches!(house.make("a", "binder", name("偽"), id).await, Err(Error::Refused(_))));
        house.retire("shelf", &shelf).await;
        assert!(matches!(house.make("a", "binder", name("偽"), id).await, Err(Error::Refused(_))));
        // The same in another company, which must not even learn that the row exists.
        assert!(matches!(house.make("b", "shelf", name("偽"), id).await, Err(Error::Refused(_))));
        house.make("b", "shelf", name("西"), None).await.unwrap();
    }
}

#[tokio::test]
async fn a_row_out_of_use_is_neither_changed_nor_chosen() {
    for house in House::of(area).await {
        let shelf = house.make("a", "shelf", Values::default().with("name", "東"), None).await.unwrap();
        let on_it = Values::default().with("name", "帳票").with("shelf", shelf.meta.id.as_str());
        let retired = house.retire("shelf", &shelf).await;
        // Also for who had opened the form before it was retired: the reason comes before the clash.
        for row in [&shelf, &retired] {
            let outcome = house.change("shelf", row, Values::default().with("name", "西")).await;
            assert!(matches!(outcome, Err(Error::Refused(_))), "{outcome:?}");
        }
        let Err(Error::Invalid(errors)) = house.make("a", "binder", on_it, None).await else { panic!("chosen") };
        assert_eq!((errors.len(), errors[0].field.as_str()), (1, "shelf"));
        assert!(errors[0].message.ja.contains("使用終了"), "{}", errors[0].message.ja);
    }
}

#[tokio::test]
async fn the_second_import_changes_nothing_also_without_all_parts_of_the_key() {
    for house in House::of(area).await {
        let csv = "綴り名,種類\n帳票,紙\n帳票,電子\n図面,紙\n";
        assert_eq!(house.import(csv).await, "created=3 changed=0 unchanged=0 wrong=0");
        assert_eq!(house.import(csv).await, "created=0 changed=0 unchanged=3 wrong=0");
    }
}
