//! The facts of one record, name by name.

use mamori_kernel::lang::Lang;

use crate::html::{Html, component, el};

/// A description list. An empty value is shown as a dash with the words "未入力", never as a hole.
#[derive(Clone, Debug)]
pub struct Definitions {
    lang: Lang,
    rows: Vec<(String, Html)>,
    columns: bool,
}

impl Definitions {
    /// An empty list.
    pub fn new(lang: Lang) -> Self {
        Self { lang, rows: Vec::new(), columns: false }
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, name: impl Into<String>, value: impl AsRef<str>) -> Self {
        self.html(name, Html::text(value))
    }

    /// Adds markup (a badge, a link, a reckoning).
    #[must_use]
    pub fn html(mut self, name: impl Into<String>, value: impl Into<Html>) -> Self {
        self.rows.push((name.into(), value.into()));
        self
    }

    /// Two columns where there is room.
    #[must_use]
    pub fn columns(self) -> Self {
        Self { columns: true, ..self }
    }

    fn render(&self) -> Html {
        let blank = match self.lang {
            Lang::Ja => "未入力",
            Lang::En => "Not entered",
        };
        let rows = self.rows.iter().map(|(name, value)| {
            let value = if value.is_empty() { el("span").class("muted").text(blank).html() } else { value.clone() };
            el("div").add(el("dt").text(name)).add(el("dd").add(value))
        });
        el("dl").class(if self.columns { "facts facts-columns" } else { "facts" }).each(rows).html()
    }
}

component!(Definitions);
