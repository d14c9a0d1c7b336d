//! What a place takes along when it is infected, stolen or burnt.

use mamori_kernel::text::squash_heading;

use crate::information_asset::rules::{self, Copies};
use crate::information_asset::{InformationAsset, Storage};

/// Above this many persons a leak must be reported (個人情報保護法施行規則7条4号; domain.md §4).
pub const REPORT_ABOVE: i64 = 1000;

/// The place in question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The kind; `None` for all.
    pub storage: Option<Storage>,
    /// A word of the place, such as `NAS`; empty for all.
    pub place: String,
}

impl Question {
    /// True when something is asked.
    pub fn is_asked(&self) -> bool {
        self.storage.is_some() || !self.place.trim().is_empty()
    }

    /// True when the asset lies at that place.
    pub fn hits(&self, asset: &InformationAsset) -> bool {
        let wanted = squash_heading(&self.place);
        let kind = self.storage.is_none_or(|storage| asset.storage == Some(storage));
        self.is_asked() && kind && (wanted.is_empty() || squash_heading(&asset.place).contains(&wanted))
    }

    /// True when only a copy of the asset lies there: the original survives, the content leaks all the same.
    pub fn hits_copy(&self, asset: &InformationAsset) -> bool {
        if self.hits(asset) || rules::copies(&asset.copies.0) != Copies::Exists {
            return false;
        }
        let text = squash_heading(&asset.copies.0);
        let wanted = squash_heading(&self.place);
        if !wanted.is_empty() {
            return text.contains(&wanted);
        }
        self.storage.is_some_and(|storage| rules::storage_of(None, &asset.copies.0) == Some(storage))
    }
}

/// What is hit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Toll {
    /// Assets.
    pub assets: usize,
    /// Of them of the highest importance.
    pub important: usize,
    /// Of them with personal information.
    pub personal: usize,
    /// Of them with special-care personal information.
    pub sensitive: usize,
    /// Of them with Individual Numbers.
    pub my_number: usize,
    /// Persons, as far as numbers are given. The same person may be counted in several assets.
    pub persons: i64,
    /// Assets with personal information but without a number of persons.
    pub uncounted: usize,
    /// Assets of which no copy is known: they may be gone for good.
    pub without_copy: usize,
}

/// The fields that are counted and shown.
pub const FIELDS: [&str; 12] = [
    "name",
    "storage",
    "place",
    "copies",
    "single_copy",
    "importance",
    "pi_personal",
    "pi_sensitive",
    "pi_number",
    "pi_count",
    "department",
    "owner",
];

/// Adds up what is hit.
pub fn toll<'a>(assets: impl IntoIterator<Item = &'a InformationAsset>) -> Toll {
    let mut toll = Toll::default();
    let one = |yes: bool| usize::from(yes);
    for asset in assets {
        let personal = asset.pi_personal || asset.pi_sensitive || asset.pi_number;
        toll.assets = toll.assets.saturating_add(1);
        toll.important = toll.important.saturating_add(one(asset.importance == Some(2)));
        toll.personal = toll.personal.saturating_add(one(personal));
        toll.sensitive = toll.sensitive.saturating_add(one(asset.pi_sensitive));
        toll.my_number = toll.my_number.saturating_add(one(asset.pi_number));
        toll.persons = toll.persons.saturating_add(asset.pi_count.unwrap_or(0));
        toll.uncounted = toll.uncounted.saturating_add(one(personal && asset.pi_count.is_none()));
        toll.without_copy = toll.without_copy.saturating_add(one(asset.single_copy));
    }
    toll
}

impl Toll {
    /// A leak from here may have to be reported to the Personal Information Protection Commission: special-care data from one person on,
    /// above [`REPORT_ABOVE`] persons otherwise; a wrongful attack counts from one person on as well, so any personal data asks for a check.
    pub fn report_is_likely(&self) -> bool {
        self.sensitive > 0 || self.persons > REPORT_ABOVE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mamori_ledger::LongText;

    fn asset(storage: Storage, place: &str, copies: &str) -> InformationAsset {
        let mut asset = InformationAsset {
            storage: Some(storage),
            place: place.to_owned(),
            copies: LongText(copies.to_owned()),
            ..InformationAsset::default()
        };
        rules::complete(&mut asset);
        asset
    }

    #[test]
    fn a_place_is_found_by_kind_and_word() {
        let nas = asset(Storage::InternalServer, "総務のＮＡＳ", "");
        let ask = |storage, place: &str| Question { storage, place: place.to_owned() };
        assert!(ask(Some(Storage::InternalServer), "").hits(&nas));
        assert!(ask(None, "nas").hits(&nas));
        assert!(!ask(Some(Storage::Paper), "nas").hits(&nas));
        assert!(!ask(None, " ").hits(&nas), "nothing asked, nothing hit");
    }

    #[test]
    fn copies_are_hit_too() {
        let contract = asset(Storage::Paper, "金庫", "スキャンを総務のNASに保存");
        let ask = Question { storage: Some(Storage::InternalServer), place: String::new() };
        assert!(!ask.hits(&contract));
        assert!(ask.hits_copy(&contract));
    }

    #[test]
    fn the_toll_adds_up() {
        let mut health = asset(Storage::Paper, "", "");
        health.pi_sensitive = true;
        let mut customers = asset(Storage::OfficePc, "", "NAS");
        (customers.pi_personal, customers.pi_count) = (true, Some(1200));
        let toll = toll([&health, &customers]);
        assert_eq!((toll.assets, toll.personal, toll.persons, toll.uncounted, toll.without_copy), (2, 2, 1200, 1, 1));
        assert!(toll.report_is_likely());
        assert!(!super::toll([&asset(Storage::Paper, "", "")]).report_is_likely());
    }
}
