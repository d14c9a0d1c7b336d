//! `/risk/report`: what the report will contain, its options, and the files.

use axum::body::Bytes;
use axum::response::Response;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_ledger::web::{Access, Ctx, Form, Page, Routes, WebResult, decode_form, download};
use mamori_report::{RenderOptions, render};
use mamori_ui::components::{Button, Card, Choice, Control, Definitions, Field, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;

use super::data::{Options, Source, collect};
use super::{document, issue, last_issued, workbook};
use crate::assessment::standing;
use crate::weakness_check::queries as checks;

const PDF: &str = "/risk/report/asset-risk.pdf";
const XLSX: &str = "/risk/report/asset-risk.xlsx";

/// The pages.
pub fn routes() -> Routes {
    let export = Access::Can("risk_report", Action::Export);
    Routes::default()
        .get("/risk/report", Access::Can("risk_report", Action::View), page)
        .get(PDF, export, draft)
        .post(PDF, Access::Can("risk_report", Action::Create), issued)
        .get(XLSX, export, sheet)
}

async fn page(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let standing = standing(&mut view, ctx.today()).await?;
    let last = last_issued(&mut view).await?;
    let contents = [
        "report-summary",
        "report-map",
        "report-top",
        "report-treatments",
        "report-acceptances",
        "report-method",
        "report-ledger",
    ]
    .map(|key| el("li").text(ctx.t(key)));
    let figures = ctx.t2("report-figures", ("total", &standing.total().to_string()), ("high", &standing.high.to_string()));
    let last =
        last.map_or_else(|| ctx.t("report-none-issued"), |number| format!("{} / {}", number.text(), number.version_text()));
    let facts = Definitions::new(ctx.lang).text(ctx.t("report-last"), last).text(ctx.t("report-numbers"), figures);
    let mut cards: Vec<Html> = vec![
        Card::new(
            ctx.t("report-contents"),
            Html::join([el("div").class("prose").add(el("ol").each(contents)).html(), facts.into()]),
        )
        .into(),
    ];
    if ctx.can("risk_report", Action::Create) {
        cards.push(Card::new(ctx.t("report-issue"), form(&ctx)).lead(ctx.t("report-issue-lead")).into());
    }
    if ctx.can("risk_report", Action::Export) {
        let links = [
            Button::link(ctx.t("report-draft-pdf"), PDF).icon(Icon::Document),
            Button::link(ctx.t("report-xlsx"), XLSX).icon(Icon::Table),
        ];
        let help = el("p").class("muted").text(ctx.t("report-files-help"));
        cards.push(
            Card::new(ctx.t("report-files"), Html::join([el("div").class("cluster").each(links).html(), help.html()])).into(),
        );
    }
    Ok(Page::new(ctx.t("report-title"), el("div").class("grid").each(cards).html())
        .lead(ctx.t("report-lead"))
        .crumb(ctx.t("assessment-title"), "/risk"))
}

fn form(ctx: &Ctx) -> Html {
    let lang = ctx.lang;
    let choices = |pairs: &[(&str, &str)]| pairs.iter().map(|(code, key)| Choice::new(*code, ctx.t(key))).collect::<Vec<_>>();
    let kinds = choices(&[("new", "report-kind-new"), ("revision", "report-kind-revision")]);
    let langs = vec![Choice::new("ja", "日本語"), Choice::new("en", "English")];
    el("form")
        .attr("method", "post")
        .attr("action", PDF)
        .add(Field::new(lang, "kind", ctx.t("report-kind"), Control::Radios { value: "new".to_owned(), choices: kinds }))
        .add(Field::new(
            lang,
            "lang",
            ctx.t("report-language"),
            Control::Select { value: lang.code().to_owned(), choices: langs, blank: None },
        ))
        .add(Field::text(lang, "author", ctx.t("report-author-field"), author(ctx)))
        .add(Field::text(lang, "approver", ctx.t("report-approver-field"), "").help(ctx.t("report-approver-help")))
        .add(Field::text(lang, "classification", ctx.t("report-classification"), ctx.t("report-internal")))
        .add(Field::new(lang, "short", ctx.t("report-short"), Control::Check { checked: false }))
        .add(form_actions([Button::submit(ctx.t("report-make")).icon(Icon::Download)]))
        .html()
}

fn author(ctx: &Ctx) -> String {
    ctx.identity.as_ref().map(|identity| identity.actor.name.clone()).unwrap_or_default()
}

/// Texts of the cover are typed by a person: they are kept short, since the cover has room for a line each.
fn options(form: &Form) -> Options {
    let line = |name: &str| form.get(name).trim().chars().filter(|c| !c.is_control()).take(80).collect();
    Options {
        number: None,
        classification: line("classification"),
        author: line("author"),
        approver: line("approver"),
        short: form.get("short") == "true",
    }
}

fn language(ctx: &Ctx, form: &Form) -> Lang {
    Lang::parse(form.get("lang")).unwrap_or(ctx.lang)
}

async fn draft(ctx: Ctx) -> WebResult<Response> {
    let form = ctx.query_form();
    let lang = language(&ctx, &form);
    let mut view = ctx.view().await?;
    let source = collect(&mut view, &ctx.app.registry, ctx.now, options(&form)).await?;
    Ok(pdf(&ctx, source, lang, "draft").await?)
}

async fn issued(ctx: Ctx, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let lang = language(&ctx, &form);
    let mut tx = ctx.tx().await?;
    let number = issue(&mut tx, form.get("kind") == "revision").await?;
    let name = format!("{}-v{}", number.text(), number.version);
    let source = collect(&mut tx, &ctx.app.registry, ctx.now, Options { number: Some(number), ..options(&form) }).await?;
    // The number counts only when the file could be made.
    let file = pdf(&ctx, source, lang, &name).await?;
    tx.commit().await?;
    Ok(file)
}

async fn pdf(ctx: &Ctx, source: Source, lang: Lang, name: &str) -> Result<Response> {
    let options = RenderOptions { now: ctx.now.to_zoned(time::zone()) };
    let made = tokio::task::spawn_blocking(move || render(&document(&source, lang), &options))
        .await
        .map_err(|error| Error::Internal(format!("report: {error}")))?
        .map_err(Error::from)?;
    for warning in &made.warnings {
        tracing::info!(report = "asset-risk", warning = %warning.words().en, "report printed with a remark");
    }
    let title = mamori_kernel::i18n::t(lang, "report-title");
    Ok(download(made.bytes, &format!("{title}_{name}.pdf"), "application/pdf"))
}

async fn sheet(ctx: Ctx) -> WebResult<Response> {
    let mut view = ctx.view().await?;
    let source = collect(&mut view, &ctx.app.registry, ctx.now, Options::default()).await?;
    let questions = checks::questions(&mut view).await?;
    let bytes = workbook(&source, &questions)?;
    let name = format!("情報資産管理台帳_{}.xlsx", ctx.today());
    Ok(download(bytes, &name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
}
