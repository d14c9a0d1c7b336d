//! The steps of a case on its page: how far it is, what to do next, what came out of it.

use mamori_kernel::i18n;
use mamori_kernel::lang::Lang;
use mamori_ledger::Choice as _;
use mamori_ledger::hooks::Panel;
use mamori_risk::treatment::Family;
use mamori_ui::components::{Alert, Button, Step as Shown, StepState, Steps};
use mamori_ui::html::{Html, el};
use mamori_ui::icon::Icon;
use mamori_ui::tone::Tone;

use super::rules::{self, Step};
use super::{CaseStudy, Possible};

/// What the reader may do.
#[derive(Clone, Copy)]
pub(super) struct Rights {
    pub edits: bool,
    pub registers: bool,
    pub treats: bool,
}

/// What came out of the case.
pub(super) struct Found {
    /// Number and title of the risk.
    pub risk: Option<(Option<i64>, String)>,
    /// Row id, kind and title of the treatments.
    pub treatments: Vec<(String, String, String)>,
}

fn name(lang: Lang, step: Step) -> String {
    i18n::t(
        lang,
        match step {
            Step::What => "case-step-what",
            Step::Here => "case-step-here",
            Step::Causes => "case-step-causes",
            Step::Prevention => "case-step-prevention",
            Step::Response => "case-step-response",
        },
    )
}

fn ask(lang: Lang, step: Step) -> String {
    i18n::t(
        lang,
        match step {
            Step::What => "case-ask-what",
            Step::Here => "case-ask-here",
            Step::Causes => "case-ask-causes",
            Step::Prevention => "case-ask-prevention",
            Step::Response => "case-ask-response",
        },
    )
}

fn edit(id: &str, step: Step) -> String {
    format!("/threats/case_study/{id}/edit#f-{}", step.field())
}

/// The panel.
pub(super) fn steps(lang: Lang, id: &str, case: &CaseStudy, rights: Rights, found: &Found) -> Panel {
    let next = rules::next(case);
    let shown = Step::ALL.map(|step| Shown {
        label: name(lang, step),
        state: match (step.is_done(case), next == Some(step)) {
            (true, _) => StepState::Done,
            (false, true) => StepState::Current,
            (false, false) => StepState::Ahead,
        },
        href: rights.edits.then(|| edit(id, step)),
    });
    let mut body = vec![Html::from(Steps::new(lang, shown.to_vec()))];
    body.push(match next {
        Some(step) => {
            let mut alert = Alert::new(Tone::Info, ask(lang, step));
            if rights.edits {
                alert = alert.actions(Button::link(i18n::t(lang, "case-write"), edit(id, step)).primary().icon(Icon::Edit));
            }
            alert.into()
        }
        None => Alert::new(Tone::Success, i18n::t(lang, "case-thought-through")).into(),
    });
    body.push(outcome(lang, id, case, rights, found));
    Panel { title: i18n::t(lang, "case-steps"), body: el("div").class("stack").each(body).html(), first: true }
}

fn outcome(lang: Lang, id: &str, case: &CaseStudy, rights: Rights, found: &Found) -> Html {
    let mut parts = Vec::new();
    if !case.scenario.is_empty() {
        let (number, title) = found.risk.clone().unwrap_or_default();
        let label = number.map_or(title.clone(), |n| format!("#{n} {title}"));
        let label = if label.is_empty() { i18n::t(lang, "case-to-risk") } else { label };
        let to = Button::link(label, format!("/risk/scenario/{}", case.scenario.id)).secondary().icon(Icon::Flag);
        parts.push(el("p").class("cluster").add(el("span").text(i18n::t(lang, "case-registered"))).add(to).html());
    } else if rights.registers && matches!(case.possible, Some(Possible::Yes | Possible::Partly)) {
        let form = post(&format!("/threats/case_study/{id}/risk"))
            .add(Button::submit(i18n::t(lang, "case-register")).secondary().icon(Icon::Flag))
            .add(el("p").class("field-help").text(i18n::t(lang, "case-register-help")));
        parts.push(form.html());
    }
    if case.possible != Some(Possible::No) {
        let forms =
            rules::preventions(case).into_iter().filter(|(_, text)| !text.trim().is_empty()).filter_map(|(family, text)| {
                let kind = Family::set().label(family, lang).to_owned();
                if let Some((treatment, _, title)) = found.treatments.iter().find(|(_, known, _)| known == family) {
                    let to =
                        Button::link(title.as_str(), format!("/risk/treatment/{treatment}")).quiet().small().icon(Icon::Check);
                    return Some(el("p").class("cluster").add(el("span").text(kind)).add(to));
                }
                if !rights.treats {
                    return None;
                }
                let label = i18n::ta(lang, "case-treat", &[("kind", kind.into())]);
                let form = post(&format!("/threats/case_study/{id}/treatment/{family}"))
                    .class("case-treat")
                    .add(el("p").class("prewrap").text(text))
                    .add(Button::submit(label).secondary().small().icon(Icon::Plus));
                Some(form)
            });
        let forms: Vec<Html> = forms.map(Html::from).collect();
        if !forms.is_empty() {
            parts.push(el("h3").text(i18n::t(lang, "case-measures")).html());
            parts.extend(forms);
        }
    }
    el("div").class("stack").each(parts).html()
}

fn post(action: &str) -> mamori_ui::html::El {
    el("form").attr("method", "post").attr("action", action)
}
