//! Judgements, tables and diagnostics as terminal text, JSON, HTML and SVG.
//!
//! Nothing here computes a result: it draws what it is given.

pub mod analysis_json;
pub mod analysis_text;
pub mod diagnostics;
mod changed;
mod cited;
mod figures;
#[cfg(feature = "text")]
pub mod pages;
mod phrases;
#[cfg(feature = "text")]
pub mod profile;
mod style;
mod view;
mod words;

pub use style::Look;
pub use view::{Against, Rival, View};
