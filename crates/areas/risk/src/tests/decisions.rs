//! Proposing, deciding, coming back: acceptances from the draft to the day on which they no longer hold.

use std::sync::Arc;

use jiff::civil::date;
use mamori_approval::request::ops::{self as requests, At};
use mamori_approval::request::rules::Verdict;
use mamori_approval::request::{State as RequestState, queries as cases};
use mamori_approval::{Desk, request};
use mamori_kernel::access::Role;
use mamori_kernel::error::{Error, Result};
use mamori_ledger::ops::{self as ledger, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Record, Values, import};
use mamori_schedule::TodaySource as _;
use mamori_store::{Actor, Reader as _, args, verify};

use super::house::{House, now};
use crate::acceptance::queries::Which;
use crate::acceptance::{AcceptanceToday, KIND, ops as acceptances};
use crate::appetite::{self, rules::Input};

fn today() -> jiff::civil::Date {
    mamori_kernel::time::today(now())
}

/// The words of a refusal.
pub fn refusal<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Refused(words)) => words.ja.into_owned(),
        other => panic!("not refused: {other:?}"),
    }
}

impl House {
    pub async fn propose(&self, who: Arc<Actor>, row: &str) -> Result<String> {
        let mut tx = self.db.tx(who, now()).await?;
        let desk = Desk::reading(&self.registry)?;
        let id = requests::propose(&desk, &mut tx, KIND, row, "ご確認ください").await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn decide(&self, who: Arc<Actor>, request: &str, verdict: Verdict) -> Result<RequestState> {
        let mut view = self.view(self.officer()).await;
        let round = cases::find(&mut view, request).await?.unwrap().round;
        drop(view);
        let mut tx = self.db.tx(who, now()).await?;
        let desk = Desk::reading(&self.registry)?;
        let state = requests::decide(&desk, &mut tx, request, At { round, position: 1 }, verdict, "確かめました").await?;
        tx.commit().await?;
        Ok(state)
    }

    /// The officer proposes, the president approves.
    pub async fn accept(&self, row: &str) {
        let request = self.propose(self.officer(), row).await.unwrap();
        assert_eq!(self.decide(self.executive(), &request, Verdict::Approve).await.unwrap(), RequestState::Approved);
    }

    /// 木村 heads personnel.
    async fn heads_personnel(&self) {
        let mut tx = self.tx().await;
        let shape = Shape::load(self.registry.ledger("department").unwrap(), &mut tx).await.unwrap();
        let values = Values::default().with("manager", self.kimura.as_str());
        ledger::update(&self.registry, &mut tx, &shape, &self.personnel, None, values, Gate::Program).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn state(&self, ledger: &str, id: &str) -> String {
        self.find(ledger, id).await.get("state").as_str().to_owned()
    }

    /// T1: 2 × 2 × 2 × likelihood, and T7 in money.
    pub async fn risk(&self, likelihood: i64) -> Record {
        let values = Values::default()
            .with("title", "名簿を誤送信する")
            .with("department", self.personnel.as_str())
            .with("owner", self.kimura.as_str())
            .with("asset_value", 2)
            .with("threat_level", 2)
            .with("weakness_level", 2)
            .with("likelihood", likelihood)
            .with("persons", 500)
            .with("per_person", 30_000)
            .with("occurrences", "1/10");
        self.add_as(self.officer(), "scenario", values, Gate::Person).await.unwrap()
    }

    pub async fn draft(&self, who: Arc<Actor>, scenario: &str) -> Result<Record> {
        let values = Values::default()
            .with("scenario", scenario)
            .with("class", "rare")
            .with("reason", "年に一度も起きていない")
            .with("limit_count", 1);
        self.add_as(who, "acceptance", values, Gate::Person).await
    }

    async fn titles(&self, who: Arc<Actor>) -> Vec<String> {
        let mut view = self.view(who).await;
        let services = self.app().services();
        let items = AcceptanceToday.items(&mut view, &services, today()).await.unwrap();
        items.into_iter().map(|item| item.title).collect()
    }
}

#[tokio::test]
async fn a_risk_is_accepted_by_somebody_else_and_comes_back_when_it_rises() {
    for house in House::each().await {
        house.heads_personnel().await;
        let risk = house.risk(1).await;
        assert_eq!((risk.get("current_value").as_int(), risk.get("ale").as_int()), (Some(8), Some(1_500_000)), "T1 and T7");
        let row = house.draft(house.manager(), &risk.meta.id).await.unwrap();
        assert_eq!((row.get("state").as_str(), row.get("residual_value").as_int()), ("draft", Some(8)));
        assert_eq!((row.get("ale").as_int(), row.get("above").is_yes()), (Some(1_500_000), false));
        assert_eq!(row.get("review_on").as_date(), Some(date(2027, 11, 20)));
        assert!(house.titles(house.manager()).await[0].starts_with("起案した受容の承認を依頼する"));

        let request = house.propose(house.manager(), &row.meta.id).await.unwrap();
        assert_eq!(house.state("acceptance", &row.meta.id).await, "waiting");
        assert!(refusal(house.propose(house.officer(), &row.meta.id).await).contains("状態を確かめて"));
        assert!(refusal(house.decide(house.manager(), &request, Verdict::Approve).await).contains("自分が依頼したもの"));
        let mended = house.change("acceptance", &row.meta.id, Values::default().with("reason", "こっそり変える")).await;
        assert!(matches!(mended, Err(Error::Invalid(_))), "frozen while it is before the deciders");
        assert_eq!(house.decide(house.officer(), &request, Verdict::Approve).await.unwrap(), RequestState::Approved);

        let row = house.find("acceptance", &row.meta.id).await;
        assert_eq!((row.get("state").as_str(), row.get("accepted_by").as_str()), ("valid", house.sakamoto.as_str()));
        assert_eq!(row.get("accepted_on").as_date(), Some(today()));
        let accepted = house.find("scenario", &risk.meta.id).await;
        assert_eq!((accepted.get("state").as_str(), accepted.get("policy").as_str()), ("accepted", "accept"));
        assert_eq!(accepted.get("limit_count").as_int(), Some(1));
        let mended = house.change("acceptance", &row.meta.id, Values::default().with("conditions", "なし")).await;
        assert!(matches!(mended, Err(Error::Invalid(_))), "what is in force is not rewritten");

        // Nothing that was accepted changes: nothing happens.
        house.change("scenario", &risk.meta.id, Values::default().with("story", "書き足した")).await.unwrap();
        assert_eq!(house.state("acceptance", &row.meta.id).await, "valid");
        house.change("scenario", &risk.meta.id, Values::default().with("likelihood", "2")).await.unwrap();
        let back = house.find("acceptance", &row.meta.id).await;
        assert_eq!((back.get("state").as_str(), back.get("comeback").as_str()), ("reopened", "risen"));
        assert_eq!(back.get("residual_value").as_int(), Some(8), "what was accepted stays to be read");
        assert_eq!(house.state("scenario", &risk.meta.id).await, "open");
        assert!(house.titles(house.executive()).await[0].contains("受け入れたときより大きく"));

        let mut view = house.view(house.officer()).await;
        let told = view
            .rows("select user_id, title from notice where company_id = $1 and title like '%再判断に戻りました%'", args![])
            .await
            .unwrap();
        let mut told: Vec<String> = told.iter().map(|row| row.text("user_id").unwrap()).collect();
        told.sort();
        let mut expected = [format!("u-{}", house.sakamoto), format!("u-{}", house.kimura)];
        expected.sort();
        assert_eq!(told, expected, "the officer and the owner are told, each once");
        let causes = view
            .rows("select cause from scenario_history where company_id = $1 and scenario = $2 order by id", args![&risk.meta.id])
            .await
            .unwrap();
        assert!(causes.iter().any(|row| row.text("cause").unwrap().contains("リスクが大きくなりました")), "the history says why");
        assert_eq!(verify(&mut view).await.unwrap().broken, None, "every write has its entry");

        // It may be proposed again, now above the appetite in nothing but the number 16: still within 17.
        drop(view);
        let request = house.propose(house.officer(), &row.meta.id).await.unwrap();
        assert!(refusal(house.decide(house.manager(), &request, Verdict::Approve).await).contains("自分が起案した受容"));
        house.decide(house.executive(), &request, Verdict::Approve).await.unwrap();
        let row = house.find("acceptance", &row.meta.id).await;
        assert_eq!((row.get("residual_value").as_int(), row.get("comeback").as_str()), (Some(16), ""));
    }
}

#[tokio::test]
async fn above_the_appetite_only_the_management_decides() {
    for house in House::each().await {
        let risk = house.risk(3).await;
        assert_eq!(risk.get("standing").as_str(), "above");
        let row = house.draft(house.manager(), &risk.meta.id).await.unwrap();
        assert!(row.get("above").is_yes());
        let request = house.propose(house.manager(), &row.meta.id).await.unwrap();
        assert!(refusal(house.decide(house.officer(), &request, Verdict::Approve).await).contains("あなたの番ではありません"));
        assert_eq!(house.decide(house.executive(), &request, Verdict::Return).await.unwrap(), RequestState::Returned);
        assert_eq!(house.state("acceptance", &row.meta.id).await, "returned");
        assert_eq!(house.state("scenario", &risk.meta.id).await, "open");
        house.change("acceptance", &row.meta.id, Values::default().with("conditions", "毎月数える")).await.unwrap();
        let request = house.propose(house.manager(), &row.meta.id).await.unwrap();
        house.decide(house.executive(), &request, Verdict::Approve).await.unwrap();
        assert_eq!(house.state("scenario", &risk.meta.id).await, "accepted");
        // A stricter appetite does not touch a decision that did not rest on it.
        let input = Input { score: "4".into(), yen: "1".into(), reason: "厳しくする".into() };
        let mut tx = house.tx().await;
        let effect = appetite::ops::change(&mut tx, &house.registry, &input, 0, "").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(effect.back, 0);
        assert_eq!(house.state("acceptance", &row.meta.id).await, "valid");
    }
}

#[tokio::test]
async fn a_lower_appetite_shows_what_it_does_and_brings_decisions_back() {
    for house in House::each().await {
        let (risk, other) = (house.risk(1).await, house.risk(1).await);
        let row = house.draft(house.officer(), &risk.meta.id).await.unwrap();
        house.accept(&row.meta.id).await;
        let input = |score: &str, reason: &str| Input { score: score.into(), yen: "2000000".into(), reason: reason.into() };
        let mut tx = house.tx().await;
        let wanted = appetite::ops::read(&mut tx, &input("7", "利益が減った")).await.unwrap();
        let before = appetite::ops::effect(&mut tx, wanted, now()).await.unwrap();
        assert_eq!((before.above, before.more, before.fewer, before.back), (0, 2, 0, 1), "shown before anything is written");
        assert!(tx.is_untouched());
        let saved = appetite::ops::change(&mut tx, &house.registry, &input("7", "利益が減った"), 0, "").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(saved, before, "what was shown is what happened");
        let back = house.find("acceptance", &row.meta.id).await;
        assert_eq!((back.get("state").as_str(), back.get("comeback").as_str()), ("reopened", "appetite_changed"));
        for id in [&risk.meta.id, &other.meta.id] {
            let found = house.find("scenario", id).await;
            assert_eq!((found.get("standing").as_str(), found.get("state").as_str()), ("above", "open"));
        }
        // Somebody who still sees the old page is told, and saving the same again is no version.
        let mut tx = house.tx().await;
        let late = appetite::ops::change(&mut tx, &house.registry, &input("20", "x"), 0, "").await;
        assert!(matches!(late, Err(Error::Conflict { .. })));
        assert!(matches!(appetite::ops::change(&mut tx, &house.registry, &input("7", "x"), 1, "").await, Err(Error::Refused(_))));
        let eased = appetite::ops::change(&mut tx, &house.registry, &input("20", "戻す"), 1, "").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((eased.above, eased.fewer, eased.back), (2, 2, 0));
        assert_eq!(house.state("acceptance", &row.meta.id).await, "reopened", "nobody accepts by changing the limit");
        let mut view = house.view(house.officer()).await;
        assert_eq!(verify(&mut view).await.unwrap().broken, None);
    }
}

#[tokio::test]
async fn days_and_counts_bring_decisions_back_too() {
    for house in House::each().await {
        let (often, old) = (house.risk(1).await, house.risk(1).await);
        let (first, second) = (
            house.draft(house.officer(), &often.meta.id).await.unwrap(),
            house.draft(house.officer(), &old.meta.id).await.unwrap(),
        );
        house.accept(&first.meta.id).await;
        house.accept(&second.meta.id).await;
        house.change("scenario", &often.meta.id, Values::default().with("happened", "1")).await.unwrap();
        assert_eq!(house.state("acceptance", &first.meta.id).await, "valid", "as often as accepted");
        house.change("scenario", &often.meta.id, Values::default().with("happened", "2")).await.unwrap();
        assert_eq!(house.find("acceptance", &first.meta.id).await.get("comeback").as_str(), "too_often");

        let job = Arc::new(Actor::program(&house.company, "mamori", mamori_store::Origin::Cli, mamori_kernel::lang::Lang::Ja));
        let run = async |day: &str| {
            let mut tx = house.db.tx(job.clone(), day.parse().unwrap()).await.unwrap();
            let moved = acceptances::reconsider(&mut tx, &house.registry, Which::All, "http://mamori.test").await.unwrap();
            tx.technical();
            tx.commit().await.unwrap();
            moved
        };
        assert_eq!(run("2027-11-20T03:00:00Z").await, 0, "the review date itself");
        assert_eq!(run("2027-11-21T03:00:00Z").await, 1);
        let over = house.find("acceptance", &second.meta.id).await;
        assert_eq!((over.get("state").as_str(), over.get("comeback").as_str()), ("expired", "review_due"));
        assert_eq!(house.state("scenario", &old.meta.id).await, "open");
        let mut tx = house.db.tx(house.officer(), "2027-11-21T03:00:00Z".parse().unwrap()).await.unwrap();
        let desk = Desk::reading(&house.registry).unwrap();
        let again = requests::propose(&desk, &mut tx, KIND, &second.meta.id, "").await;
        assert!(refusal(again).contains("見直す日を過ぎています"), "the same date cannot be approved again");
        tx.rollback().await.unwrap();
        let mut view = house.view(house.officer()).await;
        let mail = view
            .first(
                "select body from mail where company_id = $1 and recipient = 'officer@example.jp' order by id desc limit 1",
                args![],
            )
            .await
            .unwrap()
            .unwrap();
        assert!(mail.text("body").unwrap().contains(&format!("http://mamori.test/risk/acceptance/{}", second.meta.id)));
    }
}

#[tokio::test]
async fn nobody_smuggles_an_acceptance_in() {
    for house in House::each().await {
        house.seed().await;
        house.answer_all("partial").await;
        let ids = house.samples().await;
        let file = "情報資産,理由の種類,理由,状態,受容を決めた人,決めた日,導入前に決めた人,導入前に決めた日\n\
             社員名簿,対策が困難・高額,入替えは来年度,有効,灯野,2026-10-01,灯野,2026-10-01\n";
        // Two rows of the sample have this name: the file names the asset by its own number.
        let code = house.find("information_asset", &ids[0]).await.get("code").as_str().to_owned();
        let file =
            file.replacen("\n             ", "\n", 1).replace("社員名簿", if code.is_empty() { "社員名簿" } else { &code });
        let def = house.registry.ledger("acceptance").unwrap();
        let outcome = import::run(&house.app(), house.officer(), def, file.as_bytes(), "受容.csv", false).await.unwrap();
        if outcome.summary.created == 1 {
            let mut view = house.view(house.officer()).await;
            let row = view.first("select id from acceptance where company_id = $1", args![]).await.unwrap().unwrap();
            let id: String = row.get("id").unwrap();
            drop(view);
            let row = house.find("acceptance", &id).await;
            assert_eq!((row.get("state").as_str(), row.get("accepted_by").as_str()), ("draft", ""));
            assert_eq!(row.get("earlier_by").as_str(), house.hino, "the old decision is noted, not in force");
        } else {
            panic!("{:?}", outcome.problems);
        }
        // Not even the program writes a state past the decision, and the interface has the same gate as the form.
        let valid = Values::default()
            .with("asset", ids[2].as_str())
            .with("class", "rare")
            .with("reason", "x")
            .with("state", "valid")
            .with("accepted_by", house.hino.as_str());
        let row = house.add("acceptance", valid).await;
        assert_eq!((row.get("state").as_str(), row.get("accepted_by").as_str()), ("draft", ""));
        let forged = Values::default().with("state", "valid").with("accepted_by", house.hino.as_str());
        let row = house.change("acceptance", &row.meta.id, forged).await.unwrap();
        assert_eq!(row.get("state").as_str(), "draft");
        // Nor does a person call a risk accepted.
        let risk = house.risk(1).await;
        let called = house.change("scenario", &risk.meta.id, Values::default().with("state", "accepted")).await;
        assert!(matches!(called, Err(Error::Invalid(_))));
    }
}

#[tokio::test]
async fn an_asset_is_accepted_as_before_and_a_new_method_asks_again() {
    for house in House::each().await {
        house.seed().await;
        house.answer_all("partial").await;
        let ids = house.samples().await;
        let values =
            Values::default().with("asset", ids[0].as_str()).with("class", "too_costly").with("reason", "入替えは来年度");
        let row = house.add_as(house.officer(), "acceptance", values, Gate::Person).await.unwrap();
        assert_eq!(
            (row.get("risk_value").as_int(), row.get("method").as_int(), row.get("risk_band").as_str()),
            (Some(4), Some(1), "high")
        );
        assert!(row.get("above").is_yes(), "band 大");
        assert_eq!(row.get("proposed_by").as_str(), "坂本");
        house.accept(&row.meta.id).await;
        let mut view = house.view(house.officer()).await;
        assert_eq!(crate::standing(&mut view, today()).await.unwrap().high_untreated, 3);
        drop(view);
        house.answer_all("not_implemented").await;
        assert_eq!(house.find("acceptance", &row.meta.id).await.get("comeback").as_str(), "risen", "in the same transaction");
        let items = house.titles(house.executive()).await;
        assert!(items[0].contains("要再判断"), "{items:?}");
        // A draft may be given up, and the engine's own row for an old decision stays valid as it was recorded.
        let mut tx = house.tx().await;
        assert!(matches!(
            acceptances::withdraw(&mut tx, &house.registry, &row.meta.id, 1, "x").await,
            Err(Error::Conflict { .. })
        ));
        let version = house.find("acceptance", &row.meta.id).await.meta.version;
        assert!(matches!(
            acceptances::withdraw(&mut tx, &house.registry, &row.meta.id, version, " ").await,
            Err(Error::Invalid(_))
        ));
        acceptances::withdraw(&mut tx, &house.registry, &row.meta.id, version, "対策することにした").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(house.state("acceptance", &row.meta.id).await, "withdrawn");
    }
}

#[tokio::test]
async fn a_row_recorded_before_the_engine_stays_valid() {
    for house in House::each().await {
        house.seed().await;
        house.answer_all("partial").await;
        let ids = house.samples().await;
        let values = Values::default().with("asset", ids[0].as_str()).with("class", "rare").with("reason", "x");
        let row = house.add_as(house.officer(), "acceptance", values, Gate::Person).await.unwrap();
        // As the foundation wrote it.
        let mut system = house.db.system().await.unwrap();
        let text = "update acceptance set state = 'valid', accepted_by = $2, accepted_on = '2026-10-01', review_on = '2027-10-01' where id = $1";
        system.exec(text, args![&row.meta.id, &house.hino]).await.unwrap();
        drop(system);
        let mut tx = house.tx().await;
        assert_eq!(acceptances::reconsider(&mut tx, &house.registry, Which::All, "").await.unwrap(), 0);
        tx.rollback().await.unwrap();
        assert_eq!(house.state("acceptance", &row.meta.id).await, "valid");
    }
}

#[tokio::test]
async fn a_leaver_leaves_the_decision_to_the_officer_who_names_another() {
    for house in House::each().await {
        let risk = house.risk(3).await;
        let row = house.draft(house.officer(), &risk.meta.id).await.unwrap();
        let request = house.propose(house.manager(), &row.meta.id).await.unwrap();
        let gone = Values::default().with("left_on", date(2026, 11, 19));
        let def = house.registry.ledger("person").unwrap();
        let mut tx = house.tx().await;
        let shape = Shape::load(def, &mut tx).await.unwrap();
        ledger::update(&house.registry, &mut tx, &shape, &house.hino, None, gone, Gate::Program).await.unwrap();
        tx.commit().await.unwrap();
        assert!(refusal(house.decide(house.executive(), &request, Verdict::Approve).await).contains("あなたの番ではありません"));
        let mut view = house.view(house.officer()).await;
        let services = house.app().services();
        let items = request::today::Waiting.items(&mut view, &services, today()).await.unwrap();
        assert!(items.iter().any(|item| item.title.contains("判断者を指名する")), "{items:?}");
        let seats = cases::seats(&mut view, &request).await.unwrap();
        drop(view);
        // Another proposal is refused at once, and says what to do.
        let second = house.risk(3).await;
        let other = house.draft(house.officer(), &second.meta.id).await.unwrap();
        let message = refusal(house.propose(house.officer(), &other.meta.id).await);
        assert!(message.contains("退職") && message.contains("任命"), "{message}");
        let successor = house.add("person", Values::default().with("name", "新社長")).await.meta.id;
        house.account(&successor, "employee").await;
        let mut tx = house.tx().await;
        let desk = Desk::reading(&house.registry).unwrap();
        requests::reassign(&desk, &mut tx, &request, &seats[0].id, &successor, "後任です").await.unwrap();
        tx.commit().await.unwrap();
        // He decides although he has no rights on the ledger: the request names him.
        let successor = house.actor(Role::Employee, "新社長", &successor, &[]);
        assert_eq!(house.decide(successor, &request, Verdict::Approve).await.unwrap(), RequestState::Approved);
        assert_eq!(house.state("scenario", &risk.meta.id).await, "accepted");
    }
}

#[tokio::test]
async fn two_who_decide_at_once_are_served_one_after_the_other() {
    for house in House::each().await {
        let risk = house.risk(1).await;
        let row = house.draft(house.manager(), &risk.meta.id).await.unwrap();
        let request = house.propose(house.manager(), &row.meta.id).await.unwrap();
        let (a, b) = tokio::join!(
            house.decide(house.officer(), &request, Verdict::Approve),
            house.decide(house.executive(), &request, Verdict::Return)
        );
        let (won, lost) = if a.is_ok() { (a, b) } else { (b, a) };
        assert!(refusal(lost).contains("すでに"), "the second one is told");
        let expected = if won.unwrap() == RequestState::Approved { "valid" } else { "returned" };
        assert_eq!(house.state("acceptance", &row.meta.id).await, expected);
    }
}
