//! The Word file of the worked document, unpacked and read part by part.
//!
//! `REPORT_SAMPLES=/some/folder cargo test -p mamori-report` keeps the file, to look at it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use mamori_kernel::lang::Lang;
use mamori_report::doc::*;
use mamori_report::{RenderError, render_docx};
use roxmltree::{Document as Xml, Node};

type Parts = BTreeMap<String, Vec<u8>>;

fn open(document: &Document) -> Parts {
    let bytes = render_docx(document).unwrap();
    if let Ok(folder) = std::env::var("REPORT_SAMPLES") {
        std::fs::write(format!("{folder}/{}.docx", document.meta.title), &bytes).unwrap();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Parts::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let (name, mut content) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut content).unwrap();
        parts.insert(name, content);
    }
    parts
}

fn part<'a>(parts: &'a Parts, name: &str) -> &'a str {
    std::str::from_utf8(&parts[name]).unwrap()
}

/// Every word that a reader sees in a part.
fn text_of(xml: &str) -> String {
    let read = Xml::parse(xml).unwrap();
    read.descendants().filter(|node| node.has_tag_name((W, "t"))).filter_map(|node| node.text()).collect()
}

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn named<'a, 'b>(node: Node<'a, 'b>, name: &'static str) -> Vec<Node<'a, 'b>> {
    node.descendants().filter(|node| node.has_tag_name((W, name))).collect()
}

fn value<'a>(node: Node<'a, '_>) -> &'a str {
    node.attribute((W, "val")).unwrap_or_default()
}

/// What Word checks before it opens a file: parts exist, have a type, are well-formed, and every reference leads somewhere.
fn sound(parts: &Parts) {
    let types = Xml::parse(part(parts, "[Content_Types].xml")).unwrap();
    for name in parts.keys().filter(|name| *name != "[Content_Types].xml") {
        let extension = name.rsplit('.').next().unwrap();
        let typed = types.descendants().any(|node| {
            node.attribute("PartName").is_some_and(|part| part[1..] == **name) || node.attribute("Extension") == Some(extension)
        });
        assert!(typed, "{name} has no content type");
        if extension != "png" {
            Xml::parse(part(parts, name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
    for node in types.descendants() {
        if let Some(name) = node.attribute("PartName") {
            assert!(parts.contains_key(&name[1..]), "{name} is missing");
        }
    }
    let rels = Xml::parse(part(parts, "word/_rels/document.xml.rels")).unwrap();
    let mut ids = BTreeSet::new();
    for node in rels.descendants().filter(|node| node.has_attribute("Id")) {
        assert!(parts.contains_key(&format!("word/{}", node.attribute("Target").unwrap())), "{node:?}");
        assert!(ids.insert(node.attribute("Id").unwrap()), "an id twice");
    }
    let document = Xml::parse(part(parts, "word/document.xml")).unwrap();
    let styles = Xml::parse(part(parts, "word/styles.xml")).unwrap();
    let numbering = Xml::parse(part(parts, "word/numbering.xml")).unwrap();
    let known: BTreeSet<&str> = styles.descendants().filter_map(|node| node.attribute((W, "styleId"))).collect();
    let numbers: BTreeSet<&str> = named(numbering.root(), "num").iter().filter_map(|node| node.attribute((W, "numId"))).collect();
    for node in document.descendants() {
        for attribute in ["id", "embed"] {
            if let Some(id) = node.attribute((R, attribute)) {
                assert!(ids.contains(id), "{id} leads nowhere");
            }
        }
        if node.has_tag_name((W, "pStyle")) {
            assert!(known.contains(value(node)), "style {}", value(node));
        }
        if node.has_tag_name((W, "numId")) {
            assert!(numbers.contains(value(node)), "list {}", value(node));
        }
        if node.has_tag_name((W, "tc")) {
            assert!(node.children().rfind(Node::is_element).unwrap().has_tag_name((W, "p")), "a cell ends with a paragraph");
        }
        if node.has_tag_name((W, "tr")) {
            let columns =
                named(node.parent().unwrap().children().find(|one| one.has_tag_name((W, "tblGrid"))).unwrap(), "gridCol").len();
            let cells = node.children().filter(|one| one.has_tag_name((W, "tc")));
            let filled: usize = cells
                .map(|cell| {
                    let properties = cell.children().find(|one| one.has_tag_name((W, "tcPr"))).unwrap();
                    properties
                        .children()
                        .find(|one| one.has_tag_name((W, "gridSpan")))
                        .map_or(1, |span| value(span).parse().unwrap())
                })
                .sum();
            assert_eq!(filled, columns, "a row fills its grid");
        }
    }
}

#[test]
fn the_worked_document_is_sound_and_says_everything() {
    let document = sample::document();
    let parts = open(&document);
    sound(&parts);
    let said = text_of(part(&parts, "word/document.xml"));
    let paper = [
        "情報資産リスク報告書",
        "ISMS-R-2026-003",
        "2026年11月20日",
        "髙﨑 美咲",
        "2026.11.19",
        "社外秘",
        "改訂履歴",
        "目次",
        "図1\u{3000}重要度と被害発生可能性の分布",
        "重要度が大きく発生可能性も高い資産が3件ある。",
        "表1\u{3000}対応を急ぐリスク",
        "顧客名簿（営業部ファイルサーバー）",
        "重要度：機密性・完全性・可用性の最大値",
        "12/12部署",
        "ご判断いただきたいこと",
        "40件",
    ];
    for words in paper {
        assert!(said.contains(words), "{words} is missing");
    }
    assert!(text_of(part(&parts, "word/header1.xml")).contains("株式会社 大和精機  社外秘"));
    let footer = part(&parts, "word/footer1.xml");
    assert!(footer.contains(" PAGE ") && footer.contains(" NUMPAGES ") && text_of(footer).contains("版数 1.1"));
    assert!(part(&parts, "docProps/core.xml").contains("2026-11-20T00:00:00Z"));
}

#[test]
fn headings_tables_lists_and_sheets_are_words_own() {
    let parts = open(&sample::document());
    let document = Xml::parse(part(&parts, "word/document.xml")).unwrap();
    let body = document.root();
    let style = |name: &str| named(body, "pStyle").iter().filter(|node| value(**node) == name).count();
    assert_eq!((style("Heading1"), style("Heading2"), style("Heading3")), (4, 2, 1));
    // Two heading rows of the ledger, one of the risks, one of the history of revisions.
    assert_eq!(named(body, "tblHeader").len(), 4);
    let merges: Vec<&str> = named(body, "vMerge").iter().map(|node| value(*node)).collect();
    assert_eq!(merges.iter().filter(|kind| **kind == "restart").count(), 8);
    assert_eq!(merges.len(), 16);
    let sheets: Vec<Option<&str>> = named(body, "pgSz").iter().map(|node| node.attribute((W, "orient"))).collect();
    assert_eq!(sheets, [None, Some("landscape")], "no empty sheet at the end");
    assert_eq!(named(body, "titlePg").len(), 1, "the cover has neither header nor footer");
    assert!(part(&parts, "word/styles.xml").contains("w:eastAsia=\"游明朝\""));
    assert!(part(&parts, "word/media/image1.svg").starts_with("<svg"));
    assert!(part(&parts, "word/document.xml").contains("descr=\"重要度が大きく発生可能性も高い資産が3件ある。\""));
}

#[test]
fn the_same_document_gives_the_same_bytes_and_the_same_refusals() {
    let document = sample::document();
    assert_eq!(render_docx(&document).unwrap(), render_docx(&document).unwrap());
    assert_eq!(render_docx(&Document::default()).unwrap_err(), RenderError::NoTitle);
}

#[test]
fn hostile_words_stay_words() {
    let evil = "</w:t></w:r><script>&\"'\u{0}\u{b}\u{1f}]]> 𠮷😀\u{ffff}";
    let mut table = Table::new([(evil, Width::Auto, Align::Left)]).captioned(evil);
    table.row([evil]);
    let stamp = StampBox { label: evil.into(), name: evil.into(), date: None };
    let document = Document {
        meta: Meta { lang: Lang::En, title: evil.into(), company: evil.into(), approvals: vec![stamp], ..Meta::default() },
        toc: true,
        blocks: vec![
            Block::heading(1, evil),
            Block::bullets([evil]),
            Block::Table(table),
            Block::Table(Table::default()),
            Block::Stats(Vec::new()),
            Block::Columns(Vec::new()),
            Block::Landscape(vec![Block::text(evil)]),
            Block::PageBreak,
            Block::Landscape(vec![Block::text("2")]),
        ],
        ..Document::default()
    };
    let bytes = render_docx(&document).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    assert!(text_of(&text).contains("</w:t></w:r><script>&\"']]> 𠮷😀"));
}
