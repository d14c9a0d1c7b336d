//! What people see: the page shell, the components, the charts and the browser assets.
//!
//! | module | holds |
//! | --- | --- |
//! | [`assets`] | style sheet, scripts and images, addressed by content |
//! | [`shell`] | the frame of every page: navigation, search, language, theme |
//! | [`components`] | buttons, tables, forms, messages … as structs that print safe markup |
//! | [`charts`] | pictures of numbers as SVG, for pages and for PDFs |
//! | [`html`] | markup that is already safe, and the builder that makes it |
//! | [`icon`], [`tone`] | the signs and the meaning of colours |
//!
//! `cargo run -p mamori-ui --example gallery -- DIR` writes a page with everything.

pub mod assets;
pub mod charts;
pub mod components;
pub mod html;
pub mod icon;
pub mod shell;
pub mod tone;
