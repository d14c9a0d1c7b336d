//! What surrounds the fields of a form: what can be chosen, what is wrong, what to press.

use mamori_kernel::lang::Lang;

use super::Alert;
use crate::{
    html::{Html, el},
    tone::Tone,
};

/// Something to choose, with its meaning where it is chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub label: String,
    /// What it means: "漏えいすると取引停止や損害賠償に至る".
    pub meaning: Option<String>,
    /// Its colour in badges; shown as a dot.
    pub tone: Tone,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), meaning: None, tone: Tone::Neutral }
    }

    /// With its meaning.
    #[must_use]
    pub fn meaning(self, meaning: impl Into<String>) -> Self {
        Self { meaning: Some(meaning.into()), ..self }
    }

    /// With its colour.
    #[must_use]
    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }
}

/// The list of everything wrong with a form, at its top: `(field name, label, error)`. Each line leads to its field.
pub fn error_summary(lang: Lang, errors: &[(String, String, String)]) -> Html {
    if errors.is_empty() {
        return Html::empty();
    }
    let title = match lang {
        Lang::Ja => format!("保存できませんでした。{}か所を直してください。", errors.len()),
        Lang::En if errors.len() == 1 => "Not saved. One entry needs to be corrected.".to_owned(),
        Lang::En => format!("Not saved. {} entries need to be corrected.", errors.len()),
    };
    let lines = errors
        .iter()
        .map(|(name, label, error)| el("li").add(el("a").attr("href", format!("#f-{name}")).text(format!("{label}: {error}"))));
    Alert::new(Tone::Danger, title).body(el("ul").each(lines)).into()
}

/// The foot of a form: its buttons, kept in sight while the form is long.
pub fn form_actions(buttons: impl IntoIterator<Item = impl Into<Html>>) -> Html {
    el("div").class("form-actions").each(buttons).html()
}
