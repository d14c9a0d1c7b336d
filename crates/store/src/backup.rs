//! Backup and restore: one file that holds everything of an installation and knows neither database by name.
//!
//! A backup is a ZIP archive: `manifest.json` (format, schema steps, row counts, ends of the change-log chains), one
//! `tables/NAME.jsonl` a table (every column; bytes in Base64), `files/HASH` for each attached file, and `secret.key`. It is read in
//! one transaction, so it is consistent although people go on working. A backup of SQLite restores into PostgreSQL and the other way round.
//!
//! Left out on purpose: sessions, password-reset links and throttle counters (after a restore everybody signs in anew), and the
//! search index, which is built again.
//!
//! **A backup is as secret as the data**: it holds the installation's key, so that second factors and mail passwords open again.
//! With a passphrase it is encrypted in the `age` format (age-encryption.org/v1) and opens with the standard tool as well; that is
//! what should leave the machine.

mod link;
mod manifest;
mod read;
mod restore;
mod schema;
mod write;

#[cfg(test)]
mod tests;

pub use manifest::{ChainMark, ColumnMark, FileMark, Kind, Manifest, StepMark, TableMark};
pub use read::{Checked, verify_backup};
pub use restore::{Restored, restore};
pub use write::{Summary, backup, mark_verified};

use std::path::Path;

use mamori_kernel::error::Error;

/// The version of the layout described above. A program reads every version up to its own.
pub const FORMAT: i64 = 1;

/// Tables that a backup leaves out.
const LEFT_OUT: [&str; 6] = ["schema_step", "search_doc", "search_fts", "session", "password_reset", "throttle"];

/// A fault of a file, with its name.
fn told(path: &Path, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::StorageFull,
        _ => Error::Internal(format!("{}: {error}", path.display())),
    }
}
