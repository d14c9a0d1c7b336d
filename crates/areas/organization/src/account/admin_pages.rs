//! Pages: the accounts of the company, for its administrators.

use axum::body::Bytes;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::time;
use mamori_ledger::web::{Access, Ctx, Form, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{Alert, Badge, Button, Card, Column, DataTable, Definitions, Row, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::ops::{self, Deed};
use super::{Member, MustChange, admin_form, queries};
use crate::session::pages::button_form;
use mamori_ledger::web::form_state::{FormState, post};

const LIST: &str = "/organization/account";
const VIEW: Access = Access::Can("account", Action::View);
const MANAGE: Access = Access::Can("account", Action::Manage);

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(LIST, VIEW, list)
        .get("/organization/account/new", MANAGE, show_new)
        .post("/organization/account/new", MANAGE, create)
        .get("/organization/account/{id}", MANAGE, show)
        .post("/organization/account/{id}", MANAGE, save)
        .post("/organization/account/{id}/reset-password", MANAGE, reset_password)
        .post("/organization/account/{id}/unlock", MANAGE, |ctx: Ctx, id: Path<String>| act(ctx, id, Deed::Unlock))
        .post("/organization/account/{id}/disable", MANAGE, |ctx: Ctx, id: Path<String>| act(ctx, id, Deed::Disable))
        .post("/organization/account/{id}/enable", MANAGE, |ctx: Ctx, id: Path<String>| act(ctx, id, Deed::Enable))
        .post("/organization/account/{id}/remove", MANAGE, |ctx: Ctx, id: Path<String>| act(ctx, id, Deed::Remove))
        .post("/organization/account/{id}/reset-second-factor", MANAGE, |ctx: Ctx, id: Path<String>| {
            act(ctx, id, Deed::ResetSecondFactor)
        })
}

async fn list(ctx: Ctx) -> WebResult {
    let members = queries::members(&mut ctx.view().await?).await?;
    let manages = ctx.can("account", Action::Manage);
    let keys = ["account-name", "account-login", "account-roles", "account-state", "account-two-factor", "account-last-login"];
    let columns = keys.iter().map(|key| Column::new(ctx.t(key))).collect();
    let table = DataTable::new(ctx.lang, ctx.t("account-list-title"), columns)
        .rows(members.iter().map(|member| row(&ctx, member, manages)));
    let new = if manages {
        Button::link(ctx.t("account-new"), "/organization/account/new").primary().icon(Icon::Plus).into()
    } else {
        Html::empty()
    };
    Ok(Page::new(ctx.t("account-list-title"), table.into()).lead(ctx.t("account-list-lead")).actions(new))
}

fn row(ctx: &Ctx, member: &Member, manages: bool) -> Row {
    let roles: Vec<&str> = member.roles.iter().map(|role| role.code()).collect();
    let roles = roles
        .iter()
        .filter_map(|code| mamori_kernel::access::Role::parse(code))
        .map(|role| role.words().get(ctx.lang).to_owned());
    let roles = roles.collect::<Vec<_>>().join(ctx.lang.pick("、", ", "));
    let row = Row::new(&member.id, &member.name)
        .text(&member.name)
        .text(&member.login)
        .text(roles)
        .cell(state(ctx, member))
        .cell(if member.totp_on {
            Badge::new(ctx.t("account-on"), Tone::Success)
        } else {
            Badge::new(ctx.t("account-off"), Tone::Neutral)
        })
        .text(member.last_login_at.map(|at| time::timestamp(ctx.lang, &at, &time::zone())).unwrap_or_default())
        .retired(member.disabled);
    if manages { row.href(format!("{LIST}/{}", member.id)) } else { row }
}

fn state(ctx: &Ctx, member: &Member) -> Badge {
    if member.disabled {
        Badge::new(ctx.t("account-state-disabled"), Tone::Neutral)
    } else if member.attempts.is_locked(ctx.now) {
        Badge::new(ctx.t("account-state-locked"), Tone::Danger)
    } else if member.must_change == MustChange::OneTime {
        Badge::new(ctx.t("account-state-one-time"), Tone::Warning)
    } else {
        Badge::new(ctx.t("account-state-active"), Tone::Success)
    }
}

async fn show_new(ctx: Ctx) -> WebResult {
    let start = Form(vec![("lang".to_owned(), ctx.lang.code().to_owned()), ("roles".to_owned(), "employee".to_owned())]);
    let form = FormState::new(&ctx, start);
    new_page(&ctx, &form).await
}

async fn create(ctx: Ctx, body: Bytes) -> WebResult {
    let form = decode_form(&body);
    if form.has("existing") {
        return add_existing(&ctx, form).await;
    }
    let people = admin_form::people(&ctx).await?;
    let password = ops::one_time_password()?;
    let new = admin_form::read_new(&form, &people, password.clone());
    match ops::create_user(&ctx.app.db, ctx.actor()?, new, ctx.now).await {
        Ok(_) => Ok(one_time_page(&ctx, form.get("name"), form.get("login"), &password)),
        Err(error) => new_page(&ctx, &FormState::refused(&ctx, form, error)?).await,
    }
}

/// An account that exists already (a consultant's) becomes a member. Only the administrator of the installation may, because the
/// answer tells whether a login name exists.
async fn add_existing(ctx: &Ctx, form: Form) -> WebResult {
    if !ctx.identity()?.installation_admin {
        return Err(mamori_kernel::error::Error::NotFound.into());
    }
    let people = admin_form::people(ctx).await?;
    let edit = admin_form::read_edit(&form, &people);
    let added =
        ops::add_member(&ctx.app.db, ctx.actor()?, form.get("login"), &edit.roles, edit.person_id.as_deref(), ctx.now).await;
    match added {
        Ok(id) => show(ctx.clone(), Path(id)).await,
        Err(error) => new_page(ctx, &FormState::refused(ctx, form, error)?).await,
    }
}

async fn new_page(ctx: &Ctx, form: &FormState) -> WebResult {
    let people = admin_form::people(ctx).await?;
    let login =
        form.text("login", ctx.t("account-login")).required(true).help(ctx.t("account-login-help")).attr("autocomplete", "off");
    let shared = ctx.identity()?.installation_admin.then(|| {
        Button::submit(ctx.t("account-add-existing"))
            .secondary()
            .attr("name", "existing")
            .attr("value", "1")
            .attr("formnovalidate", "")
    });
    let create = Button::submit(ctx.t("account-create"));
    let body = post("/organization/account/new")
        .add(form.head(&admin_form::labels(ctx)))
        .add(login)
        .each(admin_form::fields(ctx, form, people))
        .add(form_actions(std::iter::once(create).chain(shared)));
    Ok(Page::new(ctx.t("account-new-title"), body.html())
        .lead(ctx.t("account-new-lead"))
        .crumb(ctx.t("account-list-title"), LIST)
        .status(form.status()))
}

async fn show(ctx: Ctx, Path(id): Path<String>) -> WebResult {
    let member = queries::member_of(&mut ctx.view().await?, &id).await?;
    let form = FormState::new(&ctx, admin_form::values(&member));
    edit_page(&ctx, &member, &form).await
}

async fn save(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let member = queries::member_of(&mut ctx.view().await?, &id).await?;
    let people = admin_form::people(&ctx).await?;
    let edit = admin_form::read_edit(&form, &people);
    let by_installation = ctx.identity()?.installation_admin;
    match ops::change_member(&ctx.app.db, ctx.actor()?, &id, edit, by_installation, ctx.now).await {
        Ok(()) => Ok(Redirect::to(LIST).saying(ctx.t1("account-saved", "name", form.get("name"))).into_response()),
        Err(error) => Ok(edit_page(&ctx, &member, &FormState::refused(&ctx, form, error)?).await?.into_response()),
    }
}

async fn edit_page(ctx: &Ctx, member: &Member, form: &FormState) -> WebResult {
    let people = admin_form::people(ctx).await?;
    let shared = member.elsewhere.then(|| Alert::new(Tone::Info, ctx.t("account-shared")));
    let body = post(&format!("{LIST}/{}", member.id))
        .add(form.head(&admin_form::labels(ctx)))
        .each(admin_form::fields(ctx, form, people))
        .add(form_actions([Button::submit(ctx.t("account-save"))]));
    let page = el("div").class("stack").maybe(shared).add(facts(ctx, member)).add(body).add(deeds(ctx, member));
    Ok(Page::new(&member.name, page.html()).crumb(ctx.t("account-list-title"), LIST).status(form.status()))
}

fn facts(ctx: &Ctx, member: &Member) -> Definitions {
    let last = member.last_login_at.map(|at| time::timestamp(ctx.lang, &at, &time::zone())).unwrap_or_default();
    Definitions::new(ctx.lang)
        .columns()
        .text(ctx.t("account-login"), &member.login)
        .html(ctx.t("account-state"), state(ctx, member))
        .text(ctx.t("account-last-login"), last)
}

fn deeds(ctx: &Ctx, member: &Member) -> Card {
    let line = |deed: &str, danger: bool| {
        let button = Button::submit(ctx.t(&format!("account-do-{deed}")));
        let button = if danger { button.danger() } else { button.secondary() };
        let why = el("span").class("muted").text(ctx.t(&format!("account-why-{deed}")));
        el("div").class("cluster").add(button_form(&format!("{LIST}/{}/{deed}", member.id), button)).add(why).html()
    };
    let mut lines = Vec::new();
    if member.attempts.is_locked(ctx.now) {
        lines.push(line("unlock", false));
    }
    lines.push(line("reset-password", false));
    if member.totp_on {
        lines.push(line("reset-second-factor", false));
    }
    lines.push(if member.disabled { line("enable", false) } else { line("disable", true) });
    lines.push(line("remove", true));
    Card::new(ctx.t("account-deeds"), el("div").class("stack").each(lines))
}

async fn act(ctx: Ctx, Path(id): Path<String>, deed: Deed) -> WebResult<Response> {
    let by_installation = ctx.identity()?.installation_admin;
    match ops::act_on_member(&ctx.app.db, ctx.actor()?, &id, deed, by_installation, ctx.now).await {
        Ok(()) => Ok(Redirect::to(LIST).saying(ctx.t("account-done")).into_response()),
        Err(error) => refused_on_member(&ctx, &id, error).await,
    }
}

async fn reset_password(ctx: Ctx, Path(id): Path<String>) -> WebResult<Response> {
    let by_installation = ctx.identity()?.installation_admin;
    match ops::reset_to_one_time(&ctx.app.db, ctx.actor()?, &id, by_installation, ctx.now).await {
        Ok(password) => {
            let member = queries::member_of(&mut ctx.view().await?, &id).await?;
            Ok(one_time_page(&ctx, &member.name, &member.login, &password).into_response())
        }
        Err(error) => refused_on_member(&ctx, &id, error).await,
    }
}

/// The member's page with the reason why something was refused.
async fn refused_on_member(ctx: &Ctx, id: &str, error: mamori_kernel::error::Error) -> WebResult<Response> {
    let member = queries::member_of(&mut ctx.view().await?, id).await?;
    let form = FormState::refused(ctx, admin_form::values(&member), error)?;
    Ok(edit_page(ctx, &member, &form).await?.into_response())
}

/// Shows a one-time password, this once.
fn one_time_page(ctx: &Ctx, name: &str, login: &str, password: &str) -> Page {
    let facts = Definitions::new(ctx.lang)
        .text(ctx.t("account-name"), name)
        .text(ctx.t("account-login"), super::rules::normal_login(login))
        .html(ctx.t("account-one-time"), el("code").text(password));
    let body = el("div")
        .class("stack")
        .add(Alert::new(Tone::Warning, ctx.t("account-one-time-once")).text(ctx.t("account-one-time-hand-over")))
        .add(facts)
        .add(Button::link(ctx.t("account-back-to-list"), LIST).primary());
    Page::new(ctx.t("account-one-time-title"), body.html()).crumb(ctx.t("account-list-title"), LIST)
}
