//! What the ledger engine does not give: free codes, the history of values, all rows at once as structs.

use std::sync::Arc;

use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::shape::Shape;
use mamori_ledger::{Ledger, LedgerDef, Registry};
use mamori_store::{Reader, Tx, args};

use super::{InformationAsset, rules};

/// The declaration of a ledger that this program registered.
///
/// # Errors
/// [`Error::Internal`] when it is not there: a fault of the composition.
pub fn def<'a>(registry: &'a Registry, code: &str) -> Result<&'a Arc<LedgerDef>> {
    registry.ledger(code).ok_or_else(|| Error::Internal(format!("the ledger {code} is not registered")))
}

/// A ledger as the company at hand sees it.
///
/// # Errors
/// As [`def`]; database faults.
pub async fn shape(registry: &Registry, db: &mut impl Reader, code: &str) -> Result<Shape> {
    Shape::load(def(registry, code)?, db).await
}

/// An asset with its row id and names, for pages and reports.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// Row id.
    pub id: String,
    /// The row.
    pub asset: InformationAsset,
    /// Name of the department; empty if none.
    pub department: String,
    /// Name of the owner; empty if none.
    pub owner: String,
}

/// All assets in use that the reader may see, by code, with the fields named; without a name, with all.
///
/// # Errors
/// [`Error::NotFound`] without permission; database faults.
pub async fn in_use(registry: &Registry, db: &mut impl Reader, wanted: &ListQuery, fields: &[&str]) -> Result<Vec<Listed>> {
    let shape = shape(registry, db, InformationAsset::CODE).await?;
    let read: Vec<_> = shape
        .fields
        .iter()
        .filter(|field| !field.extra && (fields.is_empty() || fields.contains(&field.code.as_ref())))
        .cloned()
        .collect();
    let refs: Vec<_> = read.iter().filter(|field| field.code == "department" || field.code == "owner").cloned().collect();
    let mut walk = query::walk(registry, db, &shape, &read, wanted, Action::View).await?;
    let mut listed = Vec::with_capacity(walk.total());
    while let Some(records) = walk.next(db).await? {
        let labels = query::labels(registry, db, &refs, &records).await?;
        listed.extend(records.iter().map(|record| {
            let asset = InformationAsset::from_record(record);
            Listed {
                id: record.meta.id.clone(),
                department: labels.get(&asset.department.id).to_owned(),
                owner: labels.get(&asset.owner.id).to_owned(),
                asset,
            }
        }));
    }
    Ok(listed)
}

/// How many assets match; at most [`query::COUNT_CAP`].
///
/// # Errors
/// As [`in_use`].
pub async fn count(registry: &Registry, db: &mut impl Reader, filter: &str, action: Action) -> Result<i64> {
    let shape = shape(registry, db, InformationAsset::CODE).await?;
    let mut wanted = ListQuery::read(&mamori_ledger::web::decode_form(filter.as_bytes()), &shape);
    wanted.limit = 1;
    Ok(query::list(registry, db, &shape, &wanted, action).await?.total)
}

/// A code of our own pattern that no row has, used or retired. Looks at the newest row first, so that it costs the same in a large ledger.
///
/// # Errors
/// Database faults.
pub async fn free_code(tx: &mut Tx) -> Result<String> {
    let noted = tx.memo(LAST_NUMBER).and_then(|number| number.parse().ok());
    let mut number = match noted {
        Some(number) => number,
        None => {
            let known =
                tx.rows("select code from information_asset where company_id = $1 order by id desc limit 20", vec![]).await?;
            let mut number = 0;
            for row in &known {
                number = rules::code_number(&row.text("code")?).unwrap_or(0).max(number);
            }
            number
        }
    };
    for _ in 0..50 {
        number = number.saturating_add(1);
        let code = rules::code_of(number);
        let taken =
            tx.count("select count(*) as n from information_asset where company_id = $1 and code = $2", args![&code]).await?;
        if taken == 0 {
            tx.set_memo(LAST_NUMBER, number.to_string());
            return Ok(code);
        }
    }
    // Codes were typed in no order at all: look at every one, once.
    for row in &tx.rows("select code from information_asset where company_id = $1 and code like 'A-%'", vec![]).await? {
        number = rules::code_number(&row.text("code")?).unwrap_or(0).max(number);
    }
    number = number.saturating_add(1);
    tx.set_memo(LAST_NUMBER, number.to_string());
    Ok(rules::code_of(number))
}

/// Under this key a transaction remembers the last number that it gave.
const LAST_NUMBER: &str = "information_asset.number";

/// A change-log entry about the values of an asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Instant.
    pub at: String,
    /// Who.
    pub actor: String,
    /// JSON `{"field": [before, after]}`.
    pub diff: String,
}

/// The entries of a row, oldest first.
///
/// # Errors
/// Database faults.
pub async fn log(db: &mut impl Reader, id: &str) -> Result<Vec<Logged>> {
    let rows =
        db.rows("select at, actor, diff from change_log where company_id = $1 and row_id = $2 order by seq", args![id]).await?;
    rows.iter().map(|row| Ok(Logged { at: row.get("at")?, actor: row.get("actor")?, diff: row.get("diff")? })).collect()
}

/// Names and places of all rows in use, for recognising duplicates: (name, storage, department).
///
/// # Errors
/// Database faults.
pub async fn names(db: &mut impl Reader) -> Result<Vec<(String, String, String)>> {
    let rows = db
        .rows("select name, storage, department from information_asset where company_id = $1 and retired_at = ''", vec![])
        .await?;
    rows.iter().map(|row| Ok((row.text("name")?, row.text("storage")?, row.text("department")?))).collect()
}
