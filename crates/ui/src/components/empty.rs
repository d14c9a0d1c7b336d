//! Empty screens teach.

use crate::{
    html::{Html, component, el},
    icon::Icon,
};

/// What a page shows when there is nothing yet: why it exists, and what to do first.
#[derive(Clone, Debug)]
pub struct EmptyState {
    icon: Icon,
    title: String,
    why: Option<String>,
    next: Vec<String>,
    actions: Html,
}

impl EmptyState {
    /// An empty state; the title says what is missing in a friendly way.
    pub fn new(title: impl Into<String>) -> Self {
        Self { icon: Icon::Folder, title: title.into(), why: None, next: Vec::new(), actions: Html::empty() }
    }

    /// The picture.
    #[must_use]
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon, ..self }
    }

    /// Why one would fill it.
    #[must_use]
    pub fn why(self, why: impl Into<String>) -> Self {
        Self { why: Some(why.into()), ..self }
    }

    /// The next steps, in order.
    #[must_use]
    pub fn next<S: Into<String>>(self, steps: impl IntoIterator<Item = S>) -> Self {
        Self { next: steps.into_iter().map(Into::into).collect(), ..self }
    }

    /// Buttons.
    #[must_use]
    pub fn actions(self, actions: impl Into<Html>) -> Self {
        Self { actions: actions.into(), ..self }
    }

    fn render(&self) -> Html {
        let steps = (!self.next.is_empty()).then(|| el("ol").each(self.next.iter().map(|step| el("li").text(step))));
        let actions = (!self.actions.is_empty()).then(|| el("div").class("cluster").add(self.actions.clone()));
        el("div")
            .class("empty")
            .add(el("div").class("empty-icon").add(self.icon))
            .add(el("h2").text(&self.title))
            .maybe(self.why.as_ref().map(|why| el("p").text(why)))
            .maybe(steps)
            .maybe(actions)
            .html()
    }
}

component!(EmptyState);
