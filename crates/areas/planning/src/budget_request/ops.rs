//! Making a request from a year's items, and drafting its texts.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::i18n::ta;
use mamori_kernel::lang::Words;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _, Record, Registry, Value, Values};
use mamori_store::{Reader, Tx};

use super::draft::{Numbers, texts};
use super::{BudgetRequest, State, queries};
use crate::budget::queries as budget;

/// The texts that are drafted.
const DRAFTED: [&str; 7] =
    ["change_text", "concept_text", "priority_text", "peers_text", "threats_text", "appeal_text", "effect_text"];

/// Risks that the numbers hold.
const RISKS: i64 = 10;

/// Some text is still empty.
#[must_use]
pub fn has_blanks(record: &Record) -> bool {
    DRAFTED.iter().any(|field| record.get(field).is_empty())
}

/// Everything that a request of some items rests on, as the reader may see it.
///
/// # Errors
/// Database faults.
pub async fn numbers(db: &mut impl Reader, year: i16, ids: &[String]) -> Result<Numbers> {
    let mut items = budget::named(db, ids).await?;
    // Before, operation, after: the order in which money is spent.
    items.sort_by_key(|item| item.class);
    let mut measures: Vec<String> = items.iter().map(|item| item.treatment.clone()).filter(|id| !id.is_empty()).collect();
    measures.sort_unstable();
    measures.dedup();
    let all = budget::measures(db).await?;
    let free = all.iter().filter(|measure| measure.starts_free() && measure.total() == mamori_kernel::yen::Yen::ZERO).count();
    Ok(Numbers {
        year,
        free,
        measures: budget::measures_of(db, &measures).await?,
        items,
        risks: queries::risks(db, RISKS).await?,
        above: queries::above(db).await?,
        demands: queries::demands(db).await?,
    })
}

/// Makes a request for everything of a year that nobody asked for yet, with drafted texts. Gives its id. The caller has judged permission
/// and commits.
///
/// # Errors
/// [`Error::Refused`] when there is nothing to ask for; database faults.
pub async fn begin(tx: &mut Tx, registry: &Registry, year: i16) -> Result<String> {
    let ids = queries::unrequested(tx, year).await?;
    if ids.is_empty() {
        return Err(Error::Refused(Words::owned(
            format!(
                "{year}年度には、申請していない予算項目がありません。先に「対策から取り込む」か「項目を追加」で登録してください。"
            ),
            format!("Fiscal year {year} has no items that were not requested yet. Take them over from the measures, or add one."),
        )));
    }
    let lang = tx.actor().lang;
    let found = numbers(tx, year, &ids).await?;
    let title = ta(lang, "request-title-of", &[("year", year.to_string().into())]);
    let mut values = Values::default()
        .with("title", title)
        .with("fiscal_year", i64::from(year))
        .with("items", Value::List(ids))
        .with("state", State::Draft.code());
    for (field, text) in texts(&found, lang) {
        values.set(field, text);
    }
    let shape = Shape::load(registry.ledger(BudgetRequest::CODE).ok_or(Error::NotFound)?, tx).await?;
    Ok(ops::create(registry, tx, &shape, values, None, Gate::Program).await?.meta.id)
}

/// Drafts the texts that are empty, from today's numbers; what was written stays. Returns how many.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Conflict`] as for any edit; what the rules of the request say.
pub async fn draft(tx: &mut Tx, registry: &Registry, id: &str, version: i64) -> Result<usize> {
    let shape = Shape::load(registry.ledger(BudgetRequest::CODE).ok_or(Error::NotFound)?, tx).await?;
    let record = mamori_ledger::query::find(tx, &shape, id, mamori_kernel::access::Action::Edit).await?;
    let year = record.get("fiscal_year").as_int().and_then(|year| i16::try_from(year).ok()).unwrap_or_default();
    let found = numbers(tx, year, record.get("items").as_list()).await?;
    let mut values = Values::default();
    for (field, text) in texts(&found, tx.actor().lang) {
        if record.get(field).is_empty() {
            values.set(field, text);
        }
    }
    let count = values.0.len();
    ops::update(registry, tx, &shape, id, Some(version), values, Gate::Person).await?;
    Ok(count)
}
