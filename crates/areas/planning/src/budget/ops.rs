//! Filling the budget: from the measures, and from last year's running cost.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::time;
use mamori_kernel::yen::Yen;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _, Registry, Values};
use mamori_store::Tx;

use super::queries;
use super::rules::{Again, again};
use crate::budget_item::{BudgetItem, State};
use crate::neighbours::money::{Class, Payment};

/// What taking over did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenOver {
    /// New amounts.
    pub added: usize,
    /// Planned amounts that follow their measure.
    pub changed: usize,
    /// Amounts that differ from their measure but were asked for already or removed by a person.
    pub kept: usize,
}

async fn shape(tx: &mut Tx, registry: &Registry) -> Result<Shape> {
    Shape::load(registry.ledger(BudgetItem::CODE).ok_or(Error::NotFound)?, tx).await
}

/// Takes the cost of all measures that the actor may see into the budget: one amount for each measure, year and class, however often it
/// is done. The caller has judged permission and commits.
///
/// # Errors
/// [`Error::Refused`] naming a measure whose cost cannot be planned; database faults.
pub async fn take_over(tx: &mut Tx, registry: &Registry) -> Result<TakenOver> {
    let shape = shape(tx, registry).await?;
    let known = queries::known(tx).await?;
    let this_year = queries::fiscal(tx).await?.year_of(time::today(tx.now()));
    let mut done = TakenOver::default();
    for mut measure in queries::measures(tx).await? {
        if measure.first_year == 0 {
            measure.first_year = this_year;
        }
        for taken in measure.amounts()? {
            let key = measure.key(&taken);
            let before = known.get(&key);
            match (again(before, taken.amount), before) {
                (Again::Add, _) => {
                    let values = Values::default()
                        .with("title", measure.title.as_str())
                        .with("fiscal_year", i64::from(taken.year))
                        .with("class", taken.class.code())
                        .with("treatment", measure.id.as_str())
                        .with("payment", Payment::Paid.code())
                        .with("amount", taken.amount.0)
                        .with("alternative", measure.free_alternative.as_str())
                        .with("department", measure.department.as_str())
                        .with("owner", measure.owner.as_str())
                        .with("source_key", key);
                    ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
                    done.added += 1;
                }
                (Again::Change, Some(before)) => {
                    let values = Values::default().with("amount", taken.amount.0);
                    ops::consequence(registry, tx, &shape, &before.id, values).await?;
                    done.changed += 1;
                }
                (Again::Keep, _) => done.kept += 1,
                (Again::Same | Again::Change, _) => {}
            }
        }
    }
    Ok(done)
}

/// Carries last year's running cost into a year: what was planned as 運用 without a measure that plans the year itself. Returns how many.
///
/// # Errors
/// Database faults.
pub async fn carry_over(tx: &mut Tx, registry: &Registry, year: i16) -> Result<usize> {
    let shape = shape(tx, registry).await?;
    let known = queries::known(tx).await?;
    let items = queries::items(tx).await?;
    let mut made = 0;
    for item in items.iter().filter(|item| item.year.checked_add(1) == Some(year) && item.class == Class::Operation && !item.spot)
    {
        let key = format!("carry:{}", item.id);
        let planned_itself = !item.treatment.is_empty()
            && items.iter().any(|other| other.year == year && other.class == item.class && other.treatment == item.treatment);
        // A second click, or a person who removed what was carried over, adds nothing.
        if planned_itself || known.contains_key(&key) || item.amount == Yen::ZERO {
            continue;
        }
        let values = Values::default()
            .with("title", item.title.as_str())
            .with("fiscal_year", i64::from(year))
            .with("class", item.class.code())
            .with("treatment", item.treatment.as_str())
            .with("payment", item.payment.code())
            .with("amount", item.amount.0)
            .with("state", State::Planned.code())
            .with("source_key", key);
        ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
        made += 1;
    }
    Ok(made)
}
