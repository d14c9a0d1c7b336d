//! リスク対応計画書: which measure for which risk, by whom, until when, at what cost, and what is late (S2-D6-01..07, S2-D6-12).

mod calendar;
mod document;
pub mod queries;
mod tables;

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_kernel::time::FiscalYear;
use mamori_store::Reader;

use super::cover::Cover;
use super::data::Options;
use super::register::queries::{self as register, Risk};
use crate::appetite::{self, Appetite};
use queries::{Cost, Measure, Totals, Transfer, Which};

pub use document::document;

/// Rows of the small lists.
const LISTED: usize = 100;
/// Measures on the calendar.
const TIMED: usize = 60;

/// The facts of the report.
pub struct Source {
    /// The facts of the cover.
    pub cover: Cover,
    /// The company's fiscal year.
    pub fiscal: FiscalYear,
    /// The limits.
    pub appetite: Appetite,
    /// Measures in numbers.
    pub totals: Totals,
    /// The register in numbers.
    pub risks: register::Totals,
    /// Risks with a policy, a measure, or above the appetite; cut to what the file holds.
    pub planned: Vec<Risk>,
    /// Above the appetite, and nobody has decided anything.
    pub undecided: Vec<Risk>,
    /// Measures of the planned risks.
    pub measures: Vec<Measure>,
    /// Measures for an asset or the whole company.
    pub loose: Vec<Measure>,
    /// Late ones.
    pub overdue: Vec<Measure>,
    /// Those that stand in for another.
    pub compensating: Vec<Measure>,
    /// To do, or done since the beginning of the fiscal year.
    pub timed: Vec<Measure>,
    /// What others carry.
    pub transfers: Vec<Transfer>,
    /// Money by month and class.
    pub costs: Vec<Cost>,
}

/// Reads everything that the reader may see.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission on risks or measures; database faults.
pub async fn collect(db: &mut impl Reader, now: jiff::Timestamp, options: Options) -> Result<Source> {
    let cover = Cover::read(db, now, options).await?;
    let (today, rows) = (cover.today, cover.rows());
    let april = FiscalYear::default();
    let fiscal = i8::try_from(cover.company.fiscal_start_month).ok().and_then(FiscalYear::new).unwrap_or(april);
    let listed = if cover.options.book { rows } else { LISTED };
    let planned = register::pick(db, register::Which::Planned, rows).await?;
    let ids: Vec<String> = planned.iter().map(|risk| risk.id.clone()).collect();
    Ok(Source {
        appetite: appetite::queries::current(db).await?,
        totals: queries::totals(db, today).await?,
        risks: register::totals(db, today).await?,
        measures: queries::of_risks(db, &ids).await?,
        undecided: register::pick(db, register::Which::Untreated, listed).await?,
        loose: queries::measures(db, Which::Loose, rows).await?,
        overdue: queries::measures(db, Which::Overdue(today), listed).await?,
        compensating: queries::measures(db, Which::Compensating, listed).await?,
        timed: queries::measures(db, Which::Since(first_day(fiscal, today)), TIMED).await?,
        transfers: queries::transfers(db, listed).await?,
        costs: queries::costs(db).await?,
        fiscal,
        cover,
        planned,
    })
}

fn first_day(fiscal: FiscalYear, today: Date) -> Date {
    fiscal.range(fiscal.year_around(today)).map_or(today, |(first, _)| first)
}
