//! Taking in the standard roles by a button.

use mamori_kernel::access::Action;
use mamori_ledger::web::{Access, Ctx, Redirect, Routes, WebResult};
use mamori_ui::components::{Button, EmptyState};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;

use super::ops;

/// Where the button posts to.
const SEED: &str = "/organization/security_role/seed";

/// The pages of this noun besides those of the engine.
pub(crate) fn routes() -> Routes {
    Routes::default().post(SEED, Access::Can("security_role", Action::Create), take_in)
}

async fn take_in(ctx: Ctx) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    let added = ops::seed(&mut tx, &ctx.app.registry).await?;
    tx.commit().await?;
    let message = if added == 0 { ctx.t("role-seed-none") } else { ctx.t1("role-seed-done", "count", added) };
    Ok(Redirect::to("/organization/security_role").saying(message))
}

/// What an empty list, and an empty chart, offers.
pub(crate) fn seed_offer(title: &str, why: &str, button: &str) -> Html {
    let form = el("form").attr("method", "post").attr("action", SEED).add(Button::submit(button).icon(Icon::Download));
    EmptyState::new(title).icon(Icon::Shield).why(why).actions(form).into()
}
