//! How it goes when everybody is there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use mamori_kernel::access::Role;
use mamori_kernel::error::Error;
use mamori_store::verify;

use super::house::{House, NOW, refusal};
use crate::request::ops as requests;
use crate::request::rules::Verdict;
use crate::request::{State, StepState, queries, stamp};

#[tokio::test]
async fn a_small_purchase_is_returned_mended_and_approved() {
    for house in House::each().await {
        let nas = house.purchase("NAS", 150_000).await;
        let id = house.propose("佐藤", &nas).await.unwrap();
        let (case, seats) = house.case(&id).await;
        assert_eq!((case.route_name.as_str(), case.state, seats.len()), ("少額", State::InReview, 2));
        assert_eq!(seats[0].due.unwrap().to_string(), "2026-11-26", "three working days; 23 November is a holiday");
        assert_eq!(house.mails("高橋").await, ["【承認のお願い】NAS"]);
        assert!(house.mails("社長").await.is_empty(), "not yet his turn");

        assert!(refusal(house.propose("佐藤", &nas).await).contains("すでに"), "one request at a time");
        assert!(refusal(house.decide("佐藤", &id, Verdict::Approve, "").await).contains("自分が依頼したもの"));
        assert!(refusal(house.decide("社長", &id, Verdict::Approve, "").await).contains("あなたの番ではありません"));

        assert_eq!(house.decide("高橋", &id, Verdict::Approve, "必要です").await.unwrap(), State::InReview);
        assert_eq!(house.mails("社長").await, ["【承認のお願い】NAS"]);
        assert!(refusal(house.decide("高橋", &id, Verdict::Approve, "").await).contains("あなたの番ではありません"));
        let silent = house.decide("社長", &id, Verdict::Return, " ").await;
        assert!(matches!(silent, Err(Error::Invalid(fields)) if fields[0].field == "comment"));
        assert_eq!(house.decide("社長", &id, Verdict::Return, "見積を2社から").await.unwrap(), State::Returned);
        assert_eq!(
            (house.state_of(&nas).await.as_str(), house.mails("佐藤").await.last().unwrap().as_str()),
            ("returned", "【差し戻されました】NAS")
        );

        assert_eq!(house.propose("佐藤", &nas).await.unwrap(), id, "the history stays in one place");
        let (case, seats) = house.case(&id).await;
        assert_eq!((case.round, seats.len(), seats[0].state), (2, 2, StepState::Waiting));
        house.decide("高橋", &id, Verdict::Approve, "").await.unwrap();
        assert_eq!(house.decide("社長", &id, Verdict::Approve, "よし").await.unwrap(), State::Approved);
        assert_eq!(house.state_of(&nas).await, "bought");
        assert!(refusal(house.decide("社長", &id, Verdict::Return, "やはり").await).contains("すでに承認されています"));

        let mut view = house.view().await;
        let all = queries::seats(&mut view, &id).await.unwrap();
        assert_eq!(all.len(), 4, "both rounds are kept");
        let stamps = stamp::stamps(&mut view, "purchase", &nas).await.unwrap();
        let shown: Vec<String> =
            stamps.iter().map(|one| format!("{} {} {}", one.label.ja, one.name, one.date.unwrap())).collect();
        assert_eq!(shown, ["承認 社長 2026-11-20", "審査 高橋 2026-11-20", "作成 佐藤 2026-11-20"]);
        assert_eq!(verify(&mut view).await.unwrap().broken, None);
    }
}

#[tokio::test]
async fn a_large_purchase_needs_all_of_the_joint_consent_and_is_read_afterwards() {
    for house in House::each().await {
        let id = house.propose("佐藤", &house.purchase("工作機械", 2_000_000).await).await.unwrap();
        let (case, seats) = house.case(&id).await;
        assert_eq!((case.route_name.as_str(), seats.len()), ("高額", 4));
        assert_eq!(house.decide("社長", &id, Verdict::Approve, "").await.unwrap(), State::InReview);
        assert!(house.mails("会長").await.is_empty(), "finance has not agreed yet");
        assert!(refusal(house.decide("社長", &id, Verdict::Approve, "").await).contains("すでにあなたが判断"), "once each");
        house.decide("経理", &id, Verdict::Approve, "").await.unwrap();
        assert!(
            refusal(house.decide("監査", &id, Verdict::Read, "").await).contains("あなたの番ではありません"),
            "not before the decision"
        );
        assert_eq!(house.decide("会長", &id, Verdict::Approve, "").await.unwrap(), State::Approved);
        assert_eq!(house.mails("監査").await, ["【決定のお知らせ】工作機械"]);
        assert_eq!(house.decide("監査", &id, Verdict::Read, "見ました").await.unwrap(), State::Approved);
        let (_, seats) = house.case(&id).await;
        assert!(seats.iter().all(|seat| seat.state == StepState::Done));
    }
}

#[tokio::test]
async fn a_change_of_the_route_touches_new_requests_only() {
    for house in House::each().await {
        let (first, second) = (house.purchase("PC", 1).await, house.purchase("机", 1).await);
        let id = house.propose("佐藤", &first).await.unwrap();
        let (case, _) = house.case(&id).await;
        let mut view = house.view().await;
        let route = crate::route::queries::of_kind(&mut view, "purchase").await.unwrap()[0].clone();
        let steps = crate::route::queries::steps(&mut view, &route.id).await.unwrap();
        assert_eq!(steps[1].summary, "2. 承認：ciso");
        drop(view);
        let keiri = house.person("経理").await;
        let mut values = mamori_ledger::Values::default().with("roles", mamori_ledger::Value::Null);
        values.set("people", mamori_ledger::Value::List(vec![keiri]));
        house.change("approval_route_step", &steps[1].id, values).await.unwrap();

        house.decide("高橋", &id, Verdict::Approve, "").await.unwrap();
        assert!(refusal(house.decide("経理", &id, Verdict::Approve, "").await).contains("あなたの番ではありません"));
        assert_eq!(house.decide("社長", &id, Verdict::Approve, "").await.unwrap(), State::Approved);

        let id = house.propose("佐藤", &second).await.unwrap();
        assert!(house.case(&id).await.0.route_version > case.route_version, "a changed step is a new version of the route");
        house.decide("高橋", &id, Verdict::Approve, "").await.unwrap();
        assert_eq!(house.decide("経理", &id, Verdict::Approve, "").await.unwrap(), State::Approved);

        // Bounds: no second route may begin at the same amount, and a step must name somebody.
        let twin = mamori_ledger::Values::default().with("from_amount", 2_000_000_i64);
        assert!(matches!(house.change("approval_route", &route.id, twin).await, Err(Error::Invalid(_))));
        let mut nobody = mamori_ledger::Values::default();
        nobody.set("people", mamori_ledger::Value::Null);
        assert!(matches!(house.change("approval_route_step", &steps[1].id, nobody).await, Err(Error::Invalid(_))));
    }
}

#[tokio::test]
async fn the_proposer_may_withdraw_and_remind_and_time_ends_the_rest() {
    for house in House::each().await {
        let nas = house.purchase("NAS", 150_000).await;
        let id = house.propose("佐藤", &nas).await.unwrap();
        let mut tx = house.tx("高橋", Role::Employee, NOW).await;
        assert!(refusal(requests::withdraw(&house.desk(), &mut tx, &id, "").await).contains("本人だけ"));
        assert!(refusal(requests::remind(&house.desk(), &mut tx, &id).await).contains("本人とセキュリティ担当"));
        tx.rollback().await.unwrap();
        let mut tx = house.tx("佐藤", Role::Employee, NOW).await;
        assert_eq!(requests::remind(&house.desk(), &mut tx, &id).await.unwrap(), 1);
        assert!(refusal(requests::remind(&house.desk(), &mut tx, &id).await).contains("今日はすでに"));
        tx.commit().await.unwrap();
        assert_eq!(house.mails("高橋").await.last().unwrap(), "【承認の催促】NAS");
        let mut tx = house.tx("佐藤", Role::Employee, NOW).await;
        requests::withdraw(&house.desk(), &mut tx, &id, "型番が違いました").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((house.case(&id).await.0.state, house.state_of(&nas).await.as_str()), (State::Withdrawn, "dropped"));
        assert!(refusal(house.decide("高橋", &id, Verdict::Approve, "").await).contains("取り下げました"));

        let again = house.propose("佐藤", &nas).await.unwrap();
        assert_ne!(again, id, "a withdrawn request is over");
        let daily = async |now: &str| {
            let mut tx = house.db.tx(house.program(), now.parse().unwrap()).await.unwrap();
            let moved = requests::daily(&house.desk(), &mut tx).await.unwrap();
            if moved == 0 {
                tx.rollback().await.unwrap()
            } else {
                tx.commit().await.unwrap()
            }
            moved
        };
        assert_eq!(daily("2026-11-25T03:00:00Z").await, 0, "not yet due");
        assert_eq!(daily("2026-11-26T03:00:00Z").await, 1, "a reminder on the day it is due");
        assert_eq!(daily("2026-11-27T03:00:00Z").await, 0, "not every day");
        assert_eq!(daily("2027-01-20T03:00:00Z").await, 1, "the 61st day");
        assert_eq!(house.case(&again).await.0.state, State::Expired);
        assert!(house.mails("佐藤").await.last().unwrap().starts_with("【期限切れ】"));
    }
}
