//! Measures of the international system.

pub mod concentration;
pub mod network;
pub mod series;
pub mod similarity;
pub mod trade;
pub mod wars;

pub use series::{Measure, NAMES, Series, measure};
