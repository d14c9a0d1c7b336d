//! The workbook of the worked document, read back with another library.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod sample;

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use mamori_report::doc::*;
use mamori_report::{RenderError, RenderOptions, xlsx};

fn options() -> RenderOptions {
    RenderOptions { now: "2026-11-20T09:30:00+09:00[Asia/Tokyo]".parse().unwrap() }
}

fn open(document: &Document) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = xlsx::book(document, &options()).unwrap();
    if let Ok(folder) = std::env::var("REPORT_SAMPLES") {
        std::fs::write(format!("{folder}/book.xlsx"), &bytes).unwrap();
    }
    open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

#[test]
fn each_table_is_a_sheet_behind_the_cover() {
    let mut book = open(&sample::document());
    assert_eq!(book.sheet_names(), ["表紙", "対応を急ぐリスク", "情報資産管理台帳"]);
    let cover = book.worksheet_range("表紙").unwrap();
    assert!(cover.used_cells().any(|(_, _, cell)| *cell == Data::String("ISMS-R-2026-003".into())));
    let risks = book.worksheet_range("対応を急ぐリスク").unwrap();
    assert_eq!(risks.get_value((1, 0)), Some(&Data::String("顧客名簿（営業部ファイルサーバー）".into())));
    assert_eq!(risks.get_value((1, 4)), Some(&Data::Float(6.0)), "a right-aligned number can be summed");
    let ledger = book.worksheet_range("情報資産管理台帳").unwrap();
    assert_eq!(ledger.get_value((1, 5)), Some(&Data::String("機密性".into())));
    assert_eq!(ledger.get_value((42, 0)), Some(&Data::String("合計".into())));
}

#[test]
fn texts_never_become_formulas_and_nothing_is_too_long() {
    let mut table = Table::new([("=1+1", Width::Auto, Align::Right)]);
    let long = "長".repeat(40_000);
    table.row(["=cmd|'/c calc'!A1"]).row(["007"]).row([long.as_str()]).row(["@x\u{1}"]);
    let document = Document {
        meta: Meta { title: "A & B".into(), ..Meta::default() },
        blocks: vec![Block::Table(table)],
        ..Document::default()
    };
    let mut book = open(&document);
    let range = book.worksheet_range("表").unwrap();
    assert_eq!(range.get_value((1, 0)), Some(&Data::String("=cmd|'/c calc'!A1".into())));
    assert_eq!(range.get_value((2, 0)), Some(&Data::String("007".into())));
    assert!(matches!(range.get_value((3, 0)), Some(Data::String(text)) if text.ends_with(" …")));
    assert!(book.worksheet_formula("表").unwrap().used_cells().next().is_none());
}

#[test]
fn the_same_checks_and_the_same_bytes() {
    assert_eq!(xlsx::book(&Document::default(), &options()).unwrap_err(), RenderError::NoTitle);
    let document = sample::document();
    assert!(xlsx::book(&document, &options()).unwrap() == xlsx::book(&document, &options()).unwrap());
}
