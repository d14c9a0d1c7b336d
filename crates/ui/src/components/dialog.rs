//! Dialogs. Opened by `data-dialog-open="id"` (or `Dialog::opener`); without scripts the content is reached by the link given as fallback.

use mamori_kernel::lang::Lang;

use super::Button;
use crate::{
    html::{Html, component, el},
    icon::Icon,
};

/// A modal dialog on the browser's own `<dialog>`: focus, Esc and the backdrop come from there.
#[derive(Clone, Debug)]
pub struct Dialog {
    lang: Lang,
    id: String,
    title: String,
    body: Html,
    actions: Html,
}

impl Dialog {
    /// A dialog. `id` is unique on the page.
    pub fn new(lang: Lang, id: impl Into<String>, title: impl Into<String>, body: impl Into<Html>) -> Self {
        Self { lang, id: id.into(), title: title.into(), body: body.into(), actions: Html::empty() }
    }

    /// Buttons at the foot. A form inside the body may instead hold its own.
    #[must_use]
    pub fn actions(self, actions: impl Into<Html>) -> Self {
        Self { actions: actions.into(), ..self }
    }

    /// A link that opens the dialog, and leads to `fallback` (a page with the same form) where scripts do not run.
    pub fn opener(&self, label: impl Into<String>, fallback: impl Into<String>) -> Button {
        Button::link(label, fallback).attr("data-dialog-open", self.id.clone()).attr("aria-haspopup", "dialog")
    }

    fn render(&self) -> Html {
        let close_word = match self.lang {
            Lang::Ja => "閉じる",
            Lang::En => "Close",
        };
        let heading = format!("{}-title", self.id);
        let head = el("div")
            .class("dialog-head")
            .add(el("h2").attr("id", &heading).text(&self.title))
            .add(Button::plain(close_word).quiet().icon_only(Icon::Cross).attr("data-dialog-close", ""));
        let foot = (!self.actions.is_empty()).then(|| el("div").class("dialog-foot").add(self.actions.clone()));
        el("dialog")
            .class("dialog")
            .attr("id", &self.id)
            .attr("aria-labelledby", &heading)
            .attr("closedby", "any")
            .add(head)
            .add(el("div").class("dialog-body").add(self.body.clone()))
            .maybe(foot)
            .html()
    }
}

component!(Dialog);
