//! The detail page: fields by section, the area's panels, links both ways, files, comments, history.

use std::sync::Arc;

use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_store::{LogEntry, View, args, dialect};
use mamori_ui::components::{Alert, Badge, Button, Card, Change, Comment, Comments, Definitions, Event, Timeline};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;
use serde_json::Value as Json;

use super::{cell_linked, files, open};
use crate::def::LedgerDef;
use crate::ops;
use crate::query::{self, Labels};
use crate::record::{Record, Value};
use crate::shape::Shape;
use crate::web::{Ctx, Page, WebResult};

/// Entries of history shown at once.
const HISTORY: i64 = 100;

pub(super) async fn page(ctx: Ctx, def: Arc<LedgerDef>, row_id: String) -> WebResult {
    let (mut view, shape) = open(&ctx, &def).await?;
    let record = query::find(&mut view, &shape, &row_id, Action::View).await?;
    let registry = &ctx.app.registry;
    let labels = query::labels(registry, &mut view, &shape.fields, std::slice::from_ref(&record)).await?;
    let mut panels = match &def.hooks {
        Some(hooks) => hooks.panels(&mut view, registry, &record).await?,
        None => Vec::new(),
    };
    for added in registry.panels_on(def.code) {
        panels.extend(added.panels(&mut view, registry, &record).await?);
    }
    let (first, rest): (Vec<_>, Vec<_>) = panels.into_iter().partition(|panel| panel.first);
    let mut main: Vec<Html> = Vec::new();
    if record.is_retired() {
        main.push(Alert::new(Tone::Warning, ctx.t("ledger-is-retired")).text(ctx.t("ledger-is-retired-why")).into());
    }
    main.extend(first.into_iter().map(|panel| Card::new(panel.title, panel.body).into()));
    main.extend(sections(&ctx, &shape, &record, &labels));
    main.extend(rest.into_iter().map(|panel| Card::new(panel.title, panel.body).into()));
    main.push(links(&ctx, &mut view, &row_id).await?);
    let mut side: Vec<Html> = Vec::new();
    side.push(files::card(&ctx, &mut view, &def, &row_id).await?);
    side.push(comments(&ctx, &mut view, &def, &row_id).await?);
    side.push(history(&ctx, &mut view, &shape, &row_id).await?);
    let name = ops::label(&def, &record);
    Ok(Page::new(name, Html::join(main))
        .aside(Html::join(side))
        .actions(actions(&ctx, &def, &view, &record))
        .crumb(ctx.w(&def.words), def.path()))
}

fn actions(ctx: &Ctx, def: &LedgerDef, view: &View, record: &Record) -> Html {
    let here = format!("{}/{}", def.path(), record.meta.id);
    let mut buttons: Vec<Html> = Vec::new();
    if let Some(hooks) = &def.hooks {
        for button in hooks.detail_buttons(view, record) {
            let link = Button::link(button.label, button.href);
            buttons.push(if button.primary { link.primary() } else { link.secondary() }.into());
        }
    }
    if !def.managed {
        if ops::may(view.actor(), def, record, Action::Retire) {
            let (tail, label) = if record.is_retired() { ("restore", "ledger-restore") } else { ("retire", "ledger-retire") };
            let form = el("form")
                .class("inline")
                .attr("method", "post")
                .attr("action", format!("{here}/{tail}"))
                .add(el("input").attr("type", "hidden").attr("name", "version").attr("value", record.meta.version.to_string()))
                .add(Html::from(Button::submit(ctx.t(label)).quiet()));
            buttons.push(form.html());
        }
        if ops::may(view.actor(), def, record, Action::Edit) && !record.is_retired() {
            buttons.push(Button::link(ctx.t("ledger-edit"), format!("{here}/edit")).primary().icon(Icon::Edit).into());
        }
    }
    Html::join(buttons)
}

/// One section of the page: what is given, and the names of what is not.
struct Section {
    title: String,
    given: Definitions,
    any: bool,
    blank: Vec<String>,
}

fn sections(ctx: &Ctx, shape: &Shape, record: &Record, labels: &Labels) -> Vec<Html> {
    let mut sections: Vec<Section> = Vec::new();
    for field in shape.visible() {
        let title = if field.extra {
            ctx.t("ledger-own-fields")
        } else {
            let group = shape.def.groups.iter().find(|group| group.code == field.group);
            group.map_or_else(|| ctx.w(&shape.def.words).to_owned(), |group| ctx.w(&group.words).to_owned())
        };
        if !sections.iter().any(|section| section.title == title) {
            let given = Definitions::new(ctx.lang).columns();
            sections.push(Section { title: title.clone(), given, any: false, blank: Vec::new() });
        }
        let Some(section) = sections.iter_mut().find(|section| section.title == title) else { continue };
        let name = ctx.w(&field.words);
        if record.get(&field.code).is_empty() {
            section.blank.push(name.to_owned());
        } else {
            let html = cell_linked(&ctx.app.registry, shape, field, record, ctx.lang, labels);
            let given = std::mem::replace(&mut section.given, Definitions::new(ctx.lang));
            section.given = given.html(name, html);
            section.any = true;
        }
    }
    let sections = sections.into_iter().map(|section| {
        let given = if section.any { Html::from(section.given) } else { Html::empty() };
        let blank = (!section.blank.is_empty()).then(|| {
            let names = section.blank.join(ctx.lang.pick("、", ", "));
            el("p").class("blank-fields").text(ctx.t1("ledger-blank", "fields", names))
        });
        Card::new(section.title, Html::join([given, blank.map(Html::from).unwrap_or_default()])).into()
    });
    sections.collect()
}

async fn links(ctx: &Ctx, view: &mut View, row_id: &str) -> Result<Html> {
    let found = ops::backlinks(&ctx.app.registry, view, row_id, 50).await?;
    let mut visible = Vec::with_capacity(found.len());
    for link in found {
        let reach = view.actor().reach(link.code, Action::View);
        // A secret row of another department must not be named here either.
        let seen = reach.is_everything()
            || match ctx.app.registry.ledger(link.code).filter(|_| !reach.is_none()) {
                Some(def) => {
                    let shape = Shape::load(def, view).await?;
                    query::find(view, &shape, &link.id, Action::View).await.is_ok()
                }
                None => false,
            };
        if seen {
            visible.push(link);
        }
    }
    if visible.is_empty() {
        return Ok(Html::empty());
    }
    let items = visible.iter().map(|link| {
        el("li")
            .add(Html::from(Badge::new(ctx.w(&link.ledger), Tone::Neutral)))
            .add(el("a").attr("href", &link.href).text(&link.label))
            .add(el("span").class("muted").text(ctx.w(&link.field)))
    });
    Ok(Card::new(ctx.t("ledger-links"), el("ul").class("links").each(items).html()).into())
}

async fn comments(ctx: &Ctx, view: &mut View, def: &LedgerDef, row_id: &str) -> Result<Html> {
    let rows = view
        .rows(
            "select body, created_by_name, created_at from comment where company_id = $1 and row_id = $2 and ledger = $3 order by id",
            args![row_id, def.code],
        )
        .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        let at: String = row.get("created_at")?;
        items.push(Comment {
            who: row.get("created_by_name")?,
            when: shown_at(ctx.lang, &at),
            when_iso: at,
            text: row.get("body")?,
            actions: Html::empty(),
        });
    }
    let list = Comments::new(ctx.lang, items).writable(format!("{}/{row_id}/comments", def.path()));
    Ok(Card::new(ctx.t("ledger-comments"), Html::from(list)).into())
}

pub(super) fn shown_at(lang: Lang, at: &str) -> String {
    dialect::parse_instant(at).map_or_else(|| at.to_owned(), |at| time::timestamp(lang, &at, &time::zone()))
}

async fn history(ctx: &Ctx, view: &mut View, shape: &Shape, row_id: &str) -> Result<Html> {
    let rows = view
        .rows(
            "select * from change_log where company_id = $1 and row_id = $2 and ledger = $4 order by seq desc limit $3",
            args![row_id, HISTORY, shape.def.code],
        )
        .await?;
    let entries = rows.iter().map(LogEntry::read).collect::<Result<Vec<_>>>()?;
    let diffs: Vec<Vec<(String, Value, Value)>> = entries.iter().map(|entry| diff_of(shape, &entry.diff)).collect();
    // References in history are shown by name, also those of rows long gone from the field.
    let mut mentioned = Vec::new();
    for diff in &diffs {
        for (code, before, after) in diff {
            for value in [before, after] {
                let mut record = Record::default();
                record.values.set(code.clone(), value.clone());
                mentioned.push(record);
            }
        }
    }
    let labels = query::labels(&ctx.app.registry, view, &shape.fields, &mentioned).await?;
    let events = entries.iter().zip(diffs).map(|(entry, diff)| {
        let changes = if entry.action == "create" {
            Vec::new()
        } else {
            diff.iter()
                .filter_map(|(code, before, after)| {
                    let field = shape.field(code)?;
                    let show = |value: &Value| query::display(field, value, ctx.lang, &labels);
                    Some(Change { field: ctx.w(&field.words).to_owned(), before: show(before), after: show(after) })
                })
                .collect()
        };
        Event {
            who: entry.actor.clone(),
            what: action_name(ctx, &entry.action),
            when: shown_at(ctx.lang, &entry.at),
            when_iso: entry.at.clone(),
            changes,
            note: None,
            tone: action_tone(&entry.action),
        }
    });
    let list = Timeline::new(ctx.lang, events.collect());
    Ok(Card::new(ctx.t("ledger-history"), Html::from(list)).into())
}

fn diff_of(shape: &Shape, diff: &str) -> Vec<(String, Value, Value)> {
    let Ok(Json::Object(map)) = serde_json::from_str::<Json>(diff) else { return Vec::new() };
    map.into_iter()
        .filter_map(|(code, pair)| {
            let kind = shape.field(&code)?.kind;
            let before = Value::from_json(kind, pair.get(0)?)?;
            let after = Value::from_json(kind, pair.get(1)?)?;
            Some((code, before, after))
        })
        .collect()
}

/// The verb of a change-log entry, in the reader's language: the sentence `action-…`, which the area that writes the verb provides.
pub fn action_name(ctx: &Ctx, action: &str) -> String {
    mamori_kernel::i18n::find(ctx.lang, &format!("action-{action}")).unwrap_or_else(|| action.to_owned())
}

fn action_tone(action: &str) -> Tone {
    match action {
        "create" => Tone::Success,
        "retire" | "detach" => Tone::Warning,
        _ => Tone::Info,
    }
}
