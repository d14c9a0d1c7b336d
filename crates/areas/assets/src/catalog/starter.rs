//! The starter catalogue and the two guided ways of listing.

use std::sync::LazyLock;

use mamori_kernel::lang::Words;
use serde::Deserialize;

use super::read;

/// A kind of information that many companies have (S2-D3-03).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct StarterAsset {
    /// Code.
    pub code: String,
    /// Code of the line of business.
    pub business: String,
    /// Name.
    pub name: Words,
    /// What it is; empty where the name says it.
    #[serde(default)]
    pub note: Words,
    /// Codes of places, most usual first.
    #[serde(default)]
    pub storage: Vec<String>,
    /// Codes of user groups.
    #[serde(default)]
    pub users: Vec<String>,
    /// Codes of classes of personal information.
    #[serde(default)]
    pub personal: Vec<String>,
    /// Suggested value.
    pub value: Value,
    /// Why this value.
    #[serde(default)]
    pub reason: Words,
    /// How long it is usually kept.
    pub retention: Option<Retention>,
}

/// Suggested confidentiality, integrity, availability, 0–2.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Value {
    /// Confidentiality.
    pub c: i64,
    /// Integrity.
    pub i: i64,
    /// Availability.
    pub a: i64,
}

/// A usual period of keeping, with its ground.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Retention {
    /// `5年`.
    pub period: String,
    /// From when it counts.
    #[serde(default)]
    pub from: Words,
    /// The law or the company.
    #[serde(default)]
    pub basis: Words,
}

/// A line of business.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Business {
    /// Code.
    pub code: String,
    /// Name, which becomes 業務分類.
    pub name: Words,
}

#[derive(Default, Deserialize)]
struct StarterFile {
    #[serde(default)]
    business: Vec<Business>,
    asset: Vec<StarterAsset>,
}

static STARTER: LazyLock<StarterFile> = LazyLock::new(|| {
    let mut all: StarterFile = read("starter", include_str!("../../../../../catalogs/assets/starter.toml"));
    let office: StarterFile = read("starter_office", include_str!("../../../../../catalogs/assets/starter_office.toml"));
    let operations: StarterFile =
        read("starter_operations", include_str!("../../../../../catalogs/assets/starter_operations.toml"));
    all.asset.extend(office.asset);
    all.asset.extend(operations.asset);
    all
});

/// All starter assets, the fifteen of the textbook first.
pub fn starter_assets() -> &'static [StarterAsset] {
    &STARTER.asset
}

/// The starter asset of a code.
pub fn starter_asset(code: &str) -> Option<&'static StarterAsset> {
    starter_assets().iter().find(|asset| asset.code == code)
}

/// Lines of business in order.
pub fn businesses() -> &'static [Business] {
    &STARTER.business
}

/// A guided way of listing (S2-D4-08).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Guide {
    /// `business_flow` or `life_cycle`.
    pub code: String,
    /// Name.
    pub name: Words,
    /// When it fits.
    pub for_whom: Words,
    /// Steps in order.
    pub step: Vec<GuideStep>,
}

/// A step of a guide.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct GuideStep {
    /// Code.
    pub code: String,
    /// Title.
    pub title: Words,
    /// What to ask.
    pub questions: Vec<Words>,
    /// Codes of starter assets to offer.
    #[serde(default)]
    pub suggests: Vec<String>,
}

#[derive(Default, Deserialize)]
struct GuideFile {
    guide: Vec<Guide>,
}

/// The guides.
pub fn guides() -> &'static [Guide] {
    static FILE: LazyLock<GuideFile> =
        LazyLock::new(|| read("listing_guides", include_str!("../../../../../catalogs/assets/listing_guides.toml")));
    &FILE.guide
}
