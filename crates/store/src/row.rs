//! A row of either database, read by column name.

use std::sync::Arc;

use kernel::error::{Error, Result};
use mamori_kernel as kernel;
use sqlx::Row as _;

/// One row.
pub enum Row {
    /// From SQLite.
    Sqlite(Cells),
    /// From PostgreSQL.
    Pg(sqlx::postgres::PgRow),
}

/// The values of a row of SQLite.
pub struct Cells {
    pub(crate) names: Arc<[Box<str>]>,
    pub(crate) values: Vec<Value>,
}

/// What SQLite keeps in a cell.
pub(crate) enum Value {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Cells {
    fn at(&self, at: usize) -> std::result::Result<&Value, String> {
        self.values.get(at).ok_or_else(|| "there is no such column".to_owned())
    }

    fn named(&self, name: &str) -> std::result::Result<&Value, String> {
        let at = self.names.iter().position(|known| known.as_ref() == name);
        at.map_or_else(|| Err("there is no such column".to_owned()), |at| self.at(at))
    }
}

/// A kind of value that a cell of SQLite may hold.
trait Cell: Sized {
    fn of(value: &Value) -> Option<Self>;
}

impl Cell for String {
    fn of(value: &Value) -> Option<String> {
        if let Value::Text(text) = value { Some(text.clone()) } else { None }
    }
}

impl Cell for Vec<u8> {
    fn of(value: &Value) -> Option<Vec<u8>> {
        if let Value::Bytes(bytes) = value { Some(bytes.clone()) } else { None }
    }
}

impl Cell for i64 {
    fn of(value: &Value) -> Option<i64> {
        if let Value::Int(n) = value { Some(*n) } else { None }
    }
}

impl Cell for f64 {
    fn of(value: &Value) -> Option<f64> {
        match value {
            Value::Real(n) => Some(*n),
            // `sum` of whole numbers is whole.
            Value::Int(n) => Some(*n as f64),
            _ => None,
        }
    }
}

impl<T: Cell> Cell for Option<T> {
    fn of(value: &Value) -> Option<Option<T>> {
        if matches!(value, Value::Null) { Some(None) } else { T::of(value).map(Some) }
    }
}

fn cell<T: Cell>(value: std::result::Result<&Value, String>) -> std::result::Result<T, String> {
    T::of(value?).ok_or_else(|| "the value is of another kind".to_owned())
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
                    Row::Sqlite(row) => cell(row.named(name)),
                    Row::Pg(row) => row.try_get::<$kind, _>(name).map_err(|error| error.to_string()),
                };
                read.map_err(|error| Error::Internal(format!("column {name}: {error}")))
            }

            fn read_at(row: &Row, at: usize) -> Result<Self> {
                let read = match row {
                    Row::Sqlite(row) => cell(row.at(at)),
                    Row::Pg(row) => row.try_get::<$kind, _>(at).map_err(|error| error.to_string()),
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
                    Row::Sqlite(row) => cell(row.named(name)),
                    // A bare literal (`select 0 as flag`, `case … then 1`) is four bytes wide in PostgreSQL; columns are eight.
                    Row::Pg(row) => row
                        .try_get::<$kind, _>(name)
                        .or_else(|error| row.try_get::<$short, _>(name).map($widen).map_err(|_| error))
                        .map_err(|error| error.to_string()),
                };
                read.map_err(|error| Error::Internal(format!("column {name}: {error}")))
            }

            fn read_at(row: &Row, at: usize) -> Result<Self> {
                let read = match row {
                    Row::Sqlite(row) => cell(row.at(at)),
                    Row::Pg(row) => row.try_get::<$kind, _>(at).map_err(|error| error.to_string()),
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
