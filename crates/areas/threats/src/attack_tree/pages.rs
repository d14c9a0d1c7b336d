//! `/threats/attack_tree/{id}/editor`: every step is one POST with the tree's version. With scripts the editor is replaced in place; without
//! them the page comes anew. Whoever was slower is told, and sees the tree as it stands now.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mamori_kernel::access::Action;
use mamori_kernel::error::{Error, FieldError};
use mamori_ledger::web::{Ctx, Form, Page, Redirect, WebResult, decode_form, download};
use mamori_ledger::{Ledger as _, ops as engine, pages::read_form, query};
use mamori_ui::components::{Alert, Button};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::drawing::Picture;
use super::editor::{Editor, notice};
use super::ops::{self, Deed, Outcome};
use super::rules::{Guard, outlook, plant};
use super::{AttackNode, AttackTree, queries};
use crate::neighbours::{Scenario, Treatment};
use crate::parts::shape;
use crate::queries::scenario;

/// Measures offered at a node; more are found over the measure's own page.
const OFFERED: i64 = 100;

/// How the editor is shown.
#[derive(Default)]
struct Look {
    selected: String,
    fresh: bool,
    notice: Html,
    typed: Option<Form>,
    outline: String,
    errors: Vec<FieldError>,
}

/// The editor.
pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> WebResult {
    let form = ctx.query_form();
    let look = Look { selected: form.get("node").to_owned(), fresh: form.get("new") == "1", ..Look::default() };
    render(&ctx, &id, look).await
}

async fn render(ctx: &Ctx, id: &str, look: Look) -> WebResult {
    let mut view = ctx.view().await?;
    let registry = &ctx.app.registry;
    let trees = shape(registry, &mut view, AttackTree::CODE).await?;
    let record = query::find(&mut view, &trees, id, Action::View).await?;
    let nodes = queries::nodes(&mut view, id).await?;
    let edits = engine::may(view.actor(), &trees.def, &record, Action::Edit) && !record.is_retired();
    let risk = nodes.iter().find(|node| node.node.id == look.selected && !node.scenario.is_empty());
    let risk = match risk {
        Some(node) => scenario(&mut view, &node.scenario).await?,
        None => None,
    };
    let picks = match registry.ledger(Treatment::CODE) {
        Some(def) if edits && ctx.can(Treatment::CODE, Action::View) => query::picks(&mut view, def, OFFERED).await?,
        _ => Vec::new(),
    };
    let registers = ctx.can(Scenario::CODE, Action::Create);
    let Look { selected, fresh, notice, typed, outline, errors } = look;
    let editor = Editor {
        ctx,
        record: &record,
        nodes: &nodes,
        edits,
        registers,
        selected,
        fresh,
        picks,
        risk,
        notice,
        typed,
        outline,
        errors,
    };
    let tree = AttackTree::from_record(&record);
    let mut actions =
        vec![Html::from(Button::link(ctx.t("attack-properties"), format!("/threats/attack_tree/{id}")).icon(Icon::Info))];
    if ctx.can(AttackTree::CODE, Action::Export) {
        actions
            .push(Button::link(ctx.t("attack-svg"), format!("/threats/attack_tree/{id}/tree.svg")).icon(Icon::Download).into());
    }
    let print = Button::plain(ctx.t("attack-print")).quiet().icon(Icon::Print).attr("data-print", "");
    actions.push(el("span").class("js-only").add(print).html());
    let lead = if tree.worst_case.0.is_empty() { ctx.t("attack-lead") } else { tree.worst_case.0 };
    Ok(Page::new(tree.title, editor.html())
        .lead(lead)
        .actions(Html::join(actions))
        .crumb(ctx.w(&AttackTree::def().words), "/threats/attack_tree"))
}

/// The editor after a step: in place for scripts, as a fresh page otherwise.
async fn after(ctx: &Ctx, id: &str, outcome: Outcome) -> WebResult<Response> {
    if ctx.partial {
        let notice = notice(ctx, id, &outcome);
        let look = Look { selected: outcome.node, fresh: outcome.fresh, notice, ..Look::default() };
        return Ok(render(ctx, id, look).await?.into_response());
    }
    let new = if outcome.fresh { "&new=1" } else { "" };
    let mut redirect = Redirect::to(format!("{}{new}#attack-panel", ops::address(id, &outcome.node)));
    if !outcome.said.is_empty() {
        redirect = redirect.saying(ctx.t1(outcome.said, "count", outcome.count));
    }
    if let Some(at) = &outcome.undo {
        redirect = redirect.undo(format!("/threats/attack_tree/{id}/undo/{at}"));
    }
    Ok(redirect.into_response())
}

/// What went wrong, above the tree as it stands now.
async fn failed(ctx: &Ctx, id: &str, error: Error, form: &Form) -> WebResult<Response> {
    let status = match &error {
        Error::Conflict { .. } | Error::Refused(_) | Error::Invalid(_) | Error::InUse(_) => error.status(),
        _ => return Err(error.into()),
    };
    let mut look = Look { selected: form.get("node").to_owned(), outline: form.get("outline").to_owned(), ..Look::default() };
    let alert = match error {
        Error::Conflict { .. } => {
            let typed = Some(form.get("title")).filter(|title| !title.is_empty());
            let typed = typed.map(|title| el("p").text(ctx.t1("attack-typed", "text", title)));
            Alert::new(Tone::Danger, ctx.t("attack-conflict")).body(Html::join(typed))
        }
        Error::Invalid(errors) => {
            let alert = Alert::new(Tone::Danger, ctx.t("attack-wrong"))
                .points(errors.iter().map(|error| ctx.w(&error.message).to_owned()).collect::<Vec<_>>());
            look.typed = Some(form.clone());
            look.errors = errors;
            alert
        }
        other => Alert::new(Tone::Warning, other.words().get(ctx.lang).to_owned()),
    };
    look.notice = alert.into();
    let page = render(ctx, id, look).await?;
    Ok(page.status(StatusCode::from_u16(status).unwrap_or(StatusCode::CONFLICT)).into_response())
}

fn version(form: &Form) -> i64 {
    // 0 would mean "whatever it is"; a form without a version is an old or a broken one and meets a conflict.
    form.get("version").parse().ok().filter(|version| *version > 0).unwrap_or(-1)
}

fn deed(form: &Form) -> Option<Deed<'_>> {
    Some(match form.get("do") {
        "child" => Deed::Child,
        "sibling" => Deed::Sibling,
        "up" => Deed::Up,
        "down" => Deed::Down,
        "in" => Deed::In,
        "out" => Deed::Out,
        "below" => Deed::Below(form.get("target")),
        "delete" => Deed::Delete,
        "suggest" => Deed::Suggest(form.get("threat")),
        "outline" => Deed::Outline(form.get("outline")),
        _ => return None,
    })
}

/// Adds, moves, deletes.
pub(super) async fn act(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let deed = deed(&form).ok_or(Error::NotFound)?;
    let mut tx = ctx.tx().await?;
    match ops::act(&ctx.app.registry, &mut tx, &id, version(&form), form.get("node"), deed).await {
        Ok(outcome) => {
            if outcome.changed {
                tx.commit().await?;
            } else {
                tx.rollback().await?;
            }
            after(&ctx, &id, outcome).await
        }
        Err(error) => {
            tx.rollback().await?;
            failed(&ctx, &id, error, &form).await
        }
    }
}

/// Saves the fields of a node, and adds another one when asked to.
pub(super) async fn save(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let registry = &ctx.app.registry;
    let node = form.get("node");
    let mut tx = ctx.tx().await?;
    let nodes = shape(registry, &mut tx, AttackNode::CODE).await?;
    let (values, errors) = read_form(&ctx, &mut tx, &nodes, &form).await?;
    let saved = if errors.is_empty() {
        ops::save(registry, &mut tx, &id, version(&form), node, values).await
    } else {
        Err(Error::Invalid(errors))
    };
    let changed = match saved {
        Ok(changed) => changed,
        Err(error) => {
            tx.rollback().await?;
            return failed(&ctx, &id, error, &form).await;
        }
    };
    let more = match form.get("then") {
        "child" => Some(Deed::Child),
        "sibling" => Some(Deed::Sibling),
        _ => None,
    };
    let mut outcome = Outcome { node: node.to_owned(), said: "attack-saved", changed, ..Outcome::default() };
    if let Some(deed) = more {
        outcome = match ops::then(registry, &mut tx, &id, node, deed).await {
            Ok(outcome) => outcome,
            Err(error) => {
                tx.rollback().await?;
                return failed(&ctx, &id, error, &form).await;
            }
        };
    }
    if outcome.changed {
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    after(&ctx, &id, outcome).await
}

/// Registers a node as a risk.
pub(super) async fn register(ctx: Ctx, Path(id): Path<String>, body: Bytes) -> WebResult<Response> {
    let form = decode_form(&body);
    let mut tx = ctx.tx().await?;
    match ops::register(&ctx.app.registry, &mut tx, &id, version(&form), form.get("node")).await {
        Ok(_) => {
            tx.commit().await?;
            let outcome = Outcome { node: form.get("node").to_owned(), said: "attack-risk-made", ..Outcome::default() };
            after(&ctx, &id, outcome).await
        }
        Err(error) => {
            tx.rollback().await?;
            failed(&ctx, &id, error, &form).await
        }
    }
}

/// Brings back what was deleted at an instant.
pub(super) async fn undo(ctx: Ctx, Path((id, at)): Path<(String, String)>) -> WebResult<Response> {
    let mut tx = ctx.tx().await?;
    match ops::undo(&ctx.app.registry, &mut tx, &id, &at).await {
        Ok(outcome) => {
            tx.commit().await?;
            after(&ctx, &id, outcome).await
        }
        Err(error) => {
            tx.rollback().await?;
            failed(&ctx, &id, error, &Form::default()).await
        }
    }
}

/// The picture as a file of its own.
pub(super) async fn picture(ctx: Ctx, Path(id): Path<String>) -> WebResult<Response> {
    let mut view = ctx.view().await?;
    let trees = shape(&ctx.app.registry, &mut view, AttackTree::CODE).await?;
    let record = query::find(&mut view, &trees, &id, Action::Export).await?;
    let nodes = queries::nodes(&mut view, &id).await?;
    let title = record.get("title").as_str();
    let tree = plant(nodes.iter().map(|listed| listed.node.clone()).collect()).map_err(|_| ops::broken())?;
    let told = outlook(&tree, Guard::Done);
    let svg = Picture { lang: ctx.lang, title, tree: &tree, nodes: &nodes, outlook: &told, links: None, selected: "" }.svg();
    Ok(download(svg.into_bytes(), &format!("{title}.svg"), "image/svg+xml"))
}
