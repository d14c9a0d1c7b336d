//! リスクアセスメント報告書 (full): how the company judges, what it found, and what it has not judged yet (S2-D5-19..25).

mod document;
pub mod queries;
pub mod scope;
mod tables;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_store::Reader;

use super::cover::Cover;
use super::data::Options;
use super::kind::Kind;
use super::number::last_of;
use super::plan::queries::{self as measures, Measure};
use crate::appetite::{self, Appetite};
use crate::neighbours::InformationAsset;
use crate::scale;
use mamori_ledger::Ledger as _;
use queries::{By, Cell, Group, Risk, Totals, Which};
use scope::queries::{self as reach, Scope, Uncovered};

pub use document::document;

/// Risks explained with their reckoning.
const TOP: usize = 10;
/// Departments, threats and weaknesses listed.
const GROUPS: usize = 30;
/// Names listed of what is not judged.
const OPEN: usize = 30;

/// More threats than the catalogue has.
const IDLE: usize = 500;

/// The map of an earlier day.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// The day.
    pub on: Date,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// The facts of the report.
pub struct Source {
    /// The facts of the cover.
    pub cover: Cover,
    /// The register in numbers.
    pub totals: Totals,
    /// The limits.
    pub appetite: Appetite,
    /// The scale in force.
    pub scale: scale::Version,
    /// How deep is looked where.
    pub scopes: Vec<Scope>,
    /// The map of today.
    pub cells: Vec<Cell>,
    /// The map of the last report, or of three months ago before there was one.
    pub earlier: Option<Earlier>,
    /// The largest risks.
    pub top: Vec<Risk>,
    /// Measures of the largest risks.
    pub measures: Vec<Measure>,
    /// Risks by department.
    pub departments: Vec<Group>,
    /// Risks by threat.
    pub threats: Vec<Group>,
    /// Risks by weakness.
    pub weaknesses: Vec<Group>,
    /// Risks without numbers.
    pub unknown: Vec<Risk>,
    /// Assets that no risk names.
    pub uncovered: Uncovered,
    /// Threats that no risk names.
    pub idle: Vec<String>,
    /// The register, cut to what the file holds.
    pub register: Vec<Risk>,
    /// Names of the assets of these risks.
    pub assets: BTreeMap<String, String>,
}

/// Reads everything that the reader may see.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission on the register; database faults.
pub async fn collect(db: &mut impl Reader, now: jiff::Timestamp, options: Options) -> Result<Source> {
    let cover = Cover::read(db, now, options).await?;
    let today = cover.today;
    let top = queries::pick(db, Which::Judged, TOP).await?;
    let sees_measures = db.actor().can("treatment", Action::View);
    let ids: Vec<String> = top.iter().map(|risk| risk.id.clone()).collect();
    let measures = if sees_measures { measures::of_risks(db, &ids).await? } else { Vec::new() };
    let register = if cover.options.short { Vec::new() } else { queries::pick(db, Which::Living, cover.rows()).await? };
    let mut assets = queries::asset_names(db, &top).await?;
    assets.extend(queries::asset_names(db, &register).await?);
    let sees_assets = db.actor().can(InformationAsset::CODE, Action::View);
    Ok(Source {
        totals: queries::totals(db, today).await?,
        appetite: appetite::queries::current(db).await?,
        scale: scale::queries::current(db).await?,
        scopes: reach::scopes(db).await?,
        cells: queries::cells(db, None).await?,
        earlier: earlier(db, today).await?,
        departments: queries::groups(db, By::Department, GROUPS).await?,
        threats: queries::groups(db, By::Threat, GROUPS).await?,
        weaknesses: queries::groups(db, By::Weakness, GROUPS).await?,
        unknown: queries::pick(db, Which::Unknown, OPEN).await?,
        uncovered: if sees_assets { reach::uncovered(db, OPEN).await? } else { Uncovered::default() },
        idle: reach::idle_threats(db, IDLE).await?,
        cover,
        top,
        measures,
        register,
        assets,
    })
}

/// The map of the last report from before today, or of three months ago while there is none.
async fn earlier(db: &mut impl Reader, today: Date) -> Result<Option<Earlier>> {
    let last = last_of(db, Kind::Assessment).await?.unwrap_or_default();
    let on = [last.issued_on, last.before]
        .into_iter()
        .flatten()
        .find(|day| *day < today)
        .unwrap_or_else(|| today.saturating_sub(3.months()));
    let cells = queries::cells(db, Some(on)).await?;
    Ok((!cells.is_empty()).then_some(Earlier { on, cells }))
}

impl Source {
    /// Names of a risk's assets; those out of use without a name are left out.
    fn assets_of<'a>(&'a self, risk: &'a Risk) -> impl Iterator<Item = &'a str> {
        risk.assets.iter().filter_map(|id| self.assets.get(id)).map(String::as_str)
    }
}
