//! Files, rules and stories of the engine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod files;
mod house;
mod pages;
mod properties;
mod rules;
mod stories;
