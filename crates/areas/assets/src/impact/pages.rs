//! The page of the reverse question.

use mamori_ledger::Choice as _;
use mamori_ledger::query::ListQuery;
use mamori_ledger::web::{Ctx, Page, WebResult};
use mamori_ui::components::{Alert, Align, Badge, Button, Card, Choice, Column, Control, DataTable, Field, Row, Stat};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use super::rules::{self, Question, Toll};
use crate::coverage;
use crate::information_asset::Storage;
use crate::information_asset::queries::{self, Listed};

/// Asks for a place and shows what it would take along.
pub async fn show(ctx: Ctx) -> WebResult {
    let form = ctx.query_form();
    let question = Question { storage: Storage::parse(form.get("storage")), place: form.get("place").to_owned() };
    let mut view = ctx.view().await?;
    let wanted = ListQuery { sort: "-importance".to_owned(), ..ListQuery::default() };
    let assets = queries::in_use(&ctx.app.registry, &mut view, &wanted, &rules::FIELDS).await?;
    let answer = match (assets.is_empty(), question.is_asked()) {
        (true, _) => coverage::pages::empty(&ctx),
        (false, false) => Html::empty(),
        (false, true) => answer(&ctx, &question, &assets),
    };
    let body = Html::join([
        coverage::tabs(&ctx, "/assets/impact").into(),
        el("div").class("stack").add(ask(&ctx, &question)).add(answer).html(),
    ]);
    Ok(Page::new(ctx.t("impact-title"), body).lead(ctx.t("impact-lead")))
}

fn ask(ctx: &Ctx, question: &Question) -> Html {
    let choices = Storage::ALL.iter().map(|storage| Choice::new(storage.code(), storage.label(ctx.lang))).collect();
    let value = question.storage.map(|storage| storage.code().to_owned()).unwrap_or_default();
    let storage = Control::Select { value, choices, blank: Some(ctx.t("impact-any")) };
    el("form")
        .class("card")
        .attr("method", "get")
        .attr("action", "/assets/impact")
        .add(
            el("div")
                .class("card-body")
                .add(
                    el("div").class("form-columns").add(Field::new(ctx.lang, "storage", ctx.t("impact-storage"), storage)).add(
                        Field::text(ctx.lang, "place", ctx.t("impact-place"), &question.place).help(ctx.t("impact-place-help")),
                    ),
                )
                .add(Button::submit(ctx.t("impact-ask"))),
        )
        .html()
}

fn answer(ctx: &Ctx, question: &Question, assets: &[Listed]) -> Html {
    let hit: Vec<&Listed> = assets.iter().filter(|listed| question.hits(&listed.asset)).collect();
    let copies: Vec<&Listed> = assets.iter().filter(|listed| question.hits_copy(&listed.asset)).collect();
    if hit.is_empty() && copies.is_empty() {
        return Alert::new(Tone::Info, ctx.t("impact-none")).text(ctx.t("impact-none-why")).into();
    }
    let toll = rules::toll(hit.iter().chain(&copies).map(|listed| &listed.asset));
    let lost = hit.iter().filter(|listed| listed.asset.single_copy).count();
    let mut parts = vec![figures(ctx, &toll, lost)];
    parts.extend(warning(ctx, &toll));
    parts.push(Card::new(ctx.t("impact-hit"), table(ctx, &hit)).flush().into());
    if !copies.is_empty() {
        parts.push(Card::new(ctx.t("impact-copies"), table(ctx, &copies)).lead(ctx.t("impact-copies-lead")).flush().into());
    }
    el("div").class("stack").each(parts).html()
}

fn figures(ctx: &Ctx, toll: &Toll, lost: usize) -> Html {
    let stat = |key: &str, value: usize, tone: Tone| {
        Stat::new(ctx.t(key), value.to_string()).tone(if value > 0 { tone } else { Tone::Neutral })
    };
    let persons = Stat::new(ctx.t("impact-persons"), toll.persons.to_string());
    let persons = if toll.uncounted > 0 { persons.note(ctx.t1("impact-uncounted", "count", toll.uncounted)) } else { persons };
    el("div")
        .class("grid-stats")
        .add(stat("impact-assets", toll.assets, Tone::Neutral))
        .add(stat("impact-important", toll.important, Tone::Danger))
        .add(stat("impact-lost", lost, Tone::Danger))
        .add(stat("impact-personal", toll.personal, Tone::Warning))
        .add(persons)
        .html()
}

fn warning(ctx: &Ctx, toll: &Toll) -> Option<Html> {
    if toll.personal == 0 {
        return None;
    }
    let likely = toll.report_is_likely();
    let (tone, key) = if likely { (Tone::Danger, "impact-report-likely") } else { (Tone::Warning, "impact-report-check") };
    Some(Alert::new(tone, ctx.t(key)).text(ctx.t("impact-report-why")).into())
}

fn table(ctx: &Ctx, assets: &[&Listed]) -> DataTable {
    let columns = vec![
        Column::new(ctx.t("impact-asset")),
        Column::new(ctx.t("impact-department")),
        Column::new(ctx.t("impact-owner")),
        Column::new(ctx.t("impact-where")),
        Column::new(ctx.t("impact-importance")).align(Align::End),
        Column::new(ctx.t("impact-data")),
        Column::new(ctx.t("impact-count")).align(Align::End),
        Column::new(ctx.t("impact-copy")).wide(),
    ];
    let rows = assets.iter().map(|listed| {
        let asset = &listed.asset;
        let kinds = [
            (asset.pi_personal, "impact-pi-personal"),
            (asset.pi_sensitive, "impact-pi-sensitive"),
            (asset.pi_number, "impact-pi-number"),
        ];
        let data = kinds.into_iter().filter(|(yes, _)| *yes).map(|(_, key)| Html::from(Badge::new(ctx.t(key), Tone::Warning)));
        let place = [asset.storage.map(|storage| storage.label(ctx.lang)).unwrap_or_default(), asset.place.clone()];
        let copy = if asset.single_copy {
            Badge::new(ctx.t("impact-no-copy"), Tone::Danger).into()
        } else {
            Html::text(&asset.copies.0)
        };
        Row::new(&listed.id, &asset.name)
            .href(format!("/assets/information_asset/{}", listed.id))
            .text(&asset.name)
            .text(&listed.department)
            .text(&listed.owner)
            .text(place.join(" ").trim())
            .text(asset.importance.map_or_else(|| "?".to_owned(), |value| value.to_string()))
            .cell(Html::join(data))
            .text(asset.pi_count.map(|count| count.to_string()).unwrap_or_default())
            .cell(copy)
    });
    DataTable::new(ctx.lang, ctx.t("impact-hit"), columns).rows(rows).compact()
}
