//! What this area takes from the areas below it, in one place.

pub use mamori_organization::department::Department;
pub use mamori_organization::person::Person;
pub use mamori_risk::budget::rules as money;
pub use mamori_risk::catalogs_risk;
pub use mamori_risk::effect::rules as effect;
pub use mamori_risk::quantity::rules as quantity;
pub use mamori_risk::treatment::{self, Treatment};
