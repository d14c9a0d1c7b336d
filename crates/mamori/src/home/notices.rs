//! Messages of the program to one user: what a mail would say, also without a mail server.

use axum::extract::Path;
use mamori_kernel::error::Result;
use mamori_kernel::time;
use mamori_ledger::web::{Ctx, Redirect, WebResult};
use mamori_store::{View, dialect};
use mamori_ui::components::{Button, Card};
use mamori_ui::html::{Html, el};

use super::queries::{self, Notice};

/// Unread messages shown at once.
const SHOWN: i64 = 10;

pub(super) async fn card(ctx: &Ctx, view: &mut View) -> Result<Html> {
    let user = ctx.identity()?.actor.user_id.clone();
    let unread = queries::unread_notices(view, &user, SHOWN).await?;
    if unread.is_empty() {
        return Ok(Html::empty());
    }
    let items = unread.iter().map(|notice| item(ctx, notice));
    Ok(Card::new(ctx.t("home-notices"), el("ul").class("stack").each(items).html()).into())
}

fn item(ctx: &Ctx, notice: &Notice) -> Html {
    let title =
        if notice.link.is_empty() { el("b").text(&notice.title) } else { el("a").attr("href", &notice.link).text(&notice.title) };
    let at = &notice.created_at;
    let when = dialect::parse_instant(at).map(|at| time::timestamp(ctx.lang, &at, &time::zone())).unwrap_or_default();
    let read = el("form")
        .attr("method", "post")
        .attr("action", format!("/notices/{}/read", notice.id))
        .add(Html::from(Button::submit(ctx.t("home-notice-read")).secondary().small()));
    el("li")
        .add(el("p").class("cluster").add(title).add(el("time").class("muted").attr("datetime", at).text(when)))
        .add(el("p").class("prewrap").text(&notice.body))
        .add(read)
        .html()
}

/// A user marks only his own messages.
pub(super) async fn read(ctx: Ctx, Path(id): Path<String>) -> WebResult<Redirect> {
    let user = ctx.identity()?.actor.user_id.clone();
    let mut tx = ctx.tx().await?;
    queries::mark_notice_read(&mut tx, &user, &id).await?;
    tx.commit().await?;
    Ok(Redirect::to("/"))
}
