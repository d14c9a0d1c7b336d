//! `/planning/effect`: every metric with before, now, target and verdict.

use mamori_kernel::access::Action;
use mamori_kernel::time;
use mamori_ledger::web::{Access, Ctx, Page, Routes, WebResult};
use mamori_ui::components::{Align, Button, Card, Column, DataTable, EmptyState, Row, Stat};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone as Colour;

use super::queries::{self, Known};
use super::rules::{Tone, Verdict, badge, judge, with_unit};
use super::show;

/// The pages.
pub fn routes() -> Routes {
    Routes::default().get("/planning/effect", Access::Can("effect", Action::View), page)
}

async fn page(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let known = if ctx.can("metric", Action::View) { queries::all(&mut view).await? } else { Vec::new() };
    let judged: Vec<(Known, Verdict)> = known
        .into_iter()
        .map(|metric| {
            let verdict = judge(&metric.facts);
            (metric, verdict)
        })
        .collect();
    let body = if judged.is_empty() { empty(&ctx) } else { Html::join([figures(&ctx, &judged), table(&ctx, &judged)]) };
    let list = Button::link(ctx.t("metric-list"), "/planning/metric").quiet();
    Ok(Page::new(ctx.t("metric-title"), el("div").class("stack").add(body).html())
        .lead(ctx.t("metric-lead"))
        .actions(list.into()))
}

fn empty(ctx: &Ctx) -> Html {
    EmptyState::new(ctx.t("metric-empty"))
        .why(ctx.t("metric-empty-why"))
        .next([ctx.t("metric-empty-1"), ctx.t("metric-empty-2"), ctx.t("metric-empty-3")])
        .actions(Button::link(ctx.t("metric-empty-go"), "/risk/treatment").primary())
        .into()
}

fn figures(ctx: &Ctx, judged: &[(Known, Verdict)]) -> Html {
    let count = |tone: Tone| judged.iter().filter(|(_, verdict)| badge(verdict, ctx.lang).1 == tone).count();
    let stat = |key: &str, n: usize, tone: Colour| {
        Stat::new(ctx.t(key), n.to_string()).unit(ctx.t("metric-unit")).tone(if n == 0 { Colour::Neutral } else { tone })
    };
    let all = [
        stat("metric-stat-good", count(Tone::Good), Colour::Success),
        stat("metric-stat-open", count(Tone::Open), Colour::Info),
        stat("metric-stat-bad", count(Tone::Bad), Colour::Danger),
    ];
    el("div").class("grid-stats").each(all).html()
}

fn table(ctx: &Ctx, judged: &[(Known, Verdict)]) -> Html {
    let lang = ctx.lang;
    let head = vec![
        Column::new(ctx.t("metric-name")),
        Column::new(ctx.t("metric-treatment")),
        Column::new(ctx.t("metric-verdict")).align(Align::Center),
        Column::new(ctx.t("metric-says")),
        Column::new(ctx.t("metric-last")).align(Align::End),
        Column::new(ctx.t("metric-target")).align(Align::End),
        Column::new(ctx.t("metric-due")),
    ];
    let rows = judged.iter().map(|(metric, verdict)| {
        let unit = &metric.facts.unit;
        let number = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| with_unit(value, unit));
        let late = show::due(metric).is_some_and(|due| due <= ctx.today());
        let due = show::due(metric).map_or_else(|| "—".to_owned(), |due| time::short_date(lang, due));
        let due = if late { el("strong").text(due).html() } else { Html::text(due) };
        Row::new(&metric.id, &metric.name)
            .href(format!("/planning/metric/{}", metric.id))
            .text(&metric.name)
            .text(&metric.treatment_title)
            .cell(show::badge(lang, verdict))
            .text(verdict.says.get(lang))
            .text(number(metric.facts.series.last().map(|(_, value)| *value)))
            .text(number(metric.facts.target))
            .cell(due)
    });
    let table = DataTable::new(lang, ctx.t("metric-title"), head).rows(rows);
    Card::new(ctx.t("metric-all"), table).flush().into()
}
