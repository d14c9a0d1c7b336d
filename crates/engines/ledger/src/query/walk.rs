//! Whole ledgers in pieces: a file or a report of 10,000 rows must not hold all of them at once.

use std::collections::HashMap;

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_store::Reader;

use super::sql::{order_sql, select_sql, where_sql};
use super::{ListQuery, Sql};
use crate::area::Registry;
use crate::def::FieldDef;
use crate::record::Record;
use crate::shape::Shape;

/// Rows read at once.
const PIECE: usize = 500;

/// The rows that match a query, read piece by piece in its order. Which rows they are is decided at the beginning; one that is gone when its
/// turn comes is left out.
pub struct Walk {
    table: &'static str,
    fields: Vec<FieldDef>,
    ids: Vec<String>,
    at: usize,
}

/// Begins a walk over the rows that the actor reaches; `fields` are read, the others stay empty.
///
/// # Errors
/// [`mamori_kernel::error::Error::NotFound`] without permission; database faults.
pub async fn walk(
    registry: &Registry,
    db: &mut impl Reader,
    shape: &Shape,
    fields: &[FieldDef],
    query: &ListQuery,
    action: Action,
) -> Result<Walk> {
    let ids = column(registry, db, shape, query, action, "id").await?;
    Ok(Walk { table: shape.def.table, fields: fields.to_vec(), ids, at: 0 })
}

/// One column of text (or `id`) of all rows that match, in their order.
///
/// # Errors
/// As [`walk`].
pub async fn column(
    registry: &Registry,
    db: &mut impl Reader,
    shape: &Shape,
    query: &ListQuery,
    action: Action,
    column: &str,
) -> Result<Vec<String>> {
    let (actor, engine) = (db.actor().clone(), db.engine());
    let mut sql = Sql::default();
    let condition = where_sql(shape, query, &actor, action, engine, &mut sql)?;
    let order = order_sql(registry, shape, &query.sort, engine);
    let text = format!("select t.{column} as value from {} t where {condition} order by {order}", shape.def.table);
    db.rows(&text, sql.args).await?.iter().map(|row| row.text("value")).collect()
}

impl Walk {
    /// How many rows there are in all.
    pub fn total(&self) -> usize {
        self.ids.len()
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// Database faults.
    pub async fn next(&mut self, db: &mut impl Reader) -> Result<Option<Vec<Record>>> {
        let piece: Vec<&String> = self.ids.iter().skip(self.at).take(PIECE).collect();
        if piece.is_empty() {
            return Ok(None);
        }
        let mut sql = Sql::default();
        let list = sql.bind_all(piece.iter().copied());
        let (columns, table) = (select_sql(&self.fields), self.table);
        let text = format!("select {columns} from {table} t where t.company_id = $1 and t.id in ({list})");
        let mut found: HashMap<String, Record> = HashMap::with_capacity(piece.len());
        for row in db.rows(&text, sql.args).await? {
            let record = Record::read(&row, &self.fields)?;
            found.insert(record.meta.id.clone(), record);
        }
        let records = piece.iter().filter_map(|id| found.remove(id.as_str())).collect();
        self.at += piece.len();
        Ok(Some(records))
    }
}
