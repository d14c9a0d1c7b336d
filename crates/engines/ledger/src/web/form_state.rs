//! A form on its way back to the reader: what was typed, what is wrong with it. Passwords are never put back.

use axum::http::StatusCode;
use mamori_kernel::error::Error;
use mamori_kernel::lang::Lang;

use mamori_ui::components::{Alert, Choice, Control, Field, error_summary};
use mamori_ui::html::{El, Html, el};
use mamori_ui::tone::Tone;

use super::{Ctx, Failure, Form};

/// Values and errors of one form.
pub struct FormState {
    lang: Lang,
    values: Form,
    error: Option<Error>,
}

impl FormState {
    /// A form with these values.
    pub fn new(ctx: &Ctx, values: Form) -> FormState {
        FormState { lang: ctx.lang, values, error: None }
    }

    /// A form that was refused. Faults of the machine are not the form's business and pass on.
    ///
    /// # Errors
    /// What does not belong on the form.
    pub fn refused(ctx: &Ctx, values: Form, error: Error) -> Result<FormState, Failure> {
        match error {
            Error::Invalid(_) | Error::Refused(_) | Error::TooMany(_) => {
                Ok(FormState { lang: ctx.lang, values, error: Some(error) })
            }
            other => Err(Failure(other)),
        }
    }

    /// The value of a field.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name)
    }

    /// The HTTP status of the page.
    pub fn status(&self) -> StatusCode {
        let code = self.error.as_ref().map_or(200, Error::status);
        StatusCode::from_u16(code).unwrap_or(StatusCode::OK)
    }

    /// What is wrong with a field.
    pub fn wrong(&self, name: &str) -> Option<String> {
        match &self.error {
            Some(Error::Invalid(fields)) => {
                fields.iter().find(|field| field.field == name).map(|field| field.message.get(self.lang).to_owned())
            }
            _ => None,
        }
    }

    /// The list of what is wrong, for the top of the form; `labels` are pairs of field and label.
    pub fn head(&self, labels: &[(&str, String)]) -> Html {
        match &self.error {
            None => Html::empty(),
            Some(Error::Invalid(fields)) => {
                let label = |code: &str| {
                    labels.iter().find(|(name, _)| *name == code).map_or_else(String::new, |(_, label)| label.clone())
                };
                let lines: Vec<_> = fields
                    .iter()
                    .map(|field| (field.field.clone(), label(&field.field), field.message.get(self.lang).to_owned()))
                    .collect();
                error_summary(self.lang, &lines)
            }
            Some(other) => Alert::new(Tone::Danger, other.words().get(self.lang)).into(),
        }
    }

    /// One line of text.
    pub fn text(&self, name: &str, label: String) -> Field {
        Field::text(self.lang, name, label, self.value(name)).error(self.wrong(name))
    }

    /// A mail address.
    pub fn email(&self, name: &str, label: String) -> Field {
        let control = Control::Text { value: self.value(name).to_owned(), kind: "email" };
        Field::new(self.lang, name, label, control).error(self.wrong(name)).attr("autocomplete", "email")
    }

    /// A password; `kind` is `current-password` or `new-password`, for the browser's own store.
    pub fn password(&self, name: &str, label: String, kind: &str) -> Field {
        let control = Control::Text { value: String::new(), kind: "password" };
        Field::new(self.lang, name, label, control).required(true).error(self.wrong(name)).attr("autocomplete", kind)
    }

    /// One of several.
    pub fn select(&self, name: &str, label: String, choices: Vec<Choice>, blank: Option<String>) -> Field {
        let control = Control::Select { value: self.value(name).to_owned(), choices, blank };
        Field::new(self.lang, name, label, control).error(self.wrong(name))
    }

    /// One of few, each with its meaning.
    pub fn radios(&self, name: &str, label: String, choices: Vec<Choice>) -> Field {
        let control = Control::Radios { value: self.value(name).to_owned(), choices };
        Field::new(self.lang, name, label, control).error(self.wrong(name))
    }

    /// Any of several.
    pub fn checks(&self, name: &str, label: String, choices: Vec<Choice>) -> Field {
        let values = self.values.all(name).map(str::to_owned).collect();
        Field::new(self.lang, name, label, Control::Checks { values, choices }).error(self.wrong(name))
    }

    /// A whole number.
    pub fn number(&self, name: &str, label: String, unit: Option<String>, min: i64, max: i64) -> Field {
        let control = Control::Number { value: self.value(name).to_owned(), unit, min: Some(min), max: Some(max) };
        Field::new(self.lang, name, label, control).error(self.wrong(name))
    }
}

/// The `<form>` element of a page, sent by POST.
pub fn post(action: &str) -> El {
    el("form").class("form").attr("method", "post").attr("action", action)
}

/// A value that the form carries without showing it.
pub fn hidden(name: &str, value: &str) -> El {
    el("input").attr("type", "hidden").attr("name", name).attr("value", value)
}

/// Both languages of the product to choose from, each in its own words.
pub fn languages() -> Vec<Choice> {
    vec![Choice::new("ja", "日本語"), Choice::new("en", "English")]
}
