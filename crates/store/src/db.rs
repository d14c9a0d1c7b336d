//! Opening the database: SQLite in a folder, or PostgreSQL behind a URL.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use mamori_kernel::error::{Error, Result};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use crate::sqlite;

/// Name of the SQLite file in the data folder.
pub const SQLITE_FILE: &str = "mamori.sqlite";

/// Which database is behind a handle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// SQLite in the data folder.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// Where the data lies.
#[derive(Clone, Debug)]
pub struct DbConfig {
    /// The data folder: attached files, keys, and the SQLite file.
    pub data_dir: PathBuf,
    /// `postgres://…` selects PostgreSQL; `None` is SQLite in the folder.
    pub url: Option<String>,
    /// Connections that may read at the same time.
    pub readers: u32,
}

impl DbConfig {
    /// SQLite in a folder.
    pub fn folder(dir: impl Into<PathBuf>) -> DbConfig {
        DbConfig { data_dir: dir.into(), url: None, readers: 4 }
    }
}

#[derive(Clone)]
pub(crate) enum Pools {
    Sqlite { writer: sqlite::Pool, readers: sqlite::Pool },
    Pg { pool: PgPool },
}

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(crate) pools: Pools,
    data_dir: Arc<PathBuf>,
}

/// Turns a fault of PostgreSQL into what the user is told, keeping constraint messages for the caller.
pub fn fault(error: sqlx::Error) -> Error {
    if let sqlx::Error::Database(db) = &error {
        let code = db.code().unwrap_or_default().into_owned();
        // disk_full; admin shutdown, serialization failure, deadlock.
        if code == "53100" {
            return Error::StorageFull;
        }
        if code.starts_with("57P") || code == "40001" || code == "40P01" {
            return Error::Unavailable;
        }
    }
    if matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::Io(_)) {
        return Error::Unavailable;
    }
    Error::Internal(error.to_string())
}

impl Db {
    /// Opens the database; creates the folder and the SQLite file where they are missing. Runs no migration.
    ///
    /// # Errors
    /// [`Error::Internal`] with the reason when the folder cannot be made or the server cannot be reached.
    pub async fn open(config: &DbConfig) -> Result<Db> {
        std::fs::create_dir_all(config.data_dir.join("files"))
            .map_err(|error| Error::Internal(format!("{}: {error}", config.data_dir.display())))?;
        let pools = match &config.url {
            None => {
                let file = config.data_dir.join(SQLITE_FILE);
                let writer = sqlite::Pool::open(&file, 1, false)?;
                Pools::Sqlite { writer, readers: sqlite::Pool::open(&file, config.readers.max(1), true)? }
            }
            Some(url) => {
                let options = PgConnectOptions::from_str(url).map_err(fault)?.application_name("mamori");
                let pool = PgPoolOptions::new()
                    .max_connections(config.readers.max(4) * 2)
                    .acquire_timeout(Duration::from_secs(20))
                    .connect_with(options)
                    .await
                    .map_err(fault)?;
                Pools::Pg { pool }
            }
        };
        Ok(Db { pools, data_dir: Arc::new(config.data_dir.clone()) })
    }

    /// Which database this is.
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Pg { .. } => Engine::Postgres,
        }
    }

    /// The data folder.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Closes all connections; on SQLite this folds the write-ahead log into the file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Pg { pool } => pool.close().await,
        }
    }
}
