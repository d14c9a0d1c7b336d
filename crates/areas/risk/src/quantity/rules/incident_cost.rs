//! The itemised cost of one incident (S2-D5-23): a table that a company edits line by line.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::reckoning::Reckoning;
use mamori_kernel::yen::{Yen, group_thousands};

use super::loss::{too_large, yen_words};
use super::{Computed, LARGEST, Share};

/// How often a cost falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// So many months, visits or pages, whatever the number of persons. 0 means: we would not do this.
    Fixed(u32),
    /// For this share of the persons who are hit, such as 0.1 % who join a lawsuit; a part of a person is a person.
    PerPerson(Share),
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostLine {
    /// What it is for.
    pub name: Words,
    /// How often it falls due.
    pub basis: Basis,
    /// Yen for one; 0 is allowed for what costs only working time.
    pub unit_cost: Yen,
}

/// The table worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentCost {
    /// The amount of each line, in the order given.
    pub lines: Vec<Yen>,
    /// Sum with the steps; usable as [`LossInput::Itemised`](super::LossInput::Itemised).
    pub total: Computed,
}

/// Works out the table for `persons` who are hit (T4: the seed's lines sum to 2,786万円 for 20,000 persons).
///
/// # Errors
/// A field error on `unit_cost` that names the line when a price is negative, or when the sum is beyond [`LARGEST`].
pub fn incident_cost(lines: &[CostLine], persons: u64) -> Result<IncidentCost> {
    let mut amounts = Vec::with_capacity(lines.len());
    let mut reckoning = Reckoning::default();
    let mut sum = Yen::ZERO;
    for line in lines {
        if line.unit_cost < Yen::ZERO {
            return Err(Error::field(
                "unit_cost",
                Words::owned(
                    format!("「{}」の単価が0円より小さくなっています。0円以上で入力してください。", line.name.ja),
                    format!("The price of “{}” is below ¥0. Enter ¥0 or more.", line.name.en),
                ),
            ));
        }
        let (count, expression) = count(line, persons);
        let amount = i64::try_from(count)
            .ok()
            .and_then(|count| line.unit_cost.checked_mul(count))
            .and_then(|amount| Some((amount, sum.checked_add(amount)?)));
        let Some((amount, next)) = amount.filter(|(_, next)| *next <= LARGEST) else { return Err(too_large("unit_cost")) };
        sum = next;
        amounts.push(amount);
        reckoning = reckoning.step(line.name.clone(), expression, yen_words(amount), Words::new("S2-D5-23", "S2-D5-23"));
    }
    let reckoning = reckoning.step(
        Words::new("費用の合計(SLE)", "Sum of the costs (SLE)"),
        Words::owned(format!("{}項目の合計", lines.len()), format!("sum of {} lines", lines.len())),
        yen_words(sum),
        Words::new("S2-D5-23", "S2-D5-23"),
    );
    Ok(IncidentCost { lines: amounts, total: Computed { value: sum, reckoning } })
}

fn count(line: &CostLine, persons: u64) -> (u64, Words) {
    let price = |lang| line.unit_cost.format(lang);
    match line.basis {
        Basis::Fixed(0) => (0, Words::new("行わない", "not done")),
        Basis::Fixed(times) => {
            let shown = group_thousands(u64::from(times));
            (u64::from(times), Words::owned(format!("{shown} × {}", price(Lang::Ja)), format!("{shown} × {}", price(Lang::En))))
        }
        Basis::PerPerson(share) => {
            let hit = share.fraction().of_persons(persons);
            let (all, shown) = (group_thousands(persons), group_thousands(hit));
            (
                hit,
                Words::owned(
                    format!("{all}人 × {share} = {shown}人 × {}", price(Lang::Ja)),
                    format!("{all} persons × {share} = {shown} × {}", price(Lang::En)),
                ),
            )
        }
    }
}
