//! 計算の根拠: every computed value opens to its formula, inputs and source (PRODUCT principle 3).

use mamori_kernel::{lang::Lang, reckoning};

use crate::html::{Html, component, el};

/// A computed value that unfolds to the steps by which it came about.
#[derive(Clone, Debug)]
pub struct Reckoning {
    lang: Lang,
    value: Html,
    steps: reckoning::Reckoning,
    open: bool,
}

impl Reckoning {
    /// `value` as it is shown (a number, a badge), and the steps that the rule recorded.
    pub fn new(lang: Lang, value: impl Into<Html>, steps: &reckoning::Reckoning) -> Self {
        Self { lang, value: value.into(), steps: steps.clone(), open: false }
    }

    /// Already unfolded.
    #[must_use]
    pub fn open(self) -> Self {
        Self { open: true, ..self }
    }

    fn render(&self) -> Html {
        let (why, source) = match self.lang {
            Lang::Ja => ("計算の根拠", "根拠: "),
            Lang::En => ("How this was worked out", "Source: "),
        };
        let lang = self.lang;
        let steps = self.steps.steps.iter().map(|step| {
            let reason =
                (!step.source.is_empty()).then(|| el("p").class("muted").text(format!("{source}{}", step.source.get(lang))));
            let line = el("p")
                .class("formula")
                .text(step.expression.get(lang))
                .add(el("span").attr("aria-hidden", "true").text(" = "))
                .add(el("b").text(step.value.get(lang)));
            el("li").add(el("p").class("step-name").text(step.label.get(lang))).add(line).maybe(reason)
        });
        el("details")
            .class("reckoning")
            .flag("open", self.open)
            .add(el("summary").add(self.value.clone()).add(el("span").class("reckoning-why").text(why)))
            .add(el("ol").class("reckoning-body").each(steps))
            .html()
    }
}

component!(Reckoning);
