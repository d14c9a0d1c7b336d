//! What an import would do, row by row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use mamori_formats::sheet::{Cell, Sheet, Workbook, column_name};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};
use mamori_kernel::text::{nfkc, normalise};
use mamori_kernel::time::from_excel_serial;
use mamori_store::Reader;

use super::apply::Summary;
use super::mapping::Mapping;
use crate::area::Registry;
use crate::def::{FieldDef, Kind, LedgerDef};
use crate::parse;
use crate::record::{Record, Value, Values};
use crate::shape::Shape;

/// Marks a row that an import will make in another ledger; not a possible id.
pub(super) const NEW: &str = "new:";

/// What would happen to a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum State {
    /// It does not fit.
    Wrong,
    /// A new row.
    Created,
    /// A row that exists gets other values.
    Changed,
    /// Nothing.
    Unchanged,
}

/// Something wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Row as Excel counts it.
    pub row: usize,
    /// Column letter; empty when the whole row is meant.
    pub column: String,
    /// The value found.
    pub value: String,
    /// What is wrong and what is allowed.
    pub message: Words,
}

/// A row of the file.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Row as Excel counts it.
    pub row: usize,
    /// Index in the sheet's rows.
    pub index: usize,
    /// What would happen.
    pub state: State,
    /// The row's name.
    pub label: String,
    /// Values to write.
    pub values: Values,
    /// The row that exists: id and version.
    pub target: Option<(String, i64)>,
    /// Fields that change: code, before, after.
    pub changes: Vec<(String, Value, Value)>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// The whole plan.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Rows in the order of the file, blank ones left out.
    pub rows: Vec<Planned>,
    /// Rows that will be made in other ledgers: ledger code and name.
    pub referenced: BTreeSet<(&'static str, String)>,
}

impl Plan {
    /// Rows that would be written.
    pub fn todo(&self) -> usize {
        let summary = self.summary();
        summary.created + summary.changed
    }

    /// Counts.
    pub fn summary(&self) -> Summary {
        let count = |state: State| self.rows.iter().filter(|row| row.state == state).count();
        Summary {
            created: count(State::Created),
            changed: count(State::Changed),
            unchanged: count(State::Unchanged),
            wrong: count(State::Wrong),
        }
    }
}

/// Names of the rows that references may point to.
struct Names {
    by_name: HashMap<String, Vec<String>>,
}

impl Names {
    async fn load(db: &mut impl Reader, def: &LedgerDef) -> Result<Names> {
        let mut columns = vec![def.label];
        for key in def.match_keys.iter().filter(|key| key.len() == 1) {
            if let [code] = key.as_slice()
                && !columns.contains(code)
            {
                columns.push(code);
            }
        }
        let mut by_name: HashMap<String, Vec<String>> = HashMap::new();
        let text = format!("select id, {} from {} where company_id = $1 and retired_at = ''", columns.join(", "), def.table);
        for row in db.rows(&text, vec![]).await? {
            let id: String = row.get("id")?;
            for column in &columns {
                let name = normalise(&row.text(column)?);
                let ids = by_name.entry(name).or_default();
                if !ids.contains(&id) {
                    ids.push(id.clone());
                }
            }
        }
        by_name.remove("");
        Ok(Names { by_name })
    }
}

/// The same text for a reader: what CP932 cannot hold comes back as its full-width twin, and that is no change.
fn folded(text: &str) -> String {
    nfkc(text).replace(['〜', '～'], "~").replace(['−', '－'], "-").replace("\r\n", "\n")
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => a == b || folded(a) == folded(b),
        (Value::Bool(false), Value::Null) | (Value::Null, Value::Bool(false)) => true,
        (a, b) => a == b || (a.is_empty() && b.is_empty()),
    }
}

/// Plans a file.
///
/// # Errors
/// [`Error::Refused`] when the sheet is gone; database faults.
pub async fn make(
    registry: &Registry,
    db: &mut impl Reader,
    shape: &Shape,
    workbook: &Workbook,
    mapping: &Mapping,
) -> Result<Plan> {
    let sheet = workbook.sheets.get(mapping.sheet).ok_or_else(|| super::no_heading(shape))?;
    let mut names: BTreeMap<&'static str, Names> = BTreeMap::new();
    for code in mapping.columns.values() {
        if let Some(target) = shape.field(code).and_then(|field| field.target)
            && !names.contains_key(target)
        {
            let def = registry.ledger(target).ok_or_else(|| Error::Internal(format!("no ledger {target}")))?;
            names.insert(target, Names::load(db, def).await?);
        }
    }
    let existing = super::existing(registry, db, shape).await?;
    let index = Index::build(shape, mapping, &existing);
    let mut plan = Plan::default();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for at in mapping.first_row..sheet.rows.len() {
        if sheet.is_blank_row(at) || repeats_heading(sheet, at, mapping) {
            continue;
        }
        let mut planned = read_row(shape, sheet, at, mapping, &names, &mut plan.referenced);
        if let Some(hooks) = &shape.def.hooks {
            hooks.imported(&mut planned.values);
        }
        planned.label = planned.values.get(shape.def.label).stored();
        if planned.values.0.values().all(|value| value.is_empty() || value == &Value::Bool(false)) && planned.problems.is_empty()
        {
            continue;
        }
        judge(shape, mapping, &existing, &index, &mut planned, &mut seen);
        plan.rows.push(planned);
    }
    // Only names that a right row needs are made.
    let needed: BTreeSet<String> = plan
        .rows
        .iter()
        .filter(|row| row.state != State::Wrong)
        .flat_map(|row| row.values.0.values())
        .flat_map(|value| match value {
            Value::Text(text) => vec![text.clone()],
            other => other.as_list().to_vec(),
        })
        .filter_map(|text| text.strip_prefix(NEW).map(str::to_owned))
        .collect();
    plan.referenced.retain(|(_, name)| needed.contains(name));
    Ok(plan)
}

/// Long sheets repeat their heading on every printed page.
fn repeats_heading(sheet: &Sheet, at: usize, mapping: &Mapping) -> bool {
    let filled = mapping.columns.keys().filter(|column| !sheet.cell(at, **column).is_empty()).count();
    filled >= 2
        && mapping.columns.keys().all(|column| {
            let text = sheet.cell(at, *column).text();
            text.is_empty() || mapping.headings.get(column).is_some_and(|heading| *heading == text)
        })
}

fn read_row(
    shape: &Shape,
    sheet: &Sheet,
    at: usize,
    mapping: &Mapping,
    names: &BTreeMap<&'static str, Names>,
    referenced: &mut BTreeSet<(&'static str, String)>,
) -> Planned {
    let row = sheet.excel_row(at);
    let mut planned = Planned {
        row,
        index: at,
        state: State::Created,
        label: String::new(),
        values: Values::default(),
        target: None,
        changes: Vec::new(),
        problems: Vec::new(),
    };
    for (column, code) in &mapping.columns {
        let Some(field) = shape.field(code) else { continue };
        if !field.editable() {
            continue;
        }
        let cell = sheet.cell(at, *column);
        let read = match field.target.and_then(|target| names.get(target).map(|names| (target, names))) {
            Some((target, names)) => reference(field, &cell.text(), target, names, referenced),
            None => read_cell(field, cell),
        };
        match read {
            Ok(value) => planned.values.set(field.code.clone(), value),
            Err(message) => {
                planned.problems.push(Problem { row, column: column_name(*column), value: cell.text(), message });
            }
        }
    }
    planned
}

fn read_cell(field: &FieldDef, cell: &Cell) -> std::result::Result<Value, Words> {
    match (cell, field.kind) {
        (Cell::Error(error), _) => Err(parse::not_allowed(
            field,
            error,
            "Excelの計算エラーです。セルの式を直すか、値を入力してください。",
            "is an Excel formula error. Please mend the formula or type the value.",
        )),
        (Cell::Date(date), Kind::Date) => Ok(Value::Date(*date)),
        (Cell::DateTime(at), Kind::Date) => Ok(Value::Date(at.date())),
        (Cell::Number(n), Kind::Date) if (20_000.0..80_000.0).contains(n) => {
            from_excel_serial(*n, false).map(Value::Date).map_err(|_| parse::value(field, &cell.text()).err().unwrap_or_default())
        }
        (Cell::Bool(yes), Kind::Bool) => Ok(Value::Bool(*yes)),
        (Cell::Number(n), Kind::Decimal) => Ok(Value::Real(*n)),
        _ => parse::value(field, &cell.text()),
    }
}

fn reference(
    field: &FieldDef,
    text: &str,
    target: &'static str,
    names: &Names,
    referenced: &mut BTreeSet<(&'static str, String)>,
) -> std::result::Result<Value, Words> {
    let mut one = |part: &str| -> std::result::Result<String, Words> {
        match names.by_name.get(&normalise(part)).map(Vec::as_slice) {
            Some([only]) => Ok(only.clone()),
            Some(_) => Err(parse::not_allowed(
                field,
                part,
                "同じ名前が複数登録されています。番号などで1つに決めてください。",
                "fits several rows. Please use a number or code that fits only one.",
            )),
            None if field.create_missing => {
                let name = part.trim().to_owned();
                referenced.insert((target, name.clone()));
                Ok(format!("{NEW}{name}"))
            }
            None => Err(parse::not_allowed(
                field,
                part,
                "登録されていません。先に登録するか、登録済みの名前に直してください。",
                "is not registered. Please register it first, or use a registered name.",
            )),
        }
    };
    let text = text.trim();
    if text.is_empty() {
        return Ok(Value::Null);
    }
    if field.kind == Kind::Refs {
        return parse::split_list(text).map(&mut one).collect::<std::result::Result<Vec<_>, _>>().map(Value::List);
    }
    one(text).map(Value::Text)
}

/// Rows that exist, by their natural keys.
struct Index {
    keys: Vec<Vec<&'static str>>,
    maps: Vec<HashMap<String, Vec<usize>>>,
}

fn key_of(values: &Values, key: &[&str]) -> Option<String> {
    // A key whose parts are all blank recognises nothing.
    if key.iter().all(|code| values.get(code).is_empty())
        || (key.len() == 1 && key.iter().any(|code| values.get(code).is_empty()))
    {
        return None;
    }
    let parts: Vec<String> = key.iter().map(|code| normalise(&values.get(code).stored())).collect();
    Some(parts.join("\u{1f}"))
}

impl Index {
    fn build(shape: &Shape, mapping: &Mapping, existing: &[Record]) -> Index {
        let mapped = |code: &&str| mapping.columns.values().any(|known| known == code);
        let mut keys: Vec<Vec<&'static str>> =
            shape.def.match_keys.iter().filter(|key| key.iter().all(mapped)).cloned().collect();
        // A file that lacks a part of the key (no department column) still names its rows: what is there recognises them, or the second
        // import of the same file would make everything twice.
        let label = shape.def.label;
        let partial = shape.def.match_keys.iter().filter(|key| key.contains(&label) && mapped(&label));
        let partial = partial.map(|key| key.iter().copied().filter(|code| mapped(code)).collect::<Vec<_>>());
        if let Some(widest) = partial.max_by_key(|key| key.len())
            && !keys.contains(&widest)
        {
            keys.push(widest);
        }
        let maps = keys
            .iter()
            .map(|key| {
                let mut map: HashMap<String, Vec<usize>> = HashMap::new();
                for (at, record) in existing.iter().enumerate() {
                    if let Some(found) = key_of(&record.values, key) {
                        map.entry(found).or_default().push(at);
                    }
                }
                map
            })
            .collect();
        Index { keys, maps }
    }
}

fn judge(
    shape: &Shape,
    mapping: &Mapping,
    existing: &[Record],
    index: &Index,
    planned: &mut Planned,
    seen: &mut HashMap<String, usize>,
) {
    let row = planned.row;
    let whole = |message: Words| Problem { row, column: String::new(), value: String::new(), message };
    let mut hit: Option<usize> = None;
    for (key, map) in index.keys.iter().zip(&index.maps) {
        let Some(found) = key_of(&planned.values, key) else { continue };
        let marked = format!("{}\u{1e}{found}", key.join(","));
        if let Some(first) = seen.get(&marked) {
            planned.problems.push(whole(Words::owned(
                format!("{first}行目と同じ行です。どちらか1行にまとめてください。"),
                format!("This is the same row as row {first}. Please keep only one of them."),
            )));
        } else {
            seen.insert(marked, row);
        }
        match map.get(&found).map(Vec::as_slice) {
            Some([only]) => hit = Some(*only),
            Some([_, _, ..]) => planned.problems.push(whole(Words::new(
                "台帳に同じ内容の行が複数あり、どれを更新するか決められません。番号の列を加えてください。",
                "Several rows of the ledger fit, so it is unclear which one to update. Please add a column with the number.",
            ))),
            _ => {}
        }
        break;
    }
    match hit.and_then(|at| existing.get(at)) {
        Some(record) => {
            planned.target = Some((record.meta.id.clone(), record.meta.version));
            for (code, after) in &planned.values.0 {
                let before = record.get(code);
                let kept = after.is_empty() && !mapping.clear;
                if !kept && !same(before, after) {
                    planned.changes.push((code.to_string(), before.clone(), after.clone()));
                }
            }
            planned.values.0.retain(|code, _| planned.changes.iter().any(|(changed, _, _)| changed == code));
            planned.state = if planned.changes.is_empty() { State::Unchanged } else { State::Changed };
        }
        None => {
            for field in shape.fields.iter().filter(|field| field.required && field.editable()) {
                let given = planned.values.has(&field.code) || planned.problems.iter().any(|problem| !problem.column.is_empty());
                if planned.values.get(&field.code).is_empty()
                    && field.default.is_empty()
                    && (given || !mapping.columns.values().any(|code| *code == field.code))
                {
                    let column =
                        mapping.columns.iter().find(|(_, code)| **code == field.code).map(|(column, _)| column_name(*column));
                    planned.problems.push(Problem {
                        row,
                        column: column.unwrap_or_default(),
                        value: String::new(),
                        message: parse::missing(field),
                    });
                }
            }
        }
    }
    if !planned.problems.is_empty() {
        planned.state = State::Wrong;
    }
}

/// A message as one line: `12行目 J列「5」：…`.
pub(crate) fn line(problem: &Problem, lang: Lang) -> String {
    let place = match (problem.column.is_empty(), lang) {
        (true, Lang::Ja) => format!("{}行目", problem.row),
        (true, Lang::En) => format!("Row {}", problem.row),
        (false, Lang::Ja) => format!("{}行目 {}列", problem.row, problem.column),
        (false, Lang::En) => format!("Row {}, column {}", problem.row, problem.column),
    };
    format!("{place}{}{}", lang.pick("：", ": "), problem.message.get(lang))
}

impl Problem {
    /// The whole message in one line: place and what is wrong.
    pub fn line(&self, lang: Lang) -> String {
        line(self, lang)
    }
}
