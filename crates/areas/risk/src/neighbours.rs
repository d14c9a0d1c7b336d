//! What this area takes from the areas below it, in one place.

pub use mamori_assets::information_asset::{InformationAsset, Storage, explain_risk_with};
pub use mamori_organization::department::Department;
pub use mamori_organization::person::Person;
