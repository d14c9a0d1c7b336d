//! People.

use crate::html::{Html, component, el};

/// A person as a small round mark with the name beside it.
#[derive(Clone, Debug)]
pub struct Avatar {
    name: String,
    detail: Option<String>,
    mark_only: bool,
}

impl Avatar {
    /// A person's name as it is shown.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), detail: None, mark_only: false }
    }

    /// 所属・役職.
    #[must_use]
    pub fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    /// Only the mark; the name is read aloud.
    #[must_use]
    pub fn mark_only(self) -> Self {
        Self { mark_only: true, ..self }
    }

    fn render(&self) -> Html {
        let initial: String = self.name.trim().chars().take(1).collect();
        // The same name always gets the same of six hues.
        let hue = self.name.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 6;
        let mark = el("span").class(format!("avatar hue-{hue}")).attr("aria-hidden", "true").text(initial);
        let name = if self.mark_only {
            el("span").class("sr").text(&self.name)
        } else {
            el("span").class("person-name").text(&self.name)
        };
        el("span")
            .class("person")
            .opt("title", self.mark_only.then_some(&self.name))
            .add(mark)
            .add(name)
            .maybe(self.detail.as_ref().map(|detail| el("span").class("muted").text(detail)))
            .html()
    }
}

component!(Avatar);
