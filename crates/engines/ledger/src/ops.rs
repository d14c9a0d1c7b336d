//! Changing rows. Every function here is one step inside a transaction of the caller: permission → validation → row, links, search,
//! change-log entry and event. The caller commits; until then nothing happened.

use std::sync::Arc;

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::id;
use mamori_kernel::lang::{Lang, Words};
use mamori_store::search::Document;
use mamori_store::{Actor, Arg, Change, Event, Reader, Tx, args, dialect, search};
use serde_json::{Map, Value as Json, json};

use crate::area::Registry;
use crate::def::{Kind, LedgerDef};
use crate::hooks::Saving;
use crate::parse;
use crate::query::{self, Labels, Sql};
use crate::record::{Meta, Record, Value, Values};
use crate::shape::Shape;

/// Who fills in the values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gate {
    /// A person: only what the form offers, only what he may do.
    Person,
    /// The program on its own account (a rule, a job, a special page that has judged permission): every field.
    Program,
    /// A person's file, whose references and keys the import's plan has already looked up.
    Bulk,
}

/// Adds a row. `row_id` is the id that the form was given when it was shown: sent twice, it is saved once.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`], whatever the area's rules say; database faults.
pub async fn create(
    registry: &Registry,
    tx: &mut Tx,
    shape: &Shape,
    values: Values,
    row_id: Option<String>,
    gate: Gate,
) -> Result<Record> {
    if gate != Gate::Program && !tx.actor().can(shape.def.code, Action::Create) {
        return Err(forbidden(&shape.def));
    }
    if let Some(row_id) = &row_id {
        if !id::is_id(row_id) {
            return Err(Error::Internal("a row id that is not one".to_owned()));
        }
        let text = format!("select id from {} where company_id = $1 and id = $2", shape.def.table);
        if tx.first(&text, args![row_id]).await?.is_some() {
            // The same form arrived before (a double click, a lost answer): give back what was saved.
            return query::find(tx, shape, row_id, Action::View).await;
        }
        // An id belongs to one row for ever: with the id of another ledger's row one would inherit what hangs on it.
        if tx.first("select seq from change_log where company_id = $1 and row_id = $2 limit 1", args![row_id]).await?.is_some() {
            return Err(id_taken());
        }
    }
    let mut record = Record::default();
    for field in &shape.fields {
        let value = if !field.default.is_empty() && !values.has(&field.code) {
            parse::value(field, &field.default).unwrap_or_default()
        } else {
            Value::Null
        };
        record.values.set(field.code.clone(), value);
    }
    apply(shape, &mut record, values, gate);
    let actor = tx.actor().clone();
    let now = dialect::instant(tx.now());
    record.meta = Meta {
        id: if let Some(known) = row_id { known } else { id::new() },
        version: 1,
        created_by: actor.user_id.clone(),
        created_at: now.clone(),
        updated_by: actor.user_id.clone(),
        updated_at: now,
        retired_at: String::new(),
    };
    judge(registry, tx, shape, None, &mut record, gate, Action::Create).await?;
    insert(tx, shape, &record, gate).await?;
    finish(registry, tx, shape, None, &record, "create", gate).await?;
    Ok(record)
}

/// Changes a row. `version` is the one the reader saw; another one in the database means that somebody was faster.
///
/// # Errors
/// [`Error::Conflict`] besides those of [`create`].
pub async fn update(
    registry: &Registry,
    tx: &mut Tx,
    shape: &Shape,
    row_id: &str,
    version: Option<i64>,
    changes: Values,
    gate: Gate,
) -> Result<Record> {
    let action = if gate == Gate::Program { Action::View } else { Action::Edit };
    let old = query::find(tx, shape, row_id, action).await?;
    if gate == Gate::Person {
        in_use(&old)?;
    }
    if let Some(version) = version
        && version != old.meta.version
    {
        return Err(Error::Conflict { current: old.meta.version });
    }
    change(registry, tx, shape, old, changes, gate).await
}

/// Changes a row as the consequence of something that was decided elsewhere, such as an approval: as [`update`] on the program's own
/// account, and also for an actor who does not see the row.
///
/// # Errors
/// As [`update`].
pub async fn consequence(registry: &Registry, tx: &mut Tx, shape: &Shape, row_id: &str, changes: Values) -> Result<Record> {
    let old = query::any(tx, shape, row_id).await?;
    change(registry, tx, shape, old, changes, Gate::Program).await
}

async fn change(registry: &Registry, tx: &mut Tx, shape: &Shape, old: Record, changes: Values, gate: Gate) -> Result<Record> {
    let mut record = old.clone();
    apply(shape, &mut record, changes, gate);
    judge(registry, tx, shape, Some(&old), &mut record, gate, Action::Edit).await?;
    if record.values == old.values {
        return Ok(old);
    }
    write(tx, shape, &old, &mut record).await?;
    finish(registry, tx, shape, Some(&old), &record, "update", gate).await?;
    Ok(record)
}

/// A row out of use stays as it was when it was retired.
///
/// # Errors
/// [`Error::Refused`] with what to do first.
pub fn in_use(record: &Record) -> Result<()> {
    if !record.is_retired() {
        return Ok(());
    }
    Err(Error::refused(
        "この行は使用終了になっているため、変更できません。変更するときは、先に行の画面で「使用に戻す」を押してください。",
        "This row is out of use and cannot be changed. To change it, take it back into use on its page first.",
    ))
}

/// Takes a row out of use. It stays readable, and everything that points to it keeps pointing.
///
/// # Errors
/// [`Error::InUse`] when rows in use point to it; what the area's rules say; database faults.
pub async fn retire(registry: &Registry, tx: &mut Tx, shape: &Shape, row_id: &str, version: Option<i64>) -> Result<Record> {
    let old = query::find(tx, shape, row_id, Action::Retire).await?;
    if version.is_some_and(|version| version != old.meta.version) {
        return Err(Error::Conflict { current: old.meta.version });
    }
    if old.is_retired() {
        return Ok(old);
    }
    if let Some(hooks) = shape.def.hooks.clone() {
        hooks.before_retire(tx, &old).await?;
    }
    if let Some(error) = still_used(registry, tx, row_id).await? {
        return Err(error);
    }
    let mut record = old.clone();
    record.meta.retired_at = dialect::instant(tx.now());
    write(tx, shape, &old, &mut record).await?;
    finish(registry, tx, shape, Some(&old), &record, "retire", Gate::Person).await?;
    Ok(record)
}

/// Says who still points to a row: by name what the actor may see, the rest by number.
async fn still_used(registry: &Registry, tx: &mut Tx, row_id: &str) -> Result<Option<Error>> {
    const NAMED: usize = 5;
    let users = backlinks(registry, tx, row_id, 30).await?;
    let mut named = Vec::new();
    for user in &users {
        let Some(def) = registry.ledger(user.code).filter(|_| named.len() < NAMED) else { continue };
        match query::find(tx, &Shape::plain(def), &user.id, Action::View).await {
            Ok(_) => named.push(user),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    if users.is_empty() {
        return Ok(None);
    }
    let rest = users.len() - named.len();
    let list = |lang: Lang| -> String {
        let mut parts: Vec<String> = named.iter().map(|user| format!("{}「{}」", user.ledger.get(lang), user.label)).collect();
        if rest > 0 {
            parts.push(match lang {
                Lang::Ja => format!("{}{rest}件", if parts.is_empty() { "" } else { "ほか" }),
                Lang::En => format!("{rest} {}", if parts.is_empty() { "rows" } else { "more" }),
            });
        }
        parts.join(lang.pick("、", ", "))
    };
    Ok(Some(Error::InUse(Words::owned(
        format!("ほかの台帳で使われているため、使用終了にできません。先に付け替えてください：{}", list(Lang::Ja)),
        format!("This is still in use elsewhere and cannot be retired. Please reassign these first: {}", list(Lang::En)),
    ))))
}

/// Takes a row back into use.
///
/// # Errors
/// As [`update`].
pub async fn restore(registry: &Registry, tx: &mut Tx, shape: &Shape, row_id: &str) -> Result<Record> {
    let old = query::find(tx, shape, row_id, Action::Retire).await?;
    if !old.is_retired() {
        return Ok(old);
    }
    let mut record = old.clone();
    record.meta.retired_at = String::new();
    let mut errors = Vec::new();
    unique(tx, shape, &record, &mut errors).await?;
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    write(tx, shape, &old, &mut record).await?;
    finish(registry, tx, shape, Some(&old), &record, "restore", Gate::Person).await?;
    Ok(record)
}

fn apply(shape: &Shape, record: &mut Record, values: Values, gate: Gate) {
    for (code, value) in values.0 {
        match shape.field(&code) {
            Some(field) if gate == Gate::Program || field.editable() => {
                // "Not given" has one form only, or every comparison would see a change.
                let value = if value.is_empty() && field.kind != Kind::Bool { Value::Null } else { value };
                let value = if field.kind == Kind::Bool && value == Value::Null { Value::Bool(false) } else { value };
                record.values.0.insert(code, value);
            }
            _ => {}
        }
    }
    for field in &shape.fields {
        if field.kind == Kind::Bool && record.get(&field.code) == &Value::Null {
            record.values.set(field.code.clone(), Value::Bool(false));
        }
    }
}

async fn judge(
    registry: &Registry,
    tx: &mut Tx,
    shape: &Shape,
    old: Option<&Record>,
    record: &mut Record,
    gate: Gate,
    action: Action,
) -> Result<()> {
    if let Some(compute) = shape.def.compute {
        compute(record);
    }
    let mut errors: Vec<FieldError> = Vec::new();
    if let Some(hooks) = shape.def.hooks.clone() {
        let mut saving = Saving { tx: &mut *tx, registry, shape, old, new: &mut *record, errors: &mut errors };
        hooks.before_save(&mut saving).await?;
        if let Some(compute) = shape.def.compute {
            compute(record);
        }
    }
    for field in &shape.fields {
        let value = record.get(&field.code);
        let mut reject = |message: Words| {
            if !errors.iter().any(|error| error.field == field.code) {
                errors.push(FieldError { field: field.code.to_string(), message });
            }
        };
        if field.required && value.is_empty() && !field.computed {
            reject(parse::missing(field));
        }
        if let Value::Text(text) = value
            && field.kind.is_text()
            && old.is_none_or(|old| old.get(&field.code) != value)
            && let Err(message) = parse::value(field, text)
        {
            reject(message);
        }
        if let (Kind::Choice, Value::Text(code), Some(set)) = (field.kind, value, &field.choices)
            && set.find(code).is_none()
            && old.is_none_or(|old| old.get(&field.code) != value)
        {
            reject(parse::value(field, code).err().unwrap_or_else(|| parse::missing(field)));
        }
    }
    if gate != Gate::Bulk {
        references(registry, tx, shape, old, record, gate, &mut errors).await?;
        unique(tx, shape, record, &mut errors).await?;
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    if gate != Gate::Program && !reaches(tx, shape, record, action) {
        return Err(Error::Forbidden(Words::new(
            "この部署や区分の行を保存する権限がありません。自分の部署の行として登録するか、担当者に依頼してください。",
            "You may not save rows of this department or classification. Please register it under your own department or ask the officer.",
        )));
    }
    Ok(())
}

/// The saved row must lie within the actor's reach as well: nobody moves a row out of his own sight or into another department.
fn reaches(tx: &Tx, shape: &Shape, record: &Record, action: Action) -> bool {
    may(tx.actor(), &shape.def, record, action)
}

/// True when the actor may do this with this very row, judged by its department, owner and classification: pages offer only what works.
pub fn may(actor: &Actor, def: &LedgerDef, record: &Record, action: Action) -> bool {
    let reach = actor.reach(def.code, action);
    let facts = facts(def, record);
    let in_department = !facts.department_id.is_empty() && actor.department_ids.contains(&facts.department_id);
    let is_owner = !facts.owner_id.is_empty() && actor.person_id.as_ref() == Some(&facts.owner_id);
    reach.covers(in_department, is_owner, facts.classification)
}

struct Facts {
    department_id: String,
    owner_id: String,
    classification: i64,
}

fn facts(def: &LedgerDef, record: &Record) -> Facts {
    let of = |code: &str| match code {
        "" => String::new(),
        "id" => record.meta.id.clone(),
        code => record.get(code).as_str().to_owned(),
    };
    Facts {
        department_id: of(def.department),
        owner_id: of(def.owner),
        classification: if def.classification.is_empty() { 0 } else { record.get(def.classification).as_int().unwrap_or(0) },
    }
}

async fn references(
    registry: &Registry,
    tx: &mut Tx,
    shape: &Shape,
    old: Option<&Record>,
    record: &Record,
    gate: Gate,
    errors: &mut Vec<FieldError>,
) -> Result<()> {
    for field in &shape.fields {
        let Some(def) = field.target.and_then(|target| registry.ledger(target)) else { continue };
        let value = record.get(&field.code);
        if value.is_empty() || old.is_some_and(|old| old.get(&field.code) == value) {
            continue;
        }
        let ids: Vec<&str> = match value {
            Value::Text(id) => vec![id],
            other => other.as_list().iter().map(String::as_str).collect(),
        };
        let mut sql = Sql::default();
        let list = sql.bind_all(ids.iter().copied());
        let text = format!("select count(*) as n from {} where company_id = $1 and id in ({list})", def.table);
        let found = usize::try_from(tx.count(&text, sql.args).await?).unwrap_or(0);
        // What a row already pointed to may be retired; nobody newly chooses what is out of use.
        let fresh = |id: &&str| {
            let known = old.map(|old| old.get(&field.code));
            known.is_none_or(|known| known.as_str() != *id && !known.as_list().iter().any(|other| other == id))
        };
        let mut reject = |message: Words| {
            if !errors.iter().any(|error| error.field == field.code) {
                errors.push(FieldError { field: field.code.to_string(), message });
            }
        };
        if found < ids.len() {
            reject(Words::owned(
                format!("{}に選んだ行が見つかりません。選び直してください。", field.words.get(Lang::Ja)),
                format!("The row chosen for {} does not exist. Please choose again.", field.words.get(Lang::En)),
            ));
        }
        if ids.contains(&record.meta.id.as_str()) {
            reject(Words::owned(
                format!("{}に自分自身は選べません。", field.words.get(Lang::Ja)),
                format!("{} cannot be the row itself.", field.words.get(Lang::En)),
            ));
        }
        if gate == Gate::Person && retired(tx, def, ids.iter().copied().filter(fresh)).await? {
            reject(Words::owned(
                format!("{}に選んだ行は使用終了になっています。使用中のものを選んでください。", field.words.get(Lang::Ja)),
                format!("The row chosen for {} is out of use. Please choose one that is in use.", field.words.get(Lang::En)),
            ));
        }
    }
    Ok(())
}

/// One of the rows is out of use.
async fn retired(tx: &mut Tx, def: &LedgerDef, ids: impl Iterator<Item = &str>) -> Result<bool> {
    let mut sql = Sql::default();
    let list = sql.bind_all(ids);
    if sql.args.is_empty() {
        return Ok(false);
    }
    let text = format!("select count(*) as n from {} where company_id = $1 and retired_at <> '' and id in ({list})", def.table);
    Ok(tx.count(&text, sql.args).await? > 0)
}

async fn unique(tx: &mut Tx, shape: &Shape, record: &Record, errors: &mut Vec<FieldError>) -> Result<()> {
    for field in shape.fields.iter().filter(|field| field.unique && !field.extra) {
        let value = record.get(&field.code);
        if value.is_empty() {
            continue;
        }
        let text = format!(
            "select {} as label from {} where company_id = $1 and {} = $2 and id <> $3 and retired_at = '' limit 1",
            shape.def.label, shape.def.table, field.code
        );
        if let Some(row) = tx.first(&text, vec![value.arg(field.kind), Arg::from(&record.meta.id)]).await? {
            let other = row.text("label")?;
            errors.push(FieldError {
                field: field.code.to_string(),
                message: parse::not_allowed(
                    field,
                    &value.stored(),
                    &format!("「{other}」ですでに使われています。別の値にしてください。"),
                    &format!("is already used by “{other}”. Please enter another value."),
                ),
            });
        }
    }
    Ok(())
}

async fn insert(tx: &mut Tx, shape: &Shape, record: &Record, gate: Gate) -> Result<()> {
    let mut columns = "id, version, created_by, created_at, updated_by, updated_at, retired_at, extra".to_owned();
    let meta = &record.meta;
    let mut values = args![
        &meta.id,
        meta.version,
        &meta.created_by,
        &meta.created_at,
        &meta.updated_by,
        &meta.updated_at,
        &meta.retired_at,
        record.extra_json(&shape.fields, None)?
    ];
    for field in shape.fields.iter().filter(|field| !field.extra) {
        columns.push_str(", ");
        columns.push_str(&field.code);
        values.push(record.get(&field.code).arg(field.kind));
    }
    if gate == Gate::Bulk {
        // The plan has judged references and keys, and the id is fresh: nothing waits for this row.
        return tx.insert_later(shape.def.table, &columns, values).await;
    }
    let mut sql = Sql::default();
    let list = sql.bind_all(values);
    // An id that came with the form may be one of another company, whose rows this transaction cannot see.
    let text = format!("insert into {} (company_id, {columns}) values ($1, {list}) on conflict (id) do nothing", shape.def.table);
    if tx.exec(&text, sql.args).await? == 0 { Err(id_taken()) } else { Ok(()) }
}

fn id_taken() -> Error {
    Error::refused(
        "この入力画面は、すでに別の登録に使われています。新規登録の画面を開き直して、もう一度入力してください。保存されたものはありません。",
        "This form has already been used for something else. Please open a new form and enter it again. Nothing was saved.",
    )
}

async fn write(tx: &mut Tx, shape: &Shape, old: &Record, record: &mut Record) -> Result<()> {
    record.meta.version = old.meta.version.saturating_add(1);
    record.meta.updated_by = tx.actor().user_id.clone();
    record.meta.updated_at = dialect::instant(tx.now());
    let mut sql = Sql::default();
    let meta = &record.meta;
    let row_id = sql.bind(&meta.id);
    let version = sql.bind(old.meta.version);
    let mut sets = vec![
        format!("version = {}", sql.bind(meta.version)),
        format!("updated_by = {}", sql.bind(&meta.updated_by)),
        format!("updated_at = {}", sql.bind(&meta.updated_at)),
        format!("retired_at = {}", sql.bind(&meta.retired_at)),
    ];
    for field in shape.fields.iter().filter(|field| !field.extra) {
        if record.get(&field.code) != old.get(&field.code) {
            let bound = sql.bind(record.get(&field.code).arg(field.kind));
            sets.push(format!("{} = {bound}", field.code));
        }
    }
    if shape.fields.iter().any(|field| field.extra && record.get(&field.code) != old.get(&field.code)) {
        let text = format!("select extra from {} where company_id = $1 and id = $2", shape.def.table);
        let before = tx.first(&text, args![&meta.id]).await?.ok_or(Error::NotFound)?.text("extra")?;
        let bound = sql.bind(record.extra_json(&shape.fields, Some(&before))?);
        sets.push(format!("extra = {bound}"));
    }
    let text = format!(
        "update {} set {} where company_id = $1 and id = {row_id} and version = {version}",
        shape.def.table,
        sets.join(", ")
    );
    if tx.exec(&text, sql.args).await? == 0 {
        return Err(Error::Conflict { current: old.meta.version.saturating_add(1) });
    }
    Ok(())
}

async fn finish(
    registry: &Registry,
    tx: &mut Tx,
    shape: &Shape,
    old: Option<&Record>,
    record: &Record,
    action: &str,
    gate: Gate,
) -> Result<()> {
    let def = &shape.def;
    link(tx, shape, old, record).await?;
    let label = label(def, record);
    let mut diff = Map::new();
    for field in &shape.fields {
        let before = old.map_or(&Value::Null, |old| old.get(&field.code));
        let after = record.get(&field.code);
        let silent = old.is_none() && (after.is_empty() || after == &Value::Bool(false));
        if before != after && !silent {
            diff.insert(field.code.to_string(), json!([before.json(), after.json()]));
        }
    }
    tx.log(Change::new(action, def.code, &record.meta.id, &label, Json::Object(diff))).await?;
    if record.is_retired() {
        search::remove(tx, &record.meta.id).await?;
    } else {
        index(registry, tx, shape, record, old.is_none()).await?;
    }
    if let Some(hooks) = def.hooks.clone() {
        hooks.after_save(tx, registry, old, record).await?;
    }
    if gate == Gate::Bulk {
        // One event speaks for the whole file.
        return Ok(());
    }
    tx.emit(Event { name: format!("{}.{action}", def.code), payload: json!({ "id": record.meta.id }) }).await
}

/// The name of a row for history and search.
pub fn label(def: &LedgerDef, record: &Record) -> String {
    record.get(def.label).stored()
}

async fn link(tx: &mut Tx, shape: &Shape, old: Option<&Record>, record: &Record) -> Result<()> {
    for field in &shape.fields {
        let Some(target) = field.target else { continue };
        let value = record.get(&field.code);
        let before = old.map_or(&Value::Null, |old| old.get(&field.code));
        // A retired row no longer holds on to what it points to.
        let dropped = old.is_some_and(|old| old.is_retired() != record.is_retired());
        if value == before && !dropped {
            continue;
        }
        if old.is_some() {
            tx.exec(
                "delete from link where company_id = $1 and from_id = $2 and field = $3",
                args![&record.meta.id, field.code.as_ref()],
            )
            .await?;
        }
        if record.is_retired() {
            continue;
        }
        let one = [value.as_str().to_owned()];
        let ids = if field.kind == Kind::Ref { one.as_slice() } else { value.as_list() };
        for to in ids.iter().filter(|to| !to.is_empty()) {
            tx.link(shape.def.code, &record.meta.id, &field.code, target, to).await?;
        }
    }
    Ok(())
}

/// Puts a row into the search index, replacing what stood there; every save does it by itself, a restore does it for all rows.
///
/// # Errors
/// Database faults.
pub async fn index(registry: &Registry, tx: &mut Tx, shape: &Shape, record: &Record, new: bool) -> Result<()> {
    let def = &shape.def;
    let named: Vec<_> = shape.fields.iter().filter(|field| field.search || field.code == def.label).cloned().collect();
    let labels = if named.iter().any(|field| field.target.is_some()) {
        query::labels(registry, tx, &named, std::slice::from_ref(record)).await?
    } else {
        Labels::default()
    };
    let mut text = String::new();
    for field in &named {
        let shown = query::display(field, record.get(&field.code), Lang::Ja, &labels);
        if !shown.is_empty() {
            text.push_str(&shown);
            text.push('\n');
        }
    }
    let subtitle = shape
        .field(def.sub_label)
        .filter(|field| field.target.is_none())
        .map_or_else(String::new, |field| query::display(field, record.get(&field.code), Lang::Ja, &labels));
    let facts = facts(def, record);
    search::put(
        tx,
        new,
        &Document {
            ledger: def.code.to_owned(),
            row_id: record.meta.id.clone(),
            title: label(def, record),
            subtitle,
            text,
            department_id: facts.department_id,
            owner_id: facts.owner_id,
            classification: facts.classification,
        },
    )
    .await
}

/// A row that points to another.
#[derive(Clone, Debug)]
pub struct Backlink {
    /// The ledger's name.
    pub ledger: Words,
    /// The ledger's code.
    pub code: &'static str,
    /// The heading of the field that points.
    pub field: Words,
    /// Row id.
    pub id: String,
    /// The row's name.
    pub label: String,
    /// Where it is shown.
    pub href: String,
}

/// Rows in use that point to a row.
///
/// # Errors
/// Database faults.
pub async fn backlinks(registry: &Registry, db: &mut impl Reader, row_id: &str, limit: i64) -> Result<Vec<Backlink>> {
    let rows = db
        .rows(
            "select from_ledger, from_id, field from link where company_id = $1 and to_id = $2 order by from_ledger, from_id limit $3",
            args![row_id, limit],
        )
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(def): Option<&Arc<LedgerDef>> = registry.ledger(&row.text("from_ledger")?) else { continue };
        let from: String = row.get("from_id")?;
        let text = format!("select {} as label from {} where company_id = $1 and id = $2", def.label, def.table);
        let label = match db.first(&text, args![&from]).await? {
            Some(named) => named.text("label")?,
            None => continue,
        };
        let field = row.text("field")?;
        found.push(Backlink {
            ledger: def.words.clone(),
            code: def.code,
            field: def.field(&field).map(|field| field.words.clone()).unwrap_or_default(),
            href: format!("{}/{from}", def.path()),
            id: from,
            label,
        });
    }
    Ok(found)
}

pub(crate) fn forbidden(def: &LedgerDef) -> Error {
    Error::Forbidden(Words::owned(
        format!(
            "「{}」でこの操作を行う権限がありません。必要な場合は、システム管理者に依頼してください。",
            def.words.get(Lang::Ja)
        ),
        format!(
            "You do not have permission to do this in “{}”. If you need it, please ask your administrator.",
            def.words.get(Lang::En)
        ),
    ))
}
