//! Names of rows: what references point to, what can be chosen, what a person reads for a value.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_store::{Reader, Row, args};

use super::Sql;
use crate::area::Registry;
use crate::def::{FieldDef, Kind, LedgerDef};
use crate::record::{Record, Value};
use crate::remember::Remembered;

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
    static PICKS: Remembered<Arc<[Pick]>> = Remembered::new();
    let question = format!("{} {} {limit}", db.actor().company_id, def.code);
    let moment = db.moment().await?;
    if let Some(picks) = PICKS.recall(moment.as_ref(), &question) {
        return Ok(picks.to_vec());
    }
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
    let read = |row: &Row| Ok(Pick { id: row.get("id")?, label: row.text("label")?, sub: row.text("sub")? });
    let picks: Vec<Pick> = rows.iter().map(read).collect::<Result<_>>()?;
    PICKS.keep(moment, question, Arc::from(picks.as_slice()));
    Ok(picks)
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
