#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
//! An expert changes the method: five levels of likelihood instead of three.

use mamori_kernel::error::Error;
use mamori_kernel::lang::Words;
use mamori_ledger::Values;

use super::ops::change_scale;
use super::rules::{Line, Proposal, judge};
use super::{Version, queries};
use crate::assessment::Recalculated;
use crate::four_factor::rules::{Factor, Used};
use crate::scenario::queries as scenarios;
use crate::tests::house::House;

const LIKELIHOOD: usize = 3;

fn line(old: Option<i64>, number: &str, name: &str) -> Line {
    Line { old, number: number.into(), name: [name.into(), String::new()], means: Default::default() }
}

/// 1 → 1, 2 → 3, 3 → 5, with new levels between.
fn five() -> Proposal {
    let mut proposal = Proposal::of(&Version::default());
    proposal.lines[LIKELIHOOD] = vec![
        line(Some(1), "1", "めったにない"),
        line(Some(2), "3", "ときどき"),
        line(Some(3), "５", "しょっちゅう"),
        line(None, "2", "数年に一度"),
        line(None, "4", "毎月"),
        line(None, "", ""),
    ];
    proposal.reason = "差を見えるようにする".into();
    proposal
}

fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(list) => list.into_iter().map(|one| one.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_cannot_work_is_named() {
    let now = Version::default();
    let with = |change: &dyn Fn(&mut Proposal)| {
        let mut proposal = five();
        change(&mut proposal);
        fields(judge(&now, &proposal, &[]).unwrap_err())
    };
    assert_eq!(with(&|proposal| proposal.lines[LIKELIHOOD].remove(4).number.clear()), ["likelihood"], "a gap at 4");
    assert_eq!(with(&|proposal| proposal.lines[0][0].number = "x".into()), ["asset_value"]);
    assert_eq!(with(&|proposal| proposal.lines[1].clear()), ["threat"]);
    assert_eq!(with(&|proposal| proposal.reason = " ".into()), ["reason"]);
    assert_eq!(with(&|proposal| proposal.impact[0][0].clear()), ["matrix"]);
    assert_eq!(with(&|proposal| proposal.lines[2][1].number = "1".into()), ["weakness"], "twice");
}

#[test]
fn a_level_in_use_does_not_disappear_even_when_its_number_is_taken() {
    let now = Version::default();
    let used = [Used { factor: Factor::Likelihood, value: 3, count: 7 }];
    let mut proposal = five();
    proposal.lines[LIKELIHOOD] = vec![line(Some(1), "1", "低い"), line(Some(2), "2", "中くらい")];
    let Err(Error::InUse(words)) = judge(&now, &proposal, &used) else { panic!("accepted") };
    assert!(words.ja.contains("発生可能性の「3 高い」（7件）") && words.en.contains("7 risks"), "{}", words.ja);
    // The same number under a new line is another level.
    proposal.lines[LIKELIHOOD].push(line(None, "3", "毎日"));
    assert!(matches!(judge(&now, &proposal, &used), Err(Error::InUse(_))));
    assert!(judge(&now, &five(), &used).is_ok(), "moved, not gone");
    assert!(judge(&now, &proposal, &[]).is_ok(), "nobody uses it");
}

#[tokio::test]
async fn risks_move_with_their_levels_and_keep_what_they_were() {
    for house in House::each().await {
        house.seed().await;
        let values = |title: &'static str, likelihood: i64| {
            Values::default()
                .with("title", title)
                .with("state", "open")
                .with("asset_value", 2)
                .with("threat_level", 2)
                .with("weakness_level", 2)
                .with("likelihood", likelihood)
                .with("likelihood_after", 1)
        };
        let moved = house.add("scenario", values("動く", 3)).await.meta.id;
        let stays = house.add("scenario", values("動かない", 1)).await.meta.id;
        let mut tx = house.tx().await;
        let outcome = change_scale(&mut tx, &house.registry, &five()).await.unwrap();
        assert_eq!(outcome, Recalculated::Now(1));
        tx.commit().await.unwrap();
        let row = house.find("scenario", &moved).await;
        let numbers = ["likelihood", "current_value", "residual_value", "method"].map(|field| row.get(field).as_int());
        assert_eq!(numbers, [Some(5), Some(40), Some(8), Some(2)]);
        let row = house.find("scenario", &stays).await;
        let numbers = ["likelihood", "current_value", "method"].map(|field| row.get(field).as_int());
        assert_eq!(numbers, [Some(1), Some(8), Some(1)], "judged with version 1, and nothing about it changed");
        let mut view = house.view(house.officer()).await;
        assert_eq!(queries::current(&mut view).await.unwrap().number, 2);
        assert_eq!(queries::version(&mut view, 1).await.unwrap().scale.highest(), 24, "the old version stays");
        let lines = scenarios::history(&mut view, &moved).await.unwrap();
        assert_eq!(
            lines.iter().map(|line| (line.values[1], line.method)).collect::<Vec<_>>(),
            [(Some(24), Some(1)), (Some(40), Some(2))]
        );
        drop(view);
        // On the new scale 4 can be chosen and 6 cannot.
        assert!(house.change("scenario", &moved, Values::default().with("likelihood", 4)).await.is_ok());
        assert_eq!(
            fields(house.change("scenario", &moved, Values::default().with("likelihood", 6)).await.unwrap_err()),
            ["likelihood"]
        );
        let mut tx = house.tx().await;
        let mut same = Proposal::of(&queries::current(&mut tx).await.unwrap());
        same.reason = "もう一度".into();
        assert!(matches!(change_scale(&mut tx, &house.registry, &same).await, Err(Error::Refused(_))));
    }
}

#[tokio::test]
async fn the_names_of_the_matrix_reach_forms_and_lists() {
    for house in House::each().await {
        house.seed().await;
        let mut proposal = five();
        proposal.impact[0] = ["存続の危機".into(), "Survival".into()];
        let mut tx = house.tx().await;
        change_scale(&mut tx, &house.registry, &proposal).await.unwrap();
        tx.commit().await.unwrap();
        let mut view = house.view(house.officer()).await;
        let shape = mamori_ledger::shape::Shape::load(house.registry.ledger("scenario").unwrap(), &mut view).await.unwrap();
        let set = shape.field("impact").unwrap().choices.clone().unwrap();
        assert_eq!(set.find("heavy").unwrap().words, Words::new("存続の危機", "Survival"));
    }
}

#[tokio::test]
async fn many_risks_move_in_a_job_and_only_once() {
    for house in House::each().await {
        house.seed().await;
        crate::tests::register::fill(&house, 600).await;
        let mut tx = house.tx().await;
        let outcome = change_scale(&mut tx, &house.registry, &five()).await.unwrap();
        assert!(matches!(outcome, Recalculated::Job(_)), "{outcome:?}");
        tx.commit().await.unwrap();
        let services = mamori_schedule::Services(std::sync::Arc::new(()));
        let done =
            mamori_schedule::run_due(&house.db, &services, &house.registry.jobs, crate::tests::house::now()).await.unwrap();
        assert_eq!(done, 1);
        let mut view = house.view(house.officer()).await;
        let of = async |view: &mut mamori_store::View| -> Vec<(i64, i64)> {
            let used = super::ops::used(view).await.unwrap();
            used.into_iter().filter(|one| one.factor == Factor::Likelihood).map(|one| (one.value, one.count as i64)).collect()
        };
        // A third each of 1, 2 and 3 became 1, 3 and 5.
        assert_eq!(of(&mut view).await, [(1, 200), (3, 200), (5, 200)]);
        drop(view);
        // The same piece again, as after a crash between the last piece and the end of the job.
        let moves = scenarios::Moves { likelihood: vec![(2, 3), (3, 5)], ..scenarios::Moves::default() };
        let work = scenarios::Revaluation { moves, method: Some(2), score: 17, yen: 2_000_000, cause: String::new() };
        let mut tx = house.tx().await;
        assert_eq!(scenarios::revalue(&mut tx, &work, "", scenarios::LAST_ID).await.unwrap(), 0);
        tx.rollback().await.unwrap();
    }
}
