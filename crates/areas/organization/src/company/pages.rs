//! Pages: the company's profile, the choice among one's companies, a further company.

use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::Error;
use mamori_kernel::lang::Lang;
use mamori_ledger::web::{Access, Ctx, Form, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{
    Badge, Button, Choice, Column, Control, DataTable, Definitions, EmptyState, Field, Row, form_actions,
};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::{Profile, ops, queries, rules};
use mamori_ledger::web::form_state::{FormState, hidden, languages, post};

const HERE: &str = "/organization/company";

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(HERE, Access::Can("company", Action::View), show)
        .get("/organization/company/edit", Access::Can("company", Action::Edit), show_edit)
        .post("/organization/company/edit", Access::Can("company", Action::Edit), save)
        .get("/company", Access::Account, choose)
        .get("/company/new", Access::Installation, show_new)
        .post("/company/new", Access::Installation, create)
}

/// The labels of the fields, for the list of errors.
pub(crate) fn labels(ctx: &Ctx) -> Vec<(&'static str, String)> {
    let pairs = [
        ("code", "company-code"),
        ("name", "company-name"),
        ("name_kana", "company-name-kana"),
        ("industry", "company-industry"),
        ("headcount", "company-headcount"),
        ("fiscal_start_month", "company-fiscal"),
        ("doc_prefix", "company-doc-prefix"),
    ];
    pairs.into_iter().map(|(field, key)| (field, ctx.t(key))).collect()
}

fn months(ctx: &Ctx) -> Vec<Choice> {
    (1..=12).map(|month| Choice::new(month.to_string(), rules::month_name(ctx.lang, month))).collect()
}

/// The fields of the profile that the first day needs.
pub(crate) fn first_fields(ctx: &Ctx, form: &FormState) -> Vec<Field> {
    let industries = rules::INDUSTRIES.iter().map(|(code, words)| Choice::new(*code, words.get(ctx.lang))).collect();
    let lang = Control::Select { value: form.value("lang").to_owned(), choices: languages(), blank: None };
    vec![
        form.text("name", ctx.t("company-name"))
            .required(true)
            .help(ctx.t("company-name-help"))
            .attr("autocomplete", "organization"),
        form.select("industry", ctx.t("company-industry"), industries, Some(ctx.t("company-choose"))).required(true),
        form.number("headcount", ctx.t("company-headcount"), Some(ctx.t("company-people")), 1, 1_000_000)
            .required(true)
            .help(ctx.t("company-headcount-help")),
        form.select("fiscal_start_month", ctx.t("company-fiscal"), months(ctx), None)
            .required(true)
            .help(ctx.t("company-fiscal-help")),
        Field::new(ctx.lang, "lang", ctx.t("company-lang"), lang).help(ctx.t("company-lang-help")),
    ]
}

fn further_fields(ctx: &Ctx, form: &FormState) -> Vec<Field> {
    vec![
        form.text("name_kana", ctx.t("company-name-kana")),
        form.text("doc_prefix", ctx.t("company-doc-prefix")).help(ctx.t("company-doc-prefix-help")),
    ]
}

/// Reads the profile off a form; what cannot be read becomes a value that [`rules::check`] refuses with the field's message.
pub(crate) fn read(form: &Form) -> Profile {
    Profile {
        name: form.get("name").to_owned(),
        name_kana: form.get("name_kana").to_owned(),
        industry: form.get("industry").to_owned(),
        headcount: rules::read_headcount(form.get("headcount")).unwrap_or(0),
        fiscal_start_month: form.get("fiscal_start_month").parse().unwrap_or(0),
        lang: Lang::parse(form.get("lang")).unwrap_or_default(),
        doc_prefix: form.get("doc_prefix").to_owned(),
    }
}

/// A profile as the values of a form.
fn values(profile: &Profile, version: i64) -> Form {
    let pairs = [
        ("name", profile.name.clone()),
        ("name_kana", profile.name_kana.clone()),
        ("industry", profile.industry.clone()),
        ("headcount", profile.headcount.to_string()),
        ("fiscal_start_month", profile.fiscal_start_month.to_string()),
        ("lang", profile.lang.code().to_owned()),
        ("doc_prefix", profile.doc_prefix.clone()),
        ("version", version.to_string()),
    ];
    Form(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

async fn show(ctx: Ctx) -> WebResult {
    let company = queries::get(&mut ctx.view().await?).await?;
    let profile = &company.profile;
    let facts = Definitions::new(ctx.lang)
        .text(ctx.t("company-name"), &profile.name)
        .text(ctx.t("company-name-kana"), &profile.name_kana)
        .text(ctx.t("company-industry"), rules::industry_words(&profile.industry).get(ctx.lang))
        .text(ctx.t("company-headcount"), format!("{} {}", profile.headcount, ctx.t("company-people")))
        .text(ctx.t("company-fiscal"), rules::month_name(ctx.lang, profile.fiscal_start_month))
        .text(ctx.t("company-lang"), profile.lang.pick("日本語", "English"))
        .text(ctx.t("company-doc-prefix"), &profile.doc_prefix)
        .text(ctx.t("company-code"), &company.code);
    let edit = ctx
        .can("company", Action::Edit)
        .then(|| Button::link(ctx.t("company-edit"), "/organization/company/edit").icon(Icon::Edit));
    Ok(Page::new(ctx.t("company-title"), facts.into())
        .lead(ctx.t("company-lead"))
        .actions(edit.map(Html::from).unwrap_or_default()))
}

async fn show_edit(ctx: Ctx) -> WebResult {
    let company = queries::get(&mut ctx.view().await?).await?;
    let form = FormState::new(&ctx, values(&company.profile, company.version));
    Ok(edit_page(&ctx, &form))
}

async fn save(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let version = form.get("version").parse().unwrap_or(0);
    match ops::change_profile(&ctx.app.db, ctx.actor()?, &read(&form), version, ctx.now).await {
        Ok(()) => Ok(Redirect::to(HERE).saying(ctx.t("company-saved")).into_response()),
        Err(error @ Error::Conflict { .. }) => Ok(clash(&ctx, form, &error).await?.into_response()),
        Err(error) => Ok(edit_page(&ctx, &FormState::refused(&ctx, form, error)?).into_response()),
    }
}

/// Somebody saved first: the form keeps what was typed, shows what is stored now, and can be sent again.
async fn clash(ctx: &Ctx, form: Form, error: &Error) -> WebResult {
    let stored = queries::get(&mut ctx.view().await?).await?;
    let now = values(&stored.profile, stored.version);
    let form = form.with("version", &stored.version.to_string());
    let differing = labels(ctx).into_iter().filter(|(field, _)| *field != "code" && form.get(field) != now.get(field));
    let facts = differing.fold(Definitions::new(ctx.lang), |facts, (field, label)| facts.text(label, now.get(field)));
    let alert = mamori_ui::components::Alert::new(Tone::Warning, error.words().get(ctx.lang)).body(facts);
    let mut page = edit_page(ctx, &FormState::new(ctx, form));
    page.body = Html::join([alert.into(), page.body]);
    Ok(page.status(axum::http::StatusCode::CONFLICT))
}

fn edit_page(ctx: &Ctx, form: &FormState) -> Page {
    let body = post("/organization/company/edit")
        .add(form.head(&labels(ctx)))
        .add(hidden("version", form.value("version")))
        .each(first_fields(ctx, form))
        .each(further_fields(ctx, form))
        .add(form_actions([Button::submit(ctx.t("company-save")), Button::link(ctx.t("company-cancel"), HERE)]));
    Page::new(ctx.t("company-edit-title"), body.html()).crumb(ctx.t("company-title"), HERE).status(form.status())
}

async fn choose(ctx: Ctx) -> WebResult {
    let identity = ctx.identity()?;
    let rows = identity.companies.iter().map(|company| {
        let here = identity.company.as_ref().is_some_and(|now| now.id == company.id);
        let enter = post("/company/enter")
            .add(hidden("company", &company.id))
            .add(Button::submit(ctx.t("company-enter")).secondary().small());
        let action: Html = if here { Badge::new(ctx.t("company-here"), Tone::Info).into() } else { enter.html() };
        Row::new(&company.id, &company.name).text(&company.name).text(&company.code).cell(action)
    });
    let columns = ["company-name", "company-code", "company-action"].iter().map(|key| Column::new(ctx.t(key))).collect();
    let body: Html = if identity.companies.is_empty() {
        EmptyState::new(ctx.t("company-none")).icon(Icon::Building).why(ctx.t("company-none-why")).into()
    } else {
        DataTable::new(ctx.lang, ctx.t("company-choose-title"), columns).rows(rows).into()
    };
    let new = identity.installation_admin.then(|| Button::link(ctx.t("company-new"), "/company/new").icon(Icon::Plus));
    Ok(Page::new(ctx.t("company-choose-title"), body)
        .lead(ctx.t("company-choose-lead"))
        .actions(new.map(Html::from).unwrap_or_default()))
}

async fn show_new(ctx: Ctx) -> WebResult {
    let start = [("fiscal_start_month", "4"), ("lang", ctx.lang.code())];
    let form = FormState::new(&ctx, Form(start.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()));
    Ok(new_page(&ctx, &form))
}

async fn create(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let actor = ctx.actor()?;
    let profile = read(&form);
    let code = form.get("code").trim();
    match ops::create_company(&ctx.app.db, &actor, code, &profile, ctx.now).await {
        Ok(_) => {
            ops::begin(&ctx.app, code, profile.lang).await?;
            Ok(Redirect::to("/company").saying(ctx.t1("company-created", "name", form.get("name"))).into_response())
        }
        Err(error) => Ok(new_page(&ctx, &FormState::refused(&ctx, form, error)?).into_response()),
    }
}

fn new_page(ctx: &Ctx, form: &FormState) -> Page {
    let body = el("div").class("stack").add(
        post("/company/new")
            .add(form.head(&labels(ctx)))
            .each(first_fields(ctx, form))
            .add(form.text("code", ctx.t("company-code")).required(true).help(ctx.t("company-code-help")))
            .add(form_actions([Button::submit(ctx.t("company-create"))])),
    );
    Page::new(ctx.t("company-new-title"), body.html())
        .lead(ctx.t("company-new-lead"))
        .crumb(ctx.t("company-choose-title"), "/company")
        .status(form.status())
}
