//! The request: drafted from numbers, mended by a person, granted by the management, and on paper.

use std::sync::Arc;

use mamori_approval::Desk;
use mamori_approval::request::State as RequestState;
use mamori_approval::request::ops::{self as requests, At};
use mamori_approval::request::queries as cases;
use mamori_approval::request::rules::Verdict;
use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_ledger::Values;
use mamori_store::{Actor, verify};

use super::house::{House, message, now};
use crate::budget_request::{KIND, ops};

impl House {
    pub async fn begin(&self, year: i16) -> Result<String> {
        let mut tx = self.tx().await;
        let id = ops::begin(&mut tx, &self.registry, year).await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn propose(&self, who: Arc<Actor>, row: &str) -> Result<String> {
        let mut tx = self.db.tx(who, now()).await?;
        let desk = Desk::reading(&self.registry)?;
        let id = requests::propose(&desk, &mut tx, KIND, row, "経営会議でご審議ください").await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn decide(&self, who: Arc<Actor>, request: &str, verdict: Verdict) -> Result<RequestState> {
        let mut view = self.view(self.officer()).await;
        let round = cases::find(&mut view, request).await?.unwrap().round;
        drop(view);
        let mut tx = self.db.tx(who, now()).await?;
        let desk = Desk::reading(&self.registry)?;
        let state = requests::decide(&desk, &mut tx, request, At { round, position: 1 }, verdict, "確かめました").await?;
        tx.commit().await?;
        Ok(state)
    }

    async fn states(&self, request: &str) -> (String, Vec<(String, Option<i64>)>) {
        let row = self.find("budget_request", request).await;
        let mut items = Vec::new();
        for id in row.get("items").as_list() {
            let item = self.find("budget_item", id).await;
            items.push((item.get("state").as_str().to_owned(), item.get("approved").as_int()));
        }
        (row.get("state").as_str().to_owned(), items)
    }
}

#[tokio::test]
async fn a_request_is_drafted_returned_mended_and_granted() {
    for house in House::each().await {
        assert!(message(house.begin(2026).await).contains("申請していない予算項目がありません"));
        house.measure("多要素認証").await;
        house.take_over().await;
        let id = house.begin(2026).await.unwrap();
        let row = house.find("budget_request", &id).await;
        assert_eq!((row.get("amount").as_int(), row.get("number").as_int()), (Some(840_000), Some(1)));
        assert_eq!(row.get("author").as_str(), house.sakamoto);
        assert!(row.get("effect_text").as_str().contains("2,786,000円から400,000円"), "{}", row.get("effect_text").as_str());
        assert!(row.get("priority_text").as_str().contains("多要素認証"));
        assert!(message(house.begin(2026).await).contains("ありません"), "what a draft names is not asked for twice");

        let request = house.propose(house.officer(), &id).await.unwrap();
        let requested = ("requested".to_owned(), None);
        assert_eq!(house.states(&id).await, ("waiting".to_owned(), vec![requested.clone(), requested]));
        let mended = house.change("budget_request", &id, Values::default().with("effect_text", "もっと減る")).await;
        assert!(message(mended).contains("承認待ち"));
        assert!(message(house.decide(house.officer(), &request, Verdict::Approve).await).contains("自分が依頼したもの"));
        assert!(house.decide(house.manager(), &request, Verdict::Approve).await.is_err());
        assert_eq!(house.decide(house.executive(), &request, Verdict::Return).await.unwrap(), RequestState::Returned);
        let planned = ("planned".to_owned(), None);
        assert_eq!(house.states(&id).await, ("returned".to_owned(), vec![planned.clone(), planned]));

        // The measure became cheaper: the request follows when it is saved again.
        house.change("budget_request", &id, Values::default().with("wanted_by", "2026年12月から")).await.unwrap();
        let request = house.propose(house.officer(), &id).await.unwrap();
        assert_eq!(house.decide(house.executive(), &request, Verdict::Approve).await.unwrap(), RequestState::Approved);
        let granted = |amount| ("approved".to_owned(), Some(amount));
        let (state, mut items) = house.states(&id).await;
        items.sort();
        assert_eq!((state.as_str(), items), ("approved", vec![granted(240_000), granted(600_000)]));
        assert!(message(house.propose(house.officer(), &id).await).contains("いまは承認を依頼できません"));
        let mut view = house.view(house.officer()).await;
        assert_eq!(verify(&mut view).await.unwrap().broken, None, "every write has its entry");
    }
}

#[tokio::test]
async fn an_amount_that_changes_meanwhile_stops_the_approval() {
    for house in House::each().await {
        house.measure("多要素認証").await;
        house.take_over().await;
        let id = house.begin(2026).await.unwrap();
        let request = house.propose(house.officer(), &id).await.unwrap();
        let item = house.items().await[0].id.clone();
        // Behind everybody's back: the rules would refuse it.
        let sql = "update budget_item set amount = 1 where company_id = $1 and id = $2";
        let mut tx = house.tx().await;
        tx.technical();
        tx.exec(sql, mamori_store::args![&item]).await.unwrap();
        tx.commit().await.unwrap();
        assert!(house.decide(house.executive(), &request, Verdict::Approve).await.is_err());
        assert_eq!(house.states(&id).await.0, "waiting");
    }
}

#[tokio::test]
async fn what_a_person_wrote_is_never_overwritten() {
    for house in House::each().await {
        house.measure("多要素認証").await;
        house.take_over().await;
        let id = house.begin(2026).await.unwrap();
        let own = Values::default().with("appeal_text", "自分の言葉").with("peers_text", "");
        let row = house.change("budget_request", &id, own).await.unwrap();
        let mut tx = house.tx().await;
        assert_eq!(ops::draft(&mut tx, &house.registry, &id, row.meta.version).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let row = house.find("budget_request", &id).await;
        assert_eq!(row.get("appeal_text").as_str(), "自分の言葉");
        assert!(row.get("peers_text").as_str().contains("28,308円"), "the published figure, not a mean of our own (T7)");
        let mut tx = house.tx().await;
        assert!(ops::draft(&mut tx, &house.registry, &id, 1).await.is_err(), "somebody was faster");
    }
}

#[tokio::test]
async fn items_of_two_years_are_two_requests() {
    for house in House::each().await {
        house.measure("多要素認証").await;
        house.take_over().await;
        let id = house.begin(2026).await.unwrap();
        let all: Vec<String> = house.items().await.into_iter().map(|item| item.id).collect();
        let refused = house.change("budget_request", &id, Values::default().with("items", mamori_ledger::Value::List(all))).await;
        assert!(message(refused).contains("同じ年度"));
    }
}

#[tokio::test]
async fn the_request_is_printed_in_three_ways() {
    for house in House::each().await {
        house.measure("多要素認証の導入").await;
        house.measure("ファイルサーバーの更新").await;
        house.take_over().await;
        let spot = Values::default()
            .with("title", "事故時の調査会社への委託")
            .with("fiscal_year", 2026)
            .with("class", "after")
            .with("spot", "incident")
            .with("payment", "paid")
            .with("amount", 500_000);
        house.add("budget_item", spot).await;
        let id = house.begin(2026).await.unwrap();
        let request = house.propose(house.officer(), &id).await.unwrap();
        house.decide(house.executive(), &request, Verdict::Approve).await.unwrap();
        for lang in Lang::ALL {
            for kind in ["pdf", "docx", "xlsx"] {
                let file = house.file(&format!("/planning/budget_request/{id}/request.{kind}"), lang).await;
                assert!(file.starts_with(if kind == "pdf" { b"%PDF" } else { b"PK\x03\x04" }), "{kind}");
                if let Ok(folder) = std::env::var("REPORT_SAMPLES") {
                    std::fs::write(format!("{folder}/request-{}.{kind}", lang.code()), &file).unwrap();
                }
            }
        }
    }
}
