//! Writing: one transaction with rows, change-log entries, events and jobs, or nothing at all.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use mamori_kernel::error::{Error, Result};
use mamori_kernel::id;
use serde_json::Value as Json;
use sqlx::{AssertSqlSafe, Postgres, Transaction};

use crate::actor::Actor;
use crate::arg::Arg;
use crate::change_log::{Change, Head};
use crate::db::{Db, Engine, Pools, fault};
use crate::row::Row;
use crate::sqlite;
use crate::view::bind_all;

enum Inner {
    Sqlite(sqlite::Lease),
    Pg(Transaction<'static, Postgres>),
}

/// Something that happened, for other areas to react to. Written in the same transaction as the rows.
#[derive(Clone, Debug)]
pub struct Event {
    /// Name in the past tense: `information_asset.saved`.
    pub name: String,
    /// What the subscribers need.
    pub payload: Json,
}

/// Rows of the transaction's own bookkeeping (log, links, search) are gathered and written many at a time: an import of 10,000 rows
/// would otherwise cost 40,000 statements more.
pub(crate) struct Append {
    /// Table name.
    pub table: &'static str,
    /// `insert into table (columns) values`.
    pub head: &'static str,
    /// One row; `?` stands for an argument, `@` for the company.
    pub row: &'static str,
    /// What follows the rows.
    pub tail: &'static str,
}

struct Pending {
    table: Cow<'static, str>,
    head: Cow<'static, str>,
    row: Cow<'static, str>,
    tail: &'static str,
    rows: usize,
    args: Vec<Arg>,
}

/// Rows of one gathered statement: far below the parameter limits of both databases (32,766 and 65,535).
const GATHERED: usize = 100;

/// Writes for one actor in one company. `$1` of every statement is the company. Dropped without [`Tx::commit`], nothing happened.
pub struct Tx {
    inner: Inner,
    actor: Arc<Actor>,
    engine: Engine,
    now: jiff::Timestamp,
    pub(crate) head: Option<Head>,
    wrote: bool,
    logged: bool,
    technical: bool,
    pending: Vec<Pending>,
    memo: HashMap<&'static str, String>,
    /// The first fault. PostgreSQL refuses everything after it; SQLite may have left the transaction (a full disk), so that a further
    /// statement would be real at once.
    failed: Option<Error>,
}

impl Db {
    /// Begins a writing transaction. On SQLite it holds the one write lock from the start, so it cannot fail half way.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the lock is not free in time; [`Error::Forbidden`] for a read-only actor.
    pub async fn tx(&self, actor: Arc<Actor>, now: jiff::Timestamp) -> Result<Tx> {
        if actor.read_only {
            return Err(Error::Forbidden(mamori_kernel::lang::Words::new(
                "この接続は閲覧専用です。書き込みができるトークンを使ってください。",
                "This connection is read-only. Please use a token that may write.",
            )));
        }
        let inner = match &self.pools {
            Pools::Sqlite { writer, .. } => Inner::Sqlite(writer.begin("begin immediate").await?),
            Pools::Pg { pool } => Inner::Pg(pool.begin().await.map_err(fault)?),
        };
        let mut tx = Tx {
            inner,
            actor,
            engine: self.engine(),
            now,
            head: None,
            wrote: false,
            logged: false,
            technical: false,
            pending: Vec::new(),
            memo: HashMap::new(),
            failed: None,
        };
        if tx.engine == Engine::Postgres {
            tx.rows("select set_config('mamori.company', $1, true)", vec![]).await?;
        }
        Ok(tx)
    }
}

impl Tx {
    /// Who writes.
    pub fn actor(&self) -> &Arc<Actor> {
        &self.actor
    }

    /// Which database is written.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The instant of this transaction: one for all its rows.
    pub fn now(&self) -> jiff::Timestamp {
        self.now
    }

    /// What a rule noted earlier in this transaction (the last number given, the version of a sheet), so that an import of 10,000 rows
    /// asks the database once.
    pub fn memo(&self, key: &'static str) -> Option<&str> {
        self.memo.get(key).map(String::as_str)
    }

    /// Notes something until the end of this transaction.
    pub fn set_memo(&mut self, key: &'static str, value: impl Into<String>) {
        self.memo.insert(key, value.into());
    }

    /// Adds a row to be written later in this transaction.
    pub(crate) async fn append(&mut self, spec: &'static Append, args: Vec<Arg>) -> Result<()> {
        let at = self.pending.iter().position(|pending| pending.head == spec.head).unwrap_or_else(|| {
            self.pending.push(Pending {
                table: Cow::Borrowed(spec.table),
                head: Cow::Borrowed(spec.head),
                row: Cow::Borrowed(spec.row),
                tail: spec.tail,
                rows: 0,
                args: Vec::new(),
            });
            self.pending.len() - 1
        });
        self.gather(at, args).await
    }

    /// Adds a new row of the company to be written later in this transaction, together with others like it: `columns` without
    /// `company_id`, one argument each. A reading of the same table writes it first. What the database refuses ends the transaction.
    ///
    /// # Errors
    /// As [`Tx::exec`].
    pub async fn insert_later(&mut self, table: &str, columns: &str, args: Vec<Arg>) -> Result<()> {
        self.wrote = true;
        let head = format!("insert into {table} (company_id, {columns}) values");
        let at = self.pending.iter().position(|pending| pending.head == head).unwrap_or_else(|| {
            self.pending.push(Pending {
                table: Cow::Owned(table.to_owned()),
                head: Cow::Owned(head),
                row: Cow::Owned(format!("(@{})", ", ?".repeat(args.len()))),
                tail: "",
                rows: 0,
                args: Vec::new(),
            });
            self.pending.len() - 1
        });
        self.gather(at, args).await
    }

    async fn gather(&mut self, at: usize, args: Vec<Arg>) -> Result<()> {
        let full = self.pending.get_mut(at).is_some_and(|pending| {
            pending.rows += 1;
            pending.args.extend(args);
            pending.rows >= GATHERED
        });
        if full { self.flush().await } else { Ok(()) }
    }

    /// Writes what was gathered, in the order in which the tables were first named; words come after the documents that they
    /// point to, whichever was named first since the last flush.
    async fn flush(&mut self) -> Result<()> {
        let mut gathered = std::mem::take(&mut self.pending);
        gathered.sort_by_key(|pending| pending.table == "search_fts");
        for Pending { head, row: one, tail, rows, args, .. } in gathered {
            let mut sql = String::with_capacity(head.len() + rows * one.len() * 2);
            sql.push_str(&head);
            // A table without a company column (the words of the index) takes no company.
            let named = one.contains('@');
            let mut n = usize::from(named);
            for row in 0..rows {
                sql.push_str(if row == 0 { " " } else { ", " });
                for part in one.chars() {
                    match part {
                        '?' => {
                            n += 1;
                            sql.push('$');
                            sql.push_str(&n.to_string());
                        }
                        '@' => sql.push_str("$1"),
                        other => sql.push(other),
                    }
                }
            }
            sql.push(' ');
            sql.push_str(tail);
            let args = if named { self.with_company(args) } else { args };
            self.run(&sql, args).await?;
        }
        Ok(())
    }

    async fn flush_for(&mut self, sql: &str) -> Result<()> {
        if self.pending.iter().any(|pending| sql.contains(pending.table.as_ref())) {
            self.flush().await?;
        }
        Ok(())
    }

    async fn run(&mut self, sql: &str, args: Vec<Arg>) -> Result<u64> {
        self.alive()?;
        let outcome = match &mut self.inner {
            Inner::Sqlite(lease) => lease.exec(sql, args),
            Inner::Pg(tx) => {
                let query = bind_all!(sqlx::query(AssertSqlSafe(sql.to_owned())), args);
                query.execute(&mut **tx).await.map(|done| done.rows_affected()).map_err(fault)
            }
        };
        self.note(outcome)
    }

    fn alive(&self) -> Result<()> {
        self.failed.clone().map_or(Ok(()), Err)
    }

    /// Remembers the first fault.
    fn note<T>(&mut self, outcome: Result<T>) -> Result<T> {
        outcome.inspect_err(|told| self.failed = Some(told.clone()))
    }

    fn with_company(&self, args: Vec<Arg>) -> Vec<Arg> {
        let mut all = Vec::with_capacity(args.len() + 1);
        all.push(Arg::from(self.actor.company_id.as_str()));
        all.extend(args);
        all
    }

    /// All rows of a statement; `args` start at `$2`.
    ///
    /// # Errors
    /// As [`crate::View::rows`].
    pub async fn rows(&mut self, sql: &str, args: Vec<Arg>) -> Result<Vec<Row>> {
        debug_assert!(sql.contains("$1"), "a statement that does not name the company: {sql}");
        self.flush_for(sql).await?;
        self.alive()?;
        let args = self.with_company(args);
        let outcome = match &mut self.inner {
            Inner::Sqlite(lease) => lease.rows(sql, &args),
            Inner::Pg(tx) => {
                let query = bind_all!(sqlx::query(AssertSqlSafe(sql.to_owned())), args);
                query.fetch_all(&mut **tx).await.map(|rows| rows.into_iter().map(Row::Pg).collect()).map_err(fault)
            }
        };
        self.note(outcome)
    }

    /// Runs a changing statement; `args` start at `$2`. Returns how many rows it touched.
    ///
    /// # Errors
    /// As [`crate::View::rows`].
    pub async fn exec(&mut self, sql: &str, args: Vec<Arg>) -> Result<u64> {
        self.wrote = true;
        self.exec_quietly(sql, args).await
    }

    pub(crate) async fn exec_quietly(&mut self, sql: &str, args: Vec<Arg>) -> Result<u64> {
        debug_assert!(sql.contains("$1"), "a statement that does not name the company: {sql}");
        self.flush_for(sql).await?;
        let args = self.with_company(args);
        self.run(sql, args).await
    }

    /// Writes a link between two rows; told twice, it is kept once.
    ///
    /// # Errors
    /// As [`Tx::exec`].
    pub async fn link(&mut self, from_ledger: &str, from_id: &str, field: &str, to_ledger: &str, to_id: &str) -> Result<()> {
        static LINK: Append = Append {
            table: "link",
            head: "insert into link (company_id, from_ledger, from_id, field, to_ledger, to_id) values",
            row: "(@, ?, ?, ?, ?, ?)",
            tail: "on conflict do nothing",
        };
        self.wrote = true;
        self.append(&LINK, crate::args![from_ledger, from_id, field, to_ledger, to_id]).await
    }

    /// Writes a change-log entry, chained to the one before.
    ///
    /// # Errors
    /// As [`crate::View::rows`].
    pub async fn log(&mut self, change: Change) -> Result<()> {
        self.logged = true;
        crate::change_log::append(self, change).await
    }

    /// Puts an event into the outbox.
    ///
    /// # Errors
    /// As [`crate::View::rows`].
    pub async fn emit(&mut self, event: Event) -> Result<()> {
        let now = self.now;
        self.exec_quietly(
            "insert into event_outbox (id, company_id, name, payload, created_at) values ($2, $1, $3, $4, $5)",
            crate::args![id::new(), event.name, event.payload.to_string(), now],
        )
        .await?;
        Ok(())
    }

    /// Declares that this transaction touches technical rows only (sessions, saved views, progress), so no log entry is owed.
    pub fn technical(&mut self) {
        self.technical = true;
    }

    /// Nothing was written so far.
    pub fn is_untouched(&self) -> bool {
        !self.wrote && !self.logged && self.pending.is_empty()
    }

    /// Makes everything real.
    ///
    /// # Errors
    /// [`Error::Internal`] when rows were changed without a log entry: a use case forgot it, and nothing is written. The first fault of
    /// the transaction when there was one.
    pub async fn commit(mut self) -> Result<()> {
        self.alive()?;
        if self.wrote && !self.logged && !self.technical {
            return Err(Error::Internal("a transaction changed rows without a change-log entry".to_owned()));
        }
        self.flush().await?;
        crate::change_log::save_head(&mut self).await?;
        match self.inner {
            Inner::Sqlite(lease) => lease.commit(),
            Inner::Pg(tx) => tx.commit().await.map_err(fault),
        }
    }

    /// Gives everything up.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away (which gives it up as well).
    pub async fn rollback(self) -> Result<()> {
        if self.failed.is_some() {
            // The database may have given it up already; dropping the handle does the rest.
            return Ok(());
        }
        match self.inner {
            // Dropping the lease rolls back.
            Inner::Sqlite(_) => Ok(()),
            Inner::Pg(tx) => tx.rollback().await.map_err(fault),
        }
    }
}

impl crate::view::Reader for Tx {
    async fn rows(&mut self, sql: &str, args: Vec<Arg>) -> Result<Vec<Row>> {
        Tx::rows(self, sql, args).await
    }
    fn actor(&self) -> &Arc<Actor> {
        &self.actor
    }
    fn engine(&self) -> Engine {
        self.engine
    }
}
