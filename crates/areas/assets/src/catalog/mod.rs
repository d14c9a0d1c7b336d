//! The content of `catalogs/assets/`: embedded, read once. Words live there; arithmetic lives in the nouns' `rules.rs`.

mod choice;
mod content;
mod starter;

pub(crate) use choice::catalog_choice;
pub use choice::{Entry, choice_set};
pub use content::{
    Attribute, Hint, Level, Manager, PersonalClass, Place, PlaceDetail, Stage, UserGroup, cia, hint, manager_checks,
    personal_classes, place, place_detail, place_details, places, stage, stages, user_groups,
};
pub use starter::{
    Business, Guide, GuideStep, Retention, StarterAsset, Value, businesses, guides, starter_asset, starter_assets,
};

/// Reads an embedded file. A fault in it is a fault of the build and caught by the tests below; at run time the program goes on without.
fn read<T: serde::de::DeserializeOwned + Default>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| {
        debug_assert!(false, "catalogs/assets/{name}.toml: {error}");
        tracing::error!(catalog = name, %error, "an embedded catalogue cannot be read");
        T::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read() {
        assert_eq!(places().len(), 6);
        assert_eq!(stages().len(), 6);
        assert_eq!(cia().len(), 3);
        assert!(cia().iter().all(|attribute| attribute.level.len() == 3));
        assert!(user_groups().len() >= 5);
        assert_eq!(manager_checks().len(), 8, "S2-D4-11");
        assert!(personal_classes().iter().filter(|class| !class.sheet_column.is_empty()).count() == 3);
        assert!(starter_assets().len() >= 50, "fifteen of S2-D3-03 and what lines of business add");
        assert_eq!(guides().len(), 2, "S2-D4-08");
        assert!(hint("group_same_handling").is_some());
    }

    #[test]
    fn what_catalogues_name_exists() {
        for asset in starter_assets() {
            assert!(asset.storage.iter().all(|code| place(code).is_some()), "{}", asset.code);
            assert!(businesses().iter().any(|business| business.code == asset.business), "{}: {}", asset.code, asset.business);
        }
        for step in guides().iter().flat_map(|guide| &guide.step) {
            for code in &step.suggests {
                assert!(starter_asset(code).is_some(), "{}: {code}", step.code);
            }
        }
        for detail in place_details() {
            assert!(place(&detail.place).is_some(), "{}", detail.code);
        }
    }
}
