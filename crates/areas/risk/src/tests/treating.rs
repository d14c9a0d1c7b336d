//! Measures of a risk: its state follows them, and when they are done it is judged again.

use mamori_kernel::access::Role;
use mamori_kernel::error::Error;
use mamori_kernel::lang::Lang;
use mamori_ledger::ops::Gate;
use mamori_ledger::shape::Shape;
use mamori_ledger::{Value, Values};
use mamori_schedule::TodaySource as _;

use super::house::{House, now};
use crate::treatment::{TreatmentToday, ops, queries};

fn today() -> jiff::civil::Date {
    mamori_kernel::time::today(now())
}

fn measure(house: &House, risks: &[&str], kind: &str) -> Values {
    Values::default()
        .with("title", "送信前に二人で確かめる")
        .with("risks", Value::List(risks.iter().map(|id| (*id).to_owned()).collect()))
        .with("policy", "reduce")
        .with("measure", "宛先と添付を読み上げる")
        .with("kind", kind)
        .with("factor", "likelihood")
        .with("lowers_to", 1)
        .with("owner", house.kimura.as_str())
        .with("due", jiff::civil::date(2026, 12, 10))
        .with("state", "planned")
}

async fn items(house: &House, who: std::sync::Arc<mamori_store::Actor>) -> Vec<(String, String)> {
    let mut view = house.view(who).await;
    let services = house.app().services();
    let found = TreatmentToday.items(&mut view, &services, today()).await.unwrap();
    found.into_iter().map(|item| (item.title, item.link)).collect()
}

#[tokio::test]
async fn a_risk_above_the_appetite_is_red_until_somebody_deals_with_it() {
    for house in House::each().await {
        let risk = house.risk(3).await;
        let expected =
            ("受容基準を超えたままのリスクが1件あります".to_owned(), "/risk/scenario?f.standing=above&f.state=open".to_owned());
        assert!(items(&house, house.officer()).await.contains(&expected));
        assert!(items(&house, house.executive()).await.contains(&expected), "the management sees it as well");
        assert!(items(&house, house.manager()).await.is_empty());
        let mut view = house.view(house.officer()).await;
        let services = house.app().services();
        let red = TreatmentToday.items(&mut view, &services, today()).await.unwrap();
        assert!(red[0].due.is_some_and(|due| due < today()), "late from the first day: red");
        drop(view);
        house.add_as(house.manager(), "treatment", measure(&house, &[&risk.meta.id], "human"), Gate::Person).await.unwrap();
        assert!(!items(&house, house.officer()).await.contains(&expected));
    }
}

#[tokio::test]
async fn the_state_follows_the_measures_and_their_end_asks_for_a_new_judgement() {
    for house in House::each().await {
        let (risk, other) = (house.risk(3).await, house.risk(3).await);
        let both = [risk.meta.id.as_str(), other.meta.id.as_str()];
        let first = house.add_as(house.manager(), "treatment", measure(&house, &both, "human"), Gate::Person).await.unwrap();
        assert_eq!(first.get("department").as_str(), house.personnel, "the department of its first risk");
        let second =
            house.add_as(house.officer(), "treatment", measure(&house, &both[..1], "technical"), Gate::Person).await.unwrap();
        let state = async |id: &str| house.find("scenario", id).await.get("state").as_str().to_owned();
        assert_eq!([state(both[0]).await, state(both[1]).await], ["treating", "treating"]);
        assert_eq!(house.find("scenario", both[0]).await.get("policy").as_str(), "reduce", "chosen with the first measure");
        let done = || Values::default().with("state", "done").with("done_on", today());
        house.change("treatment", &first.meta.id, done()).await.unwrap();
        assert_eq!([state(both[0]).await, state(both[1]).await], ["treating", "open"], "one still has a measure under way");
        let again =
            |items: &[(String, String)], id: &str| items.iter().any(|(_, link)| *link == format!("/risk/scenario/{id}/reassess"));
        let found = items(&house, house.manager()).await;
        assert!(again(&found, both[1]) && !again(&found, both[0]), "the owner is asked once all are done: {found:?}");
        house.change("treatment", &second.meta.id, Values::default().with("state", "cancelled")).await.unwrap();
        assert_eq!(state(both[0]).await, "open");
        assert!(again(&items(&house, house.officer()).await, both[0]));

        // Judged again: the item is gone, the residual value is there.
        let mut tx = house.tx().await;
        let shape = Shape::load(house.registry.ledger("scenario").unwrap(), &mut tx).await.unwrap();
        let version = house.find("scenario", both[0]).await.meta.version;
        let judged = || Values::default().with("weakness_after", 2).with("likelihood_after", 1);
        let late = ops::reassess(&mut tx, &house.registry, &shape, both[0], version - 1, judged()).await;
        assert!(matches!(late, Err(Error::Conflict { .. })), "two people, one risk: nobody overwrites the other");
        let record = ops::reassess(&mut tx, &house.registry, &shape, both[0], version, judged()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(record.get("residual_value").as_int(), Some(8), "T1: 3 → 1 gives 8");
        assert_eq!(record.get("standing").as_str(), "acceptable");
        assert!(!again(&items(&house, house.officer()).await, both[0]));
        let mut view = house.view(house.officer()).await;
        let shown = queries::of_scenario(&mut view, both[0]).await.unwrap();
        assert_eq!(shown.len(), 2, "both see each other's measure");
    }
}

#[tokio::test]
async fn a_level_stands_on_the_scale_and_a_stand_in_says_why() {
    for house in House::each().await {
        let risk = house.risk(3).await;
        let off = measure(&house, &[&risk.meta.id], "technical").with("lowers_to", 7);
        let refused = house.add_as(house.officer(), "treatment", off, Gate::Person).await;
        assert!(matches!(&refused, Err(Error::Invalid(errors)) if errors[0].field == "lowers_to"), "{refused:?}");
        let technical =
            house.add_as(house.officer(), "treatment", measure(&house, &[], "technical"), Gate::Person).await.unwrap();
        let stand_in = || measure(&house, &[&risk.meta.id], "human").with("compensates", technical.meta.id.as_str());
        assert!(house.add_as(house.officer(), "treatment", stand_in(), Gate::Person).await.is_err());
        let row = stand_in().with("why_not", "古い機械で設定できない");
        house.add_as(house.officer(), "treatment", row, Gate::Person).await.unwrap();
        let page = house.get(&format!("/risk/scenario/{}", risk.meta.id), Lang::Ja).await;
        assert!(page.contains("人の注意だけに頼っています") && page.contains("まず考える方針：回避"), "{page}");
        assert!(page.contains("の代わり") && page.contains(&format!("/risk/treatment/new?risks={}", risk.meta.id)), "{page}");
        let form = house.get(&format!("/risk/treatment/new?risks={}&policy=avoid", risk.meta.id), Lang::Ja).await;
        assert!(form.contains(&format!("value=\"{}\" checked", risk.meta.id)) || form.contains("checked"), "{form}");
    }
}

#[tokio::test]
async fn transfers_and_demands_come_up_in_time() {
    for house in House::each().await {
        let risk = house.risk(3).await;
        let policy = Values::default()
            .with("name", "サイバー保険")
            .with("kind", "insurance")
            .with("provider", "青葉損保")
            .with("risks", Value::List(vec![risk.meta.id.clone()]))
            .with("limit_yen", 30_000_000)
            .with("ends", jiff::civil::date(2026, 12, 15));
        let row = house.add_as(house.officer(), "insurance", policy, Gate::Person).await.unwrap();
        assert_eq!(row.get("review_on").as_date(), Some(today()), "a month before it ends has passed");
        let demand = Values::default()
            .with("title", "調査票への回答")
            .with("customer", "大手機械")
            .with("demand", "バックアップの手順を示すこと")
            .with("due", jiff::civil::date(2026, 11, 19))
            .with("received_on", jiff::civil::date(2026, 11, 1))
            .with("owner", house.kimura.as_str())
            .with("department", house.personnel.as_str())
            .with("risks", Value::List(vec![risk.meta.id.clone()]))
            .with("state", "received");
        house.add_as(house.manager(), "customer_demand", demand, Gate::Person).await.unwrap();
        let services = house.app().services();
        let mut view = house.view(house.officer()).await;
        let due = crate::insurance::InsuranceToday.items(&mut view, &services, today()).await.unwrap();
        assert_eq!(due[0].title, "まもなく終わる保険・契約を更新する：サイバー保険");
        let mut own = house.view(house.manager()).await;
        let due = crate::customer_demand::DemandToday.items(&mut own, &services, today()).await.unwrap();
        assert_eq!(due[0].title, "期限を過ぎた取引先の要求：調査票への回答");
        let mut nobody = house.view(house.actor(Role::Employee, "佐藤", "", &[])).await;
        assert!(crate::customer_demand::DemandToday.items(&mut nobody, &services, today()).await.unwrap().is_empty());
        drop((view, own, nobody));
        let page = house.get(&format!("/risk/scenario/{}", risk.meta.id), Lang::Ja).await;
        assert!(page.contains("青葉損保") && page.contains("大手機械"), "{page}");
    }
}
