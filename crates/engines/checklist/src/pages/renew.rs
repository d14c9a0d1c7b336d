//! Taking answers over into a newer version: first the report, then the new check.

use axum::extract::Path;
use mamori_kernel::access::Action;
use mamori_ledger::web::{Ctx, Page, Redirect, WebResult};
use mamori_ui::components::{Badge, Button, Card, Column, DataTable, Row};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::parts;
use crate::carry::Fate;
use crate::check::{next, ops};
use crate::contract::installed;

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> WebResult {
    let checks = installed()?;
    let mut view = ctx.view().await?;
    let opened = ops::open(&mut view, &ctx.app.registry, checks, &id, Action::View).await?;
    let (newest, carried) = next::preview(&mut view, checks, &opened).await?;
    let columns = ["check-item", "check-answer-word", "check-fate"].map(|key| Column::new(ctx.t(key))).into();
    let rows = carried.lines.iter().map(|line| {
        let (key, tone) = match line.fate {
            Fate::Removed => ("check-fate-removed", Tone::Warning),
            Fate::Unfit => ("check-fate-unfit", Tone::Danger),
            Fate::Reworded => ("check-fate-reworded", Tone::Info),
            Fate::New => ("check-fate-new", Tone::Accent),
            Fate::Kept => ("check-fate-kept", Tone::Success),
        };
        let old = opened.catalogue.item(if line.was.is_empty() { &line.item } else { &line.was });
        let name = newest.item(&line.item).or(old).map_or("", |item| item.name.get(ctx.lang));
        let answer = old.map(|item| parts::answer_badge(ctx.lang, &opened.catalogue, item, &line.answer)).unwrap_or_default();
        Row::new(&line.item, name).text(name).cell(answer).cell(Badge::new(ctx.t(key), tone))
    });
    let count = |fate| carried.count(fate).to_string();
    let sum = [
        ctx.t2("check-renew-sum", ("kept", &count(Fate::Kept)), ("reworded", &count(Fate::Reworded))),
        ctx.t2("check-renew-sum-open", ("new", &count(Fate::New)), ("unfit", &count(Fate::Unfit))),
        ctx.t1("check-renew-sum-gone", "removed", count(Fate::Removed)),
    ];
    let mut body: Vec<Html> = vec![el("div").class("prose").add(el("ul").each(sum.map(|line| el("li").text(line)))).html()];
    if ctx.can("check", Action::Create) {
        let button = Button::submit(ctx.t("check-renew")).primary();
        body.push(parts::post_form(&format!("{}/renew", opened.path()), button));
    }
    let table = DataTable::new(ctx.lang, ctx.t("check-renew-title"), columns).rows(rows);
    body.push(Card::new(ctx.t("check-renew-changes"), Html::from(table)).flush().into());
    let versions = ctx.t2("check-renew-versions", ("old", &opened.catalogue.version), ("new", &newest.version));
    Ok(Page::new(ctx.t("check-renew-title"), el("div").class("stack").each(body).html())
        .lead(format!("{} {versions}", newest.name.get(ctx.lang)))
        .crumb(ctx.t("check-title"), checks.base())
        .crumb(opened.record.get("title").as_str(), opened.path()))
}

pub(super) async fn renew(ctx: Ctx, Path(id): Path<String>) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    let new = next::renew(&mut tx, &ctx.app.registry, installed()?, &id).await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("{}/check/{new}/answer?show=open", installed()?.base())).saying(ctx.t("check-renewed")))
}
