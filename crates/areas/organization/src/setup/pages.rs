//! Pages: the three screens of the first visit, and how to look at a made-up company first.

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use mamori_kernel::error::Error;
use mamori_ledger::web::{Access, Ctx, Form, Layout, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{Button, Card, Steps, form_actions};
use mamori_ui::html::{El, Html, el};
use mamori_ui::icon::Icon;

use super::ops::{self, Administrator};
use crate::company::{pages as company, rules as company_rules};
use crate::session::door;
use crate::session::rules::cookie;
use mamori_ledger::web::form_state::{FormState, hidden, post};

/// The company's fields, carried from the first screen to the second. The administrator's are named apart (`admin_…`).
const CARRIED: [&str; 5] = ["name", "industry", "headcount", "fiscal_start_month", "lang"];

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/setup", Access::Public, show_company)
        .post("/setup", Access::Public, company_given)
        .post("/setup/company", Access::Public, company_again)
        .post("/setup/administrator", Access::Public, finish)
        .get("/setup/first", Access::SignedIn, first)
        .get("/setup/demo", Access::Public, demo)
}

fn steps(ctx: &Ctx, current: usize) -> Steps {
    Steps::at(ctx.lang, ["setup-step-company", "setup-step-administrator", "setup-step-first"].map(|key| ctx.t(key)), current)
}

/// Where visitors go who come after the set-up.
fn done() -> Response {
    Redirect::to("/").into_response()
}

async fn show_company(ctx: Ctx) -> WebResult<Response> {
    if !super::needed(&ctx.app.db).await? {
        return Ok(done());
    }
    let start = [("fiscal_start_month", "4"), ("lang", ctx.lang.code())];
    let form = FormState::new(&ctx, Form(start.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()));
    Ok(company_page(&ctx, &form).into_response())
}

async fn company_given(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    if !super::needed(&ctx.app.db).await? {
        return Ok(done());
    }
    let form = decode_form(&body);
    match company_rules::check(&company::read(&form)) {
        Ok(()) => Ok(administrator_page(&ctx, &FormState::new(&ctx, form)).into_response()),
        Err(error) => Ok(company_page(&ctx, &FormState::refused(&ctx, form, error)?).into_response()),
    }
}

async fn company_again(ctx: Ctx, body: Bytes) -> WebResult {
    let form = FormState::new(&ctx, decode_form(&body));
    Ok(company_page(&ctx, &form))
}

fn company_page(ctx: &Ctx, form: &FormState) -> Page {
    let body = post("/setup")
        .add(steps(ctx, 0))
        .add(form.head(&company::labels(ctx)))
        .each(company::first_fields(ctx, form))
        .add(form_actions([Button::submit(ctx.t("setup-next"))]))
        .add(el("p").add(el("a").attr("href", "/setup/demo").text(ctx.t("setup-demo-link"))));
    Page::new(ctx.t("setup-title"), body.html()).lead(ctx.t("setup-lead")).layout(Layout::Bare).status(form.status())
}

async fn finish(ctx: Ctx, headers: HeaderMap, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let field = |name: &str| form.get(name).to_owned();
    let admin = Administrator {
        name: field("admin_name"),
        login: field("admin_login"),
        email: field("admin_email"),
        password: field("admin_password"),
        again: field("admin_again"),
    };
    let profile = company::read(&form);
    match ops::set_up(&ctx.app.db, &profile, admin, &door(&ctx.address, &headers), ctx.now).await {
        Ok(signed_in) => {
            crate::company::ops::begin(&ctx.app, ops::FIRST_COMPANY, profile.lang).await?;
            Ok(Redirect::to("/setup/first").cookie(cookie(&signed_in.token, ctx.app.secure_cookies)).into_response())
        }
        Err(error) => refused(&ctx, form, error),
    }
}

/// The screen on which what is wrong was typed. The rules name plain fields; on the second screen they are the administrator's,
/// because the company's were judged before.
fn refused(ctx: &Ctx, form: Form, error: Error) -> WebResult<Response> {
    if let Err(company_error) = company_rules::check(&company::read(&form)) {
        return Ok(company_page(ctx, &FormState::refused(ctx, form, company_error)?).into_response());
    }
    let error = match error {
        Error::Invalid(mut fields) => {
            for field in &mut fields {
                field.field = format!("admin_{}", field.field);
            }
            Error::Invalid(fields)
        }
        other => other,
    };
    Ok(administrator_page(ctx, &FormState::refused(ctx, form, error)?).into_response())
}

fn administrator_page(ctx: &Ctx, form: &FormState) -> Page {
    let keys = [
        ("admin_name", "setup-admin-name"),
        ("admin_login", "setup-admin-login"),
        ("admin_email", "setup-admin-email"),
        ("admin_password", "setup-admin-password"),
        ("admin_again", "setup-admin-again"),
    ];
    let labels: Vec<(&str, String)> = keys.into_iter().map(|(field, key)| (field, ctx.t(key))).collect();
    let carried = CARRIED.iter().map(|name| hidden(name, form.value(name)));
    let back = Button::submit(ctx.t("setup-back")).secondary().attr("formaction", "/setup/company").attr("formnovalidate", "");
    let body = post("/setup/administrator")
        .add(steps(ctx, 1))
        .add(form.head(&labels))
        .each(carried)
        .add(form.text("admin_name", ctx.t("setup-admin-name")).required(true).attr("autocomplete", "name"))
        .add(
            form.text("admin_login", ctx.t("setup-admin-login"))
                .required(true)
                .help(ctx.t("setup-admin-login-help"))
                .attr("autocomplete", "username"),
        )
        .add(form.email("admin_email", ctx.t("setup-admin-email")).help(ctx.t("setup-admin-email-help")))
        .add(
            form.password("admin_password", ctx.t("setup-admin-password"), "new-password")
                .help(ctx.t("setup-admin-password-help")),
        )
        .add(form.password("admin_again", ctx.t("setup-admin-again"), "new-password"))
        .add(form_actions([Button::submit(ctx.t("setup-create")), back]));
    Page::new(ctx.t("setup-admin-title"), body.html()).lead(ctx.t("setup-admin-lead")).layout(Layout::Bare).status(form.status())
}

async fn first(ctx: Ctx) -> WebResult {
    let way = |key: &str, href: &str, icon: Icon| -> El {
        let go = Button::link(ctx.t(&format!("setup-first-{key}")), href).icon(icon);
        el("div").class("stack").add(el("p").text(ctx.t(&format!("setup-first-{key}-why")))).add(go)
    };
    let card = |key: &str, href: &str, icon: Icon| -> Html {
        Card::new(ctx.t(&format!("setup-first-{key}-title")), way(key, href, icon)).into()
    };
    let body = el("div")
        .class("stack")
        .add(steps(&ctx, 2))
        .add(card("import", "/assets/information_asset/import", Icon::Upload))
        .add(card("starter", "/assets/starter", Icon::List))
        .add(card("organization", "/organization/department", Icon::People))
        .add(card("demo", "/setup/demo", Icon::Eye))
        .add(el("p").add(el("a").attr("href", "/").text(ctx.t("setup-first-later"))));
    Ok(Page::new(ctx.t("setup-first-title"), body.html()).lead(ctx.t("setup-first-lead")).layout(Layout::Bare))
}

async fn demo(ctx: Ctx) -> WebResult {
    let body = el("div")
        .class("stack")
        .add(el("p").text(ctx.t("setup-demo-what")))
        .add(el("ol").each(["setup-demo-1", "setup-demo-2", "setup-demo-3"].iter().map(|key| el("li").text(ctx.t(key)))))
        .add(el("pre").add(el("code").text("mamori demo --data ./mamori-demo\nmamori serve --data ./mamori-demo")))
        .add(el("p").text(ctx.t("setup-demo-safe")))
        .add(Button::link(ctx.t("setup-demo-back"), "/"));
    Ok(Page::new(ctx.t("setup-demo-title"), body.html()).layout(Layout::Bare))
}
