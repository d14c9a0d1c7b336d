//! A small company approves purchases, on SQLite and – where `TEST_DATABASE_URL` names a server – on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod house;
mod pages;
mod people;
mod stories;
mod troubles;
