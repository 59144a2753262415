//! A counterfactual as text and JSON.

mod json;
mod text;

pub use json::document;
pub use text::render;

use raison_core::Case;
use raison_study::Options;
use raison_study::counterfactual::LensChange;

/// What a counterfactual report is drawn from.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The case as coded.
    pub case: &'a Case,
    /// The changes in the user's words.
    pub changes: &'a [String],
    /// What was found.
    pub lenses: &'a [LensChange],
    /// Draws and seed.
    pub options: Options,
    /// Name and version of the program.
    pub engine: &'a str,
}

impl<'a> View<'a> {
    fn id(&self, alternative: usize) -> &'a str {
        let list = &self.case.question.situation.alternatives;
        list.get(alternative).map_or("?", |a| a.id.as_str())
    }
}
