//! Messages: on the page ([`Alert`]) and passing by ([`Toast`]).

use mamori_kernel::lang::Lang;

use crate::{
    html::{Html, component, el},
    icon::Icon,
    tone::Tone,
};

/// A message that belongs to the page: what happened, why, what to do.
#[derive(Clone, Debug)]
pub struct Alert {
    tone: Tone,
    title: String,
    body: Html,
    points: Vec<String>,
    actions: Html,
}

impl Alert {
    /// A message. The title is a sentence, not the word "error".
    pub fn new(tone: Tone, title: impl Into<String>) -> Self {
        Self { tone, title: title.into(), body: Html::empty(), points: Vec::new(), actions: Html::empty() }
    }

    /// The explanation as plain text.
    #[must_use]
    pub fn text(self, text: impl AsRef<str>) -> Self {
        self.body(el("p").text(text))
    }

    /// The explanation as markup.
    #[must_use]
    pub fn body(self, body: impl Into<Html>) -> Self {
        Self { body: body.into(), ..self }
    }

    /// Points, one a line.
    #[must_use]
    pub fn points<S: Into<String>>(self, points: impl IntoIterator<Item = S>) -> Self {
        Self { points: points.into_iter().map(Into::into).collect(), ..self }
    }

    /// What to do about it.
    #[must_use]
    pub fn actions(self, actions: impl Into<Html>) -> Self {
        Self { actions: actions.into(), ..self }
    }

    fn render(&self) -> Html {
        let list = (!self.points.is_empty()).then(|| el("ul").each(self.points.iter().map(|point| el("li").text(point))));
        let actions = (!self.actions.is_empty()).then(|| el("div").class("cluster").add(self.actions.clone()));
        el("div")
            .class(format!("alert tone-{}", self.tone.name()))
            .opt("role", (self.tone == Tone::Danger).then_some("alert"))
            .add(sign(self.tone))
            .add(
                el("div")
                    .class("alert-body")
                    .add(el("p").class("alert-title").text(&self.title))
                    .add(self.body.clone())
                    .maybe(list)
                    .maybe(actions),
            )
            .html()
    }
}

/// The way back from an action: a form that undoes it.
#[derive(Clone, Debug)]
pub struct Undo {
    /// Address that takes the POST.
    pub action: String,
    /// Hidden fields of the form.
    pub fields: Vec<(String, String)>,
}

/// A message about what just happened. It goes away by itself unless it is a failure; without scripts it stands at the top of the page.
#[derive(Clone, Debug)]
pub struct Toast {
    lang: Lang,
    tone: Tone,
    text: String,
    undo: Option<Undo>,
}

impl Toast {
    /// A message.
    pub fn new(lang: Lang, tone: Tone, text: impl Into<String>) -> Self {
        Self { lang, tone, text: text.into(), undo: None }
    }

    /// Offers to undo.
    #[must_use]
    pub fn undo(self, undo: Undo) -> Self {
        Self { undo: Some(undo), ..self }
    }

    fn render(&self) -> Html {
        let (undo_word, close_word) = match self.lang {
            Lang::Ja => ("元に戻す", "閉じる"),
            Lang::En => ("Undo", "Close"),
        };
        let undo = self.undo.as_ref().map(|undo| {
            el("form")
                .attr("method", "post")
                .attr("action", &undo.action)
                .each(
                    undo.fields
                        .iter()
                        .map(|(name, value)| el("input").attr("type", "hidden").attr("name", name).attr("value", value)),
                )
                .add(el("button").class("btn btn-small").attr("type", "submit").add(Icon::Undo).add(el("span").text(undo_word)))
        });
        let close = el("button")
            .class("btn btn-quiet btn-small btn-icon js-only")
            .attr("type", "button")
            .attr("data-toast-close", "")
            .add(Icon::Cross)
            .add(el("span").class("sr").text(close_word));
        el("div")
            .class(format!("toast tone-{}", self.tone.name()))
            .attr("data-toast", self.tone.name())
            .attr("role", if self.tone == Tone::Danger { "alert" } else { "status" })
            .add(sign(self.tone))
            .add(el("p").text(&self.text))
            .maybe(undo)
            .add(close)
            .html()
    }
}

fn sign(tone: Tone) -> Icon {
    match tone {
        Tone::Success => Icon::CheckCircle,
        Tone::Warning | Tone::Caution | Tone::Danger => Icon::Warning,
        Tone::Neutral | Tone::Info | Tone::Accent => Icon::Info,
    }
}

component!(Alert, Toast);
