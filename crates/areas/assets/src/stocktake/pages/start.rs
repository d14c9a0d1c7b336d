//! Starting a stocktake, moving its due date, closing it.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mamori_kernel::error::{Error, FieldError};
use mamori_kernel::lang::Words;
use mamori_kernel::time;
use mamori_ledger::Ledger as _;
use mamori_ledger::query;
use mamori_ledger::web::{Ctx, Failure, Form, Page, Redirect, WebResult, decode_form};
use mamori_organization::department::Department;
use mamori_ui::components::{Button, Choice, Control, Field, error_summary, form_actions};
use mamori_ui::html::{Html, el};

use crate::information_asset::queries::def;
use crate::stocktake::Stocktake;
use crate::stocktake::ops::{self, Plan};

/// Days that a stocktake is open unless somebody says otherwise.
const USUAL_DAYS: i64 = 21;

/// Asks for name, days and departments.
pub async fn show(ctx: Ctx) -> WebResult {
    let today = ctx.today();
    let due = today.saturating_add(jiff::Span::new().days(USUAL_DAYS));
    let mut form = Form::default().with("starts", &today.to_string()).with("due", &due.to_string());
    form = form.with("name", &ctx.t1("stocktake-usual-name", "year", today.year())).with("note", &ctx.t("stocktake-usual-note"));
    page(&ctx, &form, &[]).await
}

async fn page(ctx: &Ctx, form: &Form, errors: &[FieldError]) -> WebResult {
    let error = |name: &str| errors.iter().find(|error| error.field == name).map(|error| ctx.w(&error.message).to_owned());
    let mut view = ctx.view().await?;
    let picks = query::picks(&mut view, &def(&ctx.app.registry, Department::CODE)?.clone(), 1000).await?;
    let choices = picks.into_iter().map(|pick| Choice::new(pick.id, pick.label)).collect();
    let chosen = form.all("departments").map(str::to_owned).collect();
    let date = |name: &str, key: &str| {
        let control = Control::Date { value: form.get(name).to_owned() };
        Field::new(ctx.lang, name, ctx.t(key), control).required(true).error(error(name))
    };
    let labels = [("name", "stocktake-name"), ("starts", "stocktake-starts"), ("due", "stocktake-due")];
    let wrong: Vec<_> = labels.iter().filter_map(|(name, key)| Some(((*name).to_owned(), ctx.t(key), error(name)?))).collect();
    let buttons =
        [Html::from(Button::submit(ctx.t("stocktake-start"))), Button::link(ctx.t("assets-cancel"), "/assets/stocktake").into()];
    let body = el("form")
        .class("form")
        .attr("method", "post")
        .attr("action", "/assets/stocktake/start")
        .add(error_summary(ctx.lang, &wrong))
        .add(Field::text(ctx.lang, "name", ctx.t("stocktake-name"), form.get("name")).required(true).error(error("name")))
        .add(el("div").class("form-columns").add(date("starts", "stocktake-starts")).add(date("due", "stocktake-due")))
        .add(
            Field::new(ctx.lang, "departments", ctx.t("stocktake-departments"), Control::Checks { values: chosen, choices })
                .help(ctx.t("stocktake-departments-help")),
        )
        .add(
            Field::new(ctx.lang, "note", ctx.t("stocktake-note"), Control::Area { value: form.get("note").to_owned(), rows: 3 })
                .help(ctx.t("stocktake-note-help")),
        )
        .add(form_actions(buttons));
    let page = Page::new(ctx.t("stocktake-start-title"), body.html()).lead(ctx.t("stocktake-start-lead"));
    let page = page.crumb(ctx.w(&Stocktake::def().words), "/assets/stocktake");
    Ok(if errors.is_empty() { page } else { page.status(StatusCode::UNPROCESSABLE_ENTITY) })
}

fn day(form: &Form, name: &str) -> Result<jiff::civil::Date, FieldError> {
    time::parse_date_loose(form.get(name)).map_err(|_| FieldError {
        field: name.to_owned(),
        message: Words::new(
            "日付として読めません。2026-11-20 のように、実在する日付を入力してください。",
            "This is not a date. Please enter a real date such as 2026-11-20.",
        ),
    })
}

fn plan(ctx: &Ctx, form: &Form) -> Result<Plan, Vec<FieldError>> {
    let (starts, due) = (day(form, "starts"), day(form, "due"));
    match (starts, due) {
        (Ok(starts), Ok(due)) => Ok(Plan {
            name: form.get("name").to_owned(),
            starts,
            due,
            departments: form.all("departments").filter(|id| mamori_kernel::id::is_id(id)).map(str::to_owned).collect(),
            note: form.get("note").to_owned(),
            base_url: ctx.app.base_url.clone(),
        }),
        (starts, due) => Err([starts.err(), due.err()].into_iter().flatten().collect()),
    }
}

/// Starts the stocktake, or shows the form again with what is wrong.
pub async fn start(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let plan = match plan(&ctx, &form) {
        Ok(plan) => plan,
        Err(errors) => return Ok(page(&ctx, &form, &errors).await?.into_response()),
    };
    let mut tx = ctx.tx().await?;
    match ops::start(&ctx.app.registry, &mut tx, &plan).await {
        Ok((campaign, count)) => {
            tx.commit().await?;
            let to = format!("/assets/stocktake/{}", campaign.meta.id);
            Ok(Redirect::to(to).saying(ctx.t1("stocktake-started", "count", count)).into_response())
        }
        Err(Error::Invalid(errors)) => {
            tx.rollback().await?;
            Ok(page(&ctx, &form, &errors).await?.into_response())
        }
        Err(error) => Err(Failure(error)),
    }
}

/// Moves the due date.
pub async fn change_due(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Redirect> {
    let due = day(&decode_form(&body), "due").map_err(|error| Error::Invalid(vec![error]))?;
    let mut tx = ctx.tx().await?;
    ops::change_due(&ctx.app.registry, &mut tx, &id, due).await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("/assets/stocktake/{id}")).saying(ctx.t("stocktake-due-saved")))
}

/// Closes it.
pub async fn close(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    ops::close(&ctx.app.registry, &mut tx, &id, decode_form(&body).get("note")).await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("/assets/stocktake/{id}")).saying(ctx.t("stocktake-closed")))
}
