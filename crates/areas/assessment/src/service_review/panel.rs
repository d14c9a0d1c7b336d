//! The parts of a review's own page: the way with the next step, the conditions, the signatures.

use mamori_checklist::Found;
use mamori_kernel::access::Action;
use mamori_kernel::error::Result;
use mamori_kernel::i18n::{t, ta};
use mamori_kernel::lang::Lang;
use mamori_kernel::time;
use mamori_ledger::hooks::Panel;
use mamori_ledger::ops::may;
use mamori_ledger::{Choice as _, Record, Registry};
use mamori_store::View;
use mamori_ui::components::{Alert, Button, Column, DataTable, Row, Step, StepState, Steps};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::approval::{KIND, Whole, whole};
use super::rules::{Missing, missing, suggested};
use super::{State, Verdict};
use crate::condition::queries::Condition;

/// Where a review is on its way: 0 check, 1 conclusion, 2 conditions, 3 signatures, 4 entered.
fn place(state: State, missing: &[Missing]) -> usize {
    match state {
        State::Approved | State::Refused => 5,
        State::Waiting => 3,
        State::Draft | State::Returned => match missing.first() {
            Some(Missing::Answers(_)) => 0,
            Some(Missing::Conditions) => 2,
            Some(_) => 1,
            None => 3,
        },
    }
}

pub(super) async fn panels(view: &mut View, registry: &Registry, record: &Record) -> Result<Vec<Panel>> {
    let lang = view.actor().lang;
    let id = record.meta.id.clone();
    let whole = whole(view, registry, &id).await?;
    let state = State::parse(record.get("state").as_str()).unwrap_or_default();
    let mut panels = vec![Panel { title: t(lang, "review-way"), body: way(lang, view, &whole, state), first: true }];
    if !whole.gaps.is_empty() || !whole.conditions.is_empty() {
        panels.push(Panel { title: t(lang, "review-conditions"), body: conditions(lang, view, &whole, state), first: true });
    }
    if record.get("verdict").as_str() != "" || state.is_settled() {
        let approval = mamori_approval::panel(view, registry, KIND, &id).await?;
        panels.push(Panel { title: t(lang, "review-signatures"), first: true, ..approval });
    }
    Ok(panels)
}

fn way(lang: Lang, view: &View, whole: &Whole, state: State) -> Html {
    let facts = whole.facts();
    let missing = missing(&facts);
    let at = place(state, &missing);
    let labels = [
        "review-step-purpose",
        "review-step-check",
        "review-step-verdict",
        "review-step-conditions",
        "review-step-signatures",
        "review-step-entered",
    ];
    let steps = labels.iter().enumerate().map(|(n, key)| Step {
        label: t(lang, key),
        state: match n.cmp(&(at + 1)) {
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal => StepState::Current,
            std::cmp::Ordering::Greater => StepState::Ahead,
        },
        href: None,
    });
    let mut parts: Vec<Html> = vec![Steps::new(lang, steps.collect()).into()];
    let mine = !state.is_settled() && may(view.actor(), &whole.shape.def, &whole.record, Action::Edit);
    if mine {
        for todo in &missing {
            parts.push(el("p").text(todo.words().get(lang)).html());
        }
        if let Some(verdict) = suggested(&facts).filter(|_| facts.verdict.is_none()) {
            let name = Verdict::set().label(verdict.code(), lang).to_owned();
            parts.push(el("p").class("muted").text(ta(lang, "review-suggested", &[("verdict", name.into())])).html());
        }
    }
    let mut buttons: Vec<Html> = Vec::new();
    if let Some(check) = &whole.check {
        let tail = if at == 0 && mine { "answer" } else { "result" };
        let key = if at == 0 && mine { "review-answer" } else { "review-result" };
        let button = Button::link(t(lang, key), format!("{}/{tail}", check.path()));
        buttons.push(if at == 0 && mine { button.primary().icon(Icon::Edit).into() } else { button.secondary().into() });
    }
    if at == 1 && mine {
        let edit = format!("/assessment/service_review/{}/edit", whole.record.meta.id);
        buttons.push(Button::link(t(lang, "review-conclude"), edit).primary().into());
    }
    if state == State::Approved {
        parts.insert(0, Alert::new(Tone::Success, t(lang, "review-approved")).text(t(lang, "review-approved-why")).into());
    }
    parts.push(el("p").class("cluster").each(buttons).html());
    el("div").class("stack").each(parts).html()
}

fn conditions(lang: Lang, view: &View, whole: &Whole, state: State) -> Html {
    let id = &whole.record.meta.id;
    let mine = !state.is_settled() && view.actor().can("review_condition", Action::Create);
    let lines = whole.gaps.iter().map(|found| {
        let has = whole.conditions.iter().any(|condition| condition.item == found.item);
        gap(lang, id, found, has, mine)
    });
    let mut parts: Vec<Html> = Vec::new();
    if !whole.gaps.is_empty() {
        parts.push(el("p").text(t(lang, "review-gaps")).html());
        parts.push(el("div").class("prose").add(el("ul").each(lines)).html());
    }
    if !whole.conditions.is_empty() {
        parts.push(table(lang, &whole.conditions));
    }
    if mine {
        let add = format!("/assessment/review_condition/new?review={id}");
        parts.push(Button::link(t(lang, "review-add-condition"), add).secondary().icon(Icon::Plus).into());
    }
    el("div").class("stack").each(parts).html()
}

fn gap(lang: Lang, id: &str, found: &Found, has: bool, mine: bool) -> Html {
    let add = (mine && !has).then(|| {
        let href = format!("/assessment/review_condition/new?review={id}&item={}", found.item);
        el("a").attr("href", href).text(t(lang, "review-add-condition-for"))
    });
    let said = if found.note.is_empty() { found.answer.clone() } else { format!("{} / {}", found.answer, found.note) };
    el("li").add(el("b").text(&found.name)).text(lang.pick("：", ": ")).text(said).text(" ").maybe(add).html()
}

fn table(lang: Lang, conditions: &[Condition]) -> Html {
    let columns = ["review-condition", "review-condition-owner", "review-condition-due", "review-condition-treatment"]
        .map(|key| Column::new(t(lang, key)))
        .into();
    let rows = conditions.iter().map(|condition| {
        let treatment = (!condition.treatment.is_empty()).then(|| {
            el("a").attr("href", format!("/risk/treatment/{}", condition.treatment)).text(t(lang, "review-condition-open"))
        });
        Row::new(&condition.id, &condition.title)
            .href(format!("/assessment/review_condition/{}", condition.id))
            .text(&condition.title)
            .text(&condition.owner_name)
            .text(condition.due.map(|day| time::long_date(lang, day)).unwrap_or_default())
            .cell(treatment.map(Html::from).unwrap_or_default())
    });
    DataTable::new(lang, t(lang, "review-conditions"), columns).rows(rows).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_shows_the_first_thing_missing() {
        assert_eq!(place(State::Draft, &[Missing::Answers(3), Missing::Verdict]), 0);
        assert_eq!(place(State::Returned, &[Missing::Verdict]), 1);
        assert_eq!(place(State::Draft, &[Missing::Conditions]), 2);
        assert_eq!(place(State::Draft, &[]), 3);
        assert_eq!((place(State::Waiting, &[]), place(State::Approved, &[])), (3, 5));
    }
}
