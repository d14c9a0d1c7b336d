//! The versions of the appetite, and what a new one would do to the register.

use mamori_kernel::error::Result;
use mamori_store::{Reader, args};

use super::Appetite;

/// The appetite in force.
///
/// # Errors
/// Database faults.
pub async fn current(db: &mut impl Reader) -> Result<Appetite> {
    let row = db
        .first(
            "select number, score, yen from risk_appetite where company_id = $1 and retired_at = '' order by number desc limit 1",
            vec![],
        )
        .await?;
    let usual = Appetite::default();
    let Some(row) = row else { return Ok(usual) };
    Ok(Appetite {
        number: row.get::<Option<i64>>("number")?.unwrap_or_default(),
        score: row.get::<Option<i64>>("score")?.unwrap_or(usual.score),
        yen: row.get::<Option<i64>>("yen")?.unwrap_or(usual.yen),
    })
}

/// SQL of [`Appetite::is_above`] over a scenario: `$2` is the score, `$3` the yen. [`crate::scenario::queries::rejudge`] writes the same.
const STANDING: &str = "case when coalesce(residual_value, current_value) is null and coalesce(ale, ale_mean) is null then 'unknown' \
     when coalesce(coalesce(residual_value, current_value), 0) > $2 or coalesce(coalesce(ale, ale_mean), 0) > $3 then 'above' \
     else 'acceptable' end";

/// Risks in use that are above the appetite now, that an appetite would put above it, and that it would take from above.
///
/// # Errors
/// Database faults.
pub async fn counts(db: &mut impl Reader, appetite: Appetite) -> Result<(i64, i64, i64)> {
    let text = format!(
        "select count(*) as n, standing as before, {STANDING} as after from scenario \
         where company_id = $1 and retired_at = '' and state <> 'closed' group by standing, {STANDING}"
    );
    let (mut now, mut more, mut fewer) = (0_i64, 0_i64, 0_i64);
    for row in db.rows(&text, args![appetite.score, appetite.yen]).await? {
        let n: i64 = row.get("n")?;
        let (before, after) = (row.text("before")? == "above", row.text("after")? == "above");
        now += if before { n } else { 0 };
        more += if after && !before { n } else { 0 };
        fewer += if before && !after { n } else { 0 };
    }
    Ok((now, more, fewer))
}
