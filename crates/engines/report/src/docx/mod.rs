//! Word: the same document as a file that people edit — policies, requests, letters.
//!
//! Written directly as Office Open XML (ECMA-376) with the archive crate that the house already has: the writer of the crate market
//! knows no repeating heading rows and numbers its paragraphs from a counter of the process, so that no two files are alike.
//! Charts travel as SVG with an empty bitmap for old readers; their alternative text and numbers stand beside them.

mod body;
mod cover;
mod package;
mod section;
mod styles;
mod table;
mod xml;

use crate::doc::Document;
use crate::error::RenderError;

/// Writes a Word file: A4, styled and numbered headings, tables whose headings repeat, page numbers, and on the cover 文書番号, 版数 and
/// 承認欄. The same document gives the same bytes; its date is [`crate::doc::Meta::date`].
///
/// # Errors
/// What in the document cannot be printed and where, as for a PDF; a fault of the program as [`RenderError::Letter`].
pub fn render_docx(document: &Document) -> Result<Vec<u8>, RenderError> {
    crate::pdf::check(document)?;
    let parts = body::write(document);
    package::pack(document, &parts).map_err(|error| RenderError::Letter(error.to_string()))
}
