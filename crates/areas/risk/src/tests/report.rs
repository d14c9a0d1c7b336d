//! The report as PDF and as the IPA sheet.

use mamori_kernel::access::Role;
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_ledger::Values;
use mamori_ledger::import;
use mamori_report::{RenderOptions, render};

use super::house::{House, now};
use crate::report::{Options, asset_risk, collect, document, issue, last_issued, workbook};

async fn ready() -> Vec<(House, Vec<String>)> {
    let mut all = Vec::new();
    for house in House::each().await {
        house.seed().await;
        house.answer_all("partial").await;
        let ids = house.samples().await;
        let treatment = Values::default()
            .with("title", "多要素認証を付ける")
            .with("asset", ids[7].as_str())
            .with("policy", "reduce")
            .with("measure", "全員に設定する")
            .with("owner", house.kimura.as_str())
            .with("due", jiff::civil::date(2026, 12, 20))
            .with("state", "planned")
            .with("cost", 96_000);
        house.add("treatment", treatment).await;
        let acceptance =
            Values::default().with("asset", ids[4].as_str()).with("class", "low_impact").with("reason", "漏れても影響は小さい");
        let row = house.add("acceptance", acceptance).await;
        house.accept(&row.meta.id).await;
        all.push((house, ids));
    }
    all
}

#[tokio::test]
async fn the_report_prints_in_both_languages() {
    for (house, _) in ready().await {
        let mut view = house.view(house.officer()).await;
        for lang in Lang::ALL {
            let report = asset_risk(&mut view, &house.registry, now(), lang).await.unwrap();
            let text = format!("{report:?}");
            assert!(!text.contains('⟦'), "a sentence is missing: {}", &text[text.find('⟦').unwrap()..][..60]);
            assert!(text.contains("¥96,000") || text.contains("96,000円"), "the costs are summed up");
            let made = render(&report, &RenderOptions { now: now().to_zoned(time::zone()) }).unwrap();
            assert!(made.bytes.starts_with(b"%PDF") && made.pages >= 5, "{} pages", made.pages);
            assert!(made.warnings.is_empty(), "{:?}", made.warnings);
            if let Ok(folder) = std::env::var("MAMORI_REPORT_OUT") {
                std::fs::write(format!("{folder}/asset-risk-{}.pdf", lang.code()), &made.bytes).unwrap();
            }
        }
    }
}

#[tokio::test]
async fn a_company_without_assets_gets_a_report_too() {
    for house in House::each().await {
        let mut view = house.view(house.officer()).await;
        let report = asset_risk(&mut view, &house.registry, now(), Lang::Ja).await.unwrap();
        render(&report, &RenderOptions { now: now().to_zoned(time::zone()) }).unwrap();
    }
}

#[tokio::test]
async fn a_number_is_issued_once_and_logged() {
    for (house, _) in ready().await {
        let mut tx = house.tx().await;
        let first = issue(&mut tx, false).await.unwrap();
        assert_eq!(first.text(), "HS-RISK-2026-001");
        let revised = issue(&mut tx, true).await.unwrap();
        assert_eq!((revised.text().as_str(), revised.version_text().as_str()), ("HS-RISK-2026-001", "2.0"));
        let source = collect(&mut tx, &house.registry, now(), Options { number: Some(revised.clone()), ..Options::default() })
            .await
            .unwrap();
        assert_eq!(document(&source, Lang::Ja).meta.doc_number, "HS-RISK-2026-001");
        tx.commit().await.unwrap();
        let mut view = house.view(house.officer()).await;
        assert_eq!(last_issued(&mut view).await.unwrap(), Some(revised));
    }
}

#[tokio::test]
async fn the_ipa_sheet_comes_back_unchanged() {
    for (house, _) in ready().await {
        let mut view = house.view(house.officer()).await;
        let source = collect(&mut view, &house.registry, now(), Options::default()).await.unwrap();
        let questions = crate::weakness_check::queries::questions(&mut view).await.unwrap();
        let bytes = workbook(&source, &questions).unwrap();
        drop(view);
        let def = house.registry.ledger("information_asset").unwrap();
        let outcome = import::run(&house.app(), house.officer(), def, &bytes, "台帳.xlsx", false).await.unwrap();
        assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
        assert_eq!((outcome.summary.created, outcome.summary.changed, outcome.summary.unchanged), (0, 0, 8));
    }
}

/// A workbook brings its two small sheets along: a new company gets the same risk from the file alone (S2-D4-04, table 5.3).
#[tokio::test]
async fn the_workbook_alone_gives_another_company_the_same_risk() {
    for (house, _) in ready().await {
        let mut view = house.view(house.officer()).await;
        let source = collect(&mut view, &house.registry, now(), Options::default()).await.unwrap();
        let questions = crate::weakness_check::queries::questions(&mut view).await.unwrap();
        let bytes = workbook(&source, &questions).unwrap();
        drop(view);
        for other in House::each().await {
            let def = other.registry.ledger("information_asset").unwrap();
            let outcome = import::run(&other.app(), other.officer(), def, &bytes, "台帳.xlsx", false).await.unwrap();
            assert_eq!((outcome.summary.created, outcome.summary.wrong), (8, 0), "{:?}", outcome.problems);
            let mut view = other.view(other.officer()).await;
            let got = collect(&mut view, &other.registry, now(), Options::default()).await.unwrap();
            // The sheet lists the largest first and the numbers are given anew, so the values are compared as a whole.
            let mut values: Vec<_> = got.assets.iter().filter_map(|row| row.get("risk_value").as_int()).collect();
            values.sort_unstable();
            assert_eq!(values, [1, 1, 2, 2, 4, 4, 4, 4]);
            drop(view);
            let again = import::run(&other.app(), other.officer(), def, &bytes, "台帳.xlsx", false).await.unwrap();
            assert_eq!((again.summary.created, again.summary.changed, again.summary.unchanged), (0, 0, 8));
        }
    }
}

/// A large ledger is cut in the document, never in the workbook: 10,000 rows on paper took 2 GB.
#[tokio::test]
async fn the_document_holds_the_thousand_largest_risks() {
    let mut file = "情報資産名称,業務分類,媒体・保存先\n".to_owned();
    for n in 0..=1_000 {
        file.push_str(&format!("資産{n:04},総務,書類\n"));
    }
    let house = House::each().await.remove(0);
    let def = house.registry.ledger("information_asset").unwrap();
    let outcome = import::run(&house.app(), house.officer(), def, file.as_bytes(), "台帳.csv", false).await.unwrap();
    assert_eq!(outcome.summary.created, 1_001, "{:?}", outcome.problems);
    let mut view = house.view(house.officer()).await;
    let source = collect(&mut view, &house.registry, now(), Options::default()).await.unwrap();
    let annex = format!("{:?}", document(&source, Lang::Ja).blocks.last().unwrap());
    assert!(annex.contains("リスクの大きい順に1000件を載せています。全1001件は"));
    let rows = source.assets.iter().filter(|row| annex.contains(row.get("name").as_str())).count();
    assert_eq!(rows, 1_000);
}

/// The public sample in IPA's layout, where it is at hand.
#[tokio::test]
async fn the_sample_workbook_gets_the_values_that_it_prints() {
    let Ok(folder) = std::env::var("MAMORI_FIELD_DATA") else { return };
    let bytes = std::fs::read(format!("{folder}/ipa-risk-sheet/risk-sheet-sample.xlsx")).unwrap();
    for house in House::each().await {
        house.seed().await;
        house.answer_all("partial").await;
        let def = house.registry.ledger("information_asset").unwrap();
        let first = import::run(&house.app(), house.officer(), def, &bytes, "risk-sheet-sample.xlsx", false).await.unwrap();
        assert_eq!((first.summary.created, first.summary.wrong), (8, 0), "{:?}", first.problems);
        let mut view = house.view(house.officer()).await;
        let source = collect(&mut view, &house.registry, now(), Options::default()).await.unwrap();
        let mut values: Vec<_> =
            source.assets.iter().filter_map(|row| Some((row.get("code").as_str(), row.get("risk_value").as_int()?))).collect();
        values.sort_unstable();
        assert_eq!(values.iter().map(|(_, value)| *value).collect::<Vec<_>>(), [4, 2, 2, 4, 1, 1, 4, 4]);
        drop(view);
        let second = import::run(&house.app(), house.officer(), def, &bytes, "risk-sheet-sample.xlsx", false).await.unwrap();
        assert_eq!((second.summary.created, second.summary.changed, second.summary.unchanged), (0, 0, 8));
    }
}

#[tokio::test]
async fn a_department_reads_only_its_own_rows() {
    for (house, _) in ready().await {
        let mut view = house.view(house.actor(Role::Manager, "灯野", &house.hino, &["elsewhere"])).await;
        let standing = crate::standing(&mut view, time::today(now())).await.unwrap();
        assert_eq!(standing.overdue, 0);
        assert!(crate::treatment::queries::all(&mut view).await.unwrap().is_empty());
    }
}
