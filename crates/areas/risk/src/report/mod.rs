//! 情報資産リスク報告書: what the president reads, as PDF, and the IPA sheet as a workbook.

mod data;
mod document;
mod number;
pub mod pages;
pub mod queries;
mod tables;
mod workbook;

pub use data::{Options, Source, collect};
pub use document::{asset_risk, document};
pub use number::{DocNumber, issue, last_issued};
pub use workbook::workbook;
