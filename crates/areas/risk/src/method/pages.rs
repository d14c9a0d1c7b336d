//! `/risk/method`: how the values come about, in words and tables, and the company's own scale and bounds.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, FieldError};
use mamori_kernel::lang::Lang;
use mamori_ledger::Choice as _;
use mamori_ledger::web::{Access, Ctx, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{
    Align, Button, Card, Choice, Column, Control, DataTable, Definitions, Field, Row, error_summary, form_actions,
};
use mamori_ui::html::{Html, el};

use super::{Method, MethodInput, ScaleChoice, ops, queries};
use crate::assessment::Recalculated;
use crate::catalog::{self, Level};
use crate::ipa::rules::{ThreatLevel, WeaknessLevel, likelihood};

/// The pages.
pub fn routes() -> Routes {
    Routes::default().get("/risk/method", Access::Can("risk_method", Action::View), page).post(
        "/risk/method",
        Access::Can("risk_method", Action::Manage),
        save,
    )
}

async fn page(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let now = queries::current(&mut view).await?;
    let input = MethodInput {
        scale: now.bands.scale().code().to_owned(),
        middle_from: now.bands.middle_from().to_string(),
        large_from: now.bands.large_from().to_string(),
        reason: String::new(),
    };
    Ok(render(&ctx, &now, &input, &[]))
}

async fn save(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let field = |name: &str| form.get(name).to_owned();
    let input = MethodInput {
        scale: field("scale"),
        middle_from: field("middle_from"),
        large_from: field("large_from"),
        reason: field("reason"),
    };
    let mut tx = ctx.tx().await?;
    match ops::change_method(&mut tx, &ctx.app.registry, &input).await {
        Ok(outcome) => {
            tx.commit().await?;
            let said = match outcome {
                Recalculated::Now(count) => ctx.t1("method-saved", "count", count),
                Recalculated::Job(_) => ctx.t("method-saved-job"),
            };
            Ok(Redirect::to("/risk/method").saying(said).into_response())
        }
        Err(Error::Invalid(errors)) => {
            let now = queries::current(&mut tx).await?;
            tx.rollback().await?;
            Ok(render(&ctx, &now, &input, &errors).status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn render(ctx: &Ctx, now: &Method, input: &MethodInput, errors: &[FieldError]) -> Page {
    let mut cards = vec![chain_card(ctx, now), table_card(ctx)];
    let levels = |title: &str, levels: &[Level]| Html::from(Card::new(ctx.t(title), level_list(ctx.lang, levels)));
    cards.push(levels("method-threat-levels", &catalog::get().threat_levels));
    cards.push(levels("method-weakness-levels", &catalog::get().weakness_levels));
    let mut body = vec![el("div").class("grid").each(cards).html()];
    if ctx.can("risk_method", Action::Manage) {
        body.push(Card::new(ctx.t("method-change"), form(ctx, input, errors)).lead(ctx.t("method-change-lead")).into());
    }
    let versions = Button::link(ctx.t("method-versions"), "/risk/risk_method").quiet();
    Page::new(ctx.t("method-title"), el("div").class("stack").each(body).html())
        .lead(ctx.t("method-lead"))
        .actions(versions.into())
        .crumb(ctx.t("assessment-title"), "/risk")
}

/// The formulas in the order in which a person would explain them.
fn chain_card(ctx: &Ctx, now: &Method) -> Html {
    let version = if now.number == 0 { ctx.t("method-builtin") } else { ctx.t1("method-version", "number", now.number) };
    let steps = ["method-step-importance", "method-step-likelihood", "method-step-value"].map(|key| el("li").text(ctx.t(key)));
    let bands = el("li").text(ctx.t1("method-step-band", "rule", now.rule(ctx.lang)));
    let scale = el("p").text(now.scale_words().get(ctx.lang));
    let list = el("div").class("prose").add(el("ol").each(steps).add(bands));
    Card::new(ctx.t("method-chain"), Html::join([scale.html(), list.html()])).lead(version).into()
}

/// The conversion table of the sheet.
fn table_card(ctx: &Ctx) -> Html {
    let mut columns = vec![Column::new(ctx.t("method-threat-by-weakness"))];
    for weakness in WeaknessLevel::ALL.iter().rev() {
        columns.push(Column::new(weakness.number().to_string()).align(Align::Center));
    }
    let rows = ThreatLevel::ALL.iter().rev().map(|threat| {
        let head = threat.number().to_string();
        WeaknessLevel::ALL.iter().rev().fold(Row::new(&head, &head).text(&head), |row, weakness| {
            row.text(likelihood(*threat, *weakness).number().to_string())
        })
    });
    let table = DataTable::new(ctx.lang, ctx.t("method-table"), columns).rows(rows).compact();
    Card::new(ctx.t("method-table"), table).lead(ctx.t("method-table-lead")).into()
}

fn level_list(lang: Lang, levels: &[Level]) -> Html {
    levels
        .iter()
        .fold(Definitions::new(lang), |list, level| {
            list.text(format!("{} {}", level.value, level.name.get(lang)), level.means.get(lang))
        })
        .into()
}

fn form(ctx: &Ctx, input: &MethodInput, errors: &[FieldError]) -> Html {
    let lang = ctx.lang;
    let error = |name: &str| errors.iter().find(|error| error.field == name).map(|error| error.message.get(lang).to_owned());
    let number = |name: &str, key: &str, value: &str| {
        let control = Control::Number { value: value.to_owned(), unit: None, min: Some(0), max: Some(9) };
        Field::new(lang, name, ctx.t(key), control).required(true).error(error(name))
    };
    let choices = ScaleChoice::set()
        .choices
        .iter()
        .map(|choice| Choice::new(choice.code.as_ref(), choice.words.get(lang)).meaning(choice.meaning.get(lang)))
        .collect();
    let listed: Vec<(String, String, String)> = errors
        .iter()
        .map(|error| {
            let label = ctx.t(match error.field.as_str() {
                "scale" => "method-scale",
                "middle_from" => "method-middle-from",
                "large_from" => "method-large-from",
                _ => "method-reason",
            });
            (error.field.clone(), label, error.message.get(lang).to_owned())
        })
        .collect();
    el("form")
        .class("form")
        .attr("method", "post")
        .attr("action", "/risk/method")
        .add(error_summary(lang, &listed))
        .add(
            Field::new(lang, "scale", ctx.t("method-scale"), Control::Radios { value: input.scale.clone(), choices })
                .required(true)
                .error(error("scale")),
        )
        .add(number("middle_from", "method-middle-from", &input.middle_from).help(ctx.t("method-bounds-help")))
        .add(number("large_from", "method-large-from", &input.large_from))
        .add(
            Field::text(lang, "reason", ctx.t("method-reason"), &input.reason)
                .required(true)
                .help(ctx.t("method-reason-help"))
                .error(error("reason")),
        )
        .add(form_actions([Button::submit(ctx.t("method-save"))]))
        .html()
}
