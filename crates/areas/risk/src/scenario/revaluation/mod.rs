//! 評価し直し: all risks at once, after a change of the scale or of the appetite, inside the database.

pub mod queries;
