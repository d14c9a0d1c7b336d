#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
//! 坂本 has eight assets in the ledger and an afternoon.

use std::collections::BTreeSet;

use mamori_kernel::error::Error;
use mamori_ledger::Values;

use super::ops::{accept, dismiss, offer, take_back};
use crate::tests::house::House;

#[tokio::test]
async fn eight_assets_give_about_twenty_suggestions_best_first() {
    for house in House::each().await {
        house.seed().await;
        house.samples().await;
        let mut view = house.view(house.officer()).await;
        let offer = offer(&mut view).await.unwrap();
        assert!((15..=30).contains(&offer.best.len()), "{}", offer.best.len());
        let values: Vec<i64> = offer.best.iter().map(super::rules::Suggestion::value).collect();
        assert!(values.is_sorted_by(|a, b| a >= b) && values[0] >= 16, "{values:?}");
        let keys: BTreeSet<&str> = offer.best.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys.len(), offer.best.len(), "each once");
        // Assets of one place stand together in one suggestion.
        let ransom = offer.best.iter().find(|one| one.key == "suggest:office_pc:ransomware").unwrap();
        assert_eq!(ransom.assets.len(), 3, "{:?}", ransom.assets);
        assert!(ransom.weakness.is_some() && ransom.rank.is_some_and(|(_, rank)| rank == 1));
        assert!(offer.best.iter().all(|one| !one.assets.is_empty() && one.weakness.is_some()));
    }
}

#[tokio::test]
async fn a_well_answered_check_makes_the_suggestions_smaller() {
    for house in House::each().await {
        house.seed().await;
        house.samples().await;
        let sum = async |house: &House| {
            let mut view = house.view(house.officer()).await;
            offer(&mut view).await.unwrap().best.iter().map(super::rules::Suggestion::value).sum::<i64>()
        };
        let open = sum(&house).await;
        house.answer_all("implemented").await;
        let guarded = sum(&house).await;
        assert!(guarded * 2 <= open, "{guarded} {open}");
    }
}

#[tokio::test]
async fn what_is_accepted_or_put_aside_is_not_suggested_again() {
    for house in House::each().await {
        house.seed().await;
        house.samples().await;
        let mut tx = house.tx().await;
        let before = offer(&mut tx).await.unwrap();
        let keys: BTreeSet<String> = before.best.iter().take(3).map(|one| one.key.clone()).collect();
        let made = accept(&mut tx, &house.registry, &keys).await.unwrap();
        assert_eq!(made.len(), 3);
        assert_eq!(accept(&mut tx, &house.registry, &keys).await.unwrap().len(), 0, "a double click changes nothing");
        let aside = before.best[3].key.clone();
        assert!(matches!(dismiss(&mut tx, &aside, "  ").await, Err(Error::Invalid(_))));
        dismiss(&mut tx, &aside, "当社では起こらない").await.unwrap();
        assert!(matches!(dismiss(&mut tx, "suggest:moon:dust", "x").await, Err(Error::NotFound)));
        let after = offer(&mut tx).await.unwrap();
        assert_eq!((after.accepted, after.dismissed.len(), after.best.len()), (3, 1, before.best.len() - 4));
        assert!(after.best.iter().all(|one| one.key != aside && !keys.contains(&one.key)));
        assert_eq!(after.dismissed[0].reason, "当社では起こらない");
        take_back(&mut tx, &aside).await.unwrap();
        assert_eq!(offer(&mut tx).await.unwrap().best.len(), before.best.len() - 3);
        tx.commit().await.unwrap();
        let row = house.find("scenario", &made[0]).await;
        assert_eq!(row.get("current_value").as_int(), Some(before.best[0].value()));
        assert_eq!((row.get("source").as_str(), row.get("state").as_str()), ("suggested", "open"));
        assert!(!row.get("threat").is_empty() && !row.get("weakness").is_empty() && !row.get("story").is_empty());
        assert!(!row.get("title").as_str().contains('⟦'), "{}", row.get("title").as_str());
    }
}

#[tokio::test]
async fn a_threat_that_is_not_considered_is_not_suggested() {
    for house in House::each().await {
        house.seed().await;
        house.samples().await;
        let mut view = house.view(house.officer()).await;
        let id = crate::threat::queries::by_code(&mut view, "ransomware").await.unwrap().unwrap();
        drop(view);
        house.change("threat", &id, Values::default().with("used", false)).await.unwrap();
        let mut view = house.view(house.officer()).await;
        let offer = offer(&mut view).await.unwrap();
        assert!(offer.best.iter().chain(&offer.rest).all(|one| one.threat.code != "ransomware"));
    }
}

#[tokio::test]
async fn a_head_of_department_enters_risks_of_his_assets_only() {
    for house in House::each().await {
        house.seed().await;
        house.samples().await;
        let mut tx = house.db.tx(house.manager(), crate::tests::house::now()).await.unwrap();
        let offer = offer(&mut tx).await.unwrap();
        let keys = BTreeSet::from([offer.best[0].key.clone()]);
        let made = accept(&mut tx, &house.registry, &keys).await.unwrap();
        tx.commit().await.unwrap();
        let row = house.find("scenario", &made[0]).await;
        assert_eq!(row.get("department").as_str(), house.personnel);
    }
}
