//! 予算: the sheet over all items — three classes by year, planned, granted and spent, the return of each measure — and what fills it.

pub mod ops;
pub mod pages;
pub(crate) mod panel;
pub mod queries;
pub mod rules;
pub(crate) mod sheet;
