//! Pages: my account – profile and password. Sessions, second factor and API tokens are its further tabs.

use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use mamori_kernel::error::Error;
use mamori_kernel::lang::Lang;
use mamori_ledger::web::{Access, Ctx, Form, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{Button, Card, Control, Definitions, Field, Tab, Tabs, form_actions};
use mamori_ui::html::{Html, el};

use super::mine::{self, Profile};
use super::queries;
use mamori_ledger::web::form_state::{FormState, languages, post};

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/account", Access::Account, show)
        .post("/account", Access::Account, save)
        .get("/account/password", Access::Account, show_password)
        .post("/account/password", Access::Account, change_password)
}

/// The tabs of "my account".
pub(crate) fn mine_tabs(ctx: &Ctx, here: &str) -> Html {
    let pages = [
        ("account-tab-profile", "/account"),
        ("account-tab-password", "/account/password"),
        ("account-tab-two-factor", "/account/two-factor"),
        ("account-tab-sessions", "/account/sessions"),
        ("account-tab-tokens", "/account/tokens"),
    ];
    let tabs = pages.into_iter().map(|(key, href)| Tab::new(ctx.t(key), href).active(href == here)).collect();
    Tabs::new(ctx.t("account-mine-title"), tabs).into()
}

async fn show(ctx: Ctx) -> WebResult {
    let user_id = &ctx.identity()?.actor.user_id;
    let account = queries::by_id(&mut ctx.app.db.system_view().await?, user_id).await?.ok_or(Error::NotFound)?;
    let values = Form(vec![
        ("name".to_owned(), account.name),
        ("email".to_owned(), account.email),
        ("lang".to_owned(), account.lang.code().to_owned()),
    ]);
    profile_page(&ctx, &FormState::new(&ctx, values))
}

async fn save(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let lang = Lang::parse(form.get("lang")).unwrap_or_default();
    let field = |name: &str| form.get(name).to_owned();
    let profile = Profile { name: field("name"), email: field("email"), lang, current: field("current") };
    match mine::change_profile(&ctx.app.db, ctx.identity()?, &profile, &ctx.address, ctx.now).await {
        Ok(()) => Ok(Redirect::to("/account").saying(ctx.t("account-profile-saved")).into_response()),
        Err(error) => Ok(profile_page(&ctx, &FormState::refused(&ctx, form, error)?)?.into_response()),
    }
}

fn profile_page(ctx: &Ctx, form: &FormState) -> WebResult {
    let identity = ctx.identity()?;
    let labels = [("name", ctx.t("account-name")), ("email", ctx.t("account-email")), ("current", ctx.t("account-current"))];
    let names: Vec<String> = identity.actor.roles.iter().map(|role| role.words().get(ctx.lang).to_owned()).collect();
    let facts = Definitions::new(ctx.lang)
        .columns()
        .text(ctx.t("account-login"), &identity.login)
        .text(ctx.t("account-roles"), names.join(ctx.lang.pick("、", ", ")));
    let lang = Control::Select { value: form.value("lang").to_owned(), choices: languages(), blank: None };
    let body = post("/account")
        .add(form.head(&labels))
        .add(form.text("name", ctx.t("account-name")).required(true).attr("autocomplete", "name"))
        .add(form.email("email", ctx.t("account-email")).help(ctx.t("account-email-help")))
        .add(
            form.password("current", ctx.t("account-current"), "current-password")
                .required(false)
                .help(ctx.t("account-current-help")),
        )
        .add(Field::new(ctx.lang, "lang", ctx.t("account-lang"), lang))
        .add(form_actions([Button::submit(ctx.t("account-save"))]));
    let page = el("div").class("stack").add(mine_tabs(ctx, "/account")).add(facts).add(body);
    Ok(Page::new(ctx.t("account-mine-title"), page.html()).lead(ctx.t("account-mine-lead")).status(form.status()))
}

async fn show_password(ctx: Ctx) -> WebResult {
    let form = FormState::new(&ctx, Form::default());
    Ok(password_page(&ctx, &form))
}

async fn change_password(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let (current, new, again) = (form.get("current"), form.get("password"), form.get("again"));
    match mine::change_password(&ctx.app.db, ctx.identity()?, current, new, again, &ctx.address, ctx.now).await {
        Ok(()) => Ok(Redirect::to("/account/password").saying(ctx.t("account-password-saved")).into_response()),
        Err(error) => Ok(password_page(&ctx, &FormState::refused(&ctx, form, error)?).into_response()),
    }
}

fn password_page(ctx: &Ctx, form: &FormState) -> Page {
    let labels =
        [("current", ctx.t("account-current")), ("password", ctx.t("account-new-password")), ("again", ctx.t("account-again"))];
    let body = post("/account/password")
        .add(form.head(&labels))
        .add(form.password("current", ctx.t("account-current"), "current-password"))
        .add(form.password("password", ctx.t("account-new-password"), "new-password").help(ctx.t("account-password-rules")))
        .add(form.password("again", ctx.t("account-again"), "new-password"))
        .add(form_actions([Button::submit(ctx.t("account-password-change"))]));
    let card = Card::new(ctx.t("account-tab-password"), body).lead(ctx.t("account-password-lead"));
    let page = el("div").class("stack").add(mine_tabs(ctx, "/account/password")).add(card);
    Page::new(ctx.t("account-mine-title"), page.html()).status(form.status())
}
