//! The import, step by step: choose a file → check the columns → see what would happen → accept.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Multipart;
use axum::response::Response;
use mamori_formats::sheet::{Cell, Workbook};
use mamori_formats::table_out::{Column as OutColumn, ColumnKind, Table};
use mamori_kernel::error::{Error, Result};
use mamori_kernel::id;
use mamori_kernel::lang::Words;
use mamori_store::{Reader, Row as DbRow, args};
use mamori_ui::components::{
    Alert, Badge, Button, Card, Column, Control, DataTable, Field, Row, Stat, Steps, Tab, Tabs, form_actions,
};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::{files::upload_failed, open, open_tx};
use crate::def::{FieldDef, LedgerDef};
use crate::export::{self, Format, XLSX};
use crate::import::{self, Companion, Mapping, Plan, Planned, State};
use crate::query::{self, Labels};
use crate::record::{Record, Value};
use crate::shape::Shape;
use crate::web::{Ctx, Page, Redirect, WebResult, decode_form, download};

/// Rows of the preview shown per state; the file of wrong rows holds all.
const SHOWN: usize = 100;

/// Rows are written while the reader waits; the planning and writing of 10,000 rows is measured in `make bench`.
struct Batch {
    id: String,
    file_name: String,
    file_hash: String,
    mapping: Mapping,
    state: String,
}

async fn find(db: &mut impl Reader, def: &LedgerDef, batch: &str) -> Result<Batch> {
    let row = db
        .first(
            "select id, file_name, file_hash, mapping, state from import_batch where company_id = $1 and id = $2 and ledger = $3",
            args![batch, def.code],
        )
        .await?
        .ok_or(Error::NotFound)?;
    read_batch(&row)
}

fn read_batch(row: &DbRow) -> Result<Batch> {
    let mapping = serde_json::from_str(&row.text("mapping")?).map_err(|error| Error::Internal(format!("mapping: {error}")))?;
    Ok(Batch {
        id: row.get("id")?,
        file_name: row.get("file_name")?,
        file_hash: row.get("file_hash")?,
        mapping,
        state: row.get("state")?,
    })
}

fn base(ctx: &Ctx, def: &LedgerDef, body: Vec<Html>) -> Page {
    let title = ctx.t1("import-title", "ledger", ctx.w(&def.words));
    Page::new(title, Html::join(body)).crumb(ctx.w(&def.words), def.path())
}

fn steps(ctx: &Ctx, at: usize) -> Html {
    Steps::at(ctx.lang, [ctx.t("import-step-file"), ctx.t("import-step-check"), ctx.t("import-step-done")], at).into()
}

pub(super) async fn start(ctx: Ctx, def: Arc<LedgerDef>) -> WebResult {
    let control = Control::File { accept: ".xlsx,.xlsm,.xls,.csv,.tsv,.txt".to_owned(), multiple: false };
    let form = el("form")
        .class("form")
        .attr("method", "post")
        .attr("action", format!("{}/import", def.path()))
        .attr("enctype", "multipart/form-data")
        .add(Html::from(
            Field::new(ctx.lang, "file", ctx.t("import-file"), control).required(true).help(ctx.t("import-file-help")),
        ))
        .add(form_actions([
            Html::from(Button::submit(ctx.t("import-read")).primary()),
            Button::link(ctx.t("import-template"), format!("{}/import/template", def.path())).quiet().icon(Icon::Download).into(),
        ]));
    let safe = Alert::new(Tone::Info, ctx.t("import-safe")).points([
        ctx.t("import-safe-preview"),
        ctx.t("import-safe-twice"),
        ctx.t("import-safe-headings"),
    ]);
    Ok(base(&ctx, &def, vec![steps(&ctx, 0), safe.into(), Card::new(ctx.t("import-choose"), form.html()).into()]))
}

pub(super) async fn upload(ctx: Ctx, def: Arc<LedgerDef>, mut parts: Multipart) -> WebResult<Redirect> {
    let mut received: Option<(String, Bytes)> = None;
    while let Some(part) = parts.next_field().await.map_err(upload_failed)? {
        let Some(name) = part.file_name().map(|name| name.chars().filter(|c| !c.is_control()).take(200).collect::<String>())
        else {
            continue;
        };
        let bytes = part.bytes().await.map_err(upload_failed)?;
        received = Some((name, bytes));
    }
    let (name, bytes) = received
        .filter(|(name, _)| !name.is_empty())
        .ok_or_else(|| Error::field("file", Words::new("ファイルを選んでください。", "Please choose a file.")))?;
    let workbook = parse(bytes.clone(), name.clone()).await?;
    let (mut view, shape) = open(&ctx, &def).await?;
    let mut mapping = import::guess(&shape, &workbook).ok_or_else(|| import::no_heading(&shape))?;
    mapping.companions = import::find_companions(&ctx.app.registry, &mut view, &def, &workbook, mapping.sheet).await?;
    drop(view);
    let hash = ctx.app.db.put_file(bytes.into()).await?;
    let batch = id::new();
    let mut tx = ctx.tx().await?;
    tx.technical();
    let (user, now) = (tx.actor().user_id.clone(), tx.now());
    let mapping = serde_json::to_string(&mapping).map_err(|error| Error::Internal(error.to_string()))?;
    tx.exec(
        "insert into import_batch (id, company_id, ledger, file_name, file_hash, mapping, state, created_by, created_at) \
         values ($2, $1, $3, $4, $5, $6, 'open', $7, $8)",
        args![&batch, def.code, name, hash, mapping, user, now],
    )
    .await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("{}/import/{batch}", def.path())))
}

/// Reading a large workbook takes a while: not on the threads that answer others.
async fn parse(bytes: Bytes, name: String) -> Result<Workbook> {
    tokio::task::spawn_blocking(move || import::read(&bytes, &name)).await.map_err(|error| Error::Internal(error.to_string()))?
}

async fn workbook(ctx: &Ctx, batch: &Batch) -> Result<Workbook> {
    let bytes = ctx.app.db.get_file(&batch.file_hash).await?;
    parse(bytes.into(), batch.file_name.clone()).await
}

pub(super) async fn preview(ctx: Ctx, def: Arc<LedgerDef>, batch: String) -> WebResult {
    let (mut view, shape) = open(&ctx, &def).await?;
    let batch = find(&mut view, &def, &batch).await?;
    if batch.state != "open" {
        let again = Button::link(ctx.t("import-again"), format!("{}/import", def.path())).primary();
        let done = Alert::new(Tone::Success, ctx.t("import-already")).actions(again);
        return Ok(base(&ctx, &def, vec![steps(&ctx, 3), done.into()]));
    }
    let workbook = workbook(&ctx, &batch).await?;
    let plan = import::make(&ctx.app.registry, &mut view, &shape, &workbook, &batch.mapping).await?;
    let companions = import::plan_companions(&ctx.app.registry, &mut view, &workbook, &batch.mapping).await?;
    let labels = change_labels(&ctx, &mut view, &shape, &plan).await?;
    let here = format!("{}/import/{}", def.path(), batch.id);
    let summary = plan.summary();
    let mut body = vec![steps(&ctx, 1), figures(&ctx, &plan)];
    body.push(verdict(&ctx, &def, &plan, &companions, &here));
    body.extend(companions.iter().map(|companion| companion_note(&ctx, companion)));
    if !plan.referenced.is_empty() {
        let names = plan.referenced.iter().map(|(target, name)| {
            let ledger = ctx.app.registry.ledger(target).map_or("", |def| ctx.w(&def.words));
            format!("{ledger}：{name}")
        });
        body.push(Alert::new(Tone::Info, ctx.t1("import-will-make", "count", plan.referenced.len())).points(names).into());
    }
    body.push(columns_card(&ctx, &shape, &batch, &workbook, &here));
    let state = match ctx.query_form().get("state") {
        "wrong" => State::Wrong,
        "created" => State::Created,
        "changed" => State::Changed,
        "unchanged" => State::Unchanged,
        _ if summary.wrong > 0 => State::Wrong,
        _ if summary.created > 0 => State::Created,
        _ if summary.changed > 0 => State::Changed,
        _ => State::Unchanged,
    };
    body.push(rows_card(&ctx, &shape, &plan, state, &here, &labels));
    Ok(base(&ctx, &def, body).lead(ctx.t1("import-file-name", "name", &batch.file_name)))
}

fn figures(ctx: &Ctx, plan: &Plan) -> Html {
    let summary = plan.summary();
    let stat = |key: &str, n: usize, tone: Tone| Stat::new(ctx.t(key), n.to_string()).unit(ctx.t("import-rows")).tone(tone);
    let wrong = if summary.wrong > 0 { Tone::Danger } else { Tone::Neutral };
    el("div")
        .class("grid-stats")
        .each([
            Html::from(stat("import-created", summary.created, Tone::Success)),
            stat("import-changed", summary.changed, Tone::Info).into(),
            stat("import-unchanged", summary.unchanged, Tone::Neutral).into(),
            stat("import-wrong", summary.wrong, wrong).into(),
        ])
        .html()
}

/// What another sheet of the workbook would do.
fn companion_note(ctx: &Ctx, companion: &Companion) -> Html {
    let summary = companion.plan.summary();
    let title = ctx.t2("import-companion", ("sheet", &companion.sheet), ("ledger", ctx.w(&companion.shape.def.words)));
    if companion.fits() {
        let counts = ctx.t2(
            "import-companion-counts",
            ("created", &summary.created.to_string()),
            ("changed", &summary.changed.to_string()),
        );
        return Alert::new(Tone::Info, title).text(counts).into();
    }
    let problems = companion.plan.rows.iter().flat_map(|row| &row.problems).take(5).map(|problem| problem.line(ctx.lang));
    Alert::new(Tone::Warning, title).text(ctx.t("import-companion-wrong")).points(problems).into()
}

fn verdict(ctx: &Ctx, def: &LedgerDef, plan: &Plan, companions: &[Companion], here: &str) -> Html {
    let summary = plan.summary();
    let along: usize = companions.iter().filter(|companion| companion.fits()).map(|companion| companion.plan.todo()).sum();
    let todo = plan.todo() + along;
    let seen = import::fingerprint(plan, companions);
    let accept = |label: String| {
        el("form")
            .class("inline")
            .attr("method", "post")
            .attr("action", format!("{here}/accept"))
            .add(el("input").attr("type", "hidden").attr("name", "seen").attr("value", &seen))
            .add(Html::from(Button::submit(label).primary()))
    };
    let back = Html::from(Button::link(ctx.t("import-other-file"), format!("{}/import", def.path())).quiet());
    if todo == 0 && summary.wrong == 0 {
        return Alert::new(Tone::Success, ctx.t("import-nothing")).text(ctx.t("import-nothing-why")).actions(back).into();
    }
    if summary.wrong == 0 {
        let buttons = Html::join([accept(ctx.t1("import-accept", "count", todo)).html(), back]);
        return Alert::new(Tone::Success, ctx.t("import-ready")).text(ctx.t("import-ready-why")).actions(buttons).into();
    }
    let wrong = Button::link(ctx.t("import-wrong-file"), format!("{here}/wrong")).secondary().icon(Icon::Download);
    let mut buttons = vec![Html::from(wrong)];
    if todo > 0 {
        buttons.push(accept(ctx.t1("import-accept-right", "count", todo)).html());
    }
    buttons.push(back);
    Alert::new(Tone::Danger, ctx.t1("import-has-wrong", "count", summary.wrong))
        .text(ctx.t("import-has-wrong-why"))
        .actions(Html::join(buttons))
        .into()
}

/// Which column is which field, to correct.
fn columns_card(ctx: &Ctx, shape: &Shape, batch: &Batch, workbook: &Workbook, here: &str) -> Html {
    let Some(sheet) = workbook.sheets.get(batch.mapping.sheet) else { return Html::empty() };
    let choices: Vec<&FieldDef> = shape.fields.iter().filter(|field| field.editable()).collect();
    let rows = batch.mapping.headings.iter().map(|(column, heading)| {
        let chosen = batch.mapping.columns.get(column).map(String::as_str);
        let computed = chosen.and_then(|code| shape.field(code)).filter(|field| !field.editable());
        let sample: Vec<String> = (batch.mapping.first_row..sheet.rows.len())
            .map(|row| sheet.cell(row, *column).text())
            .filter(|text| !text.is_empty())
            .take(2)
            .collect();
        let none = el("option").attr("value", "").text(ctx.t("import-column-none"));
        let options = choices.iter().map(|field| {
            el("option")
                .attr("value", &field.code)
                .flag("selected", chosen == Some(field.code.as_ref()))
                .text(ctx.w(&field.words))
        });
        let input = match computed {
            Some(field) => el("span").class("muted").text(ctx.t1("import-column-computed", "field", ctx.w(&field.words))),
            None => {
                el("select").class("input").attr("name", format!("c{column}")).attr("aria-label", heading).add(none).each(options)
            }
        };
        let class = if chosen.is_none() { "unmapped" } else { "" };
        el("tr")
            .class(class)
            .add(el("th").attr("scope", "row").text(heading))
            .add(el("td").class("muted").text(mamori_kernel::text::truncate_chars(&sample.join(" / "), 40)))
            .add(el("td").add(input))
    });
    let head = ["import-column-heading", "import-column-sample", "import-column-field"]
        .map(|key| el("th").attr("scope", "col").text(ctx.t(key)));
    let table = el("table").class("table table-compact").add(el("thead").add(el("tr").each(head))).add(el("tbody").each(rows));
    let clear = Field::new(ctx.lang, "clear", ctx.t("import-clear"), Control::Check { checked: batch.mapping.clear })
        .help(ctx.t("import-clear-help"));
    let form = el("form")
        .attr("method", "post")
        .attr("action", here)
        .add(el("div").class("table-frame").attr("tabindex", "0").add(table))
        .add(Html::from(clear))
        .add(form_actions([Button::submit(ctx.t("import-remap")).secondary()]));
    let missing = batch.mapping.unknown.len();
    let title = if missing == 0 { ctx.t("import-columns-fine") } else { ctx.t1("import-columns-unknown", "count", missing) };
    let tone = if missing == 0 { Tone::Success } else { Tone::Warning };
    let summary = el("summary").add(Html::from(Badge::new(title, tone))).text(ctx.t("import-columns"));
    el("details").class("card-fold").flag("open", missing > 0).add(summary).add(form).html()
}

async fn change_labels(ctx: &Ctx, view: &mut mamori_store::View, shape: &Shape, plan: &Plan) -> Result<Labels> {
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

fn rows_card(ctx: &Ctx, shape: &Shape, plan: &Plan, state: State, here: &str, labels: &Labels) -> Html {
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

pub(super) async fn remap(ctx: Ctx, def: Arc<LedgerDef>, batch: String, body: Bytes) -> WebResult<Redirect> {
    let form = decode_form(&body);
    let (mut tx, shape) = open_tx(&ctx, &def).await?;
    tx.technical();
    let found = find(&mut tx, &def, &batch).await?;
    let mut mapping = found.mapping.clone();
    mapping.clear = form.get("clear") == "true";
    for column in found.mapping.headings.keys() {
        let name = format!("c{column}");
        if !form.has(&name) {
            continue;
        }
        let code = form.get(&name);
        if shape.field(code).is_some_and(FieldDef::editable) {
            mapping.columns.retain(|_, known| known != code);
            mapping.columns.insert(*column, code.to_owned());
            mapping.unknown.remove(column);
        } else {
            mapping.columns.remove(column);
            // Left out on purpose: no longer a question.
            mapping.unknown.remove(column);
        }
    }
    let text = serde_json::to_string(&mapping).map_err(|error| Error::Internal(error.to_string()))?;
    tx.exec("update import_batch set mapping = $3 where company_id = $1 and id = $2 and state = 'open'", args![&batch, text])
        .await?;
    tx.commit().await?;
    Ok(Redirect::to(format!("{}/import/{batch}", def.path())).saying(ctx.t("import-remapped")))
}

pub(super) async fn accept(ctx: Ctx, def: Arc<LedgerDef>, batch: String, body: Bytes) -> WebResult<Redirect> {
    let mut view = ctx.view().await?;
    let found = find(&mut view, &def, &batch).await?;
    drop(view);
    let workbook = workbook(&ctx, &found).await?;
    let (mut tx, shape) = open_tx(&ctx, &def).await?;
    let now = tx.now();
    // Whoever turns the batch from open to done first does the import; a second click finds nothing to do.
    let mine = tx
        .exec(
            "update import_batch set state = 'done', finished_at = $3 where company_id = $1 and id = $2 and state = 'open'",
            args![&batch, now],
        )
        .await?;
    if mine == 0 {
        return Ok(Redirect::to(format!("{}/import/{batch}", def.path())));
    }
    let companions = import::plan_companions(&ctx.app.registry, &mut tx, &workbook, &found.mapping).await?;
    let plan = import::make(&ctx.app.registry, &mut tx, &shape, &workbook, &found.mapping).await?;
    let form = decode_form(&body);
    if form.has("seen") && form.get("seen") != import::fingerprint(&plan, &companions) {
        tx.rollback().await?;
        return Ok(Redirect::to(format!("{}/import/{batch}", def.path())).saying(ctx.t("import-overtaken")));
    }
    let mut done = plan.todo();
    for companion in companions.iter().filter(|companion| companion.fits()) {
        done += companion.plan.todo();
        import::apply(&ctx.app.registry, &mut tx, &companion.shape, &companion.plan, &found.file_name).await?;
    }
    let summary = import::apply(&ctx.app.registry, &mut tx, &shape, &plan, &found.file_name).await?;
    tx.exec("update import_batch set summary = $3 where company_id = $1 and id = $2", args![&batch, summary.to_string()]).await?;
    if done == 0 {
        tx.technical();
    }
    tx.commit().await?;
    let message = ctx.t2("import-done", ("created", &summary.created.to_string()), ("changed", &summary.changed.to_string()));
    Ok(Redirect::to(def.path()).saying(message))
}

/// The wrong rows as they stood in the file, with the reasons in a last column: mend them and send the file again.
pub(super) async fn wrong_rows(ctx: Ctx, def: Arc<LedgerDef>, batch: String) -> WebResult<Response> {
    let (mut view, shape) = open(&ctx, &def).await?;
    let batch = find(&mut view, &def, &batch).await?;
    let workbook = workbook(&ctx, &batch).await?;
    let plan = import::make(&ctx.app.registry, &mut view, &shape, &workbook, &batch.mapping).await?;
    let sheet = workbook.sheets.get(batch.mapping.sheet).ok_or(Error::NotFound)?;
    let mut columns: Vec<OutColumn> = batch
        .mapping
        .headings
        .iter()
        .map(|(column, heading)| {
            let words = batch.mapping.columns.get(column).and_then(|code| shape.field(code)).map(|field| ctx.w(&field.words));
            OutColumn::new(words.unwrap_or(heading), ColumnKind::Text)
        })
        .collect();
    columns.push(OutColumn::new(ctx.lang.pick("直すところ", "To correct"), ColumnKind::Text).wide(60.0));
    let rows = plan
        .rows
        .iter()
        .filter(|row| row.state == State::Wrong)
        .map(|row| {
            let mut cells: Vec<Cell> =
                batch.mapping.headings.keys().map(|column| Cell::from_text(sheet.cell(row.index, *column).text())).collect();
            let reasons: Vec<String> = row.problems.iter().map(|problem| problem.line(ctx.lang)).collect();
            cells.push(Cell::from_text(reasons.join("\n")));
            cells
        })
        .collect();
    let table = Table { sheet_name: ctx.t("import-wrong"), columns, rows, ..Table::default() };
    let bytes = export::write(&table, Format::Xlsx)?;
    Ok(download(bytes, &format!("{}_{}.xlsx", ctx.w(&def.words), ctx.t("import-wrong-name")), XLSX))
}

/// An empty table with the headings and the lists of allowed values.
pub(super) async fn template(ctx: Ctx, def: Arc<LedgerDef>) -> WebResult<Response> {
    let (_view, shape) = open(&ctx, &def).await?;
    let fields: Vec<FieldDef> = shape.fields.iter().filter(|field| field.editable()).cloned().collect();
    let table = export::table(&shape, &fields, &[], &Labels::default(), ctx.lang);
    let bytes = export::write(&table, Format::Xlsx)?;
    Ok(download(bytes, &format!("{}_{}.xlsx", ctx.w(&def.words), ctx.t("import-template-name")), XLSX))
}
