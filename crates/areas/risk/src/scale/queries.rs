//! The versions of the scale.

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_ledger::Choice as _;
use mamori_store::{Reader, Row, Tx, args};

use super::{MatrixNames, Version};
use crate::four_factor::rules::Scale;
use crate::matrix::rules::{Frequency, Impact};

fn read(row: &Row) -> Result<Version> {
    // Versions are judged before they are kept; one mended by hand in the database falls back to the textbook's.
    Ok(Version {
        number: row.get::<Option<i64>>("number")?.unwrap_or_default(),
        scale: serde_json::from_str(&row.text("levels")?).unwrap_or_else(|_| Scale::textbook()),
        names: serde_json::from_str::<MatrixNames>(&row.text("matrix")?).unwrap_or_default(),
    })
}

/// The scale in force.
///
/// # Errors
/// Database faults.
pub async fn current(db: &mut impl Reader) -> Result<Version> {
    let text =
        "select number, levels, matrix from risk_scale where company_id = $1 and retired_at = '' order by number desc limit 1";
    db.first(text, vec![]).await?.map_or_else(|| Ok(Version::default()), |row| read(&row))
}

/// The scale that was in force at the end of a day.
///
/// # Errors
/// Database faults.
pub async fn on(db: &mut impl Reader, day: Date) -> Result<Version> {
    let text = "select number, levels, matrix from risk_scale \
                where company_id = $1 and retired_at = '' and from_date <= $2 order by number desc limit 1";
    db.first(text, args![day]).await?.map_or_else(|| Ok(Version::default()), |row| read(&row))
}

/// A version by its number; the built-in one for 0 and for numbers that never were.
///
/// # Errors
/// Database faults.
pub async fn version(db: &mut impl Reader, number: i64) -> Result<Version> {
    let text = "select number, levels, matrix from risk_scale where company_id = $1 and number = $2";
    db.first(text, args![number]).await?.map_or_else(|| Ok(Version::default()), |row| read(&row))
}

/// Gives the choices of the matrix the company's names, so that forms, lists and files show them as well. The new version of the scale is
/// the log entry.
///
/// # Errors
/// Database faults.
pub async fn name_choices(tx: &mut Tx, names: &MatrixNames) -> Result<()> {
    let impact = Impact::ALL.iter().zip(&names.impact).map(|(choice, words)| ("matrix_impact", choice.code(), words));
    let frequency = Frequency::ALL.iter().zip(&names.frequency).map(|(choice, words)| ("matrix_frequency", choice.code(), words));
    for (set, code, words) in impact.chain(frequency) {
        tx.exec(
            "insert into choice_label (company_id, choice_set, code, ja, en) values ($1, $2, $3, $4, $5) \
             on conflict (company_id, choice_set, code) do update set ja = excluded.ja, en = excluded.en",
            args![set, code, words.ja.as_ref(), words.en.as_ref()],
        )
        .await?;
    }
    Ok(())
}
