//! How a command can fail, and the exit code that says whose fault it was.

use crate::output;
use raison::core::{Diagnostic, SourceMap};
use std::process::ExitCode;

/// Why a command did not finish.
pub enum Failure {
    /// The user's input is at fault: exit code 2.
    Input {
        /// Every problem found.
        problems: Vec<Diagnostic>,
        /// The texts that the spans point into.
        sources: SourceMap,
    },
    /// The user's request cannot be met, with one sentence why: exit code 2.
    Request(String),
    /// The user's input is at fault and was told so already: exit code 2.
    Told,
    /// Our own fault or the machine's: exit code 1.
    Ours(String),
}

impl Failure {
    /// Problems that point into no file.
    pub fn problems(problems: Vec<Diagnostic>) -> Failure {
        Failure::Input {
            problems,
            sources: SourceMap::new(),
        }
    }

    /// Prints to standard error and gives the exit code.
    pub fn report(self) -> ExitCode {
        match self {
            Failure::Input { problems, sources } => {
                print_problems(&sources, &problems);
                ExitCode::from(2)
            }
            Failure::Request(text) => {
                output::tell(&format!("error: {text}\n"));
                ExitCode::from(2)
            }
            Failure::Told => ExitCode::from(2),
            Failure::Ours(text) => {
                output::tell(&format!("error: {text}\n"));
                ExitCode::from(1)
            }
        }
    }
}

/// Prints diagnostics and their count to standard error.
pub fn print_problems(sources: &SourceMap, problems: &[Diagnostic]) {
    if problems.is_empty() {
        return;
    }
    let colour = output::colour_of_errors();
    let text = raison::report::diagnostics::render(sources, problems, colour, 80);
    let count = raison::report::diagnostics::count(problems);
    output::tell(&format!("{text}{count}\n"));
}
