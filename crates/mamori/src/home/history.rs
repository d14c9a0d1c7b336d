//! `/history`: the whole change log of the company, for those who check: filters, leafing, and the proof that nothing was altered.

use mamori_kernel::error::Result;
use mamori_kernel::time;
use mamori_ledger::def::FieldDef;
use mamori_ledger::pages::action_name;
use mamori_ledger::query::{self, Labels};
use mamori_ledger::record::{Record, Value};
use mamori_ledger::shape::Shape;
use mamori_ledger::web::{Ctx, Form, Page, Redirect, WebResult};
use mamori_store::{LogEntry, View, dialect};
use mamori_ui::components::{Button, Change, EmptyState, Event, FilterBar, Timeline, cursor_pages};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;
use serde_json::Value as Json;

use super::queries::{self, LogFilter};

/// Entries on a page.
const PER_PAGE: usize = 50;

pub(super) async fn page(ctx: Ctx) -> WebResult {
    let form = ctx.query_form();
    let mut view = ctx.view().await?;
    let mut entries = queries::log(&mut view, &asked(&form), PER_PAGE + 1).await?;
    let more = entries.len() > PER_PAGE;
    entries.truncate(PER_PAGE);
    let mut events = Vec::with_capacity(entries.len());
    for entry in &entries {
        events.push(event(&ctx, &mut view, entry).await?);
    }
    let list = if events.is_empty() {
        Html::from(EmptyState::new(ctx.t("history-none")).icon(Icon::History))
    } else {
        Html::from(Timeline::new(ctx.lang, events))
    };
    let older =
        entries.last().filter(|_| more).map(|last| format!("/history?{}", form.with("before", &last.seq.to_string()).encode()));
    let newest = form.has("before").then(|| format!("/history?{}", form.with("before", "").encode()));
    let body = el("div").class("stack").add(filter(&ctx, &form)).add(list).add(cursor_pages(ctx.lang, newest, older, "")).html();
    let verify = el("form")
        .attr("method", "post")
        .attr("action", "/history/verify")
        .add(Html::from(Button::submit(ctx.t("history-verify")).secondary().icon(Icon::Shield)));
    Ok(Page::new(ctx.t("history-title"), body).lead(ctx.t("history-lead")).actions(verify.html()))
}

/// What the filter above the list says. `before` is the entry after which to go on.
fn asked(form: &Form) -> LogFilter {
    LogFilter {
        before: form.get("before").parse().ok(),
        ledger: form.get("ledger").to_owned(),
        who: form.get("who").trim().to_owned(),
        // Days are days in Japan; the log keeps UTC.
        from: day_begin(form.get("from"), 0),
        until: day_begin(form.get("to"), 1),
    }
}

/// The instant at which a day (or the one so many days later) begins in Japan.
fn day_begin(text: &str, later: i64) -> Option<jiff::Timestamp> {
    let day: jiff::civil::Date = text.parse().ok()?;
    let day = day.checked_add(jiff::Span::new().days(later)).ok()?;
    day.to_zoned(time::zone()).ok().map(|zoned| zoned.timestamp())
}

fn filter(ctx: &Ctx, form: &Form) -> Html {
    let ledgers: Vec<(&str, &str)> = ctx.app.registry.ledgers().map(|def| (def.code, ctx.w(&def.words))).collect();
    let day = |name: &'static str| {
        let label = ctx.t(&format!("history-{name}"));
        el("label")
            .class("affix")
            .add(el("span").text(label))
            .add(el("input").class("input").attr("type", "date").attr("name", name).attr("value", form.get(name)))
    };
    FilterBar::new(ctx.lang, "/history")
        .search("who", form.get("who"), ctx.t("history-who"))
        .select("ledger", &ctx.t("history-ledger"), ledgers, form.get("ledger"))
        .control(day("from"))
        .control(day("to"))
        .clear("/history")
        .into()
}

async fn event(ctx: &Ctx, view: &mut View, entry: &LogEntry) -> Result<Event> {
    let def = ctx.app.registry.ledger(&entry.ledger);
    let place = match def {
        Some(def) => ctx.w(&def.words).to_owned(),
        None => said(ctx, &format!("history-place-{}", entry.ledger.replace('_', "-")), &entry.ledger),
    };
    let action = action_name(ctx, &entry.action);
    let what = if entry.label.is_empty() {
        ctx.t2("history-what-short", ("place", &place), ("action", &action))
    } else {
        format!("{} – {}", ctx.t2("history-what-short", ("place", &place), ("action", &action)), entry.label)
    };
    let changes = match def {
        Some(def) if entry.action != "create" => {
            let shape = Shape::load(def, view).await?;
            changes(ctx, view, &shape, &entry.diff).await?
        }
        _ => Vec::new(),
    };
    let when =
        dialect::parse_instant(&entry.at).map_or_else(|| entry.at.clone(), |at| time::timestamp(ctx.lang, &at, &time::zone()));
    Ok(Event {
        who: entry.actor.clone(),
        what,
        when: format!("{when} · {} · #{}", origin(ctx, &entry.origin), entry.seq),
        when_iso: entry.at.clone(),
        changes,
        note: None,
        tone: match entry.action.as_str() {
            "create" => Tone::Success,
            "retire" | "detach" => Tone::Warning,
            _ => Tone::Info,
        },
    })
}

async fn changes(ctx: &Ctx, view: &mut View, shape: &Shape, diff: &str) -> Result<Vec<Change>> {
    let Ok(Json::Object(map)) = serde_json::from_str::<Json>(diff) else { return Ok(Vec::new()) };
    let pairs: Vec<(&FieldDef, Value, Value)> = map
        .iter()
        .filter_map(|(code, pair)| {
            let field = shape.field(code)?;
            Some((field, Value::from_json(field.kind, pair.get(0)?)?, Value::from_json(field.kind, pair.get(1)?)?))
        })
        .collect();
    let mentioned: Vec<Record> = pairs
        .iter()
        .filter(|(field, _, _)| field.target.is_some())
        .flat_map(|(field, before, after)| {
            [before, after].map(|value| {
                let mut record = Record::default();
                record.values.set(field.code.clone(), value.clone());
                record
            })
        })
        .collect();
    let labels = if mentioned.is_empty() {
        Labels::default()
    } else {
        query::labels(&ctx.app.registry, view, &shape.fields, &mentioned).await?
    };
    Ok(pairs
        .iter()
        .map(|(field, before, after)| Change {
            field: ctx.w(&field.words).to_owned(),
            before: query::display(field, before, ctx.lang, &labels),
            after: query::display(field, after, ctx.lang, &labels),
        })
        .collect())
}

/// The door: `web 192.0.2.7`, `api …`, `cli`, `job reminder`.
fn origin(ctx: &Ctx, origin: &str) -> String {
    let (door, rest) = origin.split_once(' ').unwrap_or((origin, ""));
    format!("{} {rest}", said(ctx, &format!("history-door-{door}"), door)).trim_end().to_owned()
}

fn said(ctx: &Ctx, key: &str, otherwise: &str) -> String {
    let text = ctx.t(key);
    if text.contains('⟦') { otherwise.to_owned() } else { text }
}

/// Recomputes the chain and says what came out.
pub(super) async fn verify(ctx: Ctx) -> WebResult<Redirect> {
    let mut view = ctx.view().await?;
    let found = mamori_store::verify(&mut view).await?;
    let said = match &found.broken {
        None => ctx.t1("history-whole", "entries", found.entries),
        Some((entry, reason)) => {
            tracing::error!(company = %found.company_id, entry, reason, "the change log was altered");
            ctx.t2("history-broken", ("entry", &entry.to_string()), ("reason", reason))
        }
    };
    Ok(Redirect::to("/history").saying(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_in_japan() {
        assert_eq!(day_begin("2026-11-20", 0).map(|at| at.to_string()).as_deref(), Some("2026-11-19T15:00:00Z"));
        assert_eq!(day_begin("2026-11-20", 1).map(|at| at.to_string()).as_deref(), Some("2026-11-20T15:00:00Z"));
        assert_eq!(day_begin("2026-02-30", 0), None);
    }
}
