//! Stories of this area, on every database at hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod effect;
mod house;
mod money;
mod pages;
mod request;
