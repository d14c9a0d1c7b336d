//! How risk becomes money: pure functions, no database, no clock, no hidden randomness.
//!
//! The way from a fear to a decision (S2-D1-05, S2-D5-22..24):
//!
//! 1. How much does one case cost? [`single_loss`] from value × share, from persons × amount, or from the itemised table of
//!    [`incident_cost`] (SLE, 単一損失予想額).
//! 2. How often? [`Occurrence`], a fraction such as 1/10 (ARO, 年間発生率).
//! 3. [`annual_loss`]: SLE × ARO (ALE, 年間予想損失額), and [`judge`] against the company's amount (S2-D6-09).
//! 4. [`worth`] and [`invest`]: what a measure may cost and what it brings (S2-D6-18).
//! 5. Nobody knows one number: [`simulate`] works with least, likely and most.
//!
//! # Rounding
//! Amounts are whole yen and never pass through binary fractions. A product with a fraction is rounded half up to whole yen, once, at the step
//! that is shown, and the next step goes on with the shown number, so that a person with a pocket calculator gets the same. A part of
//! a person counts as one person (rounded up). Only the simulation uses floating point; see [`simulate`] for why it still gives
//! the same numbers everywhere.

mod fraction;
mod incident_cost;
mod investment;
mod loss;
mod portable;
mod quantile;
mod simulation;
#[cfg(test)]
mod tests;

pub use fraction::{Fraction, Occurrence, Share};
pub use incident_cost::{Basis, CostLine, IncidentCost, incident_cost};
pub use investment::{Investment, Return, Worth, YearOfReturn, invest, worth};
pub use loss::{AnnualLoss, Computed, LARGEST, LossInput, Verdict, annual_loss, judge, single_loss};
pub use quantile::Range;
pub use simulation::{Bin, Distribution, MOST_OFTEN, Simulation, View, simulate};
