//! `/help`: short, by question.

use mamori_ledger::web::{Ctx, Page, WebResult};
use mamori_ui::components::Card;
use mamori_ui::html::{Html, el};

/// The questions, in the order in which they come up; each has the keys `help-…-q` and `help-…-a`.
const QUESTIONS: [&str; 8] = ["start", "find", "excel", "undo", "see", "password", "mail", "backup"];

pub(super) async fn page(ctx: Ctx) -> WebResult {
    let cards = QUESTIONS.iter().map(|name| {
        let answer = el("p").text(ctx.t(&format!("help-{name}-a"))).html();
        Html::from(Card::new(ctx.t(&format!("help-{name}-q")), answer))
    });
    Ok(Page::new(ctx.t("help-title"), el("div").class("grid").each(cards).html()).lead(ctx.t("help-lead")))
}
