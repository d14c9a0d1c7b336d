//! Stories over HTTP, told on SQLite and on PostgreSQL, and whole-process tests of the real binary. One test program, so that the
//! product is linked once.

#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
#![allow(dead_code, reason = "the harness offers more than every story uses")]

mod api;
mod harness;
mod ledger;
mod process;
mod routes;
mod schema;
mod sign_in;
mod trial;
mod unkind;
mod walls;
