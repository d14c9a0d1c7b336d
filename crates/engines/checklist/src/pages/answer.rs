//! The page on which a check is answered: all items by group, each saved by itself; without scripts all together.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_ledger::ops::may;
use mamori_ledger::web::{Ctx, Page, Redirect, WebResult, decode_form};
use mamori_ui::components::{Alert, Button, EmptyState, Tab, Tabs};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::item::{self, Sheet};
use super::parts;
use crate::answer::queries as answers;
use crate::catalogue::{Catalogue, Group, Item};
use crate::check::ops::{self, Opened, Trouble};
use crate::check::rules::Deed;
use crate::contract::installed;
use crate::score::{Answers, Score, Verdict, is_finding, verdict};

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> WebResult {
    Ok(show(&ctx, &id, Vec::new()).await?)
}

/// Which items are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    All,
    Open,
    Unknown,
    Findings,
}

impl Show {
    const ALL: [(Show, &'static str); 4] =
        [(Show::All, ""), (Show::Open, "open"), (Show::Unknown, "unknown"), (Show::Findings, "findings")];

    fn read(ctx: &Ctx) -> Show {
        let asked = ctx.query_form().get("show").to_owned();
        Show::ALL.into_iter().find(|(_, code)| *code == asked).map_or(Show::All, |(show, _)| show)
    }

    fn holds(self, catalogue: &Catalogue, item: &Item, answers: &Answers) -> bool {
        let given = answers.get(&item.code);
        match self {
            Show::All => true,
            Show::Open => verdict(catalogue, item, given) == Verdict::Open,
            Show::Unknown => verdict(catalogue, item, given) == Verdict::Unknown,
            Show::Findings => is_finding(catalogue, item, given),
        }
    }
}

/// The page, with what could not be saved.
pub(super) async fn show(ctx: &Ctx, id: &str, troubles: Vec<Trouble>) -> Result<Page> {
    let checks = installed()?;
    let mut view = ctx.view().await?;
    let opened = ops::open(&mut view, &ctx.app.registry, checks, id, Action::View).await?;
    let kept = answers::of_sheet(&mut view, id).await?;
    let given = answers::answers(&kept);
    let score = Score::whole(&opened.catalogue, &given);
    let made = item::made(&mut view, checks, &opened).await?;
    let takes = opened.state().takes_answers() && !opened.record.is_retired();
    let editable = takes && may(view.actor(), &opened.shape.def, &opened.record, Action::Edit);
    let kept = kept.into_iter().map(|kept| (kept.item.clone(), kept)).collect();
    let sheet = Sheet { ctx, checks, opened: &opened, kept: &kept, made: &made, editable, print: false };
    let show = Show::read(ctx);
    let mut body: Vec<Html> = Vec::new();
    if !troubles.is_empty() {
        let count = ctx.t1("check-not-saved", "count", troubles.len());
        let lines = troubles.iter().map(|trouble| {
            let name = opened.catalogue.item(&trouble.typed.item).map_or("", |item| item.name.get(ctx.lang));
            el("li").add(el("a").attr("href", format!("#i-{}", trouble.typed.item)).text(name))
        });
        body.push(Alert::new(Tone::Danger, count).body(el("ul").each(lines)).into());
    }
    if !takes {
        body.push(Alert::new(Tone::Info, ctx.t("check-is-finished")).text(ctx.t("check-is-finished-why")).into());
    }
    body.extend(newer(ctx, &opened));
    body.push(head(ctx, &opened, &score, &given, show));
    if editable {
        body.push(el("p").class("muted check-keys-help").text(ctx.t("check-keys")).html());
    }
    let items = groups(&sheet, &given, show, &troubles);
    if items.is_empty() {
        body.push(EmptyState::new(ctx.t("check-nothing-here")).icon(Icon::CheckCircle).into());
    }
    body.push(if editable {
        let save = el("div").class("form-actions").add(Html::from(Button::submit(ctx.t("check-save-all")).secondary()));
        let form = el("form")
            .attr("method", "post")
            .attr("action", format!("{}/answer{}", opened.path(), if ctx.query.is_empty() { "" } else { "?" }) + &ctx.query)
            .attr("data-checklist", "")
            .each(items);
        Html::join([form.add(save).html(), finish(ctx, &opened, &score)])
    } else {
        el("div").attr("data-checklist", "").each(items).html()
    });
    let title = opened.record.get("title").as_str();
    let page = Page::new(title, Html::join(body))
        .lead(opened.catalogue.name.get(ctx.lang))
        .crumb(ctx.t("check-title"), checks.base())
        .actions(actions(ctx, &opened));
    Ok(if troubles.is_empty() { page } else { page.status(StatusCode::CONFLICT) })
}

fn actions(ctx: &Ctx, opened: &Opened) -> Html {
    Html::join([
        Html::from(Button::link(ctx.t("check-to-sheet"), opened.path()).quiet().icon(Icon::Document)),
        Button::link(ctx.t("check-to-result"), format!("{}/result", opened.path())).secondary().icon(Icon::Chart).into(),
    ])
}

/// A newer version of the questions is there.
pub(super) fn newer(ctx: &Ctx, opened: &Opened) -> Option<Html> {
    let newest = installed().ok()?.newest(&opened.catalogue.id)?;
    if newest.order() <= opened.catalogue.order() {
        return None;
    }
    let look = Button::link(ctx.t("check-renew-look"), format!("{}/renew", opened.path())).secondary();
    Some(
        Alert::new(Tone::Info, ctx.t1("check-newer", "version", &newest.version))
            .text(ctx.t("check-newer-why"))
            .actions(look)
            .into(),
    )
}

/// Progress, replaced after every save.
pub(super) fn figures(ctx: &Ctx, opened: &Opened, score: &Score, swap: bool) -> Html {
    let text = parts::score_text(ctx.lang, &opened.catalogue, score);
    el("div")
        .class("check-figures")
        .attr("id", "check-figures")
        .opt("hx-swap-oob", swap.then_some("true"))
        .add(parts::progress(ctx.lang, score))
        .add(el("p").text(ctx.t1("check-so-far", "score", text)))
        .html()
}

fn head(ctx: &Ctx, opened: &Opened, score: &Score, given: &Answers, show: Show) -> Html {
    let catalogue = &opened.catalogue;
    let tabs = Show::ALL.into_iter().map(|(kind, code)| {
        let count = catalogue.items.iter().filter(|item| kind.holds(catalogue, item, given)).count();
        let here = format!("{}/answer", opened.path());
        let href = if code.is_empty() { here } else { format!("{here}?show={code}") };
        let key = if code.is_empty() { "check-show-all".to_owned() } else { format!("check-show-{code}") };
        Tab::new(ctx.t(&key), href).active(kind == show).count(u64::try_from(count).unwrap_or_default())
    });
    let links = catalogue.top().map(|group| {
        let sum = Score::of(catalogue, catalogue.items_under(&group.code), given);
        let text = format!("{} {}/{}", group.name.get(ctx.lang), sum.answered, sum.total);
        el("a").class("tag").attr("href", format!("#g-{}", group.code)).text(text)
    });
    let nav = el("nav").class("check-nav").attr("aria-label", ctx.t("check-groups")).each(links);
    Html::join([figures(ctx, opened, score, false), nav.html(), Tabs::new(ctx.t("check-show"), tabs.collect()).into()])
}

fn groups(sheet: &Sheet<'_>, given: &Answers, show: Show, troubles: &[Trouble]) -> Vec<Html> {
    let catalogue = &sheet.opened.catalogue;
    let mut html = Vec::new();
    let mut open: Vec<&Group> = Vec::new();
    for (n, item) in catalogue.items.iter().enumerate() {
        if !show.holds(catalogue, item, given) && !troubles.iter().any(|trouble| trouble.typed.item == item.code) {
            continue;
        }
        let path = catalogue.path(item);
        for (depth, group) in path.iter().enumerate() {
            if open.get(depth).is_none_or(|known| known.code != group.code) {
                open.truncate(depth);
                open.push(group);
                let tag = if depth == 0 { "h2" } else { "h3" };
                html.push(el(tag).attr("id", format!("g-{}", group.code)).text(group.name.get(sheet.ctx.lang)).html());
                if !group.means.is_empty() {
                    html.push(el("p").class("muted").text(group.means.get(sheet.ctx.lang)).html());
                }
            }
        }
        html.push(sheet.item(n + 1, item, troubles.iter().find(|trouble| trouble.typed.item == item.code)));
    }
    html
}

fn finish(ctx: &Ctx, opened: &Opened, score: &Score) -> Html {
    let key = if score.answered == score.total { "check-finish-ready" } else { "check-finish-why" };
    el("div")
        .class("check-finish")
        .add(el("p").text(ctx.t(key)))
        .add(parts::deed_form(ctx.lang, &opened.path(), Deed::Finish, true))
        .html()
}

pub(super) async fn save_all(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let checks = installed()?;
    let mut tx = ctx.tx().await?;
    let opened = ops::open(&mut tx, &ctx.app.registry, checks, &id, Action::Edit).await?;
    let typed = opened.catalogue.items.iter().filter_map(|item| item::typed(&form, &item.code)).collect();
    let saved = ops::answer(&mut tx, &ctx.app.registry, checks, &id, typed).await?;
    tx.commit().await?;
    if !saved.troubles.is_empty() {
        return Ok(show(&ctx, &id, saved.troubles).await?.into_response());
    }
    let query = if ctx.query.is_empty() { String::new() } else { format!("?{}", ctx.query) };
    let to = format!("{}/answer{query}", opened.path());
    Ok(Redirect::to(to).saying(ctx.t1("check-saved", "count", saved.written)).into_response())
}
