//! What this area takes from the areas below it, in one place.

pub use mamori_assets::information_asset::InformationAsset;
pub use mamori_organization::department::Department;
pub use mamori_organization::person::Person;
pub use mamori_risk::scenario::ops::Draft;
pub use mamori_risk::scenario::{Scenario, Source};
pub use mamori_risk::threat::Stride;
pub use mamori_risk::treatment::Treatment;
