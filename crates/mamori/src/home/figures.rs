//! One row of figures: where we stand. Each leads to the rows behind it.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, Result};
use mamori_ledger::query::{self, ListQuery};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{Ctx, decode_form};
use mamori_schedule::{TodayItem, Urgency};
use mamori_store::View;
use mamori_ui::components::Stat;
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

/// How many rows of a ledger the reader sees under a filter as in the list's address; `None` without permission or ledger.
pub(super) async fn count(ctx: &Ctx, view: &mut View, ledger: &str, filter: &str) -> Result<Option<i64>> {
    let Some(def) = ctx.app.registry.ledger(ledger) else { return Ok(None) };
    let shape = Shape::load(def, view).await?;
    let asked = ListQuery { limit: 1, ..ListQuery::read(&decode_form(filter.as_bytes()), &shape) };
    match query::list(&ctx.app.registry, view, &shape, &asked, Action::View).await {
        Ok(listed) => Ok(Some(listed.total)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The figures of the reader: his overdue work, and of the assets that he may see those at high risk and those not judged yet.
pub(super) async fn row(ctx: &Ctx, view: &mut View, items: &[TodayItem], today: Date) -> Result<Html> {
    let mut stats: Vec<Html> = Vec::new();
    let late = items.iter().filter(|item| Urgency::of(item.due, today) == Urgency::Overdue).count();
    let tone = if late > 0 { Tone::Danger } else { Tone::Success };
    stats.push(Stat::new(ctx.t("home-stat-late"), late.to_string()).unit(ctx.t("home-unit")).tone(tone).into());
    let figures = [
        ("home-stat-high", "information_asset", "f.risk_band=high", Tone::Danger),
        ("home-stat-unrated", "information_asset", "f.risk_band=none", Tone::Warning),
        ("home-stat-assets", "information_asset", "", Tone::Neutral),
    ];
    for (label, ledger, filter, tone) in figures {
        let Some(n) = count(ctx, view, ledger, filter).await? else { continue };
        let Some(def) = ctx.app.registry.ledger(ledger) else { continue };
        let href = if filter.is_empty() { def.path() } else { format!("{}?{filter}", def.path()) };
        // The list stops counting there; "10,000" then means "that many or more".
        let shown = if n >= query::COUNT_CAP { format!("{n}+") } else { n.to_string() };
        let tone = if n == 0 { Tone::Neutral } else { tone };
        stats.push(Stat::new(ctx.t(label), shown).unit(ctx.t("home-unit")).tone(tone).href(href).into());
    }
    Ok(el("div").class("grid-stats").each(stats).html())
}
