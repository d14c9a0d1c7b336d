//! マトリックス法: how bad × how often, read from a table of nine cells (S2-D3-09).

pub mod rules;
