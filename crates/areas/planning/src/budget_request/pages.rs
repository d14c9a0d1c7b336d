//! Making a request, drafting its texts, and its files: PDF to decide on, Word to work on, a workbook to calculate with.

use axum::body::Bytes;
use axum::extract::Path;
use axum::response::Response;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::time;
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{Access, Ctx, Redirect, Routes, WebResult, decode_form, download};
use mamori_ledger::{Ledger as _, query};
use mamori_report::{Document, RenderError, RenderOptions, render, render_docx, xlsx};

use super::document::{Source, document};
use super::{BudgetRequest, KIND, ops, queries};
use crate::budget::queries::fiscal;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The pages.
pub fn routes() -> Routes {
    let export = Access::Can("budget_request", Action::Export);
    Routes::default()
        .post("/planning/budget/request", Access::Can("budget_request", Action::Create), begin)
        .post("/planning/budget_request/{id}/draft", Access::Can("budget_request", Action::Edit), draft)
        .get("/planning/budget_request/{id}/request.pdf", export, pdf)
        .get("/planning/budget_request/{id}/request.docx", export, docx)
        .get("/planning/budget_request/{id}/request.xlsx", export, workbook)
}

async fn begin(ctx: Ctx, body: Bytes) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    let now = fiscal(&mut tx).await?.year_of(ctx.today());
    let year = decode_form(&body).get("year").parse().unwrap_or(now);
    let id = ops::begin(&mut tx, &ctx.app.registry, year).await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("/planning/budget_request/{id}")).saying(ctx.t("request-made")))
}

async fn draft(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Redirect> {
    let version = decode_form(&body).get("version").parse().unwrap_or_default();
    let mut tx = ctx.tx().await?;
    let count = ops::draft(&mut tx, &ctx.app.registry, &id, version).await?;
    if count > 0 {
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    Ok(Redirect::to(format!("/planning/budget_request/{id}")).saying(ctx.t1("request-drafted", "count", count)))
}

/// The document of a request as the reader may see it.
async fn paper(ctx: &Ctx, id: &str) -> Result<(Document, String)> {
    let mut view = ctx.view().await?;
    let shape = Shape::load(ctx.app.registry.ledger(BudgetRequest::CODE).ok_or(Error::NotFound)?, &mut view).await?;
    let record = query::find(&mut view, &shape, id, Action::Export).await?;
    let request = BudgetRequest::from_record(&record);
    let year = request.fiscal_year.and_then(|year| i16::try_from(year).ok()).unwrap_or_default();
    let numbers = ops::numbers(&mut view, year, &request.items.ids).await?;
    let (company, prefix) = queries::company(&mut view).await?;
    let author = queries::person(&mut view, &request.author.id).await?;
    let stamps = mamori_approval::stamps(&mut view, KIND, id).await?;
    let source = Source { request, numbers, stamps, company, prefix, author, today: ctx.today() };
    let name = format!("{}_{}", ctx.t("request-paper"), source.number());
    Ok((document(&source, ctx.lang), name))
}

/// Renders where blocking is allowed.
async fn made<T: Send + 'static>(work: impl FnOnce() -> std::result::Result<T, RenderError> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(format!("report: {error}")))?.map_err(Error::from)
}

fn options(ctx: &Ctx) -> RenderOptions {
    RenderOptions { now: ctx.now.to_zoned(time::zone()) }
}

async fn pdf(ctx: Ctx, Path(id): Path<String>) -> WebResult<Response> {
    let (document, name) = paper(&ctx, &id).await?;
    let options = options(&ctx);
    let file = made(move || render(&document, &options)).await?;
    for warning in &file.warnings {
        tracing::info!(report = "budget-request", warning = %warning.words().en, "report printed with a remark");
    }
    Ok(download(file.bytes, &format!("{name}.pdf"), "application/pdf"))
}

async fn docx(ctx: Ctx, Path(id): Path<String>) -> WebResult<Response> {
    let (document, name) = paper(&ctx, &id).await?;
    let bytes = made(move || render_docx(&document)).await?;
    Ok(download(bytes, &format!("{name}.docx"), WORD))
}

async fn workbook(ctx: Ctx, Path(id): Path<String>) -> WebResult<Response> {
    let (document, name) = paper(&ctx, &id).await?;
    let options = options(&ctx);
    let bytes = made(move || xlsx::book(&document, &options)).await?;
    Ok(download(bytes, &format!("{name}.xlsx"), SHEET))
}
