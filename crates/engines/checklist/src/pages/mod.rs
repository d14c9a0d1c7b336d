//! The engine's own pages; list, form, detail, import and export come from the ledger engine.

mod answer;
mod item;
mod overview;
pub(crate) mod panel;
mod parts;
mod renew;
mod result;

use axum::extract::Path;
use mamori_kernel::access::Action;
use mamori_kernel::error::Error;
use mamori_ledger::web::{Access, Ctx, Redirect, Routes, WebResult};

use crate::check::rules::Deed;
use crate::check::{next, ops};
use crate::contract::installed;

/// The pages under the area that carries the engine.
pub(crate) fn routes(area: &'static str) -> Routes {
    let (view, edit) = (Access::Can("check", Action::View), Access::Can("check", Action::Edit));
    let at = |tail: &str| format!("/{area}/check/{{id}}/{tail}");
    Routes::default()
        .get(&format!("/{area}"), view, overview::page)
        .get(&at("answer"), view, answer::page)
        .post(&at("answer"), edit, answer::save_all)
        .post(&at("item/{item}"), edit, item::save)
        .post(&at("item/{item}/file"), edit, item::file)
        .post(&at("item/{item}/make/{code}"), view, item::make)
        .get(&at("result"), view, result::page)
        .post(&at("do/{deed}"), view, act)
        .post(&at("again"), Access::Can("check", Action::Create), again)
        .get(&at("renew"), view, renew::page)
        .post(&at("renew"), Access::Can("check", Action::Create), renew::renew)
}

async fn act(ctx: Ctx, Path((id, deed)): Path<(String, String)>) -> WebResult<Redirect> {
    let deed = Deed::parse(&deed).ok_or(Error::NotFound)?;
    let mut tx = ctx.tx().await?;
    ops::act(&mut tx, &ctx.app.registry, installed()?, &id, deed).await?;
    tx.commit().await?;
    let to = if deed == Deed::Reopen { "answer" } else { "result" };
    Ok(Redirect::to(format!("{}/check/{id}/{to}", installed()?.base())).saying(ctx.t(&format!("check-done-{}", deed.code()))))
}

async fn again(ctx: Ctx, Path(id): Path<String>) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    let new = next::again(&mut tx, &ctx.app.registry, installed()?, &id).await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("{}/check/{new}/answer", installed()?.base())).saying(ctx.t("check-begun-again")))
}
