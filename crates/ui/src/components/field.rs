//! Form fields: label, required mark, help, control and error, tied together for screen readers.

use mamori_kernel::lang::Lang;

use super::Choice;
use crate::{
    html::{El, Html, component, el},
    tone::Tone,
};

/// How a value is entered. Values are as typed, so that a wrong one comes back unchanged with its error.
#[derive(Clone, Debug)]
pub enum Control {
    /// One line. `kind` is the HTML type: text, email, tel, url, password.
    Text {
        /** Value. */
        value: String,
        /** HTML type. */
        kind: &'static str,
    },
    /// Several lines.
    Area {
        /** Value. */
        value: String,
        /** Visible lines. */
        rows: u8,
    },
    /// One of few to many; `blank` is the word of the empty choice, none when there must be a choice.
    Select {
        /** Value. */
        value: String,
        /** What can be chosen. */
        choices: Vec<Choice>,
        /** Word of the empty choice. */
        blank: Option<String>,
    },
    /// One of very many, found by typing; free text is sent too and the server says what it did not know.
    Combobox {
        /** Value. */
        value: String,
        /** What is offered. */
        choices: Vec<Choice>,
    },
    /// One of few, each with its meaning.
    Radios {
        /** Value. */
        value: String,
        /** What can be chosen. */
        choices: Vec<Choice>,
    },
    /// Any of several.
    Checks {
        /** Values. */
        values: Vec<String>,
        /** What can be chosen. */
        choices: Vec<Choice>,
    },
    /// Yes or no; sends `true`.
    Check {
        /** Ticked. */
        checked: bool,
    },
    /// A day, `2026-04-01`.
    Date {
        /** Value. */
        value: String,
    },
    /// A number with a unit after it.
    Number {
        /** Value. */
        value: String,
        /** 件, 人, %. */
        unit: Option<String>,
        /** Smallest. */
        min: Option<i64>,
        /** Largest. */
        max: Option<i64>,
    },
    /// Money in whole yen.
    Yen {
        /** Value. */
        value: String,
    },
    /// A file, with a place to drop it; `accept` as in HTML (`.xlsx,.csv`).
    File {
        /** Accepted kinds. */
        accept: String,
        /** More than one. */
        multiple: bool,
    },
    /// Not for typing: a computed or locked value.
    Shown(/** What is shown. */ Html),
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    lang: Lang,
    name: String,
    label: String,
    control: Control,
    prefix: String,
    help: Option<Html>,
    error: Option<String>,
    required: bool,
    attributes: Vec<(String, String)>,
}

impl Field {
    /// `name` is what the form sends.
    pub fn new(lang: Lang, name: impl Into<String>, label: impl Into<String>, control: Control) -> Self {
        Self {
            lang,
            name: name.into(),
            label: label.into(),
            control,
            prefix: "f".into(),
            help: None,
            error: None,
            required: false,
            attributes: Vec::new(),
        }
    }

    /// One line of text.
    pub fn text(lang: Lang, name: impl Into<String>, label: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(lang, name, label, Control::Text { value: value.into(), kind: "text" })
    }

    /// Marks it as needed.
    #[must_use]
    pub fn required(self, required: bool) -> Self {
        Self { required, ..self }
    }

    /// What to enter and why, in one sentence.
    #[must_use]
    pub fn help(self, help: impl AsRef<str>) -> Self {
        self.help_html(Html::text(help))
    }

    /// Help with a link in it.
    #[must_use]
    pub fn help_html(self, help: impl Into<Html>) -> Self {
        Self { help: Some(help.into()).filter(|help| !help.is_empty()), ..self }
    }

    /// What is wrong with the value and how to put it right.
    #[must_use]
    pub fn error(self, error: Option<impl Into<String>>) -> Self {
        Self { error: error.map(Into::into), ..self }
    }

    /// Prefix of the ids, when two forms on a page have the same field.
    #[must_use]
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), ..self }
    }

    /// A further attribute of the control (`autocomplete`, `maxlength`, `placeholder`, `autofocus`).
    #[must_use]
    pub fn attr(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.push((name.into(), value.into()));
        self
    }

    fn id(&self) -> String {
        format!("{}-{}", self.prefix, self.name)
    }

    fn render(&self) -> Html {
        let id = self.id();
        let help = self.help.as_ref().map(|help| el("p").class("field-help").attr("id", format!("{id}-help")).add(help.clone()));
        let error = self.error.as_ref().map(|error| el("p").class("field-error").attr("id", format!("{id}-error")).text(error));
        let class = if self.error.is_some() { "field field-wrong" } else { "field" };
        let grouped = matches!(self.control, Control::Radios { .. } | Control::Checks { .. });
        let name = [Html::text(&self.label), self.mark()];
        if grouped {
            el("fieldset")
                .class(class)
                .attr("id", &id)
                .opt("aria-describedby", self.described_by())
                .add(el("legend").class("field-label").each(name))
                .maybe(help)
                .maybe(error)
                .add(self.control())
                .html()
        } else if matches!(self.control, Control::Check { .. }) {
            el("div")
                .class(class)
                .add(el("label").class("check").add(self.control()).add(el("span").each(name)))
                .maybe(help)
                .maybe(error)
                .html()
        } else {
            let label = if matches!(self.control, Control::Shown(_)) {
                el("span").class("field-label").each(name)
            } else {
                el("label").class("field-label").attr("for", &id).each(name)
            };
            el("div").class(class).add(label).maybe(help).maybe(error).add(self.control()).html()
        }
    }

    fn mark(&self) -> Html {
        match (self.required, self.lang) {
            (false, _) => Html::empty(),
            (true, Lang::Ja) => el("span").class("required").text("必須").html(),
            (true, Lang::En) => el("span").class("required").text("Required").html(),
        }
    }

    fn described_by(&self) -> Option<String> {
        let id = self.id();
        match (self.help.is_some(), self.error.is_some()) {
            (true, true) => Some(format!("{id}-help {id}-error")),
            (true, false) => Some(format!("{id}-help")),
            (false, true) => Some(format!("{id}-error")),
            (false, false) => None,
        }
    }

    /// What every single control carries.
    fn base(&self, tag: &'static str, class: &str) -> El {
        el(tag)
            .class(class)
            .attr("id", self.id())
            .attr("name", &self.name)
            .flag("required", self.required)
            .opt("aria-invalid", self.error.as_ref().map(|_| "true"))
            .opt("aria-describedby", self.described_by())
            .attrs(&self.attributes)
    }

    fn control(&self) -> Html {
        match &self.control {
            Control::Text { value, kind } => self.base("input", "input").attr("type", kind).attr("value", value).html(),
            Control::Area { value, rows } => {
                self.base("textarea", "input").attr("rows", rows.to_string()).text(format!("\n{value}")).html()
            }
            Control::Select { value, choices, blank } => {
                let first = blank.as_ref().map(|word| el("option").attr("value", "").text(word));
                self.base("select", "input").maybe(first).each(options(choices, value)).html()
            }
            Control::Combobox { value, choices } => {
                let list = format!("{}-list", self.id());
                let input = self
                    .base("input", "input input-combo")
                    .attr("type", "text")
                    .attr("value", value)
                    .attr("list", &list)
                    .attr("autocomplete", "off");
                let offers = choices.iter().map(|choice| el("option").attr("value", &choice.value).text(&choice.label));
                Html::join([input.html(), el("datalist").attr("id", &list).each(offers).html()])
            }
            Control::Radios { value, choices } => self.ticks("radio", choices, |choice| choice == value),
            Control::Checks { values, choices } => {
                self.ticks("checkbox", choices, |choice| values.iter().any(|value| value == choice))
            }
            Control::Check { checked } => {
                self.base("input", "tick-box").attr("type", "checkbox").attr("value", "true").flag("checked", *checked).html()
            }
            Control::Date { value } => {
                self.base("input", "input input-short").attr("type", "date").attr("max", "9999-12-31").attr("value", value).html()
            }
            Control::Number { value, unit, min, max } => {
                // Not type=number: it swallows full-width digits without a word and changes with the mouse wheel. The server reads both.
                let input = self
                    .base("input", "input input-short num")
                    .attr("type", "text")
                    .attr("inputmode", "decimal")
                    .attr("value", value);
                let input = input.opt("data-min", min.map(|n| n.to_string())).opt("data-max", max.map(|n| n.to_string()));
                el("span").class("affix").add(input).maybe(unit.as_ref().map(|unit| el("span").text(unit))).html()
            }
            Control::Yen { value } => {
                let unit = match self.lang {
                    Lang::Ja => "円",
                    Lang::En => "JPY",
                };
                let input = self
                    .base("input", "input input-short num")
                    .attr("type", "text")
                    .attr("inputmode", "numeric")
                    .attr("value", value);
                el("span").class("affix").add(input).add(el("span").text(unit)).html()
            }
            Control::File { accept, multiple } => {
                let word = match self.lang {
                    Lang::Ja => "ここにファイルを置くか、選んでください。",
                    Lang::En => "Drop a file here, or choose one.",
                };
                let input = self
                    .base("input", "drop-input")
                    .attr("type", "file")
                    .opt("accept", Some(accept).filter(|kinds| !kinds.is_empty()));
                el("div")
                    .class("drop")
                    .attr("data-drop", "")
                    .add(crate::icon::Icon::Upload)
                    .add(el("span").class("drop-word").text(word))
                    .add(input.flag("multiple", *multiple))
                    .html()
            }
            Control::Shown(value) => el("div").class("shown").attr("id", self.id()).add(value.clone()).html(),
        }
    }

    fn ticks(&self, kind: &str, choices: &[Choice], on: impl Fn(&str) -> bool) -> Html {
        let items = choices.iter().enumerate().map(|(index, choice)| {
            let input = el("input")
                .class("tick-box")
                .attr("type", kind)
                .attr("name", &self.name)
                .attr("value", &choice.value)
                // A box among several cannot be "required" by itself; the server checks that.
                .flag("required", self.required && kind == "radio")
                .flag("checked", on(&choice.value))
                .opt("aria-invalid", self.error.as_ref().map(|_| "true"))
                .opt("aria-describedby", choice.meaning.as_ref().map(|_| format!("{}-{index}", self.id())));
            let dot = (choice.tone != Tone::Neutral)
                .then(|| el("span").class(format!("dot ink-{}", choice.tone.name())).attr("aria-hidden", "true"));
            let meaning = choice
                .meaning
                .as_ref()
                .map(|meaning| el("span").class("choice-meaning").attr("id", format!("{}-{index}", self.id())).text(meaning));
            el("div")
                .class("choice")
                .add(el("label").class("check").add(input).add(el("span").maybe(dot).text(&choice.label)))
                .maybe(meaning)
        });
        el("div").class("choices").each(items).html()
    }
}

fn options<'a>(choices: &'a [Choice], value: &'a str) -> impl Iterator<Item = El> + 'a {
    choices.iter().map(move |choice| {
        el("option")
            .attr("value", &choice.value)
            .opt("title", choice.meaning.as_ref())
            .flag("selected", choice.value == value)
            .text(&choice.label)
    })
}

component!(Field);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_field_is_tied_to_its_error_and_help() {
        let html =
            Field::text(Lang::Ja, "name", "名称", "<x>").required(true).help("略さずに").error(Some("空欄です")).to_string();
        assert!(html.contains("<label class=\"field-label\" for=\"f-name\">名称<span class=\"required\">必須</span></label>"));
        assert!(html.contains("aria-invalid=\"true\" aria-describedby=\"f-name-help f-name-error\""));
        assert!(html.contains("value=\"&lt;x&gt;\""));
    }

    #[test]
    fn the_meaning_stands_beside_the_choice() {
        let choices = vec![Choice::new("2", "高い").meaning("取引停止に至る"), Choice::new("0", "低い")];
        let html = Field::new(Lang::Ja, "c", "機密性", Control::Radios { value: "2".into(), choices }).to_string();
        assert!(html.contains("checked aria-describedby=\"f-c-0\""));
        assert!(html.contains("<span class=\"choice-meaning\" id=\"f-c-0\">取引停止に至る</span>"));
    }

    #[test]
    fn a_leading_line_break_of_a_textarea_survives() {
        let html = Field::new(Lang::En, "t", "Text", Control::Area { value: "\nx".into(), rows: 3 }).to_string();
        assert!(html.contains(">\n\nx</textarea>"));
    }
}
