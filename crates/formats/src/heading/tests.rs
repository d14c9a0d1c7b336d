#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use super::*;
use crate::sheet::{Cell, Limits, Workbook, read};
use crate::table_out::{Column, ColumnKind, Table, xlsx};

fn spec<'a>(id: &'a str, names: &[&'a str]) -> ColumnSpec<'a> {
    ColumnSpec { id, names: names.to_vec(), groups: vec![] }
}

fn grouped<'a>(id: &'a str, names: &[&'a str], groups: &[&'a str]) -> ColumnSpec<'a> {
    ColumnSpec { id, names: names.to_vec(), groups: groups.to_vec() }
}

/// The columns of the asset ledger in IPA's layout.
fn ledger() -> Vec<ColumnSpec<'static>> {
    let kinds = ["個人情報の種類", "Personal information"];
    let values = ["評価値", "Rating"];
    vec![
        spec("category", &["業務分類", "Business"]),
        spec("name", &["情報資産名称", "Name", "資産名"]),
        spec("remark", &["備考", "Remarks"]),
        spec("users", &["利用者範囲", "Users"]),
        spec("department", &["管理部署", "Owning department"]),
        spec("place", &["媒体・保存先", "Storage"]),
        grouped("personal", &["個人情報"], &kinds),
        grouped("sensitive", &["要配慮個人情報"], &kinds),
        grouped("my_number", &["特定個人情報", "マイナンバー"], &kinds),
        grouped("confidentiality", &["機密性", "Confidentiality"], &values),
        grouped("integrity", &["完全性", "Integrity"], &values),
        grouped("availability", &["可用性", "Availability"], &values),
        spec("importance", &["重要度", "Importance"]),
        spec("retention", &["保存期限", "保存期間", "Retention"]),
        spec("registered", &["登録日", "Registered"]),
        spec("threat", &["脅威の発生頻度"]),
        spec("weakness", &["脆弱性"]),
        spec("likelihood", &["被害発生可能性"]),
        spec("risk", &["リスク値"]),
    ]
}

fn table(rows: &[&[&str]]) -> Sheet {
    let rows = rows.iter().map(|row| row.iter().map(|c| Cell::from_text(*c)).collect()).collect();
    Sheet { name: "S".to_owned(), rows, first_row: 1, ..Sheet::default() }
}

fn columns(heading: &Heading) -> Vec<Option<usize>> {
    heading.columns.iter().map(|c| c.map(|(column, _)| column)).collect()
}

#[test]
fn one_line_below_a_title() {
    let sheet = table(&[
        &["情報資産 台帳（2026年度）"],
        &[],
        &["No", "資 産 名", "管理部署\n（課）", "重要度 ※"],
        &["1", "社員名簿", "人事部", "2"],
    ]);
    let found = find(&sheet, &ledger()).unwrap();
    assert_eq!(found.header_rows, 2..3);
    assert_eq!(columns(&found)[1], Some(1));
    assert_eq!(columns(&found)[4], Some(2));
    assert_eq!(columns(&found)[12], Some(3));
    assert_eq!(found.unknown, vec![(0, "No".to_owned())]);
}

#[test]
fn data_that_repeats_heading_words_is_no_heading() {
    let sheet = table(&[&["資産名", "備考"], &["備考", "資産名"], &["名簿", ""]]);
    let found = find(&sheet, &ledger()).unwrap();
    assert_eq!(found.header_rows, 0..1);
}

#[test]
fn two_lines_without_merges() {
    let sheet =
        table(&[&["資産名", "評価値", "", "", "重要度"], &["", "機密性", "完全性", "可用性", ""], &["名簿", "2", "1", "0", "2"]]);
    let found = find(&sheet, &ledger()).unwrap();
    assert_eq!(found.header_rows, 0..2);
    assert_eq!(columns(&found)[9..13], [Some(1), Some(2), Some(3), Some(4)]);
    assert!(found.columns[9].unwrap().1 > 0.99);
}

#[test]
fn both_lines_in_one_cell() {
    let sheet = table(&[&["資産名", "評価値（機密性）", "評価値：完全性", "可用性"]]);
    let found = find(&sheet, &ledger()).unwrap();
    assert_eq!(columns(&found)[9..12], [Some(1), Some(2), Some(3)]);
}

#[test]
fn the_closer_name_wins() {
    // 個人情報 lies within 要配慮個人情報 and 特定個人情報.
    let sheet = table(&[&["資産名", "特定個人情報", "個人情報", "要配慮個人情報"]]);
    let found = find(&sheet, &ledger()).unwrap();
    assert_eq!(columns(&found)[6..9], [Some(2), Some(3), Some(1)]);
}

#[test]
fn nothing_where_nothing_fits() {
    assert_eq!(find(&table(&[&["日付", "金額"], &["2026-11-20", "100"]]), &ledger()), None);
    assert_eq!(find(&table(&[]), &ledger()), None);
}

#[test]
fn grouped_headings_of_our_own_export() {
    let kind = ColumnKind::Text;
    let out = Table {
        title: "情報資産管理台帳".to_owned(),
        sheet_name: "台帳".to_owned(),
        columns: vec![
            Column::new("情報資産名称", kind),
            Column::new("機密性", kind).in_group("評価値"),
            Column::new("完全性", kind).in_group("評価値"),
            Column::new("重要度", ColumnKind::Integer),
        ],
        rows: vec![vec![Cell::from_text("社員名簿"), Cell::from_text("2"), Cell::from_text("1"), Cell::Number(2.0)]],
        notes: vec!["重要度は評価値の最大です。".to_owned()],
    };
    let book = read(&xlsx(&out).unwrap(), "x.xlsx", &Limits::default()).unwrap();
    let (sheet, found) = best_sheet(&book, &ledger()).unwrap();
    assert_eq!((sheet, found.header_rows.clone()), (0, 3..5));
    assert_eq!([1, 9, 10, 12].map(|at| found.columns[at]), [Some((0, 1.0)), Some((1, 1.0)), Some((2, 1.0)), Some((3, 1.0))]);
    assert_eq!(book.sheets[0].cell(found.header_rows.end, 0), &Cell::from_text("社員名簿"));
}

#[test]
fn the_sheet_with_the_table_is_chosen() {
    let cover = table(&[&["表紙"], &["備考", "会社名"]]);
    let ledger_sheet = table(&[&["資産名", "備考", "管理部署"]]);
    let old = Sheet { hidden: true, ..table(&[&["資産名", "備考", "管理部署", "重要度"]]) };
    let book = Workbook { sheets: vec![cover, ledger_sheet, old], kind: crate::sheet::Kind::Xlsx, encoding: None };
    assert_eq!(best_sheet(&book, &ledger()).unwrap().0, 1);
}

#[test]
fn the_sheet_of_ipa() {
    let Some(folder) = std::env::var_os("MAMORI_FIELD_DATA") else {
        eprintln!("skipped: MAMORI_FIELD_DATA is not set");
        return;
    };
    let path = std::path::Path::new(&folder).join("ipa-risk-sheet/risk-sheet-sample.xlsx");
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("skipped: {} is absent", path.display());
        return;
    };
    let book = read(&bytes, "risk-sheet-sample.xlsx", &Limits::default()).unwrap();
    let (at, found) = best_sheet(&book, &ledger()).unwrap();
    let sheet = &book.sheets[at];
    assert_eq!(sheet.name, "情報資産管理台帳");
    assert_eq!(found.header_rows, 2..4);
    assert_eq!(columns(&found), (0..19).map(Some).collect::<Vec<_>>());
    let risks: Vec<String> = (found.header_rows.end..sheet.rows.len()).map(|row| sheet.cell(row, 18).text()).collect();
    assert_eq!(risks, ["4", "2", "2", "4", "1", "1", "4", "4"]);
    assert_eq!(sheet.cell(4, 14).text(), "2016-07-01");
}
