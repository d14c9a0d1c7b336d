//! Checks on both databases: two people, versions, findings, retirement.

use mamori_kernel::access::Role;
use mamori_kernel::error::Error;
use mamori_ledger::Values;
use mamori_ledger::ops;
use mamori_ledger::shape::Shape;
use mamori_store::args;

use super::house::{House, refusal, typed};
use crate::answer::queries as answers;
use crate::check::ops::Typed;
use crate::check::rules::Deed;
use crate::check::{State, next};
use crate::installed;

fn all() -> Vec<Typed> {
    ["lock:partly", "guard:yes", "PR.AC-1:2", "count:12", "when:2026-11-01", "who:木村"]
        .iter()
        .map(|pair| {
            let (item, answer) = pair.split_once(':').unwrap();
            typed(item, answer)
        })
        .collect()
}

async fn attach_plan(house: &House, check: &str) {
    let mut tx = house.tx(house.officer().await).await;
    let row = crate::check::ops::answer_row(&mut tx, &house.registry, installed().unwrap(), check, "plan").await.unwrap();
    tx.technical();
    tx.exec(
        "insert into attachment (id, company_id, ledger, row_id, name, content_type, size, hash, created_by, created_by_name, created_at) \
         values ($2, $1, 'check_answer', $3, 'plan.pdf', 'application/pdf', 3, 'h', 'u', '坂本', $4)",
        args![mamori_kernel::id::new(), &row, super::house::NOW],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_check_goes_from_draft_to_closed() {
    for house in House::each().await {
        let check = house.check().await;
        let kimura = house.who("木村", Role::Employee).await;
        let saved = house.answer(kimura.clone(), &check, all()).await.unwrap();
        assert_eq!((saved.written, saved.troubles.len()), (6, 0));
        let row = house.find("check", &check).await;
        assert_eq!(row.get("state").as_str(), "open");
        // lock 6 of 12, guard 4 of 4, tier 2 × 2 of 2 × 4 → 14 of 24 = 58 %.
        assert_eq!(
            (row.get("score").as_int(), row.get("progress").as_int(), row.get("findings").as_int()),
            (Some(58), Some(85), Some(1))
        );
        assert!(refusal(house.act(kimura.clone(), &check, Deed::Finish).await).contains("1 件"), "the file is missing");
        attach_plan(&house, &check).await;
        assert_eq!(house.act(kimura.clone(), &check, Deed::Finish).await.unwrap(), State::Answered);
        assert!(refusal(house.answer(kimura.clone(), &check, vec![typed("lock", "yes")]).await).contains("回答を終えている"));
        assert!(refusal(house.act(kimura.clone(), &check, Deed::Review).await).contains("権限がありません"));
        let boss = house.who("灯野", Role::Executive).await;
        assert_eq!(house.act(boss.clone(), &check, Deed::Review).await.unwrap(), State::Reviewed);
        let mut view = house.db.view(boss.clone()).await.unwrap();
        let kept = answers::of_sheet(&mut view, &check).await.unwrap();
        assert!(
            kept.iter()
                .filter(|kept| !kept.given.answer.is_empty())
                .all(|kept| kept.reviewed_by == "灯野" && kept.assessor == "木村")
        );
        drop(view);
        assert_eq!(house.act(boss, &check, Deed::Close).await.unwrap(), State::Closed);
        assert!(refusal(house.act(kimura, &check, Deed::Reopen).await).contains("権限がありません"));
    }
}

#[tokio::test]
async fn nobody_reviews_the_own_answers() {
    for house in House::each().await {
        let check = house.check().await;
        let officer = house.officer().await;
        house.answer(officer.clone(), &check, all()).await.unwrap();
        attach_plan(&house, &check).await;
        house.act(officer.clone(), &check, Deed::Finish).await.unwrap();
        assert!(refusal(house.act(officer, &check, Deed::Review).await).contains("自分では確認済みにできません"));
    }
}

#[tokio::test]
async fn two_people_at_one_question_lose_nothing() {
    for house in House::each().await {
        let check = house.check().await;
        let (kimura, officer) = (house.who("木村", Role::Employee).await, house.officer().await);
        let seen = |item: &str, answer: &str, version| Typed { version: Some(version), ..typed(item, answer) };
        assert_eq!(house.answer(kimura.clone(), &check, vec![seen("lock", "yes", 0)]).await.unwrap().written, 1);
        // The officer opened the page before: the other answers are saved, this one comes back with the reason.
        let saved = house.answer(officer.clone(), &check, vec![seen("lock", "no", 0), seen("guard", "yes", 0)]).await.unwrap();
        assert_eq!((saved.written, saved.troubles.len()), (1, 1));
        assert_eq!(saved.troubles[0].typed.answer, "no");
        assert!(saved.troubles[0].words.ja.contains("先に木村さん"));
        // The same answer twice is no conflict; nor is the own page open in a second tab.
        assert_eq!(house.answer(officer.clone(), &check, vec![seen("lock", "yes", 0)]).await.unwrap().troubles, []);
        assert_eq!(house.answer(kimura.clone(), &check, vec![seen("lock", "partly", 0)]).await.unwrap().written, 1);
        // Having looked, the officer changes it.
        assert_eq!(house.answer(officer, &check, vec![seen("lock", "no", 2)]).await.unwrap().written, 1);
    }
}

#[tokio::test]
async fn bad_answers_come_back_with_the_reason_and_the_others_are_saved() {
    for house in House::each().await {
        let check = house.check().await;
        let officer = house.officer().await;
        let typed = vec![typed("count", "many"), typed("gone", "yes"), typed("lock", "yes")];
        let saved = house.answer(officer.clone(), &check, typed).await.unwrap();
        assert_eq!((saved.written, saved.troubles.len()), (1, 2));
        let nothing = house.answer(officer, &check, vec![]).await.unwrap();
        assert_eq!(nothing.written, 0);
    }
}

#[tokio::test]
async fn evidence_that_names_a_row_is_linked_both_ways() {
    for house in House::each().await {
        let check = house.check().await;
        let row = house.person("灯野").await;
        let evidence = format!("鍵の記録\nhttps://mamori.example.jp/test/person/{row}");
        let answer = Typed { evidence, ..typed("lock", "yes") };
        house.answer(house.officer().await, &check, vec![answer]).await.unwrap();
        let mut view = house.db.view(house.officer().await).await.unwrap();
        let links = ops::backlinks(&house.registry, &mut view, &row, 10).await.unwrap();
        assert!(links.iter().any(|link| link.code == "check_answer" && link.label == "施錠"), "{links:?}");
        drop(view);
        house.answer(house.officer().await, &check, vec![typed("lock", "yes")]).await.unwrap();
        let mut view = house.db.view(house.officer().await).await.unwrap();
        assert_eq!(ops::backlinks(&house.registry, &mut view, &row, 10).await.unwrap().len(), 0, "taken out again");
    }
}

#[tokio::test]
async fn a_newer_version_is_taken_over_and_the_old_check_stays() {
    for house in House::each().await {
        let check = house.check().await;
        let officer = house.officer().await;
        house.answer(officer.clone(), &check, all()).await.unwrap();
        let mut tx = house.tx(officer.clone()).await;
        let newer = next::renew(&mut tx, &house.registry, installed().unwrap(), &check).await.unwrap();
        tx.commit().await.unwrap();
        let row = house.find("check", &newer).await;
        assert_eq!((row.get("edition").as_str(), row.get("continues").as_str()), ("1.1.0", check.as_str()));
        assert_eq!((row.get("state").as_str(), row.get("scope").as_str()), ("open", "勤怠"));
        let mut view = house.db.view(officer).await.unwrap();
        let kept = answers::answers(&answers::of_sheet(&mut view, &newer).await.unwrap());
        assert_eq!(
            (kept["reception"].answer.as_str(), kept["count"].answer.as_str(), kept["count"].note.as_str()),
            ("yes", "", "12")
        );
        let old = answers::answers(&answers::of_sheet(&mut view, &check).await.unwrap());
        assert_eq!(old["who"].answer, "木村");
        assert_eq!(house.find("check", &check).await.get("edition").as_str(), "1.0.0");
    }
}

#[tokio::test]
async fn a_check_with_answers_keeps_its_catalogue_and_retires_with_them() {
    for house in House::each().await {
        let check = house.check().await;
        house.answer(house.officer().await, &check, vec![typed("lock", "no")]).await.unwrap();
        let other = house.change("check", &check, Values::default().with("catalogue", "test.other")).await;
        assert!(matches!(&other, Err(Error::Invalid(errors)) if errors[0].message.ja.contains("すでに答えがある")), "{other:?}");
        // The answers follow the check to another owner.
        let hino = house.person("灯野").await;
        house.change("check", &check, Values::default().with("owner", hino.as_str())).await.unwrap();
        let hino = house.who("灯野", Role::Employee).await;
        assert_eq!(house.answer(hino, &check, vec![typed("guard", "yes")]).await.unwrap().written, 1);
        let mut tx = house.tx(house.officer().await).await;
        let shape = Shape::load(house.registry.ledger("check").unwrap(), &mut tx).await.unwrap();
        ops::retire(&house.registry, &mut tx, &shape, &check, None).await.unwrap();
        tx.commit().await.unwrap();
        let gone = house.answer(house.officer().await, &check, vec![typed("guard", "no")]).await;
        assert!(refusal(gone).contains("使用終了"));
        let mut tx = house.tx(house.officer().await).await;
        ops::restore(&house.registry, &mut tx, &shape, &check).await.unwrap();
        tx.commit().await.unwrap();
        let mut view = house.db.view(house.officer().await).await.unwrap();
        assert_eq!(answers::of_sheet(&mut view, &check).await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_finding_is_taken_once_and_only_where_there_is_something_to_mend() {
    for house in House::each().await {
        let check = house.check().await;
        let officer = house.officer().await;
        house.answer(officer.clone(), &check, vec![typed("lock", "partly"), typed("guard", "yes")]).await.unwrap();
        let take = async |item: &str| {
            let mut tx = house.tx(officer.clone()).await;
            let to = crate::check::ops::take(&mut tx, &house.registry, installed()?, &check, item, "todo").await?;
            if tx.is_untouched() {
                tx.technical();
            }
            tx.commit().await?;
            Ok(to)
        };
        let first = take("lock").await.unwrap();
        assert_eq!(take("lock").await.unwrap(), first);
        assert!(refusal(take("guard").await).contains("変わっています"));
        let mut view = house.db.view(officer.clone()).await.unwrap();
        let rows = view.rows("select name, key from todo where company_id = $1", args![]).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].text("name").unwrap(), "施錠: 一部できている");
        assert_eq!(rows[0].text("key").unwrap(), format!("/check_area/check/{check}/answer#i-lock"));
    }
}

/// Two hundred items, all answered: a guard against a statement per item. The figures of the release build are in `bench/`.
#[tokio::test]
async fn a_large_check_costs_a_handful_of_statements() {
    let mut text = super::house::FIRST.split("[[item]]").next().unwrap().replace("test.checks", "test.large");
    for n in 0..200 {
        text.push_str(&format!(
            "[[item]]\ncode = \"i{n}\"\ngroup = \"a.1\"\nname = {{ ja = \"{n}\", en = \"{n}\" }}\nask = {{ ja = \"{n}\", en = \"{n}\" }}\n"
        ));
    }
    let checks = crate::Checks::new().catalogue(&text);
    assert_eq!(checks.faults(), []);
    for house in House::each().await {
        let values = Values::default().with("title", "大きな点検").with("catalogue", "test.checks").with("edition", "1.0.0");
        let check = house.add("check", values).await.meta.id;
        let mut tx = house.tx(house.officer().await).await;
        let text = "update check_sheet set catalogue = 'test.large' where company_id = $1 and id = $2";
        tx.technical();
        tx.exec(text, args![&check]).await.unwrap();
        tx.commit().await.unwrap();
        let all: Vec<Typed> = (0..200).map(|n| typed(&format!("i{n}"), ["yes", "partly", "no", "unknown"][n % 4])).collect();
        let mut tx = house.tx(house.officer().await).await;
        let saved = crate::check::ops::answer(&mut tx, &house.registry, &checks, &check, all).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(saved.written, 200);
        let mut view = house.db.view(house.officer().await).await.unwrap();
        let start = std::time::Instant::now();
        let opened = crate::check::ops::open(&mut view, &house.registry, &checks, &check, mamori_kernel::access::Action::View)
            .await
            .unwrap();
        let found = crate::check::ops::findings(&mut view, &checks, &opened, true).await.unwrap();
        let score = crate::check::ops::score(&mut view, &opened).await.unwrap();
        let read = start.elapsed();
        assert_eq!((found.len(), score.answered, score.percent()), (150, 200, Some(31)));
        drop(view);
        let start = std::time::Instant::now();
        let mut tx = house.tx(house.officer().await).await;
        crate::check::ops::answer(&mut tx, &house.registry, &checks, &check, vec![typed("i7", "yes")]).await.unwrap();
        tx.commit().await.unwrap();
        let one = start.elapsed();
        println!("read 200: {read:?}, save one: {one:?}");
        // Generous, because tests run unoptimised and side by side.
        assert!(read.as_millis() < 500 && one.as_millis() < 1000, "read {read:?}, save {one:?}");
    }
}
