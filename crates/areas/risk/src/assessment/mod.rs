//! 評価: from the two sheets and the method to likelihood, risk value and 大・中・小 of every asset, with the reckoning of each.

mod explain;
mod hooks;
mod model;
mod ops;
mod overview;
pub mod pages;
mod panel;
pub mod queries;
mod today;

pub use explain::{explain_asset, reckoning};
pub use hooks::attach;
pub use model::{Model, PlaceState};
pub use ops::{RecalculateJob, Recalculated, recalculate};
pub(crate) use ops::{holding, refresh, sheet_changed};
pub(crate) use overview::map as overview_map;
pub(crate) use panel::band_tone;
pub use queries::{Standing, standing};
pub use today::AssessmentToday;
