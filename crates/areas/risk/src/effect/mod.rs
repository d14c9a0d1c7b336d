//! 対策の効果: did the measure change anything? A metric chosen when the measure is planned, before and after (S2-D6-16).

pub mod rules;
