//! Messages of the program to one user: what a mail would say, also without a mail server.

use axum::extract::Path;
use mamori_kernel::error::Result;
use mamori_kernel::time;
use mamori_ledger::web::{Ctx, Redirect, WebResult};
use mamori_store::{View, args, dialect};
use mamori_ui::components::{Button, Card};
use mamori_ui::html::{Html, el};

/// Unread messages shown at once.
const SHOWN: i64 = 10;

pub(super) async fn card(ctx: &Ctx, view: &mut View) -> Result<Html> {
    let user = ctx.identity()?.actor.user_id.clone();
    let rows = view
        .rows(
            "select id, title, body, link, created_at from notice where company_id = $1 and user_id = $2 and read_at = '' order by id desc limit $3",
            args![user, SHOWN],
        )
        .await?;
    if rows.is_empty() {
        return Ok(Html::empty());
    }
    let mut items: Vec<Html> = Vec::with_capacity(rows.len());
    for row in &rows {
        let (id, link, at): (String, String, String) = (row.get("id")?, row.get("link")?, row.get("created_at")?);
        let title = row.text("title")?;
        let title = if link.is_empty() { el("b").text(title) } else { el("a").attr("href", link).text(title) };
        let when = dialect::parse_instant(&at).map(|at| time::timestamp(ctx.lang, &at, &time::zone())).unwrap_or_default();
        let read = el("form")
            .attr("method", "post")
            .attr("action", format!("/notices/{id}/read"))
            .add(Html::from(Button::submit(ctx.t("home-notice-read")).secondary().small()));
        items.push(
            el("li")
                .add(el("p").class("cluster").add(title).add(el("time").class("muted").attr("datetime", &at).text(when)))
                .add(el("p").class("prewrap").text(row.text("body")?))
                .add(read)
                .html(),
        );
    }
    Ok(Card::new(ctx.t("home-notices"), el("ul").class("stack").each(items).html()).into())
}

/// A user marks only his own messages.
pub(super) async fn read(ctx: Ctx, Path(id): Path<String>) -> WebResult<Redirect> {
    let user = ctx.identity()?.actor.user_id.clone();
    let mut tx = ctx.tx().await?;
    let now = tx.now();
    tx.exec(
        "update notice set read_at = $4 where company_id = $1 and id = $2 and user_id = $3 and read_at = ''",
        args![id, user, now],
    )
    .await?;
    tx.technical();
    tx.commit().await?;
    Ok(Redirect::to("/"))
}
