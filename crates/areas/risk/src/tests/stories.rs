//! From the sheets to the decisions.

use mamori_kernel::access::Role;
use mamori_kernel::error::Error;
use mamori_ledger::Values;
use mamori_ledger::ops::Gate;
use mamori_store::verify;

use super::house::{House, now};
use crate::assessment::{Recalculated, queries, standing};
use crate::method::{MethodInput, change_method};

const SAMPLES: [Option<i64>; 8] = [Some(4), Some(2), Some(2), Some(4), Some(1), Some(1), Some(4), Some(4)];

fn today() -> jiff::civil::Date {
    mamori_kernel::time::today(now())
}

#[tokio::test]
async fn the_eight_sample_rows_come_out_as_the_textbook_says() {
    for house in House::each().await {
        let ids = house.samples().await;
        assert_eq!(house.values(&ids).await, [None; 8], "nothing is guessed before the sheets are filled in");
        assert_eq!(house.seed().await, 6 + 47 + 1 + 43 + 38 + 1, "places, questions, method, threats, weaknesses, scale");
        assert_eq!(house.seed().await, 0, "a second time changes nothing");
        house.answer_all("partial").await;
        assert_eq!(house.values(&ids).await, SAMPLES);
        let first = house.find("information_asset", &ids[0]).await;
        let shown: Vec<_> =
            ["threat_level", "weakness_level", "likelihood"].iter().map(|field| first.get(field).as_int()).collect();
        assert_eq!(shown, [Some(3), Some(2), Some(2)]);
        assert_eq!(first.get("risk_band").as_str(), "high");
        assert_eq!(first.meta.version, 1, "nobody edited the row");
        let mut view = house.view(house.officer()).await;
        assert_eq!(verify(&mut view).await.unwrap().broken, None);
    }
}

#[tokio::test]
async fn an_asset_has_its_risk_in_the_save_that_makes_it() {
    for house in House::each().await {
        house.seed().await;
        house.answer_all("not_implemented").await;
        let ids = house.samples().await;
        assert_eq!(house.values(&ids).await[0], Some(6), "threat 3, no measures, importance 2");
        let moved = house.change("information_asset", &ids[0], Values::default().with("storage", "paper")).await.unwrap();
        assert_eq!(moved.get("risk_value").as_int(), Some(4));
        house.answer_all("implemented").await;
        let again = house.change("information_asset", &ids[0], Values::default().with("note", "見直した")).await.unwrap();
        assert_eq!(again.get("risk_value").as_int(), Some(2), "the cached sheets were noticed to be old");
    }
}

#[tokio::test]
async fn a_threat_level_edited_in_its_ledger_changes_the_assets() {
    for house in House::each().await {
        house.seed().await;
        house.answer_all("partial").await;
        let ids = house.samples().await;
        let mut view = house.view(house.officer()).await;
        let places = crate::threat_level::queries::places(&mut view).await.unwrap();
        drop(view);
        house.change("threat_level", &places["paper"].id, Values::default().with("level", "3")).await.unwrap();
        assert_eq!(house.values(&ids).await[1], Some(4));
        let twin = Values::default().with("storage", "paper").with("level", "1");
        let refused = house.add_as(house.officer(), "threat_level", twin, Gate::Person).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "one row a place");
    }
}

#[tokio::test]
async fn another_scale_is_a_new_version_and_asks_for_new_decisions() {
    for house in House::each().await {
        house.seed().await;
        house.answer_all("partial").await;
        let ids = house.samples().await;
        let input = |reason: &str| MethodInput {
            scale: "one_to_three".into(),
            middle_from: "3".into(),
            large_from: "6".into(),
            reason: reason.into(),
        };
        let mut tx = house.tx().await;
        let changed = change_method(&mut tx, &house.registry, &input("親会社に合わせる")).await.unwrap();
        assert_eq!(changed, Recalculated::Now(8));
        assert!(matches!(change_method(&mut tx, &house.registry, &input("もう一度")).await, Err(Error::Refused(_))));
        tx.commit().await.unwrap();
        assert_eq!(house.values(&ids).await, [6, 3, 3, 6, 2, 2, 6, 6].map(Some));
        let mut view = house.view(house.officer()).await;
        assert_eq!(crate::method::queries::current(&mut view).await.unwrap().number, 2);
    }
}

fn treatment(house: &House, asset: &str) -> Values {
    Values::default()
        .with("title", "名簿を施錠する")
        .with("asset", asset)
        .with("policy", "reduce")
        .with("measure", "鍵付きの棚に移す")
        .with("owner", house.kimura.as_str())
        .with("due", jiff::civil::date(2026, 11, 10))
        .with("state", "planned")
        .with("cost", 30_000)
}

#[tokio::test]
async fn a_treatment_takes_the_risk_off_the_list_until_it_is_done() {
    for house in House::each().await {
        house.seed().await;
        house.answer_all("partial").await;
        let ids = house.samples().await;
        let mut view = house.view(house.officer()).await;
        let before = standing(&mut view, today()).await.unwrap();
        assert_eq!((before.high, before.middle, before.low, before.open, before.high_untreated), (4, 4, 0, 0, 4));
        let made = house.add_as(house.manager(), "treatment", treatment(&house, &ids[0]), Gate::Person).await.unwrap();
        assert_eq!(made.get("department").as_str(), house.personnel, "the asset's department");
        let after = standing(&mut view, today()).await.unwrap();
        assert_eq!((after.high_untreated, after.overdue), (3, 1));
        assert_eq!(queries::ranked(&mut view, 10, true).await.unwrap().len(), 7);
        let early = Values::default().with("state", "done");
        assert!(matches!(house.change("treatment", &made.meta.id, early).await, Err(Error::Invalid(_))), "done needs its day");
        let done = Values::default().with("state", "done").with("done_on", today());
        house.change("treatment", &made.meta.id, done).await.unwrap();
        assert_eq!(standing(&mut view, today()).await.unwrap().high_untreated, 4, "the risk is still large: decide again");
        let accept = treatment(&house, &ids[0]).with("policy", "accept");
        assert!(matches!(house.add_as(house.officer(), "treatment", accept, Gate::Person).await, Err(Error::Invalid(_))));
    }
}

#[tokio::test]
async fn everybody_finds_his_own_work_in_today() {
    use mamori_schedule::TodaySource as _;
    for house in House::each().await {
        house.seed().await;
        let ids = house.samples().await;
        house.add("treatment", treatment(&house, &ids[0])).await;
        let services = house.app().services();
        let kimura = house.actor(Role::Employee, "木村", &house.kimura, &[]);
        let mut eyes = house.view(kimura).await;
        let mine = crate::treatment::TreatmentToday.items(&mut eyes, &services, today()).await.unwrap();
        assert_eq!(mine.len(), 1);
        assert!(mine[0].title.contains("期限を過ぎた"), "{}", mine[0].title);
        let mut other = house.view(house.actor(Role::Employee, "灯野", &house.hino, &[])).await;
        assert!(crate::treatment::TreatmentToday.items(&mut other, &services, today()).await.unwrap().is_empty());
        let mut officer = house.view(house.officer()).await;
        let asked = crate::assessment::AssessmentToday.items(&mut officer, &services, today()).await.unwrap();
        assert_eq!(asked[0].link, "/risk/check");
    }
}
