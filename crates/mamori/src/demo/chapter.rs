//! Performs the diary: rows, suggestions, appetite, approvals, money. Threats and checks have their own files.

use std::collections::BTreeSet;

use mamori_approval::Desk;
use mamori_approval::request::rules::Verdict;
use mamori_approval::request::{ops as requests, queries as cases};
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::time;
use mamori_ledger::def::Kind;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Record, Value, Values};
use mamori_planning::{budget, budget_request};
use mamori_risk::scenario::queries as scenarios;
use mamori_risk::{acceptance, appetite, suggest, threat, weakness};
use mamori_store::{Reader, Tx};
use toml::Value as Written;

use super::acts::What;
use super::stage::{Made, Stage, shape};
use super::{assessment, threats};

/// Carries out a deed of the diary.
pub(super) async fn perform(stage: &mut Stage<'_>, tx: &mut Tx, at: usize) -> Result<()> {
    let content = stage.content;
    let Some(act) = content.acts.get(at) else { return Ok(()) };
    match &act.what {
        What::Add { ledger, code, values } => add(stage, tx, ledger, code, values).await,
        What::Change { code, values, cause, note } => {
            tx.set_memo(scenarios::CAUSE, cause.as_str());
            change(stage, tx, code, values).await?;
            tx.set_memo(scenarios::CAUSE, "");
            if note.is_empty() { Ok(()) } else { stage.comment(tx, code, note).await }
        }
        What::Call { row, field, code } => call(stage, tx, row, field, code).await,
        What::Appetite { score, yen, reason } => {
            let input = appetite::rules::Input { score: score.to_string(), yen: yen.to_string(), reason: reason.clone() };
            let seen = appetite::queries::current(tx).await?.number;
            appetite::ops::change(tx, stage.registry(), &input, seen, &stage.app.base_url).await.map(|_| ())
        }
        What::Suggested { keys } => {
            let chosen: BTreeSet<String> = keys.values().cloned().collect();
            let made = suggest::ops::accept(tx, stage.registry(), &chosen).await?;
            if made.len() != chosen.len() {
                return Err(Error::Internal(format!("{} of {} suggestions were there", made.len(), chosen.len())));
            }
            for (code, key) in keys {
                let id = scenarios::by_key(tx, key).await?.ok_or(Error::NotFound)?;
                remember(stage, tx, "scenario", code, &id).await?;
            }
            Ok(())
        }
        What::Dismiss { key, reason } => suggest::ops::dismiss(tx, key, reason).await,
        What::Ask { row, reason } => {
            let (kind, id) = kind(stage, row)?;
            requests::propose(&Desk::of(stage.app)?, tx, kind, &id, reason).await.map(|_| ())
        }
        What::Decide { row, place, verdict, comment } => {
            let (kind, id) = kind(stage, row)?;
            let verdict = Verdict::parse(verdict).ok_or(Error::NotFound)?;
            decide(stage, tx, kind, &id, *place, verdict, comment).await
        }
        What::TakeOver => budget::ops::take_over(tx, stage.registry()).await.map(|_| ()),
        What::Request { year, code } => {
            let year = i16::try_from(fiscal_year(stage, tx, *year).await?).unwrap_or(i16::MAX);
            let id = budget_request::ops::begin(tx, stage.registry(), year).await?;
            remember(stage, tx, "budget_request", code, &id).await
        }
        What::Spend { on, yen } => spend(stage, tx, on, *yen).await,
        What::Answers { .. } | What::Move { .. } | What::Find { .. } => assessment::perform(stage, tx, &act.what).await,
        What::Parts { .. }
        | What::Judge { .. }
        | What::Weak { .. }
        | What::Grow { .. }
        | What::Nodes { .. }
        | What::Branch { .. }
        | What::Learn { .. }
        | What::Prevent { .. } => threats::perform(stage, tx, &act.what).await,
    }
}

/// Keeps a row that a use case made under a code.
pub(super) async fn remember(stage: &mut Stage<'_>, tx: &mut Tx, ledger: &str, code: &str, id: &str) -> Result<()> {
    let shape = shape(stage.registry(), tx, ledger).await?;
    let record = query::any(tx, &shape, id).await?;
    let made = Made { ledger: shape.def.code, id: id.to_owned(), label: ops::label(&shape.def, &record) };
    stage.rows.insert(code.to_owned(), made);
    Ok(())
}

async fn add(stage: &mut Stage<'_>, tx: &mut Tx, ledger: &str, code: &str, values: &toml::Table) -> Result<()> {
    let shape = shape(stage.registry(), tx, ledger).await?;
    let values = resolve(stage, tx, &shape, values).await?;
    stage.create(tx, shape.def.code, code, values).await
}

async fn change(stage: &Stage<'_>, tx: &mut Tx, code: &str, values: &toml::Table) -> Result<()> {
    let ledger = stage.rows.get(code).map(|made| made.ledger).ok_or_else(|| missing(code))?;
    let shape = shape(stage.registry(), tx, ledger).await?;
    let values = resolve(stage, tx, &shape, values).await?;
    stage.update(tx, code, values).await
}

fn missing(code: &str) -> Error {
    Error::Internal(format!("no row “{code}” yet"))
}

/// The row of a code.
pub(super) async fn row(stage: &Stage<'_>, tx: &mut Tx, code: &str) -> Result<Record> {
    let made = stage.rows.get(code).ok_or_else(|| missing(code))?;
    let shape = shape(stage.registry(), tx, made.ledger).await?;
    query::any(tx, &shape, &made.id).await
}

async fn call(stage: &mut Stage<'_>, tx: &mut Tx, of: &str, field: &str, code: &str) -> Result<()> {
    let record = row(stage, tx, of).await?;
    let ledger = stage.rows.get(of).map(|made| made.ledger).ok_or_else(|| missing(of))?;
    let shape = shape(stage.registry(), tx, ledger).await?;
    let target = shape.fields.iter().find(|known| known.code == field).and_then(|known| known.target);
    let value = record.get(field);
    let id = value.as_list().first().map_or(value.as_str(), String::as_str).to_owned();
    if id.is_empty() {
        return Err(Error::Internal(format!("“{of}” has no {field} yet")));
    }
    // Nothing is written: the row only gets a name for later deeds.
    tx.technical();
    remember(stage, tx, target.ok_or(Error::NotFound)?, code, &id).await
}

/// The values of a table as the ledger's fields take them: a code for a reference (of this company, or of the catalogue for threats and
/// weaknesses), a number for a day (an offset from today) and for a fiscal year (0 is today's).
pub(super) async fn resolve(stage: &Stage<'_>, tx: &mut Tx, shape: &Shape, table: &toml::Table) -> Result<Values> {
    let mut values = Values::default();
    for (field, written) in table {
        let known = shape.fields.iter().find(|known| known.code == field.as_str());
        let known = known.ok_or_else(|| Error::Internal(format!("the ledger {} has no field {field}", shape.def.code)))?;
        let value = match (known.kind, written) {
            (Kind::Ref, Written::String(code)) if !code.is_empty() => {
                Value::Text(reference(stage, tx, known.target, code).await?)
            }
            (Kind::Refs, Written::Array(codes)) => {
                let mut ids = Vec::new();
                for code in codes.iter().filter_map(Written::as_str) {
                    ids.push(reference(stage, tx, known.target, code).await?);
                }
                Value::List(ids)
            }
            (Kind::Flags, Written::Array(codes)) => {
                Value::List(codes.iter().filter_map(Written::as_str).map(str::to_owned).collect())
            }
            (Kind::Date, Written::Integer(offset)) => {
                Value::Date(stage.calendar.working(i32::try_from(*offset).unwrap_or_default()))
            }
            (Kind::Int, Written::Integer(year)) if field == "fiscal_year" => Value::Int(fiscal_year(stage, tx, *year).await?),
            (Kind::Decimal, Written::Integer(n)) => Value::Real(*n as f64),
            (_, Written::Integer(n)) => Value::Int(*n),
            (_, Written::Float(n)) => Value::Real(*n),
            (_, Written::Boolean(yes)) => Value::Bool(*yes),
            (_, Written::String(text)) => Value::from(text.as_str()),
            (kind, other) => return Err(Error::Internal(format!("{field}: {other} is no {kind:?}"))),
        };
        values.set(field.clone(), value);
    }
    Ok(values)
}

async fn reference(stage: &Stage<'_>, tx: &mut Tx, target: Option<&str>, code: &str) -> Result<String> {
    let known = match target {
        Some("threat") => threat::queries::by_code(tx, code).await?,
        Some("weakness") => weakness::queries::by_code(tx, code).await?,
        _ => Some(stage.id(code)?.to_owned()),
    };
    known.ok_or_else(|| missing(code))
}

async fn fiscal_year(stage: &Stage<'_>, db: &mut impl Reader, offset: i64) -> Result<i64> {
    let today = budget::queries::fiscal(db).await?.year_of(stage.calendar.plain(0));
    Ok(i64::from(today).saturating_add(offset))
}

/// The kind of approval that a row needs, and its id.
fn kind(stage: &Stage<'_>, code: &str) -> Result<(&'static str, String)> {
    let made = stage.rows.get(code).ok_or_else(|| missing(code))?;
    let kind = match made.ledger {
        "acceptance" => acceptance::KIND,
        "budget_request" => budget_request::KIND,
        "service_review" => mamori_assessment::service_review::approval::KIND,
        other => return Err(Error::Internal(format!("nobody approves rows of {other}"))),
    };
    Ok((kind, made.id.clone()))
}

/// Decides on the request that waits for a row.
pub(super) async fn decide(
    stage: &Stage<'_>,
    tx: &mut Tx,
    kind: &str,
    row: &str,
    place: i64,
    verdict: Verdict,
    comment: &str,
) -> Result<()> {
    let case = cases::latest(tx, kind, row).await?.ok_or(Error::NotFound)?;
    let at = requests::At { round: case.round, position: place };
    requests::decide(&Desk::of(stage.app)?, tx, &case.id, at, verdict, comment).await.map(|_| ())
}

/// Notes what was paid on the oldest amount of a measure, or of the item itself, that nobody has spent yet; of one year the largest.
async fn spend(stage: &Stage<'_>, tx: &mut Tx, on: &str, yen: i64) -> Result<()> {
    let id = stage.id(on)?.to_owned();
    let shape = shape(stage.registry(), tx, "budget_item").await?;
    let items = query::all(stage.registry(), tx, &shape, &ListQuery::default(), Action::View).await?;
    let open = |item: &&Record| item.get("spent").is_empty() && (item.get("treatment").as_str() == id || item.meta.id == id);
    let order = |item: &&Record| (item.get("fiscal_year").as_int(), std::cmp::Reverse(item.get("amount").as_int()));
    let item =
        items.iter().filter(open).min_by_key(order).ok_or_else(|| Error::Internal(format!("no money planned for {on}")))?;
    let values = Values::default().with("spent", yen).with("spent_on", time::today(tx.now()));
    ops::update(stage.registry(), tx, &shape, &item.meta.id, None, values, Gate::Program).await?;
    Ok(())
}
