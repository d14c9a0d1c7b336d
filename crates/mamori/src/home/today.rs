//! `/`: today's work. Everybody sees what concerns him; those who lead the programme also see where it stands and its next step.

use jiff::civil::Date;
use mamori_kernel::access::Action;
use mamori_kernel::time;
use mamori_ledger::web::{Ctx, Page, WebResult};
use mamori_schedule::{TodayItem, Urgency, sort_today};
use mamori_store::View;
use mamori_ui::components::{Alert, Badge, Card, Column, DataTable, EmptyState, Row};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::{figures, jobs, notices, steps};

pub(super) async fn page(ctx: Ctx) -> WebResult {
    let today = ctx.today();
    let mut view = ctx.view().await?;
    let (items, complete) = items(&ctx, &mut view, today).await;
    let mut parts: Vec<Html> = Vec::new();
    if !complete {
        parts.push(Alert::new(Tone::Warning, ctx.t("home-incomplete")).into());
    }
    parts.push(notices::card(&ctx, &mut view).await?);
    parts.push(figures::row(&ctx, &mut view, &items, today).await?);
    if ctx.can("programme", Action::View) {
        parts.push(steps::card(&ctx).await?);
    }
    parts.push(work(&ctx, &items, today));
    if ctx.can("job", Action::View) {
        parts.push(jobs::card(&ctx, &mut view).await?);
    }
    let name = ctx.identity()?.actor.name.clone();
    let lead = ctx.t2("home-greeting", ("name", &name), ("date", &time::long_date(ctx.lang, today)));
    let body = el("div").class("stack").each(parts.into_iter().filter(|part| !part.is_empty())).html();
    Ok(Page::new(ctx.t("home-title"), body).lead(lead))
}

/// The reader's items of all sources in order, and whether every source answered: one that fails must not hide the others.
async fn items(ctx: &Ctx, view: &mut View, today: Date) -> (Vec<TodayItem>, bool) {
    let services = ctx.app.services();
    let (mut all, mut complete) = (Vec::new(), true);
    for source in &ctx.app.registry.today {
        match source.items(view, &services, today).await {
            Ok(items) => all.extend(items),
            // A source without rights for this reader has nothing to say.
            Err(mamori_kernel::error::Error::NotFound | mamori_kernel::error::Error::Forbidden(_)) => {}
            Err(error) => {
                tracing::warn!(%error, "a source of today's work failed");
                complete = false;
            }
        }
    }
    sort_today(&mut all, today);
    (all, complete)
}

fn work(ctx: &Ctx, items: &[TodayItem], today: Date) -> Html {
    if items.is_empty() {
        let empty = EmptyState::new(ctx.t("home-nothing")).icon(Icon::CheckCircle).why(ctx.t("home-nothing-why"));
        return Card::new(ctx.t("home-work"), Html::from(empty)).into();
    }
    let groups = [
        (Urgency::Overdue, "home-overdue", Tone::Danger),
        (Urgency::Soon, "home-soon", Tone::Warning),
        (Urgency::Later, "home-later", Tone::Neutral),
    ];
    Html::join(groups.into_iter().filter_map(|(urgency, title, tone)| {
        let of: Vec<&TodayItem> = items.iter().filter(|item| Urgency::of(item.due, today) == urgency).collect();
        (!of.is_empty()).then(|| group(ctx, &ctx.t(title), &of, tone, today))
    }))
}

fn group(ctx: &Ctx, title: &str, items: &[&TodayItem], tone: Tone, today: Date) -> Html {
    let columns = vec![
        Column::new(ctx.t("home-column-what")).wide(),
        Column::new(ctx.t("home-column-detail")).wide(),
        Column::new(ctx.t("home-column-due")),
    ];
    let rows = items.iter().enumerate().map(|(number, item)| {
        let due = item.due.map(|due| Html::from(Badge::new(due_words(ctx, due, today), tone))).unwrap_or_default();
        Row::new(number.to_string(), &item.title).href(&item.link).text(&item.title).text(&item.detail).cell(due)
    });
    let table = DataTable::new(ctx.lang, title, columns).rows(rows).compact();
    Card::new(ctx.t2("home-group", ("title", title), ("count", &items.len().to_string())), Html::from(table)).flush().into()
}

/// The date, and how far it is away where that says more than the date.
fn due_words(ctx: &Ctx, due: Date, today: Date) -> String {
    let date = time::short_date(ctx.lang, due);
    let days = today.until(due).map(|span| span.get_days()).unwrap_or_default();
    match days {
        0 => ctx.t1("home-due-today", "date", date),
        days if days < 0 => ctx.t2("home-due-late", ("date", &date), ("days", &days.unsigned_abs().to_string())),
        _ => date,
    }
}
