//! How a command can fail, and the exit code that says whose fault it was.

use raison::core::{Diagnostic, SourceMap};
use std::io::IsTerminal;
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
    /// Our own fault or the machine's: exit code 1.
    Ours(String),
}

impl Failure {
    /// Prints to standard error and gives the exit code.
    pub fn report(self) -> ExitCode {
        match self {
            Failure::Input { problems, sources } => {
                print_problems(&sources, &problems);
                ExitCode::from(2)
            }
            Failure::Request(text) => {
                eprintln!("error: {text}");
                ExitCode::from(2)
            }
            Failure::Ours(text) => {
                eprintln!("error: {text}");
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
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    eprint!(
        "{}",
        raison::report::diagnostics::render(sources, problems, colour, 80)
    );
    eprintln!("{}", raison::report::diagnostics::count(problems));
}
