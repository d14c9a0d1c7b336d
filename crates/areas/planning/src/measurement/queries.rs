//! SQL of measurements.

use mamori_kernel::error::Result;
use mamori_store::{Reader, args};

/// Name, department and who measures of a metric.
pub(super) async fn metric(db: &mut impl Reader, id: &str) -> Result<Option<[String; 3]>> {
    let row = db
        .first(
            "select name, coalesce(department, '') as department, coalesce(owner, '') as owner from metric where company_id = $1 and id = $2",
            args![id],
        )
        .await?;
    row.map(|row| Ok([row.text("name")?, row.text("department")?, row.text("owner")?])).transpose()
}

/// Another value in use stands on that day.
pub(super) async fn taken(db: &mut impl Reader, metric: &str, day: &str, but: &str) -> Result<bool> {
    let sql = "select id from measurement where company_id = $1 and metric = $2 and measured_on = $3 and id <> $4 and retired_at = '' limit 1";
    Ok(db.first(sql, args![metric, day, but]).await?.is_some())
}
