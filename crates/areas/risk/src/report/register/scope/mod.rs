//! How far the register reaches: how closely each part of the company is looked at, and what no risk names yet.

pub mod queries;
