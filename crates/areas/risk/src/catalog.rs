//! The content of the method, read once: levels, threats per storage place, questions, ready measures (`catalogs/risk`).

use std::sync::LazyLock;

use mamori_kernel::lang::Words;
use serde::Deserialize;

/// A level with its name and meaning.
#[derive(Clone, Debug, Deserialize)]
pub struct Level {
    /// The number on the sheet, 1–3.
    pub value: i64,
    /// Short name.
    pub name: Words,
    /// When it applies.
    pub means: Words,
}

/// One threat at a storage place.
#[derive(Clone, Debug, Deserialize)]
pub struct Threat {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// A storage place with its threats.
#[derive(Clone, Debug, Deserialize)]
pub struct Place {
    /// The code of the assets area's storage.
    pub code: String,
    /// The level with which a company starts.
    pub default_level: i64,
    /// Why this level.
    pub why: Words,
    /// Codes of the kinds of measure that guard it.
    pub guarded_by: Vec<String>,
    /// What can happen there.
    pub threats: Vec<Threat>,
}

/// One question of the measure check.
#[derive(Clone, Debug, Deserialize)]
pub struct Question {
    /// Stable code.
    pub code: String,
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// A kind of measure with its questions.
#[derive(Clone, Debug, Deserialize)]
pub struct Kind {
    /// Stable code.
    pub code: String,
    /// 組織的, 人的, 物理的 or 技術的.
    pub family: String,
    /// Name.
    pub name: Words,
    /// What belongs to it.
    pub means: Words,
    /// Its questions in order.
    pub questions: Vec<Question>,
}

/// A ready measure.
#[derive(Clone, Debug, Deserialize)]
pub struct Measure {
    /// Stable code.
    pub code: String,
    /// The kind that gets better.
    pub kind: String,
    /// 組織的, 人的, 物理的 or 技術的.
    pub family: String,
    /// Storage places that it guards.
    pub places: Vec<String>,
    /// `free`, `low` (up to about 100,000 yen a year), `mid` (up to about 1,000,000 yen a year).
    pub cost: String,
    /// Rough working hours to begin.
    pub hours: i64,
    /// Title.
    pub title: Words,
    /// What to do.
    pub how: Words,
}

/// One of the four treatments in words.
#[derive(Clone, Debug, Deserialize)]
pub struct TreatmentText {
    /// `avoid`, `reduce`, `transfer` or `accept`.
    pub code: String,
    /// Name.
    pub name: Words,
    /// What it means.
    pub means: Words,
    /// The question to ask before choosing it.
    pub ask_first: Words,
    /// Examples.
    pub examples: Vec<Words>,
}

/// Everything together.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// Version of the method's content.
    pub version: String,
    /// Meaning of the threat levels.
    pub threat_levels: Vec<Level>,
    /// Meaning of the weakness levels.
    pub weakness_levels: Vec<Level>,
    /// Storage places.
    pub places: Vec<Place>,
    /// Kinds of measure in order.
    pub kinds: Vec<Kind>,
    /// Ready measures.
    pub measures: Vec<Measure>,
    /// The four treatments.
    pub treatments: Vec<TreatmentText>,
}

#[derive(Deserialize)]
struct IpaFile {
    version: String,
    threat_level: Vec<Level>,
    weakness_level: Vec<Level>,
    place: Vec<Place>,
}

#[derive(Deserialize)]
struct KindFile {
    kind: Vec<Kind>,
}

#[derive(Deserialize)]
struct MeasureFile {
    measure: Vec<Measure>,
}

#[derive(Deserialize)]
struct TreatmentFile {
    treatment: Vec<TreatmentText>,
}

fn read() -> Result<Catalog, toml::de::Error> {
    let ipa: IpaFile = toml::from_str(include_str!("../../../../catalogs/risk/ipa.toml"))?;
    let kinds: KindFile = toml::from_str(include_str!("../../../../catalogs/risk/ipa_measures.toml"))?;
    let first: MeasureFile = toml::from_str(include_str!("../../../../catalogs/risk/measures.toml"))?;
    let second: MeasureFile = toml::from_str(include_str!("../../../../catalogs/risk/measures_technical.toml"))?;
    let treatments: TreatmentFile = toml::from_str(include_str!("../../../../catalogs/risk/treatments.toml"))?;
    Ok(Catalog {
        version: ipa.version,
        threat_levels: ipa.threat_level,
        weakness_levels: ipa.weakness_level,
        places: ipa.place,
        kinds: kinds.kind,
        measures: first.measure.into_iter().chain(second.measure).collect(),
        treatments: treatments.treatment,
    })
}

/// The catalogue. The files are part of the program and a test reads them, so a fault in one cannot reach a user.
pub fn get() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| read().unwrap_or_default());
    &CATALOG
}

impl Catalog {
    /// The storage place of a code, in any spelling that is known (see [`place_code`]).
    pub fn place(&self, storage: &str) -> Option<&Place> {
        let code = place_code(storage);
        self.places.iter().find(|place| place.code == code)
    }

    /// The kind of a code.
    pub fn kind(&self, code: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.code == code)
    }

    /// The question of a code.
    pub fn question(&self, code: &str) -> Option<&Question> {
        self.kinds.iter().flat_map(|kind| &kind.questions).find(|question| question.code == code)
    }

    /// The ready measure of a code.
    pub fn measure(&self, code: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.code == code)
    }

    /// Ready measures for a storage place, those first that better one of `weak_kinds`, then the cheapest.
    pub fn measures_for(&self, storage: &str, weak_kinds: &[String]) -> Vec<&Measure> {
        let place = place_code(storage);
        let cost = |measure: &Measure| ["free", "low", "mid"].iter().position(|known| *known == measure.cost).unwrap_or(9);
        let mut found: Vec<&Measure> =
            self.measures.iter().filter(|measure| measure.places.iter().any(|at| at == place)).collect();
        found.sort_by_key(|measure| (!weak_kinds.contains(&measure.kind), cost(measure), measure.hours));
        found
    }
}

/// The catalogue's code of a storage place. Older files and other programs write four of the six differently.
pub fn place_code(storage: &str) -> &str {
    match storage {
        "document" => "paper",
        "portable" => "removable_media",
        "mobile" => "mobile_device",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn the_files_read_and_refer_to_each_other() {
        let catalog = read().unwrap();
        assert_eq!((catalog.places.len(), catalog.kinds.len(), catalog.treatments.len()), (6, 11, 4));
        for place in &catalog.places {
            assert!((1..=3).contains(&place.default_level));
            assert!(
                !place.guarded_by.is_empty() && place.guarded_by.iter().all(|kind| catalog.kind(kind).is_some()),
                "{}",
                place.code
            );
        }
        for measure in &catalog.measures {
            assert!(
                catalog.kind(&measure.kind).is_some() && measure.places.iter().all(|at| catalog.place(at).is_some()),
                "{}",
                measure.code
            );
        }
    }

    #[test]
    fn measures_for_a_place_begin_with_what_is_weak_and_cheap() {
        let found = get().measures_for("office_pc", &["access_control".to_owned()]);
        assert!(found.len() > 5);
        assert_eq!(found[0].kind, "access_control");
        assert_eq!(found[0].cost, "free");
    }
}
