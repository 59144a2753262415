//! Judgements, tables and diagnostics as terminal text, JSON, HTML and SVG.
//!
//! Nothing here computes a result: it draws what it is given.

pub mod analysis_html;
pub mod analysis_json;
pub mod analysis_text;
mod changed;
mod cited;
pub mod counterfactual;
pub mod diagnostics;
mod figures;
mod markup;
mod near;
#[cfg(feature = "text")]
pub mod pages;
mod phrases;
#[cfg(feature = "text")]
pub mod profile;
mod rival;
mod style;
mod svg;
mod units;
mod view;
mod when;
mod words;

pub use style::Look;
pub use view::{Against, Further, Rival, View};
pub mod backtest;
pub mod charts;
pub mod charts_scale;
pub mod sensitivity;
pub mod solve;
pub mod sound;
pub mod tables;
