//! A row of either database, read by column name.

use kernel::error::{Error, Result};
use mamori_kernel as kernel;
use sqlx::Row as _;

/// One row.
pub enum Row {
    /// From SQLite.
    Sqlite(sqlx::sqlite::SqliteRow),
    /// From PostgreSQL.
    Pg(sqlx::postgres::PgRow),
}

/// A kind that can be read from a column.
pub trait Column: Sized {
    /// Reads the column.
    ///
    /// # Errors
    /// [`Error::Internal`] when the column is missing or of another kind: a fault of the program.
    fn read(row: &Row, name: &str) -> Result<Self>;

    /// Reads the column at a position: wide rows are read in order, and looking a name up costs more than reading its value.
    ///
    /// # Errors
    /// As [`Column::read`].
    fn read_at(row: &Row, at: usize) -> Result<Self>;
}

macro_rules! column {
    ($($kind:ty),+) => { $(
        impl Column for $kind {
            fn read(row: &Row, name: &str) -> Result<Self> {
                let read = match row {
                    Row::Sqlite(row) => row.try_get::<$kind, _>(name),
                    Row::Pg(row) => row.try_get::<$kind, _>(name),
                };
                read.map_err(|error| Error::Internal(format!("column {name}: {error}")))
            }

            fn read_at(row: &Row, at: usize) -> Result<Self> {
                let read = match row {
                    Row::Sqlite(row) => row.try_get::<$kind, _>(at),
                    Row::Pg(row) => row.try_get::<$kind, _>(at),
                };
                read.map_err(|error| Error::Internal(format!("column {at}: {error}")))
            }
        }
    )+ };
}
column!(String, Option<String>, f64, Option<f64>, Vec<u8>, Option<Vec<u8>>);

macro_rules! whole_number {
    ($($kind:ty, $short:ty, $widen:expr);+) => { $(
        impl Column for $kind {
            fn read(row: &Row, name: &str) -> Result<Self> {
                let read = match row {
                    Row::Sqlite(row) => row.try_get::<$kind, _>(name),
                    // A bare literal (`select 0 as flag`, `case … then 1`) is four bytes wide in PostgreSQL; columns are eight.
                    Row::Pg(row) => row.try_get::<$kind, _>(name).or_else(|error| row.try_get::<$short, _>(name).map($widen).map_err(|_| error)),
                };
                read.map_err(|error| Error::Internal(format!("column {name}: {error}")))
            }

            fn read_at(row: &Row, at: usize) -> Result<Self> {
                let read = match row {
                    Row::Sqlite(row) => row.try_get::<$kind, _>(at),
                    Row::Pg(row) => row.try_get::<$kind, _>(at),
                };
                read.map_err(|error| Error::Internal(format!("column {at}: {error}")))
            }
        }
    )+ };
}
whole_number!(i64, i32, i64::from; Option<i64>, Option<i32>, |n| n.map(i64::from));

impl Column for bool {
    fn read(row: &Row, name: &str) -> Result<Self> {
        Ok(i64::read(row, name)? != 0)
    }

    fn read_at(row: &Row, at: usize) -> Result<Self> {
        Ok(i64::read_at(row, at)? != 0)
    }
}

impl Row {
    /// The value of a column.
    ///
    /// # Errors
    /// As [`Column::read`].
    pub fn get<T: Column>(&self, name: &str) -> Result<T> {
        T::read(self, name)
    }

    /// The value at a position.
    ///
    /// # Errors
    /// As [`Column::read`].
    pub fn at<T: Column>(&self, at: usize) -> Result<T> {
        T::read_at(self, at)
    }

    /// The text of a column, where NULL counts as empty.
    ///
    /// # Errors
    /// As [`Column::read`].
    pub fn text(&self, name: &str) -> Result<String> {
        Ok(self.get::<Option<String>>(name)?.unwrap_or_default())
    }
}
