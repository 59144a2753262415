//! One file per verb.

mod analyze;
mod check;
mod drawn;
mod list;
mod new;

use crate::failure::Failure;
use clap::Subcommand;

/// The verbs, one meaning each.
#[derive(Subcommand)]
pub enum Command {
    Analyze(analyze::AnalyzeArgs),
    List(list::ListArgs),
    Check(check::CheckArgs),
    New(new::NewArgs),
}

/// Runs one verb.
pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Analyze(args) => analyze::run(args),
        Command::List(args) => list::run(args),
        Command::Check(args) => check::run(args),
        Command::New(args) => new::run(args),
    }
}
