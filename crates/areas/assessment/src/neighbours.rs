//! What this area takes from the areas below it, in one place.

pub use mamori_assets::information_asset::{InformationAsset, Storage};
pub use mamori_checklist::check::Check;
pub use mamori_organization::department::Department;
pub use mamori_organization::person::Person;
pub use mamori_risk::treatment::Treatment;
