#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::io::{Cursor, Write};

use jiff::civil::date;
use mamori_kernel::lang::Lang;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Writer};
use zip::write::SimpleFileOptions;

use super::*;

fn read_all(bytes: &[u8], name: &str) -> Result<Workbook, ReadError> {
    read(bytes, name, &Limits::default())
}

fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}

/// An xlsx made of one sheet's XML.
fn raw_xlsx(sheet: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn every_kind_of_cell() {
    let mut book = Writer::new();
    let day = Format::new().set_num_format("yyyy/mm/dd");
    let sheet = book.add_worksheet().set_name("台帳").unwrap();
    sheet.write_string(2, 1, "007").unwrap();
    sheet.write_number(2, 2, 1.0).unwrap();
    sheet.write_boolean(2, 3, true).unwrap();
    sheet.write_datetime_with_format(2, 4, ExcelDateTime::from_ymd(2026, 11, 20).unwrap(), &day).unwrap();
    sheet
        .write_datetime_with_format(2, 5, ExcelDateTime::from_ymd(2026, 11, 20).unwrap().and_hms(14, 5, 0).unwrap(), &day)
        .unwrap();
    sheet.write_formula(2, 6, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write_string(4, 0, "行1\n行2").unwrap();
    sheet.write_string(4, 1, "  ").unwrap();
    let book = read_all(&book.save_to_buffer().unwrap(), "x").unwrap();
    let sheet = &book.sheets[0];
    assert_eq!((sheet.name.as_str(), sheet.first_row, sheet.rows.len()), ("台帳", 3, 3));
    let at = date(2026, 11, 20);
    let row = vec![
        Cell::Empty,
        text("007"),
        Cell::Number(1.0),
        Cell::Bool(true),
        Cell::Date(at),
        Cell::DateTime(at.at(14, 5, 0, 0)),
        Cell::Number(2.0),
    ];
    assert_eq!(sheet.rows[0], row);
    assert!(sheet.is_blank_row(1));
    assert_eq!(sheet.rows[2], vec![text("行1\n行2")]);
    assert_eq!(sheet.excel_row(2), 5);
}

#[test]
fn merged_cells_repeat() {
    let mut book = Writer::new();
    let plain = Format::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 2, "評価値", &plain).unwrap();
    sheet.merge_range(1, 0, 3, 0, "人事", &plain).unwrap();
    for row in 1..=3 {
        sheet.write_string(row, 1, "x").unwrap();
    }
    let book = read_all(&book.save_to_buffer().unwrap(), "x").unwrap();
    let sheet = &book.sheets[0];
    assert_eq!(sheet.rows[3][0], text("人事"));
    assert_eq!(sheet.cell(0, 2), &Cell::Empty);
    assert_eq!(sheet.shown(0, 2), "評価値");
}

#[test]
fn old_excel() {
    let book = read_all(include_bytes!("../../tests/fixtures/ledger.xls"), "ledger.xlsx").unwrap();
    assert_eq!(book.kind, Kind::Xls);
    let sheet = &book.sheets[0];
    assert_eq!(sheet.name, "台帳");
    assert_eq!(sheet.rows[3], vec![text("人事"), text("髙﨑①㈱"), Cell::Date(date(2026, 11, 20)), Cell::Number(12.0)]);
    assert_eq!(sheet.rows[4][..2], [text("人事"), text("007")]);
    assert_eq!(sheet.shown(0, 3), "情報資産管理台帳");
}

#[test]
fn opposite_corners_of_an_old_sheet_take_no_memory() {
    let found = read_all(include_bytes!("../../tests/fixtures/corners.xls"), "x.xls");
    assert_eq!(found, Err(ReadError::TooManyCells { limit: 5_000_000 }));
}

#[test]
fn a_million_formatted_blank_rows() {
    let mut xml = String::from(
        "<worksheet><dimension ref=\"A1:B1048576\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>資産</t></is></c></row>",
    );
    for row in 2..=1_000_000 {
        let cell = if row % 10 == 0 { format!("<c r=\"A{row}\" s=\"1\"/>") } else { String::new() };
        xml.push_str(&format!("<row r=\"{row}\" s=\"1\">{cell}</row>"));
    }
    xml.push_str("</sheetData></worksheet>");
    let bytes = raw_xlsx(&xml);
    let started = std::time::Instant::now();
    let book = read_all(&bytes, "x.xlsx").unwrap();
    assert_eq!(book.sheets[0].rows, vec![vec![text("資産")]]);
    eprintln!("one million blank rows: {:?}", started.elapsed());
}

#[test]
fn a_stray_cell_far_below_is_no_matter() {
    let xml = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>2</v></c></row></sheetData></worksheet>";
    let book = read_all(&raw_xlsx(xml), "x.xlsx").unwrap();
    assert_eq!(book.sheets[0].rows.len(), 1_048_576);
    assert_eq!(book.sheets[0].cell(1_048_575, 0), &Cell::Number(2.0));
}

#[test]
fn limits_name_the_place() {
    let xml = |cells: &str| raw_xlsx(&format!("<worksheet><sheetData>{cells}</sheetData></worksheet>"));
    let far = read_all(&xml("<row r=\"3\"><c r=\"ZZ3\"><v>1</v></c></row>"), "x");
    assert_eq!(far, Err(ReadError::TooManyColumns { sheet: "S".to_owned(), cell: "ZZ3".to_owned(), limit: 500 }));
    let long = format!("<row r=\"5\"><c r=\"C5\" t=\"inlineStr\"><is><t>{}</t></is></c></row>", "あ".repeat(10_001));
    let error = read_all(&xml(&long), "x").unwrap_err();
    assert_eq!(
        error.message(Lang::Ja),
        "シート「S」のセル C5 の文字が多すぎます（上限 10000文字）。短くするか、添付ファイルにしてください。"
    );
    let rows: String = (1..=30).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c></row>")).collect();
    let few = Limits { rows: 20, ..Limits::default() };
    assert_eq!(read(&xml(&rows), "x", &few), Err(ReadError::TooManyRows { sheet: "S".to_owned(), limit: 20 }));
    let small = Limits { file_bytes: 10, ..Limits::default() };
    assert_eq!(read(b"12345678901", "x.csv", &small), Err(ReadError::TooLarge { limit: 10 }));
    let wild = xml("<row r=\"1\"><c r=\"A99999999\"><v>1</v></c></row>");
    assert!(matches!(read_all(&wild, "x"), Err(ReadError::Damaged { .. })));
}

#[test]
fn password_bomb_and_wreck() {
    assert_eq!(read_all(include_bytes!("../../tests/fixtures/password.xlsx"), "x.xlsx"), Err(ReadError::PasswordProtected));
    let bomb = raw_xlsx(&" ".repeat(20_000_000));
    assert_eq!(read_all(&bomb, "x.xlsx"), Err(ReadError::ZipBomb { limit: 300_000_000 }));
    let mut good = raw_xlsx("<worksheet><sheetData/></worksheet>");
    good.truncate(good.len() / 2);
    assert!(matches!(read_all(&good, "x.xlsx"), Err(ReadError::Damaged { .. })));
    assert_eq!(read_all(b"", "x.xlsx"), Err(ReadError::EmptyFile));
}

#[test]
fn a_zip_that_lies_about_its_size() {
    let content = "<worksheet><sheetData></sheetData></worksheet>".to_owned() + &" ".repeat(100_000);
    let mut bytes = raw_xlsx(&content);
    let real = u32::try_from(content.len()).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == real).collect();
    assert!(places.len() >= 2, "local and central header");
    for at in places {
        bytes[at..at + 4].copy_from_slice(&50u32.to_le_bytes());
    }
    assert!(matches!(read_all(&bytes, "x.xlsx"), Err(ReadError::ZipBomb { .. } | ReadError::Damaged { .. })));
}

#[test]
fn other_formats_are_named() {
    let zip = |part: &str| {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(part, SimpleFileOptions::default()).unwrap();
        zip.finish().unwrap().into_inner()
    };
    for (bytes, looks_like) in [
        (b"%PDF-1.7 ...".to_vec(), LooksLike::Pdf),
        (b"\x89PNG\r\n\x1a\n".to_vec(), LooksLike::Image),
        (b"<html><table>".to_vec(), LooksLike::Html),
        (b"\xEF\xBB\xBF\n<!DOCTYPE html>".to_vec(), LooksLike::Html),
        (
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(),
            LooksLike::XmlSpreadsheet,
        ),
        (zip("word/document.xml"), LooksLike::Word),
        (zip("xl/workbook.bin"), LooksLike::Xlsb),
        (zip("readme.txt"), LooksLike::Archive),
        (vec![1, 0, 0, 7, 200, 0, 3, 0, 0, 9], LooksLike::Binary),
    ] {
        assert_eq!(read_all(&bytes, "台帳.xlsx"), Err(ReadError::NotASpreadsheet { looks_like }));
    }
}

#[test]
fn csv_in_every_encoding() {
    let content = "業務分類,名称,件数\r\n人事,髙﨑①㈱～,007\r\n";
    let cp932 = encoding_rs::SHIFT_JIS.encode(content).0.into_owned();
    let euc = encoding_rs::EUC_JP.encode("業務分類,名称,件数\r\n人事,社員名簿,007\r\n").0.into_owned();
    let wide = |units: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        content.encode_utf16().map(units).fold(if mark { units(0xFEFF).to_vec() } else { vec![] }, |mut all, pair| {
            all.extend(pair);
            all
        })
    };
    for (bytes, encoding) in [
        (content.as_bytes().to_vec(), TextEncoding::Utf8),
        ([b"\xEF\xBB\xBF", content.as_bytes()].concat(), TextEncoding::Utf8),
        (cp932, TextEncoding::Cp932),
        (euc, TextEncoding::EucJp),
        (wide(u16::to_le_bytes, true), TextEncoding::Utf16Le),
        (wide(u16::to_be_bytes, true), TextEncoding::Utf16Be),
        (wide(u16::to_le_bytes, false), TextEncoding::Utf16Le),
    ] {
        let book = read_all(&bytes, "C:\\data\\台帳.csv").unwrap();
        assert_eq!(book.encoding, Some(encoding));
        assert_eq!(book.sheets[0].name, "台帳");
        assert_eq!(book.sheets[0].rows[0], ["業務分類", "名称", "件数"].map(text));
        assert_eq!(book.sheets[0].cell(1, 2), &text("007"));
    }
    let wrong = ReadOptions { encoding: Some(TextEncoding::Utf8) };
    let bytes = encoding_rs::SHIFT_JIS.encode("a,b\r\n人事,1").0.into_owned();
    assert_eq!(
        read_with(&bytes, "x.csv", &Limits::default(), wrong),
        Err(ReadError::WrongEncoding { encoding: TextEncoding::Utf8, line: 2 })
    );
}

#[test]
fn csv_as_people_send_it() {
    let rows = |content: &str| {
        read_all(content.as_bytes(), "x.csv").map(|book| (book.kind, book.sheets[0].first_row, book.sheets[0].rows.clone()))
    };
    let cells = |line: &[&str]| line.iter().map(|c| Cell::from_text(*c)).collect::<Vec<_>>();
    let (kind, first, table) = rows("\n\na\tb,c\r\n\"x\ny\"\t\"say \"\"hi\"\"\"\n").unwrap();
    assert_eq!((kind, first), (Kind::Tsv, 3));
    assert_eq!(table, vec![cells(&["a", "b,c"]), cells(&["x\ny", "say \"hi\""])]);
    assert_eq!(rows("a;b\n1;2").unwrap().2, vec![cells(&["a", "b"]), cells(&["1", "2"])]);
    assert_eq!(rows("a,b\n\n=\"007\",'=x").unwrap().2, vec![cells(&["a", "b"]), vec![], cells(&["007", "=x"])]);
    assert_eq!(rows("a,b\n\"x,y\n"), Err(ReadError::OpenQuote { row: 2 }));
    assert_eq!(rows(" \n,,\n"), Err(ReadError::NoSheet));
    assert_eq!(rows("5' ,'a").unwrap().2, vec![cells(&["5' ", "'a"])]);
}

#[test]
fn every_error_speaks_both_languages() {
    let errors = [
        ReadError::EmptyFile,
        ReadError::TooLarge { limit: 50_000_000 },
        ReadError::PasswordProtected,
        ReadError::Damaged { detail: "x".to_owned() },
        ReadError::NotASpreadsheet { looks_like: LooksLike::Pdf },
        ReadError::NotASpreadsheet { looks_like: LooksLike::Html },
        ReadError::ZipBomb { limit: 1 },
        ReadError::OpenQuote { row: 2 },
        ReadError::NoSheet,
    ];
    for error in errors {
        assert!(error.message(Lang::Ja).ends_with('。'), "{error}");
        assert!(error.message(Lang::En).ends_with('.'), "{error}");
    }
}

proptest::proptest! {
    #[test]
    fn rubbish_never_panics(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600), start in 0usize..4) {
        let starts: [&[u8]; 4] = [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"a,b\n"];
        let _ = read_all(&[starts[start], &bytes].concat(), "x");
    }

    #[test]
    fn a_broken_byte_never_panics(at in 0usize..20_000, value in proptest::prelude::any::<u8>()) {
        let mut bytes = include_bytes!("../../tests/fixtures/ledger.xls").to_vec();
        let at = at % bytes.len();
        bytes[at] = value;
        let _ = read_all(&bytes, "x");
    }
}
