//! Taking in the standard contacts by a button.

use mamori_kernel::access::Action;
use mamori_kernel::i18n::t;
use mamori_kernel::lang::Lang;
use mamori_ledger::web::{Access, Ctx, Redirect, Routes, WebResult};
use mamori_ui::components::{Button, EmptyState};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;

use super::ops;

/// Where the button posts to.
const SEED: &str = "/organization/contact/seed";

/// The pages of this noun besides those of the engine.
pub(crate) fn routes() -> Routes {
    Routes::default().post(SEED, Access::Can("contact", Action::Create), take_in)
}

async fn take_in(ctx: Ctx) -> WebResult<Redirect> {
    let mut tx = ctx.tx().await?;
    let added = ops::seed(&mut tx, &ctx.app.registry).await?;
    tx.commit().await?;
    let message = if added == 0 { ctx.t("contact-seed-none") } else { ctx.t1("contact-seed-done", "count", added) };
    Ok(Redirect::to("/organization/contact").saying(message))
}

/// What an empty list, and an empty contact network, offers.
pub(crate) fn seed_offer(lang: Lang) -> Html {
    let button = Button::submit(t(lang, "contact-seed-button")).icon(Icon::Download);
    let form = el("form").attr("method", "post").attr("action", SEED).add(button);
    EmptyState::new(t(lang, "contact-seed-title")).icon(Icon::Bell).why(t(lang, "contact-seed-why")).actions(form).into()
}
