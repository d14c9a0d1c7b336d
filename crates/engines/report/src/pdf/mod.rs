//! PDF: A4 paper typeset by Typst from one template of ours.
//!
//! The file is tagged (headings, tables and pictures with their alternative text can be read aloud), carries title, author
//! and language, and holds only the glyphs that it uses.

mod check;
mod data;
mod fonts;
mod gate;
mod text;
mod world;

use jiff::Zoned;
use mamori_kernel::lang::Words;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::visualize::SvgImage;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use crate::doc::Document;
use crate::error::RenderError;

/// What a render needs beside the document.
#[derive(Clone, Debug)]
pub struct RenderOptions {
    /// The moment of making, for the file's properties. The date on the cover is [`crate::doc::Meta::date`].
    pub now: Zoned,
}

/// A finished PDF.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// What the person who asked for it should know; usually empty.
    pub warnings: Vec<Warning>,
    /// Number of sheets, cover included.
    pub pages: usize,
}

/// Something that was printed otherwise than it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The fonts have no glyph for a character; 〓 stands for it.
    Unprintable {
        /// The character.
        character: char,
        /// How often it occurs.
        count: usize,
        /// The beginning of the first text with it.
        example: String,
    },
    /// A remark of the typesetter, for the log.
    Typesetter(String),
}

impl Warning {
    /// The sentence for the reader, in both languages.
    pub fn words(&self) -> Words {
        match self {
            Warning::Unprintable { character, count, example } => {
                let code = format!("U+{:04X}", u32::from(*character));
                Words::owned(
                    format!(
                        "「{character}」（{code}）は帳票の書体にないため、{count}か所で〓と印字しました（例：「{example}」）。"
                    ),
                    format!(
                        "“{character}” ({code}) is not in the report's font; 〓 stands for it in {count} place(s), first in “{example}”."
                    ),
                )
            }
            Warning::Typesetter(remark) => {
                Words::owned(format!("組版の注意：{remark}"), format!("Remark of the typesetter: {remark}"))
            }
        }
    }
}

/// Finds what cannot be printed, without printing.
pub(crate) fn check(document: &Document) -> Result<(), RenderError> {
    check::document(document)
}

/// Typesets a document. Takes tens of milliseconds for a few pages and half a second for a thousand rows; at most two run at
/// a time and further callers wait, so call it where blocking is allowed.
///
/// # Errors
/// What in the document cannot be printed and where (see [`RenderError`]).
pub fn render(document: &Document, options: &RenderOptions) -> Result<Rendered, RenderError> {
    check(document)?;
    let data::Parcel { files, pictures, missing } = data::pack(document)?;
    let paper = world::Paper::new(files)?;

    let turn = gate::Turn::take();
    let compiled = typst::compile::<PagedDocument>(&paper);
    let pages = compiled.output.map_err(|errors| explain(&errors, &pictures))?;
    let bytes = typst_pdf::pdf(&pages, &pdf_options(document, options)).map_err(|errors| explain(&errors, &pictures))?;
    drop(turn);

    let missing = missing.into_iter().map(|(character, found)| Warning::Unprintable {
        character,
        count: found.count,
        example: found.example,
    });
    let remarks = compiled.warnings.iter().map(|warning| Warning::Typesetter(warning.message.to_string()));
    Ok(Rendered { bytes, warnings: missing.chain(remarks).collect(), pages: pages.pages().len() })
}

fn pdf_options(document: &Document, options: &RenderOptions) -> PdfOptions {
    let number = document.meta.doc_number.trim();
    PdfOptions {
        // Versions of one numbered document keep one identity.
        ident: if number.is_empty() { Smart::Auto } else { Smart::Custom(number.to_owned()) },
        creator: Smart::Custom(Some(format!("mamori {}", env!("CARGO_PKG_VERSION")))),
        timestamp: timestamp(&options.now),
        ..PdfOptions::default()
    }
}

fn timestamp(now: &Zoned) -> Option<Timestamp> {
    let part = |value: i8| u8::try_from(value).ok();
    let moment = Datetime::from_ymd_hms(
        i32::from(now.year()),
        part(now.month())?,
        part(now.day())?,
        part(now.hour())?,
        part(now.minute())?,
        part(now.second())?,
    )?;
    Timestamp::new_local(moment, now.offset().seconds() / 60)
}

/// Finds the picture that the typesetter refused; anything else is a fault of ours.
fn explain(errors: &[SourceDiagnostic], pictures: &[data::Picture]) -> RenderError {
    let messages = || errors.iter().map(|error| error.message.to_string()).collect::<Vec<_>>().join("; ");
    let broken = pictures.iter().find(|picture| {
        let named = errors.iter().filter_map(|error| error.span.id()).any(|id| id.get().vpath().get_with_slash() == picture.path);
        named || SvgImage::new(Bytes::new(picture.svg.clone())).is_err()
    });
    match broken {
        Some(picture) => RenderError::Picture { figure: picture.name.clone(), reason: messages() },
        None => RenderError::Typesetter(messages()),
    }
}
