//! The parts of a statement: reach, filter, search, order, columns.

use mamori_kernel::access::{Action, CLASSIFICATION_MAX, Scope};
use mamori_kernel::error::{Error, Result};
use mamori_store::{Actor, Arg, dialect, search};

use super::{Filter, ListQuery, Op};
use crate::area::Registry;
use crate::def::{FieldDef, Kind, LedgerDef};
use crate::record::Record;
use crate::shape::Shape;

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

pub(super) fn where_sql(
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

pub(super) fn order_sql(registry: &Registry, shape: &Shape, sort: &str, engine: mamori_store::Engine) -> String {
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

pub(super) fn select_sql(fields: &[FieldDef]) -> String {
    let standard = Record::STANDARD.map(|column| format!("t.{column}"));
    let own = fields.iter().filter(|field| !field.extra).map(|field| format!("t.{}", field.code));
    standard.into_iter().chain(own).collect::<Vec<_>>().join(", ")
}
