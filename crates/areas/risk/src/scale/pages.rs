//! `/risk/scale`: what each number means, and the company's own levels.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, FieldError};
use mamori_ledger::web::{Access, Ctx, Form, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ledger::{Choice as _, Ledger as _};
use mamori_ui::components::{Align, Button, Card, Column, DataTable, Field, Row, error_summary, form_actions};
use mamori_ui::html::{Html, el};

use super::rules::{Line, Proposal};
use super::{RiskScale, Version, ops, queries};
use crate::assessment::Recalculated;
use crate::four_factor::rules::{Factor, Used};
use crate::matrix::rules::{Frequency, Impact};

/// Empty lines below the levels of a factor, to add some.
const SPARE: usize = 1;
/// Lines of one factor at most: numbers go from 0 to 9.
const LINES: usize = 12;

/// The pages.
pub fn routes() -> Routes {
    Routes::default().get("/risk/scale", Access::Can(RiskScale::CODE, Action::View), page).post(
        "/risk/scale",
        Access::Can(RiskScale::CODE, Action::Manage),
        save,
    )
}

async fn page(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let now = queries::current(&mut view).await?;
    let used = ops::used(&mut view).await?;
    Ok(render(&ctx, &now, &used, &Proposal::of(&now), &[]))
}

async fn save(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let proposal = read(&decode_form(&body));
    let mut tx = ctx.tx().await?;
    let errors = match ops::change_scale(&mut tx, &ctx.app.registry, &proposal).await {
        Ok(outcome) => {
            tx.commit().await?;
            let said = match outcome {
                Recalculated::Now(0) => ctx.t("scale-saved"),
                Recalculated::Now(count) => ctx.t1("scale-saved-count", "count", count),
                Recalculated::Job(_) => ctx.t("scale-saved-job"),
            };
            return Ok(Redirect::to("/risk/scale").saying(said).into_response());
        }
        Err(Error::Invalid(errors)) => errors,
        // What was typed stays on the page, with what is in the way.
        Err(Error::InUse(words) | Error::Refused(words)) => vec![FieldError { field: "levels".to_owned(), message: words }],
        Err(other) => return Err(other.into()),
    };
    let (now, used) = (queries::current(&mut tx).await?, ops::used(&mut tx).await?);
    tx.rollback().await?;
    Ok(render(&ctx, &now, &used, &proposal, &errors).status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn read(form: &Form) -> Proposal {
    let text = |name: String| form.get(&name).to_owned();
    let line = |factor: Factor, at: usize| {
        let name = |part: &str| format!("{part}:{}:{at}", factor.code());
        Line {
            old: form.get(&name("old")).parse().ok(),
            number: text(name("number")),
            name: [text(name("ja")), text(name("en"))],
            means: [text(name("means-ja")), text(name("means-en"))],
        }
    };
    let pair = |code: &str| [text(format!("ja:{code}")), text(format!("en:{code}"))];
    Proposal {
        lines: Factor::ALL.map(|factor| (0..LINES).map(|at| line(factor, at)).collect()),
        impact: Impact::ALL.map(|impact| pair(&format!("impact:{}", impact.code()))),
        frequency: Frequency::ALL.map(|frequency| pair(&format!("frequency:{}", frequency.code()))),
        reason: form.get("reason").to_owned(),
    }
}

fn render(ctx: &Ctx, now: &Version, used: &[Used], proposal: &Proposal, errors: &[FieldError]) -> Page {
    let cards = Factor::ALL.map(|factor| {
        Html::from(
            Card::new(factor.words().get(ctx.lang), table(ctx, now, used, factor))
                .lead(factor.influence().get(ctx.lang).to_owned())
                .flush(),
        )
    });
    let mut body = vec![el("div").class("stack").each(cards).html()];
    let (low, high) = (now.scale.lowest(), now.scale.highest());
    body.insert(0, el("p").text(ctx.t2("scale-formula", ("low", &low.to_string()), ("high", &high.to_string()))).html());
    if ctx.can(RiskScale::CODE, Action::Manage) {
        let lead = ctx.t("scale-change-lead");
        body.push(Card::new(ctx.t("scale-change"), form(ctx, used, proposal, errors)).lead(lead).into());
    }
    let number = if now.number == 0 { ctx.t("method-builtin") } else { ctx.t1("method-version", "number", now.number) };
    let versions = Button::link(ctx.t("scale-versions"), RiskScale::def().path()).quiet();
    Page::new(ctx.t("scale-title"), el("div").class("stack").each(body).html())
        .lead(format!("{}　{number}", ctx.t("scale-lead")))
        .actions(versions.into())
        .crumb(ctx.t("assessment-title"), "/risk")
}

fn count(used: &[Used], factor: Factor, value: i64) -> u64 {
    used.iter().find(|used| used.factor == factor && used.value == value).map_or(0, |used| used.count)
}

/// What each number means today, and how many risks use it.
fn table(ctx: &Ctx, now: &Version, used: &[Used], factor: Factor) -> Html {
    let columns = vec![
        Column::new(ctx.t("scale-number")),
        Column::new(ctx.t("scale-name")),
        Column::new(ctx.t("scale-means")),
        Column::new(ctx.t("scale-used")).align(Align::End),
    ];
    let rows = now.scale.levels(factor).iter().map(|level| {
        let number = level.value.to_string();
        Row::new(&number, level.name.get(ctx.lang))
            .text(&number)
            .text(level.name.get(ctx.lang))
            .text(level.means.get(ctx.lang))
            .text(count(used, factor, level.value).to_string())
    });
    DataTable::new(ctx.lang, factor.words().get(ctx.lang), columns).rows(rows).compact().into()
}

fn form(ctx: &Ctx, used: &[Used], proposal: &Proposal, errors: &[FieldError]) -> Html {
    let lang = ctx.lang;
    let listed: Vec<(String, String, String)> = errors
        .iter()
        .map(|error| {
            let factor = Factor::ALL.into_iter().find(|factor| factor.code() == error.field);
            let label = match (factor, error.field.as_str()) {
                (Some(factor), _) => factor.words().get(lang).to_owned(),
                (None, "reason") => ctx.t("method-reason"),
                (None, "matrix") => ctx.t("scale-matrix"),
                (None, _) => ctx.t("scale-title"),
            };
            let target = match (factor, error.field.as_str()) {
                (Some(factor), _) => format!("number:{}:0", factor.code()),
                (None, "reason") => "reason".to_owned(),
                (None, "matrix") => format!("ja:impact:{}", Impact::Heavy.code()),
                (None, _) => format!("number:{}:0", Factor::AssetValue.code()),
            };
            (target, label, error.message.get(lang).to_owned())
        })
        .collect();
    let factors = Factor::ALL.into_iter().zip(&proposal.lines).map(|(factor, lines)| fold(ctx, used, factor, lines));
    let reason = Field::text(lang, "reason", ctx.t("method-reason"), &proposal.reason)
        .required(true)
        .help(ctx.t("scale-reason-help"))
        .error(errors.iter().find(|error| error.field == "reason").map(|error| error.message.get(lang).to_owned()));
    el("form")
        .class("form")
        .attr("method", "post")
        .attr("action", "/risk/scale")
        .add(error_summary(lang, &listed))
        .each(factors)
        .add(names(ctx, proposal))
        .add(reason)
        .add(form_actions([Button::submit(ctx.t("scale-save"))]))
        .html()
}

/// One factor: its lines and an empty one, side by side.
fn fold(ctx: &Ctx, used: &[Used], factor: Factor, lines: &[Line]) -> Html {
    let spare = vec![Line::default(); SPARE];
    let typed = lines.iter().filter(|line| **line != Line::default());
    let shown = typed.chain(&spare).take(LINES).enumerate();
    let rows = shown.map(|(at, line)| self::line(ctx, used, factor, at, line));
    let heads = ["scale-number", "scale-name-ja", "scale-name-en", "scale-means-ja", "scale-means-en", "scale-used"];
    let heads = heads.map(|key| el("th").attr("scope", "col").text(ctx.t(key)));
    let table = el("table").class("table table-compact").add(el("thead").add(el("tr").each(heads))).add(el("tbody").each(rows));
    el("fieldset")
        .class("card-fold")
        .add(el("legend").text(factor.words().get(ctx.lang)))
        .add(el("div").class("table-frame").attr("tabindex", "0").add(table))
        .html()
}

fn line(ctx: &Ctx, used: &[Used], factor: Factor, at: usize, line: &Line) -> Html {
    let name = |part: &str| format!("{part}:{}:{at}", factor.code());
    let field = |class: &str, part: &str, key: &str, value: &str| {
        let label = format!("{} {} {}", factor.words().get(ctx.lang), at + 1, ctx.t(key));
        el("input")
            .class(class)
            .attr("type", "text")
            .attr("id", name(part))
            .attr("name", name(part))
            .attr("aria-label", label)
            .attr("value", value)
    };
    let cell = |part: &str, key: &str, value: &str| el("td").add(field("input", part, key, value));
    let old = line.old.map(|old| el("input").attr("type", "hidden").attr("name", name("old")).attr("value", old.to_string()));
    let help = match line.old.map(|old| count(used, factor, old)) {
        Some(count) if count > 0 => ctx.t1("scale-line-used", "count", count),
        Some(_) => ctx.t("scale-line-unused"),
        None => ctx.t("scale-line-new"),
    };
    let [ja, en] = &line.name;
    let [means_ja, means_en] = &line.means;
    let number = field("input num", "number", "scale-number", &line.number).attr("inputmode", "numeric").attr("size", "2");
    el("tr")
        .add(el("td").maybe(old).add(number))
        .add(cell("ja", "scale-name-ja", ja))
        .add(cell("en", "scale-name-en", en))
        .add(cell("means-ja", "scale-means-ja", means_ja))
        .add(cell("means-en", "scale-means-en", means_en))
        .add(el("td").class("muted").text(help))
        .html()
}

fn names(ctx: &Ctx, proposal: &Proposal) -> Html {
    let pair = |code: String, [ja, en]: &[String; 2]| {
        let field = |part: &str, key: &str, value: &str| Field::text(ctx.lang, format!("{part}:{code}"), ctx.t(key), value);
        el("div").class("form-columns").add(field("ja", "scale-name-ja", ja)).add(field("en", "scale-name-en", en)).html()
    };
    let impact = Impact::ALL.iter().zip(&proposal.impact).map(|(one, names)| pair(format!("impact:{}", one.code()), names));
    let frequency =
        Frequency::ALL.iter().zip(&proposal.frequency).map(|(one, names)| pair(format!("frequency:{}", one.code()), names));
    el("fieldset")
        .class("card-fold")
        .add(el("legend").text(ctx.t("scale-matrix")))
        .add(el("p").class("muted").text(ctx.t("scale-impact")))
        .each(impact)
        .add(el("p").class("muted").text(ctx.t("scale-frequency")))
        .each(frequency)
        .html()
}
