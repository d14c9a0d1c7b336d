//! Narrowing a list, and acting on many rows.

use mamori_kernel::lang::Lang;

use super::{Button, Tag};
use crate::{
    html::{Html, component, el},
    icon::Icon,
};

/// The filter of a list: a plain GET form that sends itself when something changes.
#[derive(Clone, Debug)]
pub struct FilterBar {
    lang: Lang,
    action: String,
    target: Option<String>,
    search: Option<(String, String, String)>,
    controls: Vec<Html>,
    kept: Vec<(String, String)>,
    chips: Vec<Tag>,
    clear: Option<String>,
    end: Html,
}

impl FilterBar {
    /// A filter that reads `action`.
    pub fn new(lang: Lang, action: impl Into<String>) -> Self {
        Self {
            lang,
            action: action.into(),
            target: None,
            search: None,
            controls: Vec::new(),
            kept: Vec::new(),
            chips: Vec::new(),
            clear: None,
            end: Html::empty(),
        }
    }

    /// Replaces only the inside of the element with this CSS selector instead of the whole page: `#content`, the content of the page
    /// including this filter (its conditions change too). The swap keeps the cursor in the search box.
    #[must_use]
    pub fn target(self, selector: impl Into<String>) -> Self {
        Self { target: Some(selector.into()), ..self }
    }

    /// The search box: field name, value, placeholder (also its label).
    #[must_use]
    pub fn search(self, name: impl Into<String>, value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { search: Some((name.into(), value.into(), label.into())), ..self }
    }

    /// A select: field name, label, `(value, label)` choices, the chosen value. The empty choice is the label itself.
    #[must_use]
    pub fn select<'a>(
        mut self,
        name: &str,
        label: &str,
        choices: impl IntoIterator<Item = (&'a str, &'a str)>,
        chosen: &str,
    ) -> Self {
        let first = el("option").attr("value", "").text(label);
        let rest = choices
            .into_iter()
            .map(|(value, text)| el("option").attr("value", value).flag("selected", value == chosen).text(text));
        let class = if chosen.is_empty() { "input" } else { "input input-set" };
        self.controls.push(el("select").class(class).attr("name", name).attr("aria-label", label).add(first).each(rest).html());
        self
    }

    /// Any other control.
    #[must_use]
    pub fn control(mut self, control: impl Into<Html>) -> Self {
        self.controls.push(control.into());
        self
    }

    /// A parameter of the address that must survive filtering (sort order, view).
    #[must_use]
    pub fn keep(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.kept.push((name.into(), value.into()));
        self
    }

    /// A condition in force, with the address of the list without it.
    #[must_use]
    pub fn chip(mut self, label: impl Into<String>, without: impl Into<String>) -> Self {
        let label = label.into();
        let sentence = match self.lang {
            Lang::Ja => format!("条件「{label}」を外す"),
            Lang::En => format!("Remove the condition “{label}”"),
        };
        self.chips.push(Tag::new(label).removable(without, sentence));
        self
    }

    /// The address of the list without any condition.
    #[must_use]
    pub fn clear(self, href: impl Into<String>) -> Self {
        Self { clear: Some(href.into()), ..self }
    }

    /// Saved views, columns, export: at the right end.
    #[must_use]
    pub fn end(self, end: impl Into<Html>) -> Self {
        Self { end: end.into(), ..self }
    }

    fn render(&self) -> Html {
        let (apply, clear_word) = match self.lang {
            Lang::Ja => ("絞り込む", "条件をすべて外す"),
            Lang::En => ("Filter", "Clear all"),
        };
        let search = self.search.as_ref().map(|(name, value, label)| {
            el("span").class("search-box").add(Icon::Search).add(
                el("input")
                    .class("input")
                    .attr("type", "search")
                    .attr("id", format!("filter-{name}"))
                    .attr("name", name)
                    .attr("value", value)
                    .attr("placeholder", label)
                    .attr("aria-label", label)
                    .attr("data-list-search", "")
                    .attr("autocomplete", "off"),
            )
        });
        let kept =
            self.kept.iter().map(|(name, value)| el("input").attr("type", "hidden").attr("name", name).attr("value", value));
        let mut form = el("form")
            .class("filter")
            .attr("method", "get")
            .attr("action", &self.action)
            .attr("role", "search")
            .attr("data-auto-submit", "");
        if let Some(target) = &self.target {
            form = form
                .attr("hx-get", &self.action)
                .attr("hx-target", target)
                .attr("hx-swap", "innerMorph")
                .attr("hx-push-url", "true");
        }
        let form = form
            .each(kept)
            .maybe(search)
            .each(self.controls.clone())
            .add(el("button").class("btn no-js-only").attr("type", "submit").text(apply))
            .add(el("span").class("filter-end").add(self.end.clone()));
        let chips = (!self.chips.is_empty()).then(|| {
            el("div")
                .class("chips")
                .each(&self.chips)
                .maybe(self.clear.as_ref().map(|href| el("a").attr("href", href).text(clear_word)))
        });
        Html::join([form.html(), chips.map(Html::from).unwrap_or_default()])
    }
}

/// What can be done with the rows that are ticked. It belongs to the form `form_id` around the table and appears with the first tick;
/// without scripts it is always there.
#[derive(Clone, Debug)]
pub struct BulkBar {
    lang: Lang,
    actions: Vec<Html>,
}

impl BulkBar {
    /// An empty bar.
    pub fn new(lang: Lang) -> Self {
        Self { lang, actions: Vec::new() }
    }

    /// A submit button with its own `formaction`, or a select.
    #[must_use]
    pub fn action(mut self, action: impl Into<Html>) -> Self {
        self.actions.push(action.into());
        self
    }

    fn render(&self) -> Html {
        let (selected, clear) = match self.lang {
            Lang::Ja => ("{n} 件を選択中", "選択を解除"),
            Lang::En => ("{n} selected", "Clear selection"),
        };
        el("div")
            .class("bulk")
            .attr("data-bulk", selected)
            .add(el("output").class("bulk-count js-only"))
            .each(self.actions.clone())
            .add(Html::from(Button::plain(clear).quiet().small().attr("data-select-none", "")))
            .html()
    }
}

component!(FilterBar, BulkBar);
