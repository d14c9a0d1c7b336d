//! The worked documents on paper, read back with poppler's tools where they are installed.
//!
//! `REPORT_SAMPLES=/some/folder cargo test -p mamori-report` keeps the files, to look at them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod sample;

use std::process::Command;

use mamori_kernel::error::Error;
use mamori_report::doc::*;
use mamori_report::pdf::Warning;
use mamori_report::tone::Tone;
use mamori_report::{RenderError, RenderOptions, Rendered, render};

fn options() -> RenderOptions {
    RenderOptions { now: "2026-11-20T09:30:00+09:00[Asia/Tokyo]".parse().unwrap() }
}

fn keep(name: &str, rendered: &Rendered) {
    if let Ok(folder) = std::env::var("REPORT_SAMPLES") {
        std::fs::write(format!("{folder}/{name}.pdf"), &rendered.bytes).unwrap();
    }
}

/// What a poppler tool says about a PDF; `None` where poppler is not installed.
fn read_back(tool: &str, arguments: &[&str], rendered: &Rendered) -> Option<String> {
    let file = tempfile::Builder::new().suffix(".pdf").tempfile().unwrap();
    std::fs::write(file.path(), &rendered.bytes).unwrap();
    let mut command = Command::new(tool);
    command.args(arguments).arg(file.path());
    if tool == "pdftotext" {
        command.arg("-");
    }
    match command.output() {
        Ok(output) => Some(String::from_utf8(output.stdout).unwrap()),
        Err(_) => {
            eprintln!("skipped: {tool} (poppler-utils) is not installed");
            None
        }
    }
}

/// Text without spaces: poppler puts some where the typesetter left room between scripts.
fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn small(blocks: Vec<Block>) -> Document {
    Document { meta: Meta { title: "試験".into(), ..Meta::default() }, blocks, ..Document::default() }
}

#[test]
fn the_worked_document_says_everything() {
    let rendered = render(&sample::document(), &options()).unwrap();
    keep("ja", &rendered);
    assert_eq!(rendered.warnings, []);
    assert_eq!(rendered.pages, 7);
    if let Some(info) = read_back("pdfinfo", &[], &rendered) {
        for line in ["情報資産リスク報告書", "Tagged:          yes", "A4", "mamori", "Pages:           7", "2026"] {
            assert!(info.contains(line), "{line} not in:\n{info}");
        }
    }
    if let Some(text) = read_back("pdftotext", &["-layout"], &rendered) {
        assert!(!text.contains('\u{200b}'), "places to break must not end up in copied text");
        assert_eq!(text.matches("機密性").count() - 1, 3, "the heading row comes again on each page of the ledger");
        let text = dense(&text);
        for words in [
            "文書番号ISMS-R-2026-003",
            "2026年11月20日",
            "髙﨑美咲",
            "2026.11.19",
            "社外秘",
            "改訂履歴",
            "目次",
            "3/7",
            "7/7",
            "図1",
            "表1",
            "ご判断いただきたいこと",
            "重要度大",
            "㈱・㈲",
            "Ⅳ①",
            "合計",
            "40件",
            "12/12部署",
            "評価方式",
        ] {
            assert!(text.contains(words), "{words} is missing");
        }
    }
}

#[test]
fn english_without_a_cover() {
    use mamori_kernel::lang::Lang;
    let mut table = Table::new([("Measure", Width::Weight(1.0), Align::Left), ("Cost (JPY)", Width::Auto, Align::Right)]);
    let empty = table.clone().captioned("Nothing left to do");
    table.row(["Replace the file server", "800,000"]).row(["Encrypted USB keys", "111,000"]);
    let stamp = |label: &str, name: &str, date| StampBox { label: label.into(), name: name.into(), date };
    let document = Document {
        meta: Meta {
            lang: Lang::En,
            title: "Information asset risk report".into(),
            subtitle: "First half of fiscal 2026 (April to September)".into(),
            company: "Yamato Seiki Co., Ltd.".into(),
            date: sample::meta().date,
            author: "Misaki Takasaki".into(),
            doc_number: "ISMS-R-2026-003".into(),
            version: "1.1".into(),
            classification: "Internal".into(),
            approvals: vec![
                stamp("Approved", "Ichiro Yamato", sample::meta().date),
                stamp("Prepared", "Misaki Takasaki-Featherstonehaugh", None),
            ],
            history: vec![],
        },
        numbering: true,
        blocks: vec![
            Block::heading(1, "Summary"),
            Block::text("The company’s 48 assets were assessed. Three of them need action now — “customer lists” among them."),
            Block::Stats(
                (1..=5)
                    .map(|n| Stat {
                        label: format!("Count {n}"),
                        value: format!("{n}1,234.5 items"),
                        tone: Tone::Info,
                        ..Stat::default()
                    })
                    .collect(),
            ),
            Block::Table(table),
            Block::Table(empty),
            Block::key_values([("Method", "IPA"), ("Contact", "security_officer@yamato-seiki.example.co.jp")]),
        ],
        ..Document::default()
    };
    let rendered = render(&document, &options()).unwrap();
    keep("en", &rendered);
    assert_eq!((rendered.warnings.len(), rendered.pages), (0, 1));
    if let Some(text) = read_back("pdftotext", &["-layout"], &rendered) {
        for words in
            ["The company’s 48 assets", "Document no. ISMS-R-2026-003", "20 November 2026", "Table 1", "No rows.", "co.jp"]
        {
            assert!(text.contains(words), "{words} is missing in\n{text}");
        }
        assert!(!text.contains("版数"));
    }
}

#[test]
fn company_text_is_never_markup() {
    let hostile = "#panic() *not bold* $x$ <label> @ref // comment [#read(\"/data.json\")] \\ `raw` = Heading";
    let mut table = Table::new([(hostile, Width::Weight(1.0), Align::Left)]).captioned(hostile);
    table.row([hostile]);
    let mut document =
        small(vec![Block::heading(1, hostile), Block::text(hostile), Block::Table(table), Block::bullets([hostile])]);
    document.cover = true;
    document.toc = true;
    document.meta.title = hostile.into();
    document.meta.company = hostile.into();
    let rendered = render(&document, &options()).unwrap();
    if let Some(text) = read_back("pdftotext", &["-raw"], &rendered) {
        assert!(dense(&text).matches("*notbold*$x$<label>").count() >= 5, "{text}");
    }
}

#[test]
fn what_cannot_be_printed_is_reported() {
    let rendered = render(&small(vec![Block::text("𠮷野家で😀"), Block::text("😀")]), &options()).unwrap();
    let found: Vec<_> = rendered
        .warnings
        .iter()
        .map(|warning| match warning {
            Warning::Unprintable { character, count, .. } => (*character, *count),
            Warning::Typesetter(remark) => panic!("{remark}"),
        })
        .collect();
    assert_eq!(found, [('😀', 2), ('𠮷', 1)]);
    assert!(rendered.warnings[1].words().ja.contains("U+20BB7"));
    if let Some(text) = read_back("pdftotext", &[], &rendered) {
        assert!(dense(&text).contains("〓野家で〓"));
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let document = sample::document();
    let first = render(&document, &options()).unwrap().bytes;
    assert!(first == render(&document, &options()).unwrap().bytes);
}

#[test]
fn errors_name_the_place() {
    let refused = |blocks| render(&small(blocks), &options()).unwrap_err();
    assert_eq!(render(&Document::default(), &options()).unwrap_err(), RenderError::NoTitle);

    let mut short = Table::new([("A", Width::Auto, Align::Left), ("B", Width::Auto, Align::Left)]).captioned("委託先");
    short.row(["1", "2"]).row(["3"]);
    let error = refused(vec![Block::Table(short)]);
    assert_eq!(error, RenderError::TableShape { table: "委託先".into(), heading: false, row: 2, expected: 2, found: 1 });
    assert!(error.words().ja.contains("行2は1列分"), "{}", error.words().ja);

    let mut tall = Table::new([("A", Width::Auto, Align::Left)]);
    tall.header = vec![vec![HeaderCell::tall("A", 2)]];
    assert!(matches!(refused(vec![Block::Table(tall)]), RenderError::TableShape { heading: true, row: 1, .. }));

    let zero = Table::new([("A", Width::Weight(0.0), Align::Left)]);
    assert!(matches!(refused(vec![Block::Table(zero)]), RenderError::Size { .. }));
    assert!(matches!(refused(vec![Block::heading(5, "深すぎる")]), RenderError::HeadingLevel { level: 5, .. }));
    let panel = |block| Block::Columns(vec![Panel { weight: 1.0, blocks: vec![block] }]);
    assert!(matches!(refused(vec![panel(Block::PageBreak)]), RenderError::Nested { .. }));
    assert!(matches!(refused(vec![Block::Landscape(vec![Block::Landscape(vec![])])]), RenderError::Nested { .. }));
}

#[test]
fn a_broken_picture_is_named() {
    let figure = |svg: &str, caption: &str| {
        let alt = "分布".to_owned();
        Block::Figure(Figure { svg: svg.into(), width: 50, caption: caption.into(), alt, data_table: None })
    };
    for broken in ["", "<svg", "text", r#"<svg xmlns="http://www.w3.org/2000/svg"><g></svg>"#] {
        let error = render(&small(vec![figure(sample::CHART, "よい図"), figure(broken, "壊れた図")]), &options()).unwrap_err();
        assert!(matches!(&error, RenderError::Picture { figure, .. } if figure == "壊れた図"), "{broken:?}: {error:?}");
        assert!(matches!(Error::from(error), Error::Refused(_)));
    }
    let linked =
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/passwd" width="9" height="9"/></svg>"#;
    // A picture that asks for a file gets none, whatever the typesetter makes of it.
    match render(&small(vec![figure(linked, "図")]), &options()) {
        Err(RenderError::Picture { figure, .. }) => assert_eq!(figure, "図"),
        other => assert!(other.is_ok(), "{other:?}"),
    }
    let Block::Figure(silent) = figure(sample::CHART, "") else { unreachable!() };
    let error = render(&small(vec![Block::Figure(Figure { alt: " ".into(), ..silent })]), &options()).unwrap_err();
    assert_eq!(error, RenderError::NoAlt { figure: "#1".into() });
}

#[test]
fn odd_documents_still_print() {
    let long = "あ".repeat(10_000);
    let data = Table::new([("値", Width::Weight(1.0), Align::Right)]);
    let mut deep = small(vec![
        Block::Paragraph(vec![]),
        Block::bullets(Vec::<String>::new()),
        Block::Bullets(vec![vec![]]),
        Block::numbered(Vec::<String>::new()),
        Block::KeyValues(vec![]),
        Block::Stats(vec![]),
        Block::Columns(vec![]),
        Block::Table(Table::default()),
        Block::callout(Tone::Info, "", ""),
        Block::heading(1, ""),
        Block::heading(4, "見出しが深くから始まる"),
        Block::PageBreak,
        Block::PageBreak,
        Block::Landscape(vec![]),
        Block::Stats(vec![Stat { label: "長い".into(), value: "1,234,567,890,123,456円".repeat(3), ..Stat::default() }; 4]),
        Block::Figure(Figure {
            svg: sample::CHART.into(),
            width: 30,
            alt: "図".into(),
            data_table: Some(data),
            ..Figure::default()
        }),
        Block::text(long.clone()),
    ]);
    deep.cover = true;
    deep.toc = true;
    deep.orientation = Orientation::Landscape;
    deep.meta.approvals = vec![StampBox { label: "確認".into(), ..StampBox::default() }; 6];
    let mut table = Table::new([("長い値", Width::Millimetres(30.0), Align::Left)]);
    // A single cell that is higher than a page.
    table.row([long.chars().take(2_000).collect::<String>()]).row(["x".repeat(300)]);
    deep.push(Block::Table(table));
    let rendered = render(&deep, &options()).unwrap();
    keep("odd", &rendered);
    assert_eq!(rendered.warnings, []);
}

#[test]
fn a_long_ledger_is_fast_enough() {
    let document = small(vec![Block::Landscape(vec![Block::Table(sample::ledger(100))])]);
    render(&small(vec![Block::text("書体を読み込みます。")]), &options()).unwrap();
    let start = std::time::Instant::now();
    let rendered = render(&document, &options()).unwrap();
    let taken = start.elapsed();
    keep("ledger", &rendered);
    eprintln!("100 rows of 11 columns: {} pages, {} KiB in {taken:?}", rendered.pages, rendered.bytes.len() / 1024);
    // The budget of 0.1 s holds for release builds on an idle machine; this bound only catches a change of kind.
    assert!(taken.as_secs() < 20);
}
