//! Reading rows: permission, filter, search, order and page in one statement of constant cost.

mod labels;
mod sql;
mod walk;

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_store::{Arg, Reader};

pub use labels::{Labels, Pick, display, labels, picks};
pub use sql::{Sql, reach_sql};
use sql::{order_sql, select_sql, where_sql};
pub use walk::{Walk, column, walk};

use crate::area::Registry;
use crate::def::FieldDef;
use crate::record::Record;
use crate::remember::Remembered;
use crate::shape::Shape;
use crate::web::Form;

/// Counting stops here: a page of a million rows must not cost a million rows.
pub const COUNT_CAP: i64 = 10_000;

/// A filter on one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Field code.
    pub field: String,
    /// Comparison.
    pub op: Op,
    /// Values in stored form.
    pub values: Vec<String>,
}

/// How a filter compares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Op {
    /// Is one of; an empty value means "not given".
    Is,
    /// At least (numbers, dates).
    From,
    /// At most.
    To,
    /// Contains the text.
    Has,
}

/// What a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Words to search for.
    pub words: String,
    /// All must hold.
    pub filters: Vec<Filter>,
    /// Field code, or `created_at` / `updated_at`; with `-` in front: descending.
    pub sort: String,
    /// Rows to leave out first.
    pub offset: i64,
    /// Rows to show.
    pub limit: i64,
    /// Also rows taken out of use.
    pub retired: bool,
}

impl ListQuery {
    /// Reads `q`, `f.FIELD`, `from.FIELD`, `to.FIELD`, `has.FIELD`, `sort`, `limit`, `offset` (or `page`), `retired`. Unknown fields are ignored.
    pub fn read(form: &Form, shape: &Shape) -> ListQuery {
        let mut query = ListQuery { words: form.get("q").trim().to_owned(), limit: 20, ..ListQuery::default() };
        for (name, value) in &form.0 {
            let Some((op, field)) = name.split_once('.') else { continue };
            let op = match op {
                "f" => Op::Is,
                "from" => Op::From,
                "to" => Op::To,
                "has" => Op::Has,
                _ => continue,
            };
            if value.is_empty() || shape.field(field).is_none() {
                continue;
            }
            match query.filters.iter_mut().find(|filter| filter.field == field && filter.op == op) {
                Some(filter) => filter.values.push(value.clone()),
                None => query.filters.push(Filter { field: field.to_owned(), op, values: vec![value.clone()] }),
            }
        }
        let sort = form.get("sort");
        if sortable(shape, sort.trim_start_matches('-')) {
            query.sort = sort.to_owned();
        }
        if let Ok(limit) = form.get("limit").parse::<i64>() {
            query.limit = limit.clamp(1, 1000);
        }
        if let Ok(offset) = form.get("offset").parse::<i64>() {
            query.offset = offset.max(0);
        } else if let Ok(page) = form.get("page").parse::<i64>() {
            query.offset = page.clamp(1, COUNT_CAP).saturating_sub(1).saturating_mul(query.limit);
        }
        query.retired = form.get("retired") == "1";
        query
    }
}

fn sortable(shape: &Shape, code: &str) -> bool {
    code == "created_at" || code == "updated_at" || shape.field(code).is_some()
}

/// One page of a list.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// The rows.
    pub records: Vec<Record>,
    /// How many match; [`COUNT_CAP`] means "that many or more".
    pub total: i64,
}

/// Reads one page with all fields.
///
/// # Errors
/// [`Error::NotFound`] without permission; database faults.
pub async fn list(registry: &Registry, db: &mut impl Reader, shape: &Shape, query: &ListQuery, action: Action) -> Result<Listed> {
    list_fields(registry, db, shape, &shape.fields, query, action).await
}

/// Reads one page with the fields that will be shown: a ledger may have fifty columns, a list shows eight.
///
/// # Errors
/// As [`list`].
pub async fn list_fields(
    registry: &Registry,
    db: &mut impl Reader,
    shape: &Shape,
    fields: &[FieldDef],
    query: &ListQuery,
    action: Action,
) -> Result<Listed> {
    let actor = db.actor().clone();
    let engine = db.engine();
    let mut sql = Sql::default();
    let condition = where_sql(shape, query, &actor, action, engine, &mut sql)?;
    let table = shape.def.table;
    let total = count(db, table, &condition, &sql.args).await?;
    let order = order_sql(registry, shape, &query.sort, engine);
    let (limit, offset) = (sql.bind(query.limit), sql.bind(query.offset));
    let columns = select_sql(fields);
    let text = format!("select {columns} from {table} t where {condition} order by {order} limit {limit} offset {offset}");
    let rows = db.rows(&text, sql.args).await?;
    let records = rows.iter().map(|row| Record::read(row, fields)).collect::<Result<_>>()?;
    Ok(Listed { records, total })
}

/// How many rows a list has, up to [`COUNT_CAP`].
async fn count(db: &mut impl Reader, table: &str, condition: &str, args: &[Arg]) -> Result<i64> {
    static TOTALS: Remembered<i64> = Remembered::new();
    let question = format!("{} {table} {condition} {args:?}", db.actor().company_id);
    let moment = db.moment().await?;
    if let Some(total) = TOTALS.recall(moment.as_ref(), &question) {
        return Ok(total);
    }
    let mut args = args.to_vec();
    args.push(Arg::from(COUNT_CAP));
    let cap = args.len() + 1;
    let text = format!("select count(*) as n from (select 1 from {table} t where {condition} limit ${cap}) c");
    let total = db.count(&text, args).await?;
    TOTALS.keep(moment, question, total);
    Ok(total)
}

/// Reads all rows that match. Where there may be many, [`all_fields`] or [`walk`] need less memory.
///
/// # Errors
/// As [`list`].
pub async fn all(
    registry: &Registry,
    db: &mut impl Reader,
    shape: &Shape,
    query: &ListQuery,
    action: Action,
) -> Result<Vec<Record>> {
    all_fields(registry, db, shape, &shape.fields, query, action).await
}

/// Reads all rows that match, with some of their fields.
///
/// # Errors
/// As [`list`].
pub async fn all_fields(
    registry: &Registry,
    db: &mut impl Reader,
    shape: &Shape,
    fields: &[FieldDef],
    query: &ListQuery,
    action: Action,
) -> Result<Vec<Record>> {
    let mut walk = walk(registry, db, shape, fields, query, action).await?;
    let mut records = Vec::with_capacity(walk.total());
    while let Some(piece) = walk.next(db).await? {
        records.extend(piece);
    }
    Ok(records)
}

/// Reads one row whoever asks: for what the program does on its own account, such as the consequences of a decision.
///
/// # Errors
/// [`Error::NotFound`]; database faults.
pub async fn any(db: &mut impl Reader, shape: &Shape, id: &str) -> Result<Record> {
    let mut sql = Sql::default();
    let wanted = sql.bind(id);
    let text =
        format!("select {} from {} t where t.company_id = $1 and t.id = {wanted}", select_sql(&shape.fields), shape.def.table);
    let row = db.first(&text, sql.args).await?.ok_or(Error::NotFound)?;
    Record::read(&row, &shape.fields)
}

/// Reads one row that the actor reaches with the action.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or none for him.
pub async fn find(db: &mut impl Reader, shape: &Shape, id: &str, action: Action) -> Result<Record> {
    let actor = db.actor().clone();
    let mut sql = Sql::default();
    let wanted = sql.bind(id);
    let reach = reach_sql(&shape.def, &actor, action, &mut sql)?;
    let text = format!(
        "select {} from {} t where t.company_id = $1 and t.id = {wanted} and {reach}",
        select_sql(&shape.fields),
        shape.def.table
    );
    let row = db.first(&text, sql.args).await?.ok_or(Error::NotFound)?;
    Record::read(&row, &shape.fields)
}
