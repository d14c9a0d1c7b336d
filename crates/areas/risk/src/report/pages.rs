//! `/risk/report`: all reports with what each is for; each with its chapters, its options and its files.

use axum::body::Bytes;
use axum::response::Response;
use mamori_kernel::access::Action;
use mamori_kernel::lang::Lang;
use mamori_ledger::web::{Access, Ctx, Form, Page, Routes, WebResult, decode_form, download};
use mamori_ui::components::{Button, Card, Choice, Control, Definitions, Field, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;

use super::data::Options;
use super::files::{File, make};
use super::kind::{Format, Kind};
use super::number::{DocNumber, issue_of, last_of};
use crate::assessment::standing;

const LIST: &str = "/risk/report";

fn home(kind: Kind) -> String {
    format!("{LIST}/{}", kind.code())
}

fn address(kind: Kind, format: Format) -> String {
    format!("{}.{}", home(kind), format.ending())
}

/// The pages.
pub fn routes() -> Routes {
    let (view, export) = (Access::Can("risk_report", Action::View), Access::Can("risk_report", Action::Export));
    let create = Access::Can("risk_report", Action::Create);
    let mut routes = Routes::default().get(LIST, view, list);
    for kind in Kind::ALL {
        routes = routes.get(&home(kind), view, move |ctx: Ctx| page(ctx, kind));
        for format in kind.formats().iter().copied() {
            routes = routes.get(&address(kind, format), export, move |ctx: Ctx| draft(ctx, kind, format));
        }
        // The PDF is what gets a number; Word and Excel of the same number come from the same form.
        routes = routes.post(&address(kind, Format::Pdf), create, move |ctx: Ctx, body: Bytes| issued(ctx, body, kind));
    }
    routes
}

async fn list(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let mut cards: Vec<Html> = Vec::new();
    for kind in Kind::ALL {
        let last = last_of(&mut view, kind).await?;
        let facts = Definitions::new(ctx.lang).text(ctx.t("report-last"), last_words(&ctx, last));
        let mut body = vec![facts.into()];
        if ctx.can("risk_report", Action::Export) {
            body.push(files(&ctx, kind));
        }
        let open = Button::link(ctx.t("report-open"), home(kind)).small();
        let card = Card::new(ctx.t(kind.key()), Html::join(body)).lead(ctx.t(&format!("{}-for", kind.key())));
        cards.push(card.action(open).into());
    }
    Ok(Page::new(ctx.t("report-list"), el("div").class("grid").each(cards).html())
        .lead(ctx.t("report-list-lead"))
        .crumb(ctx.t("assessment-title"), "/risk"))
}

fn last_words(ctx: &Ctx, last: Option<DocNumber>) -> String {
    last.map_or_else(|| ctx.t("report-none-issued"), |number| format!("{} / {}", number.text(), number.version_text()))
}

/// Links to the drafts.
fn files(ctx: &Ctx, kind: Kind) -> Html {
    let link = |format: &Format| {
        let icon = if *format == Format::Xlsx { Icon::Table } else { Icon::Document };
        let name = if kind == Kind::AssetRisk && *format == Format::Xlsx { "report-xlsx" } else { format.key() };
        Button::link(ctx.t(name), address(kind, *format)).small().icon(icon)
    };
    el("div").class("cluster").each(kind.formats().iter().map(link)).html()
}

async fn page(ctx: Ctx, kind: Kind) -> WebResult {
    let mut view = ctx.view().await?;
    let last = last_of(&mut view, kind).await?;
    let mut facts = Definitions::new(ctx.lang).text(ctx.t("report-last"), last_words(&ctx, last));
    if kind == Kind::AssetRisk {
        let standing = standing(&mut view, ctx.today()).await?;
        let figures = ctx.t2("report-figures", ("total", &standing.total().to_string()), ("high", &standing.high.to_string()));
        facts = facts.text(ctx.t("report-numbers"), figures);
    }
    let chapters = kind.chapters().iter().map(|key| el("li").text(ctx.t(key)));
    let contents = Html::join([el("div").class("prose").add(el("ol").each(chapters)).html(), facts.into()]);
    let mut cards: Vec<Html> = vec![Card::new(ctx.t("report-contents"), contents).into()];
    if ctx.can("risk_report", Action::Create) {
        cards.push(Card::new(ctx.t("report-issue"), form(&ctx, kind)).lead(ctx.t("report-issue-lead")).into());
    }
    if ctx.can("risk_report", Action::Export) {
        let help = if kind == Kind::AssetRisk { "report-files-help" } else { "report-files-help-all" };
        let help = el("p").class("muted").text(ctx.t(help)).html();
        cards.push(Card::new(ctx.t("report-files"), Html::join([files(&ctx, kind), help])).into());
    }
    Ok(Page::new(ctx.t(kind.key()), el("div").class("grid").each(cards).html())
        .lead(ctx.t(&format!("{}-for", kind.key())))
        .crumb(ctx.t("assessment-title"), "/risk")
        .crumb(ctx.t("report-list"), LIST))
}

fn form(ctx: &Ctx, kind: Kind) -> Html {
    let lang = ctx.lang;
    let choices = |pairs: &[(&str, &str)]| pairs.iter().map(|(code, key)| Choice::new(*code, ctx.t(key))).collect::<Vec<_>>();
    let kinds = choices(&[("new", "report-kind-new"), ("revision", "report-kind-revision")]);
    let langs = vec![Choice::new("ja", "日本語"), Choice::new("en", "English")];
    let select = |name: &str, key: &str, value: &str, choices: Vec<Choice>| {
        Field::new(lang, name, ctx.t(key), Control::Select { value: value.to_owned(), choices, blank: None })
    };
    let mut form = el("form").attr("method", "post").attr("action", address(kind, Format::Pdf)).add(Field::new(
        lang,
        "kind",
        ctx.t("report-kind"),
        Control::Radios { value: "new".to_owned(), choices: kinds },
    ));
    // The workbook of the asset report is IPA's form and bears no number.
    if kind != Kind::AssetRisk {
        let formats = kind.formats().iter().map(|format| Choice::new(format.ending(), ctx.t(format.key()))).collect();
        form = form.add(select("format", "report-format", Format::Pdf.ending(), formats));
    }
    form.add(select("lang", "report-language", lang.code(), langs))
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
        book: false,
    }
}

fn language(ctx: &Ctx, form: &Form) -> Lang {
    Lang::parse(form.get("lang")).unwrap_or(ctx.lang)
}

fn answer(file: File) -> Response {
    download(file.bytes, &file.name, file.mime)
}

async fn draft(ctx: Ctx, kind: Kind, format: Format) -> WebResult<Response> {
    let form = ctx.query_form();
    let lang = language(&ctx, &form);
    let mut view = ctx.view().await?;
    let file = make(&mut view, &ctx.app.registry, ctx.now, (kind, format), options(&form), lang).await?;
    Ok(answer(file))
}

async fn issued(ctx: Ctx, body: Bytes, kind: Kind) -> WebResult<Response> {
    let form = decode_form(&body);
    let lang = language(&ctx, &form);
    let wanted = Format::of_ending(form.get("format")).unwrap_or(Format::Pdf);
    // A workbook in IPA's layout has no cover that could bear the number.
    let format = if kind == Kind::AssetRisk { Format::Pdf } else { wanted };
    let mut tx = ctx.tx().await?;
    let number = issue_of(&mut tx, kind, form.get("kind") == "revision").await?;
    let options = Options { number: Some(number), ..options(&form) };
    // The number counts only when the file could be made.
    let file = make(&mut tx, &ctx.app.registry, ctx.now, (kind, format), options, lang).await?;
    tx.commit().await?;
    Ok(answer(file))
}
