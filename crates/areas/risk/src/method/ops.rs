//! Use case: change the method.

use mamori_kernel::error::{Error, Result};
use mamori_kernel::time;
use mamori_ledger::area::Registry;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::record::Values;
use mamori_ledger::shape::Shape;
use mamori_ledger::{Choice as _, Ledger as _};
use mamori_store::Tx;

use super::{MethodInput, RiskMethod, judge, queries};
use crate::assessment::{Recalculated, refresh};

/// Puts a new version of the method in force and recalculates every asset with it. The caller has judged permission.
///
/// # Errors
/// [`Error::Invalid`] for wrong bounds; [`Error::Refused`] when nothing changes; database faults.
pub async fn change_method(tx: &mut Tx, registry: &Registry, input: &MethodInput) -> Result<Recalculated> {
    let (scale, bands) = judge(input)?;
    let now = queries::current(tx).await?;
    if now.number > 0 && now.bands == bands {
        return Err(Error::refused(
            "今の評価方法と同じ内容です。変更するところがあれば、直してから保存してください。",
            "This is the same as the present method. Change something before saving.",
        ));
    }
    write(
        tx,
        registry,
        now.number.saturating_add(1),
        scale.code(),
        (bands.middle_from(), bands.large_from()),
        input.reason.trim(),
    )
    .await?;
    refresh(tx, registry).await
}

/// Writes version 1.
///
/// # Errors
/// Database faults.
pub(crate) async fn begin(tx: &mut Tx, registry: &Registry, scale: &str, bounds: (u8, u8), reason: &str) -> Result<()> {
    write(tx, registry, 1, scale, bounds, reason).await
}

/// Writes a version.
///
/// # Errors
/// Database faults.
async fn write(tx: &mut Tx, registry: &Registry, number: i64, scale: &str, bounds: (u8, u8), reason: &str) -> Result<()> {
    let def = registry.ledger(RiskMethod::CODE).ok_or(Error::NotFound)?;
    let shape = Shape::load(def, tx).await?;
    let values = Values::default()
        .with("name", format!("第{number}版"))
        .with("number", number)
        .with("scale", scale)
        .with("middle_from", i64::from(bounds.0))
        .with("large_from", i64::from(bounds.1))
        .with("from_date", time::today(tx.now()))
        .with("reason", reason);
    ops::create(registry, tx, &shape, values, None, Gate::Program).await?;
    Ok(())
}
