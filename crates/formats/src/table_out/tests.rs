#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use jiff::civil::date;
use mamori_kernel::lang::Lang;
use proptest::prelude::*;

use super::*;
use crate::sheet::{Limits, Sheet, read};

fn table(rows: Vec<Vec<Cell>>) -> Table {
    let width = rows.iter().map(Vec::len).max().unwrap_or(1);
    Table {
        sheet_name: "台帳".to_owned(),
        columns: (0..width).map(|n| Column::new(format!("列{n}"), ColumnKind::Text)).collect(),
        rows,
        ..Table::default()
    }
}

fn first_sheet(bytes: &[u8]) -> Sheet {
    read(bytes, "x", &Limits::default()).unwrap().sheets.remove(0)
}

/// The texts of the data rows as they read back; the heading is the first row.
fn texts(sheet: &Sheet, rows: usize, columns: usize) -> Vec<Vec<String>> {
    (1..=rows).map(|row| (0..columns).map(|column| sheet.cell(row, column).text()).collect()).collect()
}

fn wanted(table: &Table) -> Vec<Vec<String>> {
    table
        .rows
        .iter()
        .map(|row| (0..table.columns.len()).map(|at| row.get(at).map(Cell::text).unwrap_or_default()).collect())
        .collect()
}

fn round_trips(table: &Table, bytes: &[u8]) -> bool {
    texts(&first_sheet(bytes), table.rows.len(), table.columns.len()) == wanted(table)
}

const CP932: CsvOptions = CsvOptions { encoding: CsvEncoding::Cp932, replace_unencodable: false };

fn awkward() -> Vec<Vec<Cell>> {
    let long = "あ".repeat(10_000);
    [
        "007",
        "①㈱髙﨑Ⅳ",
        "行1\n行2",
        "\"quoted\", x",
        "=1+1",
        "'=1+1",
        "-",
        "+81",
        "@x",
        "'a",
        "_x0041_",
        "<&>",
        " lead ",
        long.as_str(),
    ]
    .iter()
    .map(|text| vec![Cell::from_text(*text), Cell::from_text("x")])
    .collect()
}

#[test]
fn awkward_texts_survive_in_every_format() {
    let table = table(awkward());
    assert!(round_trips(&table, &xlsx(&table).unwrap()));
    assert!(round_trips(&table, &csv(&table, CsvOptions::default()).unwrap()));
    assert!(round_trips(&table, &csv(&table, CP932).unwrap()));
}

#[test]
fn characters_beyond_cp932() {
    let mut table = table(vec![vec![Cell::from_text("佐藤"), Cell::from_text("🎉吉𠮷")]]);
    assert!(round_trips(&table, &xlsx(&table).unwrap()));
    assert!(round_trips(&table, &csv(&table, CsvOptions::default()).unwrap()));
    let error = csv(&table, CP932).unwrap_err();
    let place = |character| Unencodable { row: 1, column: "列1".to_owned(), character };
    assert_eq!(error, WriteError::Unencodable(vec![place('🎉'), place('𠮷')]));
    assert!(error.message(Lang::Ja).contains("1件目「列1」の「🎉」"), "{}", error.message(Lang::Ja));
    let replaced = csv(&table, CsvOptions { replace_unencodable: true, ..CP932 }).unwrap();
    assert_eq!(first_sheet(&replaced).cell(1, 1).text(), "〓吉〓");
    table.rows = vec![vec![Cell::from_text("9〜17時 −5 ¥1")]];
    assert_eq!(first_sheet(&csv(&table, CP932).unwrap()).cell(1, 0).text(), "9～17時 －5 ￥1");
    assert_eq!(first_sheet(&xlsx(&table).unwrap()).cell(1, 0).text(), "9〜17時 −5 ¥1");
}

#[test]
fn csv_looks_as_other_programs_expect() {
    let mut table = table(vec![vec![Cell::Number(-5.0), Cell::from_text("=A1"), Cell::Date(date(2026, 11, 20)), Cell::Empty]]);
    table.columns[2].heading = "a,b".to_owned();
    let bytes = csv(&table, CsvOptions::default()).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), "\u{FEFF}列0,列1,\"a,b\",列3\r\n-5,'=A1,2026-11-20,\r\n");
}

#[test]
fn kinds_of_cells_survive_in_xlsx() {
    let at = date(2026, 11, 20);
    let cells = vec![
        Cell::Number(1_234_567.0),
        Cell::Number(0.125),
        Cell::Date(at),
        Cell::DateTime(at.at(23, 59, 59, 0)),
        Cell::Bool(false),
        Cell::Number(12.0),
    ];
    let mut table = table(vec![cells.clone()]);
    let kinds = [ColumnKind::Yen, ColumnKind::Percent, ColumnKind::Date, ColumnKind::Date, ColumnKind::Text, ColumnKind::Integer];
    table.columns.iter_mut().zip(kinds).for_each(|(column, kind)| column.kind = kind);
    assert_eq!(first_sheet(&xlsx(&table).unwrap()).rows[1], cells);
}

#[test]
fn several_sheets_with_difficult_names_and_lists() {
    let long: Vec<String> = (0..60).map(|n| format!("とても長い選択肢の名前 {n}, その説明")).collect();
    let one = Table {
        sheet_name: "台帳/2026: [写し]?".to_owned(),
        columns: vec![Column::new("a", ColumnKind::Text).with_choices(["有", "無"])],
        ..Table::default()
    };
    let two = Table { columns: vec![Column::new("b", ColumnKind::Text).with_choices(long)], ..one.clone() };
    let three = Table { sheet_name: "あ".repeat(40), title: "題".to_owned(), ..one.clone() };
    let blank = Table::default();
    let bytes = workbook(&[one, two, three, blank]).unwrap();
    let book = read(&bytes, "x", &Limits::default()).unwrap();
    let names: Vec<&str> = book.sheets.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names[..2], ["台帳_2026_ _写し__", "台帳_2026_ _写し__ (2)"]);
    assert_eq!(names[2].chars().count(), 31);
    assert_eq!(names[3..], ["Sheet", "_lists"]);
    assert!(book.sheets[4].hidden);
}

#[test]
fn what_cannot_be_written_is_said() {
    let mut table = table(vec![vec![Cell::Text("x".repeat(32_768))]]);
    let error = xlsx(&table).unwrap_err();
    assert!(matches!(error, WriteError::CellTooLong { row: 1, .. }));
    assert!(error.message(Lang::Ja).contains("1件目、「列0」"));
    table.columns.clear();
    assert!(matches!(csv(&table, CsvOptions::default()), Err(WriteError::ExtraCells { row: 1, .. })));
}

#[test]
fn same_table_same_bytes() {
    let table = table(awkward());
    assert_eq!(xlsx(&table).unwrap(), xlsx(&table).unwrap());
}

/// Texts with everything that ever broke an export, without control characters, which XML cannot hold.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,12}",
        "[='+\\-@\"\n,;\t]{0,6}[a-z]{0,2}",
        "[あ-んア-ヶ一-龠①-⑳㈱髙﨑〜～－0-9 \n]{0,12}",
        "\\PC{0,12}",
        "[0]{1,4}[0-9]{0,3}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn xlsx_round_trip(rows in proptest::collection::vec(proptest::collection::vec(any_text(), 3), 1..6)) {
        let table = table(rows.into_iter().map(|row| row.into_iter().map(Cell::from_text).collect()).collect());
        let sheet = first_sheet(&xlsx(&table).unwrap());
        prop_assert_eq!(texts(&sheet, table.rows.len(), 3), wanted(&table));
    }

    #[test]
    fn csv_round_trip(rows in proptest::collection::vec(proptest::collection::vec(any_text(), 3), 1..6)) {
        let table = table(rows.into_iter().map(|row| row.into_iter().map(Cell::from_text).collect()).collect());
        let sheet = first_sheet(&csv(&table, CsvOptions::default()).unwrap());
        prop_assert_eq!(texts(&sheet, table.rows.len(), 3), wanted(&table));
    }

    #[test]
    fn cp932_round_trip(rows in proptest::collection::vec(proptest::collection::vec("[ -~あ-んア-ヶ①-⑳㈱髙﨑～\n亜-熙]{0,12}", 3), 1..6)) {
        let table = table(rows.into_iter().map(|row| row.into_iter().map(Cell::from_text).collect()).collect());
        match csv(&table, CP932) {
            Ok(bytes) => prop_assert_eq!(texts(&first_sheet(&bytes), table.rows.len(), 3), wanted(&table)),
            Err(error) => prop_assert!(matches!(error, WriteError::Unencodable(_))),
        }
    }
}

#[test]
fn a_large_table_reads_back_as_well() {
    let mut rows = awkward();
    rows.resize(5_000, vec![Cell::from_text("控え".to_owned()), Cell::Empty]);
    rows.push(vec![Cell::from_text("最後".to_owned()), Cell::from_text("=1+1".to_owned())]);
    let mut table = table(rows);
    table.columns[0] = Column::new("選択", ColumnKind::Text).with_choices(["控え", "最後"]);
    table.title = "大きい台帳".to_owned();
    let bytes = xlsx(&table).unwrap();
    let sheet = first_sheet(&bytes);
    // The title and an empty line stand above the heading.
    let read: Vec<Vec<String>> = (3..3 + table.rows.len())
        .map(|row| (0..table.columns.len()).map(|column| sheet.cell(row, column).text()).collect())
        .collect();
    assert_eq!(read, wanted(&table));
    assert_eq!(xlsx(&table).unwrap(), bytes, "the same table gives the same bytes");
}
