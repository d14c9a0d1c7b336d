//! SQL about absences.

use jiff::civil::Date;
use mamori_kernel::error::Result;
use mamori_store::{Reader, args};

/// Who is away on a day, and who stands in: ids of the people ledger; the second is empty when nobody is named.
///
/// # Errors
/// Database faults.
pub async fn away(db: &mut impl Reader, today: Date) -> Result<Vec<(String, String)>> {
    let rows = db
        .rows(
            "select person, deputy from deputy where company_id = $1 and retired_at = '' and starts <= $2 and ends >= $2 order by id",
            args![today],
        )
        .await?;
    rows.iter().map(|row| Ok((row.text("person")?, row.text("deputy")?))).collect()
}
