//! What the areas bring: catalogues, what a check may be about, what becomes of a finding. The engine asks; it never guesses.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_ledger::Registry;
use mamori_ledger::hooks::Hooked;
use mamori_store::{Tx, View};

use crate::catalogue::{Catalogue, Fault, read};

/// An answer that shows something to mend, handed to an area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Row of the check.
    pub check_id: String,
    /// Name of the check.
    pub check_title: String,
    /// Id of the catalogue.
    pub catalogue: String,
    /// Code of the item.
    pub item: String,
    /// Short name of the item, in the actor's language.
    pub name: String,
    /// What was asked.
    pub ask: String,
    /// The answer in words.
    pub answer: String,
    /// The remark with the answer.
    pub note: String,
    /// Department of the check; empty if none.
    pub department: String,
    /// Who answers for the check; empty if nobody.
    pub owner: String,
    /// What the check is about: ids of rows by code of the field, such as `asset`.
    pub subjects: BTreeMap<String, String>,
    /// Address of the item on the page of answers; the same for the same item for ever.
    pub path: String,
}

/// Something that was already made from an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Code of the item.
    pub item: String,
    /// Its name.
    pub label: String,
    /// Where it is shown.
    pub href: String,
}

/// What an area does with a finding, at the reader's wish.
pub trait Finding: Send + Sync {
    /// Stable code, part of an address: `risk`.
    fn code(&self) -> &'static str;

    /// What the button says.
    fn label(&self) -> Words;

    /// What the permission table must grant.
    fn needs(&self) -> (&'static str, Action);

    /// What was made of items of this check so far. `path` is the address of its page of answers, where every item has its anchor.
    fn made<'a>(&'a self, view: &'a mut View, path: &'a str) -> Hooked<'a, Vec<Made>>;

    /// Makes something of it in the caller's transaction; gives the address. Asked twice, it gives the same.
    fn take<'a>(&'a self, tx: &'a mut Tx, registry: &'a Registry, found: &'a Found) -> Hooked<'a, String>;
}

/// A field of the check that names the row it is about.
#[derive(Clone, Debug)]
pub struct SubjectField {
    /// Column, added to `check_sheet` by a migration of the area.
    pub code: &'static str,
    /// Ledger of the row.
    pub ledger: &'static str,
    /// Name.
    pub words: Words,
}

/// Everything that the areas bring; put together once by the area that carries the engine.
#[derive(Clone, Default)]
pub struct Checks {
    catalogues: Vec<Arc<Catalogue>>,
    findings: Vec<Arc<dyn Finding>>,
    subjects: Vec<SubjectField>,
    faults: Vec<(String, Fault)>,
    base: &'static str,
}

impl Checks {
    /// Nothing yet.
    pub fn new() -> Checks {
        Checks::default()
    }

    /// Adds a version of a catalogue from the text of its file. Files are part of the program and a test reads them all; one that
    /// cannot be read is left out and named by [`Checks::faults`].
    #[must_use]
    pub fn catalogue(mut self, text: &str) -> Checks {
        match read(text) {
            Ok(catalogue) if self.find(&catalogue.id, &catalogue.version).is_none() => self.catalogues.push(Arc::new(catalogue)),
            Ok(catalogue) => self.faults.push((
                catalogue.id,
                Fault {
                    place: catalogue.version, words: Words::new("同じ版が二つあります。", "This version occurs twice.")
                },
            )),
            Err(faults) => {
                let name = text.lines().find(|line| line.starts_with("id")).unwrap_or_default().to_owned();
                self.faults.extend(faults.into_iter().map(|fault| (name.clone(), fault)));
            }
        }
        self
    }

    /// Adds something that becomes of findings.
    #[must_use]
    pub fn finding(mut self, finding: impl Finding + 'static) -> Checks {
        self.findings.push(Arc::new(finding));
        self
    }

    /// Adds a ledger whose rows a check may be about.
    #[must_use]
    pub fn subject(mut self, code: &'static str, ledger: &'static str, words: Words) -> Checks {
        self.subjects.push(SubjectField { code, ledger, words });
        self
    }

    pub(crate) fn under(mut self, area: &'static str) -> Checks {
        self.base = area;
        self
    }

    /// Address of the area that carries the engine: `/assessment`.
    pub fn base(&self) -> String {
        format!("/{}", self.base)
    }

    /// What could not be read: name of the file's catalogue and fault.
    pub fn faults(&self) -> &[(String, Fault)] {
        &self.faults
    }

    /// What becomes of findings.
    pub fn findings(&self) -> &[Arc<dyn Finding>] {
        &self.findings
    }

    /// What a check may be about.
    pub fn subjects(&self) -> &[SubjectField] {
        &self.subjects
    }

    /// One version.
    pub fn find(&self, id: &str, version: &str) -> Option<&Arc<Catalogue>> {
        self.catalogues.iter().find(|known| known.id == id && known.version == version)
    }

    /// The newest version.
    pub fn newest(&self, id: &str) -> Option<&Arc<Catalogue>> {
        self.catalogues.iter().filter(|known| known.id == id).max_by_key(|known| known.order())
    }

    /// The newest version of every catalogue, in the order in which they were added.
    pub fn all(&self) -> Vec<&Arc<Catalogue>> {
        let mut found: Vec<&Arc<Catalogue>> = Vec::new();
        for known in &self.catalogues {
            if !found.iter().any(|other| other.id == known.id)
                && let Some(newest) = self.newest(&known.id)
            {
                found.push(newest);
            }
        }
        found
    }

    /// The version that a check was begun with.
    ///
    /// # Errors
    /// [`Error::Refused`] when the program does not bring it any more.
    pub fn bound(&self, id: &str, version: &str) -> Result<Arc<Catalogue>> {
        self.find(id, version).cloned().ok_or_else(|| {
            Error::Refused(Words::owned(
                format!("この点検の設問（{id} {version}）が、このプログラムに入っていません。前の版のプログラムから更新し直すか、提供元に問い合わせてください。回答は残っています。"),
                format!("The questions of this check ({id} {version}) are not part of this program. Please update again from the earlier version or ask the supplier. The answers are kept."),
            ))
        })
    }
}

static INSTALLED: OnceLock<Checks> = OnceLock::new();

/// Keeps the first one; later ones (tests build the program many times) change nothing.
pub(crate) fn install(checks: Checks) -> &'static Checks {
    INSTALLED.get_or_init(|| checks)
}

/// What [`crate::attach`] was given.
///
/// # Errors
/// [`Error::Internal`] in a program that was put together without the engine.
pub fn installed() -> Result<&'static Checks> {
    INSTALLED.get().ok_or_else(|| Error::Internal("no area carries the checklist engine".to_owned()))
}
