//! `/risk/scenario/{id}/reassess`: judging a risk again when its measures are done (S2-D6-06).

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, FieldError, Result};
use mamori_ledger::record::{Record, Value, Values};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{Access, Ctx, Form, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ledger::{Ledger as _, query};
use mamori_store::Reader;
use mamori_ui::components::{Button, Card, Choice, Control, Definitions, Field, error_summary, form_actions};
use mamori_ui::html::{Html, el};

use super::rules::{Lowering, lowered};
use super::{Factor, State, ops, queries};
use crate::four_factor::rules::{Factor as ScaleFactor, Scale};
use crate::scale;
use crate::scenario::Scenario;

/// The pages.
pub fn routes() -> Routes {
    Routes::default().get("/risk/scenario/{id}/reassess", Access::Can("scenario", Action::View), page).post(
        "/risk/scenario/{id}/reassess",
        Access::Can("scenario", Action::View),
        save,
    )
}

/// The two factors that measures lower: field of the scenario, field of today's value, factor of the scale, factor of a measure.
const JUDGED: [(&str, &str, ScaleFactor, Factor); 2] = [
    ("weakness_after", "weakness_level", ScaleFactor::Weakness, Factor::Weakness),
    ("likelihood_after", "likelihood", ScaleFactor::Likelihood, Factor::Likelihood),
];

async fn open(ctx: &Ctx, db: &mut impl Reader, id: &str) -> Result<(Shape, Record)> {
    let def = ctx.app.registry.ledger(Scenario::CODE).ok_or(Error::NotFound)?;
    let shape = Shape::load(def, db).await?;
    // A reader who may look at the risk, but not judge it, has no business on this page.
    let record = query::find(db, &shape, id, Action::Edit).await?;
    Ok((shape, record))
}

/// What the fields begin with: what was judged before, else what the done measures promise, else the value of today.
async fn offered(db: &mut impl Reader, record: &Record) -> Result<Form> {
    let rows = queries::of_scenario(db, &record.meta.id).await?;
    let measures: Vec<Lowering> = rows.iter().map(|row| (row.factor, row.lowers_to, row.state == Some(State::Done))).collect();
    let mut form = Form::default();
    for (after, now, _, factor) in JUDGED {
        let level = lowered(&measures, factor).or(record.get(after).as_int()).or(record.get(now).as_int());
        form.0.push((after.to_owned(), level.map(|level| level.to_string()).unwrap_or_default()));
    }
    Ok(form)
}

async fn page(ctx: Ctx, Path(id): Path<String>) -> WebResult {
    let mut view = ctx.view().await?;
    let (_, record) = open(&ctx, &mut view, &id).await?;
    let form = offered(&mut view, &record).await?;
    let scale = scale::queries::current(&mut view).await?.scale;
    Ok(render(&ctx, &record, &scale, &form, &[]))
}

async fn save(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let mut tx = ctx.tx().await?;
    let (shape, record) = open(&ctx, &mut tx, &id).await?;
    let mut values = Values::default();
    for (after, ..) in JUDGED {
        values.set(after, form.get(after).trim().parse::<i64>().map_or(Value::Null, Value::Int));
    }
    let version = form.get("version").parse().unwrap_or_default();
    match ops::reassess(&mut tx, &ctx.app.registry, &shape, &id, version, values).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(Redirect::to(format!("/risk/scenario/{id}")).saying(ctx.t("treatment-said-reassessed")).into_response())
        }
        Err(Error::Invalid(errors)) => {
            let scale = scale::queries::current(&mut tx).await?.scale;
            tx.rollback().await?;
            Ok(render(&ctx, &record, &scale, &form, &errors).status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn render(ctx: &Ctx, record: &Record, scale: &Scale, form: &Form, errors: &[FieldError]) -> Page {
    let id = &record.meta.id;
    let number = |field: &str| record.get(field).as_int().map_or_else(|| "—".to_owned(), |value| value.to_string());
    let facts = Definitions::new(ctx.lang)
        .text(ctx.t("treatment-value-now"), number("current_value"))
        .text(ctx.t("treatment-value-target"), number("target_value"))
        .text(ctx.t("treatment-value-residual"), number("residual_value"));
    let listed: Vec<(String, String, String)> =
        errors.iter().map(|error| (error.field.clone(), error.field.clone(), error.message.get(ctx.lang).to_owned())).collect();
    let fields: Vec<Html> = JUDGED
        .iter()
        .map(|(after, now, factor, _)| {
            let choices = scale
                .levels(*factor)
                .iter()
                .map(|level| {
                    let label = format!("{} {}", level.value, level.name.get(ctx.lang));
                    Choice::new(level.value.to_string(), label).meaning(level.means.get(ctx.lang))
                })
                .collect();
            let today = ctx.t1("treatment-now", "value", number(now));
            let error = errors.iter().find(|error| error.field == *after).map(|error| error.message.get(ctx.lang).to_owned());
            let label =
                ctx.t(if *factor == ScaleFactor::Weakness { "treatment-weakness-after" } else { "treatment-likelihood-after" });
            Field::new(ctx.lang, *after, label, Control::Radios { value: form.get(after).to_owned(), choices })
                .required(true)
                .help(today)
                .error(error)
                .into()
        })
        .collect();
    let version = el("input").attr("type", "hidden").attr("name", "version").attr("value", record.meta.version.to_string());
    let body = el("form")
        .class("form")
        .attr("method", "post")
        .attr("action", format!("/risk/scenario/{id}/reassess"))
        .add(error_summary(ctx.lang, &listed))
        .add(version)
        .each(fields)
        .add(form_actions([
            Button::submit(ctx.t("treatment-reassess-save")),
            Button::link(ctx.t("treatment-reassess-cancel"), format!("/risk/scenario/{id}")).quiet(),
        ]));
    let cards = [
        Html::from(Card::new(record.get("title").as_str(), facts)),
        Html::from(Card::new(ctx.t("treatment-reassess"), body).lead(ctx.t("treatment-reassess-lead"))),
    ];
    Page::new(ctx.t("treatment-reassess"), el("div").class("stack").each(cards).html())
        .crumb(record.get("title").as_str(), format!("/risk/scenario/{id}"))
}
