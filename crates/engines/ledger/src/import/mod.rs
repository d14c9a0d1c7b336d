//! Import: any workbook or csv into any ledger. Read → find the heading by meaning → plan every row → show → write all or nothing.
//!
//! Nothing is written before the plan is accepted, and the plan is made again inside the writing transaction: what was shown is what
//! is written ([`fingerprint`]), or it is shown again.

mod apply;
mod companion;
mod fingerprint;
mod mapping;
mod plan;

pub use apply::{Summary, apply};
pub use companion::{Companion, find_companions, plan_companions};
pub use fingerprint::fingerprint;
pub use mapping::{Mapping, guess, guess_companion, heading_rows, specs, unguessed, with_heading};
pub use plan::{Plan, Planned, Problem, State, make};

use std::sync::Arc;

use mamori_formats::sheet::{self, Limits, Workbook};
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_store::{Actor, Reader};

use crate::def::LedgerDef;
use crate::ops;
use crate::shape::Shape;
use crate::web::App;

/// Reads a file.
///
/// # Errors
/// [`Error::Refused`] with what is wrong with the file and what to do.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Workbook> {
    sheet::read(bytes, file_name, &Limits::default())
        .map_err(|error| Error::Refused(Words::owned(error.message(Lang::Ja), error.message(Lang::En))))
}

/// No heading of the ledger was found in the file.
pub fn no_heading(shape: &Shape) -> Error {
    let names = |lang: Lang| -> String {
        let heads: Vec<&str> =
            shape.visible().filter(|field| field.editable()).take(5).map(|field| field.words.get(lang)).collect();
        heads.join(lang.pick("、", ", "))
    };
    Error::Refused(Words::owned(
        format!(
            "見出しの行が見つかりませんでした。「{}」などの見出しがある表を選んでください。ひな形をダウンロードして使うこともできます。",
            names(Lang::Ja)
        ),
        format!(
            "No heading row was found. Please choose a table with headings such as {}. You can also download the template.",
            names(Lang::En)
        ),
    ))
}

/// What an import from the command line or the API came to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Rows made, changed, as they were, wrong.
    pub summary: Summary,
    /// What is wrong, row by row.
    pub problems: Vec<Problem>,
}

/// Reads, plans and – without wrong rows, unless it is a dry run – writes a file in one go.
///
/// # Errors
/// [`Error::Refused`] for a file that cannot be read; [`Error::Forbidden`]; database faults. Wrong rows are no error but an outcome.
pub async fn run(
    app: &App,
    actor: Arc<Actor>,
    def: &Arc<LedgerDef>,
    bytes: &[u8],
    file_name: &str,
    dry_run: bool,
) -> Result<Outcome> {
    if !actor.can(def.code, Action::Import) {
        return Err(ops::forbidden(def));
    }
    let workbook = read(bytes, file_name)?;
    let mut tx = app.db.tx(actor, app.clock.now()).await?;
    let shape = Shape::load(def, &mut tx).await?;
    let mut mapping = guess(&shape, &workbook).ok_or_else(|| no_heading(&shape))?;
    mapping.companions = find_companions(&app.registry, &mut tx, def, &workbook, mapping.sheet).await?;
    let companions = plan_companions(&app.registry, &mut tx, &workbook, &mapping).await?;
    let plan = make(&app.registry, &mut tx, &shape, &workbook, &mapping).await?;
    let problems: Vec<Problem> = plan.rows.iter().flat_map(|row| row.problems.clone()).collect();
    if dry_run || !problems.is_empty() {
        let summary = plan.summary();
        tx.rollback().await?;
        return Ok(Outcome { summary, problems });
    }
    for companion in companions.iter().filter(|companion| companion.fits()) {
        apply(&app.registry, &mut tx, &companion.shape, &companion.plan, file_name).await?;
    }
    let summary = apply(&app.registry, &mut tx, &shape, &plan, file_name).await?;
    if tx.is_untouched() {
        tx.rollback().await?;
    } else {
        tx.commit().await?;
    }
    Ok(Outcome { summary, problems })
}

/// Rows of a ledger in use, for matching.
pub(crate) async fn existing(
    registry: &crate::area::Registry,
    db: &mut impl Reader,
    shape: &Shape,
) -> Result<Vec<crate::record::Record>> {
    crate::query::all(registry, db, shape, &crate::query::ListQuery::default(), Action::View).await
}
