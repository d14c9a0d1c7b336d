//! The import, step by step: choose a file → check the columns → see what would happen → accept.

mod columns;
mod files;
mod rows;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Multipart;
use mamori_formats::sheet::Workbook;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::id;
use mamori_kernel::lang::Words;
use mamori_store::{Reader, Row as DbRow, args};
use mamori_ui::components::{Alert, Button, Card, Control, Field, Stat, Steps, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

pub(super) use columns::remap;
pub(super) use files::{template, wrong_rows};

use super::files::upload_failed;
use super::{open, open_tx};
use crate::def::LedgerDef;
use crate::import::{self, Companion, Mapping, Plan, State};
use crate::web::{Ctx, Page, Redirect, WebResult, decode_form};

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
    let mut mapping = import::guess(&shape, &workbook)
        .or_else(|| import::unguessed(&shape, &workbook))
        .ok_or_else(|| import::no_heading(&shape))?;
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
    let here = format!("{}/import/{}", def.path(), batch.id);
    if batch.mapping.columns.is_empty() {
        let other = Button::link(ctx.t("import-other-file"), format!("{}/import", def.path())).quiet();
        let ask = Alert::new(Tone::Warning, ctx.t("import-no-columns")).text(ctx.t("import-no-columns-why")).actions(other);
        let body = vec![steps(&ctx, 1), ask.into(), columns::columns_card(&ctx, &shape, &batch, &workbook, &here)];
        return Ok(base(&ctx, &def, body).lead(ctx.t1("import-file-name", "name", &batch.file_name)));
    }
    let plan = import::make(&ctx.app.registry, &mut view, &shape, &workbook, &batch.mapping).await?;
    let companions = import::plan_companions(&ctx.app.registry, &mut view, &workbook, &batch.mapping).await?;
    let labels = rows::change_labels(&ctx, &mut view, &shape, &plan).await?;
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
    body.push(columns::columns_card(&ctx, &shape, &batch, &workbook, &here));
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
    body.push(rows::rows_card(&ctx, &shape, &plan, state, &here, &labels));
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
