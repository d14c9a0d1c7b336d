//! What every part of mamori shares and nothing else: languages, ids, permissions, errors, time, text, money.
//!
//! The kernel does no input or output and never asks for the current time; both are parameters.

pub mod access;
pub mod error;
pub mod i18n;
pub mod id;
pub mod lang;
pub mod reckoning;
pub mod text;
pub mod time;
pub mod yen;
