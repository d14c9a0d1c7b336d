//! Markup that is already safe, and the small builder that makes it.
//!
//! Components never paste text into markup: they build elements with [`el`], which escapes every attribute and every text.
//! [`Html`] is therefore the proof that escaping has happened; the only doors around it are [`Html::raw`] and nothing else.

use std::fmt::{self, Display, Write as _};

/// Finished, safe markup. In a template `{{ value }}` prints it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Takes markup that our own code produced (a rendered template, an SVG of [`crate::charts`]). Never pass a person's input.
    pub fn raw(markup: impl Into<String>) -> Self {
        Self(markup.into())
    }

    /// Escaped text.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self(escape(text.as_ref()))
    }

    /// Nothing.
    pub const fn empty() -> Self {
        Self(String::new())
    }

    /// True when there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The markup, without a copy.
    pub fn into_string(self) -> String {
        self.0
    }

    /// All parts, one after the other.
    pub fn join<I>(parts: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<Html>,
    {
        Self(parts.into_iter().fold(String::new(), |mut all, part| {
            all.push_str(&part.into().0);
            all
        }))
    }
}

impl Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// Escapes `& < > " '`, enough for text and for a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// An element in the making; see [`el`].
#[derive(Clone, Debug)]
#[must_use = "an element does nothing until it is turned into Html"]
pub struct El {
    tag: &'static str,
    attributes: String,
    inner: String,
}

/// Starts an element: `el("a").class("link").attr("href", url).text(label)`.
pub fn el(tag: &'static str) -> El {
    El { tag, attributes: String::new(), inner: String::new() }
}

/// Elements that have no content and no end tag.
const VOID: [&str; 8] = ["br", "hr", "img", "input", "link", "meta", "col", "wbr"];

impl El {
    /// Adds an attribute, escaped. An address that would run a script (`javascript:`, `data:`, `vbscript:`) becomes `#`,
    /// so a link typed by a person cannot carry one.
    pub fn attr(mut self, name: &str, value: impl AsRef<str>) -> Self {
        let value = value.as_ref();
        let value = if matches!(name, "href" | "src" | "action" | "formaction") && runs_a_script(value) { "#" } else { value };
        // Writing into a String cannot fail.
        let _ = write!(self.attributes, " {name}=\"{}\"", escape(value));
        self
    }

    /// Adds an attribute when there is a value.
    pub fn opt(self, name: &str, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Adds an attribute without value (`required`, `hidden`) when `on`.
    pub fn flag(mut self, name: &str, on: bool) -> Self {
        if on {
            self.attributes.push(' ');
            self.attributes.push_str(name);
        }
        self
    }

    /// Adds the class attribute. Use once.
    pub fn class(self, classes: impl AsRef<str>) -> Self {
        self.attr("class", classes)
    }

    /// Adds many attributes.
    pub fn attrs<'a>(self, attributes: impl IntoIterator<Item = &'a (String, String)>) -> Self {
        attributes.into_iter().fold(self, |element, (name, value)| element.attr(name, value))
    }

    /// Adds escaped text.
    pub fn text(mut self, text: impl AsRef<str>) -> Self {
        self.inner.push_str(&escape(text.as_ref()));
        self
    }

    /// Adds finished markup.
    #[allow(clippy::should_implement_trait, reason = "el(\"p\").add(x) reads as what it does; nobody adds elements with +")]
    pub fn add(mut self, part: impl Into<Html>) -> Self {
        self.inner.push_str(&part.into().0);
        self
    }

    /// Adds finished markup when there is some.
    pub fn maybe(self, part: Option<impl Into<Html>>) -> Self {
        match part {
            Some(part) => self.add(part),
            None => self,
        }
    }

    /// Adds every part.
    pub fn each<I>(self, parts: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<Html>,
    {
        parts.into_iter().fold(self, El::add)
    }

    /// The finished element.
    pub fn html(self) -> Html {
        self.into()
    }
}

impl From<El> for Html {
    fn from(element: El) -> Self {
        let El { tag, attributes, inner } = element;
        if VOID.contains(&tag) {
            Html(format!("<{tag}{attributes}>"))
        } else {
            Html(format!("<{tag}{attributes}>{inner}</{tag}>"))
        }
    }
}

fn runs_a_script(address: &str) -> bool {
    // Browsers ignore spaces and control characters before and inside the scheme.
    let scheme: String =
        address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(11).collect::<String>().to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:"].iter().any(|bad| scheme.starts_with(bad))
}

/// A component prints in templates (`{{ button }}`) and goes wherever [`Html`] goes.
macro_rules! component {
    ($($name:ty),+ $(,)?) => {$(
        impl From<$name> for $crate::html::Html {
            fn from(component: $name) -> Self {
                component.render()
            }
        }
        impl From<&$name> for $crate::html::Html {
            fn from(component: &$name) -> Self {
                component.render()
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.render().as_str())
            }
        }
        impl askama::filters::HtmlSafe for $name {}
    )+};
}
pub(crate) use component;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped() {
        let link = el("a").attr("title", "\"><script>").text("<b>&'").html();
        assert_eq!(link.as_str(), "<a title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;</a>");
    }

    #[test]
    fn addresses_that_run_scripts_are_disarmed() {
        for bad in ["javascript:alert(1)", " JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x"] {
            assert_eq!(el("a").attr("href", bad).html().as_str(), "<a href=\"#\"></a>", "{bad}");
        }
        assert_eq!(el("a").attr("href", "/assets?q=data:1").html().as_str(), "<a href=\"/assets?q=data:1\"></a>");
    }

    #[test]
    fn void_elements_have_no_end_tag() {
        assert_eq!(el("input").flag("required", true).flag("disabled", false).html().as_str(), "<input required>");
    }
}
