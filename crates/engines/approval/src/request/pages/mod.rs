//! The pages of the engine: the tray of what waits, and the page of one request.

mod act;
mod inbox;
mod show;

use mamori_kernel::access::Action;
use mamori_kernel::i18n::t;
use mamori_ledger::hooks::{Button as Link, Hooks};
use mamori_ledger::web::{Access, Ctx, Routes};
use mamori_ledger::{Ledger as _, Record};
use mamori_store::View;
use mamori_ui::components::{Button, Control, Field, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;

use super::queries::{Case, Seat};
use super::rules::LONGEST;
use super::{Approval, message};

/// The pages. Who may decide on a request, the request says, not the table of permissions; so the guards ask for a session only.
pub(crate) fn routes() -> Routes {
    Routes::default()
        .get("/approval", Access::SignedIn, inbox::page)
        .get("/approval/request/{id}", Access::SignedIn, show::page)
        .post("/approval/request/{id}/decide", Access::SignedIn, act::decide)
        .post("/approval/request/{id}/withdraw", Access::SignedIn, act::withdraw)
        .post("/approval/request/{id}/remind", Access::SignedIn, act::remind)
        .post("/approval/request/{id}/reassign", Access::Can(Approval::CODE, Action::Manage), act::reassign)
        .post("/approval/propose/{kind}/{row}", Access::SignedIn, act::propose)
}

/// The record of requests leads to their pages.
pub(super) struct LedgerHooks;

impl Hooks for LedgerHooks {
    fn list_buttons(&self, view: &View) -> Vec<Link> {
        vec![Link { label: t(view.actor().lang, "approval-tray"), href: "/approval".to_owned(), primary: false }]
    }

    fn detail_buttons(&self, view: &View, record: &Record) -> Vec<Link> {
        vec![Link { label: t(view.actor().lang, "approval-panel-open"), href: message::path(&record.meta.id), primary: true }]
    }
}

fn hidden(name: &str, value: impl AsRef<str>) -> Html {
    el("input").attr("type", "hidden").attr("name", name).attr("value", value).html()
}

/// What was typed into a form that did not go through.
#[derive(Default)]
struct Typed {
    comment: String,
    error: Option<String>,
}

/// The big buttons with their comment.
fn decision_form(ctx: &Ctx, case: &Case, seat: &Seat, typed: &Typed) -> Html {
    let prefix = format!("d{}", &case.id.chars().take(8).collect::<String>());
    let comment =
        Field::new(ctx.lang, "comment", ctx.t("approval-comment"), Control::Area { value: typed.comment.clone(), rows: 3 })
            .help(ctx.t("approval-comment-help"))
            .error(typed.error.clone())
            .attr("maxlength", LONGEST.to_string())
            .prefix(prefix);
    let verdict = |value: &str, key: &str| Button::submit(ctx.t(key)).attr("name", "verdict").attr("value", value);
    let buttons: Vec<Html> = if seat.kind.blocks() {
        vec![
            verdict("approve", "approval-do-approve").icon(Icon::Check).into(),
            verdict("return", "approval-do-return").secondary().icon(Icon::Undo).into(),
            verdict("reject", "approval-do-reject").quiet().into(),
        ]
    } else {
        vec![verdict("read", "approval-do-read").icon(Icon::Check).into()]
    };
    el("form")
        .class("form no-print")
        .attr("method", "post")
        .attr("action", format!("{}/decide", message::path(&case.id)))
        .add(hidden("round", case.round.to_string()))
        .add(hidden("position", seat.position.to_string()))
        .add(Html::from(comment))
        .add(form_actions(buttons))
        .html()
}
