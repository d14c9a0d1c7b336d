//! What the buttons do.

use axum::body::Bytes;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Words;
use mamori_ledger::web::{Ctx, Failure, Redirect, WebResult, decode_form};

use super::{Typed, show};
use crate::contract::Desk;
use crate::request::ops::{self, At};
use crate::request::rules::Verdict;
use crate::request::{State, message};

fn unreadable() -> Error {
    Error::refused(
        "送られた内容を読み取れませんでした。画面を開き直して、もう一度お試しください。",
        "What was sent could not be read. Please open the page again and retry.",
    )
}

/// Decides, or shows the page again with what is wrong with the comment.
pub(super) async fn decide(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let verdict = Verdict::parse(form.get("verdict")).ok_or_else(unreadable)?;
    let number = |name: &str| form.get(name).parse::<i64>().map_err(|_| unreadable());
    let at = At { round: number("round")?, position: number("position")? };
    let mut tx = ctx.tx().await?;
    match ops::decide(&Desk::of(&ctx.app)?, &mut tx, &id, at, verdict, form.get("comment")).await {
        Ok(state) => {
            tx.commit().await?;
            let key = match (verdict, state) {
                (Verdict::Return, _) => "approval-said-returned",
                (Verdict::Reject, _) => "approval-said-rejected",
                (Verdict::Read, _) => "approval-said-read",
                (_, State::Approved) => "approval-said-approved",
                _ => "approval-said-passed-on",
            };
            Ok(Redirect::to(message::path(&id)).saying(ctx.t(key)).into_response())
        }
        Err(error) => {
            tx.rollback().await?;
            let Error::Invalid(_) = &error else { return Err(Failure(error)) };
            let typed = Typed { comment: form.get("comment").to_owned(), error: Some(ctx.w(&error.words()).to_owned()) };
            Ok(show::show(&ctx, &id, &typed).await?.into_response())
        }
    }
}

/// Takes the own request back.
pub(super) async fn withdraw(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    ops::withdraw(&Desk::of(&ctx.app)?, &mut tx, &id, decode_form(&body).get("comment")).await?;
    tx.commit().await?;
    Ok(Redirect::to(message::path(&id)).saying(ctx.t("approval-said-withdrawn")))
}

/// Reminds those who are asked.
pub(super) async fn remind(ctx: Ctx, Path(id): Path<String>) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    ops::remind(&Desk::of(&ctx.app)?, &mut tx, &id).await?;
    tx.commit().await?;
    Ok(Redirect::to(message::path(&id)).saying(ctx.t("approval-said-reminded")))
}

/// Names somebody for a step that nobody can decide.
pub(super) async fn reassign(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Redirect> {
    let form = decode_form(&body);
    if form.get("person").is_empty() {
        let message = Words::new("判断する人を選んでください。", "Please choose who decides.");
        return Err(Error::field("person", message).into());
    }
    let mut tx = ctx.tx().await?;
    let desk = Desk::of(&ctx.app)?;
    ops::reassign(&desk, &mut tx, &id, form.get("seat"), form.get("person"), form.get("comment")).await?;
    tx.commit().await?;
    Ok(Redirect::to(message::path(&id)).saying(ctx.t("approval-said-named")))
}

/// Asks for the approval of a row.
pub(super) async fn propose(ctx: Ctx, Path((kind, row)): Path<(String, String)>, body: Bytes) -> WebResult<Redirect> {
    let id = proposed(&ctx, &kind, &row, decode_form(&body).get("reason")).await?;
    Ok(Redirect::to(message::path(&id)).saying(ctx.t("approval-said-proposed")))
}

async fn proposed(ctx: &Ctx, kind: &str, row: &str, reason: &str) -> Result<String> {
    let mut tx = ctx.tx().await?;
    let id = ops::propose(&Desk::of(&ctx.app)?, &mut tx, kind, row, reason).await?;
    tx.commit().await?;
    Ok(id)
}
