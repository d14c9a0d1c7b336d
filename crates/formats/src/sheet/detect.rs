//! What a file is, by its first bytes and its parts.

use super::ole::{Container, is_container};
use super::{LooksLike, ReadError, encoding, zip_guard};

/// The three ways of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Xlsx,
    Xls,
    Text,
}

/// First bytes of formats that people confuse with spreadsheets.
const SIGNATURES: [(&[u8], LooksLike); 11] = [
    (b"%PDF", LooksLike::Pdf),
    (b"{\\rtf", LooksLike::Word),
    (b"\x89PNG", LooksLike::Image),
    (b"\xFF\xD8\xFF", LooksLike::Image),
    (b"GIF8", LooksLike::Image),
    (b"\x1F\x8B", LooksLike::Archive),
    (b"7z\xBC\xAF", LooksLike::Archive),
    (b"Rar!", LooksLike::Archive),
    (b"\x7FELF", LooksLike::Program),
    (b"MZ\x90\0", LooksLike::Program),
    (b"\0\0\0", LooksLike::Binary),
];

pub(super) fn detect(bytes: &[u8]) -> Result<Content, ReadError> {
    let not = |looks_like| Err(ReadError::NotASpreadsheet { looks_like });
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip(bytes);
    }
    if is_container(bytes) {
        return container(bytes);
    }
    if let Some((_, looks_like)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return not(*looks_like);
    }
    if !encoding::could_be_text(bytes) {
        return not(LooksLike::Binary);
    }
    match markup(bytes) {
        Some(looks_like) => not(looks_like),
        None => Ok(Content::Text),
    }
}

fn zip(bytes: &[u8]) -> Result<Content, ReadError> {
    let Some(names) = zip_guard::names(bytes) else {
        return Err(ReadError::Damaged { detail: "zip directory unreadable".to_owned() });
    };
    let any = |start: &str| names.iter().any(|name| name.starts_with(start));
    let looks_like = match () {
        () if any("xl/workbook.bin") => LooksLike::Xlsb,
        () if any("xl/") => return Ok(Content::Xlsx),
        () if any("word/") => LooksLike::Word,
        () if any("ppt/") => LooksLike::PowerPoint,
        () if any("mimetype") && any("content.xml") => LooksLike::OpenDocument,
        () => LooksLike::Archive,
    };
    Err(ReadError::NotASpreadsheet { looks_like })
}

fn container(bytes: &[u8]) -> Result<Content, ReadError> {
    let Some(container) = Container::open(bytes) else {
        return Err(ReadError::Damaged { detail: "compound file unreadable".to_owned() });
    };
    if container.has("EncryptedPackage") {
        return Err(ReadError::PasswordProtected);
    }
    let looks_like = match () {
        () if container.has("Workbook") || container.has("Book") => return Ok(Content::Xls),
        () if container.has("WordDocument") => LooksLike::Word,
        () if container.has("PowerPoint Document") => LooksLike::PowerPoint,
        () if container.entries.iter().any(|entry| entry.name.starts_with("__properties")) => LooksLike::Mail,
        () => LooksLike::Binary,
    };
    Err(ReadError::NotASpreadsheet { looks_like })
}

/// Web pages and XML under the name of a spreadsheet.
fn markup(bytes: &[u8]) -> Option<LooksLike> {
    let head: Vec<u8> = bytes.iter().copied().take(2_048).filter(|b| *b != 0).collect();
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let head = head.trim_start_matches(|c: char| !c.is_ascii() || c.is_whitespace());
    if head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<table") {
        return Some(LooksLike::Html);
    }
    if head.starts_with("<?xml") {
        return Some(match () {
            () if head.contains("urn:schemas-microsoft-com:office:spreadsheet") => LooksLike::XmlSpreadsheet,
            () if head.contains("<html") => LooksLike::Html,
            () => LooksLike::Xml,
        });
    }
    None
}
