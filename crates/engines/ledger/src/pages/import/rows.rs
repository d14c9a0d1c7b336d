//! What would happen to every row.

use mamori_kernel::error::Result;
use mamori_ui::components::{Card, Column, DataTable, Row, Tab, Tabs};
use mamori_ui::html::{Html, el};

use crate::def::FieldDef;
use crate::import::{Plan, Planned, State};
use crate::query::{self, Labels};
use crate::record::{Record, Value};
use crate::shape::Shape;
use crate::web::Ctx;

/// Rows of the preview shown per state; the file of wrong rows holds all.
const SHOWN: usize = 100;

pub(super) async fn change_labels(ctx: &Ctx, view: &mut mamori_store::View, shape: &Shape, plan: &Plan) -> Result<Labels> {
    let mut mentioned = Vec::new();
    for row in plan.rows.iter().take(SHOWN * 10) {
        for (code, before, after) in &row.changes {
            for value in [before, after] {
                let mut record = Record::default();
                record.values.set(code.clone(), value.clone());
                mentioned.push(record);
            }
        }
        mentioned.push(Record { values: row.values.clone(), ..Record::default() });
    }
    query::labels(&ctx.app.registry, view, &shape.fields, &mentioned).await
}

fn shown(ctx: &Ctx, field: &FieldDef, value: &Value, labels: &Labels) -> String {
    // A row still to be made has no id yet: its name stands behind the mark.
    match value {
        Value::Text(text) if text.starts_with("new:") => text.trim_start_matches("new:").to_owned(),
        _ => query::display(field, value, ctx.lang, labels),
    }
}

pub(super) fn rows_card(ctx: &Ctx, shape: &Shape, plan: &Plan, state: State, here: &str, labels: &Labels) -> Html {
    let summary = plan.summary();
    let tab = |key: &str, code: &str, this: State, n: usize| {
        Tab::new(ctx.t(key), format!("{here}?state={code}")).active(state == this).count(u64::try_from(n).unwrap_or(0))
    };
    let tabs = Tabs::new(
        ctx.t("import-rows-title"),
        vec![
            tab("import-wrong", "wrong", State::Wrong, summary.wrong),
            tab("import-created", "created", State::Created, summary.created),
            tab("import-changed", "changed", State::Changed, summary.changed),
            tab("import-unchanged", "unchanged", State::Unchanged, summary.unchanged),
        ],
    );
    let columns = vec![
        Column::new(ctx.w(&shape.field(shape.def.label).map(|field| field.words.clone()).unwrap_or_default())).wide(),
        Column::new(ctx.t("import-row")),
        Column::new(ctx.t("import-what")).wide(),
    ];
    let rows = plan.rows.iter().filter(|row| row.state == state).take(SHOWN).map(|row| {
        let name = if row.label.is_empty() { "—" } else { row.label.as_str() };
        Row::new(row.row.to_string(), &row.label).text(name).text(row.row.to_string()).cell(what(ctx, shape, row, labels))
    });
    let total = plan.rows.iter().filter(|row| row.state == state).count();
    let more = (total > SHOWN).then(|| {
        el("p").class("muted").text(ctx.t2("import-more", ("shown", &SHOWN.to_string()), ("total", &total.to_string())))
    });
    let table = DataTable::new(ctx.lang, ctx.t("import-rows-title"), columns).rows(rows).compact();
    let body = Html::join([tabs.into(), table.into(), more.map(Html::from).unwrap_or_default()]);
    Card::new(ctx.t("import-rows-title"), body).into()
}

fn what(ctx: &Ctx, shape: &Shape, row: &Planned, labels: &Labels) -> Html {
    match row.state {
        State::Wrong => {
            let lines = row.problems.iter().map(|problem| {
                let place = if problem.column.is_empty() {
                    String::new()
                } else {
                    ctx.t1("import-column-letter", "column", &problem.column)
                };
                el("li").add(el("b").text(place)).text(format!(" {}", ctx.w(&problem.message)))
            });
            el("ul").class("problems").each(lines).html()
        }
        State::Changed => {
            let lines = row.changes.iter().filter_map(|(code, before, after)| {
                let field = shape.field(code)?;
                let before = shown(ctx, field, before, labels);
                let before = if before.is_empty() { ctx.t("import-blank") } else { before };
                Some(
                    el("li")
                        .add(el("span").class("change-field").text(ctx.w(&field.words)))
                        .add(el("del").text(before))
                        .text(" → ")
                        .add(el("ins").text(shown(ctx, field, after, labels))),
                )
            });
            el("ul").class("changes").each(lines).html()
        }
        State::Created | State::Unchanged => {
            let parts: Vec<String> = shape
                .fields
                .iter()
                .filter(|field| field.code != shape.def.label)
                .map(|field| (field, row.values.get(&field.code)))
                .filter(|(_, value)| !value.is_empty() && **value != Value::Bool(false))
                .take(6)
                .map(|(field, value)| format!("{}：{}", ctx.w(&field.words), shown(ctx, field, value, labels)))
                .collect();
            el("span").class("muted").text(parts.join("　")).html()
        }
    }
}
