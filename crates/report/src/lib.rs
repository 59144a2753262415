//! Judgements, tables and diagnostics as terminal text, JSON, HTML and SVG.
//!
//! Nothing here computes a result: it draws what it is given.

pub mod charts;
pub mod charts_scale;
pub mod diagnostics;
pub mod tables;
