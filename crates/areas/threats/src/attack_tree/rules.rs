//! What a tree must be, and what it says: the cheapest and the likeliest way to the top, with what is not known kept apart from what is.

mod outlook;
mod shape;
#[cfg(test)]
mod tests;
mod text;

pub use outlook::{Outlook, Way, outlook};
pub use shape::{Fault, Guard, Node, Tree, plant};
pub use text::{Line, parse_outline};

/// More nodes than this are not one question any more; nobody can read the picture.
pub const MOST_NODES: usize = 300;

/// The largest effort that can be typed: a trillion yen.
pub const MOST_COST: i64 = 1_000_000_000_000;
