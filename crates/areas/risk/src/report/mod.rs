//! What the management reads, as files: [`register`] the full risk assessment, [`plan`] the measures, [`residual`] what is left and who
//! accepted it, and the asset report with the IPA sheet as a workbook.

mod columns;
mod cover;
mod data;
mod document;
pub mod files;
mod kind;
mod number;
pub mod pages;
pub mod plan;
pub mod queries;
pub mod register;
pub mod residual;
mod tables;
#[cfg(test)]
mod tests;
mod words;
mod workbook;

pub use cover::Cover;
pub use data::{Options, Source, collect};
pub use document::{asset_risk, document};
pub use files::{File, make};
pub use kind::{Format, Kind};
pub use number::{DocNumber, issue, issue_of, last_issued, last_of};
pub use workbook::workbook;
