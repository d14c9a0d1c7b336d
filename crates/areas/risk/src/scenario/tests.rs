#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
//! 坂本 (officer) keeps the register, 木村 (head of personnel) the risks of his department.

use mamori_kernel::access::{Action, Role};
use mamori_kernel::error::Error;
use mamori_ledger::ops::{self as ledger, Gate};
use mamori_ledger::query;
use mamori_ledger::shape::Shape;
use mamori_ledger::{Record, Value, Values};

use super::ops::{Draft, add, set_state};
use super::queries::{self, Revaluation};
use super::{Source, State};
use crate::matrix::rules::{Frequency, Impact};
use crate::tests::house::{House, now};

/// The textbook's row: 2 × 2 × 2 × 3.
fn textbook() -> Values {
    Values::default()
        .with("title", "顧客名簿がランサムウェアで使えなくなる")
        .with("state", "open")
        .with("asset_value", 2)
        .with("threat_level", 2)
        .with("weakness_level", 2)
        .with("likelihood", 3)
}

fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(list) => list.into_iter().map(|one| one.field).collect(),
        other => panic!("{other:?}"),
    }
}

fn ints(record: &Record, names: &[&str]) -> Vec<Option<i64>> {
    names.iter().map(|name| record.get(name).as_int()).collect()
}

#[tokio::test]
async fn t1_the_textbooks_risk_goes_from_24_to_8() {
    for house in House::each().await {
        house.seed().await;
        let row = house.add_as(house.officer(), "scenario", textbook(), Gate::Person).await.unwrap();
        assert_eq!(ints(&row, &["number", "current_value", "residual_value", "method"]), [Some(1), Some(24), None, Some(1)]);
        assert_eq!(row.get("standing").as_str(), "above");
        assert_eq!((row.get("found_on").stored().as_str(), row.get("review_on").stored().as_str()), ("2026-11-20", "2027-11-20"));
        let row = house.change("scenario", &row.meta.id, Values::default().with("likelihood_after", 1)).await.unwrap();
        assert_eq!((row.get("residual_value").as_int(), row.get("standing").as_str()), (Some(8), "acceptable"));
        // A second risk gets the next number.
        let other = house.add("scenario", textbook().with("title", "別のリスク")).await;
        assert_eq!(other.get("number").as_int(), Some(2));
        let mut view = house.view(house.officer()).await;
        let lines = queries::history(&mut view, &row.meta.id).await.unwrap();
        let told: Vec<_> = lines.iter().map(|line| (line.values[1], line.values[3], line.standing.as_str())).collect();
        assert_eq!(told, [(Some(24), None, "above"), (Some(24), Some(8), "acceptable")]);
    }
}

#[tokio::test]
async fn every_method_works_out_its_number_and_says_what_is_wrong() {
    for house in House::each().await {
        house.seed().await;
        house.answer_all("not_implemented").await;
        let assets = house.samples().await;
        let values = textbook()
            .with("assets", Value::List(vec![assets[1].clone(), assets[3].clone()]))
            .with("impact", "heavy")
            .with("frequency", "often")
            .with("persons", 50_000)
            .with("exposure", 1)
            .with("per_person", 30_000)
            .with("occurrences", "1/10")
            .with("loss_least", 0)
            .with("loss_likely", 10_000_000)
            .with("loss_most", 40_000_000);
        let row = house.add_as(house.officer(), "scenario", values, Gate::Person).await.unwrap();
        assert_eq!(ints(&row, &["sle", "ale"]), [Some(15_000_000), Some(1_500_000)], "T6");
        assert_eq!(row.get("matrix_class").as_str(), "high", "T25");
        assert_eq!(row.get("department").as_str(), house.personnel, "from the first asset");
        let highest = house.values(&[assets[1].clone(), assets[3].clone()]).await.into_iter().flatten().max();
        assert_eq!(row.get("ipa_value").as_int(), highest);
        assert!(highest.is_some());
        // (0 + 4 × 1,000万 + 4,000万) / 6 / 10 = 133万円.
        let (mean, p95) = (row.get("ale_mean").as_int().unwrap(), row.get("ale_p95").as_int().unwrap());
        assert!((mean - 1_333_333).abs() < 20_000 && p95 > mean, "{mean} {p95}");

        for (field, value, wrong) in [
            ("occurrences", Value::from("1/0"), "occurrences"),
            ("persons", Value::Int(0), "persons"),
            ("per_person", Value::Int(-5), "per_person"),
            ("exposure", Value::Int(101), "exposure"),
            ("loss_least", Value::Int(50_000_000), "loss_least"),
            ("likelihood", Value::Int(4), "likelihood"),
            ("asset_value", Value::Int(-1), "asset_value"),
            ("weakness_after", Value::Int(3), "weakness_after"),
            ("review_on", Value::Date("2026-01-01".parse().unwrap()), "review_on"),
        ] {
            let mut values = Values::default();
            values.set(field, value);
            let error = house.change("scenario", &row.meta.id, values).await.unwrap_err();
            assert_eq!(fields(error), [wrong], "{field}");
        }
        // Nothing of it was kept.
        assert_eq!(house.find("scenario", &row.meta.id).await.meta.version, 1);
    }
}

#[tokio::test]
async fn accepted_comes_from_a_decision_only() {
    for house in House::each().await {
        house.seed().await;
        let error =
            house.add_as(house.officer(), "scenario", textbook().with("state", "accepted"), Gate::Person).await.unwrap_err();
        assert_eq!(fields(error), ["state"]);
        let row = house.add("scenario", textbook()).await;
        let error = house.change("scenario", &row.meta.id, Values::default().with("state", "accepted")).await.unwrap_err();
        assert_eq!(fields(error), ["state"]);
        let mut tx = house.tx().await;
        set_state(&mut tx, &house.registry, &row.meta.id, State::Accepted).await.unwrap();
        tx.commit().await.unwrap();
        // Once decided, other fields of the row can be saved.
        let row = house.change("scenario", &row.meta.id, Values::default().with("story", "メール経由")).await.unwrap();
        assert_eq!(row.get("state").as_str(), "accepted");
    }
}

#[tokio::test]
async fn the_same_source_makes_one_risk() {
    for house in House::each().await {
        house.seed().await;
        let mut tx = house.tx().await;
        let threat = crate::threat::queries::by_code(&mut tx, "ransomware").await.unwrap();
        let weakness = crate::weakness::queries::by_code(&mut tx, "old_gateway").await.unwrap();
        assert!(threat.is_some() && weakness.is_some());
        let draft = Draft {
            title: "VPN装置から\n侵入される".into(),
            threat,
            weakness,
            source: Source::Stride,
            source_key: "/risk/stride/1#S".into(),
            impact: Some(Impact::Heavy),
            frequency: Some(Frequency::Rare),
            ..Draft::default()
        };
        let one = add(&mut tx, &house.registry, draft.clone()).await.unwrap();
        let two = add(&mut tx, &house.registry, draft.clone()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(one, two);
        let row = house.find("scenario", &one).await;
        assert_eq!((row.get("title").as_str(), row.get("standing").as_str()), ("VPN装置から 侵入される", "unknown"));
        let mut tx = house.tx().await;
        let wrong = Draft { source_key: "other".into(), likelihood: Some(9), ..draft };
        assert_eq!(fields(add(&mut tx, &house.registry, wrong).await.unwrap_err()), ["likelihood"]);
    }
}

#[tokio::test]
async fn a_head_of_department_keeps_his_own_risks_and_an_owner_sees_his() {
    for house in House::each().await {
        house.seed().await;
        let own = textbook().with("department", house.personnel.as_str());
        let row = house.add_as(house.manager(), "scenario", own, Gate::Person).await.unwrap();
        let error = house.add_as(house.manager(), "scenario", textbook().with("title", "よその部署"), Gate::Person).await;
        assert!(matches!(error, Err(Error::Forbidden(_))), "{error:?}");
        let owned = house.add("scenario", textbook().with("title", "木村の持ち分").with("owner", house.kimura.as_str())).await;
        let employee = house.actor(Role::Employee, "木村", &house.kimura, &[]);
        let mut view = house.view(employee.clone()).await;
        let shape = Shape::load(house.registry.ledger("scenario").unwrap(), &mut view).await.unwrap();
        assert!(query::find(&mut view, &shape, &owned.meta.id, Action::View).await.is_ok());
        assert!(matches!(query::find(&mut view, &shape, &row.meta.id, Action::View).await, Err(Error::NotFound)));
        let values = Values::default().with("likelihood", 1);
        let mut tx = house.db.tx(employee, now()).await.unwrap();
        let refused = ledger::update(&house.registry, &mut tx, &shape, &owned.meta.id, None, values, Gate::Person).await;
        assert!(refused.is_err(), "an employee reads");
    }
}

/// The set-based way and the way of a single save give the same numbers.
#[tokio::test]
async fn judging_all_rows_at_once_agrees_with_judging_one() {
    for house in House::each().await {
        house.seed().await;
        let mut ids = Vec::new();
        for seed in 0..60_i64 {
            let level = |salt: i64, low: i64, high: i64| {
                let n = (seed * 7 + salt * 13 + seed * seed * salt) % (high - low + 2);
                if n == 0 { Value::Null } else { Value::Int(low + n - 1) }
            };
            let mut values = Values::default().with("title", format!("リスク{seed}")).with("state", "open");
            values.set("asset_value", level(1, 0, 2));
            values.set("threat_level", level(2, 1, 2));
            values.set("weakness_level", level(3, 1, 2));
            values.set("likelihood", level(5, 1, 3));
            values.set("weakness_after", level(7, 1, 2));
            values.set("likelihood_after", level(11, 1, 3));
            values.set("likelihood_before", level(4, 1, 3));
            if seed % 3 == 0 {
                values.set("other_loss", Value::Int(seed * 300_000 + 1));
                values.set("occurrences", Value::from("1/2"));
            }
            ids.push(house.add("scenario", values).await.meta.id);
        }
        // The same appetite again: no row differs from what its own save worked out.
        let mut tx = house.tx().await;
        assert_eq!(queries::rejudge(&mut tx, 17, 2_000_000).await.unwrap(), 0);
        // A tighter one: exactly the rows that a save of their own would change.
        let mut expected = Vec::new();
        let tight = crate::appetite::Appetite { number: 2, score: 5, yen: 900_000 };
        for id in &ids {
            let row = house.find("scenario", id).await;
            let values = super::judge::levels(&row).values();
            let standing = super::rules::standing(tight, values, row.get("ale").as_int());
            expected.push(mamori_ledger::Choice::code(standing));
        }
        let changed = queries::rejudge(&mut tx, 5, 900_000).await.unwrap();
        tx.commit().await.unwrap();
        let mut found = Vec::new();
        let mut moved = 0;
        for id in &ids {
            let row = house.find("scenario", id).await;
            moved += u64::from(row.meta.version == 2);
            found.push(row.get("standing").as_str().to_owned());
        }
        assert_eq!(found, expected);
        assert!(changed > 5 && changed == moved, "{changed} {moved}");
        let mut view = house.view(house.officer()).await;
        for (at, id) in ids.iter().enumerate() {
            let lines = queries::history(&mut view, id).await.unwrap();
            assert_eq!(lines.last().unwrap().standing, expected[at]);
        }
    }
}

#[tokio::test]
async fn a_piece_of_the_register_is_revalued_once() {
    for house in House::each().await {
        house.seed().await;
        let row = house.add("scenario", textbook().with("likelihood", 2)).await;
        let moves = queries::Moves { likelihood: vec![(3, 5), (2, 3)], ..queries::Moves::default() };
        let work = Revaluation { moves, method: Some(2), score: 17, yen: 2_000_000, cause: "尺度の変更".into() };
        for expected in [1, 0] {
            let mut tx = house.tx().await;
            assert_eq!(queries::revalue(&mut tx, &work, "", queries::LAST_ID).await.unwrap(), expected);
            tx.technical();
            tx.commit().await.unwrap();
        }
        let row = house.find("scenario", &row.meta.id).await;
        assert_eq!(ints(&row, &["likelihood", "current_value", "method"]), [Some(3), Some(24), Some(2)]);
        let mut view = house.view(house.officer()).await;
        let lines = queries::history(&mut view, &row.meta.id).await.unwrap();
        let told: Vec<_> = lines.iter().map(|line| (line.values[1], line.method, line.cause.as_str())).collect();
        assert_eq!(told, [(Some(16), Some(1), ""), (Some(24), Some(2), "尺度の変更")]);
    }
}

#[tokio::test]
async fn the_ipa_value_follows_the_assets() {
    for house in House::each().await {
        house.seed().await;
        house.answer_all("not_implemented").await;
        let assets = house.samples().await;
        let both = Value::List(vec![assets[0].clone(), assets[4].clone()]);
        let row = house.add("scenario", textbook().with("assets", both)).await.meta.id;
        let ipa = async || house.find("scenario", &row).await.get("ipa_value").as_int();
        let highest = async || house.values(&[assets[0].clone(), assets[4].clone()]).await.into_iter().flatten().max();
        assert!(ipa().await > Some(2) && ipa().await == highest().await);
        // One save of an asset, and a change of the sheet that touches all of them.
        let milder = Values::default().with("confidentiality", "1").with("integrity", "0").with("availability", "0");
        house.change("information_asset", &assets[0], milder).await.unwrap();
        let after = ipa().await;
        assert_eq!(after, highest().await);
        house.answer_all("implemented").await;
        assert!(ipa().await < after && ipa().await == highest().await);
    }
}
