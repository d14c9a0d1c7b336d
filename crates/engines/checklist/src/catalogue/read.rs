//! Reading a catalogue file. Everything that could fail later is refused here, with the place and what to do.

use mamori_kernel::lang::Words;
use serde::Deserialize;

use super::{Band, Catalogue, Group, Item, Scale, judge};

/// The scales that every catalogue may name.
const STANDARD: &str = include_str!("../../../../../catalogs/checklist/scales.toml");

/// Largest file that is read: catalogues are written by people.
const LARGEST: usize = 4 * 1024 * 1024;

/// What is wrong with a catalogue file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Where: `item least_privilege`; empty for the whole file.
    pub place: String,
    /// What and what to do.
    pub words: Words,
}

impl Fault {
    pub(super) fn new(place: impl Into<String>, ja: impl Into<String>, en: impl Into<String>) -> Fault {
        Fault { place: place.into(), words: Words::owned(ja, en) }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.words.en)
    }
}

#[derive(Deserialize)]
struct ScaleFile {
    scale: Vec<Scale>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueFile {
    id: String,
    version: String,
    #[serde(rename = "date")]
    _date: String,
    source: String,
    #[serde(rename = "licence")]
    _licence: String,
    name: Words,
    #[serde(default)]
    intro: Words,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    minutes: i64,
    #[serde(default)]
    hidden: bool,
    #[serde(default)]
    group: Vec<Group>,
    #[serde(default)]
    item: Vec<Item>,
    #[serde(default)]
    scale: Vec<Scale>,
    #[serde(default)]
    band: Vec<Band>,
}

/// Reads a catalogue.
///
/// # Errors
/// Every fault of the file: unreadable, doubled codes, groups in a circle, a missing language, an unknown kind of answer …
pub fn read(text: &str) -> Result<Catalogue, Vec<Fault>> {
    if text.len() > LARGEST {
        return Err(vec![Fault::new(
            "",
            "ファイルが大きすぎます（4MBまで）。目録を分けてください。",
            "The file is too large (up to 4 MB). Please split the catalogue.",
        )]);
    }
    let file: CatalogueFile = toml::from_str(text).map_err(|error| vec![unreadable(text, &error)])?;
    let mut scales = file.scale;
    match toml::from_str::<ScaleFile>(STANDARD) {
        Ok(standard) => {
            for scale in standard.scale {
                if !scales.iter().any(|own| own.code == scale.code) {
                    scales.push(scale);
                }
            }
        }
        Err(error) => return Err(vec![unreadable(STANDARD, &error)]),
    }
    let mut bands = file.band;
    bands.sort_by_key(|band| band.from);
    let catalogue = Catalogue {
        id: file.id,
        version: file.version,
        source: file.source,
        name: file.name,
        intro: file.intro,
        subject: file.subject,
        minutes: file.minutes,
        hidden: file.hidden,
        groups: file.group,
        items: file.item,
        scales,
        bands,
    };
    let faults = judge::faults(&catalogue);
    if faults.is_empty() { Ok(catalogue) } else { Err(faults) }
}

fn unreadable(text: &str, error: &toml::de::Error) -> Fault {
    let line = error.span().map_or(1, |span| text.get(..span.start).unwrap_or_default().lines().count().max(1));
    let what = error.message();
    Fault::new(
        format!("line {line}"),
        format!("{line}行目が読めません。項目名、引用符、かっこを確かめてください（{what}）。"),
        format!("Line {line} cannot be read. Please check names, quotes and brackets ({what})."),
    )
}
