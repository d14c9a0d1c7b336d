//! Reading rows: permission, filter, search, order and page in one statement of constant cost.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use mamori_kernel::access::{Action, CLASSIFICATION_MAX, Scope};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Lang;
use mamori_store::{Actor, Arg, Reader, args, dialect, search};

use crate::area::Registry;
use crate::def::{FieldDef, Kind, LedgerDef};
use crate::record::{Record, Value};
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

/// A statement under construction; `$1` is the company.
#[derive(Default)]
pub struct Sql {
    /// The text.
    pub text: String,
    /// The arguments from `$2` on.
    pub args: Vec<Arg>,
}

impl Sql {
    /// Binds a value and gives its placeholder.
    pub fn bind(&mut self, arg: impl Into<Arg>) -> String {
        self.args.push(arg.into());
        format!("${}", self.args.len() + 1)
    }

    /// Binds several values as `$2, $3, …`.
    pub fn bind_all<A: Into<Arg>>(&mut self, values: impl IntoIterator<Item = A>) -> String {
        let placeholders: Vec<String> = values.into_iter().map(|value| self.bind(value)).collect();
        placeholders.join(", ")
    }
}

/// SQL that holds for rows which the actor reaches with the action; `true`-like text when that is all of them.
///
/// # Errors
/// [`Error::NotFound`] when it is none: a reader without rights learns nothing, not even that there are rows.
pub fn reach_sql(def: &LedgerDef, actor: &Actor, action: Action, sql: &mut Sql) -> Result<String> {
    let reach = actor.reach(def.code, action);
    if reach.is_none() {
        return Err(Error::NotFound);
    }
    if reach.is_everything() {
        return Ok("1 = 1".to_owned());
    }
    let mut any = Vec::with_capacity(reach.grants.len());
    for (scope, ceiling) in &reach.grants {
        let mut all = Vec::new();
        match scope {
            Scope::All => {}
            Scope::Department if def.department.is_empty() => continue,
            Scope::Department if actor.department_ids.is_empty() => continue,
            Scope::Department => {
                let list = sql.bind_all(actor.department_ids.iter());
                all.push(format!("t.{} in ({list})", def.department));
            }
            Scope::Own => {
                let Some(person) = actor.person_id.as_deref().filter(|_| !def.owner.is_empty()) else { continue };
                let own = sql.bind(person);
                all.push(format!("t.{} = {own}", def.owner));
            }
        }
        if *ceiling < CLASSIFICATION_MAX && !def.classification.is_empty() {
            // Classifications are kept as codes '0'…'3'; '' counts as 0.
            let codes: Vec<String> = (ceiling.saturating_add(1)..=CLASSIFICATION_MAX).map(|level| format!("'{level}'")).collect();
            all.push(format!("t.{} not in ({})", def.classification, codes.join(", ")));
        }
        any.push(if all.is_empty() { "1 = 1".to_owned() } else { format!("({})", all.join(" and ")) });
    }
    Ok(if any.is_empty() { "1 = 0".to_owned() } else { format!("({})", any.join(" or ")) })
}

fn filter_sql(shape: &Shape, filter: &Filter, engine: mamori_store::Engine, sql: &mut Sql) -> Option<String> {
    let field = shape.field(&filter.field)?;
    let column = column_sql(field, engine);
    let number = matches!(field.kind, Kind::Int | Kind::Yen | Kind::Bool | Kind::Decimal) && !field.extra;
    let bind = |sql: &mut Sql, value: &str| -> Option<String> {
        if field.kind == Kind::Decimal && !field.extra {
            return Some(sql.bind(value.parse::<f64>().ok()?));
        }
        if number {
            return Some(sql.bind(value.parse::<i64>().ok()?));
        }
        Some(sql.bind(value))
    };
    match filter.op {
        Op::Is => {
            let mut any = Vec::new();
            for value in &filter.values {
                // "none" asks for rows without a value.
                if value == "none" {
                    any.push(match field.kind {
                        Kind::Ref => format!("{column} is null"),
                        Kind::Flags | Kind::Refs => format!("{column} = '[]'"),
                        _ if number => format!("{column} is null"),
                        _ => format!("{column} = ''"),
                    });
                } else if matches!(field.kind, Kind::Flags | Kind::Refs) {
                    let quoted = sql.bind(format!("%\"{}\"%", escape_like(value)));
                    any.push(format!("{column} like {quoted} escape '\\'"));
                } else {
                    let bound = bind(sql, value)?;
                    any.push(format!("{column} = {bound}"));
                }
            }
            Some(format!("({})", any.join(" or ")))
        }
        Op::From | Op::To => {
            let bound = bind(sql, filter.values.first()?)?;
            let sign = if filter.op == Op::From { ">=" } else { "<=" };
            let given = if number { String::new() } else { format!("{column} <> '' and ") };
            Some(format!("({given}{column} {sign} {bound})"))
        }
        Op::Has => {
            let bound = sql.bind(format!("%{}%", escape_like(filter.values.first()?)));
            Some(format!("{column} like {bound} escape '\\'"))
        }
    }
}

fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

fn column_sql(field: &FieldDef, engine: mamori_store::Engine) -> String {
    if field.extra { dialect::json_text(engine, "t.extra", &field.code) } else { format!("t.{}", field.code) }
}

fn where_sql(
    shape: &Shape,
    query: &ListQuery,
    actor: &Actor,
    action: Action,
    engine: mamori_store::Engine,
    sql: &mut Sql,
) -> Result<String> {
    let mut all = vec!["t.company_id = $1".to_owned()];
    if !query.retired {
        all.push("t.retired_at = ''".to_owned());
    }
    let reach = reach_sql(&shape.def, actor, action, sql)?;
    if reach != "1 = 1" {
        all.push(reach);
    }
    for filter in &query.filters {
        if let Some(text) = filter_sql(shape, filter, engine, sql) {
            all.push(text);
        }
    }
    if !query.words.is_empty() {
        let n = sql.args.len() + 2;
        match search::matching(engine, &query.words, n) {
            Some((matching, arg)) => {
                sql.args.push(arg);
                let code = sql.bind(shape.def.code);
                all.push(format!(
                    "t.id in (select d.row_id from search_doc d where d.company_id = $1 and d.ledger = {code} and d.doc_no in ({matching}))"
                ));
            }
            None => all.push("1 = 0".to_owned()),
        }
    }
    Ok(all.join(" and "))
}

fn order_sql(registry: &Registry, shape: &Shape, sort: &str, engine: mamori_store::Engine) -> String {
    let sort = if sort.is_empty() { shape.def.sort } else { sort };
    let (code, direction) = match sort.strip_prefix('-') {
        Some(code) => (code, "desc"),
        None => (sort, "asc"),
    };
    let column = match shape.field(code) {
        None if code == "created_at" || code == "updated_at" => format!("t.{code}"),
        None => "t.id".to_owned(),
        Some(field) => match (field.kind, &field.choices, field.target.and_then(|target| registry.ledger(target))) {
            (Kind::Choice, Some(set), _) if !field.extra => {
                // Order of the choices, not of their codes – where the codes do not already sort so.
                let codes: Vec<&str> = set.choices.iter().map(|choice| choice.code.as_ref()).collect();
                if codes.is_sorted() {
                    column_sql(field, engine)
                } else {
                    let whens: String = codes
                        .iter()
                        .enumerate()
                        .map(|(n, code)| format!(" when '{}' then {n}", code.replace('\'', "''")))
                        .collect();
                    format!("case t.{}{whens} else 999 end", field.code)
                }
            }
            (Kind::Ref, _, Some(target)) => format!(
                "coalesce((select r.{} from {} r where r.id = t.{} and r.company_id = $1), '')",
                target.label, target.table, field.code
            ),
            _ => column_sql(field, engine),
        },
    };
    format!("{column} {direction}, t.id {direction}")
}

fn select_sql(fields: &[FieldDef]) -> String {
    let standard = Record::STANDARD.map(|column| format!("t.{column}"));
    let own = fields.iter().filter(|field| !field.extra).map(|field| format!("t.{}", field.code));
    standard.into_iter().chain(own).collect::<Vec<_>>().join(", ")
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
    let cap = sql.bind(COUNT_CAP);
    let table = shape.def.table;
    let total = db
        .count(&format!("select count(*) as n from (select 1 from {table} t where {condition} limit {cap}) c"), sql.args.clone())
        .await?;
    sql.args.pop();
    let order = order_sql(registry, shape, &query.sort, engine);
    let (limit, offset) = (sql.bind(query.limit), sql.bind(query.offset));
    let columns = select_sql(fields);
    let text = format!("select {columns} from {table} t where {condition} order by {order} limit {limit} offset {offset}");
    let rows = db.rows(&text, sql.args).await?;
    let records = rows.iter().map(|row| Record::read(row, fields)).collect::<Result<_>>()?;
    Ok(Listed { records, total })
}

/// Reads all rows that match, in chunks, for files and reports.
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
    let actor = db.actor().clone();
    let engine = db.engine();
    let mut sql = Sql::default();
    let condition = where_sql(shape, query, &actor, action, engine, &mut sql)?;
    let order = order_sql(registry, shape, &query.sort, engine);
    let text = format!("select {} from {} t where {condition} order by {order}", select_sql(&shape.fields), shape.def.table);
    let rows = db.rows(&text, sql.args).await?;
    rows.iter().map(|row| Record::read(row, &shape.fields)).collect()
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

/// Names of the rows that references point to, by id.
#[derive(Clone, Debug, Default)]
pub struct Labels(HashMap<String, String>);

impl Labels {
    /// The name of a row; empty when it is unknown.
    pub fn get(&self, id: &str) -> &str {
        self.0.get(id).map_or("", String::as_str)
    }
}

/// Looks up the names of everything that some rows point to: one statement a ledger, however many rows.
///
/// # Errors
/// Database faults.
pub async fn labels(registry: &Registry, db: &mut impl Reader, fields: &[FieldDef], records: &[Record]) -> Result<Labels> {
    let mut wanted: BTreeMap<&'static str, BTreeSet<&str>> = BTreeMap::new();
    for field in fields {
        let Some(target) = field.target else { continue };
        for record in records {
            let ids = wanted.entry(target).or_default();
            match record.get(&field.code) {
                Value::Text(id) => {
                    ids.insert(id);
                }
                Value::List(list) => ids.extend(list.iter().map(String::as_str)),
                _ => {}
            }
        }
    }
    let mut labels = Labels::default();
    for (target, ids) in wanted {
        let Some(def) = registry.ledger(target) else { continue };
        for chunk in ids.into_iter().collect::<Vec<_>>().chunks(500) {
            let mut sql = Sql::default();
            let list = sql.bind_all(chunk.iter().copied());
            let text = format!("select id, {} as label from {} where company_id = $1 and id in ({list})", def.label, def.table);
            for row in db.rows(&text, sql.args).await? {
                labels.0.insert(row.get("id")?, row.text("label")?);
            }
        }
    }
    Ok(labels)
}

/// A row that can be chosen in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Row id.
    pub id: String,
    /// Name.
    pub label: String,
    /// What tells it from others of the same name.
    pub sub: String,
}

/// Rows of a ledger to choose from, by name.
///
/// # Errors
/// Database faults.
pub async fn picks(db: &mut impl Reader, def: &LedgerDef, limit: i64) -> Result<Vec<Pick>> {
    let sub = if def.sub_label.is_empty() || def.field(def.sub_label).is_some_and(|field| field.target.is_some()) {
        "''".to_owned()
    } else {
        def.sub_label.to_owned()
    };
    let sort = def.sort.trim_start_matches('-');
    let sort =
        if def.field(sort).is_some_and(|field| field.kind.is_text() || field.kind == Kind::Int) { sort } else { def.label };
    let text = format!(
        "select id, {} as label, {sub} as sub from {} where company_id = $1 and retired_at = '' order by {sort}, id limit $2",
        def.label, def.table
    );
    let rows = db.rows(&text, args![limit]).await?;
    rows.iter().map(|row| Ok(Pick { id: row.get("id")?, label: row.text("label")?, sub: row.text("sub")? })).collect()
}

/// What a person reads for a value.
pub fn display(field: &FieldDef, value: &Value, lang: Lang, labels: &Labels) -> String {
    match (field.kind, value) {
        (_, Value::Null) => String::new(),
        (Kind::Choice, Value::Text(code)) => field.choices.as_ref().map_or(code.as_str(), |set| set.label(code, lang)).to_owned(),
        (Kind::Flags, Value::List(codes)) => {
            let names: Vec<&str> =
                codes.iter().map(|code| field.choices.as_ref().map_or(code.as_str(), |set| set.label(code, lang))).collect();
            names.join(lang.pick("、", ", "))
        }
        (Kind::Ref, Value::Text(id)) => labels.get(id).to_owned(),
        (Kind::Refs, Value::List(ids)) => {
            let names: Vec<&str> = ids.iter().map(|id| labels.get(id)).collect();
            names.join(lang.pick("、", ", "))
        }
        (Kind::Bool, Value::Bool(yes)) => match yes {
            true => lang.pick("はい", "Yes").to_owned(),
            false => lang.pick("いいえ", "No").to_owned(),
        },
        (Kind::Date, Value::Date(date)) => mamori_kernel::time::short_date(lang, *date),
        (Kind::Yen, Value::Int(n)) => mamori_kernel::yen::Yen(*n).to_string(),
        (_, other) => other.stored(),
    }
}
