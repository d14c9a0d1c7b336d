//! Reading.

use std::sync::Arc;

use mamori_kernel::error::{Error, Result};
use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, Postgres};

use crate::actor::Actor;
use crate::arg::Arg;
use crate::db::{Db, Engine, Pools, fault};
use crate::row::Row;
use crate::sqlite;

pub(crate) enum Conn {
    Sqlite(sqlite::Lease),
    Pg(PoolConnection<Postgres>),
}

macro_rules! bind_all {
    ($query:expr, $args:expr) => {{
        let mut query = $query;
        for arg in $args {
            query = match arg {
                Arg::Text(value) => query.bind(value.map(crate::arg::storable)),
                Arg::Int(value) => query.bind(value),
                Arg::Real(value) => query.bind(value),
                Arg::Bytes(value) => query.bind(value),
            };
        }
        query
    }};
}
pub(crate) use bind_all;

impl Conn {
    pub(crate) async fn rows(&mut self, sql: &str, args: Vec<Arg>) -> Result<Vec<Row>> {
        match self {
            Conn::Sqlite(lease) => lease.rows(sql, &args),
            Conn::Pg(conn) => {
                let query = bind_all!(sqlx::query(AssertSqlSafe(sql.to_owned())), args);
                let rows = query.fetch_all(&mut **conn).await.map_err(fault)?;
                Ok(rows.into_iter().map(Row::Pg).collect())
            }
        }
    }

    async fn bind_company(&mut self, company: &str) -> Result<()> {
        if let Conn::Pg(_) = self {
            self.rows("select set_config('mamori.company', $1, false)", vec![Arg::from(company)]).await?;
        }
        Ok(())
    }
}

impl Db {
    pub(crate) async fn reader(&self) -> Result<Conn> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => Ok(Conn::Sqlite(readers.lease().await?)),
            Pools::Pg { pool } => Ok(Conn::Pg(pool.acquire().await.map_err(fault)?)),
        }
    }

    /// Opens a reading handle for an actor in his company.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection becomes free.
    pub async fn view(&self, actor: Arc<Actor>) -> Result<View> {
        let mut conn = self.reader().await?;
        conn.bind_company(&actor.company_id).await?;
        Ok(View { conn, actor, engine: self.engine(), moment: None })
    }

    /// Opens the handle for what happens before a company is known.
    ///
    /// # Errors
    /// As [`Db::view`].
    pub async fn system(&self) -> Result<System> {
        let mut conn = match &self.pools {
            Pools::Sqlite { writer, .. } => Conn::Sqlite(writer.lease().await?),
            Pools::Pg { pool } => Conn::Pg(pool.acquire().await.map_err(fault)?),
        };
        conn.bind_company("*").await?;
        Ok(System { conn, engine: self.engine() })
    }

    /// As [`Db::system`], for reading only: does not queue behind writers on SQLite.
    ///
    /// # Errors
    /// As [`Db::view`].
    pub async fn system_view(&self) -> Result<System> {
        let mut conn = self.reader().await?;
        conn.bind_company("*").await?;
        Ok(System { conn, engine: self.engine() })
    }
}

/// Reads for one actor in one company. `$1` of every statement is the company.
pub struct View {
    conn: Conn,
    actor: Arc<Actor>,
    engine: Engine,
    /// The end of the company's change log when it was first asked for.
    moment: Option<Arc<str>>,
}

impl View {
    /// Who reads.
    pub fn actor(&self) -> &Arc<Actor> {
        &self.actor
    }

    /// Which database is read.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// All rows of a statement; `args` start at `$2`.
    ///
    /// # Errors
    /// [`Error::Internal`] for a wrong statement, [`Error::Unavailable`] when the database is away.
    pub async fn rows(&mut self, sql: &str, args: Vec<Arg>) -> Result<Vec<Row>> {
        debug_assert!(sql.contains("$1"), "a statement that does not name the company: {sql}");
        let mut all = Vec::with_capacity(args.len() + 1);
        all.push(Arg::from(self.actor.company_id.as_str()));
        all.extend(args);
        self.conn.rows(sql, all).await
    }
}

/// Reads and writes outside any company: accounts, sessions, jobs, migrations. Nothing of a company's ledgers.
pub struct System {
    pub(crate) conn: Conn,
    engine: Engine,
}

impl System {
    /// Which database this is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// All rows of a statement; `args` start at `$1`.
    ///
    /// # Errors
    /// As [`View::rows`].
    pub async fn rows(&mut self, sql: &str, args: Vec<Arg>) -> Result<Vec<Row>> {
        self.conn.rows(sql, args).await
    }

    /// The first row, if any.
    ///
    /// # Errors
    /// As [`View::rows`].
    pub async fn first(&mut self, sql: &str, args: Vec<Arg>) -> Result<Option<Row>> {
        Ok(self.rows(sql, args).await?.into_iter().next())
    }

    /// Runs a statement that changes technical rows; returns how many.
    ///
    /// # Errors
    /// As [`View::rows`].
    pub async fn exec(&mut self, sql: &str, args: Vec<Arg>) -> Result<u64> {
        match &mut self.conn {
            Conn::Sqlite(lease) => lease.exec(sql, args),
            Conn::Pg(conn) => {
                let query = bind_all!(sqlx::query(AssertSqlSafe(sql.to_owned())), args);
                Ok(query.execute(&mut **conn).await.map_err(fault)?.rows_affected())
            }
        }
    }

    /// Runs several statements of our own at once (migrations).
    ///
    /// # Errors
    /// [`Error::Internal`] with the database's message.
    pub async fn script(&mut self, sql: &str) -> Result<()> {
        match &mut self.conn {
            Conn::Sqlite(lease) => lease.script(sql),
            Conn::Pg(conn) => {
                let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut **conn).await;
                done.map(|_| ()).map_err(|error| Error::Internal(error.to_string()))
            }
        }
    }

    /// Proves that a statement can be prepared (a test runs this over every statement of the product).
    ///
    /// # Errors
    /// The database's message.
    pub async fn prepare(&mut self, sql: &str) -> Result<()> {
        use sqlx::Executor as _;
        match &mut self.conn {
            Conn::Sqlite(lease) => lease.prepare(sql),
            Conn::Pg(conn) => {
                let sql = sqlx::SqlStr::from_static(Box::leak(sql.to_owned().into_boxed_str()));
                (&mut **conn).prepare(sql).await.map(|_| ()).map_err(|error| Error::Internal(error.to_string()))
            }
        }
    }
}

/// What both [`View`] and [`crate::Tx`] can do: read for an actor in his company. Queries are written once against this.
pub trait Reader: Send {
    /// All rows of a statement; `$1` is the company, `args` start at `$2`.
    fn rows(&mut self, sql: &str, args: Vec<Arg>) -> impl Future<Output = Result<Vec<Row>>> + Send;
    /// Who reads.
    fn actor(&self) -> &Arc<Actor>;
    /// Which database is read.
    fn engine(&self) -> Engine;

    /// The end of the company's change log: as long as it is the same, so are the company's rows. `None` while they are being changed
    /// (in a [`crate::Tx`]) and before the first change.
    fn moment(&mut self) -> impl Future<Output = Result<Option<Arc<str>>>> + Send {
        async { Ok(None) }
    }

    /// The first row, if any.
    fn first(&mut self, sql: &str, args: Vec<Arg>) -> impl Future<Output = Result<Option<Row>>> + Send {
        async move { Ok(self.rows(sql, args).await?.into_iter().next()) }
    }

    /// The number in column `n` of the first row.
    fn count(&mut self, sql: &str, args: Vec<Arg>) -> impl Future<Output = Result<i64>> + Send {
        async move {
            match self.first(sql, args).await? {
                Some(row) => row.get("n"),
                None => Ok(0),
            }
        }
    }
}

impl Reader for View {
    async fn rows(&mut self, sql: &str, args: Vec<Arg>) -> Result<Vec<Row>> {
        View::rows(self, sql, args).await
    }
    fn actor(&self) -> &Arc<Actor> {
        &self.actor
    }
    fn engine(&self) -> Engine {
        self.engine
    }
    async fn moment(&mut self) -> Result<Option<Arc<str>>> {
        if self.moment.is_none() {
            let row = self.first("select hash from change_head where company_id = $1 and seq > 0", Vec::new()).await?;
            self.moment = row.map(|row| row.text("hash")).transpose()?.map(Arc::from);
        }
        Ok(self.moment.clone())
    }
}
