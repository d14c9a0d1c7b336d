//! Risk = asset value × threat × weakness × likelihood: pure functions, no database, no clock.
//!
//! [`Scale`] holds the levels of each factor and refuses a scale that cannot work; [`assess`] multiplies, judges against the
//! [`Threshold`] and writes down every step; [`ways_down`] says which single change would be enough.

mod judge;
mod scale;
#[cfg(test)]
mod tests;

pub use judge::{Assessment, Inputs, Threshold, Verdict, WayDown, assess, no_longer_acceptable, ways_down};
pub use scale::{Factor, Level, Scale, Used};
