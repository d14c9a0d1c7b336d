//! `/risk/register/map`: the map with its day, its filters and its two ways of looking. Everything is in the address; nothing needs a script.

use jiff::ToSpan as _;
use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::time;
use mamori_ledger::query;
use mamori_ledger::web::{Access, Ctx, Form, Page, Routes, WebResult};
use mamori_ledger::{Choice as _, Ledger as _};
use mamori_store::View;
use mamori_ui::charts::{Chart, HeatCell, HeatMap, heat_map};
use mamori_ui::components::{Alert, Button, Card, EmptyState, FilterBar, Stat, Tab, Tabs};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::queries::{self, Axes, Cell, Narrow};
use crate::appetite::{Appetite, queries as appetite};
use crate::assessment::band_tone;
use crate::four_factor::rules::{Factor, Scale};
use crate::matrix::rules::{Frequency, Impact, Matrix};
use crate::neighbours::{Department, InformationAsset, Person};
use crate::scale::{Version, queries as scale};
use crate::scenario::Scenario;

/// Entries of a filter.
const CHOICES: i64 = 200;
const PATH: &str = "/risk/register/map";

/// The page.
pub fn routes() -> Routes {
    Routes::default().get(PATH, Access::Can(Scenario::CODE, Action::View), page)
}

/// What the address asks for.
struct Asked {
    form: Form,
    axes: Axes,
    /// `None` for today.
    day: Option<Date>,
    narrow: Narrow,
}

impl Asked {
    fn read(ctx: &Ctx) -> Asked {
        let form = ctx.query_form();
        let axes = if form.get("view") == "matrix" { Axes::Matrix } else { Axes::Factors };
        let day = form.get("on").parse().ok().filter(|day: &Date| *day < ctx.today());
        let field = |name: &str| form.get(name).to_owned();
        let narrow = Narrow { department: field("department"), owner: field("owner"), asset: field("asset") };
        Asked { axes, day, narrow, form }
    }

    fn with(&self, name: &str, value: &str) -> String {
        let form = self.form.with(name, value);
        format!("{PATH}?{}", form.encode())
    }
}

async fn page(ctx: Ctx) -> WebResult {
    let asked = Asked::read(&ctx);
    let mut view = ctx.view().await?;
    let cells = match asked.day {
        Some(day) => queries::on(&mut view, day, asked.axes, &asked.narrow).await?,
        None => queries::today(&mut view, asked.axes, &asked.narrow).await?,
    };
    // The numbers of a day mean what the scale of that day says.
    let current = scale::current(&mut view).await?;
    let version = match asked.day {
        Some(day) => scale::on(&mut view, day).await?,
        None => current.clone(),
    };
    let older = (version.number != current.number).then(|| {
        let text = ctx.t2("heat-old-scale", ("then", &version.number.to_string()), ("now", &current.number.to_string()));
        Html::from(Alert::new(Tone::Info, text))
    });
    let limit = appetite::current(&mut view).await?;
    let first = queries::first_day(&mut view).await?;
    let filter = filter(&ctx, &mut view, &asked).await?;
    let map = match asked.axes {
        Axes::Factors => factors(&ctx, &asked, &cells, &version.scale, limit),
        Axes::Matrix => matrix(&ctx, &asked, &cells, &version),
    };
    let body = el("div")
        .class("stack")
        .add(tabs(&ctx, &asked))
        .add(filter)
        .add(days(&ctx, &asked, first))
        .maybe(older)
        .add(stats(&ctx, &asked, &cells))
        .add(picture(&ctx, &asked, &cells, &map));
    let register = Button::link(ctx.t("suggest-to-register"), Scenario::def().path()).icon(Icon::List);
    Ok(Page::new(ctx.t("heat-title"), body.html())
        .lead(ctx.t("heat-lead"))
        .actions(register.into())
        .crumb(ctx.t("assessment-title"), "/risk"))
}

fn tabs(ctx: &Ctx, asked: &Asked) -> Html {
    let tab = |key: &str, code: &str, axes: Axes| Tab::new(ctx.t(key), asked.with("view", code)).active(asked.axes == axes);
    let both = vec![tab("heat-by-factors", "factors", Axes::Factors), tab("heat-by-matrix", "matrix", Axes::Matrix)];
    Tabs::new(ctx.t("heat-title"), both).into()
}

async fn filter(ctx: &Ctx, view: &mut View, asked: &Asked) -> Result<Html> {
    let lists = [
        ("department", "heat-department", Department::CODE, &asked.narrow.department),
        ("owner", "heat-owner", Person::CODE, &asked.narrow.owner),
        ("asset", "heat-asset", InformationAsset::CODE, &asked.narrow.asset),
    ];
    let mut bar = FilterBar::new(ctx.lang, PATH).keep("view", asked.form.get("view")).keep("on", asked.form.get("on"));
    for (name, label, code, chosen) in lists {
        // Only who sees the whole ledger gets its names; a head of department sees his own risks anyway.
        let Some(def) = ctx.app.registry.ledger(code) else { continue };
        if !view.actor().reach(code, Action::View).is_everything() {
            continue;
        }
        let picks = query::picks(view, def, CHOICES).await?;
        let choices = picks.iter().map(|pick| (pick.id.as_str(), pick.label.as_str()));
        bar = bar.select(name, &ctx.t(label), choices, chosen);
    }
    if asked.narrow != Narrow::default() {
        let kept = Form(asked.form.0.iter().filter(|(name, _)| name == "view" || name == "on").cloned().collect());
        bar = bar.clear(format!("{PATH}?{}", kept.encode()));
    }
    Ok(bar.into())
}

/// A month back, a month on, a day of one's own, today.
fn days(ctx: &Ctx, asked: &Asked, first: Option<Date>) -> Html {
    let today = ctx.today();
    let day = asked.day.unwrap_or(today);
    let first = first.unwrap_or(today);
    let link = |key: &str, to: Option<Date>| {
        let label = ctx.t(key);
        match to {
            Some(to) if to == today => Button::link(label, asked.with("on", "")),
            Some(to) => Button::link(label, asked.with("on", &to.to_string())),
            None => Button::plain(label).refused(ctx.t("heat-no-day")),
        }
    };
    let back = (day > first).then(|| day.checked_sub(1.month()).unwrap_or(first).max(first));
    let on = (day < today).then(|| day.checked_add(1.month()).unwrap_or(today).min(today));
    let others = asked.form.0.iter().filter(|(name, value)| name != "on" && !value.is_empty());
    let hidden = others.map(|(name, value)| el("input").attr("type", "hidden").attr("name", name).attr("value", value));
    let choose = el("form")
        .attr("method", "get")
        .attr("action", PATH)
        .class("cluster")
        .each(hidden)
        .add(
            el("input")
                .attr("type", "date")
                .class("input input-short")
                .attr("name", "on")
                .attr("aria-label", ctx.t("heat-day"))
                .attr("min", first.to_string())
                .attr("max", today.to_string())
                .attr("value", day.to_string()),
        )
        .add(Button::submit(ctx.t("heat-show")).secondary().small());
    el("div")
        .class("cluster")
        .add(link("heat-back", back).quiet().small())
        .add(choose)
        .add(link("heat-on", on).quiet().small())
        .add(link("heat-today", Some(today)).quiet().small())
        .html()
}

fn stats(ctx: &Ctx, asked: &Asked, cells: &[Cell]) -> Html {
    let sum = |of: fn(&Cell) -> i64| cells.iter().map(of).sum::<i64>();
    let (all, above) = (sum(|cell| cell.count), sum(|cell| cell.above));
    let open: i64 = cells.iter().filter(|cell| cell.row.is_empty() || cell.column.is_empty()).map(|cell| cell.count).sum();
    let day = time::short_date(ctx.lang, asked.day.unwrap_or_else(|| ctx.today()));
    let unit = ctx.t("suggest-unit");
    let stat = |key: &str, n: i64| Stat::new(ctx.t(key), n.to_string()).unit(unit.clone());
    let mut over = stat("heat-above", above).tone(if above > 0 { Tone::Danger } else { Tone::Neutral });
    let mut unknown = stat("heat-unjudged", open);
    if asked.day.is_none() {
        let (row, column) = asked.axes.columns();
        let missing = if cells.iter().any(|cell| cell.row.is_empty()) { row } else { column };
        over = over.href(format!("/risk/scenario?f.standing=above{}", rest(asked)));
        unknown = unknown.href(format!("/risk/scenario?f.{missing}=none{}", rest(asked)));
    }
    el("div").class("grid grid-stats").add(stat("heat-all", all).note(day)).add(over).add(unknown).html()
}

/// The filter as the ledger's list understands it.
fn rest(asked: &Asked) -> String {
    let mut text = "&f.state=open&f.state=treating&f.state=accepted".to_owned();
    for (field, id) in [("department", &asked.narrow.department), ("owner", &asked.narrow.owner), ("assets", &asked.narrow.asset)]
    {
        if !id.is_empty() {
            text.push_str(&format!("&f.{field}={id}"));
        }
    }
    text
}

fn picture(ctx: &Ctx, asked: &Asked, cells: &[Cell], map: &Chart) -> Html {
    if cells.is_empty() {
        let key = if asked.day.is_some() { "heat-nothing-then" } else { "heat-nothing" };
        return EmptyState::new(ctx.t(key))
            .icon(Icon::Chart)
            .why(ctx.t("heat-nothing-why"))
            .actions(Button::link(ctx.t("scenario-empty-go"), "/risk/suggest"))
            .into();
    }
    let note = if asked.day.is_some() { "heat-past-note" } else { "heat-note" };
    Card::new(ctx.t("heat-title"), map.figure(ctx.lang)).lead(ctx.t(note)).into()
}

/// The cell of two levels.
fn cell(ctx: &Ctx, asked: &Asked, cells: &[Cell], at: (&str, &str), tone: Tone, note: String) -> HeatCell {
    let found = cells.iter().find(|cell| (cell.row.as_str(), cell.column.as_str()) == at);
    let (count, above) = found.map_or((0, 0), |cell| (cell.count, cell.above));
    let note = if above > 0 { ctx.t1("heat-cell-above", "count", above) } else { note };
    let (row, column) = asked.axes.columns();
    let href =
        (asked.day.is_none() && count > 0).then(|| format!("/risk/scenario?f.{row}={}&f.{column}={}{}", at.0, at.1, rest(asked)));
    HeatCell { count: u64::try_from(count).unwrap_or_default(), tone, note, href }
}

fn factors(ctx: &Ctx, asked: &Asked, cells: &[Cell], scale: &Scale, limit: Appetite) -> Chart {
    let levels = |factor: Factor| scale.levels(factor).iter();
    let label = |level: &crate::four_factor::rules::Level| format!("{} {}", level.value, level.name.get(ctx.lang));
    let rows: Vec<String> = levels(Factor::AssetValue).rev().map(label).collect();
    let columns: Vec<String> = levels(Factor::Likelihood).map(label).collect();
    let (threat, weakness) = (scale.bounds(Factor::Threat).1, scale.bounds(Factor::Weakness).1);
    let grid: Vec<Vec<HeatCell>> = levels(Factor::AssetValue)
        .rev()
        .map(|value| {
            levels(Factor::Likelihood)
                .map(|likelihood| {
                    // The worst that can stand here tells what the place is like.
                    let worst = value.value * threat * weakness * likelihood.value;
                    let tone = if worst > limit.score {
                        Tone::Danger
                    } else if worst * 2 > limit.score {
                        Tone::Warning
                    } else {
                        Tone::Success
                    };
                    let at = (value.value.to_string(), likelihood.value.to_string());
                    let note = ctx.t1("heat-cell-most", "value", worst);
                    cell(ctx, asked, cells, (&at.0, &at.1), tone, note)
                })
                .collect()
        })
        .collect();
    draw(ctx, Factor::AssetValue.words().get(ctx.lang), &rows, Factor::Likelihood.words().get(ctx.lang), &columns, &grid)
}

fn matrix(ctx: &Ctx, asked: &Asked, cells: &[Cell], version: &Version) -> Chart {
    let rows: Vec<String> = version.names.impact.iter().map(|words| words.get(ctx.lang).to_owned()).collect();
    // Often stands at the right, as on the other map: worst is up and right.
    let columns: Vec<String> = version.names.frequency.iter().rev().map(|words| words.get(ctx.lang).to_owned()).collect();
    let grid: Vec<Vec<HeatCell>> = Impact::ALL
        .iter()
        .map(|impact| {
            Frequency::ALL
                .iter()
                .rev()
                .map(|frequency| {
                    let found = Matrix::default().assess(*impact, *frequency);
                    let note = ctx.t1("heat-cell-place", "place", found.priority);
                    cell(ctx, asked, cells, (impact.code(), frequency.code()), band_tone(found.band), note)
                })
                .collect()
        })
        .collect();
    draw(ctx, &ctx.t("heat-impact"), &rows, &ctx.t("heat-frequency"), &columns, &grid)
}

fn draw(ctx: &Ctx, vertical: &str, rows: &[String], horizontal: &str, columns: &[String], cells: &[Vec<HeatCell>]) -> Chart {
    let (rows, columns): (Vec<&str>, Vec<&str>) =
        (rows.iter().map(String::as_str).collect(), columns.iter().map(String::as_str).collect());
    heat_map(&HeatMap { title: &ctx.t("heat-title"), vertical, row_labels: &rows, horizontal, column_labels: &columns, cells })
}
