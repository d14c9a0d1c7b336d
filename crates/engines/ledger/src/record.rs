//! A row of any ledger.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use mamori_kernel::error::{Error, Result};
use mamori_store::{Arg, Row};
use serde_json::Value as Json;

use crate::def::{FieldDef, Kind};

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    /// Not given.
    #[default]
    Null,
    /// Text; also the code of a choice and the id of a row.
    Text(String),
    /// Whole number or yen.
    Int(i64),
    /// Number with decimals.
    Real(f64),
    /// Yes or no.
    Bool(bool),
    /// Day.
    Date(Date),
    /// Codes of choices or ids of rows.
    List(Vec<String>),
}

impl Value {
    /// Not given, or an empty text or list.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Text(text) => text.is_empty(),
            Value::List(list) => list.is_empty(),
            _ => false,
        }
    }

    /// The text, or empty.
    pub fn as_str(&self) -> &str {
        match self {
            Value::Text(text) => text,
            _ => "",
        }
    }

    /// The whole number; a choice whose code is a number counts as that number.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(n) => Some(*n),
            Value::Bool(yes) => Some(i64::from(*yes)),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The day.
    pub fn as_date(&self) -> Option<Date> {
        match self {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The codes or ids.
    pub fn as_list(&self) -> &[String] {
        match self {
            Value::List(list) => list,
            _ => &[],
        }
    }

    /// Yes.
    pub fn is_yes(&self) -> bool {
        matches!(self, Value::Bool(true))
    }

    /// Stored form for a form field, a diff or an address: ids, codes, ISO dates.
    pub fn stored(&self) -> String {
        match self {
            Value::Null => String::new(),
            Value::Text(text) => text.clone(),
            Value::Int(n) => n.to_string(),
            Value::Real(n) => n.to_string(),
            Value::Bool(yes) => if *yes { "1" } else { "" }.to_owned(),
            Value::Date(date) => date.to_string(),
            Value::List(list) => list.join(","),
        }
    }

    /// For the API and the change log.
    pub fn json(&self) -> Json {
        match self {
            Value::Null => Json::Null,
            Value::Text(text) => Json::from(text.as_str()),
            Value::Int(n) => Json::from(*n),
            Value::Real(n) => Json::from(*n),
            Value::Bool(yes) => Json::from(*yes),
            Value::Date(date) => Json::from(date.to_string()),
            Value::List(list) => Json::from(list.clone()),
        }
    }

    /// From the API or a company's own field; `None` when the JSON does not fit the kind.
    pub fn from_json(kind: Kind, json: &Json) -> Option<Value> {
        Some(match (kind, json) {
            (_, Json::Null) => Value::Null,
            (Kind::Int | Kind::Yen, Json::Number(n)) => Value::Int(n.as_i64()?),
            (Kind::Decimal, Json::Number(n)) => Value::Real(n.as_f64()?),
            (Kind::Bool, Json::Bool(yes)) => Value::Bool(*yes),
            (Kind::Date, Json::String(text)) if text.is_empty() => Value::Null,
            (Kind::Date, Json::String(text)) => Value::Date(text.parse().ok()?),
            (Kind::Flags | Kind::Refs, Json::Array(items)) => {
                Value::List(items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>()?)
            }
            (Kind::Choice, Json::Number(n)) => Value::Text(n.to_string()),
            (Kind::Flags | Kind::Refs | Kind::Bool | Kind::Int | Kind::Yen | Kind::Decimal, _) => return None,
            (_, Json::String(text)) => Value::Text(text.clone()),
            _ => return None,
        })
    }

    /// The argument for the column of this kind.
    pub fn arg(&self, kind: Kind) -> Arg {
        match kind {
            Kind::Int | Kind::Yen => Arg::Int(self.as_int()),
            Kind::Bool => Arg::Int(Some(i64::from(self.is_yes()))),
            Kind::Decimal => Arg::Real(match self {
                Value::Real(n) => Some(*n),
                Value::Int(n) => Some(*n as f64),
                _ => None,
            }),
            Kind::Flags | Kind::Refs => Arg::from(Json::from(self.as_list().to_vec()).to_string()),
            // An empty reference must be NULL, or the foreign key would look for the row ''.
            Kind::Ref => Arg::Text((!self.is_empty()).then(|| self.as_str().to_owned())),
            _ => Arg::from(self.stored()),
        }
    }

    /// Reads the column of a field at its position.
    ///
    /// # Errors
    /// [`Error::Internal`] when the column is missing.
    pub fn read(row: &Row, at: usize, field: &FieldDef) -> Result<Value> {
        let text = || Ok::<String, Error>(row.at::<Option<String>>(at)?.unwrap_or_default());
        Ok(match field.kind {
            Kind::Int | Kind::Yen => row.at::<Option<i64>>(at)?.map_or(Value::Null, Value::Int),
            Kind::Bool => Value::Bool(row.at::<i64>(at)? != 0),
            Kind::Decimal => row.at::<Option<f64>>(at)?.map_or(Value::Null, Value::Real),
            Kind::Flags | Kind::Refs => {
                let text = text()?;
                let list: Vec<String> = if text == "[]" { Vec::new() } else { serde_json::from_str(&text).unwrap_or_default() };
                if list.is_empty() { Value::Null } else { Value::List(list) }
            }
            Kind::Date => text()?.parse().map_or(Value::Null, Value::Date),
            _ => {
                let text = text()?;
                if text.is_empty() { Value::Null } else { Value::Text(text) }
            }
        })
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) }
    }
}
impl From<String> for Value {
    fn from(text: String) -> Value {
        if text.is_empty() { Value::Null } else { Value::Text(text) }
    }
}
impl From<i64> for Value {
    fn from(n: i64) -> Value {
        Value::Int(n)
    }
}
impl From<bool> for Value {
    fn from(yes: bool) -> Value {
        Value::Bool(yes)
    }
}
impl From<Date> for Value {
    fn from(date: Date) -> Value {
        Value::Date(date)
    }
}

/// Values by field code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(pub BTreeMap<Cow<'static, str>, Value>);

const NULL: &Value = &Value::Null;

impl Values {
    /// The value of a field; `Null` when it is not there.
    pub fn get(&self, code: &str) -> &Value {
        self.0.get(code).unwrap_or(NULL)
    }

    /// Sets a value.
    pub fn set(&mut self, code: impl Into<Cow<'static, str>>, value: impl Into<Value>) {
        self.0.insert(code.into(), value.into());
    }

    /// True when the field is named, even with no value.
    pub fn has(&self, code: &str) -> bool {
        self.0.contains_key(code)
    }

    /// Lets rules be tried and rows be written without ceremony: `values.with("name", "社員名簿")`.
    pub fn with(mut self, code: &'static str, value: impl Into<Value>) -> Values {
        self.set(code, value);
        self
    }
}

/// What every row of every ledger carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Row id; empty before the first save.
    pub id: String,
    /// Optimistic lock: grows by one with every save.
    pub version: i64,
    /// The account that made the row.
    pub created_by: String,
    /// Instant.
    pub created_at: String,
    /// The account that changed it last.
    pub updated_by: String,
    /// Instant.
    pub updated_at: String,
    /// Instant at which it was taken out of use; empty while in use.
    pub retired_at: String,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The standard columns.
    pub meta: Meta,
    /// The fields, the company's own ones included.
    pub values: Values,
}

impl Record {
    /// The value of a field.
    pub fn get(&self, code: &str) -> &Value {
        if code == "id" {
            return NULL;
        }
        self.values.get(code)
    }

    /// Taken out of use.
    pub fn is_retired(&self) -> bool {
        !self.meta.retired_at.is_empty()
    }

    /// The standard columns, in the order in which [`Record::read`] expects them before the fields.
    pub const STANDARD: [&'static str; 8] =
        ["id", "version", "created_by", "created_at", "updated_by", "updated_at", "retired_at", "extra"];

    /// Reads a row that selects [`Record::STANDARD`] and then the given fields that have a column, in order.
    ///
    /// # Errors
    /// [`Error::Internal`] when a column is missing.
    pub fn read(row: &Row, fields: &[FieldDef]) -> Result<Record> {
        let mut values = Values::default();
        let mut extra: Option<serde_json::Map<String, Json>> = None;
        let mut at = Self::STANDARD.len();
        for field in fields {
            let value = if field.extra {
                if extra.is_none() {
                    let text: String = row.at(7)?;
                    extra = Some(serde_json::from_str(&text).unwrap_or_default());
                }
                extra
                    .as_ref()
                    .and_then(|map| map.get(field.code.as_ref()))
                    .and_then(|json| Value::from_json(field.kind, json))
                    .unwrap_or_default()
            } else {
                let value = Value::read(row, at, field)?;
                at += 1;
                value
            };
            values.0.insert(field.code.clone(), value);
        }
        Ok(Record {
            meta: Meta {
                id: row.at(0)?,
                version: row.at(1)?,
                created_by: row.at(2)?,
                created_at: row.at(3)?,
                updated_by: row.at(4)?,
                updated_at: row.at(5)?,
                retired_at: row.at(6)?,
            },
            values,
        })
    }

    /// The company's own fields as the JSON of column `extra`, keeping keys whose field is no longer shown.
    pub fn extra_json(&self, fields: &[FieldDef], before: Option<&str>) -> Result<String> {
        let mut map: serde_json::Map<String, Json> = match before {
            Some(text) => serde_json::from_str(text).map_err(|error| Error::Internal(format!("extra: {error}")))?,
            None => serde_json::Map::new(),
        };
        for field in fields.iter().filter(|field| field.extra) {
            let value = self.get(&field.code);
            if value.is_empty() {
                map.remove(field.code.as_ref());
            } else {
                map.insert(field.code.to_string(), value.json());
            }
        }
        Ok(Json::Object(map).to_string())
    }
}
