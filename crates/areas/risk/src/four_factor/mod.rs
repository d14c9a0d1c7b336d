//! 四因子法: 資産価値 × 脅威 × 脆弱性 × 発生可能性, on a scale that the company may change (S2-D3-08, S2-D5-21, S2-D6-08).

pub mod rules;
