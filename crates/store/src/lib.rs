//! Where mamori keeps things: one enum over two databases, reads bound to a company, writes as one logged transaction.
//!
//! * [`Db`] opens SQLite (a folder) or PostgreSQL (a URL) and is the only place that knows which one it is.
//! * [`View`] reads for one actor in one company; [`Tx`] writes for one actor in one company; [`System`] serves what happens
//!   before a company is known (signing in, jobs, migrations).
//! * Every statement of a `View` or `Tx` has the company as `$1`; it is bound by the handle and cannot be forgotten.

mod actor;
mod arg;
pub mod backup;
mod change_log;
mod company;
mod db;
pub mod dialect;
pub mod files;
pub mod mail;
pub mod migrate;
mod row;
pub mod search;
pub mod secrets;
mod sqlite;
mod tx;
mod view;

pub use actor::{Actor, Origin};
pub use arg::Arg;
pub use change_log::{Change, LogEntry, Verification, verify, verify_all};
pub use company::company_ids;
pub use db::{Db, DbConfig, Engine, SQLITE_FILE, fault};
pub use row::Row;
pub use tx::{Event, Tx};
pub use view::{Reader, System, View};
