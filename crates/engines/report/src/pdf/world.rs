//! The closed world that the typesetter sees: our template, the document's data, its pictures, the embedded fonts. No disk, no
//! network, no clock.

use std::collections::HashMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::fonts;
use crate::error::RenderError;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));

/// Our template, the main file first: the only source text that is ever evaluated.
static TEMPLATE: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let texts = [
        ("/report.typ", include_str!("../../templates/report.typ")),
        ("/blocks.typ", include_str!("../../templates/blocks.typ")),
    ];
    texts.into_iter().filter_map(|(path, text)| Some(Source::new(file_id(path).ok()?, text.to_owned()))).collect()
});

/// The id of a virtual path. Ids live as long as the process, so paths must come from a small set.
pub(super) fn file_id(path: &str) -> Result<FileId, RenderError> {
    let path = VirtualPath::new(path).map_err(|error| RenderError::Typesetter(format!("path {path}: {error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// What one render may read.
#[derive(Debug)]
pub(super) struct Paper {
    main: FileId,
    files: HashMap<FileId, Bytes>,
}

impl Paper {
    /// A world with the given files (virtual path, content).
    pub(super) fn new(files: Vec<(String, Vec<u8>)>) -> Result<Paper, RenderError> {
        let main = file_id("/report.typ")?;
        let files = files
            .into_iter()
            .map(|(path, content)| Ok((file_id(&path)?, Bytes::new(content))))
            .collect::<Result<_, RenderError>>()?;
        Ok(Paper { main, files })
    }
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &fonts::BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        TEMPLATE.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // Time is a parameter of the render, never read from a clock.
        None
    }
}
