//! What stands in the files about threats.

use mamori_kernel::lang::Words;
use serde::Deserialize;

/// One of the six elements of STRIDE (S2-D5-02).
#[derive(Clone, Debug, Deserialize)]
pub struct Stride {
    /// `S`, `T`, `R`, `I`, `D` or `E`.
    pub letter: String,
    /// Name.
    pub name: Words,
    /// The property that it breaks.
    pub breaks: Words,
    /// The question to ask of a system.
    pub ask: Words,
}

/// A threat (S2-D3-05, S2-D5-01).
#[derive(Clone, Debug, Deserialize)]
pub struct Threat {
    /// Stable code.
    pub code: String,
    /// Code of its group.
    pub group: String,
    /// Name.
    pub name: Words,
    /// What it looks like in a small company.
    pub example: Words,
    /// Letters of STRIDE where it shows.
    pub stride: Vec<String>,
    /// Which of `C`, `I`, `A` it hits.
    pub aspect: Vec<String>,
    /// Storage places where it is usual (codes of `assets/storage.toml`).
    pub places: Vec<String>,
}

/// One page about a threat, for talks and training (S2-D1-03).
#[derive(Clone, Debug, Deserialize)]
pub struct ThreatCard {
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Words,
    /// What it is.
    pub means: Words,
    /// How to notice it.
    pub signs: Vec<Words>,
    /// What every employee can do.
    #[serde(rename = "do")]
    pub everybody: Vec<Words>,
    /// Codes of threats.
    pub threats: Vec<String>,
    /// Codes of ready measures.
    pub measures: Vec<String>,
}

/// Where a threat of a yearly list stood before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Earlier {
    /// Among the ten of the year before.
    Ranked,
    /// Below the ten of the year before.
    Outside,
    /// On an older list.
    Back,
    /// Never on a list.
    New,
}

/// One place of a yearly list.
#[derive(Clone, Debug, Deserialize)]
pub struct RankedThreat {
    /// 1–10.
    pub rank: u8,
    /// Places in the list of the year before; two where two threats were joined.
    pub previous: Vec<u8>,
    /// Where it stood before.
    pub state: Earlier,
    /// Short name.
    pub name: Words,
    /// Codes of threats.
    pub threats: Vec<String>,
}

/// IPA's ten threats to organisations of a year (S2-D3-06, S3-20).
#[derive(Clone, Debug, Deserialize)]
pub struct TopThreats {
    /// Year in the title.
    pub year: i16,
    /// Day of publication, ISO 8601.
    pub published: String,
    /// False while the list was not yet compared with a report of its publication.
    pub confirmed: bool,
    /// The ten in order.
    pub items: Vec<RankedThreat>,
}
