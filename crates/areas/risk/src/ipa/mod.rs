//! The risk sheet of IPA's guideline for small and medium companies: importance × likelihood of damage.

pub mod rules;
