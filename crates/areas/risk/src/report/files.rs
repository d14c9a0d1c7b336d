//! From a report and a format to a file, the same for the browser and the command line.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::i18n::t;
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_ledger::area::Registry;
use mamori_report::{Document, RenderOptions, render, render_docx, xlsx};
use mamori_store::Reader;

use super::data::{Options, collect};
use super::kind::{Format, Kind};
use super::{document, plan, register, residual, workbook};
use crate::weakness_check::queries as checks;

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its content.
    pub bytes: Vec<u8>,
    /// What it is called on the reader's disk.
    pub name: String,
    /// Media type.
    pub mime: &'static str,
}

/// The report as a document, from what the reader may see.
///
/// # Errors
/// [`Error::NotFound`] without permission on its ledgers; database faults.
pub async fn set(
    db: &mut impl Reader,
    registry: &Registry,
    now: jiff::Timestamp,
    kind: Kind,
    options: Options,
    lang: Lang,
) -> Result<Document> {
    Ok(match kind {
        Kind::AssetRisk => document(&collect(db, registry, now, options).await?, lang),
        Kind::Assessment => register::document(&register::collect(db, now, options).await?, lang),
        Kind::Plan => plan::document(&plan::collect(db, now, options).await?, lang),
        Kind::Residual => residual::document(&residual::collect(db, now, options).await?, lang),
    })
}

/// Makes a file of a report. Without a number it is a draft.
///
/// # Errors
/// [`Error::Refused`] for a format that the report does not come in, or when it cannot be laid out; as [`set`].
pub async fn make(
    db: &mut impl Reader,
    registry: &Registry,
    now: jiff::Timestamp,
    (kind, format): (Kind, Format),
    options: Options,
    lang: Lang,
) -> Result<File> {
    if !kind.formats().contains(&format) {
        let endings = kind.formats().iter().map(|format| format!(".{}", format.ending())).collect::<Vec<_>>();
        return Err(Error::Refused(mamori_kernel::lang::Words::owned(
            format!("この報告書は .{} では作れません。{} のどれかにしてください。", format.ending(), endings.join("、")),
            format!("This report does not come as .{}. Use one of {}.", format.ending(), endings.join(", ")),
        )));
    }
    let tail =
        options.number.as_ref().map_or_else(|| "draft".to_owned(), |number| format!("{}-v{}", number.text(), number.version));
    if (kind, format) == (Kind::AssetRisk, Format::Xlsx) {
        let source = collect(db, registry, now, options).await?;
        let bytes = workbook(&source, &checks::questions(db).await?)?;
        return Ok(File { bytes, name: format!("情報資産管理台帳_{}.xlsx", time::today(now)), mime: format.mime() });
    }
    let options = Options { book: format == Format::Xlsx, ..options };
    let document = set(db, registry, now, kind, options, lang).await?;
    let bytes = lay_out(document, format, RenderOptions { now: now.to_zoned(time::zone()) }, kind).await?;
    Ok(File { bytes, name: format!("{}_{tail}.{}", t(lang, kind.key()), format.ending()), mime: format.mime() })
}

/// Setting type takes a processor for a while: not on a thread that answers others.
async fn lay_out(document: Document, format: Format, options: RenderOptions, kind: Kind) -> Result<Vec<u8>> {
    let work = move || match format {
        Format::Pdf => render(&document, &options).map(|made| (made.bytes, made.warnings)),
        Format::Docx => render_docx(&document).map(|bytes| (bytes, Vec::new())),
        Format::Xlsx => xlsx::book(&document, &options).map(|bytes| (bytes, Vec::new())),
    };
    let made = tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(format!("report: {error}")))?;
    let (bytes, warnings) = made.map_err(Error::from)?;
    for warning in &warnings {
        tracing::info!(report = kind.code(), warning = %warning.words().en, "report printed with a remark");
    }
    Ok(bytes)
}
