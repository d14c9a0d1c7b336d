//! The ledger on a real database.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use jiff::civil::date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Error;
use mamori_ledger::ops::{self as engine, Gate};
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::{Ledger as _, Values};

use super::queries::{self, shape};
use super::{InformationAsset, Storage, ops};
use crate::catalog;
use crate::testing::Company;

#[tokio::test]
async fn a_new_asset_gets_number_dates_importance_and_medium() {
    let company = Company::new().await;
    let mut tx = company.tx(company.officer()).await;
    let values = Values::default()
        .with("name", "社員名簿")
        .with("storage", "paper")
        .with("confidentiality", "2")
        .with("integrity", "0")
        .with("availability", "1")
        .with("retention", "５年間");
    let first = company.row(&mut tx, InformationAsset::CODE, values).await;
    let second = company.row(&mut tx, InformationAsset::CODE, Values::default().with("name", "見積書")).await;
    let asset = InformationAsset::from_record(&first);
    assert_eq!((asset.code.as_str(), second.get("code").as_str()), ("A-001", "A-002"));
    assert_eq!((asset.importance, asset.retention.as_str()), (Some(2), "5年"));
    assert_eq!((asset.registered_on, asset.review_on), (Some(date(2026, 11, 20)), Some(date(2027, 11, 20))));
    assert_eq!(first.get("media").as_str(), "paper");
    // An import without these columns, or with blank cells, takes nothing away.
    let shape = shape(&company.registry, &mut tx, InformationAsset::CODE).await.unwrap();
    let blank = Values::default().with("code", "").with("registered_on", "").with("retention", "5年");
    let same = engine::update(&company.registry, &mut tx, &shape, &first.meta.id, None, blank, Gate::Person).await.unwrap();
    assert_eq!(same.meta.version, 1, "nothing changed");
    let wrong = Values::default().with("retention", "2026/2/30まで").with("pi_count", -1);
    let refused = engine::update(&company.registry, &mut tx, &shape, &first.meta.id, None, wrong, Gate::Person).await;
    assert!(matches!(refused, Err(Error::Invalid(errors)) if errors.len() == 2));
}

#[tokio::test]
async fn numbers_count_on_after_numbers_typed_by_hand() {
    let company = Company::new().await;
    let mut tx = company.tx(company.officer()).await;
    for code in ["A-120", "K-7", "A-121"] {
        company.row(&mut tx, InformationAsset::CODE, Values::default().with("name", code).with("code", code)).await;
    }
    let next = company.row(&mut tx, InformationAsset::CODE, Values::default().with("name", "次")).await;
    assert_eq!(next.get("code").as_str(), "A-122");
}

#[tokio::test]
async fn layouts_without_a_place_column_find_it() {
    let company = Company::new().await;
    let def = company.registry.ledger(InformationAsset::CODE).unwrap();
    let hooks = def.hooks.clone().unwrap();
    let mut row = Values::default()
        .with("name", "契約書一式")
        .with("media", "electronic")
        .with("place", "クラウド Office365")
        .with("retention", "１年");
    hooks.imported(&mut row);
    assert_eq!((row.get("storage").as_str(), row.get("retention").as_str()), ("external_server", "1年"));
    assert_eq!(def.views.iter().map(|view| view.code).collect::<Vec<_>>(), ["ipa", "layout_a", "layout_b"]);
    for column in def.views.iter().flat_map(|view| &view.columns) {
        assert!(def.field(column).is_some(), "{column}");
    }
}

#[tokio::test]
async fn the_starter_catalogue_recognises_what_is_there() {
    let company = Company::new().await;
    let drafts = || {
        ["staff_information", "my_number"]
            .map(|code| {
                ops::Draft::starter(
                    catalog::starter_asset(code).unwrap(),
                    "人事",
                    Some(Storage::Paper),
                    mamori_kernel::lang::Lang::Ja,
                )
            })
            .map(|draft| draft.department(&company.sales))
            .to_vec()
    };
    let mut tx = company.tx(company.manager()).await;
    let added = ops::add(&company.registry, &mut tx, drafts()).await.unwrap();
    assert_eq!((added.created, added.known.len()), (2, 0));
    let again = ops::add(&company.registry, &mut tx, drafts()).await.unwrap();
    assert_eq!((again.created, again.known.len()), (0, 2));
    tx.commit().await.unwrap();
    // A manager cannot list for another department.
    let mut tx = company.tx(company.manager()).await;
    let foreign = vec![ops::Draft::typed("給与データ", None, "").department(&company.office)];
    assert!(matches!(ops::add(&company.registry, &mut tx, foreign).await, Err(Error::Forbidden(_))));
}

#[tokio::test]
async fn other_departments_secrets_stay_hidden() {
    let company = Company::new().await;
    let mut tx = company.tx(company.officer()).await;
    for (name, class) in [("就業規則", "1"), ("給与データ", "2")] {
        let values =
            Values::default().with("name", name).with("classification", class).with("department", company.office.as_str());
        company.row(&mut tx, InformationAsset::CODE, values).await;
    }
    tx.commit().await.unwrap();
    let mut view = company.view(company.manager()).await;
    let seen = queries::in_use(&company.registry, &mut view, &ListQuery::default(), &[]).await.unwrap();
    assert_eq!(
        seen.iter().map(|listed| (listed.asset.name.as_str(), listed.department.as_str())).collect::<Vec<_>>(),
        [("就業規則", "総務部")]
    );
    let mut view = company.view(company.employee()).await;
    assert!(queries::in_use(&company.registry, &mut view, &ListQuery::default(), &[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn every_ledger_of_the_area_can_be_read_and_counted() {
    let company = Company::new().await;
    let mut view = company.view(company.officer()).await;
    for code in ["information_asset", "key_person", "stocktake", "stocktake_item"] {
        let shape = shape(&company.registry, &mut view, code).await.unwrap();
        query::list(&company.registry, &mut view, &shape, &ListQuery { limit: 1, ..ListQuery::default() }, Action::View)
            .await
            .unwrap();
    }
    assert_eq!(queries::count(&company.registry, &mut view, "f.importance=none", Action::Edit).await.unwrap(), 0);
}

#[test]
fn both_languages_have_the_same_keys() {
    let keys = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with([' ', '#']));
        let mut keys: Vec<String> = lines.filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim().to_owned()).collect();
        keys.sort();
        keys
    };
    for source in crate::area().texts {
        assert_eq!(keys(source.ja), keys(source.en), "{}", source.name);
    }
}
