//! The list: views, filter, table, bulk change, pages.

use std::sync::Arc;

use mamori_kernel::access::Action;
use mamori_kernel::lang::Lang;
use mamori_ui::components::{
    Align, BulkBar, Button, Column, DataTable, EmptyState, FilterBar, Row, Sorted, Tab, Tabs, cursor_pages, pages,
};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;

use super::{cell, open, views};
use crate::def::{FieldDef, Kind, LedgerDef};
use crate::ops;
use crate::query::{self, COUNT_CAP, ListQuery, Listed, Op};
use crate::shape::Shape;
use crate::web::{Ctx, Form, Page, WebResult, decode_form};

/// How many references a filter offers.
const PICKS: i64 = 300;

/// What the address asks for: a ready-made or saved view, columns, filter.
pub(super) struct Request {
    pub form: Form,
    pub query: ListQuery,
    pub columns: Vec<String>,
    pub view: String,
}

impl Request {
    /// Reads the address; a view brings its own filter and order unless the address names others.
    pub fn read(form: Form, shape: &Shape) -> Request {
        let view = form.get("view").to_owned();
        let ready = shape.def.views.iter().find(|known| known.code == view);
        let mut effective = form.clone();
        if let Some(ready) = ready {
            for (name, value) in decode_form(ready.query.as_bytes()).0 {
                if !effective.has(&name) {
                    effective.0.push((name, value));
                }
            }
        }
        let query = ListQuery::read(&effective, shape);
        let asked: Vec<String> = form.all("col").map(str::to_owned).collect();
        let columns = if !asked.is_empty() {
            asked
        } else if let Some(ready) = ready {
            ready.columns.iter().map(|code| (*code).to_owned()).collect()
        } else {
            shape
                .visible()
                .filter(|field| field.list || field.extra && field.kind != Kind::Long)
                .map(|field| field.code.to_string())
                .collect()
        };
        Request { form, query, columns, view }
    }

    /// The fields shown, in order; the row's name comes first, because it is the link to the row.
    pub fn fields<'a>(&self, shape: &'a Shape) -> Vec<&'a FieldDef> {
        let mut fields: Vec<&FieldDef> =
            self.columns.iter().filter_map(|code| shape.field(code)).filter(|field| !field.hidden).collect();
        let label = fields.iter().position(|field| field.code == shape.def.label);
        match (label, shape.field(shape.def.label)) {
            // A ready-made view keeps the order of the paper it stands for.
            (Some(_), _) if !self.view.is_empty() || self.form.has("col") => {}
            (Some(at), _) => {
                let label = fields.remove(at);
                fields.insert(0, label);
            }
            (None, Some(label)) => fields.insert(0, label),
            (None, None) => {}
        }
        fields
    }
}

fn href(def: &LedgerDef, form: &Form) -> String {
    let query = form.encode();
    if query.is_empty() { def.path() } else { format!("{}?{query}", def.path()) }
}

pub(super) async fn page(ctx: Ctx, def: Arc<LedgerDef>) -> WebResult {
    let (mut view, shape) = open(&ctx, &def).await?;
    let request = Request::read(ctx.query_form(), &shape);
    let fields = request.fields(&shape);
    let shown: Vec<FieldDef> = fields.iter().map(|field| (*field).clone()).collect();
    let listed = query::list_fields(&ctx.app.registry, &mut view, &shape, &shown, &request.query, Action::View).await?;
    let labels = query::labels(&ctx.app.registry, &mut view, &shown, &listed.records).await?;
    let saved = views::list(&mut view, def.code).await?;
    let head = match &def.hooks {
        Some(hooks) => hooks.list_head(&mut view, &ctx.app.registry).await?,
        None => None,
    };
    let untouched = listed.records.is_empty() && request.query.filters.is_empty() && request.query.words.is_empty();
    let mut body = vec![head.unwrap_or_default()];
    if untouched && !request.query.retired {
        body.push(empty(&ctx, &def, &view));
    } else {
        body.push(tabs(&ctx, &shape, &request, &saved));
        let bar = filter_bar(&ctx, &mut view, &shape, &request, &labels, &saved).await?;
        body.push(bar);
        let table = table(&ctx, &shape, &request, &fields, &listed, &labels);
        body.push(el("div").attr("id", "list").add(table).html());
    }
    let mut page = Page::new(ctx.w(&def.words), Html::join(body)).actions(actions(&ctx, &def, &view));
    if !def.intro.is_empty() {
        page = page.lead(ctx.w(&def.intro));
    }
    Ok(page)
}

fn actions(ctx: &Ctx, def: &LedgerDef, view: &mamori_store::View) -> Html {
    let path = def.path();
    let mut buttons: Vec<Html> = Vec::new();
    if let Some(hooks) = &def.hooks {
        for button in hooks.list_buttons(view) {
            let link = Button::link(button.label, button.href);
            buttons.push(if button.primary { link.primary() } else { link.secondary() }.into());
        }
    }
    if ctx.can(def.code, Action::Manage) {
        buttons.push(Button::link(ctx.t("ledger-settings"), format!("{path}/settings")).quiet().icon(Icon::Settings).into());
    }
    if ctx.can(def.code, Action::Import) && !def.managed {
        buttons.push(Button::link(ctx.t("ledger-import"), format!("{path}/import")).secondary().icon(Icon::Upload).into());
    }
    if ctx.can(def.code, Action::Create) && !def.managed {
        buttons.push(Button::link(ctx.t("ledger-new"), format!("{path}/new")).primary().icon(Icon::Plus).into());
    }
    Html::join(buttons)
}

fn empty(ctx: &Ctx, def: &LedgerDef, view: &mamori_store::View) -> Html {
    let mut next = Vec::new();
    if ctx.can(def.code, Action::Import) && !def.managed {
        next.push(ctx.t("ledger-empty-import"));
    }
    if ctx.can(def.code, Action::Create) && !def.managed {
        next.push(ctx.t("ledger-empty-new"));
    }
    EmptyState::new(ctx.t1("ledger-empty", "ledger", ctx.w(&def.words)))
        .icon(Icon::from_name(def.icon).unwrap_or(Icon::Table))
        .why(ctx.w(&def.intro))
        .next(next)
        .actions(actions(ctx, def, view))
        .into()
}

fn tabs(ctx: &Ctx, shape: &Shape, request: &Request, saved: &[views::Saved]) -> Html {
    let def = &shape.def;
    if def.views.is_empty() && saved.is_empty() {
        return Html::empty();
    }
    let here = request.form.encode();
    let mut tabs = vec![
        Tab::new(ctx.t("ledger-view-all"), def.path())
            .active(request.view.is_empty() && saved.iter().all(|view| view.query != here)),
    ];
    for view in &def.views {
        tabs.push(Tab::new(ctx.w(&view.words), format!("{}?view={}", def.path(), view.code)).active(request.view == view.code));
    }
    for view in saved {
        tabs.push(Tab::new(&view.name, format!("{}?{}", def.path(), view.query)).active(view.query == here));
    }
    Tabs::new(ctx.t("ledger-views"), tabs).into()
}

async fn filter_bar(
    ctx: &Ctx,
    view: &mut mamori_store::View,
    shape: &Shape,
    request: &Request,
    labels: &query::Labels,
    saved: &[views::Saved],
) -> WebResult<Html> {
    let def = &shape.def;
    let mut bar =
        FilterBar::new(ctx.lang, def.path()).target("#content").search("q", &request.query.words, ctx.t("ledger-search"));
    for kept in ["view", "sort", "retired"] {
        if request.form.has(kept) {
            bar = bar.keep(kept, request.form.get(kept));
        }
    }
    for column in request.form.all("col") {
        bar = bar.keep("col", column);
    }
    let none = ctx.t("ledger-filter-none");
    for field in
        request.fields(shape).into_iter().filter(|field| matches!(field.kind, Kind::Choice | Kind::Ref | Kind::Flags)).take(5)
    {
        let name = format!("f.{}", field.code);
        let chosen = request.query.filters.iter().find(|filter| filter.field == field.code && filter.op == Op::Is);
        let value = chosen.and_then(|filter| filter.values.first()).map_or("", String::as_str);
        let mut choices: Vec<(String, String)> = Vec::new();
        if let Some(set) = &field.choices {
            choices.extend(set.choices.iter().map(|choice| (choice.code.to_string(), choice.words.get(ctx.lang).to_owned())));
        } else if let Some(target) = field.target.and_then(|target| ctx.app.registry.ledger(target)) {
            let picks = query::picks(view, target, PICKS).await?;
            choices.extend(picks.into_iter().map(|pick| (pick.id, pick.label)));
        }
        choices.push(("none".to_owned(), none.clone()));
        bar = bar.select(&name, ctx.w(&field.words), choices.iter().map(|(v, l)| (v.as_str(), l.as_str())), value);
    }
    for filter in &request.query.filters {
        let Some(field) = shape.field(&filter.field) else { continue };
        let name = match filter.op {
            Op::Is => format!("f.{}", filter.field),
            Op::From => format!("from.{}", filter.field),
            Op::To => format!("to.{}", filter.field),
            Op::Has => format!("has.{}", filter.field),
        };
        let sign = match filter.op {
            Op::Is => "：",
            Op::From => " ≥ ",
            Op::To => " ≤ ",
            Op::Has => " ∋ ",
        };
        let shown: Vec<String> = filter.values.iter().map(|value| filter_value(ctx.lang, field, value, labels, &none)).collect();
        bar = bar.chip(
            format!("{}{sign}{}", ctx.w(&field.words), shown.join("・")),
            href(def, &request.form.with(&name, "").with("page", "")),
        );
    }
    if request.query.retired {
        bar = bar.chip(ctx.t("ledger-with-retired"), href(def, &request.form.with("retired", "")));
    }
    bar = bar.clear(def.path());
    Ok(Html::join([bar.end(tools(ctx, shape, request)).into(), views::save_form(ctx, shape, request, saved)]))
}

fn filter_value(lang: Lang, field: &FieldDef, value: &str, labels: &query::Labels, none: &str) -> String {
    if value == "none" {
        return none.to_owned();
    }
    match (&field.choices, field.kind) {
        (Some(set), _) => set.label(value, lang).to_owned(),
        (None, Kind::Ref | Kind::Refs) => match labels.get(value) {
            "" => value.to_owned(),
            label => label.to_owned(),
        },
        _ => value.to_owned(),
    }
}

/// Export, print, rows out of use: at the end of the filter bar.
fn tools(ctx: &Ctx, shape: &Shape, request: &Request) -> Html {
    let def = &shape.def;
    let with = |pairs: &[(&str, &str)]| {
        let form = pairs.iter().fold(request.form.with("page", ""), |form, (name, value)| form.with(name, value));
        form.encode()
    };
    let mut parts = vec![];
    if !request.query.retired {
        parts.push(
            Button::link(ctx.t("ledger-show-retired"), format!("{}?{}", def.path(), with(&[("retired", "1")])))
                .quiet()
                .small()
                .into(),
        );
    }
    if ctx.can(def.code, Action::Export) {
        let choice = |label: String, pairs: &[(&str, &str)]| {
            el("li").add(el("a").attr("href", format!("{}/export?{}", def.path(), with(pairs))).text(label))
        };
        let menu = el("ul")
            .class("dropdown-list")
            .add(choice(ctx.t("ledger-export-xlsx"), &[("format", "xlsx")]))
            .add(choice(ctx.t("ledger-export-csv-utf8"), &[("format", "csv"), ("encoding", "utf-8")]))
            .add(choice(ctx.t("ledger-export-csv-cp932"), &[("format", "csv"), ("encoding", "cp932")]));
        parts.push(
            el("details")
                .class("dropdown")
                .add(el("summary").class("btn btn-quiet btn-small").text(ctx.t("ledger-export")))
                .add(menu)
                .html(),
        );
    }
    parts.push(
        Button::link(ctx.t("ledger-print"), format!("{}/print?{}", def.path(), with(&[])))
            .quiet()
            .small()
            .icon(Icon::Print)
            .into(),
    );
    Html::join(parts)
}

fn table(ctx: &Ctx, shape: &Shape, request: &Request, fields: &[&FieldDef], listed: &Listed, labels: &query::Labels) -> Html {
    let def = &shape.def;
    if listed.records.is_empty() {
        return EmptyState::new(ctx.t("ledger-nothing-found"))
            .why(ctx.t("ledger-nothing-found-why"))
            .actions(Button::link(ctx.t("ledger-show-all"), def.path()).secondary())
            .into();
    }
    let sort = if request.query.sort.is_empty() { def.sort } else { request.query.sort.as_str() };
    let columns = fields.iter().map(|field| column(ctx, def, request, field, sort)).collect();
    let editable = ctx.can(def.code, Action::Edit) && !def.managed;
    let rows = listed.records.iter().map(|record| {
        let label = ops::label(def, record);
        let row =
            Row::new(&record.meta.id, &label).href(format!("{}/{}", def.path(), record.meta.id)).retired(record.is_retired());
        fields
            .iter()
            .fold(row, |row, field| row.cell(first_or(cell(field, record.get(&field.code), ctx.lang, labels), field, fields)))
    });
    let mut table = DataTable::new(ctx.lang, ctx.w(&def.words), columns).rows(rows);
    if editable {
        table = table.selectable();
    }
    let pages = paging(ctx, def, request, listed);
    if !editable {
        return Html::join([table.into(), pages]);
    }
    let bar = BulkBar::new(ctx.lang)
        .action(Button::submit(ctx.t("ledger-bulk-edit")).secondary().attr("name", "do").attr("value", "choose"))
        .action(Button::submit(ctx.t("ledger-bulk-retire")).danger().attr("name", "do").attr("value", "retire"));
    let form = el("form")
        .attr("method", "post")
        .attr("action", format!("{}/bulk", def.path()))
        .add(Html::from(bar))
        .add(Html::from(table));
    Html::join([form.html(), pages])
}

/// The first cell is the link to the row, so it must not be blank.
fn first_or(html: Html, field: &FieldDef, fields: &[&FieldDef]) -> Html {
    let first = fields.first().is_some_and(|first| first.code == field.code);
    if first && html.is_empty() { Html::text("—") } else { html }
}

fn column(ctx: &Ctx, def: &LedgerDef, request: &Request, field: &FieldDef, sort: &str) -> Column {
    let now = match sort.strip_prefix('-') {
        Some(code) if code == field.code => Sorted::Descending,
        None if sort == field.code => Sorted::Ascending,
        _ => Sorted::No,
    };
    let next = if now == Sorted::Ascending { format!("-{}", field.code) } else { field.code.to_string() };
    let mut column = Column::new(ctx.w(&field.words)).sort(href(def, &request.form.with("sort", &next).with("page", "")), now);
    if !field.help.is_empty() {
        column = column.help(ctx.w(&field.help));
    }
    match field.kind {
        Kind::Int | Kind::Yen | Kind::Decimal => column.align(Align::End),
        Kind::Bool => column.align(Align::Center),
        Kind::Long => column.wide(),
        _ if field.code == def.label => column.wide(),
        _ => column,
    }
}

fn paging(ctx: &Ctx, def: &LedgerDef, request: &Request, listed: &Listed) -> Html {
    let limit = request.query.limit.max(1);
    let page = request.query.offset / limit + 1;
    let to = |number: u64| href(def, &request.form.with("page", &number.to_string()));
    if listed.total < COUNT_CAP {
        return pages(ctx.lang, page.unsigned_abs(), limit.unsigned_abs(), listed.total.unsigned_abs(), to);
    }
    // Beyond the cap nobody counts: forward and back only.
    let previous = (page > 1).then(|| to(page.unsigned_abs().saturating_sub(1)));
    let next = (listed.records.len() as i64 == limit && page.saturating_mul(limit) < COUNT_CAP)
        .then(|| to(page.unsigned_abs().saturating_add(1)));
    cursor_pages(ctx.lang, previous, next, &ctx.t("ledger-very-many"))
}
