//! How a value looks in a table and on the detail page.

use mamori_kernel::lang::Lang;
use mamori_kernel::text::truncate_chars;
use mamori_ui::components::{Badge, Reckoning};
use mamori_ui::html::{Html, el};
use mamori_ui::tone::Tone;

use crate::area::Registry;
use crate::def::{FieldDef, Kind};
use crate::query::{Labels, display};
use crate::record::{Record, Value};
use crate::shape::Shape;

/// Rows named in one cell of a list.
const LISTED: usize = 2;

/// A value in a list: short.
pub fn cell(field: &FieldDef, value: &Value, lang: Lang, labels: &Labels) -> Html {
    let shown = display(field, value, lang, labels);
    match (field.kind, value) {
        (_, Value::Null) => Html::empty(),
        (Kind::Choice, Value::Text(code)) => {
            let choice = field.choices.as_ref().and_then(|set| set.find(code));
            match choice {
                Some(choice) if !choice.tone.is_empty() => Badge::new(shown, Tone::from_name(&choice.tone)).into(),
                _ => Html::text(shown),
            }
        }
        (Kind::Bool, Value::Bool(false)) => Html::empty(),
        (Kind::Bool, Value::Bool(true)) => {
            let mark = el("span").attr("aria-hidden", "true").text("✓");
            Html::join([mark.html(), el("span").class("sr").text(shown).html()])
        }
        (Kind::Long, _) => Html::text(truncate_chars(&shown, 60)),
        // A risk on ten assets must not make a row of ten lines.
        (Kind::Refs, Value::List(ids)) if ids.len() > LISTED => {
            let first: Vec<&str> = ids.iter().take(LISTED).map(|id| labels.get(id)).collect();
            let rest = ids.len() - LISTED;
            Html::text(match lang {
                Lang::Ja => format!("{}ほか{rest}件", first.join("、")),
                Lang::En => format!("{} and {rest} more", first.join(", ")),
            })
        }
        _ => Html::text(shown),
    }
}

/// A value on the detail page: whole, with links, and with its reckoning where the program worked it out.
pub fn cell_linked(registry: &Registry, shape: &Shape, field: &FieldDef, record: &Record, lang: Lang, labels: &Labels) -> Html {
    let value = record.get(&field.code);
    let target = field.target.and_then(|target| registry.ledger(target));
    let plain = match (field.kind, value, target) {
        (Kind::Ref, Value::Text(id), Some(def)) => {
            el("a").attr("href", format!("{}/{id}", def.path())).text(labels.get(id)).html()
        }
        (Kind::Refs, Value::List(ids), Some(def)) => {
            Html::join(ids.iter().map(|id| {
                el("span").class("listed").add(el("a").attr("href", format!("{}/{id}", def.path())).text(labels.get(id)))
            }))
        }
        (Kind::Url, Value::Text(url), _) => {
            el("a").attr("href", url).attr("rel", "noopener noreferrer").attr("target", "_blank").text(url).html()
        }
        (Kind::Email, Value::Text(mail), _) => el("a").attr("href", format!("mailto:{mail}")).text(mail).html(),
        (Kind::Long, Value::Text(text), _) => el("div").class("prewrap").text(text).html(),
        (Kind::Bool, Value::Bool(_), _) => Html::text(display(field, value, lang, labels)),
        (Kind::Choice, Value::Text(code), _) => {
            let meaning = field.choices.as_ref().and_then(|set| set.find(code)).map(|choice| choice.meaning.get(lang).to_owned());
            let note =
                meaning.filter(|meaning| !meaning.is_empty()).map(|meaning| el("span").class("choice-meaning").text(meaning));
            el("span").add(cell(field, value, lang, labels)).maybe(note).html()
        }
        _ => cell(field, value, lang, labels),
    };
    let reckoning = shape.def.reckon.filter(|_| !value.is_empty()).and_then(|reckon| reckon(record, &field.code));
    match reckoning {
        Some(steps) => Reckoning::new(lang, plain, &steps).into(),
        None => plain,
    }
}
