//! SQLite, asked in the calling thread.
//!
//! A question to a file takes microseconds; handing it to another thread and every row back took ten times as long (decision 0010). Each
//! pool gives out fewer connections than the program has worker threads, so that a long answer never holds up the others.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mamori_kernel::error::{Error, Result};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ErrorCode, ToSql};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::arg::{Arg, storable};
use crate::row::{Cells, Row, Value};

/// How long a connection waits for a writer of another process.
const BUSY: Duration = Duration::from_secs(10);

/// How long somebody waits for a connection of ours.
const WAIT: Duration = Duration::from_secs(30);

/// Statements kept ready, per connection.
const STATEMENTS: usize = 256;

/// Turns SQLite's fault into what the user is told.
pub(crate) fn fault(error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::StorageFull,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Unavailable,
        _ => Error::Internal(error.to_string()),
    }
}

/// Connections to one file, opened when they are needed.
#[derive(Clone)]
pub(crate) struct Pool(Arc<Inside>);

struct Inside {
    file: PathBuf,
    read_only: bool,
    idle: Mutex<Vec<Connection>>,
    size: u32,
    permits: Arc<Semaphore>,
}

impl Pool {
    /// Opens the first connection at once: a file that cannot be used is known at the start.
    pub(crate) fn open(file: &Path, size: u32, read_only: bool) -> Result<Pool> {
        let inside = Inside {
            file: file.to_owned(),
            read_only,
            idle: Mutex::default(),
            size,
            permits: Arc::new(Semaphore::new(usize::try_from(size).unwrap_or(1))),
        };
        let first = inside.connect()?;
        inside.give_back(first);
        Ok(Pool(Arc::new(inside)))
    }

    /// A connection of one's own until it is dropped.
    pub(crate) async fn lease(&self) -> Result<Lease> {
        let waited = tokio::time::timeout(WAIT, self.0.permits.clone().acquire_owned()).await;
        let permit = waited.map_err(|_| Error::Unavailable)?.map_err(|_| Error::Unavailable)?;
        let idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.0.connect()?,
        };
        Ok(Lease { connection: Some(Mutex::new(connection)), pool: self.0.clone(), _permit: permit })
    }

    /// A connection with a transaction that `begin` opens; given up when dropped without [`Lease::commit`].
    pub(crate) async fn begin(&self, begin: &str) -> Result<Lease> {
        let mut lease = self.lease().await?;
        lease.exec(begin, Vec::new())?;
        Ok(lease)
    }

    /// Waits for all connections to come back and closes them.
    pub(crate) async fn close(&self) {
        let all = self.0.permits.acquire_many(self.0.size);
        let _ = tokio::time::timeout(WAIT, all).await;
        self.0.permits.close();
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Inside {
    fn connect(&self) -> Result<Connection> {
        let open = || {
            let connection = Connection::open(&self.file)?;
            connection.busy_timeout(BUSY)?;
            connection.set_prepared_statement_cache_capacity(STATEMENTS);
            // FULL: what was answered with "saved" survives a power cut. Caches of 8 MB each; a mapped file would count in full for
            // every connection.
            connection.execute_batch(
                "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
                 pragma cache_size = -8000; pragma temp_store = memory;",
            )?;
            if self.read_only {
                connection.execute_batch("pragma query_only = on")?;
            }
            Ok(connection)
        };
        open().map_err(|error: rusqlite::Error| match fault(error) {
            Error::Internal(reason) => Error::Internal(format!("{}: {reason}", self.file.display())),
            other => other,
        })
    }

    /// A connection that is still in a transaction and cannot leave it is not used again.
    fn give_back(&self, connection: Connection) {
        if !connection.is_autocommit() && connection.execute_batch("rollback").is_err() {
            return;
        }
        if !self.permits.is_closed() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
    }
}

/// A connection in use. Behind a mutex only so that handles may be shared between threads; it is never locked twice.
pub(crate) struct Lease {
    connection: Option<Mutex<Connection>>,
    pool: Arc<Inside>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.pool.give_back(connection.into_inner().unwrap_or_else(PoisonError::into_inner));
        }
    }
}

impl ToSql for Arg {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Arg::Text(Some(text)) if text.contains('\0') => ToSqlOutput::from(storable(text.clone())),
            Arg::Text(Some(text)) => ToSqlOutput::from(text.as_str()),
            Arg::Int(Some(n)) => ToSqlOutput::from(*n),
            Arg::Real(Some(n)) => ToSqlOutput::from(*n),
            Arg::Bytes(Some(bytes)) => ToSqlOutput::from(bytes.as_slice()),
            Arg::Text(None) | Arg::Int(None) | Arg::Real(None) | Arg::Bytes(None) => ToSqlOutput::Borrowed(ValueRef::Null),
        })
    }
}

/// `$3` is the third argument, wherever it stands in the text: PostgreSQL's way. SQLite takes it for a name and would look every one of
/// the thousands of an import up in a list; `?3` it takes for what it is.
fn numbered(sql: &str) -> String {
    let mut quoted = false;
    let mut text = String::with_capacity(sql.len());
    let mut rest = sql.chars().peekable();
    while let Some(one) = rest.next() {
        quoted ^= one == '\'';
        let argument = one == '$' && !quoted && rest.peek().is_some_and(char::is_ascii_digit);
        text.push(if argument { '?' } else { one });
    }
    text
}

fn bind(statement: &mut CachedStatement<'_>, args: &[Arg]) -> rusqlite::Result<()> {
    let wanted = statement.parameter_count();
    if wanted > args.len() {
        return Err(rusqlite::Error::InvalidParameterCount(args.len(), wanted));
    }
    for (at, arg) in args.iter().take(wanted).enumerate() {
        statement.raw_bind_parameter(at + 1, arg)?;
    }
    Ok(())
}

fn value(found: ValueRef<'_>) -> rusqlite::Result<Value> {
    Ok(match found {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(n) => Value::Real(n),
        ValueRef::Text(text) => Value::Text(std::str::from_utf8(text)?.to_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    })
}

impl Lease {
    fn connection(&mut self) -> Result<&mut Connection> {
        let connection = self.connection.as_mut().ok_or(Error::Unavailable)?;
        Ok(connection.get_mut().unwrap_or_else(PoisonError::into_inner))
    }

    /// All rows of a statement.
    pub(crate) fn rows(&mut self, sql: &str, args: &[Arg]) -> Result<Vec<Row>> {
        let connection = self.connection()?;
        let read = || {
            let mut statement = connection.prepare_cached(&numbered(sql))?;
            bind(&mut statement, args)?;
            let names: Arc<[Box<str>]> = statement.column_names().map(Box::from).collect();
            let mut found = statement.raw_query();
            let mut rows = Vec::new();
            while let Some(row) = found.next()? {
                let values = (0..names.len()).map(|at| value(row.get_ref(at)?)).collect::<rusqlite::Result<_>>()?;
                rows.push(Row::Sqlite(Cells { names: names.clone(), values }));
            }
            Ok(rows)
        };
        read().map_err(fault)
    }

    /// Runs a statement; returns how many rows it changed.
    pub(crate) fn exec(&mut self, sql: &str, args: Vec<Arg>) -> Result<u64> {
        let connection = self.connection()?;
        let run = || {
            let mut statement = connection.prepare_cached(&numbered(sql))?;
            bind(&mut statement, &args)?;
            let mut found = statement.raw_query();
            while found.next()?.is_some() {}
            Ok(connection.changes())
        };
        run().map_err(fault)
    }

    /// Runs several statements of our own.
    pub(crate) fn script(&mut self, sql: &str) -> Result<()> {
        self.connection()?.execute_batch(sql).map_err(fault)
    }

    /// Proves that a statement can be prepared.
    pub(crate) fn prepare(&mut self, sql: &str) -> Result<()> {
        self.connection()?.prepare(&numbered(sql)).map(|_| ()).map_err(fault)
    }

    /// Makes the transaction real.
    pub(crate) fn commit(mut self) -> Result<()> {
        self.script("commit")
    }
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn arguments_are_numbers_and_quoted_text_stays() {
        assert_eq!(
            numbered("select a from t where b = $1 and c in ($12, $2)"),
            "select a from t where b = ?1 and c in (?12, ?2)"
        );
        assert_eq!(
            numbered("select '$1', x->>'$.\"a\"' from t where y = 'it''s $2' and z = $3"),
            "select '$1', x->>'$.\"a\"' from t where y = 'it''s $2' and z = ?3"
        );
    }
}
