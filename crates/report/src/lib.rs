//! Judgements, tables and diagnostics as terminal text, JSON, HTML and SVG.
//!
//! Nothing here computes a result: it draws what it is given.

pub mod diagnostics;
pub mod solve;
