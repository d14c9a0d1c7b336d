//! Risk in yen: single loss, annual loss expectancy, the cost table of an incident, return of a measure, and a range by simulation.

pub mod rules;
