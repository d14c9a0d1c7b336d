#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
//! The map of today and of the days before.

use mamori_ledger::{Value, Values};

use super::queries::{Axes, Cell, Narrow, first_day, on, today};
use crate::tests::house::House;

fn cell(row: &str, column: &str, count: i64, above: i64) -> Cell {
    Cell { row: row.into(), column: column.into(), count, above }
}

fn sorted(mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.sort_by(|a, b| (&a.row, &a.column).cmp(&(&b.row, &b.column)));
    cells
}

#[tokio::test]
async fn the_map_counts_by_both_axes_narrows_and_goes_back_in_time() {
    for house in House::each().await {
        house.seed().await;
        let asset = house.samples().await[1].clone();
        let risk = |title: &'static str, value: i64, likelihood: i64| {
            Values::default()
                .with("title", title)
                .with("state", "open")
                .with("asset_value", value)
                .with("threat_level", 2)
                .with("weakness_level", 2)
                .with("likelihood", likelihood)
        };
        let first = house.add("scenario", risk("一", 2, 3).with("impact", "heavy").with("frequency", "often")).await.meta.id;
        house.add("scenario", risk("二", 2, 3).with("owner", house.kimura.as_str())).await;
        house.add("scenario", risk("三", 1, 2).with("assets", Value::List(vec![asset.clone()]))).await;
        house.add("scenario", risk("終わった", 2, 3).with("state", "closed")).await;
        house.add("scenario", Values::default().with("title", "これから").with("state", "open")).await;
        let mut view = house.view(house.officer()).await;
        let all = Narrow::default();
        let now = sorted(today(&mut view, Axes::Factors, &all).await.unwrap());
        assert_eq!(now, [cell("", "", 1, 0), cell("1", "2", 1, 0), cell("2", "3", 2, 2)]);
        let matrix = sorted(today(&mut view, Axes::Matrix, &all).await.unwrap());
        assert_eq!(matrix, [cell("", "", 3, 1), cell("heavy", "often", 1, 1)]);
        let by_owner = Narrow { owner: house.kimura.clone(), ..Narrow::default() };
        assert_eq!(today(&mut view, Axes::Factors, &by_owner).await.unwrap(), [cell("2", "3", 1, 1)]);
        let by_asset = Narrow { asset, ..Narrow::default() };
        assert_eq!(today(&mut view, Axes::Factors, &by_asset).await.unwrap(), [cell("1", "2", 1, 0)]);
        // The history of today's end is the register of today.
        let day = "2026-11-20".parse().unwrap();
        assert_eq!(first_day(&mut view).await.unwrap(), Some(day));
        assert_eq!(sorted(on(&mut view, day, Axes::Factors, &all).await.unwrap()), now);
        assert_eq!(on(&mut view, day, Axes::Factors, &by_owner).await.unwrap(), [cell("2", "3", 1, 1)]);
        assert!(on(&mut view, "2026-11-19".parse().unwrap(), Axes::Factors, &all).await.unwrap().is_empty());
        drop(view);
        // A month later the first risk is treated; the old day still shows it where it was.
        let later = "2026-12-20T03:00:00Z".parse().unwrap();
        let mut tx = house.db.tx(house.officer(), later).await.unwrap();
        let shape = mamori_ledger::shape::Shape::load(house.registry.ledger("scenario").unwrap(), &mut tx).await.unwrap();
        let change = Values::default().with("likelihood", 1);
        let gate = mamori_ledger::ops::Gate::Person;
        mamori_ledger::ops::update(&house.registry, &mut tx, &shape, &first, None, change, gate).await.unwrap();
        tx.commit().await.unwrap();
        let mut view = house.view(house.officer()).await;
        assert_eq!(sorted(on(&mut view, day, Axes::Factors, &all).await.unwrap()), now);
        assert_eq!(sorted(on(&mut view, "2026-12-19".parse().unwrap(), Axes::Factors, &all).await.unwrap()), now);
        let then = sorted(on(&mut view, "2026-12-20".parse().unwrap(), Axes::Factors, &all).await.unwrap());
        assert_eq!(then, [cell("", "", 1, 0), cell("1", "2", 1, 0), cell("2", "1", 1, 0), cell("2", "3", 1, 1)]);
        // A head of department sees his own risks only: of these, the one with his department's asset.
        let mut view = house.view(house.manager()).await;
        let count: i64 = today(&mut view, Axes::Factors, &all).await.unwrap().iter().map(|cell| cell.count).sum();
        assert_eq!(count, 2, "his department's and the one that he owns");
    }
}
