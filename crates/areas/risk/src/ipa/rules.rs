//! How the IPA risk sheet computes: pure functions, no database, no clock.
//!
//! The chain for one asset row, in the order in which a person would explain it:
//!
//! 1. [`importance`]: the highest of confidentiality, integrity and availability (S2-D4-03).
//! 2. [`KindResult::from_answers`] and [`weakness_at`]: how well the storage place is guarded (S2-D4-06).
//! 3. [`likelihood`]: threat level and weakness level through the conversion table (domain.md §1.2).
//! 4. [`risk_value`]: importance × likelihood, on the company's [`Scale`].
//! 5. [`Bands::band`]: 大, 中 or 小, with bounds that the company may move.
//! 6. [`suggest`]: which of the four treatments to think of first (S2-D6-02).
//!
//! [`assess`] walks the whole chain and writes down every step as a [`Reckoning`], so that a screen can open any number
//! to its formula, inputs and source.

mod assess;
mod heat_map;
mod level;
mod scale;
#[cfg(test)]
mod tests;
mod treatment;
mod weakness;

pub use assess::{Assessment, Inputs, Missing, Outcome, Reckoning, Step, assess};
pub use heat_map::{HeatCell, HeatMap, heat_map};
pub use level::{Grade, LevelError, Likelihood, ThreatLevel, WeaknessLevel, importance, likelihood};
pub use scale::{Band, Bands, BandsError, RiskValue, Scale, risk_value};
pub use treatment::{Suggestion, SuggestionBounds, Treatment, suggest};
pub use weakness::{Answer, KindResult, PlaceWeakness, weakness_at};
