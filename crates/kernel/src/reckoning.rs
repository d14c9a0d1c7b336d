//! "Show the reckoning": how a computed value came about, step by step (PRODUCT.md, principle 3).

use crate::lang::Words;

/// One step: what was computed, from which expression, with which outcome, by which rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What this step gives, such as 重要度.
    pub label: Words,
    /// The expression with the real numbers put in, such as `max(2, 0, 1)`.
    pub expression: Words,
    /// The outcome, such as `2`.
    pub value: Words,
    /// Where the rule comes from: a seed id, a clause, the company's own setting.
    pub source: Words,
}

/// The whole way from inputs to a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reckoning {
    /// Steps in the order a person would do them by hand.
    pub steps: Vec<Step>,
}

impl Reckoning {
    /// Adds a step and returns the reckoning, so that rules read as a chain.
    pub fn step(mut self, label: Words, expression: Words, value: Words, source: Words) -> Reckoning {
        self.steps.push(Step { label, expression, value, source });
        self
    }
}
