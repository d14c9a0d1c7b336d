//! When people are away, gone, too fast or too many.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use jiff::civil::Date;
use mamori_kernel::access::Role;
use mamori_kernel::error::Error;
use mamori_ledger::Values;
use mamori_schedule::{Services, TodaySource as _};

use super::house::{House, NOW, refusal};
use crate::request::ops as requests;
use crate::request::rules::Verdict;
use crate::request::{State, today};

async fn today_of(house: &House, name: &str, role: Role) -> Vec<String> {
    let mut view = house.db.view(house.who(name, role).await).await.unwrap();
    let services = Services(std::sync::Arc::new(()));
    let items = today::Waiting.items(&mut view, &services, "2026-11-20".parse().unwrap()).await.unwrap();
    items.into_iter().map(|item| item.title).collect()
}

#[tokio::test]
async fn a_deputy_decides_while_somebody_is_away_and_the_record_says_so() {
    for house in House::each().await {
        let id = house.propose("佐藤", &house.purchase("NAS", 1).await).await.unwrap();
        assert!(refusal(house.decide("専務", &id, Verdict::Approve, "").await).contains("あなたの番ではありません"));
        house.decide("高橋", &id, Verdict::Approve, "").await.unwrap();
        assert!(today_of(&house, "専務", Role::Employee).await.is_empty(), "the president is here");
        let (from, until): (Date, Date) = ("2026-11-20".parse().unwrap(), "2026-11-24".parse().unwrap());
        let absence = Values::default()
            .with("person", house.person("社長").await)
            .with("deputy", house.person("経理").await)
            .with("starts", from)
            .with("ends", until);
        let row = house.row("deputy", absence).await;
        assert_eq!(row.get("summary").as_str(), "社長 → 経理");
        assert_eq!(today_of(&house, "経理", Role::Employee).await, ["「NAS」を承認するか判断する"]);
        let late = house.decide_on("経理", &id, Verdict::Approve, "", "2026-11-25T03:00:00Z").await;
        assert!(refusal(late).contains("あなたの番ではありません"), "the absence is over");
        assert_eq!(house.decide("経理", &id, Verdict::Approve, "").await.unwrap(), State::Approved);
        let (_, seats) = house.case(&id).await;
        assert_eq!((seats[1].decided_by.name.as_str(), seats[1].on_behalf.as_str()), ("経理", "社長"));

        let backwards =
            house.change("deputy", &row.meta.id, Values::default().with("ends", "2026-11-01".parse::<Date>().unwrap())).await;
        assert!(matches!(backwards, Err(Error::Invalid(_))));
        let own = house.change("deputy", &row.meta.id, Values::default().with("deputy", house.person("社長").await)).await;
        assert!(matches!(own, Err(Error::Invalid(_))));
    }
}

#[tokio::test]
async fn nobody_gets_the_own_request_through() {
    for house in House::each().await {
        // The head of sales would review the own purchase: there is no other head.
        let nas = house.purchase("NAS", 1).await;
        let message = refusal(house.propose("高橋", &nas).await);
        assert!(
            message.contains("審査：部門の責任者")
                && message.contains("高橋（依頼した本人）")
                && message.contains("代行者を任命"),
            "{message}"
        );
        // The CISO's own purchase goes to the deputy whom the company named.
        let id = house.propose("社長", &nas).await.unwrap();
        house.decide("高橋", &id, Verdict::Approve, "").await.unwrap();
        assert!(refusal(house.decide("社長", &id, Verdict::Approve, "").await).contains("代理としても"));
        assert_eq!(house.decide("専務", &id, Verdict::Approve, "").await.unwrap(), State::Approved);
        // The deputy's own purchase: he is not asked although the CISO is away.
        let id = house.propose("専務", &house.purchase("PC", 1).await).await.unwrap();
        house.decide("高橋", &id, Verdict::Approve, "").await.unwrap();
        assert!(refusal(house.decide("専務", &id, Verdict::Approve, "").await).contains("自分が依頼したもの"));
        assert_eq!(house.decide("社長", &id, Verdict::Approve, "").await.unwrap(), State::Approved);
        // The program proposes nothing: nobody would be responsible.
        let mut tx = house.db.tx(house.program(), NOW.parse().unwrap()).await.unwrap();
        assert!(refusal(requests::propose(&house.desk(), &mut tx, "purchase", &nas, "").await).contains("ログインした人"));
    }
}

#[tokio::test]
async fn a_leaver_leaves_the_step_to_the_deputy_then_to_the_next_then_to_the_officer() {
    for house in House::each().await {
        let nas = house.purchase("NAS", 1).await;
        let id = house.propose("経理", &nas).await.unwrap();
        house.decide("高橋", &id, Verdict::Approve, "").await.unwrap();
        house.leaves("社長").await;
        assert!(refusal(house.decide("社長", &id, Verdict::Approve, "").await).contains("あなたの番ではありません"));
        assert_eq!(today_of(&house, "専務", Role::Employee).await.len(), 1);
        assert!(today_of(&house, "佐藤", Role::Officer).await.is_empty());
        house.leaves("専務").await;
        assert_eq!(today_of(&house, "佐藤", Role::Officer).await, ["「NAS」の判断者を指名する"], "stuck");
        assert!(
            refusal(house.propose("佐藤", &house.purchase("机", 1).await).await).contains("2026/11/19に退職"),
            "and new ones are refused"
        );

        // The officer names somebody – but not himself a leaver, not the proposer, and nobody names the decider of the own request.
        let (_, seats) = house.case(&id).await;
        let name = async |who: &str, role: Role, person: &str| {
            let mut tx = house.tx(who, role, NOW).await;
            requests::reassign(&house.desk(), &mut tx, &id, &seats[1].id, &house.person(person).await, "後任が決まるまで")
                .await?;
            tx.commit().await
        };
        assert!(matches!(name("高橋", Role::Employee, "会長").await, Err(Error::Forbidden(_))));
        assert!(refusal(name("経理", Role::Officer, "会長").await).contains("自分が依頼したもの"));
        assert!(refusal(name("佐藤", Role::Officer, "経理").await).contains("判断できません"));
        assert!(refusal(name("佐藤", Role::Officer, "社長").await).contains("判断できません"));
        name("佐藤", Role::Officer, "会長").await.unwrap();
        assert!(refusal(name("佐藤", Role::Officer, "監査").await).contains("いまの担当者が判断できます"));
        assert_eq!(house.decide("会長", &id, Verdict::Approve, "").await.unwrap(), State::Approved);
    }
}

#[tokio::test]
async fn the_next_holder_of_the_role_takes_over() {
    for house in House::each().await {
        let id = house.propose("佐藤", &house.purchase("NAS", 1).await).await.unwrap();
        house.decide("高橋", &id, Verdict::Approve, "").await.unwrap();
        house.leaves("社長").await;
        house.leaves("専務").await;
        let (_, seats) = house.case(&id).await;
        house.hold(&seats[1].spec.roles[0], "会長", "").await;
        assert_eq!(house.decide("会長", &id, Verdict::Approve, "").await.unwrap(), State::Approved);
    }
}

#[tokio::test]
async fn two_who_decide_at_once_are_served_one_after_the_other() {
    for house in House::each().await {
        let nas = house.purchase("NAS", 1).await;
        house.propose("佐藤", &nas).await.unwrap();
        let (first, seats) = {
            let mut view = house.view().await;
            let case = crate::request::queries::latest(&mut view, "purchase", &nas).await.unwrap().unwrap();
            let seats = crate::request::queries::seats(&mut view, &case.id).await.unwrap();
            (case.id, seats)
        };
        house.hold(&seats[1].spec.roles[0], "会長", "").await;
        // A new round freezes both holders of the role.
        house.decide("高橋", &first, Verdict::Return, "もう一度").await.unwrap();
        house.propose("佐藤", &nas).await.unwrap();
        house.decide("高橋", &first, Verdict::Approve, "").await.unwrap();
        let at = house.at(&first).await;
        let (a, b) = tokio::join!(
            house.decide_at("社長", &first, at, Verdict::Approve, "", NOW),
            house.decide_at("会長", &first, at, Verdict::Return, "待って", NOW)
        );
        let (won, lost) = if a.is_ok() { (a, b) } else { (b, a) };
        let state = won.unwrap();
        let message = refusal(lost);
        assert!(message.contains("先に") || message.contains("すでに"), "{message}");
        assert_eq!(house.case(&first).await.0.state, state);

        // Two clicks on 承認を依頼 make one request.
        let pc = house.purchase("PC", 1).await;
        let (a, b) = tokio::join!(house.propose("佐藤", &pc), house.propose("佐藤", &pc));
        assert!(a.is_ok() != b.is_ok());
    }
}

#[tokio::test]
async fn both_halves_of_a_joint_consent_may_arrive_together() {
    for house in House::each().await {
        let id = house.propose("佐藤", &house.purchase("工作機械", 3_000_000).await).await.unwrap();
        let at = house.at(&id).await;
        let (a, b) = tokio::join!(
            house.decide_at("社長", &id, at, Verdict::Approve, "", NOW),
            house.decide_at("経理", &id, at, Verdict::Approve, "", NOW)
        );
        a.unwrap();
        b.unwrap();
        assert_eq!(house.mails("会長").await.len(), 1, "the next step was opened once");
    }
}

#[tokio::test]
async fn nothing_is_approved_unseen() {
    for house in House::each().await {
        let nas = house.purchase("NAS", 150_000).await;
        let id = house.propose("佐藤", &nas).await.unwrap();
        house.change("purchase", &nas, Values::default().with("amount", 990_000_i64)).await.unwrap();
        assert!(refusal(house.decide("高橋", &id, Verdict::Approve, "").await).contains("内容が変わっています"));
        assert_eq!(house.decide("高橋", &id, Verdict::Return, "金額が変わっています").await.unwrap(), State::Returned);
        house.propose("佐藤", &nas).await.unwrap();
        let old = crate::request::ops::At { round: 1, position: 1 };
        assert!(
            refusal(house.decide_at("高橋", &id, old, Verdict::Approve, "", NOW).await).contains("出し直されています"),
            "an old page"
        );
        assert_eq!(house.decide("高橋", &id, Verdict::Approve, "").await.unwrap(), State::InReview);
    }
}
