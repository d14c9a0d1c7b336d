//! Packs a document for the template: cleaned texts as JSON, pictures as files of their own.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::text::{Cleaner, Unprintable, breakable};
use crate::doc::Document;
use crate::error::RenderError;
use crate::tone::Tone;
use crate::words;

/// A picture as the typesetter sees it.
#[derive(Debug)]
pub(super) struct Picture {
    /// Its virtual path.
    pub path: String,
    /// Its caption or number, for messages.
    pub name: String,
    /// Its source.
    pub svg: Vec<u8>,
}

/// Everything that the template reads.
#[derive(Debug)]
pub(super) struct Parcel {
    /// Virtual files: `/data.json` and the pictures.
    pub files: Vec<(String, Vec<u8>)>,
    /// The pictures again, to explain what is wrong with one.
    pub pictures: Vec<Picture>,
    /// Characters that have no glyph.
    pub missing: BTreeMap<char, Unprintable>,
}

/// Packs a checked document.
pub(super) fn pack(document: &Document) -> Result<Parcel, RenderError> {
    let mut document = document.clone();
    let mut cleaner = Cleaner::default();
    document.each_text(&mut |text| *text = cleaner.clean(text));

    let mut pictures: Vec<Picture> = Vec::new();
    document.each_figure(&mut |figure| {
        let number = pictures.len() + 1;
        let name = if figure.caption.is_empty() { format!("#{number}") } else { figure.caption.clone() };
        let svg = std::mem::take(&mut figure.svg).into_bytes();
        pictures.push(Picture { path: format!("/pictures/{number}.svg"), name, svg });
    });
    document.each_text(&mut |text| *text = breakable(text));
    // The template gets the path in place of the source.
    let mut paths = pictures.iter().map(|picture| picture.path.clone());
    document.each_figure(&mut |figure| figure.svg = paths.next().unwrap_or_default());

    let fault = |error: serde_json::Error| RenderError::Typesetter(format!("data: {error}"));
    let mut data = serde_json::to_value(&document).map_err(fault)?;
    if let Value::Object(root) = &mut data {
        decorate(root, &document);
    }
    let mut files = vec![("/data.json".to_owned(), serde_json::to_vec(&data).map_err(fault)?)];
    files.extend(pictures.iter().map(|picture| (picture.path.clone(), picture.svg.clone())));
    Ok(Parcel { files, pictures, missing: cleaner.missing })
}

/// Adds what the template would otherwise have to compute: labels, colours, dates as text.
fn decorate(root: &mut Map<String, Value>, document: &Document) {
    let meta = &document.meta;
    let short = |date: Option<jiff::civil::Date>| date.map(|date| words::short_date(meta.lang, date));
    root.insert("labels".into(), json!(words::labels(meta.lang)));
    root.insert(
        "tones".into(),
        Value::Object(Tone::ALL.into_iter().map(|tone| (tone_name(tone).to_owned(), json!(tone.palette()))).collect()),
    );
    root.insert("date".into(), json!(meta.date.map(|date| words::long_date(meta.lang, date))));
    root.insert("stamp_dates".into(), json!(meta.approvals.iter().map(|stamp| short(stamp.date)).collect::<Vec<_>>()));
    root.insert("revision_dates".into(), json!(meta.history.iter().map(|line| short(line.date)).collect::<Vec<_>>()));
}

/// The name under which the template finds a tone; the same as in the serialised document.
fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::Danger => "danger",
        Tone::Warning => "warning",
        Tone::Success => "success",
        Tone::Info => "info",
        Tone::Neutral => "neutral",
    }
}
