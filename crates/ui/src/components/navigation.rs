//! Breadcrumbs and tabs.

use mamori_kernel::lang::Lang;

use crate::html::{Html, component, el};

/// One place above the page.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// Its name.
    pub label: String,
    /// Its address; the page itself has none.
    pub href: Option<String>,
}

impl Crumb {
    /// A place with an address.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: Some(href.into()) }
    }

    /// The page itself.
    pub fn here(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }
}

/// The way from the top to here.
#[derive(Clone, Debug)]
pub struct Breadcrumbs {
    lang: Lang,
    crumbs: Vec<Crumb>,
}

impl Breadcrumbs {
    /// From the top down.
    pub fn new(lang: Lang, crumbs: Vec<Crumb>) -> Self {
        Self { lang, crumbs }
    }

    fn render(&self) -> Html {
        if self.crumbs.is_empty() {
            return Html::empty();
        }
        let label = match self.lang {
            Lang::Ja => "現在位置",
            Lang::En => "You are here",
        };
        let items = self.crumbs.iter().map(|crumb| match &crumb.href {
            Some(href) => el("li").add(el("a").attr("href", href).text(&crumb.label)),
            None => el("li").add(el("span").attr("aria-current", "page").text(&crumb.label)),
        });
        el("nav").class("crumbs").attr("aria-label", label).add(el("ol").each(items)).html()
    }
}

/// One tab: a page of its own.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether it is shown now.
    pub active: bool,
    /// How many things are in it.
    pub count: Option<u64>,
}

impl Tab {
    /// A tab.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), active: false, count: None }
    }

    /// The one shown now.
    #[must_use]
    pub fn active(self, active: bool) -> Self {
        Self { active, ..self }
    }

    /// With a number.
    #[must_use]
    pub fn count(self, count: u64) -> Self {
        Self { count: Some(count), ..self }
    }
}

/// Views of one thing. They are links, so each has an address and the back button works.
#[derive(Clone, Debug)]
pub struct Tabs {
    label: String,
    tabs: Vec<Tab>,
}

impl Tabs {
    /// `label` names the group for screen readers.
    pub fn new(label: impl Into<String>, tabs: Vec<Tab>) -> Self {
        Self { label: label.into(), tabs }
    }

    fn render(&self) -> Html {
        let items = self.tabs.iter().map(|tab| {
            el("li").add(
                el("a")
                    .attr("href", &tab.href)
                    .opt("aria-current", tab.active.then_some("page"))
                    .text(&tab.label)
                    .maybe(tab.count.map(|count| el("span").class("count").text(count.to_string()))),
            )
        });
        el("nav").class("tabs").attr("aria-label", &self.label).add(el("ul").each(items)).html()
    }
}

component!(Breadcrumbs, Tabs);
