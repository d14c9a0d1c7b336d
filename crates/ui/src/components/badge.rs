//! Small words with a meaning.

use crate::{
    html::{Html, component, el},
    icon::Icon,
    tone::Tone,
};

/// A state in one word: 承認済み, 期限超過, 大.
#[derive(Clone, Debug)]
pub struct Badge {
    label: String,
    tone: Tone,
    icon: Option<Icon>,
    tip: Option<String>,
}

impl Badge {
    /// A badge.
    pub fn new(label: impl Into<String>, tone: Tone) -> Self {
        Self { label: label.into(), tone, icon: None, tip: None }
    }

    /// With an icon before the word.
    #[must_use]
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// With a longer explanation on hover.
    #[must_use]
    pub fn tip(self, tip: impl Into<String>) -> Self {
        Self { tip: Some(tip.into()), ..self }
    }

    fn render(&self) -> Html {
        el("span")
            .class(format!("badge tone-{}", self.tone.name()))
            .opt("title", self.tip.as_ref())
            .maybe(self.icon)
            .text(&self.label)
            .html()
    }
}

/// A word attached to a record (a group, a keyword), which may be removed.
#[derive(Clone, Debug)]
pub struct Tag {
    label: String,
    href: Option<String>,
    remove: Option<(String, String)>,
}

impl Tag {
    /// A tag.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None, remove: None }
    }

    /// Leads to everything with this tag.
    #[must_use]
    pub fn href(self, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..self }
    }

    /// Shows a cross that leads to the page without it. `label` is the full sentence ("条件「営業部」を外す").
    #[must_use]
    pub fn removable(self, href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { remove: Some((href.into(), label.into())), ..self }
    }

    fn render(&self) -> Html {
        let name = match &self.href {
            Some(href) => el("a").attr("href", href).text(&self.label),
            None => el("span").text(&self.label),
        };
        let cross = self.remove.as_ref().map(|(href, label)| {
            el("a")
                .class("tag-remove")
                .attr("href", href)
                .attr("title", label)
                .add(Icon::Cross)
                .add(el("span").class("sr").text(label))
        });
        el("span").class("tag").add(name).maybe(cross).html()
    }
}

/// Keys to press: `kbd(&["Ctrl", "K"])`.
pub fn kbd(keys: &[&str]) -> Html {
    el("span").class("keys").each(keys.iter().map(|key| el("kbd").text(key))).html()
}

component!(Badge, Tag);
