//! `/risk/scenario/{id}/costs`: the table of one risk, worked out and taken over as its 「その他の費用」.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, FieldError, Result};
use mamori_kernel::yen::Yen;
use mamori_ledger::ops::{self, Gate};
use mamori_ledger::record::{Record, Values};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{Access, Ctx, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ledger::{Ledger as _, query};
use mamori_store::Reader;
use mamori_ui::components::{Alert, Button, Card, Field, Reckoning, error_summary, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::sheet::{PATH_TAIL, Sheet};
use crate::catalogs_risk;
use crate::quantity::rules::IncidentCost;
use crate::scenario::Scenario;

/// The pages.
pub fn routes() -> Routes {
    let path = "/risk/scenario/{id}/costs";
    Routes::default().get(path, Access::Can(Scenario::CODE, Action::View), page).post(
        path,
        Access::Can(Scenario::CODE, Action::View),
        save,
    )
}

async fn open(ctx: &Ctx, db: &mut impl Reader, id: &str) -> Result<(Shape, Record)> {
    let def = ctx.app.registry.ledger(Scenario::CODE).ok_or(Error::NotFound)?;
    let shape = Shape::load(def, db).await?;
    // Whoever may look at the risk, but not change it, has no business on this page.
    let record = query::find(db, &shape, id, Action::Edit).await?;
    Ok((shape, record))
}

async fn page(ctx: Ctx, Path(id): Path<String>) -> WebResult {
    let (_, record) = open(&ctx, &mut ctx.view().await?, &id).await?;
    let sheet = Sheet::kept(record.get("cost_lines").as_str()).unwrap_or_else(|| Sheet::begin(record.get("persons").as_int()));
    let version = record.meta.version;
    Ok(render(&ctx, &record, version, &sheet))
}

async fn save(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let sheet = Sheet::read(&form);
    let mut tx = ctx.tx().await?;
    let (shape, record) = open(&ctx, &mut tx, &id).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let total = match sheet.total() {
        Ok(total) if form.get("step") == "save" => total.total.value,
        other => {
            tx.rollback().await?;
            let status = if other.is_err() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            return Ok(render(&ctx, &record, version, &sheet).status(status).into_response());
        }
    };
    let kept = serde_json::to_string(&sheet).map_err(|error| Error::Internal(error.to_string()))?;
    let values = Values::default().with("other_loss", total.0).with("cost_lines", kept.as_str());
    ops::update(&ctx.app.registry, &mut tx, &shape, &id, Some(version), values, Gate::Program).await?;
    tx.commit().await?;
    let said = ctx.t1("incident-cost-saved", "total", total.format(ctx.lang));
    Ok(Redirect::to(format!("/risk/scenario/{id}")).saying(said).into_response())
}

fn render(ctx: &Ctx, record: &Record, version: i64, sheet: &Sheet) -> Page {
    let (worked, errors) = match sheet.total() {
        Ok(worked) => (Some(worked), Vec::new()),
        Err(Error::Invalid(errors)) => (None, errors),
        Err(other) => (None, vec![FieldError { field: "persons".to_owned(), message: other.words() }]),
    };
    let listed: Vec<(String, String, String)> = errors
        .iter()
        .map(|error| (error.field.clone(), ctx.t("incident-cost-title"), error.message.get(ctx.lang).to_owned()))
        .collect();
    let here = format!("/risk/scenario/{}/{PATH_TAIL}", record.meta.id);
    let step = |key: &str, step: &str| Button::submit(ctx.t(key)).attr("name", "step").attr("value", step);
    let form = el("form")
        .class("form")
        .attr("method", "post")
        .attr("action", here)
        .add(error_summary(ctx.lang, &listed))
        .add(el("input").attr("type", "hidden").attr("name", "version").attr("value", version.to_string()))
        .add(
            Field::text(ctx.lang, "persons", ctx.t("incident-cost-persons"), &sheet.persons)
                .help(ctx.t("incident-cost-persons-help")),
        )
        .add(el("div").class("table-frame").attr("tabindex", "0").add(table(ctx, sheet, worked.as_ref(), &errors)))
        .maybe(worked.as_ref().map(|worked| sum(ctx, worked)))
        .add(form_actions([step("incident-cost-save", "save").primary(), step("incident-cost-work-out", "work").secondary()]));
    let twice = Alert::new(Tone::Info, ctx.t("incident-cost-twice"));
    let body = el("div").class("stack").add(twice).add(Card::new(ctx.t("incident-cost-title"), form));
    let title = record.get("title").as_str();
    Page::new(ctx.t("incident-cost-title"), body.html())
        .lead(ctx.t("incident-cost-lead"))
        .crumb(title, format!("/risk/scenario/{}", record.meta.id))
}

fn table(ctx: &Ctx, sheet: &Sheet, worked: Option<&IncidentCost>, errors: &[FieldError]) -> Html {
    let heads = ["line", "times", "price", "amount"].map(|key| {
        let head = el("th").attr("scope", "col").text(ctx.t(&format!("incident-cost-{key}")));
        if key == "amount" { head.class("num end") } else { head }
    });
    let rows = catalogs_risk::get().cost_items.iter().enumerate().map(|(at, item)| {
        let typed = sheet.lines.get(&item.code).cloned().unwrap_or_default();
        let input = |part: &str, value: &str| {
            let name = format!("{part}:{}", item.code);
            let label = format!("{} {}", item.name.get(ctx.lang), ctx.t(&format!("incident-cost-{part}")));
            let input = el("input").class("input input-short num").attr("type", "text").attr("inputmode", "decimal");
            let input = input.attr("id", &name).attr("name", &name).attr("aria-label", label).attr("value", value);
            if errors.iter().any(|error| error.field == name) { input.attr("aria-invalid", "true") } else { input }
        };
        let amount =
            worked.and_then(|worked| worked.lines.get(at)).map_or_else(|| "—".to_owned(), |yen: &Yen| yen.format(ctx.lang));
        el("tr")
            .add(el("th").attr("scope", "row").text(item.name.get(ctx.lang)))
            .add(el("td").add(el("span").class("affix").add(input("times", &typed.times)).text(item.unit.get(ctx.lang))))
            .add(el("td").add(input("price", &typed.price)))
            .add(el("td").class("num end").text(amount))
    });
    el("table").class("table table-compact").add(el("thead").add(el("tr").each(heads))).add(el("tbody").each(rows)).html()
}

fn sum(ctx: &Ctx, worked: &IncidentCost) -> Html {
    let total = el("b").class("num").text(worked.total.value.format(ctx.lang)).html();
    let shown = Reckoning::new(ctx.lang, total, &worked.total.reckoning);
    el("p").text(ctx.t("incident-cost-sum")).text(" ").add(Html::from(shown)).html()
}
