//! 対策予算: what security costs before, during and after, year by year (S2-D6-12, S2-D6-13).

pub mod rules;
