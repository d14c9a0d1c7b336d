//! Stories over HTTP with named people: 坂本 is the officer, 木村 the head of personnel, 灯野 the president.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod cases;
mod house;
mod sheets;
mod trees;
