//! Everything the report says, read once.

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::time;
use mamori_ledger::area::Registry;
use mamori_ledger::query::{self, Labels, ListQuery};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Ledger as _, Record};
use mamori_store::Reader;

use super::cover::Cover;
use super::number::DocNumber;
use crate::acceptance::queries as acceptances;
use crate::assessment::Model;
use crate::assessment::queries::{Cell, DepartmentCounts, Standing, by_department, cells, ranked, standing};
use crate::neighbours::InformationAsset;
use crate::treatment::queries as treatments;

/// What the person who asks for the report chose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Number and version; `None` prints a draft.
    pub number: Option<DocNumber>,
    /// 取扱区分; empty uses 社外秘.
    pub classification: String,
    /// 作成者; empty uses the actor's name.
    pub author: String,
    /// Who approves, for the box on the cover; may be empty.
    pub approver: String,
    /// Leave out the full ledger.
    pub short: bool,
    /// For a workbook: longer lists, and tables that can be sorted.
    pub book: bool,
}

/// The facts of the report.
pub struct Source {
    /// The facts of the cover.
    pub cover: Cover,
    /// Figures.
    pub standing: Standing,
    /// Cells of the map.
    pub cells: Vec<Cell>,
    /// Counts by department.
    pub departments: Vec<DepartmentCounts>,
    /// Method and sheets.
    pub model: Model,
    /// All assets that the reader may see.
    pub assets: Vec<Record>,
    /// The asset ledger as the company sees it.
    pub shape: Shape,
    /// Names behind references.
    pub labels: Labels,
    /// Ids of the ten largest risks.
    pub top: Vec<String>,
    /// Treatments.
    pub treatments: Vec<treatments::Listed>,
    /// Acceptances in force or expired.
    pub acceptances: Vec<acceptances::Listed>,
}

/// Risks named in the report.
const TOP: i64 = 10;

/// Reads everything that the reader may see.
///
/// # Errors
/// [`Error::NotFound`] without permission on the asset ledger; database faults.
pub async fn collect(db: &mut impl Reader, registry: &Registry, now: jiff::Timestamp, options: Options) -> Result<Source> {
    let today = time::today(now);
    let def = registry.ledger(InformationAsset::CODE).ok_or(Error::NotFound)?;
    let shape = Shape::load(def, db).await?;
    let wanted = ListQuery { sort: "-risk_value".to_owned(), ..ListQuery::default() };
    let assets = query::all(registry, db, &shape, &wanted, Action::View).await?;
    let named: Vec<_> =
        shape.fields.iter().filter(|field| field.code == "department" || field.code == "owner").cloned().collect();
    let labels = query::labels(registry, db, &named, &assets).await?;
    let actor = db.actor().clone();
    let treatments = if actor.can("treatment", Action::View) { treatments::all(db).await? } else { Vec::new() };
    let acceptances = if actor.can("acceptance", Action::View) { acceptances::standing(db).await? } else { Vec::new() };
    Ok(Source {
        cover: Cover::read(db, now, options).await?,
        standing: standing(db, today).await?,
        cells: cells(db).await?,
        departments: by_department(db).await?,
        model: Model::load(db).await?,
        assets,
        shape,
        labels,
        top: ranked(db, TOP, false).await?,
        treatments,
        acceptances,
    })
}
