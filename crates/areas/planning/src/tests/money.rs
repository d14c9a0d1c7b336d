//! From the measures into the budget, year after year, and nothing twice.

use mamori_kernel::yen::Yen;
use mamori_ledger::Values;
use mamori_ledger::ops::Gate;
use mamori_store::verify;

use super::house::{House, message};
use crate::budget::ops::{TakenOver, carry_over, take_over};
use crate::budget::queries;
use crate::budget::rules::{Item, year_sheet};
use crate::budget_item::State;

impl House {
    pub async fn take_over(&self) -> TakenOver {
        let mut tx = self.tx().await;
        let done = take_over(&mut tx, &self.registry).await.unwrap();
        if done.added + done.changed > 0 {
            tx.commit().await.unwrap();
        } else {
            tx.rollback().await.unwrap();
        }
        done
    }

    pub async fn items(&self) -> Vec<Item> {
        queries::items(&mut self.view(self.officer()).await).await.unwrap()
    }
}

#[tokio::test]
async fn a_measure_comes_into_the_budget_once_and_follows_its_changes_until_it_is_asked_for() {
    for house in House::each().await {
        let measure = house.measure("多要素認証").await;
        assert_eq!(house.take_over().await, TakenOver { added: 4, changed: 0, kept: 0 });
        assert_eq!(house.take_over().await, TakenOver::default(), "a second time counts nothing twice");
        let items = house.items().await;
        assert!(items.iter().all(|item| item.treatment == measure && item.state == State::Planned));
        let sheet = year_sheet(&items, 2026);
        assert_eq!(sheet.classes.map(|sums| sums.planned), [Yen(600_000), Yen(240_000), Yen::ZERO]);
        assert_eq!(
            [2027, 2028, 2029].map(|year| year_sheet(&items, year).total.planned),
            [Yen(240_000), Yen(240_000), Yen::ZERO]
        );
        let first = house.find("budget_item", &items[0].id).await;
        assert_eq!(first.get("owner").as_str(), house.kimura, "the measure's owner");

        house.change("treatment", &measure, Values::default().with("cost", "700000")).await.unwrap();
        assert_eq!(house.take_over().await, TakenOver { added: 0, changed: 1, kept: 0 });
        // One running year was asked for, another was removed by a person: both stay as they are.
        let running: Vec<&Item> = items.iter().filter(|item| item.amount == Yen(240_000)).collect();
        house.set_state(&running[0].id, "requested").await;
        house.retire("budget_item", &running[1].id).await;
        house.change("treatment", &measure, Values::default().with("yearly_cost", "300000")).await.unwrap();
        assert_eq!(house.take_over().await, TakenOver { added: 0, changed: 1, kept: 2 });
        let refused = house.change("budget_item", &running[0].id, Values::default().with("amount", "1")).await;
        assert!(message(refused).contains("申請した後"));
        let mut view = house.view(house.officer()).await;
        assert_eq!(verify(&mut view).await.unwrap().broken, None, "every write has its entry");
    }
}

impl House {
    pub async fn set_state(&self, item: &str, state: &str) {
        let mut tx = self.tx().await;
        let shape = mamori_ledger::shape::Shape::load(self.registry.ledger("budget_item").unwrap(), &mut tx).await.unwrap();
        let values = Values::default().with("state", state);
        mamori_ledger::ops::consequence(&self.registry, &mut tx, &shape, item, values).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn retire(&self, ledger: &str, id: &str) {
        let mut tx = self.tx().await;
        let shape = mamori_ledger::shape::Shape::load(self.registry.ledger(ledger).unwrap(), &mut tx).await.unwrap();
        mamori_ledger::ops::retire(&self.registry, &mut tx, &shape, id, None).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn last_years_running_cost_is_carried_over_once() {
    for house in House::each().await {
        house.measure("多要素認証").await;
        house.take_over().await;
        let own = |title: &str, class: &str| {
            Values::default().with("title", title).with("fiscal_year", 2026).with("class", class).with("amount", 120_000)
        };
        for (title, class) in [("ウイルス対策の更新料", "operation"), ("研修", "before")] {
            house.add_as(house.officer(), "budget_item", own(title, class), Gate::Program).await.unwrap();
        }
        let carry = async || {
            let mut tx = house.tx().await;
            let made = carry_over(&mut tx, &house.registry, 2027).await.unwrap();
            if made > 0 {
                tx.commit().await.unwrap()
            } else {
                tx.rollback().await.unwrap()
            }
            made
        };
        assert_eq!(carry().await, 1, "the measure plans its years itself, and only running cost goes on");
        assert_eq!(carry().await, 0);
        let items = house.items().await;
        assert_eq!(year_sheet(&items, 2027).total.planned, Yen(360_000));
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_a_department_sees_its_own_money() {
    for house in House::each().await {
        let wrong = |values: Values| house.add_as(house.officer(), "budget_item", values, Gate::Person);
        let fine =
            || Values::default().with("title", "鍵").with("fiscal_year", "2026").with("class", "before").with("amount", "100");
        assert!(message(wrong(fine().with("amount", "-1")).await).contains("0円以上"));
        assert!(message(wrong(fine().with("payment", "free")).await).contains("無償"));
        assert!(message(wrong(fine().with("fiscal_year", "26")).await).contains("4桁"));
        let mine = fine().with("department", house.sales.as_str());
        let mine = house.add_as(house.officer(), "budget_item", mine, Gate::Person).await.unwrap();
        house.add_as(house.officer(), "budget_item", fine(), Gate::Person).await.unwrap();
        let seen = queries::items(&mut house.view(house.manager()).await).await.unwrap();
        assert_eq!(seen.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), [mine.meta.id.as_str()]);
        let spent = Values::default().with("spent", "90").with("spent_on", jiff::civil::date(2026, 11, 1));
        let row = house.change("budget_item", &mine.meta.id, spent).await.unwrap();
        assert_eq!(row.get("state").as_str(), "spent");
        let typed = house.change("budget_item", &mine.meta.id, Values::default().with("state", "approved")).await.unwrap();
        assert_eq!(typed.get("state").as_str(), "spent", "nobody types a state");
    }
}
