//! Sheets: A4 upright or across, their margins, and the header and footer of every page but the cover.

use super::xml::{self, Look, escape};
use crate::doc::{Document, Meta, Orientation};
use crate::tone::Tone;

/// Short and long side of A4, and the margin, in twentieths of a point.
const SHORT: u32 = 11_906;
const LONG: u32 = 16_838;
const MARGIN: u32 = 1_134;

/// Width of the text in twentieths of a point.
pub(super) fn text_width(orientation: Orientation) -> u32 {
    2 * (SHORT / 2 - MARGIN)
        + match orientation {
            Orientation::Portrait => 0,
            Orientation::Landscape => LONG - SHORT,
        }
}

/// The properties of a section; `first` leaves header and footer off its first page.
pub(super) fn properties(orientation: Orientation, first: bool) -> String {
    let size = match orientation {
        Orientation::Portrait => format!("<w:pgSz w:w=\"{SHORT}\" w:h=\"{LONG}\"/>"),
        Orientation::Landscape => format!("<w:pgSz w:w=\"{LONG}\" w:h=\"{SHORT}\" w:orient=\"landscape\"/>"),
    };
    let title = if first { "<w:titlePg/>" } else { "" };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdHeader\"/><w:footerReference w:type=\"default\" r:id=\"rIdFooter\"/>\
         <w:type w:val=\"nextPage\"/>{size}\
         <w:pgMar w:top=\"1361\" w:right=\"{MARGIN}\" w:bottom=\"1247\" w:left=\"{MARGIN}\" w:header=\"624\" w:footer=\"567\" w:gutter=\"0\"/>\
         <w:cols w:space=\"425\"/>{title}</w:sectPr>"
    )
}

/// Ends a section: a paragraph without height that holds its properties.
pub(super) fn end(orientation: Orientation, first: bool) -> String {
    format!(
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>{}</w:pPr></w:p>",
        properties(orientation, first)
    )
}

const ROOT: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// Right-aligned text beside left-aligned text: a tab at the right edge, wherever that is.
const RIGHT: &str = "<w:r><w:ptab w:relativeTo=\"margin\" w:alignment=\"right\" w:leader=\"none\"/></w:r>";

fn grey() -> Look {
    Look { colour: Some(Tone::Neutral.palette().text), ..Look::default() }
}

/// The header: title at the left, company and handling class at the right.
pub(super) fn header(document: &Document) -> String {
    let Meta { title, company, classification, .. } = &document.meta;
    let mut runs = xml::run(title, grey());
    runs.push_str(RIGHT);
    let right: Vec<&str> = [company.as_str(), classification.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
    runs.push_str(&xml::run(&right.join("  "), grey()));
    let body = xml::paragraph("Header", "", &runs);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:hdr {ROOT}>{body}</w:hdr>")
}

/// The footer: number and version at the left, page n / m at the right.
pub(super) fn footer(document: &Document) -> String {
    let Meta { doc_number, version, lang, .. } = &document.meta;
    let mut left = doc_number.clone();
    if !version.is_empty() {
        let word = crate::words::labels(*lang).version;
        left = if left.is_empty() { format!("{word} {version}") } else { format!("{left}  {word} {version}") };
    }
    let mut runs = xml::run(&left, grey());
    runs.push_str(RIGHT);
    runs.push_str(&xml::field("PAGE", "1"));
    runs.push_str(&xml::run(" / ", Look::default()));
    runs.push_str(&xml::field("NUMPAGES", "1"));
    let body = xml::paragraph("Footer", "", &runs);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:ftr {ROOT}>{body}</w:ftr>")
}

/// The properties of the file.
pub(super) fn core_properties(meta: &Meta) -> String {
    let date = meta.date.map_or_else(String::new, |date| {
        let at = format!("{:04}-{:02}-{:02}T00:00:00Z", date.year(), date.month(), date.day());
        format!(
            "<dcterms:created xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:modified>"
        )
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator><dc:language>{}</dc:language>{date}</cp:coreProperties>",
        escape(&meta.title),
        escape(&meta.subtitle),
        escape(&meta.author),
        meta.lang.pick("ja-JP", "en-GB"),
    )
}
