//! ヒートマップ: how many risks stand where – by four factors or by the matrix, today or on an earlier day.

pub mod pages;
pub mod queries;
#[cfg(test)]
mod tests;
