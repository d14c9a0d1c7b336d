//! What a backup says of itself.

use mamori_kernel::error::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::arg::Arg;
use crate::row::Row;

/// What a column holds, the same on both databases.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Text.
    Text,
    /// Whole number.
    Int,
    /// Real number.
    Real,
    /// Bytes, Base64 in the archive.
    Bytes,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ColumnMark {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: Kind,
}

/// A table with what it must come out as.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TableMark {
    /// Name.
    pub name: String,
    /// Columns in order.
    pub columns: Vec<ColumnMark>,
    /// Rows.
    pub rows: i64,
    /// SHA-256 of the JSON lines.
    pub sha256: String,
}

/// A migration that the database had seen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StepMark {
    /// `store` or an area.
    pub owner: String,
    /// Number.
    pub number: i64,
    /// SHA-256 of its text.
    pub sha256: String,
}

/// An attached file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FileMark {
    /// SHA-256 of its content, also its name.
    pub hash: String,
    /// Bytes.
    pub size: u64,
}

/// The end of a company's change log.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ChainMark {
    /// The company.
    pub company_id: String,
    /// Number of its last entry.
    pub seq: i64,
    /// Hash of its last entry.
    pub hash: String,
}

/// The content of `manifest.json`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the layout ([`super::FORMAT`]).
    pub format: i64,
    /// Version of the program that wrote it.
    pub program: String,
    /// Instant (RFC 3339 UTC).
    pub created_at: String,
    /// The database it was read from; for information only.
    pub engine: String,
    /// Schema steps.
    pub steps: Vec<StepMark>,
    /// Tables.
    pub tables: Vec<TableMark>,
    /// Attached files.
    pub files: Vec<FileMark>,
    /// Ends of the chains.
    pub chains: Vec<ChainMark>,
    /// The installation's key is inside.
    pub key: bool,
}

impl Manifest {
    /// All rows of all tables.
    pub fn rows(&self) -> i64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// One row as a line of JSON, without the line break.
pub(super) fn line(row: &Row, columns: &[ColumnMark]) -> Result<String> {
    use base64::Engine as _;
    let mut object = serde_json::Map::with_capacity(columns.len());
    for column in columns {
        let name = column.name.as_str();
        let value = match column.kind {
            Kind::Text => row.get::<Option<String>>(name)?.map(serde_json::Value::from),
            Kind::Int => row.get::<Option<i64>>(name)?.map(serde_json::Value::from),
            Kind::Real => row.get::<Option<f64>>(name)?.map(serde_json::Value::from),
            Kind::Bytes => row
                .get::<Option<Vec<u8>>>(name)?
                .map(|bytes| serde_json::Value::from(base64::engine::general_purpose::STANDARD.encode(bytes))),
        };
        object.insert(name.to_owned(), value.unwrap_or_default());
    }
    Ok(serde_json::Value::Object(object).to_string())
}

/// The arguments of one line, in the order of the columns.
pub(super) fn args_of(line: &str, columns: &[ColumnMark]) -> Result<Vec<Arg>> {
    use base64::Engine as _;
    let broken = |what: &str| Error::Internal(format!("backup: {what}"));
    let object: serde_json::Value = serde_json::from_str(line).map_err(|error| broken(&error.to_string()))?;
    let mut args = Vec::with_capacity(columns.len());
    for column in columns {
        let value = object.get(&column.name).unwrap_or(&serde_json::Value::Null);
        let given = !value.is_null();
        let arg = match column.kind {
            Kind::Text => Arg::Text(value.as_str().map(str::to_owned)),
            Kind::Int => Arg::Int(value.as_i64()),
            Kind::Real => Arg::Real(value.as_f64()),
            Kind::Bytes => Arg::Bytes(match value.as_str() {
                Some(text) => Some(
                    base64::engine::general_purpose::STANDARD.decode(text).map_err(|_| broken("bytes that are not Base64"))?,
                ),
                None => None,
            }),
        };
        let empty = matches!(arg, Arg::Text(None) | Arg::Int(None) | Arg::Real(None) | Arg::Bytes(None));
        if given && empty {
            return Err(broken(&format!("column {} holds a value of another kind", column.name)));
        }
        args.push(arg);
    }
    Ok(args)
}
