//! The two steps out of a case; everything else is the engine's.

use axum::extract::Path;
use mamori_ledger::web::{Ctx, Redirect, WebResult};

use super::ops;

fn back(id: &str) -> Redirect {
    Redirect::to(format!("/threats/case_study/{id}"))
}

/// Makes a risk of the case.
pub(super) async fn register(ctx: Ctx, Path(id): Path<String>) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    let before = ops::register(&ctx.app.registry, &mut tx, &id).await?;
    if tx.is_untouched() {
        tx.rollback().await?;
        return Ok(Redirect::to(format!("/risk/scenario/{before}")));
    }
    tx.commit().await?;
    Ok(back(&id).saying(ctx.t("case-risk-made")))
}

/// Makes a treatment of the prevention of one kind.
pub(super) async fn treat(ctx: Ctx, Path((id, family)): Path<(String, String)>) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    let made = ops::treat(&ctx.app.registry, &mut tx, &id, &family).await?;
    if tx.is_untouched() {
        tx.rollback().await?;
        return Ok(Redirect::to(format!("/risk/treatment/{made}")));
    }
    tx.commit().await?;
    Ok(back(&id).saying(ctx.t("case-treatment-made")))
}
