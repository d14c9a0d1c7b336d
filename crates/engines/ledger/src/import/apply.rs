//! Writing a plan: all of it in the caller's transaction.

use std::collections::HashMap;

use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::lang::Words;
use mamori_store::{Change, Event, Tx};
use serde_json::json;

use super::plan::{NEW, Plan, State};
use crate::area::Registry;
use crate::ops::{self, Gate};
use crate::record::{Value, Values};
use crate::shape::Shape;

/// Counts of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// New rows.
    pub created: usize,
    /// Rows with other values.
    pub changed: usize,
    /// Rows as they were.
    pub unchanged: usize,
    /// Rows that do not fit, left out.
    pub wrong: usize,
}

impl std::fmt::Display for Summary {
    /// The line that the command line prints.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "created={} changed={} unchanged={} wrong={}", self.created, self.changed, self.unchanged, self.wrong)
    }
}

/// Writes the right rows of a plan. Wrong rows are left out; any fault leaves everything out.
///
/// # Errors
/// [`Error::Invalid`] naming the row when a rule of the area refuses it; [`Error::Conflict`] when somebody changed a row meanwhile;
/// database faults.
pub async fn apply(registry: &Registry, tx: &mut Tx, shape: &Shape, plan: &Plan, file_name: &str) -> Result<Summary> {
    let mut made: HashMap<(&'static str, String), String> = HashMap::new();
    for (target, name) in &plan.referenced {
        let def = registry.ledger(target).ok_or_else(|| Error::Internal(format!("no ledger {target}")))?;
        let other = Shape::load(def, tx).await?;
        let values = Values::default().with(def.label, name.as_str());
        // Whoever may import rows that name a department may bring the department along.
        let record = ops::create(registry, tx, &other, values, None, Gate::Program).await?;
        made.insert((target, name.clone()), record.meta.id);
    }
    for row in plan.rows.iter().filter(|row| matches!(row.state, State::Created | State::Changed)) {
        let values = settle(shape, &row.values, &made);
        let outcome = match &row.target {
            Some((id, version)) => ops::update(registry, tx, shape, id, Some(*version), values, Gate::Bulk).await,
            None => ops::create(registry, tx, shape, values, None, Gate::Bulk).await,
        };
        outcome.map_err(|error| at_row(row.row, error))?;
    }
    let summary = plan.summary();
    if summary.created + summary.changed > 0 {
        tx.log(Change::new(
            "import",
            shape.def.code,
            "",
            file_name,
            json!({ "created": summary.created, "changed": summary.changed }),
        ))
        .await?;
        tx.emit(Event { name: format!("{}.import", shape.def.code), payload: json!({ "file": file_name }) }).await?;
    }
    Ok(summary)
}

fn settle(shape: &Shape, values: &Values, made: &HashMap<(&'static str, String), String>) -> Values {
    let mut settled = values.clone();
    for (code, value) in &mut settled.0 {
        let Some(target) = shape.field(code).and_then(|field| field.target) else { continue };
        let id = |text: &String| match text.strip_prefix(NEW) {
            Some(name) => made.get(&(target, name.to_owned())).cloned().unwrap_or_default(),
            None => text.clone(),
        };
        *value = match &*value {
            Value::Text(text) => Value::Text(id(text)),
            Value::List(list) => Value::List(list.iter().map(id).collect()),
            other => other.clone(),
        };
    }
    settled
}

/// Says which row of the file a rule refused.
fn at_row(row: usize, error: Error) -> Error {
    match error {
        Error::Invalid(fields) => Error::Invalid(
            fields
                .into_iter()
                .map(|field| FieldError {
                    field: field.field,
                    message: Words::owned(
                        format!("{row}行目：{}（取り込みは行われていません）", field.message.ja),
                        format!("Row {row}: {} (nothing was imported)", field.message.en),
                    ),
                })
                .collect(),
        ),
        Error::Forbidden(words) => Error::Forbidden(Words::owned(
            format!("{row}行目：{}（取り込みは行われていません）", words.ja),
            format!("Row {row}: {} (nothing was imported)", words.en),
        )),
        other => other,
    }
}
