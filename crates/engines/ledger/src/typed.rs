//! Between Rust types and ledger values: what `#[derive(Ledger)]` and `#[derive(Choice)]` rely on.

use std::marker::PhantomData;
use std::sync::Arc;

use jiff::civil::Date;
use mamori_kernel::yen::Yen;

use crate::def::{ChoiceSet, Kind, LedgerDef};
use crate::record::{Record, Value};

/// A struct that declares a ledger.
pub trait Ledger: Sized + Send + Sync + 'static {
    /// The ledger's code.
    const CODE: &'static str;
    /// The declaration.
    fn def() -> LedgerDef;
    /// Reads the struct out of a row. Unknown choices count as the type's default.
    fn from_record(record: &Record) -> Self;
    /// Puts all fields of the struct into a row.
    fn write(&self, record: &mut Record);
}

/// An enum that declares a set of choices.
pub trait Choice: Sized + Copy + PartialEq + Send + Sync + 'static {
    /// The set with labels and meanings.
    fn set() -> Arc<ChoiceSet>;
    /// The stable code.
    fn code(self) -> &'static str;
    /// The choice of a code.
    fn parse(code: &str) -> Option<Self>;
}

/// A Rust type that can be a field.
pub trait FieldType: Sized {
    /// What it holds.
    const KIND: Kind;
    /// Its choices, for `Choice` and `Flags`.
    fn choices() -> Option<Arc<ChoiceSet>> {
        None
    }
    /// The ledger it points to, for `Ref` and `Refs`.
    fn target() -> Option<&'static str> {
        None
    }
    /// From a stored value.
    fn from_value(value: &Value) -> Self;
    /// To a stored value.
    fn to_value(&self) -> Value;
}

impl FieldType for String {
    const KIND: Kind = Kind::Text;
    fn from_value(value: &Value) -> Self {
        value.as_str().to_owned()
    }
    fn to_value(&self) -> Value {
        Value::from(self.as_str())
    }
}

/// Text of several lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LongText(pub String);

impl FieldType for LongText {
    const KIND: Kind = Kind::Long;
    fn from_value(value: &Value) -> Self {
        LongText(value.as_str().to_owned())
    }
    fn to_value(&self) -> Value {
        Value::from(self.0.as_str())
    }
}

impl FieldType for bool {
    const KIND: Kind = Kind::Bool;
    fn from_value(value: &Value) -> Self {
        value.is_yes()
    }
    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
}

impl FieldType for Option<i64> {
    const KIND: Kind = Kind::Int;
    fn from_value(value: &Value) -> Self {
        value.as_int()
    }
    fn to_value(&self) -> Value {
        self.map_or(Value::Null, Value::Int)
    }
}

impl FieldType for Option<f64> {
    const KIND: Kind = Kind::Decimal;
    fn from_value(value: &Value) -> Self {
        match value {
            Value::Real(n) => Some(*n),
            Value::Int(n) => Some(*n as f64),
            _ => None,
        }
    }
    fn to_value(&self) -> Value {
        self.map_or(Value::Null, Value::Real)
    }
}

impl FieldType for Option<Yen> {
    const KIND: Kind = Kind::Yen;
    fn from_value(value: &Value) -> Self {
        value.as_int().map(Yen)
    }
    fn to_value(&self) -> Value {
        self.map_or(Value::Null, |yen| Value::Int(yen.0))
    }
}

impl FieldType for Option<Date> {
    const KIND: Kind = Kind::Date;
    fn from_value(value: &Value) -> Self {
        value.as_date()
    }
    fn to_value(&self) -> Value {
        self.map_or(Value::Null, Value::Date)
    }
}

impl<C: Choice> FieldType for Option<C> {
    const KIND: Kind = Kind::Choice;
    fn choices() -> Option<Arc<ChoiceSet>> {
        Some(C::set())
    }
    fn from_value(value: &Value) -> Self {
        C::parse(value.as_str())
    }
    fn to_value(&self) -> Value {
        self.map_or(Value::Null, |choice| Value::Text(choice.code().to_owned()))
    }
}

/// Several choices of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flags<C>(pub Vec<C>);

impl<C> Default for Flags<C> {
    fn default() -> Self {
        Flags(Vec::new())
    }
}

impl<C: Choice> FieldType for Flags<C> {
    const KIND: Kind = Kind::Flags;
    fn choices() -> Option<Arc<ChoiceSet>> {
        Some(C::set())
    }
    fn from_value(value: &Value) -> Self {
        Flags(value.as_list().iter().filter_map(|code| C::parse(code)).collect())
    }
    fn to_value(&self) -> Value {
        if self.0.is_empty() {
            return Value::Null;
        }
        Value::List(self.0.iter().map(|choice| choice.code().to_owned()).collect())
    }
}

/// A row of another ledger, by id; empty when not given.
pub struct Ref<T> {
    /// The row's id.
    pub id: String,
    target: PhantomData<fn() -> T>,
}

impl<T> Ref<T> {
    /// Points to a row.
    pub fn to(id: impl Into<String>) -> Ref<T> {
        Ref { id: id.into(), target: PhantomData }
    }

    /// Points nowhere.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }
}
impl<T> Default for Ref<T> {
    fn default() -> Self {
        Ref::to("")
    }
}
impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Ref::to(self.id.clone())
    }
}
impl<T> std::fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ref({})", self.id)
    }
}
impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<T: Ledger> FieldType for Ref<T> {
    const KIND: Kind = Kind::Ref;
    fn target() -> Option<&'static str> {
        Some(T::CODE)
    }
    fn from_value(value: &Value) -> Self {
        Ref::to(value.as_str())
    }
    fn to_value(&self) -> Value {
        Value::from(self.id.as_str())
    }
}

/// Several rows of another ledger, by id.
pub struct Refs<T> {
    /// The rows' ids.
    pub ids: Vec<String>,
    target: PhantomData<fn() -> T>,
}

impl<T> Refs<T> {
    /// Points to rows.
    pub fn to(ids: Vec<String>) -> Refs<T> {
        Refs { ids, target: PhantomData }
    }
}
impl<T> Default for Refs<T> {
    fn default() -> Self {
        Refs::to(Vec::new())
    }
}
impl<T> Clone for Refs<T> {
    fn clone(&self) -> Self {
        Refs::to(self.ids.clone())
    }
}
impl<T> std::fmt::Debug for Refs<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Refs({:?})", self.ids)
    }
}
impl<T> PartialEq for Refs<T> {
    fn eq(&self, other: &Self) -> bool {
        self.ids == other.ids
    }
}

impl<T: Ledger> FieldType for Refs<T> {
    const KIND: Kind = Kind::Refs;
    fn target() -> Option<&'static str> {
        Some(T::CODE)
    }
    fn from_value(value: &Value) -> Self {
        Refs::to(value.as_list().to_vec())
    }
    fn to_value(&self) -> Value {
        if self.ids.is_empty() { Value::Null } else { Value::List(self.ids.clone()) }
    }
}
