//! The pages of the register, and its speed with 100,000 rows.

use axum::http::StatusCode;
use mamori_kernel::lang::Lang;
use mamori_ledger::{Value, Values};
use mamori_store::args;

use super::house::{House, now};
use crate::heat::queries::{Axes, Narrow, on, today};
use crate::scenario::queries::{LAST_ID, Moves, Revaluation, pieces, rejudge, revalue, used_levels};

const PAGES: [&str; 14] = [
    "/risk/suggest",
    "/risk/suggest?tick=10&more=1",
    "/risk/register/map",
    "/risk/register/map?view=matrix&on=2026-11-19",
    "/risk/scale",
    "/risk/top-threats",
    "/risk/top-threats?year=2022",
    "/risk/scenario",
    "/risk/scenario?view=methods",
    "/risk/scenario/new",
    "/risk/threat",
    "/risk/weakness",
    "/risk/approach/new",
    "/risk/risk_scale",
];

#[tokio::test]
async fn the_register_answers_empty_and_filled() {
    for house in House::each().await {
        for lang in Lang::ALL {
            for page in PAGES {
                house.get(page, lang).await;
            }
        }
        house.seed().await;
        let assets = house.samples().await;
        let page = house.get("/risk/suggest?tick=10", Lang::Ja).await;
        assert_eq!(page.matches(" checked").count(), 10);
        assert_eq!(house.post("/risk/suggest", "accept=suggest%3Aoffice_pc%3Aransomware").await, StatusCode::SEE_OTHER);
        assert_eq!(house.post("/risk/suggest", "ticked=1").await, StatusCode::SEE_OTHER);
        let aside = "dismiss=suggest%3Apaper%3Aloss&reason%3Asuggest%3Apaper%3Aloss=%E5%B0%8F";
        assert_eq!(house.post("/risk/suggest", aside).await, StatusCode::SEE_OTHER);
        let full = house
            .add(
                "scenario",
                Values::default()
                    .with("title", "すべての方法で")
                    .with("state", "open")
                    .with("assets", Value::List(vec![assets[1].clone()]))
                    .with("asset_value", 2)
                    .with("threat_level", 2)
                    .with("weakness_level", 2)
                    .with("likelihood", 3)
                    .with("impact", "heavy")
                    .with("frequency", "often")
                    .with("other_loss", 27_860_000)
                    .with("occurrences", "1/10")
                    .with("loss_least", 1_000_000)
                    .with("loss_likely", 20_000_000)
                    .with("loss_most", 90_000_000),
            )
            .await;
        assert_eq!(full.get("ale").as_int(), Some(2_786_000), "T4");
        for lang in Lang::ALL {
            for page in PAGES {
                house.get(page, lang).await;
            }
            let detail = house.get(&format!("/risk/scenario/{}", full.meta.id), lang).await;
            assert!(detail.contains("2 × 2 × 2 × 3") && detail.contains("<svg"), "{detail}");
            let mut view = house.view(house.officer()).await;
            let ransom = crate::threat::queries::by_code(&mut view, "ransomware").await.unwrap().unwrap();
            drop(view);
            let threat = house.get(&format!("/risk/threat/{ransom}"), lang).await;
            assert!(threat.contains("/risk/top-threats?year=2026") && threat.contains("measure="), "{threat}");
            let form = house.get(&format!("/risk/scenario/new?threat={ransom}&assets={}", assets[1]), lang).await;
            assert!(form.contains(&ransom), "the threat is chosen");
        }
        let map = house.get("/risk/register/map", Lang::Ja).await;
        assert!(map.contains("/risk/scenario?f.asset_value=2&amp;f.likelihood=3"), "a cell opens its list");
    }
}

#[tokio::test]
async fn a_scale_that_cannot_work_comes_back_with_what_was_typed() {
    for house in House::each().await {
        house.seed().await;
        let body = "reason=x&old%3Alikelihood%3A0=1&number%3Alikelihood%3A0=7&ja%3Alikelihood%3A0=%E4%B8%83";
        assert_eq!(house.post("/risk/scale", body).await, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

/// Rows written by SQL: 100,000 saves would take minutes and say nothing about these statements.
pub async fn fill(house: &House, rows: i64) {
    let mut tx = house.tx().await;
    let text = "insert into scenario (company_id, id, created_at, updated_at, number, title, assets, state, found_on, asset_value, \
         threat_level, weakness_level, likelihood, current_value, standing, method, impact, frequency) \
         with recursive n(i) as (select 1 union all select i + 1 from n where i < $2) \
         select $1, '0190a1b2-c3d4-7000-8000-' || cast(100000000000 + i as text), '2026-11-20', '2026-11-20', i, \
         'リスク ' || cast(i as text), '[]', case when i % 9 = 0 then 'closed' else 'open' end, '2026-11-20', i % 3, 1 + i % 2, \
         1 + (i / 2) % 2, 1 + (i / 4) % 3, (i % 3) * (1 + i % 2) * (1 + (i / 2) % 2) * (1 + (i / 4) % 3), \
         case when (i % 3) * (1 + i % 2) * (1 + (i / 2) % 2) * (1 + (i / 4) % 3) > 17 then 'above' else 'acceptable' end, 1, 'heavy', 'rare' \
         from n";
    tx.exec(text, args![rows]).await.unwrap();
    for (from, until) in [("2026-01-01", "2026-06-01"), ("2026-06-01", "9999-12-31")] {
        let text = "insert into scenario_history (company_id, id, scenario, on_date, until_date, state, current_value, standing, asset_value, \
             threat_level, weakness_level, likelihood, method) select $1, $2 || id, id, $2, $3, state, current_value, standing, asset_value, \
             threat_level, weakness_level, likelihood, 1 from scenario where company_id = $1";
        tx.exec(text, args![from, until]).await.unwrap();
    }
    tx.technical();
    tx.commit().await.unwrap();
    let system = house.db.system().await;
    if house.db.engine() == mamori_store::Engine::Postgres {
        system.unwrap().exec("vacuum analyze", vec![]).await.unwrap();
    }
}

/// `cargo test --release -p mamori-risk speed -- --ignored --nocapture`
#[tokio::test]
#[ignore = "speed: prints times, run by hand"]
async fn speed_with_100_000_risks() {
    for house in House::each().await {
        house.seed().await;
        fill(&house, 100_000).await;
        let mut view = house.view(house.officer()).await;
        let all = Narrow::default();
        for _ in 0..3 {
            let start = std::time::Instant::now();
            today(&mut view, Axes::Factors, &all).await.unwrap();
            let map = start.elapsed();
            on(&mut view, "2026-03-03".parse().unwrap(), Axes::Factors, &all).await.unwrap();
            let past = start.elapsed() - map;
            used_levels(&mut view).await.unwrap();
            println!(
                "{:?}: map {map:?}, map of a past day {past:?}, used levels {:?}",
                house.db.engine(),
                start.elapsed() - map - past
            );
        }
        drop(view);
        let moves = Moves { likelihood: vec![(3, 5), (2, 3)], ..Moves::default() };
        let work = Revaluation { moves, method: Some(2), score: 17, yen: 2_000_000, cause: "尺度".into() };
        let start = std::time::Instant::now();
        let mut changed = 0;
        let mut tx = house.db.tx(house.officer(), now()).await.unwrap();
        let cut = pieces(&mut tx, 10_000).await.unwrap();
        tx.rollback().await.unwrap();
        for (from, to, _) in cut {
            let mut tx = house.db.tx(house.officer(), now()).await.unwrap();
            changed += revalue(&mut tx, &work, &from, &to).await.unwrap();
            tx.technical();
            tx.commit().await.unwrap();
        }
        println!("{:?}: {changed} risks moved in {:?}", house.db.engine(), start.elapsed());
        let start = std::time::Instant::now();
        let mut tx = house.db.tx(house.officer(), now()).await.unwrap();
        let changed = rejudge(&mut tx, 11, 2_000_000).await.unwrap();
        tx.commit().await.unwrap();
        println!("{:?}: {changed} risks judged anew in {:?} ({LAST_ID})", house.db.engine(), start.elapsed());
    }
}
