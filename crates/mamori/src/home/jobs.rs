//! `/jobs/{id}`: how far a job is; the page can be left and found again.

use axum::extract::Path;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::web::{Ctx, Page, WebResult};
use mamori_schedule::{JobRow, find, recent};
use mamori_store::View;
use mamori_ui::components::{Alert, Badge, Button, Card, Column, DataTable, JobProgress, Row};
use mamori_ui::html::Html;
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

/// Jobs looked through for the card of the home page.
const RECENT: i64 = 30;

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> WebResult {
    let mut view = ctx.view().await?;
    let job = find(&mut view, &id).await?;
    let href = format!("/jobs/{id}");
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    let running = JobProgress::running(ctx.lang, &href, name(&ctx, &job.kind), count(job.progress), count(job.total));
    let part = match job.state.as_str() {
        "done" | "failed" => running.finished(outcome(&ctx, &job)),
        _ => running,
    };
    let title = if job.state == "done" { ctx.t("home-job-done") } else { name(&ctx, &job.kind) };
    Ok(Page::new(title, Html::from(part)).lead(ctx.t("home-job-lead")).crumb(ctx.t("home-title"), "/"))
}

/// What a finished job left: a page of ours to open, or a sentence.
fn outcome(ctx: &Ctx, job: &JobRow) -> Html {
    if job.state == "failed" {
        let alert = Alert::new(Tone::Danger, ctx.t("home-job-failed")).text(ctx.t("home-job-failed-do"));
        // The text of a fault is for those who look after the program.
        return if ctx.can("job", Action::View) { alert.points([job.error.clone()]) } else { alert }.into();
    }
    let done = Alert::new(Tone::Success, ctx.t("home-job-done"));
    if job.outcome.starts_with('/') && !job.outcome.starts_with("//") {
        return done.actions(Button::link(ctx.t("home-job-open"), &job.outcome).primary().icon(Icon::ArrowRight)).into();
    }
    done.text(&job.outcome).into()
}

fn name(ctx: &Ctx, kind: &str) -> String {
    let key = format!("job-{}", kind.replace(['_', '.'], "-"));
    let said = ctx.t(&key);
    // Kinds without a name of their own are called by the general one.
    if said.contains('⟦') { ctx.t("home-job") } else { said }
}

/// Jobs that run, wait or failed, for those who look after the program.
pub(super) async fn card(ctx: &Ctx, view: &mut View) -> Result<Html> {
    let jobs: Vec<JobRow> = recent(view, RECENT).await?.into_iter().filter(|job| job.state != "done").collect();
    if jobs.is_empty() {
        return Ok(Html::empty());
    }
    let columns = vec![Column::new(ctx.t("home-job")).wide(), Column::new(ctx.t("home-job-state"))];
    let rows = jobs.iter().map(|job| {
        let (state, tone) = match job.state.as_str() {
            "failed" => ("home-job-state-failed", Tone::Danger),
            "running" => ("home-job-state-running", Tone::Info),
            _ => ("home-job-state-waiting", Tone::Neutral),
        };
        let title = name(ctx, &job.kind);
        Row::new(&job.id, &title).href(format!("/jobs/{}", job.id)).text(&title).cell(Html::from(Badge::new(ctx.t(state), tone)))
    });
    let table = DataTable::new(ctx.lang, ctx.t("home-jobs"), columns).rows(rows).compact();
    Ok(Card::new(ctx.t("home-jobs"), Html::from(table)).flush().into())
}
