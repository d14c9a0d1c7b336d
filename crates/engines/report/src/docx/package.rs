//! The archive: content types, relationships and parts, always in the same order and with the same time stamp.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipResult};

use super::body::Parts;
use super::{section, styles};
use crate::doc::Document;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The first lines of `word/document.xml`.
pub(super) const DOCUMENT_ROOT: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ",
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" ",
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" ",
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" ",
    "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" ",
    "xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\">"
);

/// A transparent pixel: what programs show that draw no SVG.
const BLANK: [u8; 68] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00,
    0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00, 0x00, 0x00, 0x0b, 0x49, 0x44, 0x41, 0x54, 0x78,
    0xda, 0x63, 0x60, 0x00, 0x02, 0x00, 0x00, 0x05, 0x00, 0x01, 0xe9, 0xfa, 0xdc, 0xd8, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

fn content_types() -> String {
    let parts = [
        ("/word/document.xml", format!("{WORD}.document.main+xml")),
        ("/word/styles.xml", format!("{WORD}.styles+xml")),
        ("/word/numbering.xml", format!("{WORD}.numbering+xml")),
        ("/word/settings.xml", format!("{WORD}.settings+xml")),
        ("/word/fontTable.xml", format!("{WORD}.fontTable+xml")),
        ("/word/header1.xml", format!("{WORD}.header+xml")),
        ("/word/footer1.xml", format!("{WORD}.footer+xml")),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned()),
    ];
    let overrides: String =
        parts.iter().map(|(name, kind)| format!("<Override PartName=\"{name}\" ContentType=\"{kind}\"/>")).collect();
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
         <Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>{overrides}</Types>"
    )
}

fn relationships(list: &[(String, &str, String)]) -> String {
    let lines: String = list
        .iter()
        .map(|(id, kind, target)| format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>"))
        .collect();
    format!("{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{lines}</Relationships>")
}

fn of_package() -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let (document, extended) = (format!("{OFFICE}/officeDocument"), format!("{OFFICE}/extended-properties"));
    relationships(&[
        ("rId1".into(), &document, "word/document.xml".into()),
        ("rId2".into(), core, "docProps/core.xml".into()),
        ("rId3".into(), &extended, "docProps/app.xml".into()),
    ])
}

fn of_document(pictures: usize) -> String {
    let kinds =
        ["styles", "numbering", "settings", "fontTable", "header", "footer", "image"].map(|kind| format!("{OFFICE}/{kind}"));
    let [styles, numbering, settings, fonts, header, footer, image] = &kinds;
    let mut list: Vec<(String, &str, String)> = vec![
        ("rIdStyles".into(), styles, "styles.xml".into()),
        ("rIdNumbering".into(), numbering, "numbering.xml".into()),
        ("rIdSettings".into(), settings, "settings.xml".into()),
        ("rIdFonts".into(), fonts, "fontTable.xml".into()),
        ("rIdHeader".into(), header, "header1.xml".into()),
        ("rIdFooter".into(), footer, "footer1.xml".into()),
    ];
    if pictures > 0 {
        list.push(("rIdBlank".into(), image, "media/blank.png".into()));
    }
    for number in 1..=pictures {
        list.push((format!("rIdPicture{number}"), image, format!("media/image{number}.svg")));
    }
    relationships(&list)
}

fn settings() -> String {
    format!(
        "{HEAD}<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:zoom w:percent=\"100\"/>\
         <w:defaultTabStop w:val=\"840\"/><w:characterSpacingControl w:val=\"compressPunctuation\"/>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         </w:settings>"
    )
}

fn app(company: &str) -> String {
    format!(
        "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>mamori</Application><Company>{}</Company></Properties>",
        super::xml::escape(company)
    )
}

/// Packs the parts.
///
/// # Errors
/// Faults of the archive writer; writing into memory has none of its own.
pub(super) fn pack(document: &Document, parts: &Parts) -> ZipResult<Vec<u8>> {
    let meta = &document.meta;
    let mut files: Vec<(String, Vec<u8>)> = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", of_package()),
        ("docProps/core.xml", section::core_properties(meta)),
        ("docProps/app.xml", app(&meta.company)),
        ("word/document.xml", parts.document.clone()),
        ("word/_rels/document.xml.rels", of_document(parts.pictures.len())),
        ("word/styles.xml", styles::styles(meta.lang, document.numbering)),
        ("word/numbering.xml", styles::numbering(parts.lists)),
        ("word/settings.xml", settings()),
        ("word/fontTable.xml", styles::font_table()),
        ("word/header1.xml", section::header(document)),
        ("word/footer1.xml", section::footer(document)),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .collect();
    if !parts.pictures.is_empty() {
        files.push(("word/media/blank.png".into(), BLANK.to_vec()));
    }
    for (number, svg) in (1..).zip(&parts.pictures) {
        files.push((format!("word/media/image{number}.svg"), svg.clone().into_bytes()));
    }
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The oldest moment that the format can express, so that the bytes depend on the document alone.
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    for (name, bytes) in files {
        archive.start_file(name, options)?;
        archive.write_all(&bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
