//! The pages of the guides: one question at a time, answers become rows.

use axum::body::Bytes;
use axum::extract::Path;
use mamori_kernel::error::Error;
use mamori_ledger::Choice as _;
use mamori_ledger::Ledger as _;
use mamori_ledger::web::{Ctx, Form, Page, Redirect, WebResult, decode_form};
use mamori_ui::components::{Button, Card, Step, StepState, Steps, form_actions};
use mamori_ui::html::{Html, el};

use crate::catalog::{self, Guide, GuideStep};
use crate::information_asset::ops::{self, Draft};
use crate::information_asset::{InformationAsset, Storage};
use crate::starter;

/// Lines to write in freely at every step.
const FREE_LINES: usize = 4;

/// Offers the two ways.
pub async fn choose(ctx: Ctx) -> WebResult {
    let cards = catalog::guides().iter().filter_map(|guide| {
        let first = guide.step.first()?;
        let start = Button::link(ctx.t("asset-guide-start"), address(guide, first, "")).primary();
        let titles = guide.step.iter().map(|step| ctx.w(&step.title)).collect::<Vec<_>>().join(" → ");
        Some(
            Card::new(ctx.w(&guide.name), el("div").class("stack").add(el("p").text(titles)).add(start))
                .lead(ctx.w(&guide.for_whom)),
        )
    });
    let starter = Button::link(ctx.t("information-asset-starter"), "/assets/starter");
    let starter = Card::new(ctx.t("starter-title"), starter).lead(ctx.t("asset-guide-starter"));
    let hints = ["in_doubt_write", "not_needed"].into_iter().filter_map(catalog::hint);
    let hints = hints.map(|hint| el("li").add(el("b").text(ctx.w(&hint.title))).text(" — ").text(ctx.w(&hint.text)));
    let body = el("div")
        .class("stack")
        .add(el("div").class("grid").each(cards).add(starter))
        .add(Card::new(ctx.t("asset-guide-hints"), el("div").class("prose").add(el("ul").each(hints))));
    Ok(page(&ctx, ctx.t("asset-guide-title"), body.html()).lead(ctx.t("asset-guide-lead")))
}

fn page(ctx: &Ctx, title: String, body: Html) -> Page {
    Page::new(title, body).crumb(ctx.w(&InformationAsset::def().words), "/assets/information_asset")
}

fn address(guide: &Guide, step: &GuideStep, department: &str) -> String {
    let query = Form::default().with("department", department).encode();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("/assets/guide/{}/{}{mark}{query}", guide.code, step.code)
}

fn find(guide: &str, step: &str) -> Result<(&'static Guide, usize), Error> {
    let guide = catalog::guides().iter().find(|known| known.code == guide).ok_or(Error::NotFound)?;
    let index = guide.step.iter().position(|known| known.code == step).ok_or(Error::NotFound)?;
    Ok((guide, index))
}

/// Shows one step: questions, what many companies have here, lines to write in.
pub async fn show(ctx: Ctx, Path((guide, step)): Path<(String, String)>) -> WebResult {
    let (guide, index) = find(&guide, &step)?;
    let step = guide.step.get(index).ok_or(Error::NotFound)?;
    let department = ctx.query_form().get("department").to_owned();
    let mut view = ctx.view().await?;
    let known = starter::known_names(&mut view).await?;
    let suggested: Vec<_> = step.suggests.iter().filter_map(|code| catalog::starter_asset(code)).collect();
    let picker = starter::department_field(&ctx, &mut view, &department).await?;
    let questions = el("div").class("prose").add(el("ul").each(step.questions.iter().map(|words| el("li").text(ctx.w(words)))));
    let form = el("form")
        .class("stack")
        .attr("method", "post")
        .attr("action", address(guide, step, ""))
        .add(picker)
        .add(Card::new(ctx.t("asset-guide-suggested"), starter::offer(&ctx, &suggested, &known)).flush())
        .add(Card::new(ctx.t("asset-guide-free"), free_lines(&ctx)).lead(ctx.t("asset-guide-free-lead")))
        .add(buttons(&ctx, guide, index, &department));
    let body = el("div")
        .class("stack")
        .add(way(&ctx, guide, index, &department))
        .add(Card::new(ctx.t("asset-guide-ask"), questions))
        .add(form);
    Ok(page(&ctx, format!("{} — {}", ctx.w(&guide.name), ctx.w(&step.title)), body.html())
        .crumb(ctx.t("asset-guide-title"), "/assets/guide"))
}

fn way(ctx: &Ctx, guide: &Guide, current: usize, department: &str) -> Steps {
    let steps = guide.step.iter().enumerate().map(|(index, step)| Step {
        label: ctx.w(&step.title).to_owned(),
        state: match index.cmp(&current) {
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal => StepState::Current,
            std::cmp::Ordering::Greater => StepState::Ahead,
        },
        href: Some(address(guide, step, department)),
    });
    Steps::new(ctx.lang, steps.collect())
}

fn free_lines(ctx: &Ctx) -> Html {
    let lines = (0..FREE_LINES).map(|line| {
        let number = line.saturating_add(1);
        let text = |name: &str, key: &str| {
            let label = format!("{} {number}", ctx.t(key));
            let input =
                el("input").class("input").attr("type", "text").attr("name", format!("{name}.{line}")).attr("maxlength", "200");
            input.attr("placeholder", ctx.t(key)).attr("aria-label", label)
        };
        let place =
            starter::storage_select(ctx, &format!("storage.{line}"), &format!("{} {number}", ctx.t("asset-guide-place")), &[]);
        el("div").class("form-columns").add(text("name", "asset-guide-name")).add(place).add(text("note", "asset-guide-note"))
    });
    el("div").class("choices").each(lines).html()
}

fn buttons(ctx: &Ctx, guide: &Guide, index: usize, department: &str) -> Html {
    let next = guide.step.get(index.saturating_add(1));
    let skip = match next {
        Some(step) => Button::link(ctx.t("asset-guide-skip"), address(guide, step, department)),
        None => Button::link(ctx.t("asset-guide-end"), "/assets/information_asset"),
    };
    let save = if next.is_some() { "asset-guide-save" } else { "asset-guide-save-end" };
    form_actions([Html::from(Button::submit(ctx.t(save))), skip.into()])
}

fn typed(form: &Form) -> Vec<Draft> {
    let lines = (0..FREE_LINES).filter(|line| !mamori_kernel::text::is_blank(form.get(&format!("name.{line}"))));
    let drafts = lines.map(|line| {
        let storage = Storage::parse(form.get(&format!("storage.{line}")));
        Draft::typed(form.get(&format!("name.{line}")), storage, form.get(&format!("note.{line}")))
            .department(form.get("department"))
    });
    drafts.collect()
}

/// Adds what was ticked and written, and goes on to the next step.
pub async fn add(ctx: Ctx, Path((guide, step)): Path<(String, String)>, body: Bytes) -> WebResult<Redirect> {
    let (guide, index) = find(&guide, &step)?;
    let form = decode_form(&body);
    let mut drafts = starter::picked(&ctx, &form);
    drafts.extend(typed(&form));
    if drafts.is_empty() {
        return Err(starter::nothing().into());
    }
    let mut tx = ctx.tx().await?;
    let added = ops::add(&ctx.app.registry, &mut tx, drafts).await?;
    tx.commit().await?;
    let next = guide.step.get(index.saturating_add(1));
    let to = next.map_or_else(|| "/assets/information_asset".to_owned(), |step| address(guide, step, form.get("department")));
    let (created, known) = (added.created.to_string(), added.known.len().to_string());
    Ok(Redirect::to(to).saying(ctx.t2("starter-added", ("created", &created), ("known", &known))))
}
