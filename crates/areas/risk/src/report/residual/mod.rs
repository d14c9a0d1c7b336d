//! 残留リスク一覧と受容記録: what is left against the limits, what was accepted by whom and why, and what came back (S2-D6-08..10).

mod document;
pub mod queries;
mod tables;

use std::collections::BTreeMap;

use jiff::ToSpan;
use mamori_approval::{Stamp, stamps};
use mamori_kernel::error::Result;
use mamori_store::Reader;

use super::cover::Cover;
use super::data::Options;
use super::register::queries::{self as register, Risk};
use crate::acceptance;
use crate::appetite::{self, Appetite};
use queries::{Accepted, Totals, Which};

pub use document::document;

/// Acceptances whose seals are shown: each is read for itself.
const SEALED: usize = 200;

/// The facts of the report.
pub struct Source {
    /// The facts of the cover.
    pub cover: Cover,
    /// The limits.
    pub appetite: Appetite,
    /// The register in numbers.
    pub totals: register::Totals,
    /// Acceptances in numbers.
    pub decided: Totals,
    /// Above the limits and nobody has decided anything.
    pub untreated: Vec<Risk>,
    /// Above the limits and being treated.
    pub treated: Vec<Risk>,
    /// In force.
    pub valid: Vec<Accepted>,
    /// Came back.
    pub back: Vec<Accepted>,
    /// Not decided yet.
    pub waiting: Vec<Accepted>,
    /// Who signed, by acceptance; without an entry for decisions from before the program.
    pub seals: BTreeMap<String, Vec<Stamp>>,
    /// All risks, cut to what the file holds.
    pub list: Vec<Risk>,
}

/// Reads everything that the reader may see.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission on risks or acceptances; database faults.
pub async fn collect(db: &mut impl Reader, now: jiff::Timestamp, options: Options) -> Result<Source> {
    let cover = Cover::read(db, now, options).await?;
    let (today, rows) = (cover.today, cover.rows());
    let valid = queries::pick(db, Which::Valid, rows).await?;
    let back = queries::pick(db, Which::Back, rows).await?;
    let mut seals = BTreeMap::new();
    for one in valid.iter().chain(&back).take(SEALED) {
        let found = stamps(db, acceptance::KIND, &one.id).await?;
        if !found.is_empty() {
            seals.insert(one.id.clone(), found);
        }
    }
    Ok(Source {
        appetite: appetite::queries::current(db).await?,
        totals: register::totals(db, today).await?,
        decided: queries::totals(db, today.saturating_add(1.month())).await?,
        untreated: register::pick(db, register::Which::Untreated, rows).await?,
        treated: register::pick(db, register::Which::Treated, rows).await?,
        waiting: queries::pick(db, Which::Waiting, rows).await?,
        list: if cover.options.short { Vec::new() } else { register::pick(db, register::Which::Living, rows).await? },
        cover,
        valid,
        back,
        seals,
    })
}
