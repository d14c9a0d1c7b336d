//! Stories with named people: 坂本 is the officer, 灯野 the president, 木村 the head of personnel.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod costs;
mod decisions;
pub(crate) mod house;
mod pages;
pub(crate) mod register;
mod report;
mod stories;
mod treating;
