//! `/risk/check`: the measure check as big buttons, one card a kind, with the result of each kind beside it.

use axum::body::Bytes;
use axum::extract::Path;
use mamori_kernel::access::Action;
use mamori_kernel::error::Error;
use mamori_ledger::Choice as _;
use mamori_ledger::web::{Access, Ctx, Form, Page, Redirect, Routes, WebResult, decode_form};
use mamori_ui::components::{Badge, Button, Card, EmptyState, Progress};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::queries::{self, Asked};
use super::{AnswerChoice, MeasureKind, ops};
use crate::assessment::Recalculated;
use crate::assessment::pages::start_form;
use crate::catalog;
use crate::ipa::rules::{KindResult, WeaknessLevel};

/// The pages.
pub fn routes() -> Routes {
    Routes::default().get("/risk/check", Access::Can("weakness_check", Action::View), page).post(
        "/risk/check/{kind}",
        Access::Can("weakness_check", Action::Edit),
        save,
    )
}

async fn page(ctx: Ctx) -> WebResult {
    let mut view = ctx.view().await?;
    let asked = queries::questions(&mut view).await?;
    let page = Page::new(ctx.t("weakness-check-title"), Html::empty())
        .lead(ctx.t("weakness-check-lead"))
        .crumb(ctx.t("assessment-title"), "/risk");
    if asked.is_empty() {
        let mut empty =
            EmptyState::new(ctx.t("weakness-check-empty")).icon(Icon::CheckCircle).why(ctx.t("weakness-check-empty-why"));
        if ctx.can("weakness_check", Action::Create) {
            empty = empty.actions(start_form(&ctx));
        }
        return Ok(Page { body: empty.into(), ..page });
    }
    let mut cards = vec![summary(&ctx, &asked)];
    for choice in &MeasureKind::set().choices {
        let of_kind: Vec<&Asked> = asked.iter().filter(|asked| asked.kind == choice.code).collect();
        if !of_kind.is_empty() {
            cards.push(kind_card(&ctx, &choice.code, &of_kind));
        }
    }
    let sheets = Html::join([
        Html::from(Button::link(ctx.t("weakness-check-threats"), "/risk/threat_level").quiet().icon(Icon::Warning)),
        Button::link(ctx.t("weakness-check-table"), "/risk/weakness_check").quiet().icon(Icon::Table).into(),
    ]);
    Ok(Page { body: el("div").class("stack").each(cards).html(), ..page }.actions(sheets))
}

fn result(questions: &[&Asked]) -> KindResult {
    let answers: Vec<_> = questions.iter().filter_map(|asked| asked.answer).map(AnswerChoice::answer).collect();
    KindResult::from_answers(&answers)
}

fn summary(ctx: &Ctx, asked: &[Asked]) -> Html {
    let total = u64::try_from(asked.len()).unwrap_or_default();
    let done = u64::try_from(asked.iter().filter(|asked| asked.answer.is_some()).count()).unwrap_or_default();
    let unknown = asked.iter().filter(|asked| asked.answer == Some(AnswerChoice::Unknown)).count();
    let mut parts = vec![Html::from(Progress::new(ctx.t("weakness-check-progress"), done, total))];
    if unknown > 0 {
        parts.push(el("p").class("muted").text(ctx.t1("weakness-check-unknown", "count", unknown)).html());
    }
    parts.push(el("p").class("muted").text(ctx.t("weakness-check-rule")).html());
    Html::join(parts)
}

fn kind_card(ctx: &Ctx, kind: &str, questions: &[&Asked]) -> Html {
    let words = catalog::get().kind(kind);
    let title = MeasureKind::set().label(kind, ctx.lang).to_owned();
    let editable = ctx.can("weakness_check", Action::Edit);
    let fields = questions.iter().map(|asked| question(ctx, asked, editable));
    let mut form = el("form").attr("method", "post").attr("action", format!("/risk/check/{kind}")).each(fields);
    if editable {
        let all = [
            ("implemented", "weakness-check-all-done"),
            ("partial", "weakness-check-all-partial"),
            ("not_implemented", "weakness-check-all-not"),
        ];
        let quick = all.map(|(code, key)| Button::submit(ctx.t(key)).attr("name", "all").attr("value", code).quiet().small());
        form = form.add(
            el("div")
                .class("cluster")
                .add(Button::submit(ctx.t("weakness-check-save")).secondary())
                .add(el("span").class("muted").text(ctx.t("weakness-check-all")))
                .each(quick),
        );
    }
    let mut card = Card::new(title, Html::join([verdict(ctx, &result(questions)), form.html()]));
    if let Some(words) = words {
        card = card.lead(words.means.get(ctx.lang));
    }
    el("div").attr("id", kind).add(card).html()
}

/// The three outputs of the sheet for a kind: rate, rule needed, measures to consider (S2-D4-06).
fn verdict(ctx: &Ctx, result: &KindResult) -> Html {
    let Some(level) = result.level else {
        return el("p").class("muted").text(ctx.t("weakness-check-not-yet")).html();
    };
    let tone = match level {
        WeaknessLevel::Guarded => Tone::Success,
        WeaknessLevel::Partial => Tone::Warning,
        WeaknessLevel::Open => Tone::Danger,
    };
    let words = format!("{} {}", level.number(), ctx.lang.pick(level.label_ja(), level.label_en()));
    let rate = result.rate_percent.map(|percent| ctx.t1("weakness-check-rate", "percent", percent)).unwrap_or_default();
    let advice = ctx.t(match level {
        WeaknessLevel::Guarded => "weakness-check-advice-keep",
        WeaknessLevel::Partial => "weakness-check-advice-gaps",
        WeaknessLevel::Open => "weakness-check-advice-rule",
    });
    el("p").class("cluster").add(Badge::new(words, tone)).add(el("b").text(rate)).add(el("span").text(advice)).html()
}

/// A company that changed the wording reads its own; otherwise the reader's language counts.
fn wording(ctx: &Ctx, asked: &Asked) -> String {
    match catalog::get().question(&asked.code) {
        Some(known) if asked.question == known.ja || asked.question == known.en => ctx.lang.pick(&known.ja, &known.en).to_owned(),
        _ => asked.question.clone(),
    }
}

fn question(ctx: &Ctx, asked: &Asked, editable: bool) -> Html {
    let set = AnswerChoice::set();
    let now = asked.answer.map(AnswerChoice::code).unwrap_or_default();
    let buttons = set.choices.iter().map(|choice| {
        let input = el("input")
            .class("tick-box")
            .attr("type", "radio")
            .attr("name", format!("a.{}", asked.id))
            .attr("value", &choice.code)
            .flag("disabled", !editable)
            .flag("checked", choice.code == now);
        let label = el("label").class("check").attr("title", choice.meaning.get(ctx.lang)).add(input);
        el("div").class("choice").add(label.add(el("span").text(choice.words.get(ctx.lang))))
    });
    let note = (!asked.note.is_empty()).then(|| el("p").class("muted prewrap").text(&asked.note));
    let edit = el("a").attr("href", format!("/risk/weakness_check/{}", asked.id)).text(ctx.t("weakness-check-note"));
    el("fieldset")
        .class("field")
        .add(el("legend").class("field-label").text(wording(ctx, asked)))
        .add(el("div").class("cluster").each(buttons))
        .maybe(note)
        .add(el("p").class("field-help").add(edit))
        .html()
}

async fn save(ctx: Ctx, Path(kind): Path<String>, body: Bytes) -> WebResult<Redirect> {
    let form = decode_form(&body);
    let mut tx = ctx.tx().await?;
    let asked = queries::questions(&mut tx).await?;
    if !asked.iter().any(|asked| asked.kind == kind) {
        return Err(Error::NotFound.into());
    }
    let answers = changed(&asked, &kind, &form);
    let outcome = ops::answer(&mut tx, &ctx.app.registry, &answers).await?;
    tx.commit().await?;
    let said = match outcome {
        Recalculated::Now(count) => ctx.t1("weakness-check-saved", "count", count),
        Recalculated::Job(_) => ctx.t("weakness-check-saved-job"),
    };
    Ok(Redirect::to(format!("/risk/check#{kind}")).saying(said))
}

/// The answers of a form that differ from what is stored: one for each question of the kind, or `all` for every one of them.
fn changed(asked: &[Asked], kind: &str, form: &Form) -> Vec<(String, String)> {
    let all = form.get("all");
    asked
        .iter()
        .filter(|asked| asked.kind == kind)
        .filter_map(|asked| {
            let name = format!("a.{}", asked.id);
            let new = if !all.is_empty() {
                all
            } else if form.has(&name) {
                form.get(&name)
            } else {
                return None;
            };
            let old = asked.answer.map(AnswerChoice::code).unwrap_or_default();
            (new != old).then(|| (asked.id.clone(), new.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn asked(id: &str, kind: &str, answer: Option<AnswerChoice>) -> Asked {
        Asked { id: id.into(), code: String::new(), kind: kind.into(), question: String::new(), answer, note: String::new() }
    }

    #[test]
    fn only_what_differs_is_saved_and_only_in_the_kind_that_was_sent() {
        let rows = [asked("1", "people", None), asked("2", "people", Some(AnswerChoice::Partial)), asked("3", "physical", None)];
        let form = decode_form(b"a.1=implemented&a.2=partial&a.3=unknown");
        assert_eq!(changed(&rows, "people", &form), [("1".to_owned(), "implemented".to_owned())]);
        let all = decode_form(b"a.1=unknown&all=partial");
        assert_eq!(changed(&rows, "people", &all), [("1".to_owned(), "partial".to_owned())]);
    }
}
