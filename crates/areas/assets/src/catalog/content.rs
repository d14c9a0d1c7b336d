//! Values, places, stages, user groups, kinds of personal information, hints.

use std::sync::LazyLock;

use mamori_kernel::lang::Words;
use mamori_kernel::text::squash_heading;
use serde::Deserialize;

use super::read;

/// One of confidentiality, integrity, availability with the meaning of its levels (S2-D4-03).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Attribute {
    /// `confidentiality`, `integrity`, `availability`.
    pub code: String,
    /// Name.
    pub name: Words,
    /// The question that leads to a level.
    pub question: Words,
    /// Levels.
    pub level: Vec<Level>,
}

/// A level of an attribute.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Level {
    /// 0, 1 or 2.
    pub value: i64,
    /// 低, 中, 高.
    pub name: Words,
    /// What it means.
    pub meaning: Words,
    /// Where it is usual.
    #[serde(default)]
    pub examples: Vec<Words>,
}

#[derive(Default, Deserialize)]
struct CiaFile {
    attribute: Vec<Attribute>,
}

/// The three attributes.
pub fn cia() -> &'static [Attribute] {
    static FILE: LazyLock<CiaFile> = LazyLock::new(|| read("cia", include_str!("../../../../../catalogs/assets/cia.toml")));
    &FILE.attribute
}

/// A kind of place where information lies (S2-D4-10).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Place {
    /// Code of [`crate::information_asset::Storage`].
    pub code: String,
    /// Name, as in the IPA sheet.
    pub name: Words,
    /// What belongs to it.
    pub means: Words,
    /// Spellings found in workbooks.
    #[serde(default)]
    pub import_names: Vec<String>,
    /// Kept by somebody else.
    #[serde(default)]
    pub outside_company: bool,
    /// What to mind.
    #[serde(default)]
    pub cautions: Vec<Words>,
}

/// A finer place inside a kind.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PlaceDetail {
    /// Code.
    pub code: String,
    /// The kind it belongs to.
    pub place: String,
    /// Name.
    pub name: Words,
    /// What to mind.
    pub caution: Words,
}

#[derive(Default, Deserialize)]
struct StorageFile {
    place: Vec<Place>,
    detail: Vec<PlaceDetail>,
}

static STORAGE: LazyLock<StorageFile> =
    LazyLock::new(|| read("storage", include_str!("../../../../../catalogs/assets/storage.toml")));

/// All kinds of places in the order of the IPA sheet.
pub fn places() -> &'static [Place] {
    &STORAGE.place
}

/// The kind of a code.
pub fn place(code: &str) -> Option<&'static Place> {
    places().iter().find(|place| place.code == code)
}

/// All finer places.
pub fn place_details() -> &'static [PlaceDetail] {
    &STORAGE.detail
}

/// The finer place that a free text names, such as `NAS（総務）`; `None` when it names none of the kind.
pub fn place_detail(kind: &str, text: &str) -> Option<&'static PlaceDetail> {
    let text = squash_heading(text);
    if text.is_empty() {
        return None;
    }
    place_details().iter().filter(|detail| detail.place == kind).find(|detail| {
        // A name lists alternatives: 鍵付きキャビネット・金庫, NAS(共有ディスク).
        let mut names =
            detail.name.ja.split(['・', '(', ')', '（', '）']).map(squash_heading).filter(|name| name.chars().count() >= 2);
        names.any(|name| text.contains(&name)) || text == detail.code
    })
}

/// A stage in the life of information (S2-D4-07).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Stage {
    /// Code of [`crate::information_asset::Stage`].
    pub code: String,
    /// Name.
    pub name: Words,
    /// What happens in it.
    pub means: Words,
    /// The question to ask.
    pub question: Words,
    /// What to mind.
    pub cautions: Vec<Words>,
}

#[derive(Default, Deserialize)]
struct StageFile {
    stage: Vec<Stage>,
}

/// The six stages in order.
pub fn stages() -> &'static [Stage] {
    static FILE: LazyLock<StageFile> =
        LazyLock::new(|| read("lifecycle", include_str!("../../../../../catalogs/assets/lifecycle.toml")));
    &FILE.stage
}

/// The stage of a code.
pub fn stage(code: &str) -> Option<&'static Stage> {
    stages().iter().find(|stage| stage.code == code)
}

/// A group of users (S2-D4-12).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct UserGroup {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Words,
    /// Who belongs to it.
    pub means: Words,
    /// What to mind.
    pub caution: Words,
}

/// A point for the manager of a confidential system (S2-D4-11).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Manager {
    /// The point.
    pub text: Words,
}

#[derive(Default, Deserialize)]
struct UserFile {
    group: Vec<UserGroup>,
    manager_check: Vec<Manager>,
}

static USERS: LazyLock<UserFile> =
    LazyLock::new(|| read("user_groups", include_str!("../../../../../catalogs/assets/user_groups.toml")));

/// Groups of users in order.
pub fn user_groups() -> &'static [UserGroup] {
    &USERS.group
}

/// The eight points for managers.
pub fn manager_checks() -> &'static [Manager] {
    &USERS.manager_check
}

/// A class of personal information in Japanese law (S2-D4-17).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PersonalClass {
    /// Code.
    pub code: String,
    /// The column of the IPA sheet; empty if it has none.
    #[serde(default)]
    pub sheet_column: String,
    /// Name.
    pub name: Words,
    /// What it is.
    pub means: Words,
    /// What the law asks.
    #[serde(default)]
    pub duties: Vec<Words>,
    /// A leak of one person must already be reported.
    #[serde(default)]
    pub report_from_one: bool,
}

#[derive(Default, Deserialize)]
struct PersonalFile {
    class: Vec<PersonalClass>,
}

/// The classes in order.
pub fn personal_classes() -> &'static [PersonalClass] {
    static FILE: LazyLock<PersonalFile> =
        LazyLock::new(|| read("personal_information", include_str!("../../../../../catalogs/assets/personal_information.toml")));
    &FILE.class
}

/// A hint for grouping, splitting and reviewing rows (S2-D4-09).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Hint {
    /// Code.
    pub code: String,
    /// What to do.
    pub title: Words,
    /// Why.
    pub text: Words,
}

#[derive(Default, Deserialize)]
struct HintFile {
    hint: Vec<Hint>,
}

/// The hint of a code.
pub fn hint(code: &str) -> Option<&'static Hint> {
    static FILE: LazyLock<HintFile> = LazyLock::new(|| read("hints", include_str!("../../../../../catalogs/assets/hints.toml")));
    FILE.hint.iter().find(|hint| hint.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_text_finds_its_finer_place() {
        let code = |kind, text| place_detail(kind, text).map(|detail| detail.code.as_str());
        assert_eq!(code("internal_server", "ＮＡＳ（総務）"), Some("nas"));
        assert_eq!(code("paper", "経理の金庫"), Some("locked_cabinet"));
        assert_eq!(code("office_pc", "経理の金庫"), None, "the safe is no PC");
        assert_eq!(code("paper", ""), None);
    }
}
