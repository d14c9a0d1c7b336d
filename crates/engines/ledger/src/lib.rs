//! The ledger engine (台帳): a register of records, declared once, that gives every area its list, form, detail, history, files,
//! comments, links, import, export, API, search and permissions.
//!
//! * [`def`] is the declaration; `#[derive(Ledger)]` writes it from a struct. [`typed`] connects it with Rust types.
//! * [`ops`] changes rows (permission → validation → one transaction); [`query`] reads them; [`import`] and [`export`] are the files.
//! * [`web`] is the common ground of all pages: request context, page, routes with declared access. [`pages`] are the engine's own.
//! * [`area`] is how an area describes itself to the program.
//!
//! The engine shares mechanics, never meaning: what may be closed, who may accept, how a value comes about stands in each noun's
//! `rules.rs` and reaches the engine through [`hooks`].

extern crate self as mamori_ledger;

pub mod api;
pub mod area;
pub mod def;
pub mod export;
pub mod hooks;
pub mod import;
pub mod ops;
pub mod pages;
pub mod parse;
pub mod query;
pub mod record;
mod remember;
pub mod shape;
pub mod typed;
pub mod web;

pub use area::{Area, Registry};
pub use def::{ChoiceDef, ChoiceSet, FieldDef, GroupDef, Kind, LedgerDef, ViewDef};
pub use mamori_ledger_derive::{Choice, Ledger};
pub use record::{Meta, Record, Value, Values};
pub use typed::{Choice, Flags, Ledger, LongText, Ref, Refs};

/// What the derive macros name; not for other use.
#[doc(hidden)]
pub mod private {
    pub use mamori_kernel::error::Error;
    pub use mamori_kernel::lang::Words;
    pub use mamori_kernel::reckoning::Reckoning;
    pub use std::borrow::Cow;
    pub use std::sync::{Arc, LazyLock};
}
