//! A sensitivity analysis as text, JSON and a tornado plot.

mod json;
mod svg;
mod text;

pub use json::document;
pub use svg::tornado;
pub use text::render;

use raison_core::{Case, Num};
use raison_study::sensitivity::{LensSensitivity, Ranked, Sensitivity};

/// What a sensitivity report is drawn from.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The case.
    pub case: &'a Case,
    /// What was found.
    pub found: &'a Sensitivity,
    /// Name and version of the program.
    pub engine: &'a str,
    /// Inputs shown for each lens, the strongest first; JSON has all of them.
    pub shown: usize,
}

impl<'a> View<'a> {
    fn path(&self, num: Num) -> &'a str {
        let inputs = &self.case.question.inputs;
        match (num.0 as usize) < inputs.len() {
            true => inputs.get(num).path.as_str(),
            false => "?",
        }
    }

    fn id(&self, alternative: usize) -> &'a str {
        let list = &self.case.question.situation.alternatives;
        list.get(alternative).map_or("?", |a| a.id.as_str())
    }

    fn shown_of<'l>(&self, lens: &'l LensSensitivity) -> &'l [Ranked] {
        let list = lens.found.as_ref().map_or(&[][..], |f| f.inputs.as_slice());
        &list[..list.len().min(self.shown)]
    }
}

/// Lowest and highest probability that any shown bar reaches, with the central one.
fn reach(central: f64, shown: &[Ranked]) -> (f64, f64) {
    let ends = shown.iter().flat_map(|r| [r.swing.at.0, r.swing.at.1]);
    ends.fold((central, central), |(low, high), p| {
        (low.min(p), high.max(p))
    })
}

/// A path cut from its front where it is too long: its end says most.
fn tail(path: &str, columns: usize) -> String {
    let clean = crate::words::clean(path);
    let long = clean.chars().count();
    if long <= columns {
        return clean;
    }
    let end: String = clean.chars().skip(long + 1 - columns).collect();
    format!("…{end}")
}
