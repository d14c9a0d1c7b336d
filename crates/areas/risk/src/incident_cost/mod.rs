//! 事故費用の内訳: what one incident costs, line by line, as part of the loss of a risk (S2-D5-22, S2-D5-23).

pub mod pages;
mod sheet;

pub(crate) use sheet::PATH_TAIL;
