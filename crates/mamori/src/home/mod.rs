//! The pages that belong to no area: today, search, history, jobs, help.

mod figures;
mod help;
mod history;
mod jobs;
mod notices;
mod queries;
mod search;
mod steps;
mod today;

use axum::Json;
use mamori_kernel::access::{Action, Role, Rule, Scope, allow};
use mamori_kernel::lang::Words;
use mamori_ledger::Area;
use mamori_ledger::web::{Access, Ctx, Routes, WebResult};

/// Everybody who is signed in.
const ALL: &[Role] = &Role::ALL;

/// The whole change log: for those who run and those who check the programme.
const READERS_OF_HISTORY: &[Role] = &[Role::Admin, Role::Officer, Role::Auditor];

/// The next step of the programme is for those who lead it.
const LEADERS: &[Role] = &[Role::Admin, Role::Officer, Role::Executive];

fn rules() -> Vec<Rule> {
    vec![
        allow(ALL, "today", &[Action::View], Scope::All),
        allow(ALL, "help", &[Action::View], Scope::All),
        allow(LEADERS, "programme", &[Action::View], Scope::All),
        allow(&[Role::Admin, Role::Officer], "job", &[Action::View], Scope::All),
        allow(READERS_OF_HISTORY, "change_log", &[Action::View, Action::Export], Scope::All),
    ]
}

/// The first entry of the navigation, without a heading.
pub fn area() -> Area {
    let routes = Routes::default()
        .get("/", Access::SignedIn, today::page)
        .post("/notices/{id}/read", Access::SignedIn, notices::read)
        .get("/search", Access::SignedIn, search::page)
        .get("/jobs/{id}", Access::SignedIn, jobs::page)
        .get("/help", Access::Account, help::page)
        .get("/api/v1/openapi.json", Access::SignedIn, openapi)
        .merge(crate::layout::routes());
    let (name, ja, en) = crate::layout::TEXTS;
    Area::new("home", Words::default())
        .nav(Words::new("今日", "Today"), "/", "today", "home")
        .routes(routes)
        .permissions(rules())
        .texts(name, ja, en)
        .texts("home", include_str!("ja.ftl"), include_str!("en.ftl"))
}

/// The description of the API (OpenAPI 3.1), generated from the declarations of all ledgers.
async fn openapi(ctx: Ctx) -> WebResult<Json<serde_json::Value>> {
    let mut view = ctx.view().await?;
    Ok(Json(mamori_ledger::api::openapi(&ctx.app.registry, &mut view, ctx.lang).await?))
}

/// The last entries of the navigation: what happened, and help.
pub fn records() -> Area {
    let routes = Routes::default().get("/history", Access::Can("change_log", Action::View), history::page).post(
        "/history/verify",
        Access::Can("change_log", Action::View),
        history::verify,
    );
    Area::new("records", Words::new("記録とヘルプ", "Records and help"))
        .nav(Words::new("変更履歴", "Change log"), "/history", "change_log", "history")
        .nav(Words::new("使い方", "Help"), "/help", "help", "info")
        .routes(routes)
}
