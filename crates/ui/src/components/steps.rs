//! The steps of a wizard.

use mamori_kernel::lang::Lang;

use crate::{
    html::{Html, component, el},
    icon::Icon,
};

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Finished.
    Done,
    /// The one on the screen.
    Current,
    /// Still to come.
    Ahead,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name.
    pub label: String,
    /// Where it stands.
    pub state: StepState,
    /// Address to go back to it.
    pub href: Option<String>,
}

/// A row of steps.
#[derive(Clone, Debug)]
pub struct Steps {
    lang: Lang,
    steps: Vec<Step>,
}

impl Steps {
    /// Steps with explicit states.
    pub fn new(lang: Lang, steps: Vec<Step>) -> Self {
        Self { lang, steps }
    }

    /// Steps by name, the one at `current` (from 0) on the screen, those before it done.
    pub fn at<S: Into<String>>(lang: Lang, labels: impl IntoIterator<Item = S>, current: usize) -> Self {
        let steps = labels.into_iter().enumerate().map(|(index, label)| Step {
            label: label.into(),
            state: match index.cmp(&current) {
                std::cmp::Ordering::Less => StepState::Done,
                std::cmp::Ordering::Equal => StepState::Current,
                std::cmp::Ordering::Greater => StepState::Ahead,
            },
            href: None,
        });
        Self::new(lang, steps.collect())
    }

    fn render(&self) -> Html {
        let (done, label) = match self.lang {
            Lang::Ja => ("完了", "手順"),
            Lang::En => ("Done", "Steps"),
        };
        let items = self.steps.iter().enumerate().map(|(index, step)| {
            let (class, mark) = match step.state {
                StepState::Done => {
                    ("step step-done", el("span").class("step-mark").add(Icon::Check).add(el("span").class("sr").text(done)))
                }
                StepState::Current => ("step step-current", el("span").class("step-mark").text((index + 1).to_string())),
                StepState::Ahead => ("step", el("span").class("step-mark").text((index + 1).to_string())),
            };
            let name = match &step.href {
                Some(href) => el("a").attr("href", href).text(&step.label),
                None => el("span").class("step-label").text(&step.label),
            };
            el("li").class(class).opt("aria-current", (step.state == StepState::Current).then_some("step")).add(mark).add(name)
        });
        el("ol").class("steps").attr("aria-label", label).each(items).html()
    }
}

component!(Steps);
