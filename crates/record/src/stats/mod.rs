//! Statistics that the field expects: binary logit from a formula.

pub mod dangerous_dyads;
pub mod formula;
pub mod logit;
pub mod margins;
