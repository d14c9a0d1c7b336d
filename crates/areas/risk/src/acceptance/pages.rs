//! The one thing about an acceptance that its form cannot do: taking it back.

use axum::body::Bytes;
use axum::extract::Path;
use mamori_kernel::access::Action;
use mamori_ledger::web::{Access, Ctx, Redirect, Routes, WebResult, decode_form};

use super::ops;

/// The pages.
pub fn routes() -> Routes {
    Routes::default().post("/risk/acceptance/{id}/withdraw", Access::Can("acceptance", Action::Edit), withdraw)
}

async fn withdraw(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Redirect> {
    let form = decode_form(&body);
    let mut tx = ctx.tx().await?;
    ops::withdraw(&mut tx, &ctx.app.registry, &id, form.get("version").parse().unwrap_or_default(), form.get("reason")).await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("/risk/acceptance/{id}")).saying(ctx.t("acceptance-said-withdrawn")))
}
