//! Which sides of an asset are looked after (S2-D4-01, S2-D4-07).

use jiff::civil::Date;

use crate::information_asset::InformationAsset;
use crate::information_asset::rules::{self, Copies};

/// A side of looking after an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The kind of place is known.
    Place,
    /// A department and a person answer for it.
    Owner,
    /// It is said who uses it.
    Users,
    /// It has a classification.
    Classification,
    /// Its value was rated.
    Value,
    /// It is known whether a copy exists, and one does.
    Copy,
    /// It is known how long it is kept, and that day has not passed.
    Retention,
    /// It was reviewed within its interval.
    Review,
}

impl Side {
    /// All sides, in the order of the table.
    pub const ALL: [Side; 8] =
        [Side::Place, Side::Owner, Side::Users, Side::Classification, Side::Value, Side::Copy, Side::Retention, Side::Review];

    /// Its name in translation keys.
    pub fn key(self) -> &'static str {
        match self {
            Side::Place => "place",
            Side::Owner => "owner",
            Side::Users => "users",
            Side::Classification => "classification",
            Side::Value => "value",
            Side::Copy => "copy",
            Side::Retention => "retention",
            Side::Review => "review",
        }
    }
}

/// How a side stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// ○: looked after.
    Covered,
    /// ?: nobody has said.
    Unknown,
    /// ×: known to be missing or past its date.
    Missing,
}

/// The fields that are judged and shown.
pub const FIELDS: [&str; 13] = [
    "name",
    "storage",
    "department",
    "owner",
    "users",
    "user_groups",
    "classification",
    "importance",
    "copies",
    "single_copy",
    "retention",
    "registered_on",
    "review_on",
];

/// Judges one side on a day.
pub fn cover(asset: &InformationAsset, side: Side, today: Date) -> Cover {
    let known = |yes: bool| if yes { Cover::Covered } else { Cover::Unknown };
    match side {
        Side::Place => known(asset.storage.is_some()),
        Side::Owner => known(!asset.department.is_empty() && !asset.owner.is_empty()),
        Side::Users => known(!asset.users.is_empty() || !asset.user_groups.0.is_empty()),
        Side::Classification => known(asset.classification.is_some()),
        Side::Value => known(asset.importance.is_some()),
        Side::Copy => match rules::copies(&asset.copies.0) {
            Copies::Exists => Cover::Covered,
            Copies::Unknown => Cover::Unknown,
            Copies::None => Cover::Missing,
        },
        Side::Retention if asset.retention.is_empty() => Cover::Unknown,
        Side::Retention if rules::keep_until(asset).is_some_and(|last| last < today) => Cover::Missing,
        Side::Retention => Cover::Covered,
        Side::Review => match asset.review_on {
            None => Cover::Unknown,
            Some(day) if day < today => Cover::Missing,
            Some(_) => Cover::Covered,
        },
    }
}

/// All sides of an asset, in the order of [`Side::ALL`].
pub fn covers(asset: &InformationAsset, today: Date) -> [Cover; 8] {
    Side::ALL.map(|side| cover(asset, side, today))
}

/// How many sides are not looked after; the table begins with the most.
pub fn gaps(covers: &[Cover]) -> usize {
    covers.iter().filter(|cover| **cover != Cover::Covered).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::information_asset::Storage;
    use jiff::civil::date;
    use mamori_ledger::{LongText, Ref};

    #[test]
    fn a_usb_stick_nobody_knows_is_all_questions() {
        let usb =
            InformationAsset { name: "USB".to_owned(), storage: Some(Storage::RemovableMedia), ..InformationAsset::default() };
        let covers = covers(&usb, date(2026, 11, 20));
        assert_eq!(covers[0], Cover::Covered);
        assert_eq!(gaps(&covers), 7);
        assert!(covers.iter().skip(1).all(|cover| *cover == Cover::Unknown));
    }

    #[test]
    fn known_to_be_missing_is_not_unknown() {
        let today = date(2026, 11, 20);
        let asset = InformationAsset {
            department: Ref::to("d"),
            owner: Ref::to("p"),
            copies: LongText("なし".to_owned()),
            retention: "5年".to_owned(),
            registered_on: Some(date(2016, 7, 1)),
            review_on: Some(date(2026, 11, 20)),
            ..InformationAsset::default()
        };
        assert_eq!(cover(&asset, Side::Owner, today), Cover::Covered);
        assert_eq!(cover(&asset, Side::Copy, today), Cover::Missing);
        assert_eq!(cover(&asset, Side::Retention, today), Cover::Missing, "kept five years too long");
        assert_eq!(cover(&asset, Side::Review, today), Cover::Covered, "the day itself is in time");
    }
}
