//! The pages of a stocktake besides the engine's own.

pub(super) mod correct;
pub(super) mod mine;
pub(super) mod start;
