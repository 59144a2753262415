//! Measures of the international system.

pub mod similarity;
