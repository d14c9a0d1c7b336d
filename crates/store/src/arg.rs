//! Values bound to a statement. The same four kinds exist on both databases (see docs/decisions/0003).

/// A typed, optional value.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Text; also ids, dates (ISO 8601), instants (RFC 3339) and JSON.
    Text(Option<String>),
    /// Whole numbers; also yes/no as 1/0.
    Int(Option<i64>),
    /// Real numbers.
    Real(Option<f64>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

/// Text that both databases can hold: PostgreSQL refuses the character NUL, and nobody means it.
pub(crate) fn storable(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "") } else { text }
}

impl From<&str> for Arg {
    fn from(value: &str) -> Arg {
        Arg::Text(Some(value.to_owned()))
    }
}
impl From<&String> for Arg {
    fn from(value: &String) -> Arg {
        Arg::Text(Some(value.clone()))
    }
}
impl From<String> for Arg {
    fn from(value: String) -> Arg {
        Arg::Text(Some(value))
    }
}
impl From<Option<String>> for Arg {
    fn from(value: Option<String>) -> Arg {
        Arg::Text(value)
    }
}
impl From<Option<&str>> for Arg {
    fn from(value: Option<&str>) -> Arg {
        Arg::Text(value.map(str::to_owned))
    }
}
impl From<i64> for Arg {
    fn from(value: i64) -> Arg {
        Arg::Int(Some(value))
    }
}
impl From<i32> for Arg {
    fn from(value: i32) -> Arg {
        Arg::Int(Some(i64::from(value)))
    }
}
impl From<usize> for Arg {
    fn from(value: usize) -> Arg {
        Arg::Int(i64::try_from(value).ok())
    }
}
impl From<Option<i64>> for Arg {
    fn from(value: Option<i64>) -> Arg {
        Arg::Int(value)
    }
}
impl From<bool> for Arg {
    fn from(value: bool) -> Arg {
        Arg::Int(Some(i64::from(value)))
    }
}
impl From<f64> for Arg {
    fn from(value: f64) -> Arg {
        Arg::Real(Some(value))
    }
}
impl From<Option<f64>> for Arg {
    fn from(value: Option<f64>) -> Arg {
        Arg::Real(value)
    }
}
impl From<Vec<u8>> for Arg {
    fn from(value: Vec<u8>) -> Arg {
        Arg::Bytes(Some(value))
    }
}
impl From<jiff::Timestamp> for Arg {
    fn from(value: jiff::Timestamp) -> Arg {
        Arg::Text(Some(crate::dialect::instant(value)))
    }
}
impl From<jiff::civil::Date> for Arg {
    fn from(value: jiff::civil::Date) -> Arg {
        Arg::Text(Some(value.to_string()))
    }
}

/// A list of [`Arg`]s: `args![id, 3, now]`.
#[macro_export]
macro_rules! args {
    () => { Vec::<$crate::Arg>::new() };
    ($($value:expr),+ $(,)?) => { vec![$($crate::Arg::from($value)),+] };
}
