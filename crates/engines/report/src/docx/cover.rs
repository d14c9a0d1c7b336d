//! The first page: company, title, the facts of the document, the boxes for signatures, the history of revisions, the contents.

use super::body::PAGE_BREAK;
use super::table::{GridCell, GridRow, Lines, grid};
use super::xml::{self, Look, aligned, paragraph};
use crate::doc::{Align, Document, Meta, StampBox};
use crate::tone::Tone;
use crate::words::{self, Labels};

/// Width of a signature box and height of its seal, in twentieths of a point.
const BOX: u32 = 1_560;

/// What stands before the content. With a cover it fills a page of its own.
pub(super) fn write(document: &Document, labels: &Labels) -> String {
    let meta = &document.meta;
    let mut page = String::new();
    let big = document.cover;
    if !meta.company.is_empty() {
        let space = if big { "<w:spacing w:before=\"1200\" w:after=\"0\"/>" } else { "" };
        page.push_str(&paragraph("Subtitle", space, &xml::run(&meta.company, Look::default())));
    }
    page.push_str(&paragraph("Title", "", &xml::run(&meta.title, Look::default())));
    if !meta.subtitle.is_empty() {
        page.push_str(&paragraph("Subtitle", "", &xml::run(&meta.subtitle, Look::default())));
    }
    page.push_str(&facts(meta, labels));
    page.push_str(&signatures(meta));
    page.push_str(&history(meta, labels));
    if big {
        page.push_str(PAGE_BREAK);
    }
    page
}

fn facts(meta: &Meta, labels: &Labels) -> String {
    let date = meta.date.map(|date| words::long_date(meta.lang, date)).unwrap_or_default();
    let lines: Vec<GridRow> = [
        (labels.doc_number, &meta.doc_number),
        (labels.version, &meta.version),
        (labels.date, &date),
        (labels.author, &meta.author),
        (labels.classification, &meta.classification),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(label, value)| pair(label, &xml::run(value, Look::default())))
    .collect();
    if lines.is_empty() { String::new() } else { grid(&[2_000, 5_000], &lines, Lines::Below, false) + &gap() }
}

/// A name and a value.
pub(super) fn pair(label: &str, value: &str) -> GridRow {
    let name = Look { bold: true, colour: Some(Tone::Neutral.palette().text), size: None };
    let cells = vec![
        GridCell {
            fill: Some(Tone::Neutral.palette().fill),
            ..GridCell::new(paragraph("TableText", "", &xml::run(label, name)))
        },
        GridCell::new(paragraph("TableText", "", value)),
    ];
    GridRow { cells, heading: false }
}

/// Word joins two tables that touch.
pub(super) fn gap() -> String {
    paragraph("TableText", "", "")
}

fn signatures(meta: &Meta) -> String {
    if meta.approvals.is_empty() {
        return String::new();
    }
    let seal = Look { bold: true, colour: Some(Tone::Danger.palette().line), size: Some(20) };
    let centred = |properties: &str, text: &str, look: Look| {
        paragraph("TableText", &format!("{properties}{}", aligned(Align::Centre)), &xml::run(text, look))
    };
    let row = |make: &dyn Fn(&StampBox) -> String| GridRow {
        cells: meta.approvals.iter().map(|stamp| GridCell::new(make(stamp))).collect(),
        heading: false,
    };
    let date = |stamp: &StampBox| stamp.date.map(|date| words::short_date(meta.lang, date)).unwrap_or_default();
    let rows = [
        row(&|stamp| centred("", &stamp.label, Look { bold: true, ..Look::default() })),
        // Without a date the box stays open, with room for a seal by hand.
        row(&|stamp| {
            let look = if stamp.date.is_some() { seal } else { Look::default() };
            centred("<w:spacing w:before=\"240\" w:after=\"240\"/>", &stamp.name, look)
        }),
        row(&|stamp| centred("", &date(stamp), if stamp.date.is_some() { seal } else { Look::default() })),
    ];
    grid(&vec![BOX; meta.approvals.len()], &rows, Lines::All, true) + &gap()
}

fn history(meta: &Meta, labels: &Labels) -> String {
    if meta.history.is_empty() {
        return String::new();
    }
    let cell = |text: &str, bold: bool| GridCell {
        fill: bold.then_some(Tone::Info.palette().fill),
        ..GridCell::new(paragraph("TableText", "", &xml::run(text, Look { bold, ..Look::default() })))
    };
    let head = [labels.version, labels.revised, labels.summary, labels.author, labels.approver];
    let mut rows = vec![GridRow { cells: head.iter().map(|text| cell(text, true)).collect(), heading: true }];
    for line in &meta.history {
        let date = line.date.map(|date| words::short_date(meta.lang, date)).unwrap_or_default();
        let cells = [&line.version, &date, &line.summary, &line.author, &line.approver].map(|text| cell(text, false));
        rows.push(GridRow { cells: cells.into(), heading: false });
    }
    let title = paragraph("ContentsTitle", "", &xml::run(labels.history, Look { bold: true, ..Look::default() }));
    title + &grid(&[900, 1_500, 4_000, 1_619, 1_619], &rows, Lines::All, false) + &gap()
}

/// The contents: a field that Word counts again when it opens the file, with links that work before it has.
pub(super) fn contents(headings: &[(u8, String)], labels: &Labels) -> String {
    let shown: Vec<(usize, &(u8, String))> = headings.iter().enumerate().filter(|(_, (level, _))| *level <= 2).collect();
    if shown.is_empty() {
        return String::new();
    }
    let mut written = paragraph("ContentsTitle", "", &xml::run(labels.contents, Look { bold: true, ..Look::default() }));
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let begin = "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\z \\u </w:instrText></w:r>";
    let last = shown.len() - 1;
    for (place, (index, (level, text))) in shown.into_iter().enumerate() {
        let mut runs = String::new();
        if place == 0 {
            runs.push_str(begin);
            runs.push_str(&mark("separate"));
        }
        runs.push_str(&format!("<w:hyperlink w:anchor=\"_Toc{index}\">{}</w:hyperlink>", xml::run(text, Look::default())));
        if place == last {
            runs.push_str(&mark("end"));
        }
        written.push_str(&paragraph(if *level == 1 { "TOC1" } else { "TOC2" }, "", &runs));
    }
    written.push_str(PAGE_BREAK);
    written
}
