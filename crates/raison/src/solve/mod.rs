//! Solvers put to files: what `raison solve` does, without printing.
//!
//! Each function reads a file, runs a solver and gives one JSON document; text is drawn
//! from the same document, so that both always say the same.

mod bargaining;
mod conflict;
mod draws;
mod game;
mod switches;

pub use bargaining::{MODELS, Request, bargaining};
pub use conflict::conflict;
pub use game::{CONCEPTS, TEMPLATES, game};
pub use switches::Switches;

use crate::open;
use raison_core::{Code, Diagnostic, FileId, Problems, SourceMap, Span};
use raison_files::{codes, source};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// A switch is not known.
pub const UNKNOWN_SWITCH: Code = Code("R2060");
/// A setting is not one that the switch can take.
pub const BAD_SETTING: Code = Code("R2061");
/// The solver cannot answer for this input.
pub const REFUSED: Code = Code("R2062");

/// What a solver gives.
pub struct Solved {
    /// The answer.
    pub document: Value,
    /// What the user should know about the input.
    pub warnings: Vec<Diagnostic>,
    /// The texts that warnings point into.
    pub sources: SourceMap,
}

/// Why there is no answer.
pub struct Unsolved {
    /// Every problem found.
    pub problems: Vec<Diagnostic>,
    /// The texts that problems point into.
    pub sources: SourceMap,
}

/// What a solver ends with.
pub type Answer = Result<Solved, Unsolved>;

/// A file read, with the problems of reading it.
struct Read {
    sources: SourceMap,
    problems: Problems,
}

impl Read {
    fn new() -> Self {
        Self {
            sources: SourceMap::new(),
            problems: Problems::new(),
        }
    }

    fn file(&mut self, path: &Path) -> Option<(FileId, Arc<str>)> {
        let shown = path.display().to_string();
        let bytes = open::bytes(path)
            .map_err(|problem| self.problems.push(problem))
            .ok()?;
        let file = source::add(&mut self.sources, &shown, &bytes, &mut self.problems)?;
        let text = self.sources.file(file)?.text.clone();
        if text.trim().is_empty() {
            let problem = Diagnostic::error(codes::EMPTY, format!("`{shown}` is empty"));
            self.problems.push(problem);
            return None;
        }
        Some((file, text))
    }

    fn finish(self, document: Option<Value>) -> Answer {
        let Self { sources, problems } = self;
        match document {
            Some(document) if !problems.has_errors() => Ok(Solved {
                document,
                warnings: problems.into_vec(),
                sources,
            }),
            _ => Err(Unsolved {
                problems: problems.into_vec(),
                sources,
            }),
        }
    }

    /// Notes a solver's refusal, at a place where there is one.
    fn refuse(&mut self, error: &raison_games::Error, at: Option<(Span, &str)>) {
        let problem = Diagnostic::error(REFUSED, error.to_string());
        self.problems.push(match at {
            Some((span, text)) => problem.at(span, text),
            None => problem,
        });
    }
}
