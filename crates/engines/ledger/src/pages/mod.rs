//! The engine's own pages for every ledger: list, form, detail, bulk change, own fields, register for printing.

mod act;
mod bulk;
mod cell;
mod detail;
mod files;
mod form;
mod import;
mod list;
mod print;
mod settings;
mod views;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Multipart, Path};
use mamori_kernel::access::Action;
use mamori_kernel::i18n::Source;

use crate::api;
use crate::def::LedgerDef;
use crate::web::{Access, Ctx, Routes};

pub use cell::{cell, cell_linked};
pub use detail::action_name;
pub use form::{control, read_form};

/// The engine's sentences.
pub fn texts() -> Source {
    Source { name: "ledger", ja: include_str!("ja.ftl"), en: include_str!("en.ftl") }
}

/// Bodies of forms with many rows or long texts.
pub const FORM_LIMIT: usize = 4 * 1024 * 1024;

/// Uploaded files: the largest attachment and some room for the form around it.
pub const UPLOAD_LIMIT: usize = mamori_store::files::MAX_FILE + 1024 * 1024;

/// The pages of one ledger. Static names (`new`, `import` …) win over `{id}`.
pub fn routes(def: &Arc<LedgerDef>) -> Routes {
    let path = def.path();
    let can = |action| Access::Can(def.code, action);
    let at = |tail: &str| format!("{path}{tail}");
    macro_rules! page {
        ($handler:path) => {{
            let def = def.clone();
            move |ctx: Ctx| $handler(ctx, def.clone())
        }};
        ($handler:path, id) => {{
            let def = def.clone();
            move |ctx: Ctx, Path(id): Path<String>| $handler(ctx, def.clone(), id)
        }};
        ($handler:path, body) => {{
            let def = def.clone();
            move |ctx: Ctx, body: axum::body::Bytes| $handler(ctx, def.clone(), body)
        }};
        ($handler:path, id, body) => {{
            let def = def.clone();
            move |ctx: Ctx, Path(id): Path<String>, body: axum::body::Bytes| $handler(ctx, def.clone(), id, body)
        }};
        ($handler:path, upload) => {{
            let def = def.clone();
            move |ctx: Ctx, parts: Multipart| $handler(ctx, def.clone(), parts)
        }};
        ($handler:path, id, upload) => {{
            let def = def.clone();
            move |ctx: Ctx, Path(id): Path<String>, parts: Multipart| $handler(ctx, def.clone(), id, parts)
        }};
        ($handler:path, two) => {{
            let def = def.clone();
            move |ctx: Ctx, Path((id, other)): Path<(String, String)>| $handler(ctx, def.clone(), id, other)
        }};
    }
    let mut routes = Routes::default()
        .get(&path, can(Action::View), page!(list::page))
        .get(&at("/print"), can(Action::View), page!(print::page))
        .get(&at("/export"), can(Action::Export), page!(crate::export::page))
        .get(&at("/settings"), can(Action::Manage), page!(settings::page))
        .post(&at("/settings/field"), can(Action::Manage), page!(settings::add_field, body))
        .post(&at("/settings/field/{id}/retire"), can(Action::Manage), page!(settings::retire_field, id))
        .post(&at("/settings/labels"), can(Action::Manage), page!(settings::save_labels, body))
        .post(&at("/views"), can(Action::View), page!(views::save, body))
        .post(&at("/views/{id}/delete"), can(Action::View), page!(views::delete, id))
        .get(&at("/{id}"), can(Action::View), page!(detail::page, id))
        .post(&at("/{id}/comments"), can(Action::View), page!(act::comment, id, body))
        .get(&at("/{id}/files/{file}"), can(Action::View), page!(files::get, two))
        .upload(&at("/{id}/files"), can(Action::Edit), DefaultBodyLimit::max(UPLOAD_LIMIT), page!(files::add, id, upload))
        .post(&at("/{id}/files/{file}/remove"), can(Action::Edit), page!(files::remove, two))
        .merge(api::routes(def));
    if !def.managed {
        routes = routes
            .get(&at("/new"), can(Action::Create), page!(form::new))
            .post(&at("/new"), can(Action::Create), page!(form::create, body))
            .get(&at("/{id}/edit"), can(Action::Edit), page!(form::edit, id))
            .post(&at("/{id}/edit"), can(Action::Edit), page!(form::update, id, body))
            .post(&at("/{id}/retire"), can(Action::Retire), page!(act::retire, id, body))
            .post(&at("/{id}/restore"), can(Action::Retire), page!(act::restore, id))
            .post(&at("/bulk"), can(Action::Edit), page!(bulk::post, body))
            .get(&at("/import"), can(Action::Import), page!(import::start))
            .upload(&at("/import"), can(Action::Import), DefaultBodyLimit::max(UPLOAD_LIMIT), page!(import::upload, upload))
            .get(&at("/import/template"), can(Action::Import), page!(import::template))
            .get(&at("/import/{id}"), can(Action::Import), page!(import::preview, id))
            .post(&at("/import/{id}"), can(Action::Import), page!(import::remap, id, body))
            .post(&at("/import/{id}/accept"), can(Action::Import), page!(import::accept, id, body))
            .get(&at("/import/{id}/wrong"), can(Action::Import), page!(import::wrong_rows, id));
    }
    routes
}

/// What a list's address asks for, a ready-made view's filter included.
pub(crate) fn list_query(form: crate::web::Form, shape: &crate::shape::Shape) -> crate::query::ListQuery {
    list::Request::read(form, shape).query
}

/// Opens the ledger for a request: a reading handle and the shape.
pub(crate) async fn open(
    ctx: &Ctx,
    def: &Arc<LedgerDef>,
) -> mamori_kernel::error::Result<(mamori_store::View, crate::shape::Shape)> {
    let mut view = ctx.view().await?;
    let shape = crate::shape::Shape::load(def, &mut view).await?;
    Ok((view, shape))
}

/// Opens the ledger for a change: a transaction and the shape.
pub(crate) async fn open_tx(
    ctx: &Ctx,
    def: &Arc<LedgerDef>,
) -> mamori_kernel::error::Result<(mamori_store::Tx, crate::shape::Shape)> {
    let mut tx = ctx.tx().await?;
    let shape = crate::shape::Shape::load(def, &mut tx).await?;
    Ok((tx, shape))
}
