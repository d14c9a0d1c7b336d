//! A stocktake as 佐藤 (security officer), 高橋 (head of sales) and 伊藤 (sales) live it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use jiff::civil::date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Error;
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::{Ledger as _, Record, Values};
use mamori_store::args;

use super::ops::{self, Plan};
use super::rules::Progress;
use super::{StocktakeItem, queries};
use crate::information_asset::InformationAsset;
use crate::information_asset::queries::shape;
use crate::testing::Company;

fn plan() -> Plan {
    Plan {
        name: "秋の棚卸".to_owned(),
        starts: date(2026, 11, 20),
        due: date(2026, 11, 29),
        departments: Vec::new(),
        note: "変わったところだけ直してください。".to_owned(),
        base_url: "http://127.0.0.1:7780/".to_owned(),
    }
}

async fn started(company: &Company) -> String {
    company.asset("顧客名簿", &company.sales, &company.takahashi).await;
    company.asset("名刺", &company.sales, &company.ito).await;
    company.asset("給与データ", &company.office, "").await;
    let mut tx = company.tx(company.officer()).await;
    let (campaign, count) = ops::start(&company.registry, &mut tx, &plan()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(count, 3);
    campaign.meta.id
}

async fn item(company: &Company, name: &str) -> Record {
    let mut view = company.view(company.officer()).await;
    let shape = shape(&company.registry, &mut view, StocktakeItem::CODE).await.unwrap();
    let all = query::all(&company.registry, &mut view, &shape, &ListQuery::default(), Action::View).await.unwrap();
    all.into_iter().find(|item| item.get("asset_name").as_str() == name).unwrap()
}

async fn asset_of(company: &Company, item: &Record) -> Record {
    let mut view = company.view(company.officer()).await;
    let shape = shape(&company.registry, &mut view, InformationAsset::CODE).await.unwrap();
    query::find(&mut view, &shape, item.get("asset").as_str(), Action::View).await.unwrap()
}

async fn mails(company: &Company) -> Vec<(String, String)> {
    let mut view = company.view(company.officer()).await;
    let rows = view
        .rows("select recipient, subject || ' ' || body as text from mail where company_id = $1 order by id", args![])
        .await
        .unwrap();
    rows.iter().map(|row| (row.text("recipient").unwrap(), row.text("text").unwrap())).collect()
}

#[tokio::test]
async fn each_person_answers_his_rows_and_no_others() {
    let company = Company::new().await;
    let campaign = started(&company).await;
    let (customers, cards, pay) =
        (item(&company, "顧客名簿").await, item(&company, "名刺").await, item(&company, "給与データ").await);

    // 高橋 confirms the row of her department; the office's row does not exist for her.
    let mut tx = company.tx(company.manager()).await;
    ops::confirm(&company.registry, &mut tx, &customers.meta.id).await.unwrap();
    assert_eq!(ops::confirm(&company.registry, &mut tx, &pay.meta.id).await.unwrap_err(), Error::NotFound);
    tx.commit().await.unwrap();
    assert_eq!(asset_of(&company, &customers).await.get("review_on").as_date(), Some(date(2027, 11, 20)));

    // 伊藤 corrects his own row although the ledger itself is closed to him, and nothing beyond what the page offers.
    let mut tx = company.tx(company.employee()).await;
    assert_eq!(ops::confirm(&company.registry, &mut tx, &customers.meta.id).await.unwrap_err(), Error::NotFound);
    let changes = Values::default().with("place", "営業部の鍵付き引き出し").with("risk_value", 0).with("classification", "0");
    ops::correct(&company.registry, &mut tx, &cards.meta.id, Some(1), changes, "移した").await.unwrap();
    tx.commit().await.unwrap();
    let asset = asset_of(&company, &cards).await;
    assert_eq!((asset.get("place").as_str(), asset.get("classification").as_str()), ("営業部の鍵付き引き出し", ""));
    let answered = item(&company, "名刺").await;
    assert_eq!(
        (answered.get("state").as_str(), answered.get("answered_by").as_str(), answered.get("note").as_str()),
        ("corrected", "伊藤", "移した")
    );
    assert_eq!(answered.get("answered_on").as_date(), Some(date(2026, 11, 20)));

    let mut view = company.view(company.officer()).await;
    let progress = queries::progress(&mut view, &campaign).await.unwrap();
    let sales = progress.iter().find(|one| one.name == "営業部").unwrap();
    assert_eq!(sales.progress, Progress { confirmed: 1, corrected: 1, ..Progress::default() });
    assert_eq!(progress.iter().map(|one| one.progress.total()).sum::<u64>(), 3);
}

#[tokio::test]
async fn what_is_gone_leaves_use_and_can_come_back() {
    let company = Company::new().await;
    started(&company).await;
    let cards = item(&company, "名刺").await;
    let mut tx = company.tx(company.employee()).await;
    ops::dispose(&company.registry, &mut tx, &cards.meta.id, "溶解処理").await.unwrap();
    tx.commit().await.unwrap();
    let asset = asset_of(&company, &cards).await;
    assert!(asset.is_retired());
    assert_eq!(asset.get("stage").as_str(), "disposal");
    let mut tx = company.tx(company.employee()).await;
    ops::reopen(&company.registry, &mut tx, &cards.meta.id).await.unwrap();
    tx.commit().await.unwrap();
    let asset = asset_of(&company, &cards).await;
    assert!(!asset.is_retired());
    assert_eq!((asset.get("stage").as_str(), item(&company, "名刺").await.get("state").as_str()), ("keeping", "waiting"));
}

#[tokio::test]
async fn two_people_at_one_row_do_not_overwrite_each_other() {
    let company = Company::new().await;
    started(&company).await;
    let cards = item(&company, "名刺").await;
    let mut tx = company.tx(company.manager()).await;
    ops::correct(&company.registry, &mut tx, &cards.meta.id, Some(1), Values::default().with("place", "棚A"), "").await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = company.tx(company.employee()).await;
    let late =
        ops::correct(&company.registry, &mut tx, &cards.meta.id, Some(1), Values::default().with("place", "棚B"), "").await;
    assert!(matches!(late, Err(Error::Conflict { current: 2 })));
}

#[tokio::test]
async fn nobody_is_asked_twice_and_a_closed_stocktake_is_closed() {
    let company = Company::new().await;
    let campaign = started(&company).await;
    let cards = item(&company, "名刺").await;
    let mut tx = company.tx(company.officer()).await;
    assert!(matches!(ops::start(&company.registry, &mut tx, &plan()).await, Err(Error::Refused(_))));
    ops::close(&company.registry, &mut tx, &campaign, "次回は早めに知らせる").await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = company.tx(company.employee()).await;
    assert!(matches!(ops::confirm(&company.registry, &mut tx, &cards.meta.id).await, Err(Error::Refused(_))));
    assert!(matches!(ops::start(&company.registry, &mut tx, &plan()).await, Err(Error::Forbidden(_))));
    drop(tx);
    let mut tx = company.tx(company.officer()).await;
    let other = Plan { departments: vec![company.office.clone()], ..plan() };
    assert_eq!(ops::start(&company.registry, &mut tx, &other).await.unwrap().1, 1, "only the office's row");
    let past = Plan { due: date(2026, 11, 1), ..plan() };
    assert!(matches!(ops::start(&company.registry, &mut tx, &past).await, Err(Error::Invalid(_))));
}

#[tokio::test]
async fn heads_are_written_to_at_the_start_and_when_it_runs_late() {
    let company = Company::new().await;
    let campaign = started(&company).await;
    let first = mails(&company).await;
    assert_eq!(first.len(), 1, "the office has no head with an address");
    assert_eq!(first[0].0, "takahashi@example.jp");
    for part in
        ["秋の棚卸", "高橋", "営業部", "2件", "2026年11月29日", "http://127.0.0.1:7780/assets/stocktake/", "変わったところだけ"]
    {
        assert!(first[0].1.contains(part), "{part} is missing: {}", first[0].1);
    }
    for (now, sent) in
        [("2026-11-21T01:00:00Z", 0), ("2026-11-30T01:00:00Z", 1), ("2026-11-30T05:00:00Z", 0), ("2026-12-07T01:00:00Z", 1)]
    {
        let mut tx = company.tx_on(company.officer(), now).await;
        assert_eq!(ops::remind(&company.registry, &mut tx, &campaign, "http://x").await.unwrap(), sent, "{now}");
        tx.commit().await.unwrap();
    }
    assert!(mails(&company).await.last().unwrap().1.contains("締切を過ぎています"));
}
