//! Buttons and links that look like buttons.

use crate::{
    html::{Html, component, el},
    icon::Icon,
};

/// How loud an action is. One primary action a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here.
    Primary,
    /// Other things one can do.
    #[default]
    Secondary,
    /// Actions inside rows and toolbars.
    Quiet,
    /// Destroys or retires something.
    Danger,
}

/// A button, or a link in the shape of one. What changes data is a button in a form; what leads somewhere is a link.
#[derive(Clone, Debug)]
pub struct Button {
    label: String,
    kind: ButtonKind,
    href: Option<String>,
    submits: bool,
    icon: Option<Icon>,
    icon_only: bool,
    small: bool,
    refusal: Option<String>,
    attributes: Vec<(String, String)>,
}

impl Button {
    fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            kind: ButtonKind::default(),
            href: None,
            submits: false,
            icon: None,
            icon_only: false,
            small: false,
            refusal: None,
            attributes: Vec::new(),
        }
    }

    /// A button that sends its form.
    pub fn submit(label: impl Into<String>) -> Self {
        Self { submits: true, ..Self::new(label) }.primary()
    }

    /// A button for a script or for the browser itself (`popovertarget`, `data-dialog-open`, `data-print`).
    pub fn plain(label: impl Into<String>) -> Self {
        Self::new(label)
    }

    /// A link that looks like a button.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..Self::new(label) }
    }

    /// Sets the loudness.
    #[must_use]
    pub fn kind(self, kind: ButtonKind) -> Self {
        Self { kind, ..self }
    }

    /// The one main action.
    #[must_use]
    pub fn primary(self) -> Self {
        self.kind(ButtonKind::Primary)
    }

    /// An ordinary action.
    #[must_use]
    pub fn secondary(self) -> Self {
        self.kind(ButtonKind::Secondary)
    }

    /// An action that stays in the background.
    #[must_use]
    pub fn quiet(self) -> Self {
        self.kind(ButtonKind::Quiet)
    }

    /// An action that destroys or retires.
    #[must_use]
    pub fn danger(self) -> Self {
        self.kind(ButtonKind::Danger)
    }

    /// Smaller, for rows of a table.
    #[must_use]
    pub fn small(self) -> Self {
        Self { small: true, ..self }
    }

    /// An icon before the label.
    #[must_use]
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// Only the icon is seen; the label is read aloud and shown as a tip.
    #[must_use]
    pub fn icon_only(self, icon: Icon) -> Self {
        Self { icon: Some(icon), icon_only: true, ..self }
    }

    /// Shown, but not usable, with the reason as a tip: people should learn why they cannot.
    #[must_use]
    pub fn refused(self, reason: impl Into<String>) -> Self {
        Self { refusal: Some(reason.into()), ..self }
    }

    /// Any further attribute (`name`, `value`, `formaction`, `hx-post` …).
    #[must_use]
    pub fn attr(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.push((name.into(), value.into()));
        self
    }

    fn render(&self) -> Html {
        let mut classes = String::from(match self.kind {
            ButtonKind::Primary => "btn btn-primary",
            ButtonKind::Secondary => "btn",
            ButtonKind::Quiet => "btn btn-quiet",
            ButtonKind::Danger => "btn btn-danger",
        });
        if self.small {
            classes.push_str(" btn-small");
        }
        if self.icon_only {
            classes.push_str(" btn-icon");
        }
        let element = match (&self.href, &self.refusal) {
            (Some(href), None) => el("a").class(classes).attr("href", href),
            // A link cannot be disabled: it becomes a button that does nothing and says why.
            (_, Some(reason)) => {
                el("button").class(classes).attr("type", "button").attr("aria-disabled", "true").attr("title", reason)
            }
            (None, None) => el("button").class(classes).attr("type", if self.submits { "submit" } else { "button" }),
        };
        let element = if self.refusal.is_some() { element } else { element.attrs(&self.attributes) };
        let element = if self.icon_only && self.refusal.is_none() { element.attr("title", &self.label) } else { element };
        let label = if self.icon_only { el("span").class("sr").text(&self.label) } else { el("span").text(&self.label) };
        element.maybe(self.icon).add(label).html()
    }
}

/// Actions in a row: the first on the left, `end` pushed to the right.
#[derive(Clone, Debug, Default)]
pub struct Toolbar {
    start: Vec<Html>,
    end: Vec<Html>,
}

impl Toolbar {
    /// An empty toolbar.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds on the left.
    #[must_use]
    pub fn start(mut self, part: impl Into<Html>) -> Self {
        self.start.push(part.into());
        self
    }

    /// Adds on the right.
    #[must_use]
    pub fn end(mut self, part: impl Into<Html>) -> Self {
        self.end.push(part.into());
        self
    }

    fn render(&self) -> Html {
        el("div")
            .class("toolbar")
            .add(el("div").class("cluster").each(self.start.clone()))
            .add(el("div").class("cluster").each(self.end.clone()))
            .html()
    }
}

component!(Button, Toolbar);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_link_says_why_and_leads_nowhere() {
        let html = Button::link("削除", "/x").refused("承認済みの文書は削除できません").to_string();
        assert!(!html.contains("href"));
        assert!(html.contains("aria-disabled=\"true\" title=\"承認済みの文書は削除できません\""));
    }

    #[test]
    fn an_icon_button_keeps_its_name() {
        let html = Button::plain("閉じる").icon_only(Icon::Cross).to_string();
        assert!(html.contains("<span class=\"sr\">閉じる</span>") && html.contains("title=\"閉じる\""));
    }
}
