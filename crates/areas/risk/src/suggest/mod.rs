//! リスクの候補: scenarios that the ledger, the storage places, the threats and the measure check suggest – best first, few enough to go
//! through in an afternoon; each is accepted or put aside with a reason.

mod catalog;
pub mod ops;
pub mod pages;
pub mod queries;
pub mod rules;
#[cfg(test)]
mod tests;
mod words;
