//! The versions of the method and the small settings of this area.

use mamori_kernel::error::Result;
use mamori_ledger::Choice as _;
use mamori_store::{Reader, Tx, args};

use super::{Method, ScaleChoice};
use crate::ipa::rules::Bands;

/// The method in force.
///
/// # Errors
/// Database faults.
pub async fn current(db: &mut impl Reader) -> Result<Method> {
    let row = db
        .first(
            "select number, scale, middle_from, large_from from risk_method \
             where company_id = $1 and retired_at = '' order by number desc limit 1",
            vec![],
        )
        .await?;
    let Some(row) = row else { return Ok(Method::default()) };
    let number: Option<i64> = row.get("number")?;
    let bound =
        |name: &str| -> Result<u8> { Ok(row.get::<Option<i64>>(name)?.and_then(|n| u8::try_from(n).ok()).unwrap_or_default()) };
    let scale = ScaleChoice::parse(&row.text("scale")?).unwrap_or(ScaleChoice::ZeroToTwo).scale();
    // Rows are judged before they are kept; a row mended by hand in the database falls back to the scale's own bounds.
    let bands = Bands::new(scale, bound("middle_from")?, bound("large_from")?).unwrap_or_else(|_| Bands::default_for(scale));
    Ok(Method { number: number.unwrap_or_default(), bands })
}

/// A setting of the company; empty when it was never set.
///
/// # Errors
/// Database faults.
pub async fn setting(db: &mut impl Reader, key: &str) -> Result<String> {
    match db.first("select value from setting where company_id = $1 and key = $2", args![key]).await? {
        Some(row) => row.text("value"),
        None => Ok(String::new()),
    }
}

/// Keeps a setting of the company. The caller owes the log entry.
///
/// # Errors
/// Database faults.
pub async fn keep_setting(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    let now = tx.now();
    tx.exec(
        "insert into setting (company_id, key, value, updated_at) values ($1, $2, $3, $4) \
         on conflict (company_id, key) do update set value = excluded.value, updated_at = excluded.updated_at",
        args![key, value, now],
    )
    .await?;
    Ok(())
}
