//! Use case: change the appetite.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::time;
use mamori_ledger::Ledger as _;
use mamori_ledger::area::Registry;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::record::Values;
use mamori_ledger::shape::Shape;
use mamori_store::{Reader, Tx};

use super::rules::{Input, judge};
use super::{Appetite, RiskAppetite, queries};
use crate::acceptance::queries::{Which, in_force};
use crate::acceptance::rules::reconsider;
use crate::acceptance::{Comeback, ops as acceptances};
use crate::scale;
use crate::scenario::queries as scenarios;

/// What a new appetite does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Risks above the appetite before.
    pub above: i64,
    /// Risks that it puts above.
    pub more: i64,
    /// Risks that it takes from above.
    pub fewer: i64,
    /// Accepted risks that come back for a decision.
    pub back: usize,
}

/// Reads what was typed against the company's scale and the appetite in force.
///
/// # Errors
/// As [`judge`]; database faults.
pub async fn read(db: &mut impl Reader, input: &Input) -> Result<Appetite> {
    let scale = scale::queries::current(db).await?.scale;
    let now = queries::current(db).await?;
    judge(input, &scale, now)
}

/// What an appetite would do, before it is saved.
///
/// # Errors
/// Database faults.
pub async fn effect(db: &mut impl Reader, appetite: Appetite, now: jiff::Timestamp) -> Result<Effect> {
    let (above, more, fewer) = queries::counts(db, appetite).await?;
    let today = time::today(now);
    let comes_back = |row: &crate::acceptance::queries::InForce| {
        reconsider(&row.accepted, &row.now, row.happened, appetite, today) == Some(Comeback::AppetiteChanged)
    };
    let back = in_force(db, Which::All).await?.iter().filter(|row| comes_back(row)).count();
    Ok(Effect { above, more, fewer, back })
}

/// Puts a new version in force, judges every risk by it and lets accepted ones come back. `seen` is the version that the person saw. The
/// caller has judged permission.
///
/// # Errors
/// [`Error::Invalid`] for numbers that do not fit; [`Error::Refused`] when nothing changes; [`Error::Conflict`] when somebody was faster.
pub async fn change(tx: &mut Tx, registry: &Registry, input: &Input, seen: i64, base_url: &str) -> Result<Effect> {
    let now = queries::current(tx).await?;
    if now.number != seen {
        return Err(Error::Conflict { current: now.number });
    }
    let appetite = read(tx, input).await?;
    let said = effect(tx, appetite, tx.now()).await?;
    let today = time::today(tx.now());
    let def = registry.ledger(RiskAppetite::CODE).ok_or(Error::NotFound)?;
    let shape = Shape::load(def, tx).await?;
    let name = format!("第{}版", appetite.number);
    let values = Values::default()
        .with("name", name.as_str())
        .with("number", appetite.number)
        .with("score", appetite.score)
        .with("yen", appetite.yen)
        .with("from_date", today)
        .with("reason", input.reason.trim());
    ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
    let cause = tx.actor().lang.pick("受容基準の変更", "The appetite changed");
    tx.set_memo(scenarios::CAUSE, cause);
    scenarios::rejudge(tx, appetite.score, appetite.yen).await?;
    tx.set_memo(scenarios::CAUSE, "");
    let back = acceptances::reconsider(tx, registry, Which::All, base_url).await?;
    Ok(Effect { back, ..said })
}
