//! A transaction over the whole installation, for reading a backup and for loading one. Given up when dropped.

use mamori_kernel::error::{Error, Result};
use sqlx::{AssertSqlSafe, Postgres, Transaction};

use crate::arg::Arg;
use crate::db::{Db, Engine, Pools, fault};
use crate::row::Row;
use crate::sqlite;
use crate::view::bind_all;

pub(super) enum Link {
    Sqlite(sqlite::Lease),
    Pg(Transaction<'static, Postgres>),
}

impl Link {
    /// One consistent picture, however long reading takes.
    pub(super) async fn reading(db: &Db) -> Result<Link> {
        let link = match &db.pools {
            Pools::Sqlite { readers, .. } => Link::Sqlite(readers.begin("begin").await?),
            Pools::Pg { pool } => {
                Link::Pg(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await.map_err(fault)?)
            }
        };
        link.everywhere().await
    }

    /// All or nothing.
    pub(super) async fn writing(db: &Db) -> Result<Link> {
        let link = match &db.pools {
            Pools::Sqlite { writer, .. } => Link::Sqlite(writer.begin("begin immediate").await?),
            Pools::Pg { pool } => Link::Pg(pool.begin().await.map_err(fault)?),
        };
        link.everywhere().await
    }

    /// Row-level security must let every company through.
    async fn everywhere(mut self) -> Result<Link> {
        if self.engine() == Engine::Postgres {
            self.rows("select set_config('mamori.company', '*', true)", Vec::new()).await?;
        }
        Ok(self)
    }

    pub(super) fn engine(&self) -> Engine {
        match self {
            Link::Sqlite(_) => Engine::Sqlite,
            Link::Pg(_) => Engine::Postgres,
        }
    }

    pub(super) async fn rows(&mut self, sql: &str, args: Vec<Arg>) -> Result<Vec<Row>> {
        match self {
            Link::Sqlite(lease) => lease.rows(sql, &args),
            Link::Pg(tx) => {
                let query = bind_all!(sqlx::query(AssertSqlSafe(sql.to_owned())), args);
                Ok(query.fetch_all(&mut **tx).await.map_err(fault)?.into_iter().map(Row::Pg).collect())
            }
        }
    }

    pub(super) async fn exec(&mut self, sql: &str, args: Vec<Arg>) -> Result<()> {
        match self {
            Link::Sqlite(lease) => {
                lease.exec(sql, args)?;
            }
            Link::Pg(tx) => {
                let query = bind_all!(sqlx::query(AssertSqlSafe(sql.to_owned())), args);
                query.execute(&mut **tx).await.map_err(fault)?;
            }
        }
        Ok(())
    }

    pub(super) async fn script(&mut self, sql: &str) -> Result<()> {
        match self {
            Link::Sqlite(lease) => lease.script(sql),
            Link::Pg(tx) => {
                let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut **tx).await;
                done.map(|_| ()).map_err(|error| Error::Internal(error.to_string()))
            }
        }
    }

    pub(super) async fn commit(self) -> Result<()> {
        match self {
            Link::Sqlite(lease) => lease.commit(),
            Link::Pg(tx) => tx.commit().await.map_err(fault),
        }
    }
}
