//! The part of a subject's own page: where its request stands, who is next, and the button 承認を依頼.

use mamori_kernel::error::Result;
use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_ledger::hooks::Panel;
use mamori_ledger::{Choice as _, Registry};
use mamori_store::View;
use mamori_ui::components::{Badge, Button, Control, Field, Step, StepState as Mark, Steps, form_actions};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::queries::{self, Case, Seat};
use super::rules::LONGEST;
use super::{State, StepState, message, stamp};
use crate::contract::installed;
use crate::directory::Source;

/// The state as a badge.
pub(super) fn badge(lang: Lang, state: State) -> Html {
    let set = State::set();
    let tone = set.find(state.code()).map_or(Tone::Neutral, |choice| Tone::from_name(&choice.tone));
    Badge::new(set.label(state.code(), lang), tone).into()
}

/// The seats of a round as steps, those of one place side by side in one step.
pub(super) fn steps(lang: Lang, seats: &[Seat]) -> Html {
    let mut places: Vec<(i64, bool, Vec<&Seat>)> = Vec::new();
    for seat in seats {
        match places.iter_mut().find(|(position, after, _)| *position == seat.position && *after != seat.kind.blocks()) {
            Some((.., seats)) => seats.push(seat),
            None => places.push((seat.position, !seat.kind.blocks(), vec![seat])),
        }
    }
    // What is read afterwards comes last, wherever the route put it.
    places.sort_by_key(|(position, after, _)| (*after, *position));
    let marks = places.iter().map(|(.., seats)| {
        let names: Vec<String> = seats
            .iter()
            .map(|seat| {
                let who = if seat.decided_at.is_empty() { seat.spec.label.get(lang) } else { seat.decided_by.name.as_str() };
                format!("{}{}{who}", seat.kind.words().get(lang), lang.pick("：", ": "))
            })
            .collect();
        let state = if seats.iter().all(|seat| seat.state == StepState::Done) {
            Mark::Done
        } else if seats.iter().any(|seat| matches!(seat.state, StepState::Waiting | StepState::Returned | StepState::Rejected)) {
            Mark::Current
        } else {
            Mark::Ahead
        };
        Step { label: names.join(lang.pick("、", "; ")), state, href: None }
    });
    Steps::new(lang, marks.collect()).into()
}

/// Asks for the reason and sends the request.
pub(super) fn propose_form(lang: Lang, kind: &str, row_id: &str, label: &str) -> Html {
    let reason = Field::new(lang, "reason", t(lang, "approval-reason"), Control::Area { value: String::new(), rows: 3 })
        .help(t(lang, "approval-reason-help"))
        .attr("maxlength", LONGEST.to_string());
    el("form")
        .class("form")
        .attr("method", "post")
        .attr("action", format!("/approval/propose/{kind}/{row_id}"))
        .add(Html::from(reason))
        .add(form_actions([Button::submit(label).icon(Icon::ArrowRight)]))
        .html()
}

fn standing(lang: Lang, case: &Case, seats: &[Seat]) -> Html {
    let current: Vec<Seat> = seats.iter().filter(|seat| seat.round == case.round).cloned().collect();
    let mut parts =
        vec![el("p").class("cluster").add(badge(lang, case.state)).text(&case.route_name).html(), steps(lang, &current)];
    let next: Vec<&str> = current
        .iter()
        .filter(|seat| seat.state == StepState::Waiting && seat.kind.blocks())
        .map(|seat| seat.spec.label.get(lang))
        .collect();
    if !next.is_empty() {
        let who = next.join(lang.pick("、", ", "));
        parts.push(el("p").text(ta(lang, "approval-panel-next", &[("who", who.into())])).html());
        if let Some(due) = current.iter().filter(|seat| seat.state == StepState::Waiting).filter_map(|seat| seat.due).min() {
            let due = time::long_date(lang, due);
            parts.push(el("p").class("muted").text(ta(lang, "approval-due", &[("due", due.into())])).html());
        }
    }
    if !case.outcome.is_empty() {
        let said = format!("{}{}{}", case.decided_name, lang.pick("：", ": "), case.outcome);
        parts.push(el("p").class("prewrap").text(said).html());
    }
    if case.state == State::Approved {
        parts.push(stamp::block(lang, &stamp::of(case, seats)));
    }
    parts.push(Button::link(t(lang, "approval-panel-open"), message::path(&case.id)).secondary().into());
    Html::join(parts)
}

/// The panel for the page of a row that can be approved; `kind` is the [`crate::Approvable`]'s.
///
/// # Errors
/// Database faults; what the kind says when it is asked.
pub async fn panel(view: &mut View, registry: &Registry, kind: &str, row_id: &str) -> Result<Panel> {
    let lang = view.actor().lang;
    let approvals = installed()?;
    let approvable = approvals.find(kind)?;
    let case = queries::latest(view, kind, row_id).await?;
    let mut parts: Vec<Html> = Vec::new();
    if let Some(case) = &case {
        let seats = queries::seats(view, &case.id).await?;
        parts.push(standing(lang, case, &seats));
    }
    let open = case.as_ref().is_some_and(|case| case.state == State::InReview);
    if !open && !view.actor().read_only && approvable.may_propose(&mut Source::View(view), registry, row_id).await.is_ok() {
        let again = case.as_ref().is_some_and(|case| case.state == State::Returned);
        let label = t(lang, if again { "approval-propose-again" } else { "approval-propose" });
        parts.push(propose_form(lang, kind, row_id, &label));
    } else if case.is_none() {
        parts.push(el("p").class("muted").text(t(lang, "approval-panel-none")).html());
    }
    Ok(Panel { title: t(lang, "approval-panel"), body: el("div").class("stack").each(parts).html(), first: false })
}
