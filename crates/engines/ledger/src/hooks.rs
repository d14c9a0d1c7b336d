//! Where an area's meaning enters the engine: rules before a save, consequences after it, panels on the detail page.

use std::future::Future;
use std::pin::Pin;

use mamori_kernel::error::{FieldError, Result};
use mamori_kernel::lang::Words;
use mamori_store::{Tx, View};
use mamori_ui::html::Html;

use crate::area::Registry;
use crate::record::{Record, Values};
use crate::shape::Shape;

/// A future that a hook returns.
pub type Hooked<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A save under way.
pub struct Saving<'a> {
    /// The transaction: whatever the hook writes belongs to the save.
    pub tx: &'a mut Tx,
    /// All ledgers.
    pub registry: &'a Registry,
    /// The ledger as the company sees it.
    pub shape: &'a Shape,
    /// The row before; `None` for a new one.
    pub old: Option<&'a Record>,
    /// The row to be written.
    pub new: &'a mut Record,
    /// What is wrong with it; anything here stops the save.
    pub errors: &'a mut Vec<FieldError>,
}

impl Saving<'_> {
    /// Notes that a field does not fit.
    pub fn reject(&mut self, field: &str, message: Words) {
        self.errors.push(FieldError { field: field.to_owned(), message });
    }

    /// True when a field differs from what is stored (or the row is new).
    pub fn changed(&self, field: &str) -> bool {
        self.old.is_none_or(|old| old.get(field) != self.new.get(field))
    }
}

/// A part of the detail page that an area adds.
pub struct Panel {
    /// Heading.
    pub title: String,
    /// Content.
    pub body: Html,
    /// Above the engine's own parts instead of below the fields.
    pub first: bool,
}

/// A button on the detail page or above the list.
#[derive(Clone, Debug)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// The main action of the page.
    pub primary: bool,
}

/// An area's rules for one ledger. Every method may be left out.
#[allow(unused_variables)]
pub trait Hooks: Send + Sync {
    /// Judges and completes a row before it is written. Runs inside the transaction, after the engine's own validation.
    fn before_save<'a>(&'a self, saving: &'a mut Saving<'_>) -> Hooked<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    /// Consequences in the same transaction: dependent rows, events, mails. `old` is `None` for a new row; a retired row has `is_retired`.
    fn after_save<'a>(
        &'a self,
        tx: &'a mut Tx,
        registry: &'a Registry,
        old: Option<&'a Record>,
        new: &'a Record,
    ) -> Hooked<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    /// Refuses taking a row out of use, with the reason.
    fn before_retire<'a>(&'a self, tx: &'a mut Tx, record: &'a Record) -> Hooked<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    /// Values of a new row before the form is shown (from the address or the company's settings).
    fn prefill<'a>(&'a self, view: &'a mut View, values: &'a mut Values) -> Hooked<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    /// Completes values read from a file before they are judged, for example by splitting one column into two.
    fn imported(&self, values: &mut Values) {}

    /// Parts of the detail page.
    fn panels<'a>(&'a self, view: &'a mut View, registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// Something above the list: figures, warnings, a guide.
    fn list_head<'a>(&'a self, view: &'a mut View, registry: &'a Registry) -> Hooked<'a, Option<Html>> {
        Box::pin(async { Ok(None) })
    }

    /// Buttons above the list.
    fn list_buttons(&self, view: &View) -> Vec<Button> {
        Vec::new()
    }

    /// Buttons on the detail page.
    fn detail_buttons(&self, view: &View, record: &Record) -> Vec<Button> {
        Vec::new()
    }
}

/// Parts that an area adds to the detail page of a ledger below it: budget and effect of a treatment that the risk area keeps. The
/// ledger's own [`Hooks::panels`] come first.
pub trait Panels: Send + Sync {
    /// Parts for a row; nothing for readers without rights on what they show.
    fn panels<'a>(&'a self, view: &'a mut View, registry: &'a Registry, record: &'a Record) -> Hooked<'a, Vec<Panel>>;
}
